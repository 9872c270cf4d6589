"""Pairs of questions: only those of the half that is kept, each with its own twin."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from lab.evaluation.kept import held_out
from lab.evaluation.pairs import kept_pairs


def test_pairs_stand_together_and_are_of_the_kept_half(tmp_path: Path) -> None:
    rows = []
    for number in range(40):
        text = f"paragraph {number}"
        rows.append({"context": text, "question": f"Is it {number}?", "answers": [{"text": text}]})
        rows.append({"context": text, "question": f"Is it not {number}?", "answers": []})
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    with gzip.open(tmp_path / "train-squad2train-pairs.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(lines)
    found = list(kept_pairs(tmp_path))
    assert {context for context, *_ in found} == {
        row["context"] for row in rows if held_out(str(row["context"]), 0.5)
    }
    for context, right, wrong in found:
        name = context.split()[1]
        assert (right, wrong) == (f"Is it {name}?", f"Is it not {name}?")
