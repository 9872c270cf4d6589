"""`python -m lab.cluster start|status|stop FOLDER`: a cluster that stays until it is stopped."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lab.cluster import keeper
from lab.cluster.build import missing
from lab.cluster.process import ClusterError


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; 1 where no cluster runs, 2 where something is wrong."""
    options = _options(arguments)
    try:
        return _done(options)
    except (ClusterError, OSError) as error:
        print(f"lab.cluster: {error}", file=sys.stderr)
        return 2


def _done(options: argparse.Namespace) -> int:
    folder: Path = options.folder.absolute()
    if options.command == "keep":
        keeper.keep(folder, options.nodes, options.heap, options.measure)
        return 0
    if options.command == "start":
        lacking = missing()
        if lacking:
            raise ClusterError(lacking)
        rest = ["--nodes", str(options.nodes), "--heap", str(options.heap)]
        print("\n".join(keeper.start(folder, rest + ["--measure"] * options.measure)))
        return 0
    running = keeper.status(folder)
    if not running:
        print(f"no cluster runs: {folder}")
        return 1
    if options.command == "stop":
        keeper.stop(folder)
    print(f"stopped: {folder}" if options.command == "stop" else "\n".join(running))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lab.cluster", description=__doc__)
    parser.add_argument(
        "command", choices=("start", "status", "stop", "keep"),
        help="keep: as start, but in this process, until it is told to end",
    )  # fmt: skip
    parser.add_argument("folder", type=Path, help="what the nodes store, and their logs")
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--heap", type=int, default=256, help="megabytes a node (256)")
    parser.add_argument("--measure", action="store_true", help="compile well; slower to start")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
