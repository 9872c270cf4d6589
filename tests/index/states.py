"""What a saved index holds, in a form that can be compared, and files to make one of."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import clusters
import pytest

from askdoc import Assistant
from askdoc.english.analyzer import terms
from askdoc.errors import LoadError
from askdoc.index import Report, update
from askdoc.model import Document, Passage

Contents = dict[str, tuple[str, tuple[object, ...]]]
"""Name of a document -> its text, and all marks in it."""

OLD = 1_600_000_000 * 10**9
"""A time stamp that no clock's resolution makes doubtful."""


IN_A_FOLDER = pytest.mark.parametrize("place", ["folder"], indirect=True)
"""For tests that take long and are about reading, whatever the index is kept in."""

FERRY = "The ferry Halcyon carried forty cars to the island on Monday."
TOWER = "# Tower\n\nThe tower of Port Kesk is of red brick.\n\nAda Brandt kept its lamp."
CREW = "Mira Olsen is captain of the Halcyon.\n\nJonas Lind steers the Petrel."


def some_documents(folder: Path) -> Path:
    """Three files, two of them in a folder of their own."""
    write(folder / "ferry.txt", FERRY)
    write(folder / "notes" / "tower.md", TOWER)
    write(folder / "notes" / "crew.txt", CREW)
    return folder


def opened(index: os.PathLike[str]) -> Assistant:
    """An assistant over a saved index that needs no network."""
    return Assistant.open(index, reader="lexical")


def write(path: Path, text: str | bytes, *, modified: int = OLD) -> Path:
    """A file that was changed long ago, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(path, ns=(modified, modified))
    return path


def contents(documents: Iterable[Document]) -> Contents:
    """All that documents hold; fails where two have one name."""
    found: Contents = {}
    for document in documents:
        assert document.source not in found
        marks = (
            document.headings, document.page_starts, document.places, document.notes,
            document.tables,
        )  # fmt: skip
        found[document.source] = document.text, marks
    return found


def cut(passages: Iterable[Passage]) -> list[tuple[str, list[tuple[int, int]], str]]:
    """Passages as their document's name, their sentences' spans and their text."""
    return [
        (
            passage.document.source,
            [(sentence.start, sentence.end) for sentence in passage.sentences],
            passage.text,
        )
        for passage in passages
    ]


def check_searchable(assistant: Assistant) -> None:
    """Every passage is found by its own words, once, and what is found is one of the passages."""
    passages = cut(assistant.passages)
    for source, spans, text in passages:
        if not terms(text):
            continue
        hits = cut(hit.passage for hit in assistant.search(text, limit=len(passages) + 5))
        assert hits.count((source, spans, text)) == 1
        assert all(hit in passages for hit in hits)


def check_same(index: os.PathLike[str], docs: Iterable[Path | str] | Path) -> Assistant:
    """A saved index holds what an assistant over the files holds; gives that index."""
    saved = opened(index)
    memory = Assistant.from_paths(docs, reader="lexical")
    assert contents(saved.documents) == contents(memory.documents)
    assert cut(saved.passages) == cut(memory.passages)
    assert saved.extents == memory.extents
    check_searchable(saved)
    return saved


def kept(index: os.PathLike[str]) -> list[str]:
    """What holds an index that was made from nothing, each by its name: one, when all is done."""
    if isinstance(index, Path):
        return [path.name for path in index.glob("data-*")]
    (cluster,) = clusters.shared
    _, name = os.fspath(index).rsplit("/", 1)
    return list(cluster.ask("GET", f"/{name}-passages-*").body)


class Watched:
    """An index that tells how many files an update has read."""

    def __init__(self, index: os.PathLike[str]) -> None:
        self.index = index
        self.read = 0

    def update(self, *paths: Path | str, rebuild: bool = False, processes: int = 0) -> Report:
        """Bring it up to date."""
        self.read = 0
        return update(
            self.index, paths, rebuild=rebuild, processes=processes, progress=self._progress
        )

    def _progress(self, files: int, all_files: int, size: int, all_size: int) -> None:
        assert files <= all_files and size <= all_size
        self.read = files


def told(report: Report) -> tuple[int, int, int, int, int]:
    """What a report says was added, changed, moved, removed, and left as it was."""
    return report.added, report.changed, report.moved, report.removed, report.unchanged


def names(problems: Iterable[LoadError]) -> list[str]:
    """The files that errors are about, sorted."""
    return sorted(problem.where for problem in problems)
