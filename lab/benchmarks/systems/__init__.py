"""What is measured side by side: a small file for each library, and one protocol for all.

A system builds its index from text that is already split (askdoc's own from files, which is all of
its work), opens it in another process, and gives the text of the passages that it finds: to know
their numbers alone would leave out the fetching that every user has to pay for.

What each makes terms with is its `analysis`. Those that take terms get askdoc's, so that they rank
the same; bare tantivy and SQLite's FTS5 have their own stemmers, with which they are at their best.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from importlib import import_module
from pathlib import Path
from typing import ClassVar

from lab.benchmarks.corpus import Asked, Corpus


class System(ABC):
    """One way to find passages.

    Attributes:
        imports: the modules that opening and asking need, whose import is timed apart.
        analysis: what it makes terms with, in a few words.
        memory: about how many bytes a passage it needs at most, 0 where that does not matter.
    """

    imports: ClassVar[tuple[str, ...]] = ()
    analysis: ClassVar[str] = ""
    memory: ClassVar[int] = 0

    @abstractmethod
    def build(self, corpus: Corpus, folder: Path) -> None:
        """Make the index in an empty folder, so that another process can open it."""

    @abstractmethod
    def open(self, folder: Path) -> None:
        """Get ready to search what was built there."""

    @abstractmethod
    def search(self, asked: Asked, limit: int) -> list[str]:
        """The text of the best passages, best first, at most `limit`."""


RANK, TANTIVY = "rank-bm25", "tantivy"
ASKDOC, RETRIEVER = "askdoc", "askdoc-retriever"

# Name -> module here, class.
_HOME = {
    RANK: ("rank", "RankBm25"),
    "bm25s": ("sparse", "Bm25s"),
    "fts5": ("sqlite", "Fts5"),
    TANTIVY: ("inverted", "Tantivy"),
    "tantivy-terms": ("inverted", "TantivyOnTerms"),
    ASKDOC: ("saved", "SavedIndex"),
    RETRIEVER: ("saved", "SavedRetriever"),
}
SYSTEMS = tuple(_HOME)
"""The names of all systems; those that askdoc is compared with first."""

BUILT_BY = {RETRIEVER: ASKDOC}
"""Systems that open what another one, measured before them, has built."""


def system(name: str) -> System:
    """A new system by its name, one of `SYSTEMS`; the library behind it is not imported yet."""
    module, kind = _HOME[name]
    made: System = getattr(import_module(f"{__name__}.{module}"), kind)()
    return made
