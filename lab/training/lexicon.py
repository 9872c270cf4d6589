"""Make what askdoc knows of general English: how rare a term is, and which terms mean the same.

    python -m lab.training.lexicon --data ../shared/qa

Writes `askdoc/data/frequencies.tsv`, from the texts of the training sets (SquadShifts, QAMR and
FairytaleQA: encyclopedia, news, forum posts, product reviews and stories, about a million words),
and `askdoc/data/vectors.tsv`, the vectors that all-MiniLM-L6-v2 gives to single words, reduced to
`DIMENSIONS` by principal component analysis and to 8 bits a number. Takes about three minutes.
"""

from __future__ import annotations

import argparse
import re
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import numpy as np
from tqdm import tqdm

from askdoc import Document
from askdoc.english.analyzer import tokenize
from askdoc.split import split
from lab.evaluation.data import ReadingRow, load
from lab.training.minilm import Floats, MiniLM

DATA = Path(__file__).parents[2] / "askdoc" / "data"
# A multiple of 3, so that base64 needs no padding and lines can be decoded all at once.
DIMENSIONS = 66
_SETS = ("shifts", "qamr", "fairytale")
_RAREST = 2
_RAREST_WITH_VECTOR = 3
# A term's vector is the mean of those of its commonest forms.
_FORMS = 4


class Census:
    """Counts over sentences: how many hold a term, and in which forms it is written."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.sentences = 0
        self.holding: Counter[str] = Counter()
        self.forms: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for block in split(Document(text, "")):
                for sentence in block:
                    self._count(sentence.text)

    def _count(self, sentence: str) -> None:
        self.sentences += 1
        tokens = [token for token in tokenize(sentence) if not token.stop]
        self.holding.update({token.term for token in tokens})
        for token in tokens:
            form = sentence[token.start : token.end].lower().replace("’", "'")
            self.forms[token.term][form.removesuffix("'s")] += 1


def vectors(census: Census, model: MiniLM) -> tuple[list[str], Floats]:
    """The terms that get a vector, in order, and their vectors, shape (terms, DIMENSIONS)."""
    words = {word for word in model.words if re.fullmatch(r"[a-z]{3,}", word)}
    forms = {term: Counter(found) for term, found in census.forms.items()}
    for word in sorted(words):
        for token in tokenize(word):
            if not token.stop:
                forms.setdefault(token.term, Counter())[word] += 1
    terms = sorted(
        term
        for term, found in forms.items()
        if re.fullmatch(r"[a-z]{3,}", term)
        and (census.holding[term] >= _RAREST_WITH_VECTOR or not words.isdisjoint(found))
    )
    full = np.zeros((len(terms), 384), dtype=np.float32)
    for at in tqdm(range(0, len(terms), 512), unit="batch", disable=None):
        batch = [(row, form, count) for row, term in enumerate(terms[at : at + 512], at)
                 for form, count in forms[term].most_common(_FORMS)]  # fmt: skip
        found = model.vectors([form for _, form, _ in batch])
        for (row, _, count), vector in zip(batch, found, strict=True):
            full[row] += count * vector
    full /= np.linalg.norm(full, axis=1, keepdims=True)
    centred = full - full.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    reduced = centred @ axes[:DIMENSIONS].T
    return terms, cast(Floats, reduced / np.linalg.norm(reduced, axis=1, keepdims=True))


def _write(name: str, head: dict[str, object], lines: Iterable[str]) -> None:
    written = [f"# {key}: {value}" for key, value in head.items()]
    (DATA / name).write_text("\n".join([*written, *lines]) + "\n", encoding="utf-8")
    print(f"written: {DATA / name}")


def main() -> None:
    """Count, embed, reduce, write."""
    parser = argparse.ArgumentParser(description="Make askdoc's lexicon; see the module.")
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    rows = [cast(ReadingRow, row) for name in _SETS for row in load(options.data, name)]
    census = Census(tqdm(dict.fromkeys(row.context for row in rows), unit="text", disable=None))
    _write(
        "frequencies.tsv",
        {
            "what": "term, sentences that hold it; made by lab/training/lexicon.py",
            "counted in": "SquadShifts (CC BY 4.0), QAMR (MIT), FairytaleQA (Apache-2.0)",
            "sentences": census.sentences,
        },
        (f"{t}\t{n}" for t, n in sorted(census.holding.items()) if n >= _RAREST),
    )
    terms, made = vectors(census, MiniLM())
    whole = np.round(made / np.abs(made).max(axis=1, keepdims=True) * 127).astype(np.int8)
    _write(
        "vectors.tsv",
        {
            "what": "term, its vector as base64 of signed bytes; made by lab/training/lexicon.py",
            "derived from": "all-MiniLM-L6-v2 (Apache-2.0, Nils Reimers and others)",
            "dimensions": DIMENSIONS,
        },
        (f"{t}\t{b64encode(v.tobytes()).decode()}" for t, v in zip(terms, whole, strict=True)),
    )


if __name__ == "__main__":
    main()
