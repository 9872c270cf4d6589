"""Questions drawn from a corpus by rule, with a fixed seed: the same for every system.

Each has four to six of the content words of one sentence, in their order, behind function words: as
somebody asks who remembers what was said, and little of how.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from askdoc import Document
from askdoc.english.analyzer import Token, normalize_question, terms, tokenize
from askdoc.split import split
from lab.benchmarks.corpus import Asked, Corpus, digest

_OPENINGS = ("What about", "When was", "Why is", "Where are", "How does", "Who has")
_FEWEST, _MOST = 4, 6
_LEAST_WORDS = 8  # shorter ones are headings and left-overs
_SHORTEST = 3  # letters
_TRIED = 20  # passages for each question that is wanted


def draw(corpus: Corpus, count: int, seed: int) -> list[Asked]:
    """At most `count` different questions; fewer where the corpus has not so many sentences."""
    chance = Random(seed)
    total = sum(1 for _ in corpus.passages())
    chosen = chance.sample(range(total), min(total, _TRIED * count))
    texts = _at(corpus, frozenset(chosen))
    found: dict[str, Asked] = {}
    for number in chosen:
        asked = _question(texts[number], chance)
        if asked is not None:
            found.setdefault(asked.text, asked)
        if len(found) == count:
            break
    return list(found.values())


def _at(corpus: Corpus, numbers: frozenset[int]) -> dict[int, str]:
    return {at: text for at, text in enumerate(corpus.passages()) if at in numbers}


def _question(passage: str, chance: Random) -> Asked | None:
    """A question about one of its sentences, None where none has enough content words."""
    able = list(_sentences(passage))
    if not able:
        return None
    words = chance.choice(able)
    size = chance.randint(_FEWEST, min(_MOST, len(words)))
    kept = [words[at] for at in sorted(chance.sample(range(len(words)), size))]
    text = f"{chance.choice(_OPENINGS)} {' '.join(kept)}?"
    asked = tuple(dict.fromkeys(terms(normalize_question(text))))
    return Asked(text, tuple(kept), asked, digest(passage))


def _sentences(passage: str) -> Iterator[list[str]]:
    """The different content words, in lower case, of each sentence that has enough of them."""
    for block in split(Document(passage, "passage.txt")):
        for sentence in block:
            tokens = tokenize(sentence.text)
            words = {
                sentence.text[token.start : token.end].lower(): None
                for token in tokens
                if _is_content(token, sentence.text)
            }
            if len(tokens) >= _LEAST_WORDS and len(words) >= _FEWEST:
                yield list(words)


def _is_content(token: Token, text: str) -> bool:
    word = text[token.start : token.end]
    plain = word.isascii() and word.isalpha() and len(word) >= _SHORTEST
    return plain and not token.stop
