"""Which documents a question may name: by the words of their files' names.

"in the GPL" means gpl.txt, and "the lease of the mill" mill-lease.docx, whatever these say inside.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from itertools import accumulate

from askdoc.text import name_in_words, terms

# A term that more names have tells none of them apart.
_MOST = 24


class Names:
    """Names of files, in which terms are found fast.

    Args:
        sources: their paths, or what else they are called.
    """

    def __init__(self, sources: Iterable[str]) -> None:
        names = [f" {' '.join(terms(name_in_words(source).casefold()))} " for source in sources]
        self._starts = list(accumulate(map(len, names), initial=0))
        self._joined = "".join(names)

    def holding(self, wanted: Collection[str]) -> dict[int, frozenset[str]]:
        """The names that hold one of these terms, by their places, each with what it holds.

        Terms that very many have are passed over.
        """
        found: dict[int, set[str]] = {}
        for term in wanted:
            places = self._places(term)
            if len(places) <= _MOST:
                for at in places:
                    found.setdefault(at, set()).add(term)
        return {at: frozenset(held) for at, held in found.items()}

    def _places(self, term: str) -> set[int]:
        """Where the names stand that have a term; of very many only some."""
        places: set[int] = set()
        at = self._joined.find(f" {term} ")
        while at >= 0 and len(places) <= _MOST:
            number = bisect_right(self._starts, at) - 1
            places.add(number)
            at = self._joined.find(f" {term} ", self._starts[number + 1])
        return places
