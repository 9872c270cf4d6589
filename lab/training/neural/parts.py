"""What each part of what the reader is told brings: order and confidence fitted without it.

    python -m lab.training.neural.parts lab/out/reader/judged-0

The folder is one that `mix` has judged questions into. Cross-validated by article or document, as
there; what a part of the training brings to the network's own weights is another matter
(`--without` of `python -m lab.training.neural`).
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from askdoc.read.neural import BORNE, RANK, RANK_FEATURES, WARNING_FEATURES
from lab.evaluation.measures import auroc
from lab.training.neural.mix import Bools, Floats, judged_sets

# Part -> the columns that it fills, of the order's and of confidence's.
PARTS: dict[str, Sequence[str]] = {
    "nothing": (),
    "the network's readings": [n for n in RANK if n not in ("lexical", "leftover", "asks")],
    "the sentence read again with the one before": ("pair", "pair_span", "pair_answers"),
    "the head that tells whether it answers": ("answers", "pair_answers"),
    "the spans": ("best", "span", "pair", "pair_span"),
    "the lexical reader": ("window", "lexical"),
    "how far it stands above the next": RANK_FEATURES,
    "the head that tells what is borne out": BORNE,
    "what is missed or amiss": WARNING_FEATURES,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("judged", type=Path, help="folder of questions that were judged")
    made = {
        path.stem: pickle.loads(path.read_bytes())
        for path in sorted(parser.parse_args().judged.glob("*.pickle"))
    }
    for part, columns in PARTS.items():
        for name, (guess, right, answerable) in judged_sets(made, without=columns).items():
            if name.startswith("field") or name == "squad, article":
                print(f"without {part:45} {name:18} {_figures(guess, right, answerable)}")


def _figures(guess: Floats, right: Bools, answerable: Bools) -> str:
    useful = right | ~answerable
    return (
        f"right first {right[answerable].mean():.3f} AUROC answerable "
        f"{auroc(guess, answerable) or np.nan:.3f}, right first or unanswerable "
        f"{auroc(guess[useful], right[useful]) or np.nan:.3f}"
    )


if __name__ == "__main__":
    main()
