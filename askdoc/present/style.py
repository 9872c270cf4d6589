"""How text is to look on one stream: for a person or a pipe, with colour or without, how wide."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple, TextIO

from askdoc.model import Span

WHEN = ("auto", "always", "never")

_BOLD, _DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_STANDARD_WIDTH = 80
_NARROWEST, _WIDEST = 20, 100


class Style(NamedTuple):
    """What a stream can show.

    `person` is whether somebody reads it as it is (else a program does), `colour` whether it takes
    terminal escapes, `width` the cells that a line has, None where lines are not to be broken, and
    `links` whether it takes links. Only weight is used and no colour of our own, so it reads on
    light and on dark alike.
    """

    person: bool = False
    colour: bool = False
    width: int | None = None
    links: bool = False

    def bold(self, text: str) -> str:
        return f"{_BOLD}{text}{_RESET}" if self.colour and text else text

    def dim(self, text: str) -> str:
        return f"{_DIM}{text}{_RESET}" if self.colour and text else text

    def link(self, text: str, source: str) -> str:
        """The text as a link to the file that it is from, where there is one."""
        if not self.links:
            return text
        from askdoc.present.links import link

        return link(text, source)

    def bold_part(self, text: str, part: Span, *, dimmed: bool = False) -> str:
        """The text with a part of it bold, and the rest dim where `dimmed` says so."""
        start, end = max(0, part.start), max(0, part.end)
        around = self.dim if dimmed else str
        if start >= end:
            return around(text)
        return around(text[:start]) + self.bold(text[start:end]) + around(text[end:])


PLAIN = Style()
"""What a pipe or a file gets."""


def style_for(
    stream: TextIO | None, when: str = "auto", environ: Mapping[str, str] = os.environ
) -> Style:
    """The style for a stream.

    Args:
        stream: where the text will go, None where there is no such stream.
        when: `auto` (colour on a terminal, unless NO_COLOR or TERM=dumb asks for none), `always`
            (also into a pipe, for `less -R`) or `never`.
        environ: the environment variables.
    """
    on_terminal = is_terminal(stream)
    wanted = on_terminal and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    colour = when == "always" or (when == "auto" and wanted)
    links = False
    if on_terminal and when != "never":
        from askdoc.present.links import supports_links

        links = supports_links(environ)
    return Style(on_terminal or colour, colour, _width(stream) if on_terminal else None, links)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody sits at the other end; a closed or missing stream has nobody."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def _width(stream: TextIO | None) -> int:
    try:
        columns = os.get_terminal_size(stream.fileno()).columns if stream is not None else 0
    except (OSError, ValueError):
        columns = 0
    # Terminals that do not know their size say 0; long lines are hard to read on any.
    return min(max(columns or _STANDARD_WIDTH, _NARROWEST), _WIDEST)
