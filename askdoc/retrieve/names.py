"""Which documents a question may name: by the words of their files' names.

"in the GPL" means gpl.txt, and "the lease of the mill" mill-lease.docx, whatever these say inside.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from itertools import accumulate

from askdoc.english.analyzer import name_in_words, terms

MOST = 24
"""A term that more names have tells none of them apart."""
MOST_LIKE_IT = 300
"""And none is looked for where more names have words that begin like it."""
# So many letters of a term are as they stand in the word, and so many are looked at.
_SURE, _MOST_LETTERS = 3, 40


class Names:
    """Names of files, in which terms are found fast.

    Args:
        sources: their paths, or what else they are called.
    """

    def __init__(self, sources: Iterable[str]) -> None:
        self._sources = list(sources)
        names = [f"{_searched(source)}\n" for source in self._sources]
        self._starts = list(accumulate(map(len, names), initial=0))
        self._joined = "".join(names)

    def holding(self, wanted: Collection[str]) -> dict[int, frozenset[str]]:
        """The names that hold one of these terms, by their places, each with what it holds.

        Terms that very many have are passed over.
        """
        found: dict[int, set[str]] = {}
        for term in wanted:
            for at in self._places(term):
                found.setdefault(at, set()).add(term)
        return {at: frozenset(held) for at, held in found.items()}

    def _places(self, term: str) -> set[int]:
        """Where the names stand that have a term; none where these, or those like it, are many."""
        places: set[int] = set()
        begin = beginning(term)
        at, like_it = self._joined.find(begin), 0
        while at >= 0:
            after = at + 1
            if at == 0 or not self._joined[at - 1].isalnum():
                number = bisect_right(self._starts, at) - 1
                after, like_it = self._starts[number + 1], like_it + 1
                if term in terms(name_in_words(self._sources[number])):
                    places.add(number)
                if len(places) > MOST or like_it > MOST_LIKE_IT:
                    return set()
            at = self._joined.find(begin, after)
        return places


def terms_of(source: str) -> list[str]:
    """The terms by which `Names` finds a name, for whoever keeps them: not "february" for "feb"."""
    searched = _searched(source)
    found = dict.fromkeys(terms(name_in_words(source)))
    return [term for term in found if _begins_a_word(beginning(term), searched)]


def words_of(source: str) -> list[str]:
    """The name from each of its words on, as far as `beginning` may reach: what is like a term."""
    name = _searched(source)
    starts = (at for at in range(len(name)) if at == 0 or not name[at - 1].isalnum())
    return list(dict.fromkeys(name[at : at + _MOST_LETTERS] for at in starts))


def beginning(term: str) -> str:
    """How a word begins that has this term: a term is a word without its ending, of which the last
    letter may be another."""
    return term[: min(max(_SURE, len(term) - 1), _MOST_LETTERS)]


def _begins_a_word(begin: str, name: str) -> bool:
    at = name.find(begin)
    while at > 0 and name[at - 1].isalnum():
        at = name.find(begin, at + 1)
    return at >= 0


def _searched(source: str) -> str:
    """A name as its terms are looked for in it. Few have other letters than ASCII's, and to fold
    those takes a hundred times as long."""
    name = source[max(source.rfind("/"), source.rfind("\\")) + 1 :]
    return name.lower() if name.isascii() else " ".join(terms(name_in_words(name)))
