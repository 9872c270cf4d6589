"""Files with versions, so that whatever an index holds can be told to be old, new or wrong."""

from __future__ import annotations

from pathlib import Path
from random import Random

from states import OLD, contents, cut, opened, write


def text(name: str, version: int) -> str:
    """What stands in a file; its word stands in no other."""
    word = f"word{name}v{version}"
    lines = [f"The ship {word} left the port in year {version}."]
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
    """

    def __init__(self, folder: Path, random: Random, count: int = 24) -> None:
        self.folder = folder
        self.random = random
        self.version = 0
        self.old: dict[str, int] = {}
        self.new = {f"{number:03}": 0 for number in range(count)}
        self._write(self.new)

    def _write(self, files: dict[str, int]) -> None:
        for name, version in files.items():
            write(self.path(name), text(name, version), modified=OLD + version)

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

    def check_committed(self, index: Path) -> int:
        """The index holds a committed state between old and new; how many files are still old."""
        saved = opened(index)
        found = {Path(source).stem: text for source, (text, _) in contents(saved.documents).items()}
        versions = {name: _version_of(content) for name, content in found.items()}
        assert found == {name: text(name, version) for name, version in versions.items()}
        self._check_order(versions)
        passages = cut(saved.passages)
        for name, version in versions.items():
            hits = saved.search(word(name, version), limit=len(passages))
            assert [Path(hit.passage.document.source).stem for hit in hits] == [name]
        assert len(passages) == len(saved.passages)
        for name, version in self.old.items():
            if versions.get(name) != version:
                assert not saved.search(word(name, version))
        return sum(versions.get(name) != version for name, version in self.new.items())

    def _check_order(self, versions: dict[str, int]) -> None:
        """Files are read in order: some are new, and then all are old."""
        if versions == self.old:
            return
        gone = self.old.keys() - self.new.keys()
        assert not gone & versions.keys()
        changed = sorted(n for n in self.new if self.new[n] != self.old.get(n))
        are_new = [versions.get(name) == self.new[name] for name in changed]
        assert are_new == sorted(are_new, reverse=True)
        for name in self.new:
            assert versions.get(name) in (self.new[name], self.old.get(name))

    def check_complete(self, index: Path) -> None:
        """The index holds what the files hold now."""
        assert self.check_committed(index) == 0
