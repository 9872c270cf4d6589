"""The documents of a sitting, and what was asked in it -> text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from askdoc.errors import LoadError
from askdoc.model import Answer, Extent
from askdoc.present.address import percent, place
from askdoc.present.counting import counted
from askdoc.present.harmless import harmless, one_line
from askdoc.present.refusing import PERHAPS, refusal
from askdoc.present.style import Style
from askdoc.present.wrap import wrapped

_LISTED = 200
_FEW = 5
_MARK, _NO_MARK = "* ", "  "


def documents(
    extents: Sequence[Extent],
    used: Collection[str] | None,
    problems: Iterable[LoadError],
) -> str:
    """A line a document: its name, its size, and what is to be known about how it was read.

    Args:
        extents: the documents.
        used: those that are asked, which get a mark; None is all of them, and no marks.
        problems: what could not be read.
    """
    sentences = sum(extent.sentences for extent in extents)
    lines = [f"{counted(len(extents), 'document')}, {counted(sentences, 'sentence')}"]
    if used is not None:
        asked = sum(extent.source in used for extent in extents)
        lines[0] += f"; {asked:,} of them asked now (*)"
    lines += _table(extents[:_LISTED], used)
    if len(extents) > _LISTED:
        lines.append(f"  and {len(extents) - _LISTED:,} more; /sources NAME lists some")
    skipped = [f"  {one_line(str(problem))}" for problem in problems]
    return "\n".join([*lines, "Skipped:", *skipped] if skipped else lines)


def names(extents: Sequence[Extent]) -> str:
    """Some documents in a few words: `a.txt, b.txt: 2 documents, 40 sentences`."""
    sentences = counted(sum(extent.sentences for extent in extents), "sentence")
    shown = [harmless(extent.source) for extent in extents[:_FEW]]
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
    asked, understood = one_line(answer.question.asked), one_line(answer.question.resolved)
    lines = _broken(number, asked, style)
    indent = " " * len(number)
    if understood != asked:
        lines += [style.dim(line) for line in _broken(indent, f"asking: {understood}", style)]
    if answer.verdict == "unanswered":
        return [*lines, *_broken(indent, refusal(answer), style)]
    shown = answer.citations or answer.nearest
    first = shown[0]
    shorts = [one_line(one.short.text if one.short else one.quote) for one in shown]
    said = (" or " if answer.disagreement else "; ").join(dict.fromkeys(shorts))
    if answer.verdict == "perhaps":
        lines += _broken(indent, f"{PERHAPS} {said}", style)
    else:
        lines += [style.bold(line) for line in _broken(indent, said, style)]
    more = f", and {len(shown) - 1:,} more" if len(shown) > 1 else ""
    lines.append(style.dim(f"{indent}{place(first)}, {percent(first)} sure{more}"))
    return lines


def _broken(before: str, text: str, style: Style) -> list[str]:
    """The text on as many lines as it needs, all but the first indented as far."""
    width = style.width and max(1, style.width - len(before))
    lines = [text[start:end] for start, end in wrapped(text, width)]
    return [(before if not at else " " * len(before)) + line for at, line in enumerate(lines)]


def _table(extents: Sequence[Extent], used: Collection[str] | None) -> list[str]:
    rows = [
        (
            harmless(source),
            counted(sentences, "sentence"),
            counted(lines, "line"),
            counted(characters, "character"),
            "; ".join(map(one_line, notes)),
        )
        for source, sentences, lines, characters, notes in extents
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    marks = [_MARK if used is not None and one.source in used else _NO_MARK for one in extents]
    return [
        f"{mark}{name:<{widths[0]}}  {sentences:>{widths[1]}}  {lines:>{widths[2]}}"
        f"  {characters:>{widths[3]}}  {notes}".rstrip()
        for mark, (name, sentences, lines, characters, notes) in zip(marks, rows, strict=True)
    ]
