"""Fit what tells a question that carries on a conversation from one that stands alone.

    python -m lab.training.followups --data ../shared/qa

Follow-ups are those of the tuning half (`lab.evaluation.followups` says which that is) that name
nothing and that a person rewrote. Questions that stand alone come from SQuAD, QAMR, SquadShifts and
SelQA, each after the history of a random follow-up of that half. Prints what was reached on
conversations and questions that it was not fitted on, and writes `askdoc/data/conversation.json`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from askdoc.conversation.carryover import may_carry
from askdoc.conversation.cohesion import FEATURES, features
from askdoc.conversation.focus import Focus
from askdoc.conversation.turns import read_history
from lab.evaluation.data import FollowUpRow, RankingRow, ReadingRow, load
from lab.evaluation.followups import halves

Floats = NDArray[np.float64]

TARGET = Path(__file__).parents[2] / "askdoc" / "data" / "conversation.json"
_SETS = ("squad2a", "qamr", "shifts", "selqa")
_A_SET = 3_000
_FOLDS = 5
_RIDGE = 1.0
_STEPS = 50
# There are few follow-ups: each weighs as much as so many others.
_WORTH = 3.0
# Of the questions that stand alone, so many may be taken for follow-ups.
_NEEDLESS = 0.015


def follow_ups(rows: Sequence[FollowUpRow]) -> list[list[float]]:
    """The features of those that name nothing and that a person rewrote."""
    found = []
    for row in rows:
        talk = read_history(row.history)
        same = _bare(row.question) == _bare(row.rewrite)
        if not same and may_carry(row.question, Focus(talk)):
            found.append(features(row.question, talk))
    return found


def _bare(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def standing_alone(
    folder: Path, histories: Sequence[Sequence[str]], seed: int
) -> dict[str, list[list[float]]]:
    """Set -> the features of its questions that name nothing, each after a random history."""
    draw = random.Random(seed)
    found: dict[str, list[list[float]]] = {}
    for name in _SETS:
        rows = cast("list[ReadingRow | RankingRow]", load(folder, name))
        found[name] = []
        for row in draw.sample(rows, min(_A_SET, len(rows))):
            talk = read_history(draw.choice(histories))
            if may_carry(row.question, Focus(talk)):
                found[name].append(features(row.question, talk))
    return found


def fit(rows: Floats, positive: NDArray[np.bool_]) -> Floats:
    """Weights and, last, the bias of a logistic model, by Newton's method."""
    rows = np.c_[rows, np.ones(len(rows))]
    ridge = np.full(rows.shape[1], _RIDGE)
    ridge[-1] = 1e-6
    worth = np.where(positive, _WORTH, 1.0)
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (worth * (chance - positive)) + ridge * weights
        bend = (rows * (worth * chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge)
        weights -= np.linalg.solve(bend, slope)
    return weights


def held_out(rows: Floats, positive: NDArray[np.bool_]) -> Floats:
    """The chance of each row by a model that was fitted on the other folds."""
    chance = np.zeros(len(rows))
    for fold in range(_FOLDS):
        out = np.arange(len(rows)) * _FOLDS // len(rows) == fold
        for kind in (positive, ~positive):  # in order, so that a conversation is in one fold
            place = np.flatnonzero(kind)
            out[place] = np.arange(len(place)) * _FOLDS // len(place) == fold
        weights = fit(rows[~out], positive[~out])
        chance[out] = 1 / (1 + np.exp(-np.c_[rows[out], np.ones(out.sum())] @ weights))
    return chance


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    tuning, _ = halves(cast("list[FollowUpRow]", load(asked.data, "followups")))
    carrying = follow_ups(tuning)
    alone = standing_alone(asked.data, [row.history for row in tuning], asked.seed)
    others = [row for rows in alone.values() for row in rows]
    order = random.Random(asked.seed).sample(range(len(others)), len(others))
    rows = np.array(carrying + [others[at] for at in order])
    positive = np.arange(len(rows)) < len(carrying)
    chance = held_out(rows, positive)
    threshold = float(np.quantile(chance[~positive], 1 - _NEEDLESS))
    print(f"follow-ups found: {np.mean(chance[positive] >= threshold):.3f} of {len(carrying)}")
    place = {at: len(carrying) + number for number, at in enumerate(order)}
    at = 0
    for name, found in alone.items():
        taken = [chance[place[number]] >= threshold for number in range(at, at + len(found))]
        print(f"needlessly, {name}: {np.mean(taken):.4f} of {len(found)}")
        at += len(found)
    weights = fit(rows, positive)
    model = {
        "weights": dict(zip(FEATURES, np.round(weights[:-1], 3).tolist(), strict=True)),
        "bias": round(float(weights[-1]), 3),
        "threshold": round(threshold, 3),
    }
    TARGET.write_text(json.dumps({"carries on": model}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
