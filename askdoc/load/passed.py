"""What a folder's files are worth a word for: what nobody named is passed over without one.

A folder of documents holds pictures and programs besides, so these are counted and make one problem
for the folder; whoever names such a file gets it reported by name.
"""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

from askdoc.errors import EmptySource, LoadError, UnsupportedFormat
from askdoc.load.formats import LOADERS, kinds_read, suffix_of
from askdoc.load.walk import Found, Walked, displayable

_MOST_KINDS_NAMED = 8

T = TypeVar("T")


class PassedOver:
    """Sorts out what is worth a word, fed with results in the order in which files were found."""

    def __init__(self) -> None:
        self._kinds: Counter[str] = Counter()
        self._worth = 0

    def worth_a_word(self, found: Found, result: T | LoadError) -> T | LoadError | None:
        """The result of reading a file, None where nobody needs to hear of it."""
        unknown = suffix_of(found.path) not in LOADERS
        if found.again:
            # Only if it was passed over before is there news.
            return result if unknown and isinstance(result, UnsupportedFormat) else None
        if found.folder is None:
            return result
        if unknown and isinstance(result, UnsupportedFormat):
            self._kinds[suffix_of(found.path)] += 1
            return None
        if unknown and isinstance(result, EmptySource):
            return None  # Empty files that only mark something, such as .typed.
        self._worth += 1
        return result

    def end(self, walked: Walked) -> LoadError | None:
        """The one problem for all that was passed over in a folder, None where there is nothing."""
        kinds, worth = self._kinds, self._worth
        self._kinds, self._worth = Counter(), 0
        nothing_read = not (worth or walked.problems or walked.repeated)
        return _folder_problem(displayable(walked.folder), kinds, nothing_read)


def _folder_problem(folder: str, skipped: Counter[str], nothing_read: bool) -> LoadError | None:
    if not skipped:
        if not nothing_read:
            return None
        return EmptySource("there is nothing to read in this folder", folder, kinds_read())
    count = skipped.total()
    files = "1 file of a kind" if count == 1 else f"{count} files of kinds"
    what = f"{files} that askdoc does not read ({_kinds(skipped)})"
    if nothing_read:
        return UnsupportedFormat(f"nothing but {what}", folder, kinds_read())
    return UnsupportedFormat(
        what, folder, "It was skipped." if count == 1 else "They were skipped."
    )


def _kinds(suffixes: Counter[str]) -> str:
    names = [displayable(suffix) or "no suffix" for suffix in sorted(suffixes)]
    more = len(names) - _MOST_KINDS_NAMED
    return ", ".join(names[:_MOST_KINDS_NAMED]) + (f" and {more} more" if more > 0 else "")
