"""Train the neural reader, from the questions to the files that ship.

    python -m lab.training.neural --data ../shared/qa

Two stages, each with its checkpoints in a folder of its own below `--output`: `questions`, then
`unanswerable`, which goes on with SQuAD's articles, at last as if it had 7 bits. Stopped at any
moment, the same command goes on where it was. Then the network is written as ONNX in 7 bits; what
its scores are worth is fitted by `lab.training.neural.mix`.

`--from FOLDER` goes on from a network that shipped before (its `reader.onnx`) instead, in one
stage, `again`. SQuAD's articles then are measured on only if that one had not seen them either.

`--fold N` leaves every fourth article of SQuAD out of the last stage, to measure on: it trains and
writes to `unanswerable-N` and `model-N` instead. The first stage is the same for all.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch

from askdoc.read.network import WEIGHTS
from lab.evaluation.kept import FOLDS, is_kept
from lab.training.neural.curve import draw
from lab.training.neural.field import read_field
from lab.training.neural.network import Network
from lab.training.neural.ship import ship
from lab.training.neural.shipped import weights_of
from lab.training.neural.texts import Asked, base_folder, read_questions, tokenizer
from lab.training.neural.train import Recipe, train
from lab.training.neural.unanswerable import Changer
from lab.training.neural.windows import Sampler
from lab.training.questions.rows import all_rows, other_texts, own_texts

FILES = {
    "shifts": "train-shifts.jsonl.gz",
    "qamr": "train-qamr.jsonl.gz",
    "fairytale": "train-fairytale.jsonl.gz",
    "squad": "dev-squad2a.jsonl.gz",
    "pairs": "train-squad2train-pairs.jsonl.gz",
    "sentences": "train-squad1train-sentences.jsonl.gz",
    "timeqa": "train-timeqa.jsonl.gz",
    "qanom": "train-qanom.jsonl.gz",
    "qasrl": "train-qasrl-gs.jsonl.gz",
    "qadiscourse": "train-qadiscourse.jsonl.gz",
    "sleepqa": "train-sleepqa.jsonl.gz",
    "tatqa": "train-tatqa-text.jsonl.gz",
    "molweni": "train-molweni.jsonl.gz",
    "medquad": "train-medquad.jsonl.gz",
}
_EDITS = "train-squad2train-edits.jsonl.gz"
_DOCUMENTS = Path("texts") / "texts.jsonl.gz"
# Sets whose titles are what a document would be called.
_TITLED = frozenset(("squad", "timeqa", "sleepqa", "medquad", "fairytale"))
# What `lab.evaluation` calls a set that goes by another name here.
_MEASURED_AS = {"squad": "squad2a"}


@dataclass(frozen=True)
class Stage:
    """What is learned: the share of each set's questions that an epoch draws, and how."""

    name: str
    shares: dict[str, float]
    tokens: float
    rate: float
    seed: int
    rounded: float = 0.0


_QUESTIONS = {
    "field": 1.0, "shifts": 1.0, "qamr": 0.3, "fairytale": 1.0, "timeqa": 1.0, "sentences": 1.0,
    "qanom": 0.1, "qasrl": 0.1, "qadiscourse": 0.3, "sleepqa": 1.0, "tatqa": 1.0,
    "molweni": 0.3, "medquad": 0.15,
}  # fmt: skip
_UNANSWERABLE = {
    "squad": 1.0, "field": 1.0, "pairs": 1.0, "shifts": 0.15, "qamr": 0.03, "fairytale": 0.2,
    "timeqa": 0.4, "sentences": 0.15, "tatqa": 1.0, "sleepqa": 0.3,
}  # fmt: skip
STAGES = (
    Stage("questions", _QUESTIONS, 13e6, 1.5e-4, 7),
    Stage("unanswerable", _UNANSWERABLE, 8e6, 7e-5, 5, rounded=0.25),
)


# What a network that shipped before goes on with.
_AGAIN = Stage(
    "again",
    {
        "field": 0.85, "squad": 1.0, "pairs": 1.0, "shifts": 0.12, "qamr": 0.02, "fairytale": 0.3,
        "timeqa": 0.5, "tatqa": 1.0, "sleepqa": 0.3,
    },
    12e6, 8e-5, 11, rounded=0.3,
)  # fmt: skip


