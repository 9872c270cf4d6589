"""The readers' main figures side by side, as the small chart that stands in the README."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure as Picture

from lab.evaluation.figures import Figure
from lab.evaluation.plots import COLOURS, MARKERS, NAMES, WIDTH, save, style

# What the chart shows, from top to bottom, where it was measured: set, measure, its short name.
_SHOWN = (
    ("squad2a", "article hit@1", "article hit@1"),
    ("squad2a", "article MRR@10", "article MRR"),
    ("squad2a", "paragraph hit@1", "paragraph hit@1"),
    ("squad2a", "AUROC", "AUROC"),
    ("squad2a", "F1", "F1"),
    ("wikiqa", "MAP", "MAP"),
    ("trecqa", "MAP", "MAP"),
    ("selqa", "MAP", "MAP"),
)
_ROW, _HEAD, _FOOT = 0.33, 0.36, 0.3  # inches
_INK, _QUIET, _RULE = "#1f2328", "#6b7280", "#e5e7eb"

# Short name and the readers' figures, in the order of the readers.
Line = tuple[str, Sequence[Figure]]


def lines(found: Mapping[str, Sequence[Figure]]) -> list[Line]:
    """The lines of the chart, from top to bottom; none where nothing of it was measured."""
    known = {
        (figure.set, figure.measure, reader): figure
        for reader, figures in found.items()
        for figure in figures
        if figure.value is not None
    }
    made: list[Line] = []
    for name, measure, short in _SHOWN:
        row = [known.get((name, measure, reader)) for reader in found]
        measured = [figure for figure in row if figure is not None]
        if measured and len(measured) == len(row):
            made.append((f"{NAMES[name]}, {short}", measured))
    return made


def _line(axes: Any, y: float, figures: Sequence[Figure]) -> None:
    """One line's baseline as a tick, and a dot and its interval a reader."""
    baseline = figures[0].baseline
    if baseline is not None:
        axes.plot([baseline] * 2, [y - 0.32, y + 0.32], color=_INK, linewidth=1.2)
    step = 0.3 if len(figures) > 1 else 0.0
    for at, figure in enumerate(figures):
        colour, place = COLOURS[at % len(COLOURS)], y + step * (at - (len(figures) - 1) / 2)
        if figure.low is not None:
            ends = [figure.low, figure.high]
            axes.plot(ends, [place] * 2, color=colour, linewidth=1.6, alpha=0.55)
        mark = MARKERS[at % len(MARKERS)]
        axes.plot(figure.value, place, mark, color=colour, markersize=5)


def _numbers(axes: Any, readers: Sequence[str], shown: Sequence[Line]) -> None:
    """The figures as numbers, right of the axes; the colours of the heads are the legend."""
    columns = [
        (reader, COLOURS[at % len(COLOURS)], [figures[at].value for _, figures in shown])
        for at, reader in enumerate(readers)
    ]
    columns.append(("BM25", _INK, [figures[0].baseline for _, figures in shown]))
    across = axes.get_yaxis_transform()  # x in shares of the axes' width, y in lines
    for at, (head, colour, values) in enumerate(columns):
        cells = ["–" if value is None else f"{value:.3f}" for value in values]
        for y, cell in enumerate([head, *cells], -1):
            weight = "bold" if y < 0 else "normal"
            place = {"ha": "center", "va": "center", "transform": across}
            axes.text(1.15 + 0.25 * at, y, cell, color=colour, weight=weight, **place)


def _bare_axes(picture: Picture, shown: Sequence[Line]) -> Any:
    """Axes with a line for each row of figures, its name to the left, room for numbers right."""
    height = picture.get_figheight()
    axes = picture.add_axes((0.27, _FOOT / height, 0.4, len(shown) * _ROW / height))
    ends = [f.value if f.low is None else f.low for _, figures in shown for f in figures]
    ends += [figures[0].baseline for _, figures in shown]
    least = min(end for end in ends if end is not None)
    axes.set(xlim=(floor(10 * least) / 10, 1.0), ylim=(len(shown) - 0.5, -0.5))
    axes.set_yticks(range(len(shown)), [name for name, _ in shown], color=_INK)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", color=_RULE, labelcolor=_QUIET)
    axes.grid(axis="x", color=_RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return axes


def draw_readers(found: Mapping[str, Sequence[Figure]], path: Path) -> bool:
    """Draw the readers' figures with their intervals; the tick is plain BM25 over sentences.

    False, and nothing is written, where nothing of what is shown was measured.

    Raises:
        OSError: the file cannot be written.
    """
    shown = lines(found)
    if not shown:
        return False
    with style():
        picture = Picture(figsize=(WIDTH, _HEAD + _ROW * len(shown) + _FOOT))
        axes = _bare_axes(picture, shown)
        for y, (_, figures) in enumerate(shown):
            _line(axes, y, figures)
        _numbers(axes, list(found), shown)
        save(picture, path)
    return True
