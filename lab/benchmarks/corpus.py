"""A corpus as the benchmark keeps it on disk, and the questions put to it.

Light to import: the processes that are measured read it, and nothing of ours may weigh on them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

_ABOUT, _FILES, _PASSAGES = "corpus.json", "files", "passages.jsonl"


@dataclass(frozen=True)
class About:
    """What a corpus is made of.

    Attributes:
        wanted: what was asked for, by which a corpus that is there already is known again.
        passages: how many there are.
        real: how many of them stand in the sources so; the others are in varied copies.
        documents: how many files.
        characters: of all passages, in code points.
        growth: the exponent of Heaps' law, as measured, by which the copies bring new words; 0.0
            where there are none.
        split_seconds: what loading and splitting the files took, on one core.
    """

    wanted: str
    passages: int
    real: int
    documents: int
    characters: int
    growth: float
    split_seconds: float


@dataclass(frozen=True)
class Corpus:
    """A folder with the text as files, and as passages: the same text, already split."""

    folder: Path

    @property
    def files(self) -> Path:
        """The folder with the text as files."""
        return self.folder / _FILES

    @property
    def split(self) -> Path:
        """The file with the passages, a line of JSON each."""
        return self.folder / _PASSAGES

    def passages(self) -> Iterator[str]:
        """The text of each passage, in order."""
        with self.split.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)

    def about(self) -> About | None:
        """What it is made of, None where it is not there or was left half made."""
        try:
            told = json.loads((self.folder / _ABOUT).read_text(encoding="utf-8"))
            return About(**{field.name: told[field.name] for field in fields(About)})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def finish(self, about: About) -> None:
        """Say that it is complete."""
        text = json.dumps(asdict(about), indent=2, ensure_ascii=False) + "\n"
        (self.folder / _ABOUT).write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Asked:
    """A question, analysed already, so that no system's figures hold another's analyzer.

    Attributes:
        text: in words.
        words: its content words, in lower case.
        terms: what `askdoc.english.analyzer` makes of it, each once.
        passage: the digest of the passage that it was drawn from.
    """

    text: str
    words: tuple[str, ...]
    terms: tuple[str, ...]
    passage: str

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Asked:
        """From what `dataclasses.asdict` made of it."""
        return cls(told["text"], tuple(told["words"]), tuple(told["terms"]), told["passage"])


def digest(text: str) -> str:
    """A short name for a passage's text, by which systems' answers are compared."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
