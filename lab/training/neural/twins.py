"""How well a network by itself tells a question from its twin, asked of the sentence that answers.

    python -m lab.training.neural.twins --texts ../shared/texts/texts.jsonl.gz WEIGHTS...

Asked are pairs of the documents that weights are chosen on, which no network was trained on. A file
of weights is `averaged.pt` of a stage, or a `reader.onnx`. Printed are the AUROC of "answers", of
the likeliest span above "no answer", and of the piece of the question that is borne out least; and
how often the answerable question of a pair has the higher "answers".
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from lab.evaluation.field import chosen
from lab.evaluation.measures import auroc
from lab.training.neural.encoder import Encoder
from lab.training.neural.field import read_field
from lab.training.neural.network import Network
from lab.training.neural.shipped import weights_of
from lab.training.neural.texts import Asked, tokenizer
from lab.training.neural.train import tensors
from lab.training.neural.windows import LONGEST_QUESTION, Window, collate


def pairs(texts: Path, count: int, seed: int, tok: Any) -> list[Asked]:
    """Answerable questions with a twin, drawn at random."""
    found, rows = chosen(texts, None, "tuning")
    asked = [one for one in read_field(rows, found, tok) if one.spans and one.twin]
    random.Random(seed).shuffle(asked)
    return asked[:count]


def windows_of(asked: Asked, tok: Any) -> list[Window]:
    """The sentence that answers, behind its context, under the question and under its twin."""
    first, after, _ = asked.spans[0]
    start, end = next(one for one in asked.text.sentences if first < one[1])
    passage = asked.text.ids[start : max(end, after)]
    context = asked.text.contexts[0] if asked.text.contexts else []
    cut = (
        tok.encode(question, add_special_tokens=False).ids[:LONGEST_QUESTION]
        for question in (asked.question, asked.twin)
    )
    return [Window(pieces, passage, [], context) for pieces in cut]


@torch.no_grad()
def told(network: Network, window: Window) -> tuple[float, float, float]:
    """What a network says of a window: "answers", its likeliest span, the least that is borne."""
    given = tensors(collate([[window]]))
    output = network(given["ids"], given["types"], given["mask"])
    within = given["passage"][0] > 0
    span = sum(float(of[0][within].max() - of[0, 0]) for of in (output.start, output.end))
    borne = output.borne[0, 1 : 1 + len(window.question)].min()
    return float(output.answers[0]), span, float(borne)


def read(path: Path) -> dict[str, torch.Tensor]:
    """The weights in a file of training, or of a network that ships."""
    kept: dict[str, torch.Tensor] = weights_of(path) if path.suffix == ".onnx" else torch.load(path)
    return kept


def said(weights: dict[str, torch.Tensor], windows: Sequence[Window]) -> NDArray[np.float64]:
    """What a network with these weights says of each window: columns as `told`."""
    network = Network(Encoder(0.0)).eval()
    network.load_state_dict(weights, strict=False)
    return np.array([told(network, window) for window in windows])


def figures_of(made: NDArray[np.float64]) -> str:
    """The figures as a line; questions and twins take turns."""
    right = np.arange(len(made)) % 2 == 0
    areas = [auroc(made[:, column], right) or 0.0 for column in range(made.shape[1])]
    preferred = np.mean(made[0::2, 0] > made[1::2, 0])
    named = zip(("answers", "span", "borne"), areas, strict=True)
    figures = ", ".join(f"{name} {area:.3f}" for name, area in named)
    return f"AUROC of {figures}; the answerable one higher {preferred:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--texts", type=Path, required=True, help="of the documents of others")
    parser.add_argument("--count", type=int, default=300, help="pairs")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("weights", type=Path, nargs="+")
    options = parser.parse_args()
    tok = tokenizer()
    asked = pairs(options.texts, options.count, options.seed, tok)
    windows = [window for one in asked for window in windows_of(one, tok)]
    kept = [read(path) for path in options.weights]
    made = [said(weights, windows) for weights in kept]
    for path, told_by in zip(options.weights, made, strict=True):
        print(f"{path}: {figures_of(told_by)}", flush=True)
    if len(kept) > 1:
        # What one that was taught by all of these could reach at most; and what costs nothing.
        print(f"mean of what they say: {figures_of(np.mean(made, axis=0))}", flush=True)
        mean = {
            name: torch.stack([weights[name] for weights in kept]).mean(0)
            for name in kept[0]
            if kept[0][name].is_floating_point() and all(name in weights for weights in kept)
        }
        print(f"mean of their weights: {figures_of(said({**kept[0], **mean}, windows))}")


if __name__ == "__main__":
    main()
