"""Files with versions, so that whatever an index holds can be told to be old, new or wrong."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

from askdoc import Assistant

_OLD = 1_600_000_000 * 10**9
"""A time stamp that no clock's resolution makes doubtful."""


class Lost(AssertionError):
    """An index holds what it should not, or lacks what it should hold."""


def _check(holds: bool, what: str) -> None:
    if not holds:
        raise Lost(what)


def text(name: str, version: int) -> str:
    """What stands in a file; its word stands in no other."""
    lines = [f"The ship {word(name, version)} left the port in year {version}."]
    # Two passages and more, so that half a document can be told from a whole one.
    lines += [f"Day {day} at sea: the crew of ship {name} saw no land. " * 12 for day in range(2)]
    return "\n\n".join([*lines, f"So ended voyage {version} of {name}."])


def word(name: str, version: int) -> str:
    """The word that only this version of this file has."""
    return f"word{name}v{version}"


def _version_of(content: str) -> int:
    return int(content.partition("v")[2].partition(" ")[0])


class Fleet:
    """A folder of files that change at random.

    Args:
        folder: where they are.
        random: what decides.
        count: how many there are at first.

    Attributes:
        checked: how many documents were compared with what they should be.
    """

    def __init__(self, folder: Path, random: Random, count: int = 24) -> None:
        self.folder = folder
        self.random = random
        self.version = 0
        self.checked = 0
        self.old: dict[str, int] = {}
        self.new = {f"{number:03}": 0 for number in range(count)}
        folder.mkdir(parents=True)
        self._write(self.new)

    def _write(self, files: dict[str, int]) -> None:
        for name, version in files.items():
            path = self.path(name)
            path.write_bytes(text(name, version).encode())
            os.utime(path, ns=(_OLD + version, _OLD + version))

    def path(self, name: str) -> Path:
        """Where a file is."""
        return self.folder / f"{name}.txt"

    def sail(self) -> None:
        """Change some files, remove some, add some. What was new is old now."""
        self.version += 1
        self.old = dict(self.new)
        names = self.random.sample(sorted(self.new), len(self.new) * 2 // 3)
        few = len(names) // 4
        gone, changed = names[:few], names[few:]
        added = [f"{self.random.randrange(100, 1000):03}" for _ in range(few)]
        for name in gone:
            self.path(name).unlink()
            del self.new[name]
        self._write(dict.fromkeys([*changed, *added], self.version))
        self.new |= dict.fromkeys([*changed, *added], self.version)

    def check_committed(self, index: os.PathLike[str] | str) -> int:
        """The index holds a committed state between old and new; how many files are still old.

        Args:
            index: a folder, or an address.

        Raises:
            Lost: it does not.
        """
        saved = Assistant.open(index, reader="lexical")
        documents = list(saved.documents)
        found = {Path(one.source).stem: one.text for one in documents}
        _check(len(found) == len(documents), "two documents of one name")
        versions = {name: _version_of(content) for name, content in found.items()}
        for name, version in versions.items():
            _check(found[name] == text(name, version), f"another text: {name} {version}")
        self._check_order(versions)
        count = len(saved.passages)
        for name, version in versions.items():
            hits = saved.search(word(name, version), limit=count)
            sources = [Path(hit.passage.document.source).stem for hit in hits]
            _check(sources == [name], f"{name} {version} is found in {sources}")
        for name, version in self.old.items():
            if versions.get(name) != version:
                hits = saved.search(word(name, version))
                _check(not hits, f"{name} {version} is found, though it has gone")
        self.checked += len(versions)
        return sum(versions.get(name) != version for name, version in self.new.items())

    def _check_order(self, versions: dict[str, int]) -> None:
        """Files are read in order: some are new, and then all are old."""
        if versions == self.old:
            return
        gone = self.old.keys() - self.new.keys()
        _check(not gone & versions.keys(), f"still there: {sorted(gone & versions.keys())}")
        changed = sorted(n for n in self.new if self.new[n] != self.old.get(n))
        are_new = [versions.get(name) == self.new[name] for name in changed]
        _check(are_new == sorted(are_new, reverse=True), "files were taken out of order")
        for name in self.new:
            known = (self.new[name], self.old.get(name))
            _check(versions.get(name) in known, f"neither old nor new: {name}")

    def check_complete(self, index: os.PathLike[str] | str) -> None:
        """The index holds what the files hold now.

        Raises:
            Lost: it does not.
        """
        left = self.check_committed(index)
        _check(left == 0, f"{left} files are not in it as they are")
