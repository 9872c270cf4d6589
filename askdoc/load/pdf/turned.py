"""Text on a page that is turned against most of it: stamps in a margin, labels beside a form."""

from __future__ import annotations

Box = tuple[float, float, float, float]

_FAR, _BACK = 2.0, 1.0  # times the size of letters: gaps inside a line
_LEVEL, _LEADING = 0.5, 1.8  # of the same: from line to line


class Turned:
    """Puts together what goes on in its place; anything else is a text of its own."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._last: Box | None = None  # where the text ends
        self._left = 0.0  # where its line begins

    def add(self, text: str, glued: bool, ends: tuple[Box | None, Box | None], size: float) -> None:
        """Add letters that stand without a space.

        Args:
            text: the letters.
            glued: whether they belong to those before in any case.
            ends: the boxes of the first and the last letter, turned upright.
            size: of the letters, in points.
        """
        first, last = ends
        if not self._texts or not (glued or self._goes_on(first, size)):
            self._texts.append(text)
            self._left = first[0] if first else 0.0
        else:
            self._texts[-1] += text if glued else f" {text}"
        self._last = last or self._last

    def _goes_on(self, first: Box | None, size: float) -> bool:
        """Whether what begins there stands behind or right below the text before."""
        if first is None or self._last is None:
            return True
        lower = first[3] - self._last[3]
        if abs(lower) < _LEVEL * size:
            return -_BACK * size < first[0] - self._last[2] < _FAR * size
        return 0 < lower < _LEADING * size and self._left - size < first[0] < self._last[2]

    def texts(self) -> list[str]:
        """What was put together."""
        return [text.strip() for text in self._texts if text.strip()]
