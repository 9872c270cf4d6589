"""Documents and the questions on them, as they stand in this folder.

`<kind>.jsonl` has the questions of a kind, by document. Documents that were written for this stand
in `documents/<kind>/`; of the others, which others own, `sources.jsonl` tells where they are from,
and their texts are read from a file of `id` and `text` that is not part of the repository.
`kept.txt` names the documents that nothing is ever trained on: the field measure.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
DOCUMENTS = FOLDER / "documents"
SOURCES = FOLDER / "sources.jsonl"
KEPT = FOLDER / "kept.txt"
OWN_LICENCE = "CC BY 4.0"


@dataclass(frozen=True)
class FieldText:
    """A document as its file has it; `source` is where it is from, empty for one of our own."""

    id: str
    kind: str
    name: str
    title: str
    text: str
    source: str = ""
    licence: str = OWN_LICENCE


@dataclass(frozen=True)
class FieldRow:
    """A question of one document.

    `answers` are the words that answer, each with its offset in the document's file, none where
    the document does not answer. `evidence` is the range that answers, or of which the question
    looks as if it did. `type` is what is asked for, `style` how it is put (or, of an unanswerable
    one, how it was made so), `twin` the id of the question that it is one of a pair with.
    """

    id: str
    doc: str
    kind: str
    question: str
    answers: tuple[tuple[str, int], ...]
    evidence: tuple[int, int]
    type: str
    style: str
    twin: str

    @cached_property
    def answerable(self) -> bool:
        return bool(self.answers)


@cache
def kept_documents() -> frozenset[str]:
    """The ids of the documents that are kept for measuring."""
    return frozenset(KEPT.read_text("utf-8").split("\n")) - {""}


def read_rows(path: Path) -> list[FieldRow]:
    """The questions of one file.

    Raises:
        ValueError: a line is not a question; says which.
    """
    rows = []
    for number, raw in enumerate(_lines(path), 1):
        try:
            rows.append(_row(raw))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path.name}, line {number}: {error!r}") from error
    return rows


def all_rows(folder: Path = FOLDER) -> list[FieldRow]:
    """All questions, by kind and document."""
    files = sorted(path for path in folder.glob("*.jsonl") if path.name != SOURCES.name)
    return [row for path in files for row in read_rows(path)]


def own_texts(folder: Path = DOCUMENTS) -> dict[str, FieldText]:
    """The documents that were written for this, by id: kind and name with a slash between."""
    made = {}
    for path in sorted(folder.glob("*/*")):
        kind, text = path.parent.name, path.read_text("utf-8")
        made[f"{kind}/{path.name}"] = FieldText(
            f"{kind}/{path.name}", kind, path.name, _title(text), text
        )
    return made


def other_texts(path: Path) -> dict[str, FieldText]:
    """The documents of others, by id, from a file of one JSON object a line."""
    return {
        raw["id"]: FieldText(
            raw["id"], raw["kind"], raw["name"], raw["title"], raw["text"], raw["source"],
            raw["licence"],
        )
        for raw in _lines(path)
    }  # fmt: skip


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _row(raw: dict[str, Any]) -> FieldRow:
    first, last = raw["evidence"]
    answers = tuple((str(a["text"]), int(a["start"])) for a in raw["answers"])
    return FieldRow(
        raw["id"], raw["doc"], raw["kind"], raw["question"], answers, (int(first), int(last)),
        raw["type"], raw["style"], raw["twin"],
    )  # fmt: skip


def as_json(row: FieldRow) -> str:
    """A row as its line in a file."""
    raw = {
        "id": row.id, "doc": row.doc, "kind": row.kind, "question": row.question,
        "answers": [{"text": text, "start": start} for text, start in row.answers],
        "evidence": list(row.evidence), "type": row.type, "style": row.style, "twin": row.twin,
    }  # fmt: skip
    return json.dumps(raw, ensure_ascii=False)


def _title(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return first.lstrip("# ").strip()
