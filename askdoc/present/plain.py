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

from askdoc.model import Answer, Citation
from askdoc.present.address import percent, place
from askdoc.present.context import AroundOf, nothing
from askdoc.present.refusing import PERHAPS, refusal
from askdoc.present.sanitize import one_line

_INDENT = "    "
_BETWEEN = _AROUND = "  "


def render(answer: Answer, *, nearest: bool = False, around: AroundOf = nothing) -> str:
    """The citations, or that there are none; and the nearest sentences if they are asked for."""
    if not answer.citations:
        return _refused(answer, nearest, around)
    many = len(answer.citations)
    return "\n".join(
        f"{_shown(citation, around)}\n{_INDENT}{_address(citation)}"
        + (f"{_BETWEEN}disagreement {number} of {many}" if answer.disagreement else "")
        for number, citation in enumerate(answer.citations, start=1)
    )


def _refused(answer: Answer, nearest: bool, around: AroundOf) -> str:
    if not (nearest and answer.nearest):
        return refusal(answer)
    perhaps = answer.verdict == "perhaps"
    lines = [PERHAPS if perhaps else refusal(answer)]
    for citation in answer.nearest:
        address = f"{_address(citation)}{_BETWEEN}{'perhaps' if perhaps else 'nearest'}"
        lines += [_shown(citation, around), f"{_INDENT}{address}"]
    return "\n".join(lines)


def _shown(citation: Citation, around: AroundOf) -> str:
    """The quote among the sentences around it."""
    before, after = around(citation)
    lines = [f"{_AROUND}{one_line(one)}" for one in before]
    lines += [one_line(citation.quote), *(f"{_AROUND}{one_line(one)}" for one in after)]
    return "\n".join(lines)


def _address(citation: Citation) -> str:
    fields = [
        place(citation),
        f"characters {citation.start}-{citation.end}",
        f"confidence {percent(citation)}",
    ]
    if citation.page is not None:
        fields.append(f"page {citation.page}")
    if citation.place is not None:
        fields.append(f"place {one_line(citation.place)}")
    if citation.heading is not None:
        fields.append(f"heading {one_line(citation.heading)}")
    if citation.short is not None:
        fields.append(f"short {one_line(citation.short.text)}")
    return _BETWEEN.join(fields)
