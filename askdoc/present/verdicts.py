"""Verdicts on citations -> text for a person, lines for a pipe, JSON.

Into a pipe goes one line a citation, its fields two spaces apart:

    stands  notes.txt:12  characters 1033-1101  The quote, on one line.

The first is one word: that of a `Standing`. Line and offsets (half-open, in code points) are those
of now where the quote is found, and otherwise those of the citation. What an unanswered question
only came near to has the field "nearest" after its offsets. The quote comes last. No field but a
file's name holds two spaces in a row. An answer that contradicts itself has a line of its own:

    contradicts  answer 2  it is said to be answered, but cites nothing

The last line is a summary, and begins with a number or with "No". So `grep -v '^stands  '` gives
what is left to look at. What else is known (why, and, where it was asked for, what is likest to a
changed quote) is in the JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from askdoc.model import Citation
from askdoc.present.counting import counted
from askdoc.present.sanitize import one_line, sanitize
from askdoc.present.style import Style
from askdoc.present.wrap import broken
from askdoc.verify import Standing, Verdict

_INDENT = "  "
_ELSEWHERE = (
    "Files are looked for from the current folder: run this where the question was asked, "
    "or give the saved index that was asked with --index."
)
_WITHHELD = "With --show-now you are shown what the files have now."
_OTHER_NOW = (Standing.CHANGED, Standing.MISPLACED)


def as_text(verdicts: Sequence[Verdict], style: Style, *, revealed: bool = False) -> str:
    """The verdicts and a summary as lines of text, without a line end after the last.

    Args:
        verdicts: what is shown.
        style: how.
        revealed: whether the verdicts tell all that the files have now.
    """
    if not style.person:
        return "\n".join([*map(line, verdicts), summary(verdicts)])
    parts = [_shown(at, verdict, style) for at, verdict in enumerate(verdicts, start=1)]
    if any(verdict.standing is Standing.GONE for verdict in verdicts):
        parts.append("\n".join(broken(_ELSEWHERE, style.width)))
    if not revealed and any(verdict.standing in _OTHER_NOW for verdict in verdicts):
        parts.append("\n".join(broken(_WITHHELD, style.width)))
    return "\n\n".join([*parts, summary(verdicts)])


def as_json(verdicts: Sequence[Verdict], *, ascii_only: bool = False) -> str:
    """A list of objects with citation, standing, detail, now, nearest, answer and cited.

    Args:
        verdicts: what is written.
        ascii_only: write all else as JSON's own escapes, for a stream that is not UTF-8.
    """
    fields = [verdict.model_dump(mode="json") for verdict in verdicts]
    return json.dumps(fields, ensure_ascii=ascii_only)


def summary(verdicts: Sequence[Verdict]) -> str:
    """How many of the citations stand, as a sentence; "No citations to check" where none is."""
    cited = [one for one in verdicts if one.cited and one.citation is not None]
    nearest = [one for one in verdicts if not one.cited]
    odd = sum(one.citation is None for one in verdicts)
    said = [_how_many_stand(cited, "citation") if cited else "No citations to check"]
    if nearest:
        said.append(_how_many_stand(nearest, "nearest sentence"))
    if odd:
        verb = "contradicts itself" if odd == 1 else "contradict themselves"
        said.append(f"{counted(odd, 'answer')} {verb}")
    return "; ".join(said) + "."


def _how_many_stand(verdicts: Sequence[Verdict], what: str) -> str:
    standing = sum(verdict.standing is Standing.STANDS for verdict in verdicts)
    verb = "stands" if 1 in (standing, len(verdicts)) else "stand"
    return f"{standing} of {counted(len(verdicts), what)} {verb}"


def line(verdict: Verdict) -> str:
    """A verdict as it goes into a pipe."""
    if verdict.citation is None:
        return "  ".join([verdict.standing, f"answer {verdict.answer}", one_line(verdict.detail)])
    at = verdict.now or verdict.citation
    fields = [
        verdict.standing,
        _place(verdict.citation, at.line),
        f"characters {at.start}-{at.end}",
        *([] if verdict.cited else ["nearest"]),
        one_line(verdict.citation.quote),
    ]
    return "  ".join(fields)


def _shown(number: int, verdict: Verdict, style: Style) -> str:
    """A quote, its place and what has become of it; below, what is there instead."""
    citation = verdict.citation
    standing = style.dim(verdict.standing)
    if verdict.standing is not Standing.STANDS:
        standing = style.bold(verdict.standing)
    detail = style.dim(f": {one_line(verdict.detail)}" if verdict.detail else "")
    if citation is None:
        return style.dim(f"Answer {verdict.answer} ") + standing + detail
    at = verdict.now or citation
    near = "" if verdict.cited else "came near, "
    lines = [
        *broken(one_line(citation.quote), style.width),
        style.dim(f"{_INDENT}[{number}] {_place(citation, at.line)} {near}") + standing + detail,
    ]
    if verdict.nearest is not None:
        lines.append(style.dim(f"{_INDENT}now at {_place(citation, verdict.nearest.line)}:"))
        lines += broken(one_line(verdict.nearest.quote), style.width, _INDENT * 2)
    lines += [style.dim(_INDENT + one_line(words)) for words in _address_now(verdict, citation)]
    return "\n".join(lines)


def _address_now(verdict: Verdict, citation: Citation) -> list[str]:
    """What is told of the address of a quote that has another now, besides the line."""
    if verdict.standing is not Standing.MISPLACED or verdict.now is None:
        return []
    named = [(name, getattr(verdict.now, name)) for name in ("page", "heading", "place")]
    return [
        f"{name} now: {value}"
        for name, value in named
        if value is not None and value != getattr(citation, name)
    ]


def _place(citation: Citation, line: int) -> str:
    return f"{sanitize(citation.source)}:{line}"
