"""Fit the lexical reader: what each of its features is worth, and when it is sure.

    python -m lab.training.lexical --data ../shared/qa

Two models over `askdoc.read.features`. The order of sentences is a conditional logit (a softmax
over the sentences of one question) fitted on SquadShifts. Confidence is a sigmoid regression of
"the first sentence is right", fitted on SquadShifts, on SQuAD 2.0, whose unanswerable questions
were written to look answerable, and on questions whose paragraph was taken away. Writes
`askdoc/data/lexical.json` and prints what was reached: the order on articles that it was not fitted
on, confidence cross-validated by article. Takes about four minutes on two cores.

Unlike the rest of `lab/` this reaches behind the public names: it fits what stands there.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from askdoc.read.analysis import QuestionAnalysis
from askdoc.read.features import FEATURES, features
from askdoc.read.lexical import RANK_FEATURES, rank_features
from askdoc.read.parts import PassageParts
from lab.evaluation.data import ReadingRow, load, sample
from lab.evaluation.measures import auroc, calibration_error
from lab.training.arrange import Ask, Corpus, arrange

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

OUTPUT = Path(__file__).parents[2] / "askdoc" / "data" / "lexical.json"
_READ = 20
_SEED = 7
# Features that only the order of sentences may use, or only their confidence: see `main`.
# What only confidence looks at: the same for all sentences of a passage, or too coarse to rank by.
_NOT_FOR_ORDER = ("denial", "lost_names", "lacking", "miscounted", "elsewhere", "other_year")
# What confidence looks at, and which way each must count. A fit that turns one round has found a
# habit of the data's authors, not a reason to be sure; such a feature is left out.
_SIGNS = {
    "soft_local": 1, "meaning": 1, "density": 1, "near": 1, "context": 1, "reference": 1,
    "counted": 1, "numerals": 1, "focus_soft": 1, "reason": 1, "score": 1, "margin": 1,
    "worst": -1, "denial": -1, "lost_names": -1, "miscounted": -1,
    "elsewhere": -1, "other_year": -1, "asks": -1, "leftover": -1, "sentences": -1,
}  # fmt: skip
# What each arrangement of questions counts for in confidence: adversarial questions, questions to
# a text that lacks the answer, and questions that people ask of a text that has it.
_SHARES = {
    "squad, paragraph": 1.0, "squad, article": 0.5, "squad, lost": 0.4, "shifts, lost": 0.4,
    "order, paragraph": 0.4, "order, article": 0.4,
}  # fmt: skip
# By hand, for want of cases in the texts fitted on. In units of the score: left-overs of pages, and
# sentences that are questions themselves. In log-odds: those again, and questions for a count of
# something that nobody counted.
_LEFTOVER, _ASKS = -3.0, -3.0
_LACKING, _ASKS_SURE = -2.5, -2.0


class Example(NamedTuple):
    """A question's sentences: features (sentences, features), and which of them are right."""

    rows: Floats
    right: Bools
    answerable: bool
    title: str


def examples(corpus: Corpus, everything: bool) -> list[Example]:
    """Every question of a corpus, retrieved and measured as the reader would."""
    assistant = corpus.assistant()
    parts: dict[int, PassageParts] = {}
    made = []
    for ask in corpus.asks:
        limit = len(corpus.texts) if everything else _READ
        hits = assistant.search(ask.row.question, limit=limit)
        for hit in hits:
            parts.setdefault(id(hit.passage), PassageParts(hit.passage))
        passages = [parts[id(hit.passage)] for hit in hits]
        rows = features(QuestionAnalysis(ask.row.question), hits, passages)
        right = [_is_right(s, ask, everything) for p in passages for s in p.sentences]
        if right:
            made.append(Example(rows, np.array(right), ask.answerable, ask.row.title))
    return made


def _is_right(parts: object, ask: Ask, everywhere: bool) -> bool:
    sentence = parts.sentence  # type: ignore[attr-defined]
    inside = everywhere or (ask.start <= sentence.start and sentence.end <= ask.end)
    return ask.answerable and inside and any(a in sentence.text for a in ask.row.answers)


def gather(rows: Sequence[ReadingRow], regime: str, jobs: int) -> list[Example]:
    work = partial(examples, everything=regime == "apart")
    with ProcessPoolExecutor(jobs) as pool:
        return [one for made in pool.map(work, arrange(rows, regime), chunksize=8) for one in made]


