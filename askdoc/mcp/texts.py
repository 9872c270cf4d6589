"""The tools' results in words: all that their structured content has, since some clients read only
one of the two.

Quotations keep their line ends and tabs; each of their lines begins with `> `, so that no document
can look like what askdoc says about it. What would steer a terminal is written as an escape, and
stands as it is in the structured content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from askdoc.mcp.results import Check, Checks, Indexed, Listing, Part, Passages
from askdoc.model import Answer, Citation
from askdoc.present.address import disagreement
from askdoc.present.counting import counted
from askdoc.present.refusing import PERHAPS, because, nearest_said, refusal
from askdoc.present.sanitize import one_line, sanitize
from askdoc.verify import Found, Standing

QUOTE_THEM = "Quote them word for word, and name the source and line of each."
_LINE_END = re.compile(r"\r\n?|\n")


def of_answer(answer: Answer, changes: Mapping[str, str]) -> str:
    """An answer: its quotations, numbered, with their addresses; or that there is none.

    Args:
        answer: what is said.
        changes: what happened to cited files since they were indexed, by source.
    """
    asked, understood = one_line(answer.question.asked), one_line(answer.question.resolved)
    lines = [f"Question: {asked}"]
    if understood != asked:
        lines.append(f"Understood as: {understood}")
    if answer.citations:
        lines.append(f"{counted(len(answer.citations), 'quotation')}. {QUOTE_THEM}")
        lines += filter(None, [disagreement(answer)])
    elif answer.verdict == "perhaps":
        lines.append(
            f"{PERHAPS} no answer, but what has a chance to be one. Say so if you quote it."
        )
    else:
        lines.append(f"{refusal(answer)} Say so, and do not answer from elsewhere as if they did.")
        lines += [nearest_said(answer)] if answer.nearest else []
    for number, citation in enumerate(answer.citations or answer.nearest, start=1):
        lines += ["", f"[{number}] {_cited(citation)}", _verbatim(citation.quote)]
    lines += filter(None, ["", because(answer)] if because(answer) else [])
    lines += ["", _judged(answer)]
    lines += [
        f"{sanitize(source)}: it {change} since it was indexed. Tell the user."
        for source, change in changes.items()
    ]
    return "\n".join(lines)


def of_passages(found: Passages) -> str:
    """Passages, numbered, with their addresses."""
    if not found.passages:
        return "No passage has any of these words."
    lines = [f"{counted(len(found.passages), 'passage')}, best first. {QUOTE_THEM}"]
    for number, one in enumerate(found.passages, start=1):
        address = _address(
            one.source, one.line, one.start, one.end, one.page, one.heading, one.place
        )
        lines += ["", f"[{number}] {address}, score {one.score:g}", _verbatim(one.text)]
    return "\n".join(lines)


def of_part(part: Part) -> str:
    """A part of a document; below a line of its address, the text alone."""
    of = f"{_address(part.source, part.line, part.start, part.end, part.page, part.heading)}"
    lines = [f"{of}, of {part.characters} in all"]
    lines += [f"Note: {one_line(note)}" for note in part.notes]
    more = f"It goes on: cursor {part.next_cursor}" if part.next_cursor else "It ends here."
    return "\n".join([*lines, more, "", _shown(part.text)])


def of_listing(listing: Listing) -> str:
    """Documents, a line each, and what could not be read."""
    lines = [f"{len(listing.documents)} of {counted(listing.total, 'document')}:"]
    for one in listing.documents:
        sizes = ", ".join(
            counted(number, what)
            for number, what in (
                (one.sentences, "sentence"), (one.lines, "line"), (one.characters, "character"),
            )
        )  # fmt: skip
        notes = "".join(f"; {one_line(note)}" for note in one.notes)
        lines.append(f"{sanitize(one.source)} ({sizes}{notes})")
    if listing.next_cursor:
        lines.append(f"There are more: cursor {listing.next_cursor}")
    if listing.incomplete:
        lines.append("The saved index is not complete: it is still being made, or was stopped.")
    if listing.problems_in_all:
        shown, in_all = len(listing.problems), listing.problems_in_all
        lines.append(f"Could not be read, {shown} of {in_all}:")
        lines += map(one_line, listing.problems)
    return "\n".join(lines)


def of_checks(checks: Checks) -> str:
    """What has become of quotes, a paragraph each."""
    lines = ["All of it stands." if checks.all_stand else _how_many(checks.checks)]
    for number, check in enumerate(checks.checks, start=1):
        where = f" {sanitize(check.source)}" if check.source is not None else ""
        why = f": {one_line(check.detail)}" if check.detail else ""
        lines += ["", f"[{number}]{where} {check.standing}{why}"]
        lines += [_verbatim(check.quote)] if check.quote is not None else []
        lines += _found("Stands at", check.now, check.source)
        if check.nearest is not None:
            lines += [*_found("Likest to it is", check.nearest, check.source),
                      _verbatim(check.nearest.quote)]  # fmt: skip
    return "\n".join(lines)


def of_indexed(done: Indexed) -> str:
    """What an update of an index did."""
    names = ("added", "changed", "moved", "removed", "unchanged")
    counts = ", ".join(f"{getattr(done, name)} {name}" for name in names)
    holds = f"{counted(done.documents, 'document')}, {counted(done.passages, 'passage')}"
    lines = [f"{one_line(done.folder)}: {counts}; {holds} in all"]
    return "\n".join([*lines, *map(one_line, (*done.problems, *done.notes))])


def _cited(citation: Citation) -> str:
    address = _address(
        citation.source, citation.line, citation.start, citation.end, citation.page,
        citation.heading, citation.place,
    )  # fmt: skip
    parts = [address, f"confidence {citation.confidence:g}"]
    if (short := citation.short) is not None:
        parts.append(f'in short "{one_line(short.text)}" (characters {short.start}-{short.end})')
    return ", ".join(parts)


def _address(
    source: str, line: int, start: int, end: int, page: int | None, heading: str | None,
    place: str | None = None,
) -> str:  # fmt: skip
    parts = [f"{sanitize(source)}:{line}", f"characters {start}-{end}"]
    parts += [f"page {page}"] if page is not None else []
    parts += [one_line(place)] if place is not None else []
    parts += [f'under "{one_line(heading)}"'] if heading is not None else []
    return ", ".join(parts)


def _judged(answer: Answer) -> str:
    """How sure the answer is, and what it was judged by."""
    parts = [f"Verdict {answer.verdict}", f"confidence {answer.confidence:g}"]
    if answer.threshold is not None:
        parts.append(f"threshold {answer.threshold:g}")
    if answer.perhaps_threshold is not None:
        parts.append(f"perhaps from {answer.perhaps_threshold:g}")
    told = f"{', '.join(parts)}."
    return f"{told} The saved index is not complete." if answer.incomplete else told


def _found(what: str, found: Found | None, source: str | None) -> list[str]:
    if found is None or source is None:
        return []
    at = _address(
        source, found.line, found.start, found.end, found.page, found.heading, found.place
    )
    return [f"{what} {at}"]


def _how_many(checks: Iterable[Check]) -> str:
    stands = [check.standing is Standing.STANDS for check in checks]
    return f"Of {counted(len(stands), 'quote')} {sum(stands)} stand as given."


def _verbatim(text: str) -> str:
    return "\n".join(f"> {line}" for line in _shown(text).split("\n"))


def _shown(text: str) -> str:
    """A text whose line ends and tabs are kept, the rest harmless."""
    lines = _LINE_END.sub("\n", text).split("\n")
    return "\n".join("\t".join(map(sanitize, line.split("\t"))) for line in lines)
