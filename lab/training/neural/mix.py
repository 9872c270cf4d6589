"""What the network's and the lexical reader's scores are worth together, and how sure that makes.

    python -m lab.training.neural.mix --data ../shared/qa --write askdoc/read/model

Fitted on questions that the network was not trained on (a fold of SQuAD's articles, judged by the
network that was trained without them, and what was kept of the other sets): the order of sentences
as a conditional logit, confidence as a sigmoid regression of "the first sentence is right". Prints
what was reached, cross-validated by article, and writes the weights into `reader.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from askdoc import Assistant
from askdoc.batches import batches
from askdoc.english.persons import names_somebody
from askdoc.model import Question
from askdoc.read.network import Network
from askdoc.read.neural import RANK, SURE, NeuralReader, ScoredSentences, rank_features
from askdoc.retrieve.query import query
from lab.evaluation.data import ReadingRow, load, sample
from lab.evaluation.field import FOLDER, SWAPS, Known, chosen, folders
from lab.evaluation.kept import held_out, unseen
from lab.evaluation.measures import auroc, calibration_error
from lab.training.arrange import Ask, Corpus, arrange
from lab.training.lexical import fit_confidence, fit_order
from lab.training.neural.named import told_of_named
from lab.training.questions.rows import FieldRow, FieldText

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_FOLDS = 5
# For want of cases in the texts fitted on: left-overs of pages and headings, and sentences that are
# questions themselves, in units of the score and in log-odds.
_BY_HAND = {"leftover": (-3.0, -2.0), "asks": (-3.0, -2.0)}
# Questions for a count of something that nobody counted, in log-odds.
_LACKING = -2.5
# How each must count for confidence. A fit that turns one round has found a habit of the data's
# authors, not a reason to be sure; it is left out.
_SIGNS = {
    "best": 1, "span": 1, "answers": 1, "pair": 1, "pair_span": 1, "pair_answers": 1,
    "window": 1, "lexical": 1, "margin": 1,
    "sentences": -1, "worst": -1, "lost_names": -1, "denial": -1, "miscounted": -1,
    "elsewhere": -1, "other_year": -1,
    "borne": 1, "borne_mean": 1, "pair_borne": 1, "pair_borne_mean": 1,
}  # fmt: skip
# What a set counts for confidence beside the others' 1. Questions that were written to look
# answerable are the ones that users are misled by; those whose paragraph was taken away are many.
_COUNTS = {
    "squad, paragraph": 3.0, "squad, lost": 0.5, "wiki, lost": 0.5, "field, alone": 6.0,
    "field, folder": 3.0,
}  # fmt: skip
# The default thresholds: from which on a sentence answers, and from which it has a real chance.
# What each gives up and lets through is printed; chosen on the tuning half of the field measure.
_THRESHOLD, _PERHAPS = 0.35, 0.15
# And that of questions that name somebody: a libel costs more than a refusal. Where it costs at
# least twice as much this costs less than what is lower; what is higher refuses most of them.
_NAMED = 0.65
_SEED = 7
# Questions that one process takes on at a time.
_TASK = 20


class Example(NamedTuple):
    """One question, judged: `rows` (sentences, RANK), and which sentences answer it.

    `names` is whether it names somebody, `swapped` whether somebody, or what is done, was exchanged
    in it so that its document does not answer.
    """

    rows: Floats
    right: Bools
    answerable: bool
    title: str
    judged: ScoredSentences
    names: bool
    swapped: bool


@cache
def _reader(model: Path) -> NeuralReader:
    return NeuralReader(Network(model))


def examples(corpus: Corpus, model: Path, everything: bool) -> list[Example]:
    """Every question of a corpus, retrieved and judged as the reader would."""
    assistant = corpus.assistant()
    made = []
    for ask in corpus.asks:
        judged = _judged(assistant, ask.row.question, model)
        if judged is None:
            continue
        right = [_is_right(s, ask, everything) for s in judged.sentences]
        names = names_somebody(ask.row.question)
        made.append(_example(judged, right, ask.answerable, ask.row.title, names, False))
    return made


def field_examples(
    work: tuple[Sequence[FieldText], Sequence[FieldRow]], model: Path
) -> list[Example]:
    """Every question of a folder with these documents, retrieved and judged as the reader would."""
    texts, rows = work
    known = Known(texts)
    made = []
    with TemporaryDirectory() as folder:
        for text in texts:
            (Path(folder) / text.name).write_text(text.text, "utf-8", newline="")
        assistant = Assistant.from_paths(folder)
        for row in rows:
            judged = _judged(assistant, row.question, model)
            if judged is None:
                continue
            right = [
                known.holds_answer(row, s.document.source, s.start, s.end) for s in judged.sentences
            ]
            names, swapped = names_somebody(row.question), row.style in SWAPS
            made.append(_example(judged, right, row.answerable, row.doc, names, swapped))
    return made


def _judged(assistant: Assistant, asked: str, model: Path) -> ScoredSentences | None:
    """What the reader is told of the sentences that it reads first; None where there are none."""
    question = Question(asked=asked, resolved=asked)
    weights = query(asked)
    read = batches(question, assistant._corpus, weights, False, together=bool(weights))
    hits = next(iter(read), None)
    return _reader(model).score(question, hits) if hits else None


def _example(
    judged: ScoredSentences,
    right: list[bool],
    answerable: bool,
    title: str,
    names: bool,
    swapped: bool,
) -> Example:
    slim = judged._replace(sentences=[], shorts=[])
    return Example(judged.rows, np.array(right), answerable, title, slim, names, swapped)


def _is_right(sentence: object, ask: Ask, everywhere: bool) -> bool:
    start, end, text = sentence.start, sentence.end, sentence.text  # type: ignore[attr-defined]
    inside = everywhere or (ask.start <= start and end <= ask.end)
    return ask.answerable and inside and any(a in text for a in ask.row.answers)


def gather(
    rows: Sequence[ReadingRow], regime: str, size: int, model: Path, jobs: int, kept: Path
) -> list[Example]:
    """At most `size` of the questions, each over all of its article where the regime says so."""
    if kept.exists():
        found: list[Example] = pickle.loads(kept.read_bytes())
        return found
    chosen = {row.id for row in sample(rows, size, _SEED)}
    corpora: list[Corpus] = []
    for corpus in arrange(rows, regime):
        asks = tuple(ask for ask in corpus.asks if ask.row.id in chosen)
        corpora.extend(
            corpus._replace(asks=asks[at : at + _TASK]) for at in range(0, len(asks), _TASK)
        )
    work = partial(examples, model=model, everything=regime == "apart")
    with ProcessPoolExecutor(jobs) as pool:
        results = tqdm(pool.map(work, corpora, chunksize=2), total=len(corpora), desc=kept.stem)
        made = [one for of in results for one in of]
    kept.write_bytes(pickle.dumps(made))
    return made


def gather_field(
    texts: Path, size: int, share: float, model: Path, jobs: int, kept: Path
) -> list[Example]:
    """The questions of the field measure's tuning half, over folders of `size` documents."""
    if kept.exists():
        found: list[Example] = pickle.loads(kept.read_bytes())
        return found
    work = folders(*chosen(texts, None, "tuning", share), size)
    with ProcessPoolExecutor(jobs) as pool:
        results = pool.map(partial(field_examples, model=model), work)
        made = [one for of in tqdm(results, total=len(work), desc=kept.stem) for one in of]
    kept.write_bytes(pickle.dumps(made))
    return made


