"""What the command line says about `--only scale`, and what is done with what comes out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from lab.benchmarks import scale, scale_table
from lab.benchmarks.scale import Measured, Plan
from lab.benchmarks.systems import SYSTEMS
from lab.benchmarks.timing import BenchmarkError, pinned

_DOCUMENTATION = Path("/usr/share/doc")
_WORK = Path(__file__).parents[1] / "out" / "scale"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what only this part takes."""
    group = parser.add_argument_group("--only scale: the saved index beside others")
    group.add_argument(
        "--passages", type=_sizes, default=Plan.sizes, metavar="N,N", help="how many (to 1,000,000)"
    )
    group.add_argument(
        "--systems", type=_systems, default=SYSTEMS, metavar="NAME,NAME", help=", ".join(SYSTEMS)
    )
    group.add_argument(
        "--text",
        type=Path,
        action="append",
        metavar="FOLDER",
        help=f"made of its texts and web pages; may be given again (default {_DOCUMENTATION}); "
        "--only split cuts its text files, too",
    )
    group.add_argument(
        "--work", type=Path, default=_WORK, metavar="FOLDER", help="for corpora, kept, and indexes"
    )
    group.add_argument("--markdown", action="store_true", help="the table as Markdown")
    group.add_argument("--plots", type=Path, metavar="FOLDER", help="draw scale.svg into it")


def _sizes(written: str) -> tuple[int, ...]:
    sizes = tuple(int(size) for size in written.split(","))
    if min(sizes) < 1:
        raise ValueError(written)
    return sizes


def _systems(written: str) -> tuple[str, ...]:
    """Those named, in the order in which they are measured."""
    named = frozenset(written.split(","))
    if unknown := named.difference(SYSTEMS):
        known = ", ".join(SYSTEMS)
        raise argparse.ArgumentTypeError(f"no such system: {min(unknown)}. There are: {known}")
    return tuple(name for name in SYSTEMS if name in named)


def run(options: argparse.Namespace) -> list[Measured]:
    """Measure, in a process that has one core, as have all that it starts.

    Raises:
        BenchmarkError: there is no text, or no folder for the picture.
        OSError: a corpus cannot be written.
    """
    for folder in (*(options.text or [_DOCUMENTATION]), *filter(None, [options.plots])):
        if not folder.is_dir():
            raise BenchmarkError(f"no such folder: {folder}. Name another.")
    if options.plots:
        import_module("matplotlib")  # Heard of now, if it is not there, and not after an hour.
    plan = Plan(
        text=tuple(options.text or [_DOCUMENTATION]),
        work=options.work.absolute(),
        sizes=tuple(options.passages),
        systems=tuple(options.systems),
        rounds=options.rounds,
    )
    return pinned(scale.measure, plan)


def show(measured: Sequence[Measured], options: argparse.Namespace) -> None:
    """Print the table, and draw the picture where one is wanted.

    Raises:
        OSError: the picture cannot be written.
    """
    print(scale_table.render(measured, options.markdown))
    if options.plots:
        from lab.benchmarks import scale_plot

        scale_plot.draw(measured, options.plots / "scale.svg")
