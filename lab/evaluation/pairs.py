"""`python -m lab.evaluation.pairs`: a question, and the same made so that nothing answers it.

    python -m lab.evaluation.pairs --data ../shared/qa

Both are asked of the same paragraph, of the half that no network was trained on. How often the
answerable one is surer is told, and how well confidence tells the two kinds apart over all pairs.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from tqdm import tqdm

from askdoc import Assistant
from lab.evaluation.kept import held_out
from lab.evaluation.measures import auroc
from lab.evaluation.readers import make_reader

_FILE = "train-squad2train-pairs.jsonl.gz"


def kept_pairs(data: Path) -> Iterator[tuple[str, str, str]]:
    """Paragraph, question, and the question that it does not answer, of the half that is kept."""
    with gzip.open(data / _FILE, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row, after in pairwise(rows):
        if row["answers"] and not after["answers"] and held_out(row["context"], 0.5):
            yield row["context"], row["question"], after["question"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the questions")
    parser.add_argument("--reader", default="neural")
    parser.add_argument("--model", type=Path, help="the folder of another network")
    options = parser.parse_args()
    reader = make_reader(options.reader, options.model)
    sure = []
    for context, *questions in tqdm(list(kept_pairs(options.data))):
        assistant = Assistant.from_texts({"paragraph": context}, reader=reader)
        sure.append([assistant.ask(asked, threshold=0.0).confidence for asked in questions])
    right, wrong = np.array(sure).T
    area = auroc(np.r_[right, wrong], np.r_[right >= 0, wrong < 0])
    preferred = np.mean(right > wrong) + np.mean(right == wrong) / 2
    print(f"{len(right)} pairs: the answerable one surer {preferred:.3f}, AUROC {area or 0:.3f}")


if __name__ == "__main__":
    main()
