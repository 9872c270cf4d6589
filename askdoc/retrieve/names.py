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
# Shorter ones stand in too many other words.
_SHORTEST = 3


class Names:
    """Names of files, in which terms are found fast.

    Args:
        sources: their paths, or what else they are called.
    """

    def __init__(self, sources: Iterable[str]) -> None:
        self._words = [name_in_words(source).casefold() for source in sources]
        self._starts = list(accumulate((len(name) + 1 for name in self._words), initial=0))
        self._joined = "\n".join(self._words)

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
        # A term is a word without its ending, of which the last letter may be another.
        begin = term[: max(_SHORTEST, len(term) - 1)]
        at = self._joined.find(begin) if len(term) >= _SHORTEST else -1
        while at >= 0 and len(places) <= _MOST:
            number = bisect_right(self._starts, at) - 1
            if term in terms(self._words[number]):
                places.add(number)
            at = self._joined.find(begin, self._starts[number + 1])
        return places
