"""The documents of a session, and what was asked in it -> text."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from askdoc.errors import LoadError
from askdoc.model import Answer, Extent
from askdoc.present.address import percent, place
from askdoc.present.counting import counted
from askdoc.present.outline import outline
from askdoc.present.sanitize import one_line, sanitize
from askdoc.present.style import PLAIN, Style
from askdoc.present.wrap import broken, cells

_LISTED = 200
_PROBLEMS = 50
_DEEPER = " " * 6
_FEW = 5
_MARK, _NO_MARK = "* ", "  "


def documents(
    extents: Sequence[Extent],
    used: Collection[str] | None,
    problems: Sequence[LoadError],
    style: Style = PLAIN,
) -> str:
    """A line a document: its name, its size, and what is to be known about how it was read.

    Args:
        extents: the documents.
        used: those that are asked, which get a mark; None is all of them, and no marks.
        problems: what could not be read.
        style: how it has to look; into a pipe goes a line a document, however long.
    """
    sentences = sum(extent.sentences for extent in extents)
    lines = [f"{counted(len(extents), 'document')}, {counted(sentences, 'sentence')}"]
    if used is not None:
        asked = sum(extent.source in used for extent in extents)
        lines[0] += f"; {asked:,} of them asked now (*)"
    lines += _table(extents[:_LISTED], used, style)
    lines += _more(len(extents) - _LISTED)
    return "\n".join([*lines, "Skipped:", *skipped(problems)] if problems else lines)


def skipped(problems: Sequence[LoadError]) -> list[str]:
    """A line for each source that could not be read, and why."""
    lines = [f"  {one_line(str(problem))}" for problem in problems[:_PROBLEMS]]
    return [*lines, *_more(len(problems) - _PROBLEMS)]


def _more(left_out: int) -> list[str]:
    narrowed = "/sources NAME lists those with NAME in their names"
    return [f"  and {left_out:,} more; {narrowed}"] if left_out > 0 else []


def names(extents: Sequence[Extent]) -> str:
    """Some documents in a few words: `a.txt, b.txt: 2 documents, 40 sentences`."""
    sentences = counted(sum(extent.sentences for extent in extents), "sentence")
    shown = [sanitize(extent.source) for extent in extents[:_FEW]]
    if len(extents) > _FEW:
        shown.append(f"and {len(extents) - _FEW:,} more")
    many = f"{counted(len(extents), 'document')}, " if len(extents) > 1 else ""
    return f"{', '.join(shown)}: {many}{sentences}" if shown else "no document"


def history(answers: Sequence[Answer], style: Style) -> str:
    """What was asked, numbered: how it was understood, and the words that answer it."""
    digits = len(str(len(answers)))
    return "\n".join(
        line
        for number, answer in enumerate(answers, start=1)
        for line in _turn(f"{number:>{digits}}  ", answer, style)
    )


def _turn(number: str, answer: Answer, style: Style) -> list[str]:
    told, width, indent = outline(answer), style.width, " " * len(number)
    lines = broken(one_line(answer.question.asked), width, number)
    if told.understood:
        lines += map(style.dim, broken(f"asking: {told.understood}", width, indent))
    if told.verdict == "unanswered":
        return [*lines, *broken(told.said, width, indent)]
    shown = told.sentences
    first = shown[0]
    shorts = [one_line(one.short.text if one.short else one.quote) for one in shown]
    said = (" or " if answer.disagreement else "; ").join(dict.fromkeys(shorts))
    if told.verdict == "perhaps":
        lines += broken(f"{told.said} {said}", width, indent)
    else:
        lines += map(style.bold, broken(said, width, indent))
    more = f", and {len(shown) - 1:,} more" if len(shown) > 1 else ""
    address = f"{place(first)}, {percent(first)} sure{more}"
    return [*lines, *map(style.dim, broken(address, width, indent))]


def _table(extents: Sequence[Extent], used: Collection[str] | None, style: Style) -> list[str]:
    rows = [
        (
            sanitize(source),
            counted(sentences, "sentence"),
            counted(lines, "line"),
            counted(characters, "character"),
            "; ".join(map(one_line, notes)),
        )
        for source, sentences, lines, characters, notes in extents
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    marks = [_MARK if used is not None and one.source in used else _NO_MARK for one in extents]
    table = [
        f"{mark}{name:<{widths[0]}}  {sentences:>{widths[1]}}  {lines:>{widths[2]}}"
        f"  {characters:>{widths[3]}}"
        for mark, (name, sentences, lines, characters, _) in zip(marks, rows, strict=True)
    ]
    if style.width is None:
        return [f"{line}  {row[4]}".rstrip() for line, row in zip(table, rows, strict=True)]
    if any(cells(line) > style.width for line in table):
        # One long name would push the figures of all over the edge.
        return [
            line
            for mark, (name, *size, notes) in zip(marks, rows, strict=True)
            for line in (*broken(name, style.width, mark), *_below([", ".join(size), notes], style))
        ]
    return [
        line
        for row, (*_, notes) in zip(table, rows, strict=True)
        for line in (
            [f"{row}  {notes}"]
            if notes and cells(row + notes) + 2 <= style.width
            else [row, *_below([notes], style)]
        )
    ]


def _below(parts: Sequence[str], style: Style) -> list[str]:
    said = "; ".join(filter(None, parts))
    return broken(said, style.width, _DEEPER) if said else []
