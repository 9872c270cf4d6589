"""Tables, aligned as plain text or in Markdown, so that every lab command prints figures alike."""

from __future__ import annotations

from collections.abc import Sequence


def table(header: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int]) -> str:
    """Columns two blanks apart, under a ruled header, without a line end after the last row.

    `right` holds the numbers of the columns (from 0) that are set flush right. Every row has as
    many cells as the header.
    """
    widths = [max(len(line[i]) for line in (header, *rows)) for i in range(len(header))]

    def line(cells: Sequence[str]) -> str:
        set_cells = (
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "  ".join(set_cells).rstrip()

    rule = "  ".join("-" * width for width in widths)
    return "\n".join([line(header), rule, *map(line, rows)])


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int]) -> str:
    """The same as a table of Markdown's, without a line end after the last row."""

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    rule = "|" + "|".join("---:" if at in right else "---" for at in range(len(header))) + "|"
    return "\n".join([line(header), rule, *map(line, rows)])