class Ordered(Protocol):
    """What an order is fitted on: a question's sentences, and which of them are right."""

    @property
    def rows(self) -> Floats: ...
    @property
    def right(self) -> Bools: ...


def fit_order(made: Sequence[Ordered], used: Bools, steps: int = 500) -> Floats:
    """Weights (features,) of a conditional logit; columns that are not used get 0."""
    kept = [e for e in made if e.right.any() and not e.right.all()]
    rows = np.vstack([e.rows for e in kept])
    right = np.concatenate([e.right for e in kept])
    starts = np.cumsum([0] + [len(e.right) for e in kept[:-1]])
    group = np.repeat(np.arange(len(kept)), [len(e.right) for e in kept])
    scale = rows.std(axis=0) + 1e-6
    scaled = rows / scale * used
    weights = np.zeros(rows.shape[1])
    slope, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        scores = scaled @ weights
        likely = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        all_of = np.add.reduceat(likely, starts)[group]
        right_of = np.add.reduceat(likely * right, starts)[group]
        gradient = scaled.T @ (likely / all_of - likely * right / right_of) / len(kept)
        gradient += 1e-4 * weights
        slope = 0.9 * slope + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = 0.05 * (1 - step / (steps + 1))
        corrected = np.sqrt(square / (1 - 0.99**step)) + 1e-9
        weights = weights - rate * slope / (1 - 0.9**step) / corrected
    return cast(Floats, weights / scale)


def confidence_table(made: Sequence[Example], order: Floats) -> tuple[Floats, Bools]:
    """What confidence is told of each question's first sentence, and whether that is right."""
    told, right = [], []
    for example in made:
        scores = example.rows @ order
        first = int(np.argsort(-scores, kind="stable")[0])
        told.append(np.r_[example.rows[first], rank_features(scores)[first]])
        right.append(bool(example.right[first]))
    return np.array(told), np.array(right)


def fit_confidence(told: Floats, right: Bools, weight: Floats, used: Bools) -> Floats:
    """Weights (columns + 1,), the bias last, of an L2-regularised sigmoid regression."""
    mean, scale = told.mean(axis=0), told.std(axis=0) + 1e-6
    design = np.c_[(told - mean) / scale * used, np.ones(len(told))]
    total = weight.sum()
    beta = np.zeros(design.shape[1])
    for _ in range(40):
        guess = 1 / (1 + np.exp(-design @ beta))
        curve = (design * (weight * guess * (1 - guess))[:, None]).T @ design
        ridge = 1e-3 * total * np.eye(len(beta))
        ridge[-1, -1] = 1e-9
        beta += np.linalg.solve(curve + ridge, design.T @ (weight * (right - guess)) - ridge @ beta)
    slopes = beta[:-1] * used / scale
    return cast(Floats, np.r_[slopes, beta[-1] - slopes @ mean])


def _apply(told: Floats, fitted: Floats) -> Floats:
    return cast(Floats, 1 / (1 + np.exp(-(told @ fitted[:-1] + fitted[-1]))))


def _hit_rate(made: Sequence[Example], order: Floats) -> float:
    asked = [e for e in made if e.answerable]
    return float(np.mean([e.right[np.argsort(-(e.rows @ order), kind="stable")[0]] for e in asked]))


def _columns(names: Sequence[str], of: Sequence[str]) -> Bools:
    return np.array([name in names for name in of])


