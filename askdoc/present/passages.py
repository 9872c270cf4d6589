"""Found passages -> text and JSON: what `askdoc search` shows, which nobody has read for an answer.

Into a pipe go two lines a passage, as for an answer: its text on one line, then four spaces and
its file and line, offsets and score.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from askdoc.model import Hit
from askdoc.present.sanitize import one_line, sanitize
from askdoc.present.style import Style
from askdoc.present.wrap import broken

_NONE = "No passage has any of these words."


Named = Callable[[str], str]
"""A source -> what it is shown as."""


def as_text(hits: Sequence[Hit], style: Style, *, named: Named = str) -> str:
    """The passages, best first, or that there are none."""
    if not hits:
        return _NONE
    return ("\n\n" if style.person else "\n").join(_shown(hit, style, named) for hit in hits)


def as_json(hits: Sequence[Hit], *, ascii_only: bool = False, named: Named = str) -> str:
    """A list of objects with text, source, start, end, line, page, heading, place and score."""
    return json.dumps([_fields(hit, named) for hit in hits], ensure_ascii=ascii_only)


def _fields(hit: Hit, named: Named) -> dict[str, object]:
    passage, document = hit.passage, hit.passage.document
    return {
        "text": passage.text,
        "source": named(document.source),
        "start": passage.start,
        "end": passage.end,
        "line": document.line_at(passage.start),
        "page": document.page_at(passage.start),
        "heading": document.heading_at(passage.start),
        "place": document.place_at(passage.start),
        "score": hit.score,
    }


def _shown(hit: Hit, style: Style, named: Named) -> str:
    passage, document = hit.passage, hit.passage.document
    text = one_line(passage.text)
    lines = broken(text, style.width)
    fields = [f"{sanitize(named(document.source))}:{document.line_at(passage.start)}"]
    page, place = document.page_at(passage.start), document.place_at(passage.start)
    if not style.person:
        fields.append(f"characters {passage.start}-{passage.end}")
    fields += [f"page {page}"] if page is not None else []
    fields += [one_line(place)] if place is not None else []
    fields.append(f"score {hit.score:.2f}")
    if style.person:
        return "\n".join([*lines, style.dim("  " + ", ".join(fields))])
    return f"{text}\n    {'  '.join(fields)}"
