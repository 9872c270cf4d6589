"""What could not be read of a PDF, in words that name its pages and what helps."""

from __future__ import annotations

from itertools import pairwise

_MOST_NAMED = 12
REMEDY = "Run text recognition (OCR) over it first, for example: ocrmypdf --force-ocr."


class Unread:
    """The pages of one document, counted from 1, of which something could not be read.

    Attributes:
        broken: no content could be found.
        pictures: what is to be read there is a picture.
        noise: letters were left out, since they make no words.
        unknown: there are letters of which the file does not say which they are.
    """

    def __init__(self) -> None:
        self.broken: list[int] = []
        self.pictures: list[int] = []
        self.noise: list[int] = []
        self.unknown: list[int] = []

    def notes(self, pages: int) -> list[str]:
        """A sentence for each kind, without a full stop."""
        notes = []
        if self.broken:
            notes.append(f"{_named(self.broken)} could not be read")
        if self.pictures:
            are = "is a picture" if len(self.pictures) == 1 else "are pictures"
            notes.append(
                f"{_share(self.pictures, pages)} {are} without text"
                f"{_which(self.pictures, pages)}. {_to_help('redo')}"
            )
        if self.noise:
            notes.append(
                f"letters on {_share(self.noise, pages)} make no words and were left out, since "
                f"the file says wrongly which they are{_which(self.noise, pages)}. "
                f"{_to_help('force')}"
            )
        if self.unknown:
            notes.append(
                f"the file does not say which letters some signs on {_named(self.unknown)} are; "
                "they are shown as \N{REPLACEMENT CHARACTER}"
            )
        return notes


def _to_help(how: str) -> str:
    return f"Text recognition helps, for example: ocrmypdf --{how}-ocr"


def _share(found: list[int], pages: int) -> str:
    """How many of all pages these are."""
    if pages == 1:
        return "its only page"
    if len(found) == pages:
        return f"all {pages:,} pages"
    return f"{len(found):,} of {pages:,} pages"


def _which(found: list[int], pages: int) -> str:
    return "" if len(found) == pages else f" ({_named(found)})"


def _named(numbers: list[int]) -> str:
    """Pages by their numbers, those in a row together: "pages 2-4, 9"."""
    rows = [[numbers[0], numbers[0]]]
    for before, number in pairwise(numbers):
        if number == before + 1:
            rows[-1][1] = number
        else:
            rows.append([number, number])
    shown = [f"{a:,}" if a == b else f"{a:,}-{b:,}" for a, b in rows[:_MOST_NAMED]]
    left = sum(b - a + 1 for a, b in rows[_MOST_NAMED:])
    more = f" and {left:,} more" if left else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {', '.join(shown)}{more}"
