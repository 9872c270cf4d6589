"""Questions with known answers: the rows, the files they come from, and a sample of them.

A sample is drawn by a hash of seed and id, not by position: it is the same whatever the order of
the file, and a smaller sample lies inside every larger one of the same seed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class DataError(Exception):
    """The data folder, or a file in it, is missing or broken; the message is one line."""


@dataclass(frozen=True)
class ReadingRow:
    """A question about `context`, with its known `answers`; none where the context holds none.

    `domain` names the part of a set that the row comes from.
    """

    id: str
    question: str
    title: str
    context: str
    answers: tuple[str, ...]
    domain: str


@dataclass(frozen=True)
class RankingRow:
    """A question and its candidate sentences; `labels[i]` tells whether candidate i answers."""

    id: str
    question: str
    candidates: tuple[str, ...]
    labels: tuple[bool, ...]


@dataclass(frozen=True)
class FollowUpRow:
    """A question within a conversation, and the same question as a person made it stand alone.

    `history` is the page's title, the section's, then questions and answers in turn.
    """

    id: str
    question: str
    history: tuple[str, ...]
    rewrite: str


Row = ReadingRow | RankingRow | FollowUpRow


def _reading(raw: Mapping[str, Any]) -> ReadingRow:
    answers = tuple(str(answer["text"]) for answer in raw["answers"])
    return ReadingRow(
        raw["id"], raw["question"], raw["title"], raw["context"], answers, raw.get("set", "")
    )


def _ranking(raw: Mapping[str, Any]) -> RankingRow:
    candidates, labels = tuple(raw["candidates"]), tuple(bool(label) for label in raw["labels"])
    if len(candidates) != len(labels):
        raise ValueError("not as many labels as candidates")
    return RankingRow(raw["id"], raw["question"], candidates, labels)


def _follow_up(raw: Mapping[str, Any]) -> FollowUpRow:
    return FollowUpRow(raw["id"], raw["question"], tuple(raw["history"]), raw["rewrite"])


@dataclass(frozen=True)
class Source:
    """Where a set's rows are and how they are read.

    `by_article` tells that the paragraphs of one title together make an article that questions
    can be asked of as a whole.
    """

    file: str
    parse: Callable[[Mapping[str, Any]], Row]
    by_article: bool = False


SOURCES: dict[str, Source] = {
    "squad2a": Source("dev-squad2a.jsonl.gz", _reading, by_article=True),
    "wikiqa": Source("rank-wikiqa-dev.jsonl.gz", _ranking),
    "trecqa": Source("rank-trecqa-dev.jsonl.gz", _ranking),
    "selqa": Source("rank-selqa-dev.jsonl.gz", _ranking),
    "shifts": Source("train-shifts.jsonl.gz", _reading),
    "qamr": Source("train-qamr.jsonl.gz", _reading),
    "fairytale": Source("train-fairytale.jsonl.gz", _reading),
    "followups": Source("dev-followups.jsonl.gz", _follow_up),
}


def load(folder: Path, name: str) -> list[Row]:
    """All rows of the set `name`, in the order of its file.

    Raises:
        DataError: no such folder or file, or a line of it is not a row of its kind.
    """
    if not folder.is_dir():
        raise DataError(f"no such data folder: {folder}. Give it with --data.")
    source = SOURCES[name]
    path = folder / source.file
    if not path.is_file():
        raise DataError(f"no such file: {path}. Leave its set out with --only.")
    rows: list[Row] = []
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows.extend(source.parse(json.loads(line)) for line in lines if line.strip())
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        at = f"{path}, row {len(rows) + 1}"
        raise DataError(f"not a row of {name}: {at} ({error!r}). Fetch the file again.") from error
    twice = [id for id, times in Counter(row.id for row in rows).items() if times > 1]
    if twice:
        raise DataError(f"the id {twice[0]} is there twice: {path}. Fetch the file again.")
    return rows


def sample(rows: Sequence[Row], size: int | None, seed: int) -> list[Row]:
    """At most `size` rows (None: all), in the order they came in."""
    if size is None or size >= len(rows):
        return list(rows)
    key = [hashlib.sha256(f"{seed}:{row.id}".encode()).digest() for row in rows]
    chosen = sorted(range(len(rows)), key=key.__getitem__)[:size]
    return [rows[i] for i in sorted(chosen)]


@dataclass(frozen=True)
class Article:
    """The paragraphs of one title as one text; `starts` tells where each paragraph begins."""

    text: str
    starts: Mapping[str, int]


def articles(rows: Iterable[ReadingRow]) -> dict[str, Article]:
    """Title -> its paragraphs in order of first appearance, joined by a blank line."""
    paragraphs: dict[str, dict[str, int]] = {}
    lengths: dict[str, int] = {}
    for row in rows:
        starts = paragraphs.setdefault(row.title, {})
        if row.context not in starts:
            starts[row.context] = lengths.get(row.title, 0)
            lengths[row.title] = starts[row.context] + len(row.context) + len("\n\n")
    return {title: Article("\n\n".join(starts), starts) for title, starts in paragraphs.items()}
