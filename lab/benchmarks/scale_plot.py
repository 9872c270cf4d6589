"""How long a question takes as the passages grow, as a picture: a line a system, both axes by tens.

Only a run that asks for it imports this, and with it matplotlib.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure as Picture

from lab.benchmarks.scale import Measured
from lab.benchmarks.systems import ASKDOC, SYSTEMS
from lab.evaluation.plots import WIDTH, save, style

_COLOURS = ("#6b7280", "#b45309", "#a21caf", "#0f766e", "#65a30d", "#1f5fbf", "#60a5fa")
_MARKERS = ("s", "^", "v", "D", "P", "o", "X")
_MS = 1000


def draw(measured: Sequence[Measured], path: Path) -> None:
    """The median of a warm question over the number of passages, as SVG.

    Raises:
        OSError: the file cannot be written.
    """
    with style():
        picture = Picture(figsize=(WIDTH, 3.6), layout="constrained")
        axes = picture.subplots()
        for at, name in enumerate(SYSTEMS):
            rows = [row for one in measured for row in one.rows if row.system == name]
            if rows:
                axes.plot(
                    [row.passages for row in rows],
                    [_MS * row.median for row in rows],
                    color=_COLOURS[at % len(_COLOURS)],
                    marker=_MARKERS[at % len(_MARKERS)],
                    markersize=4,
                    linewidth=2.2 if name == ASKDOC else 1.2,
                    label=name,
                )
        axes.set(xscale="log", yscale="log", xlabel="passages")
        axes.set(ylabel="a warm question, p50 (ms)")
        axes.grid(color="#e5e7eb", linewidth=0.6)
        picture.legend(frameon=False, loc="outside right center")
        save(picture, path)
