"""Fit the weights that choose a pronoun's antecedent: `askdoc/data/conversation.json`.

    python -m lab.training.followups --data ../shared/qa

Pronouns are those of the tuning halves of the follow-ups and of the conversations over documents
(`lab.evaluation.followups` and `lab.evaluation.talks` say which these are). Antecedents are the
candidates that a person's rewriting of the question has; where it has the pronoun still, there is
none. Prints how often the right one is chosen, with weights that were fitted on other questions.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from askdoc.conversation.antecedents import FEATURES, Antecedents
from askdoc.conversation.history import History, Turn, read_history
from askdoc.conversation.pronouns import unexplained
from askdoc.english.names import names
from lab.evaluation.data import FollowUpRow, load
from lab.evaluation.dialogs import histories
from lab.evaluation.followups import halves
from lab.evaluation.talks import dialogs, plain

Floats = NDArray[np.float64]

TARGET = Path(__file__).parents[2] / "askdoc" / "data" / "conversation.json"
_FOLDS = 5
_RIDGE = 0.5
_STEPS = 400
_RATE = 0.5
# What documents are asked counts for more: there is less of it, and it is what askdoc is for.
_OF_DIALOGS = 2.0
_MARKS = re.compile(r"[\[\]{}|]|\.\.\.")


class Choice(NamedTuple):
    """A pronoun: its class, a row a candidate, which are right (none: it has no antecedent)."""

    kind: str
    rows: Floats
    right: NDArray[np.bool_]
    worth: float


def choices(
    question: str, history: History, meant: tuple[str, ...], worth: float
) -> Iterator[Choice]:
    """The pronouns of a question, where some rewriting tells what they mean."""
    antecedents = Antecedents(history)
    here = list(names(question))
    said = f" {plain(question)}"
    rewritten = [f" {plain(text)}" for text in meant]
    for pronoun in unexplained(question, here, antecedents):
        kind = "person" if pronoun.kind in ("m", "f") else pronoun.kind
        able = antecedents.able(pronoun.kind, here)
        words = [f" {plain(one.name.text)}" for one in able]
        right = [w not in said and any(w in text for text in rewritten) for w in words]
        kept = any(f" {pronoun.word.lower()} " in text for text in rewritten)
        if able and (any(right) or kept):
            rows = np.array([antecedents.features(one, pronoun.kind) for one in able])
            yield Choice(kind, rows, np.array(right), worth)


def from_followups(rows: list[FollowUpRow]) -> Iterator[Choice]:
    """Pronouns of follow-ups under headings, after questions as people rewrote them."""
    rewrites = {row.id: row.rewrite for row in rows}
    for row in rows:
        bare = read_history(row.history)
        conversation = row.id.rpartition("-")[0]
        turns = tuple(
            Turn(rewrites.get(f"{conversation}-{at}", turn.question), turn.answers, turn.question)
            for at, turn in enumerate(bare.turns, 1)
        )
        yield from choices(row.question, History(bare.headings, turns), (row.rewrite,), 1.0)


def from_dialogs() -> Iterator[Choice]:
    """Pronouns of the conversations over documents."""
    for dialog in dialogs("tuning"):
        for row, history in histories(dialog):
            meant = tuple(_MARKS.sub(" ", text) for text in row.resolutions)
            if not row.alone and history.turns:
                yield from choices(row.question, history, meant, _OF_DIALOGS)


def fit(found: list[Choice]) -> Floats:
    """Weights of a conditional logit model, by gradient ascent; having no antecedent scores 0."""
    rows = np.vstack([np.vstack([one.rows, np.zeros(len(FEATURES))]) for one in found])
    right = np.concatenate([[*one.right, not one.right.any()] for one in found])
    sizes = [len(one.rows) + 1 for one in found]
    starts = np.cumsum([0, *sizes[:-1]])
    worth = np.repeat([one.worth for one in found], sizes)
    weights = np.zeros(len(FEATURES))
    for _ in range(_STEPS):
        odds = np.exp(np.clip(rows @ weights, -30, 30))
        chance = odds / np.repeat(np.add.reduceat(odds, starts), sizes)
        target = chance * right
        target /= np.repeat(np.add.reduceat(target, starts), sizes)
        slope = rows.T @ (worth * (target - chance)) - _RIDGE * weights
        weights += _RATE * slope / np.sqrt(len(found)) / 4
    return weights


def chosen_right(found: list[Choice], weights: Floats) -> int:
    """The number of pronouns whose likeliest antecedent, or that there is none, is right."""
    hits = 0
    for one in found:
        scores = one.rows @ weights
        best = int(scores.argmax())
        hits += bool(one.right[best]) if scores[best] >= 0 else not one.right.any()
    return hits


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    asked = parser.parse_args()
    tuning, _ = halves(cast("list[FollowUpRow]", load(asked.data, "followups")))
    found = [*from_followups(tuning), *from_dialogs()]
    tables = {}
    for kind in ("person", "they", "it"):
        some = [one for one in found if one.kind == kind]
        hits = 0.0
        for fold in range(_FOLDS):
            others = [one for at, one in enumerate(some) if at % _FOLDS != fold]
            hits += chosen_right(some[fold::_FOLDS], fit(others))
        print(f"{kind}: right {hits / len(some):.3f} of {len(some)}")
        tables[kind] = dict(zip(FEATURES, np.round(fit(some), 2).tolist(), strict=True))
    TARGET.write_text(json.dumps({"antecedents": tables}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
