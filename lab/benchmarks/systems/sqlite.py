"""SQLite's full-text search, FTS5, from Python's own sqlite3."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import ClassVar

from lab.benchmarks.corpus import Asked, Corpus
from lab.benchmarks.systems import System


class Fts5(System):
    """A table of FTS5 that holds the passages too, merged into one b-tree after filling."""

    imports: ClassVar[tuple[str, ...]] = ("sqlite3",)
    analysis: ClassVar[str] = "its Porter stemmer"

    _connection: sqlite3.Connection

    def build(self, corpus: Corpus, folder: Path) -> None:
        """See `System.build`."""
        connection = sqlite3.connect(folder / "passages.db")
        with connection:
            connection.execute(
                "CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='porter unicode61')"
            )
            connection.executemany(
                "INSERT INTO passages VALUES (?)", ((text,) for text in corpus.passages())
            )
            connection.execute("INSERT INTO passages(passages) VALUES ('optimize')")
        connection.close()

    def open(self, folder: Path) -> None:
        """See `System.open`."""
        self._connection = sqlite3.connect(folder / "passages.db")

    def search(self, asked: Asked, limit: int) -> list[str]:
        """See `System.search`."""
        found = self._connection.execute(
            "SELECT text FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(f'"{word}"' for word in asked.words), limit),
        )
        return [text for (text,) in found]
