"""What general English tells about a term: how rare it is, and which terms mean much the same.

One article is too little text to learn from it that "the" says nothing and "sovereignty" much, or
that a reform is a change. Both come from data files made by `lab/training/lexicon.py`, whose heads
say from what: `frequencies.tsv`, in how many sentences of a general corpus a term stands, and
`vectors.tsv`, one vector a term, close in angle where the meanings are close.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from math import log
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Below the first cosine two terms have nothing to do with each other, from the second on they mean
# as good as the same; that is worth less than the term itself.
_UNRELATED, _ALIKE = 0.3, 0.75
_WORTH = 0.8
_HANDFUL = 5
RARE = 8.5
"""An IDF from which on a term is too rare in general English for a common word."""
_FEW = 2
_NEIGHBOURS = 8
_LEAST_RELATED = 0.4


class _Frequencies(NamedTuple):
    sentences: int
    holding: dict[str, int]


class _Vectors(NamedTuple):
    rows: dict[str, int]
    terms: list[str]
    matrix: NDArray[np.float32]


def _lines(name: str) -> tuple[dict[str, str], list[str]]:
    """The `# key: value` head of a data file, and its other lines."""
    raw = resources.files("askdoc.data").joinpath(name).read_text("utf-8")
    lines = raw.splitlines()
    size = next(at for at, line in enumerate(lines) if not line.startswith("#"))
    head = dict(line[2:].split(": ", 1) for line in lines[:size] if ": " in line)
    return head, lines[size:]


@cache
def _frequencies() -> _Frequencies:
    head, lines = _lines("frequencies.tsv")
    pairs = (line.split("\t") for line in lines)
    return _Frequencies(int(head["sentences"]), {term: int(count) for term, count in pairs})


@cache
def _vectors() -> _Vectors:
    import numpy as np

    head, lines = _lines("vectors.tsv")
    pairs = [line.split("\t") for line in lines]
    raw = b64decode("".join(code for _, code in pairs))
    whole = np.frombuffer(raw, dtype=np.int8).reshape(len(pairs), int(head["dimensions"]))
    matrix = whole.astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    terms = [term for term, _ in pairs]
    return _Vectors({term: row for row, term in enumerate(terms)}, terms, matrix)


def term_counts() -> Mapping[str, int]:
    """In how many sentences of general English each term stands."""
    return _frequencies().holding


def idf(term: str) -> float:
    """Inverse document frequency in general English, sentences as documents, above 0.

    ln((N + 1) / (n + 0.5)) with n of N sentences holding the term. Below a handful of sentences the
    count is chance, mostly a name's, so there the value stays the same.
    """
    found = _frequencies()
    return log((found.sentences + 1) / (max(_HANDFUL, found.holding.get(term, 0)) + 0.5))


def is_known(term: str) -> bool:
    """Whether general English has a term in more than a few sentences."""
    return _frequencies().holding.get(term, 0) > _FEW


def vectors(terms: Sequence[str]) -> NDArray[np.float32]:
    """One row a term, of length 1; zeros where the term is unknown. Shape (terms, dimensions)."""
    import numpy as np

    known = _vectors()
    found = np.zeros((len(terms), known.matrix.shape[1]), dtype=np.float32)
    for at, term in enumerate(terms):
        row = known.rows.get(term)
        if row is not None:
            found[at] = known.matrix[row]
    return found


def relatedness(cosine: NDArray[np.float32]) -> NDArray[np.float32]:
    """From the cosine of two terms' vectors to what a match between them is worth, in [0, 1]."""
    import numpy as np

    scaled = (cosine - _UNRELATED) / (_ALIKE - _UNRELATED)
    return scaled.clip(0.0, 1.0) * np.float32(_WORTH)


@lru_cache(maxsize=20_000)
def related(term: str) -> dict[str, float]:
    """The terms closest in meaning, best first, with their relatedness; itself left out.

    At most `_NEIGHBOURS`, none that is less related than `_LEAST_RELATED`.
    """
    import numpy as np

    known = _vectors()
    row = known.rows.get(term)
    if row is None:
        return {}
    worth = relatedness(known.matrix @ known.matrix[row])
    worth[row] = 0.0
    near = np.flatnonzero(worth >= _LEAST_RELATED)
    best = near[np.argsort(-worth[near], kind="stable")][:_NEIGHBOURS]
    return {known.terms[at]: float(worth[at]) for at in best}