def main() -> None:
    """Gather, fit, report, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()

    shifts = cast(list[ReadingRow], load(options.data, "shifts"))
    squad = cast(list[ReadingRow], load(options.data, "squad2a"))
    wiki = [row for row in shifts if row.domain == "shifts-new_wiki"]
    # Whole articles, so that none is cut short: every fourth.
    every_fourth = set(sorted({row.title for row in wiki})[::4])
    plan: dict[str, tuple[Sequence[ReadingRow], str]] = {
        "order, article": ([row for row in wiki if row.title in every_fourth], "article"),
        "order, paragraph": (_some(shifts, 5000), "paragraph"),
        "order, apart": (_some(wiki, 2000), "apart"),
        "squad, paragraph": (squad, "paragraph"),
        "squad, article": (_some(squad, 2500), "article"),
        "squad, lost": (_some(squad, 1500), "lost"),
        "shifts, lost": (_some(wiki, 2500), "lost"),
    }
    made = {}
    for name, (rows, regime) in plan.items():
        made[name] = gather(rows, regime, options.jobs)
        print(f"{name}: {len(made[name])} questions", flush=True)

    used = ~_columns(_NOT_FOR_ORDER, FEATURES)
    order = fit_order([e for name in plan if name.startswith("order") for e in made[name]], used)
    order[FEATURES.index("leftover")] = _LEFTOVER
    order[FEATURES.index("asks")] = _ASKS
    for name in plan:
        if "lost" not in name:
            print(f"first sentence right, {name}: {_hit_rate(made[name], order):.4f}")
    fitted = _confidence({name: made[name] for name in _SHARES}, order)
    _write(options.output, order, fitted)


def _confidence(made: dict[str, list[Example]], order: Floats) -> Floats:
    """Fit on all, after reporting what a fit on other articles reaches on each arrangement."""
    tables = {name: confidence_table(of, order) for name, of in made.items()}
    told = np.vstack([table[0] for table in tables.values()])
    right = np.concatenate([table[1] for table in tables.values()])
    titles = np.array([e.title for of in made.values() for e in of])
    answerable = np.array([e.answerable for of in made.values() for e in of])
    regime = np.repeat(list(made), [len(of) for of in made.values()])
    weight = np.array([_SHARES[name] / len(made[name]) for name in regime]) * len(regime)
    used = _meaningful(told, right, weight)
    folds = sorted(set(titles))
    guess = np.zeros(len(told))
    for fold in range(8):
        held = np.isin(titles, folds[fold::8])
        fitted = fit_confidence(told[~held], right[~held], weight[~held], used)
        guess[held] = _apply(told[held], fitted)
    for name in made:
        at = regime == name
        area = auroc(guess[at], answerable[at])
        print(
            f"{name}: confidence {guess[at].mean():.3f}, right {right[at].mean():.3f}, "
            f"calibration error {calibration_error(guess[at], right[at]):.3f}"
            + (f", AUROC {area:.3f}" if area is not None else "")
        )
    for least in np.arange(0.2, 0.65, 0.05):
        given = guess >= least
        shares = [
            f"{name} {_share(given, (regime == name) & right):.2f}"
            f"/{_share(given, (regime == name) & ~right):.2f}"
            for name in made
        ]
        print(f"answered at {least:.2f}, of the right/of the wrong: " + ", ".join(shares))
    fitted = fit_confidence(told, right, weight, used)
    fitted[(*FEATURES, *RANK_FEATURES).index("lacking")] = _LACKING
    fitted[(*FEATURES, *RANK_FEATURES).index("asks")] = _ASKS_SURE
    return fitted


def _some(rows: Sequence[ReadingRow], size: int) -> Sequence[ReadingRow]:
    return cast(Sequence[ReadingRow], sample(rows, size, _SEED))


def _share(given: Bools, of: Bools) -> float:
    return float(given[of].mean()) if of.any() else 0.0


def _meaningful(told: Floats, right: Bools, weight: Floats) -> Bools:
    """The columns that count the way they should, found by leaving out the worst offender."""
    names = (*FEATURES, *RANK_FEATURES)
    kept = dict(_SIGNS)
    while True:
        used = _columns(list(kept), names)
        slopes = fit_confidence(told, right, weight, used)[:-1] * told.std(axis=0)
        wrong = {n: abs(w) for n, w in zip(names, slopes, strict=True) if w * kept.get(n, 0) < 0}
        if not wrong:
            return used
        del kept[max(wrong, key=lambda name: wrong[name])]


def _write(path: Path, order: Floats, fitted: Floats) -> None:
    names = (*FEATURES, *RANK_FEATURES)
    data = {
        "about": "Weights of the lexical reader, made by lab/training/lexical.py. Fitted on "
        "SquadShifts (CC BY 4.0) and SQuAD 2.0 dev articles (CC BY-SA 4.0).",
        "rank": {n: round(float(w), 4) for n, w in zip(FEATURES, order, strict=True) if w},
        "confidence": {n: round(float(w), 4) for n, w in zip(names, fitted[:-1], strict=True) if w}
        | {"bias": round(float(fitted[-1]), 4)},
    }
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    print(f"written: {path}")


if __name__ == "__main__":
    main()
