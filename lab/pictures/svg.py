"""A screen as SVG: text in a monospaced font, which scales and stays text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from lab.pictures.screen import Cell, Look

_CELL, _LINE, _MARGIN, _BAR, _SIZE = 8.43, 19, 16, 30, 14
_DARK = {"paper": "#14181f", "ink": "#e3e6ea", "dim": "#8d96a3", "bar": "#222833"}
_FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def render(rows: Sequence[Sequence[Cell]], title: str) -> str:
    """The picture of these rows in a window with a title."""
    columns = max((len(row) for row in rows), default=0)
    width = columns * _CELL + 2 * _MARGIN
    height = len(rows) * _LINE + 2 * _MARGIN + _BAR
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" '
        f'viewBox="0 0 {width:.0f} {height}" role="img" aria-label="{escape(title)}">',
        f'<rect width="100%" height="100%" rx="8" fill="{_DARK["paper"]}"/>',
        f'<path d="M0 {_BAR}V8a8 8 0 0 1 8-8h{width - 16:.0f}a8 8 0 0 1 8 8v{_BAR - 8}z" '
        f'fill="{_DARK["bar"]}"/>',
        f'<text x="{width / 2:.0f}" y="20" text-anchor="middle" font-family="{_FONT}" '
        f'font-size="12" fill="{_DARK["dim"]}">{escape(title)}</text>',
        f'<g font-family="{_FONT}" font-size="{_SIZE}" fill="{_DARK["ink"]}">',
    ]
    for number, row in enumerate(rows):
        lines += _row(row, _BAR + _MARGIN + number * _LINE)
    return "\n".join([*lines, "</g>", "</svg>", ""])


def _row(row: Sequence[Cell], top: float) -> list[str]:
    lines = []
    column = 0
    for look, cells in groupby(row, key=lambda cell: cell.look):
        run = list(cells)
        text = "".join(cell.text for cell in run)
        x, wide = _MARGIN + column * _CELL, len(run) * _CELL
        column += len(run)
        bare = text.strip()
        before = len(text) - len(text.lstrip())
        if look.reverse:
            lines.append(
                f'<rect x="{x:.1f}" y="{top}" width="{wide:.1f}" height="{_LINE}" '
                f'fill="{_DARK["bar"]}"/>'
            )
        if bare:
            # Told how long it is, it stands in its columns whatever font there is.
            long = (len(run) - len(text) + len(bare)) * _CELL
            lines.append(
                f'<text x="{x + before * _CELL:.1f}" y="{top + 14}" textLength="{long:.1f}" '
                f'lengthAdjust="spacingAndGlyphs"{_style(look)}>{_spaced(bare)}</text>'
            )
    return lines


def _spaced(text: str) -> str:
    """Escaped, and with blanks that no browser makes one of several."""
    return escape(text).replace("  ", "\u00a0\u00a0")


def _style(look: Look) -> str:
    style = ""
    if look.bold:
        style += ' font-weight="700"'
    if look.dim:
        style += f' fill="{_DARK["dim"]}"'
    if look.link or look.underlined:
        style += ' text-decoration="underline"'
    return style
