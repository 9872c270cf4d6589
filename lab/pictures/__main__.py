"""The picture of the shell in the README, taken from a conversation as it runs.

python -m lab.pictures lab/figures/shell.svg
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lab.pictures.screen import Cell, Screen
from lab.pictures.sitting import Sitting
from lab.pictures.svg import render

_SEEDS = Path(__file__).parents[2] / "seeds"
QUESTIONS = ("What had Trump suggested?", "Why did she turn him down?", "/why")
_ROWS, _COLUMNS = 40, 88


def is_ready(screen: Screen) -> bool:
    """Whether the shell waits for a question."""
    return screen.lines[screen.row].rstrip() == ">"


def take(questions: Sequence[str], folder: Path) -> list[list[Cell]]:
    """What a person sees who asks these of the seeds, from the first line to the last prompt."""
    shutil.copytree(_SEEDS, folder / "seeds")
    with Sitting(["seeds/"], folder, rows=_ROWS, columns=_COLUMNS) as sitting:
        sitting.wait(is_ready)
        for question in questions:
            sitting.type(f"{question}\r")
            sitting.wait(is_ready)
        screen = sitting.screen
        rows = [*screen.above, *screen.cells]
        sitting.type("\x04")
    return _without_gap(rows)


def _without_gap(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows without all but one of the empty ones between the last prompt and the toolbar."""
    *shown, toolbar = rows
    while shown and not "".join(cell.text for cell in shown[-1]).strip():
        shown.pop()
    return [*shown, [Cell()] * _COLUMNS, toolbar]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("picture", type=Path, help="the SVG file to write")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        rows = take(QUESTIONS, Path(folder))
    options.picture.write_text(render(rows, "askdoc seeds/"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
