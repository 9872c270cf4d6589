"""A terminal that a test sits at: types, and reads until something appears in what is written."""

from __future__ import annotations

import re
import time

from lab.pictures.sitting import Sitting

_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[=>])")
_DEADLINE_SECONDS = 20.0


class Terminal(Sitting):
    """A sitting whose stream of text is looked at, rather than the screen that it makes."""

    _at = 0

    @property
    def text(self) -> str:
        """All that was shown, without escapes."""
        return _ESCAPES.sub("", self.raw).replace("\r\n", "\n")

    def expect(self, marker: str) -> str:
        """Read until the marker appears after the last one; what came before it."""
        deadline = time.monotonic() + _DEADLINE_SECONDS
        while (found := self.text.find(marker, self._at)) < 0:
            if not self.read(max(0.0, deadline - time.monotonic())):
                raise AssertionError(f"{marker!r} did not come after {self.text[self._at :]!r}")
        passed = self.text[self._at : found]
        self._at = found + len(marker)
        return passed
