"""Verdicts on citations -> text for a person, lines for a pipe, JSON.

Into a pipe goes one line a citation, its fields two spaces apart:

    stands  notes.txt:12  characters 1033-1101  The quote, on one line.

The first is one word: stands, moved, changed, gone, unreadable or uncheckable. Line and offsets
(half-open, in code points) are those of now where the quote stands or has moved, and otherwise
those of the citation. The quote comes last. No field but a file's name holds two spaces in a row.
The last line is a summary, and begins with a number or with "No". So `grep -v '^stands  '` gives
what is left to look at. What else is known (why, and what is likest to a changed quote) is in the
JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from askdoc.present.harmless import harmless, one_line
from askdoc.present.style import Style
from askdoc.present.wrap import wrapped
from askdoc.verify import Standing, Verdict

_INDENT = "  "
_ELSEWHERE = "Files are looked for from the current folder: run this where the question was asked."


def as_text(verdicts: Sequence[Verdict], style: Style) -> str:
    """The verdicts and a summary as lines of text, without a line end after the last."""
    if not style.person:
        return "\n".join([*map(_line, verdicts), summary(verdicts)])
    parts = [_shown(at, verdict, style) for at, verdict in enumerate(verdicts, start=1)]
    if any(verdict.standing is Standing.GONE for verdict in verdicts):
        parts.append(_broken(_ELSEWHERE, style))
    return "\n\n".join([*parts, summary(verdicts)])


def as_json(verdicts: Sequence[Verdict], *, ascii_only: bool = False) -> str:
    """A list of objects with citation, standing, detail, now and nearest.

    Args:
        verdicts: what is written.
        ascii_only: write all else as JSON's own escapes, for a stream that is not UTF-8.
    """
    fields = [verdict.model_dump(mode="json") for verdict in verdicts]
    return json.dumps(fields, ensure_ascii=ascii_only)


def summary(verdicts: Sequence[Verdict]) -> str:
    """How many of the citations stand, as a sentence."""
    if not verdicts:
        return "No citations to check."
    standing = sum(verdict.standing is Standing.STANDS for verdict in verdicts)
    if len(verdicts) == 1:
        return f"{standing} of 1 citation stands."
    return f"{standing} of {len(verdicts)} citations {'stands' if standing == 1 else 'stand'}."


def _line(verdict: Verdict) -> str:
    at = verdict.now or verdict.citation
    fields = [
        verdict.standing,
        _place(verdict, at.line),
        f"characters {at.start}-{at.end}",
        one_line(verdict.citation.quote),
    ]
    return "  ".join(fields)


def _shown(number: int, verdict: Verdict, style: Style) -> str:
    """A quote, its place and what has become of it; below, what is there instead."""
    at = verdict.now or verdict.citation
    standing = style.dim(verdict.standing)
    if verdict.standing is not Standing.STANDS:
        standing = style.bold(verdict.standing)
    lines = [
        _broken(one_line(verdict.citation.quote), style),
        style.dim(f"{_INDENT}[{number}] {_place(verdict, at.line)} ")
        + standing
        + style.dim(f": {one_line(verdict.detail)}" if verdict.detail else ""),
    ]
    if verdict.nearest is not None:
        lines.append(style.dim(f"{_INDENT}now at {_place(verdict, verdict.nearest.line)}:"))
        lines.append(_broken(one_line(verdict.nearest.quote), style, indent=_INDENT * 2))
    return "\n".join(lines)


def _place(verdict: Verdict, line: int) -> str:
    return f"{harmless(verdict.citation.source)}:{line}"


def _broken(text: str, style: Style, indent: str = "") -> str:
    width = style.width and style.width - len(indent)
    return "\n".join(indent + text[start:end] for start, end in wrapped(text, width))
