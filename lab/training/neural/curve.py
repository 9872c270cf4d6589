"""The losses of a run as a picture."""

from __future__ import annotations

import json
from pathlib import Path


def draw(log: Path, picture: Path) -> None:
    """Draw the losses in `log` (one JSON object a line) over millions of tokens."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    rows = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    figure, axes = pyplot.subplots(figsize=(7, 4))
    tokens = [row["tokens"] / 1e6 for row in rows]
    for name in sorted(rows[0].keys() - {"step", "tokens"}) if rows else ():
        axes.plot(tokens, [row[name] for row in rows], label=name, linewidth=1)
    axes.set(xlabel="million word pieces", ylabel="loss", ylim=(0, 3))
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(picture)
    pyplot.close(figure)
