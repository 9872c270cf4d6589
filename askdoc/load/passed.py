"""What a folder's files are worth a word for: what nobody named is passed over without one.

A folder of documents holds pictures and programs besides, so these are counted and make one problem
for the folder; whoever names such a file gets it reported by name.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import TypeVar

from askdoc.errors import EmptySource, LinksNotFollowed, LoadError, UnsupportedFormat
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

    def end(self, walked: Walked) -> Iterator[LoadError]:
        """One problem for all files that were passed over in a folder, one for all links."""
        kinds, worth = self._kinds, self._worth
        self._kinds, self._worth = Counter(), 0
        nothing_read = not (worth or walked.problems or walked.repeated or walked.leading_out)
        folder = displayable(walked.folder)
        for problem in (
            _folder_problem(folder, kinds, nothing_read),
            links_not_followed(walked, folder),
        ):
            if problem is not None:
                yield problem


def links_not_followed(walked: Walked, folder: str) -> LinksNotFollowed | None:
    """What is said of links that lead out of a folder, None where there are none.

    Args:
        walked: the folder.
        folder: what it is called.
    """
    if not walked.leading_out:
        return None
    one = walked.leading_out == 1
    count = "1 link that leads" if one else f"{walked.leading_out:,} links that lead"
    # An index knows the folder by another path than it was named by; this part is the same.
    names = [displayable(link[len(walked.folder) :].lstrip(os.sep)) for link in walked.links]
    more = walked.leading_out - len(names)
    shown = ", ".join(names) + (f" and {more:,} more" if more else "")
    return LinksNotFollowed(
        f"{count} out of this folder {'was' if one else 'were'} not followed ({shown})",
        folder,
        f"Use --follow-links to follow {'it' if one else 'them'}.",
    )


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
