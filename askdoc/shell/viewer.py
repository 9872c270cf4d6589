"""The viewer of `/open`: a document on the whole screen, from the citation on, to be scrolled.

On a screen of its own, so that the conversation is there again afterwards; and without the mouse,
so that text can be selected as anywhere. Weight and reverse video alone mark the quote, and signs
where there is no weight.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.defaults import create_output

from askdoc.present.wrap import cells
from askdoc.shell.pages import Pages, Row

_HELP = "arrows, space, b scroll | g start | G end | n the citation | q back"
_BARS = 2
_ESCAPE_SECONDS = 0.05
_OPEN, _CLOSE = ">>", "<<"


def view(pages: Pages, title: str, *, colour: bool, typed: TextIO | None = None) -> None:
    """Show a document until the person goes back.

    Args:
        pages: the document, at its citation.
        title: what stands above it.
        colour: whether weight and reverse video may be used.
        typed: the terminal that is typed on; None is standard input.
    """
    viewer = Application[None](
        layout=Layout(HSplit(_parts(pages, title, colour))),
        key_bindings=_keys(pages),
        full_screen=True,
        mouse_support=False,
        color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
        input=None if typed is None else create_input(typed),
        output=create_output(),
    )
    viewer.ttimeoutlen = _ESCAPE_SECONDS
    viewer.run(handle_sigint=False)


def _parts(pages: Pages, title: str, colour: bool) -> list[Window]:
    def head() -> StyleAndTextTuples:
        return [("reverse", _fitting(f" {title}", viewer_width()))]

    def foot() -> StyleAndTextTuples:
        said = f" {_HELP} | {pages.share:.0%}"
        return [("reverse", _fitting(said, viewer_width()))]

    def body() -> StyleAndTextTuples:
        width, height = size()
        pages.fit(width if colour else width - len(_OPEN + _CLOSE), height - _BARS)
        lines: StyleAndTextTuples = []
        for row in pages.rows:
            lines += [*_shown(row, pages, colour), ("", "\n")]
        return lines[:-1]

    def size() -> tuple[int, int]:
        from prompt_toolkit.application import get_app

        found = get_app().output.get_size()
        return found.columns, found.rows

    def viewer_width() -> int:
        return size()[0]

    return [
        Window(FormattedTextControl(head), height=1),
        Window(FormattedTextControl(body), always_hide_cursor=True),
        Window(FormattedTextControl(foot), height=1),
    ]


def _shown(row: Row, pages: Pages, colour: bool) -> StyleAndTextTuples:
    number = "" if row.number is None else str(row.number)
    gutter = f"{'>' if row.quoted else ' '} {number:>{pages.digits}}  "
    start, end = row.marked
    if start >= end:
        return [("", gutter + row.text)]
    if not colour:
        marked = f"{_OPEN}{row.text[start:end]}{_CLOSE}"
        return [("", gutter + row.text[:start] + marked + row.text[end:])]
    return [
        ("", gutter + row.text[:start]),
        ("bold reverse", row.text[start:end]),
        ("", row.text[end:]),
    ]


def _fitting(text: str, width: int) -> str:
    """The text over the whole width, its end cut off where there is no room."""
    while cells(text) > width:
        text = text[:-1]
    return text + " " * (width - cells(text))


def _keys(pages: Pages) -> KeyBindings:
    keys = KeyBindings()

    def on(*names: str, do: Callable[[], None]) -> None:
        def pressed(event: KeyPressEvent) -> None:
            do()

        for name in names:
            keys.add(name)(pressed)

    on("down", "j", "enter", do=lambda: pages.down(1))
    on("up", "k", do=lambda: pages.up(1))
    on(" ", "f", "pagedown", "c-f", do=pages.page_down)
    on("b", "pageup", "c-b", do=pages.page_up)
    on("g", "home", "<", do=pages.to_start)
    on("G", "end", ">", do=pages.to_end)
    on("n", do=pages.to_citation)

    @keys.add("q")
    @keys.add("escape")
    @keys.add("c-c")
    @keys.add("c-d")
    def leave(event: KeyPressEvent) -> None:
        event.app.exit()

    return keys
