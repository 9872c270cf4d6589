"""Answer -> JSON: the one that the library gives, whatever the stream can carry."""

from __future__ import annotations

import json

from askdoc.model import Answer


def as_json(answer: Answer, *, indent: int | None = None, ascii_only: bool = False) -> str:
    """`answer.model_dump_json()`, or the same JSON laid out or spelt differently.

    Args:
        answer: what is written.
        indent: spaces a level, for a person; None is one line.
        ascii_only: write all else as JSON's own escapes, for a stream that is not UTF-8.
    """
    text = answer.model_dump_json(indent=indent)
    if not ascii_only:
        return text
    separators = (",", ":") if indent is None else (",", ": ")
    return json.dumps(json.loads(text), indent=indent, separators=separators)