def kept_questions(data: Path, name: str, tok: Any, cache: Path) -> list[Asked]:
    """All questions of a set; reading them takes up to minutes, so they are kept in a file."""
    path = cache / f"{name}.pickle"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        if name == "field":
            texts = own_texts() | other_texts(data.parent / _DOCUMENTS)
            asked = read_field(all_rows(), texts, tok)
        else:
            rows = _rows(data / FILES[name])
            if name == "pairs":
                rows = _with_twins(rows)
            asked = read_questions(rows, tok, titled=name in _TITLED)
        path.write_bytes(pickle.dumps(asked))
    made: list[Asked] = pickle.loads(path.read_bytes())
    return made


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _with_twins(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pairs stand behind one another: the question, then what a person made of it."""
    return [
        row | {"twin": after["question"]} if row["answers"] and not after["answers"] else row
        for row, after in zip(rows, [*rows[1:], rows[0]], strict=True)
    ]


def edits(data: Path) -> list[tuple[str, str]]:
    """Questions and what people made of them so that nothing answers."""
    return [(row["answerable"], row["unanswerable"]) for row in _rows(data / _EDITS)]


def to_train_on(
    name: str,
    asked: list[Asked],
    fold: int | None,
    documents: float = 1.0,
    without: Collection[str] = (),
) -> list[Asked]:
    """A set's questions without those that are kept to measure on.

    Args:
        name: of the set.
        asked: all its questions.
        fold: see `--fold`.
        documents: the share of the documents of people's own that are kept, the same each time, and
            part of any larger share.
        without: see `--without`.
    """
    titles = {one.text.title for one in asked}
    of = _MEASURED_AS.get(name, name)
    left = [o for o in asked if not is_kept(of, o.text.title, o.text.raw, titles, fold)]
    if name == "field" and documents < 1.0:
        left = [one for one in left if Random(one.text.title).random() < documents]
    if "sentences" in without:
        left = [one for one in left if not one.weak]
    return left


def run(
    stage: Stage,
    options: argparse.Namespace,
    start: Mapping[str, torch.Tensor] | None,
    output: Path,
) -> Path:
    """Train one stage; gives the file of the averaged weights.

    Args:
        start: the weights that are there already; heads that it lacks know nothing yet.
    """
    done = output / "averaged.pt"
    if done.exists():
        print(f"{stage.name}: done before, in {output}")
        return done
    tok = tokenizer()
    drawn: list[tuple[Asked, float]] = []
    for name, share in stage.shares.items():
        every = kept_questions(options.data, name, tok, options.output / "read")
        asked = to_train_on(name, every, options.fold, options.documents, options.without)
        drawn.extend((one, share) for one in asked)
        print(f"{stage.name}: {len(asked)} questions of {name}, {share:.0%} an epoch", flush=True)
    seed = stage.seed + options.seed
    torch.manual_seed(seed)
    changer = Changer((one for one, _ in drawn), edits(options.data))
    sampler = Sampler(drawn, changer, tok, options.batch, seed, options.without)
    network = Network.pretrained(base_folder(), dropout=0.0)
    if start is not None:
        network.load_state_dict(start, strict=False)
    recipe = Recipe(
        int(stage.tokens * options.scale),
        stage.rate,
        5 * stage.rate,
        rounded=stage.rounded,
        threads=options.threads,
    )
    train(network, sampler, recipe, output)
    draw(output / "losses.jsonl", output / "losses.svg")
    return done


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the questions")
    parser.add_argument("--output", type=Path, default=Path("lab/out/reader"))
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help="leave this fold out")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the tokens: to try out")
    parser.add_argument(
        "--documents", type=float, default=1.0, help="share of people's own documents: to try out"
    )
    parser.add_argument(
        "--without",
        nargs="*",
        default=[],
        choices=("context", "twins", "sentences"),
        help="what to train without, to see what it brings: the line before a window, questions\n"
        "changed so that nothing answers, questions of which only the sentence is known",
    )
    parser.add_argument("--batch", type=int, default=3072, help="pieces a batch")
    parser.add_argument("--seed", type=int, default=0, help="added to that of each stage")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--from", type=Path, dest="shipped", help="a folder with reader.onnx")
    options = parser.parse_args()
    suffix = "" if options.fold is None else f"-{options.fold}"
    start = weights_of(options.shipped / WEIGHTS) if options.shipped else None
    trained: Path | None = None
    for stage in (_AGAIN,) if options.shipped else STAGES:
        name = stage.name + (suffix if "squad" in stage.shares else "")
        trained = run(stage, options, start, options.output / name)
        start = torch.load(trained)
    assert trained is not None
    ship(torch.load(trained), options.output / f"model{suffix}")
    print(f"written: {options.output / f'model{suffix}'}. Next: python -m lab.training.neural.mix")


if __name__ == "__main__":
    main()
