"""`python -m lab.training.questions`: check all questions, and count them.

    python -m lab.training.questions [--texts ../shared/texts/texts.jsonl.gz] [--data ../shared/qa]

Without `--texts` the spans of questions on documents of others cannot be looked up; without
`--data` nothing is compared with the sets that askdoc is measured on.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lab.evaluation.data import SOURCES as MEASURED
from lab.evaluation.data import FollowUpRow, RankingRow, ReadingRow, load
from lab.training.questions import checks
from lab.training.questions.rows import (
    SOURCES,
    FieldRow,
    FieldText,
    all_rows,
    kept_documents,
    other_texts,
    own_texts,
)

_SHOWN = 20
# What is never trained on, or only but for what is measured on.
_NOT_TO_BE_SHARED = ("squad2a", "wikiqa", "trecqa", "selqa", "followups")


def complaints(
    rows: list[FieldRow], texts: dict[str, FieldText], data: Path | None
) -> Iterator[str]:
    """All that is wrong."""
    with SOURCES.open(encoding="utf-8") as lines:
        known = {raw["id"]: raw["sha256"] for raw in map(json.loads, lines)}
    kept = kept_documents()
    yield from checks.well_formed(rows)
    yield from checks.documents_known(rows, known, texts)
    yield from checks.in_place(rows, texts)
    yield from checks.halves_apart(rows, kept)
    yield from checks.families_apart(texts, kept)
    if data is not None:
        yield from checks.not_measured_on(rows, texts, measured(data))


def measured(data: Path) -> Iterator[tuple[str, str]]:
    """The questions that askdoc is measured on, and their texts."""
    for name in _NOT_TO_BE_SHARED:
        if name in MEASURED:
            for row in load(data, name):
                if isinstance(row, ReadingRow):
                    yield row.question, row.context
                elif isinstance(row, RankingRow):
                    yield row.question, " ".join(row.candidates)
                elif isinstance(row, FollowUpRow):
                    yield row.question, ""


def counts(rows: list[FieldRow], texts: dict[str, FieldText]) -> str:
    """How much there is of each kind."""
    kept = kept_documents()
    lines = ["kind: documents (kept), pairs and single questions, of which answerable"]
    for kind in sorted({row.kind for row in rows}):
        of = [row for row in rows if row.kind == kind]
        documents = {row.doc for row in of}
        able = sum(row.answerable for row in of)
        lines.append(f"{kind}: {len(documents)} ({len(documents & kept)}), {len(of)}, {able}")
    lines.append(f"all: {len({row.doc for row in rows})} documents, {len(rows)} questions")
    for what in ("type", "style"):
        told = Counter(getattr(row, what) for row in rows)
        lines.append(f"{what}: " + ", ".join(f"{name} {count}" for name, count in told.items()))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--texts", type=Path, help="the texts of the documents of others")
    parser.add_argument("--data", type=Path, help="the folder of the sets that are measured on")
    options = parser.parse_args()
    rows = all_rows()
    texts = own_texts() | (other_texts(options.texts) if options.texts else {})
    found = list(complaints(rows, texts, options.data))
    print(counts(rows, texts))
    for complaint in found[:_SHOWN]:
        print(complaint)
    if found:
        raise SystemExit(f"{len(found)} complaints")


if __name__ == "__main__":
    main()
