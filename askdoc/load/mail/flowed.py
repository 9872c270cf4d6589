"""Plain text of e-mails as it was written, with each paragraph that was wrapped on one line again.

`format=flowed` (RFC 3676) marks by a space at its end a line that goes on; what is quoted keeps its
marks, once a paragraph.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(">*")
SIGNATURE = "-- "


def unflow(text: str, *, delete_space: bool = False) -> str:
    """The text with the lines of each paragraph joined.

    Args:
        text: the body, its lines ended by a line feed.
        delete_space: the space that marks a line is not part of the text (DelSp=yes).
    """
    lines: list[str] = []
    open_parts: list[str] = []  # the lines of a paragraph that goes on
    depth = 0
    for line in text.split("\n"):
        marks = _QUOTED.match(line)
        quoted = marks.end() if marks else 0
        words = line[quoted:]
        words = words.removeprefix(" ")
        if open_parts and (quoted != depth or words == SIGNATURE):
            lines.append(_paragraph(depth, open_parts))
            open_parts = []
        depth = quoted
        if words.endswith(" ") and words != SIGNATURE:
            open_parts.append(words[:-1] if delete_space else words)
            continue
        lines.append(_paragraph(depth, [*open_parts, words]))
        open_parts = []
    if open_parts:
        lines.append(_paragraph(depth, open_parts))
    return "\n".join(lines)


def _paragraph(depth: int, parts: list[str]) -> str:
    words = "".join(parts).rstrip()
    return f"{'>' * depth} {words}".rstrip() if depth else words
