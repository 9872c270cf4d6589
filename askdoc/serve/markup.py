"""An answer as HTML for a browser without scripts: the same as the page's own scripts make of it.

Whatever a document holds goes in as text: escaped, and with its control characters made visible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

from askdoc.model import Answer, Citation, Document, Span
from askdoc.present.refusing import PERHAPS, because, nearest_said, refusal
from askdoc.present.sanitize import one_line, one_line_with, sanitize
from askdoc.serve.models import AskReply

_SURE = (
    (90, "very sure"), (70, "sure"), (50, "fairly sure"), (30, "less sure"), (15, "unsure"),
    (0, "hardly likely"),
)  # fmt: skip
_BEFORE, _BEHIND = 3_000, 6_000


def turn(reply: AskReply) -> str:
    """A question and what the documents say."""
    answer = reply.answer
    asked, resolved = one_line(answer.question.asked), one_line(answer.question.resolved)
    parts = [f'<h2 dir="auto">{_shown(asked)}</h2>']
    if asked != resolved:
        parts.append(f'<p class="understood">Understood as: {_part(resolved)}</p>')
    parts += [
        f'<p class="changed">{_part(source)}: {_shown(one_line(what))}</p>'
        for source, what in reply.changed.items()
    ]
    parts += _said(answer, reply.documents)
    return f'<article class="turn">{"".join(parts)}</article>'


def footnotes(answer: Answer) -> str:
    """The addresses of the sentences, as a printed page has them."""
    shown = answer.citations or answer.nearest
    notes = (f"<li>{at}. {_address(one)}</li>" for at, one in enumerate(shown, start=1))
    return f"<ol>{''.join(notes)}</ol>" if shown else ""


def source(document: Document, quote: Span, page_image: str = "") -> str:
    """A document's text around a stretch of it, which is marked."""
    start = max(0, quote.start - _BEFORE)
    before = document.part(start, quote.start)
    inside = document.part(quote.start, quote.end)
    behind = document.part(quote.end, quote.end + _BEHIND)
    marked = f'<mark id="here">{_lines(inside)}</mark>' if inside else ""
    return (
        f"<h2>{_part(one_line(document.source))}</h2>{page_image}"
        f'<div class="text" dir="auto">{_lines(before)}{marked}{_lines(behind)}</div>'
    )


def alert(text: str) -> str:
    """What went wrong."""
    return f'<p class="alert" role="alert">{_shown(one_line(text))}</p>'


def hidden(name: str, value: str) -> str:
    """A field of a form that is sent along."""
    return f'<input type="hidden" name="{escape(name)}" value="{_shown(value)}">'


def _said(answer: Answer, ids: dict[str, str]) -> Iterable[str]:
    lacking = because(answer)
    more = [f'<p class="lacking">{_shown(lacking)}</p>'] if lacking else []
    shown = answer.citations or answer.nearest
    near = answer.verdict == "unanswered"
    cites = [_cite(at, one, ids, near) for at, one in enumerate(shown, start=1)]
    if answer.disagreement:
        return [_verdict("The documents disagree:"), _group("beside", cites)]
    if answer.citations:
        return cites
    if not near:
        return [_verdict(PERHAPS), *cites, *more]
    said = [_verdict(refusal(answer)), *more]
    if not cites:
        return said
    title = f'<p class="near-title">{_shown(nearest_said(answer))}</p>'
    return [*said, title, _group("nearest", cites)]


def _cite(number: int, citation: Citation, ids: dict[str, str], near: bool) -> str:
    short = None if near else citation.short
    span = Span(short.start - citation.start, short.end - citation.start) if short else None
    line, (start, end) = one_line_with(citation.quote, span)
    quote = _shown(line[:start])
    if start < end:
        quote += f"<mark>{_shown(line[start:end])}</mark>"
    quote += _shown(line[max(start, end) :])
    if citation.source in ids:
        place = urlencode({"start": citation.start, "end": citation.end})
        at = f"source/{ids[citation.source]}?{place}#here"
        # An answer to a form cannot be gone back to, since no browser may store it.
        quote = f'<a class="quote" href="{escape(at)}" target="_blank">{quote}</a>'
    return (
        f'<div class="cite"><blockquote dir="auto">{quote}<sup>{number}</sup></blockquote>'
        f'<p class="address">{_address(citation)}</p></div>'
    )


def _address(citation: Citation) -> str:
    parts = [_part(citation.source)]
    if citation.page is not None:
        parts.append(f"page {citation.page}")
    if citation.place is not None:
        parts.append(_part(one_line(citation.place)))
    if citation.heading is not None:
        parts.append(_part(f"under “{one_line(citation.heading)}”"))
    parts.append(f"line {citation.line}")
    percent = round(100 * citation.confidence)
    words = next(word for least, word in _SURE if percent >= least)
    return f'{", ".join(parts)} · <span class="sure">{words}, {percent}%</span>'


def _verdict(text: str) -> str:
    return f'<p class="verdict">{_shown(text)}</p>'


def _group(name: str, cites: Sequence[str]) -> str:
    return f'<div class="{name}">{"".join(cites)}</div>'


def _part(text: str) -> str:
    """A part of a line that has a direction of its own."""
    return f"<bdi>{_shown(one_line(text))}</bdi>"


def _shown(text: str) -> str:
    return escape(sanitize(text), quote=True)


def _lines(text: str) -> str:
    """A text of several lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("\t".join(map(_shown, line.split("\t"))) for line in lines)
