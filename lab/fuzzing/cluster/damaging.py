"""Documents of an index that somebody has edited by hand: an error, or the same answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, NamedTuple

from askdoc import Assistant
from askdoc.errors import SavedIndexError
from lab.cluster import Cluster, ClusterError
from lab.fuzzing.fleet import Lost

Hit = dict[str, Any]
# What stands before a term that a passage has several times.
_OFTEN = re.compile(r"\t\d+\t|[\x0a-\x1f]")
_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/ \t"


class Stored:
    """What stands in the cluster of one index.

    Args:
        cluster: where it is.
        name: what it is called.
    """

    def __init__(self, cluster: Cluster, name: str) -> None:
        self._cluster = cluster
        self._name = name

    def passages(self) -> list[Hit]:
        """The documents of the passages, by number."""
        return self._all(f"{self._name}-passages-*")

    def sources(self) -> list[Hit]:
        """The documents of the sources, by number."""
        return self._all(f"{self._name}-sources-*")

    def state(self) -> Hit:
        """The document of the state."""
        hit: Hit = self._cluster.ask("GET", f"/{self._name}/_doc/state").body
        return hit

    def put(self, hit: Hit, **source: object) -> None:
        """Write a document as it was, but for some of its fields."""
        content = {**hit["_source"], **source}
        if "counts" in hit["_source"]:
            # It is searched by its terms as before, which are not among what is given back.
            content["terms"] = _terms(hit["_source"]["counts"])
        reply = self._cluster.ask("PUT", self._path(hit) + "refresh=true", content)
        if reply.status not in (200, 201):
            raise ClusterError(f"it cannot be edited: {reply.body}")

    def delete(self, hit: Hit) -> None:
        """Take a document out."""
        self._cluster.ask("DELETE", self._path(hit) + "refresh=true")

    def _path(self, hit: Hit) -> str:
        routing = f"routing={hit['_routing']}&" if "_routing" in hit else ""
        return f"/{hit['_index']}/_doc/{hit['_id']}?{routing}"

    def _all(self, index: str) -> list[Hit]:
        body = {"size": 10_000, "sort": [{"number": "asc"}]}
        hits: list[Hit] = self._cluster.ask("POST", f"/{index}/_search", body).body["hits"]["hits"]
        return hits


def _terms(counts: str) -> str:
    """The terms of a passage, each once: so few passages are all proposed, whatever they score."""
    return _OFTEN.sub("", counts.partition(" ")[2]).strip()


class Edit(NamedTuple):
    """One edit: what it is, what does it, and what undoes it."""

    what: str
    do: Callable[[], None]
    undo: Callable[[], None]


class Edits:
    """Edits of the documents of an index, any of which should be noticed where it matters.

    Args:
        stored: what stands in the cluster; there have to be two passages and two sources.
        random: what decides.

    Attributes:
        kinds: the kinds of edits.
    """

    def __init__(self, stored: Stored, random: Random) -> None:
        self._stored = stored
        self.random = random
        self.kinds = (
            "letter", "cut", "swap", "emptied", "gone", "copied", "of another source", "state",
        )  # fmt: skip

    def make(self, kind: str, field: str = "") -> Edit:
        """An edit of some kind, of a field that is given or any."""
        stored, random = self._stored, self.random
        if kind == "state":
            hit = stored.state()
            name = "content"
            hits, other = [hit], hit
        else:
            name = field or random.choice(("row", "row", "counts", "record", "marks"))
            hits = stored.passages() if name in ("row", "counts") else stored.sources()
            hit, other = random.sample(hits, 2)
        value = str(hit["_source"][name])
        edits: dict[str, Callable[[], None]] = {
            "letter": lambda: stored.put(hit, **{name: self._edited(value)}),
            "state": lambda: stored.put(hit, **{name: self._edited(value)}),
            "cut": lambda: stored.put(hit, **{name: value[: random.randrange(len(value))]}),
            "emptied": lambda: stored.put(hit, **{name: ""}),
            "gone": lambda: stored.delete(hit),
            "copied": lambda: stored.put({**hit, "_id": f"{int(other['_id']) + (1 << 40)}"}),
            "of another source": lambda: stored.put(hit, source=other["_source"]["source"]),
        }

        def swap() -> None:
            stored.put(hit, **{name: other["_source"][name]})
            stored.put(other, **{name: value})

        def undo() -> None:
            stored.put(hit)
            stored.put(other)
            if kind == "copied":
                stored.delete({**hit, "_id": f"{int(other['_id']) + (1 << 40)}"})

        return Edit(f"{kind} of {name} of {hit['_id']}", edits.get(kind, swap), undo)

    def _edited(self, value: str) -> str:
        at = self.random.randrange(len(value))
        new = self.random.choice([one for one in _ALPHABET if one != value[at]])
        return value[:at] + new + value[at + 1 :]


def told(url: str, questions: list[str]) -> Iterator[str]:
    """All that an index tells: answers and hits as JSON, and its documents.

    Raises:
        SavedIndexError: it is damaged, or cannot be asked.
    """
    assistant = Assistant.open(url, reader="lexical")
    for question in questions:
        yield assistant.ask(question, threshold=0.0).model_dump_json()
        yield json.dumps([[h.passage.text, h.score] for h in assistant.search(question, limit=50)])
    for document in assistant.documents:
        yield f"{document.source} {document.text} {document.headings}"


def tried(url: str, edit: Edit, questions: list[str], before: list[str]) -> str:
    """Make an edit, see what an index tells then, and undo it.

    Args:
        url: of the index.
        edit: what is edited.
        questions: what is asked.
        before: what it told before.

    Returns:
        "same" where all is told as before, or the kind of error that came of it.

    Raises:
        Lost: it tells something else.
    """
    edit.do()
    try:
        now = list(told(url, questions))
        differing = [one for one, then in zip(now, before, strict=False) if one != then]
        if differing or len(now) != len(before):
            raise Lost(f"{edit.what}: {len(now)} things are told; {''.join(differing)[:300]}")
        return "same"
    except SavedIndexError as error:
        return type(error).__name__
    finally:
        edit.undo()
