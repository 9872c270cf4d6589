"""Answer -> text for pipes and files: two lines a citation, the same everywhere, easy to grep.

    The quote, on one line.
        notes.txt:12  characters 1033-1101  confidence 83%  page 2  heading Costs  short on Monday

The first line is the quote alone and begins with no space; the second begins with four, and holds
fields that stand two spaces apart: the file and line, the offsets (half-open, in code points), the
confidence, and where there are any the page, the place (a row, a slide, a time), the heading, the
words that answer, and of documents that disagree which one it is ("disagreement 1 of 2"). Of
sentences that are no answer the last is "perhaps" or "nearest"; they stand below a line that says
so, and only where they were asked for. No field holds two spaces in a row, but a file's name may.
Sentences around a quote, where they were asked for, stand before it and between it and its address,
each on a line that begins with two spaces. So `grep -v '^ '` gives the quotes and `grep '^    '`
the addresses, whatever the documents hold.
"""

from __future__ import annotations

from collections.abc import Iterable

from askdoc.model import Answer, Citation
from askdoc.present.address import percent, place
from askdoc.present.context import AroundOf, nothing
from askdoc.present.outline import outline, whereabouts
from askdoc.present.refusing import refusal
from askdoc.present.sanitize import one_line

_INDENT = "    "
_BETWEEN = _AROUND = "  "


def render(answer: Answer, *, nearest: bool = False, around: AroundOf = nothing) -> str:
    """The citations, or that there are none; and the nearest sentences if they are asked for."""
    told = outline(answer)
    if told.verdict == "answered":
        many = len(told.sentences)
        numbers = (f"disagreement {at} of {many}" for at in range(1, many + 1))
        kinds = numbers if answer.disagreement else [""] * many
        return lines(told.sentences, kinds, around)
    if not (nearest and told.sentences):
        return refusal(answer)
    kind = "perhaps" if told.verdict == "perhaps" else "nearest"
    return f"{told.said}\n{lines(told.sentences, [kind] * len(told.sentences), around)}"


def lines(citations: Iterable[Citation], kinds: Iterable[str], around: AroundOf = nothing) -> str:
    """Two lines a citation; `kinds` are their last fields, "" where there is none."""
    return "\n".join(
        f"{_shown(citation, around)}\n{_INDENT}{_address(citation, kind)}"
        for citation, kind in zip(citations, kinds, strict=True)
    )


def _shown(citation: Citation, around: AroundOf) -> str:
    """The quote among the sentences around it."""
    before, after = around(citation)
    shown = [f"{_AROUND}{one_line(one)}" for one in before]
    shown += [one_line(citation.quote), *(f"{_AROUND}{one_line(one)}" for one in after)]
    return "\n".join(shown)


def _address(citation: Citation, kind: str) -> str:
    fields = [
        place(citation),
        f"characters {citation.start}-{citation.end}",
        f"confidence {percent(citation)}",
        *whereabouts(citation, place="place {}", heading="heading {}".format),
    ]
    if citation.short is not None:
        fields.append(f"short {one_line(citation.short.text)}")
    return _BETWEEN.join([*fields, kind] if kind else fields)
