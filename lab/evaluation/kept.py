"""Which questions a network was not trained on, so that no figure measures what it remembers.

The rule stands here once: training leaves out what this keeps. A network is trained on all of
SQuAD's articles but one fold of them, or on all; of the other sets that it learns from a small part
is always kept. The ranking sets and the follow-ups were never trained on.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from hashlib import sha256

from lab.evaluation.data import ReadingRow, Row
from lab.training.questions.rows import kept_documents

# Parts that SQuAD's articles are in, each of which can be left out to measure on.
FOLDS = 4
# Sets of which only what belongs to a title that was held out is kept.
_ONLY_TRAINED = frozenset(
    "qamr fairytale timeqa qanom qasrl qadiscourse sleepqa tatqa molweni sentences medquad".split()
)


def held_out(title: str, share: float = 0.05) -> bool:
    """Whether a title is kept for measuring; decided by its hash, so the same everywhere."""
    return sha256(title.encode()).digest()[0] < 256 * share


def fold_of(title: str, titles: Set[str]) -> int:
    """Which of the folds an article of SQuAD is in; `titles` are those of all its articles."""
    return sorted(titles).index(title) % FOLDS


def is_kept(name: str, title: str, context: str, titles: Set[str], fold: int | None) -> bool:
    """Whether a question of the set `name` was kept from the network.

    Args:
        name: of the set, as in `lab.evaluation.data.SOURCES`.
        title: of the question's text.
        context: the question's paragraph.
        titles: all titles of the set.
        fold: the fold of SQuAD's articles that was left out of training, None where none was.
    """
    if name == "squad2a":
        return fold is not None and fold_of(title, titles) == fold
    if name == "shifts":
        # One "title" holds all of Reddit: there it goes by the paragraph.
        return held_out(title) or held_out(context)
    if name == "pairs":
        # All are under one title; the half that is kept goes by the paragraph.
        return fold is not None and held_out(context, 0.5)
    if name == "field":
        return title in kept_documents()
    return name not in _ONLY_TRAINED or held_out(title)


def unseen(name: str, rows: Sequence[Row], fold: int | None) -> list[Row]:
    """The questions of a whole set that were kept from the network, in their order."""
    titles = {row.title for row in rows if isinstance(row, ReadingRow)}
    return [
        row
        for row in rows
        if not isinstance(row, ReadingRow) or is_kept(name, row.title, row.context, titles, fold)
    ]
