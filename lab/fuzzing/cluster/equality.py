"""The same files in memory, on disk and in a cluster: the same answers, byte for byte."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple
from unittest.mock import patch

from askdoc import Assistant
from askdoc.errors import QuestionError
from askdoc.index import update
from lab.cluster import Cluster
from lab.fuzzing.shapes import text

_LIMIT = 20
_WORD = re.compile(r"\w[\w'-]*")
_OPENINGS = ("What about", "When did", "Who", "Why", "Where is", "")


class Differing(NamedTuple):
    """A question that is answered in another way than from memory: where, and how."""

    question: str
    where: str
    what: str


class Files:
    """Files of which some get another text now and then.

    Args:
        folder: where they are, an empty one.
        random: what decides.
        texts: by name; what is replaced gets another one of them, cut short.
    """

    def __init__(self, folder: Path, random: Random, texts: Mapping[str, str]) -> None:
        self.folder = folder
        self._random = random
        self._texts = dict(texts)
        folder.mkdir(parents=True)
        for name, content in self._texts.items():
            (folder / name).write_text(content, encoding="utf-8", newline="")

    def replace(self, share: float) -> int:
        """Give some files another text, take some out, and name some otherwise; how many."""
        names = self._random.sample(sorted(self._texts), round(share * len(self._texts)))
        for at, name in enumerate(names):
            path = self.folder / name
            if at % 8 == 6:
                path.unlink()
                del self._texts[name]
            elif at % 8 == 7:
                path.rename(self.folder / f"other-{name}")
                self._texts[f"other-{name}"] = self._texts.pop(name)
            else:
                other = self._random.choice(list(self._texts.values()))
                self._texts[name] = other[: len(other) * 2 // 3] + "\n\nA word more."
                path.write_text(self._texts[name], encoding="utf-8", newline="")
        return len(names)

    def questions(self, count: int) -> list[str]:
        """Questions in the files' own words, of one to a dozen."""
        found = []
        contents = [_WORD.findall(content) or ["a"] for content in self._texts.values()]
        for _ in range(count):
            words = self._random.choice(contents)
            length = self._random.randrange(1, 12)
            at = self._random.randrange(max(1, len(words) - length))
            opening = self._random.choice(_OPENINGS)
            found.append(f"{opening} {' '.join(words[at : at + length])}?".strip())
        return found


def any_texts(random: Random, count: int) -> dict[str, str]:
    """Texts of every shape, by name."""
    return {f"{number:04}.md": f"{text(random)}\n\nThe end." for number in range(count)}


def texts_of(file: Path) -> dict[str, str]:
    """The texts of a file of lines of JSON, each with a name and a text."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    # Loaders of other kinds would read other things.
    return {f"{number:04}-{Path(one['name']).stem[:40]}.md": one["text"]
            for number, one in enumerate(found)}  # fmt: skip


class Copies:
    """An index of the same files on disk, and one in a cluster for each number of shards.

    Args:
        files: what is indexed.
        folder: an empty one.
        cluster: what has them.
        name: what those in the cluster are called, with something after it.
        shards: how many each has.
    """

    def __init__(
        self, files: Files, folder: Path, cluster: Cluster, name: str, shards: Sequence[int]
    ) -> None:
        self._files = files
        self._cluster = cluster
        self._names = {number: f"{name}-{number}" for number in shards}
        self._disk = folder

    def update(self) -> None:
        """Bring all of them up to date."""
        update(self._disk, self._files.folder, processes=0)
        for number, name in self._names.items():
            with patch.dict(os.environ, {"ASKDOC_CLUSTER_SHARDS": str(number)}):
                update(f"{self._cluster.url}/{name}", self._files.folder, processes=0)

    def merge(self) -> None:
        """Have the cluster clear up all that was deleted."""
        for name in self._names.values():
            self._cluster.ask("POST", f"/{name}-*/_forcemerge?max_num_segments=1")

    def deleted(self) -> int:
        """How many passages the cluster has not cleared up yet."""
        told = self._cluster.ask("GET", f"/{next(iter(self._names.values()))}-passages-*/_stats")
        return int(told.body["_all"]["primaries"]["docs"]["deleted"])

    def compare(self, questions: Sequence[str]) -> Iterator[Differing]:
        """Ask all of them, each index in the cluster by way of another node."""
        held = Assistant.from_paths(self._files.folder, reader="lexical")
        kept = {"on disk": Assistant.open(self._disk, reader="lexical")}
        for at, (number, name) in enumerate(self._names.items()):
            url = self._cluster.urls[at % len(self._cluster.urls)]
            kept[f"{number} shards"] = Assistant.open(f"{url}/{name}", reader="lexical")
        for question in questions:
            hits, answer = found(held, question), answered(held, question)
            for where, assistant in kept.items():
                if found(assistant, question) != hits:
                    yield Differing(question, where, "hits")
                if answered(assistant, question) != answer:
                    yield Differing(question, where, "answer")


def found(assistant: Assistant, question: str) -> list[tuple[str, int, int, str, float]]:
    """What a search finds, with every digit of the scores."""
    hits = assistant.search(question, limit=_LIMIT)
    return [
        (one.passage.document.source, one.passage.start, one.passage.end, one.passage.text, score)
        for one, score in ((hit, hit.score) for hit in hits)
    ]


def answered(assistant: Assistant, question: str) -> str:
    """An answer as JSON, also where it is a poor one."""
    try:
        return assistant.ask(question, limit=5, threshold=0.0).model_dump_json()
    except QuestionError as error:
        return str(error)
