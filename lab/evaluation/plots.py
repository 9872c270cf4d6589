"""What a reader's confidence is worth, as pictures: risk against coverage, and reliability.

One panel a set of reading questions, one line a reader. Only this module and `chart` import
matplotlib, and only a run that asks for pictures imports them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure as Picture
from matplotlib.ticker import MaxNLocator, PercentFormatter

from lab.evaluation.asking import ParagraphOutcome
from lab.evaluation.measures import Floats, reliability, risk_at_coverage
from lab.evaluation.run import Outcomes

COLOURS = ("#6b7280", "#1f5fbf", "#b45309", "#0f766e")  # by a reader's place
MARKERS = ("s", "o", "^", "D")
NAMES = {
    "squad2a": "SQuAD 2.0",
    "wikiqa": "WikiQA",
    "trecqa": "TREC-QA",
    "selqa": "SelQA",
    "shifts": "SquadShifts",
    "qamr": "QAMR",
    "fairytale": "FairytaleQA",
}
# Inches are 72 units of an SVG, and a picture 700 pixels wide.
WIDTH = 700 / 96
_STYLE: dict[Any, Any] = {
    "axes.spines.right": False,
    "axes.spines.top": False,
    # Text stays text: whoever looks at it brings the font, and these set about as wide.
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana"],
    "font.size": 9.0,
    "svg.fonttype": "none",
    "svg.hashsalt": "askdoc",  # names within the file, else drawn at random
}
_POINTS = 100  # of a line: no eye sees more, and the file stays small
# The risk of the first few answers jumps between 0 and 1 and says nothing.
_LEAST = 0.02

# Reader -> outcomes of one set's questions, put to their paragraphs.
Panel = Mapping[str, Sequence[ParagraphOutcome]]


@contextmanager
def style() -> Iterator[None]:
    """Pictures made within look alike, and come out the same for the same figures."""
    with mpl.rc_context(_STYLE):
        yield


def save(picture: Picture, path: Path) -> None:
    """Write a picture as SVG, without the time.

    Raises:
        OSError: the file cannot be written.
    """
    metadata = {"Date": None, "Creator": None}
    picture.savefig(path, format="svg", facecolor="white", metadata=metadata)


def panels(outcomes: Outcomes) -> dict[str, Panel]:
    """Set -> what each reader said of its paragraphs' questions; only sets of such questions."""
    found: dict[str, dict[str, list[ParagraphOutcome]]] = {}
    for reader, of_reader in outcomes.items():
        for name, of_set in of_reader.items():
            asked = [outcome for outcome in of_set if isinstance(outcome, ParagraphOutcome)]
            if asked:
                found.setdefault(name, {})[reader] = asked
    return dict(found)


def _columns(asked: Sequence[ParagraphOutcome]) -> tuple[Floats, Any, Any]:
    """Confidence, whether the first citation is right, and whether there is one."""
    confidence = np.array([outcome.ranked.confidence for outcome in asked])
    right = np.array([outcome.ranked_right for outcome in asked], dtype=np.bool_)
    answered = np.array([outcome.ranked.answered for outcome in asked], dtype=np.bool_)
    return confidence, right, answered


def _thin(count: int) -> Any:
    """Indices of at most `_POINTS` of `count` points, the first and the last among them."""
    return np.unique(np.linspace(0, count - 1, min(count, _POINTS)).round().astype(int))


def _coverage(axes: Any, asked: Sequence[ParagraphOutcome], reader: str, at: int) -> None:
    coverage, risk = risk_at_coverage(*_columns(asked))
    coverage, risk = coverage[coverage >= _LEAST], risk[coverage >= _LEAST]
    if not len(coverage):
        return
    shown, colour = _thin(len(coverage)), COLOURS[at % len(COLOURS)]
    axes.plot(coverage[shown], risk[shown], color=colour, linewidth=1.4, label=reader)
    given = [outcome.given_right for outcome in asked if outcome.given.answered]
    if given:
        wrong = 1 - sum(given) / len(given)
        axes.plot(len(given) / len(asked), wrong, MARKERS[at % len(MARKERS)], color=colour)


def _reliability(axes: Any, asked: Sequence[ParagraphOutcome], reader: str, at: int) -> None:
    confidence, right, _ = _columns(asked)
    bins = reliability(confidence, right)
    sure, correct = [one.confidence for one in bins], [one.right for one in bins]
    mark, colour = MARKERS[at % len(MARKERS)], COLOURS[at % len(COLOURS)]
    axes.plot(sure, correct, f"{mark}-", color=colour, linewidth=1, markersize=4, label=reader)


def _grid(count: int, height: float) -> tuple[Picture, list[Any]]:
    """A picture of `count` panels, two in a row, each `height` inches high."""
    rows, columns = ceil(count / 2), min(count, 2)
    picture = Picture(figsize=(WIDTH, rows * height), layout="constrained")
    axes = list(picture.subplots(rows, columns, squeeze=False).flat)
    for unused in axes[count:]:
        unused.set_axis_off()
    return picture, axes[:count]


def draw_coverage(shown: Mapping[str, Panel], path: Path) -> None:
    """Risk against coverage as the threshold falls; the mark is the default threshold.

    Raises:
        OSError: the file cannot be written.
    """
    with style():
        picture, grid = _grid(len(shown), 2.7)
        for axes, (name, panel) in zip(grid, shown.items(), strict=True):
            for at, (reader, asked) in enumerate(panel.items()):
                _coverage(axes, asked, reader, at)
            axes.set(xlim=(0, 1), ylim=(0, None), title=NAMES.get(name, name))
            axes.set(xlabel="questions answered", ylabel="wrong, of the answers")
            for axis in (axes.xaxis, axes.yaxis):
                axis.set_major_locator(MaxNLocator(4))
                axis.set_major_formatter(PercentFormatter(1.0))
            axes.grid(color="#e5e7eb", linewidth=0.6)
        picture.supxlabel("The marks are the default thresholds.", fontsize="medium")
        _legend(grid)
        save(picture, path)


def draw_reliability(shown: Mapping[str, Panel], path: Path) -> None:
    """Confidence against the share right, in ten bins of equal count; the diagonal is honest.

    Raises:
        OSError: the file cannot be written.
    """
    with style():
        picture, grid = _grid(len(shown), 3.2)
        for axes, (name, panel) in zip(grid, shown.items(), strict=True):
            axes.plot([0, 1], [0, 1], color="#d1d5db", linewidth=1, linestyle="--")
            for at, (reader, asked) in enumerate(panel.items()):
                _reliability(axes, asked, reader, at)
            axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal", title=NAMES.get(name, name))
            axes.set(xlabel="confidence", ylabel="share right")
        _legend(grid)
        save(picture, path)


def _legend(grid: Sequence[Any]) -> None:
    if grid[0].get_legend_handles_labels()[1]:
        grid[0].legend(frameon=False, loc="upper left")