def told(made: Sequence[Example], order: Floats) -> tuple[Floats, Bools]:
    """What confidence is told of each question's first sentence, and whether that is right."""
    rows, right = [], []
    for example in made:
        scores = example.rows @ order
        first = int(np.lexsort((-scores, ~example.judged.read))[0])
        rows.append(rank_features(example.judged, scores)[first])
        right.append(bool(example.right[first]))
    return np.array(rows), np.array(right)


def plan(data: Path, fold: int, size: int) -> dict[str, tuple[Sequence[ReadingRow], str, int]]:
    """Name -> rows, regime and how many; what the network was trained on is left out."""
    squad, shifts, qamr, tales = (
        cast(list[ReadingRow], unseen(name, load(data, name), fold))
        for name in ("squad2a", "shifts", "qamr", "fairytale")
    )
    wiki = [r for r in shifts if r.domain == "shifts-new_wiki" and held_out(r.title)]
    return {
        "squad, paragraph": (squad, "paragraph", size),
        "squad, article": (squad, "article", size),
        "squad, lost": (squad, "lost", size // 3),
        "shifts, paragraph": (shifts, "paragraph", size // 2),
        "wiki, article": (wiki, "article", size // 4),
        "wiki, lost": (wiki, "lost", size // 4),
        "tales, paragraph": (tales, "paragraph", size // 2),
        "qamr, paragraph": (qamr, "paragraph", size // 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--texts", type=Path, help="the texts of the field measure's documents")
    parser.add_argument("--share", type=float, default=1.0, help="of the field questions")
    parser.add_argument("--output", type=Path, default=Path("lab/out/reader"))
    parser.add_argument("--fold", type=int, default=0, help="of SQuAD, judged by model-N")
    parser.add_argument("--size", type=int, default=1500, help="questions a set, at most")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", type=Path, nargs="*", default=[], help="model folders")
    options = parser.parse_args()
    model = options.output / f"model-{options.fold}"
    kept = options.output / f"judged-{options.fold}"
    kept.mkdir(parents=True, exist_ok=True)
    made = {
        name: gather(rows, regime, size, model, options.jobs, kept / f"{name}.pickle")
        for name, (rows, regime, size) in plan(options.data, options.fold, options.size).items()
    }
    if options.texts:
        for name, size in (("field, alone", 1), ("field, folder", FOLDER)):
            made[name] = gather_field(
                options.texts, size, options.share, model, options.jobs, kept / f"{name}.pickle"
            )
    report(made)
    order, confidence = fit(made)
    for folder in options.write:
        write(folder, order, confidence)


def report(made: dict[str, list[Example]]) -> None:
    """Cross-validated by article; prints."""
    sets = judged_sets(made)
    for name, (guess, right, answerable) in sets.items():
        given = answerable
        area = auroc(guess, answerable)
        print(
            f"{name:20} n {len(guess):5} hit@1 {right[given].mean() if given.any() else 0:.4f} "
            f"confidence {guess.mean():.3f} right {right.mean():.3f} "
            f"ECE {calibration_error(guess, right):.3f} AUROC {area or float('nan'):.3f}"
            f" read {_read(made[name]):.3f}"
        )
        for line in told_of_named(made[name], guess):
            print(f"  {line}")
    for least in np.arange(0.1, 0.75, 0.05):
        print(f"at {least:.2f}: given of all, right of given, refused of unanswerable", end="")
        for name, (guess, right, answerable) in sets.items():
            given = guess >= least
            refused = (~given[~answerable]).mean() if (~answerable).any() else float("nan")
            of_given = right[given].mean() if given.any() else 1.0
            print(f"; {name} {given.mean():.2f} {of_given:.2f} {refused:.2f}", end="")
        print()


def _read(made: Sequence[Example]) -> float:
    """The share of the answerable questions whose answer was retrieved and read."""
    found = [e.right[e.judged.read].any() for e in made if e.answerable]
    return float(np.mean(found)) if found else 1.0


def judged_sets(
    made: dict[str, list[Example]], without: Collection[str] = ()
) -> dict[str, tuple[Floats, Bools, Bools]]:
    """Confidence, "is right" and "is answerable" of each set's questions.

    Cross-validated by article or document, over all sets at once; the columns `without` are not
    fitted.
    """
    titles = sorted({e.title for of in made.values() for e in of})
    fold = {title: at % _FOLDS for at, title in enumerate(titles)}
    sets = {
        name: (np.zeros(len(of)), np.zeros(len(of), bool), np.array([e.answerable for e in of]))
        for name, of in made.items()
    }
    for number in range(_FOLDS):
        rest = {n: [e for e in of if fold[e.title] != number] for n, of in made.items()}
        order, confidence = fit(rest, without)
        for name, (guess, right, _) in sets.items():
            at = [i for i, e in enumerate(made[name]) if fold[e.title] == number]
            if at:
                rows, correct = told([made[name][i] for i in at], order)
                guess[at] = 1 / (1 + np.exp(-(rows @ confidence[:-1] + confidence[-1])))
                right[at] = correct
    return sets


def fit(made: dict[str, list[Example]], without: Collection[str] = ()) -> tuple[Floats, Floats]:
    """Weights of the order (RANK) and of confidence (RANK, RANK_FEATURES, bias)."""
    used = np.array([name not in _BY_HAND and name not in without for name in RANK])
    order = fit_order([e for of in made.values() for e in of], used, steps=200)
    for name, (score, _) in _BY_HAND.items():
        order[RANK.index(name)] = score
    counts = [_COUNTS.get(name, 1.0) for name, of in made.items() if of]
    tables = [told(of, order) for of in made.values() if of]
    weight = np.concatenate(
        [np.full(len(right), n / len(right)) for n, (_, right) in zip(counts, tables, strict=True)]
    )
    weight *= len(weight) / weight.sum()
    rows, right = np.vstack([t[0] for t in tables]), np.concatenate([t[1] for t in tables])
    confidence = _sure(rows, right, weight, without)
    confidence[SURE.index("lacking")] = _LACKING
    for name, (_, odds) in _BY_HAND.items():
        confidence[SURE.index(name)] = odds
    return order, confidence


def _sure(rows: Floats, right: Bools, weight: Floats, without: Collection[str] = ()) -> Floats:
    """Weights of the columns that count the way they should, the worst offender left out first."""
    kept = {name: sign for name, sign in _SIGNS.items() if name not in without}
    while True:
        used = np.array([name in kept for name in SURE])
        fitted = fit_confidence(rows, right, weight, used)
        slopes = fitted[:-1] * rows.std(axis=0)
        wrong = {n: abs(w) for n, w in zip(SURE, slopes, strict=True) if w * kept.get(n, 0) < 0}
        if not wrong:
            return fitted
        del kept[max(wrong, key=lambda name: wrong[name])]


def write(folder: Path, order: Floats, confidence: Floats) -> None:
    path = folder / "reader.json"
    settings = json.loads(path.read_text("utf-8"))
    settings["threshold"], settings["perhaps_threshold"] = _THRESHOLD, _PERHAPS
    settings["named_threshold"] = _NAMED
    settings["rank"] = {n: round(float(w), 4) for n, w in zip(RANK, order, strict=True)}
    names = (*SURE, "bias")
    settings["confidence"] = {n: round(float(w), 4) for n, w in zip(names, confidence, strict=True)}
    path.write_text(json.dumps(settings, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    # Kept examples are read again by name: the module's, not that of whatever was started.
    from lab.training.neural import mix

    mix.main()
