"""Text of a document made safe to print: it can be shown, but it cannot act.

A terminal obeys what it is sent. A document could clear the screen, rename the window, write into
the clipboard, or turn the direction of the text so that a quotation reads as its opposite. So
nothing that is not ours reaches a terminal before it went through here: controls become visible
escapes, such as `\\x1b`.
"""

from __future__ import annotations

import json
import re

from askdoc.model import Span

# Controls (C0, DEL, C1), line and paragraph separators, what overrides the direction of text until
# further notice, format characters that Unicode has given up, annotations that nobody sees, lone
# surrogates (which no encoding takes), and tag characters, which spell out ASCII that nobody sees.
# Joiners and direction marks stay: Persian, Hindi and Hebrew need them.
_STEERING = "\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f"
_ACTIVE = re.compile(f"[\x00-\x1f{_STEERING}]")
# JSON at a terminal is looked at for what stands in it, so what nobody sees is spelt out there too:
# joiners, marks, fillers, variation selectors. It escapes C0 itself; those left are its line ends.
_UNSEEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0080-\U000e0fff"
)
_ACTIVE_IN_JSON = re.compile(f"[{_STEERING}{_UNSEEN}]")


def sanitize(text: str) -> str:
    """The text with every character that a terminal would act on written as an escape."""
    return _ACTIVE.sub(_escaped, text)


def harmless_json(text: str) -> str:
    """JSON that parses to the same, with all that a terminal would act on or hide spelt out.

    Args:
        text: JSON as it is written, laid out or not.
    """
    return _ACTIVE_IN_JSON.sub(_escaped_in_json, text)


def one_line(text: str) -> str:
    """The text on one line, for display: runs of white space collapsed, the rest made harmless."""
    return sanitize(" ".join(text.split()))


def one_line_with(text: str, marked: Span | None) -> tuple[str, Span]:
    """`one_line(text)`, and where a part of the text stands in it.

    Args:
        text: what is shown.
        marked: offsets into `text`; white space at its ends is left out, nothing marked is `None`.

    Returns:
        The line, and the span of the marked part in it, which is empty where nothing is marked.
    """
    line = one_line(text)
    part = text[marked.start : marked.end] if marked else ""
    if marked is None or not part.strip():
        return line, Span(0, 0)
    start = marked.start + len(part) - len(part.lstrip())
    # Collapsing works from left to right, so a beginning of the text is a beginning of the line.
    # The mark's own first character (as an x) keeps a space before it from being stripped.
    return line, Span(
        len(one_line(text[:start] + "x")) - 1, len(one_line(text[: marked.end].rstrip()))
    )


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _escaped_in_json(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
