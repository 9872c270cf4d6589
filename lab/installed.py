"""What an environment has installed: each package, how large it is, and who needs it.

    python -m venv fresh && fresh/bin/pip install . && fresh/bin/python -m lab.installed

Run by the environment's own Python in a checkout; needs the standard library alone. Sizes are those
of the files in a package's record, compiled ones among them, in megabytes of 1,000,000 bytes.
`docs/install.md` has the table, made by this command.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from lab.benchmarks.worker import needed
from lab.table import markdown

_MB = 1_000_000
_SMALL = 1.0  # MB; what is smaller stands together in one row


class Package(NamedTuple):
    """An installed distribution: `size` in bytes, `needed_by` the names of others, sorted."""

    name: str
    version: str
    size: int
    needed_by: tuple[str, ...]


def packages() -> list[Package]:
    """The distributions that this Python sees, the largest first."""
    found = {_plain(one.name): one for one in metadata.distributions()}
    wanted: dict[str, set[str]] = defaultdict(set)
    for name, one in found.items():
        for other, _ in needed(one.requires or (), frozenset()):
            wanted[_plain(other)].add(name)
    made = [
        Package(name, one.version, _size(one), tuple(sorted(wanted[name])))
        for name, one in found.items()
    ]
    return sorted(made, key=lambda package: (-package.size, package.name))


def report(every: list[Package], environment: Path) -> str:
    """A table of the packages in Markdown, and what the environment's folder holds in all."""
    small = [package for package in every if package.size < _SMALL * _MB]
    rows = [
        [f"{one.name} {one.version}", f"{one.size / _MB:.1f}", ", ".join(one.needed_by)]
        for one in every
        if one not in small
    ]
    names = ", ".join(sorted(one.name for one in small))
    rows.append([f"{len(small)} more", f"{sum(one.size for one in small) / _MB:.1f}", names])
    files = (file for file in environment.rglob("*") if file.is_file() and not file.is_symlink())
    whole = sum(file.stat().st_size for file in files)
    rows.append(["all files of the environment", f"{whole / _MB:.1f}", ""])
    return markdown(["package", "MB", "needed by"], rows, frozenset({1}))


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _size(one: metadata.Distribution) -> int:
    files = (Path(str(one.locate_file(file))) for file in one.files or ())
    return sum(file.stat().st_size for file in files if file.is_file())


if __name__ == "__main__":
    print(report(packages(), Path(sys.prefix)))
