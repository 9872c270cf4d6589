"""Random changes of the files in a folder: what programs and people do to them, and worse."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

_OLD = 1_600_000_000 * 10**9
_SUFFIXES = (".txt", ".txt", ".md", ".html", ".json", ".csv")
_WORDS = "ferry tug harbour captain lamp tower pilot crane ledger island storm cargo".split()


class Changes:
    """Changes files below a folder at random.

    Args:
        folder: the folder, which is there and may be empty.
        random: what decides.
        outside: a folder beside it, to which some links lead.

    Attributes:
        count: how many changes were made.
    """

    def __init__(self, folder: Path, random: Random, outside: Path) -> None:
        self.folder, self.random, self.outside = folder, random, outside
        self.count = 0
        self._number = 0
        outside.mkdir(parents=True, exist_ok=True)
        (outside / "secret.txt").write_text("Nobody named this file. It stands outside.")

    def make(self) -> Iterator[None]:
        """Make one change; gives control back where something is half-done."""
        kinds: list[tuple[int, Callable[[], Iterator[None] | None]]] = [
            (20, self._add), (12, self._nest), (14, self._rewrite), (8, self._append),
            (8, self._write_slowly), (8, self._rename), (8, self._replace),
            (6, self._rename_folder), (6, self._delete), (1, self._delete_folder),
            (4, self._link), (2, self._link_hard), (3, self._rewrite_alike), (2, self._swap),
            (2, self._odd_name),
        ]  # fmt: skip
        weights, choices = zip(*kinds, strict=True)
        (change,) = self.random.choices(choices, weights)
        # What was chosen may have gone with a folder that is a link.
        with suppress(OSError):
            yield from change() or ()
        self.count += 1

    # What there is

    def _paths(self) -> list[Path]:
        return sorted(self.folder.rglob("*"))

    def _files(self) -> list[Path]:
        return [path for path in self._paths() if path.is_file() and not path.is_symlink()]

    def _folders(self) -> list[Path]:
        found = [path for path in self._paths() if path.is_dir() and not path.is_symlink()]
        return [self.folder, *found]

    def _a_file(self) -> Path:
        files = self._files()
        if not files:
            self._add()
            files = self._files()
        return self.random.choice(files)

    def _a_folder(self) -> Path:
        return self.random.choice(self._folders())

    def _new(self, folder: Path, suffix: str | None = None) -> Path:
        self._number += 1
        suffix = self.random.choice(_SUFFIXES) if suffix is None else suffix
        return folder / f"{self.random.choice(_WORDS)}{self._number}{suffix}"

    def _text(self, suffix: str) -> str:
        self._number += 1
        words = " ".join(self.random.choices(_WORDS, k=self.random.randint(3, 40)))
        said = f"The {words} was seen {self._number} times."
        if suffix == ".json":
            return f'{{"log": "{said}", "count": {self._number}}}'
        if suffix == ".html":
            return f"<html><body><h1>Log</h1><p>{said}</p></body></html>"
        if suffix == ".csv":
            return f"ship,times\n{self.random.choice(_WORDS)},{self._number}\n"
        return f"# Log\n\n{said}\n"

    # Changes

    def _add(self) -> None:
        path = self._new(self._a_folder())
        path.write_text(self._text(path.suffix))

    def _nest(self) -> None:
        """New folders in one another, with files right away, which no watch is quick enough for."""
        folder = self._a_folder()
        for _ in range(self.random.randint(1, 4)):
            folder = self._new(folder, "")
            folder.mkdir()
            if self.random.random() < 0.7:
                path = self._new(folder)
                path.write_text(self._text(path.suffix))

    def _rewrite(self) -> None:
        path = self._a_file()
        path.write_text(self._text(path.suffix))

    def _append(self) -> None:
        path = self._a_file()
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\nThe {self.random.choice(_WORDS)} came back.\n")

    def _write_slowly(self) -> Iterator[None]:
        """A file that stands half-written for a while, which for some formats is a broken one."""
        path = self._new(self._a_folder())
        content = self._text(path.suffix)
        at = self.random.randint(1, len(content) - 1)
        with path.open("w", encoding="utf-8") as file:
            file.write(content[:at])
            file.flush()
            yield
            file.write(content[at:])

    def _rename(self) -> None:
        path = self._a_file()
        path.rename(self._new(self._a_folder(), path.suffix))

    def _replace(self) -> None:
        """As editors save: a new file takes another's name."""
        path = self._a_file()
        beside = path.with_name(f"{path.name}~{self._number}")
        beside.write_text(self._text(path.suffix))
        beside.replace(path)

    def _rename_folder(self) -> None:
        folder = self._a_folder()
        target = self._a_folder()
        if folder != self.folder and folder not in (target, *target.parents):
            folder.rename(self._new(target, ""))

    def _delete(self) -> None:
        self._a_file().unlink()

    def _delete_folder(self) -> None:
        folder = self._a_folder()
        if folder != self.folder:
            shutil.rmtree(folder)

    def _link(self) -> None:
        """A link to a file or folder within, to one outside, or to nothing."""
        targets = [
            self._a_file(),
            self._a_folder(),
            self.outside / "secret.txt",
            self.outside,
            Path("nothing"),
        ]
        self._new(self._a_folder()).symlink_to(self.random.choice(targets))

    def _link_hard(self) -> None:
        path = self._a_file()
        os.link(path, self._new(self._a_folder(), path.suffix))

    def _rewrite_alike(self) -> None:
        """Another content of the same size and time."""
        path = self._a_file()
        content = path.read_bytes()
        status = path.stat()
        path.write_bytes(bytes(content.replace(b"e", b"o")))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    def _swap(self) -> None:
        """A file in a folder's place, or a folder in a file's."""
        path = self._a_file()
        path.unlink()
        path.mkdir()
        inside = self._new(path)
        inside.write_text(self._text(inside.suffix))

    def _odd_name(self) -> None:
        """A name that is no UTF-8, or hidden."""
        name = self.random.choice((b"caf\xe9%d.txt", b".hidden%d.txt")) % self._number
        path = Path(os.fsdecode(os.fsencode(self._a_folder()) + b"/" + name))
        path.write_text(self._text(".txt"))
        os.utime(path, ns=(_OLD, _OLD))
