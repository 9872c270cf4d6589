"""More text from a text that is too short, with a vocabulary that grows as that of real text does.

The passages of the whole are dealt anew, in another order, into documents of the same number of
passages. Whole numbers are raised by the number of the copy. By Heaps' law, n words hold a
vocabulary of K n^b: the k-th copy has to bring ((k + 1)^b - k^b) times as many words as the text
has different ones. So many of its rare words, chosen by a hash, have letters appended that only
this copy has, wherever they stand. b is measured: on the text and its first half.

What this cannot give: the copies' frequent words stand beside each other as they did before, so
that questions find many passages that are alike.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from random import Random
from zlib import crc32

from lab.benchmarks.corpus import Corpus

_WORD = re.compile(r"[^\W\d_]+|\d{1,9}(?![\d])")
_IN_DOCUMENT = 20
_LEAST, _MOST = 0.3, 0.8  # exponents: what a text of any language and size has
_RARE = 0.6  # of all different words are rare enough to be changed


class Growth:
    """Varied copies of all passages of a corpus, without end.

    Args:
        corpus: whose file of passages is there.
        seed: what chance is drawn from.

    Attributes:
        exponent: Heaps' b.
    """

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self._corpus = corpus
        self._seed = seed
        total = sum(1 for _ in corpus.passages())
        known: Counter[str] = Counter()
        half = 1
        for at, text in enumerate(corpus.passages()):
            if at == total // 2:
                half = max(1, len(known))
            known.update(found for found in _WORD.findall(text) if not found.isdecimal())
        self._different = len(known)
        grown = math.log2(max(1, self._different) / half)
        self.exponent = min(_MOST, max(_LEAST, grown))
        rarest = sorted(known.items(), key=lambda item: (item[1], item[0]))
        self._rare = frozenset(word for word, _ in rarest[: int(_RARE * self._different)])

    def documents(self) -> Iterator[str]:
        """Documents of the first copy, then of the second, and so on."""
        number = 0
        while True:
            number += 1
            yield from self._copy(number)

    def _copy(self, number: int) -> Iterator[str]:
        """One copy of everything; lines of the file are looked up, so that memory stays small."""
        places, at = [], 0
        with self._corpus.split.open("rb") as lines:
            for line in lines:
                places.append(at)
                at += len(line)
        Random(f"{self._seed} {number}").shuffle(places)
        with self._corpus.split.open("rb") as lines:
            for start in range(0, len(places), _IN_DOCUMENT):
                texts = []
                for place in places[start : start + _IN_DOCUMENT]:
                    lines.seek(place)
                    texts.append(self.varied(json.loads(lines.readline()), number))
                yield "\n\n".join(texts) + "\n"

    def varied(self, text: str, number: int) -> str:
        """A passage as it stands in this copy."""
        wanted = (number + 1) ** self.exponent - number**self.exponent
        bound = min(1.0, wanted / _RARE) * 2**32
        mark = _letters(number)

        def other(found: re.Match[str]) -> str:
            word = found[0]
            if word.isdecimal():
                return str(int(word) + number)
            chosen = word in self._rare and crc32(f"{number} {word}".encode()) < bound
            return word + mark if chosen else word

        return _WORD.sub(other, text)


def _letters(number: int) -> str:
    """Letters for a number, such as no word ends with: qb, qc, ..."""
    written = ""
    while number:
        number, digit = divmod(number, 26)
        written = chr(ord("a") + digit) + written
    return "q" + written
