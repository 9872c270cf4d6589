"""Asks a saved index again and again, until standard input ends; writes what it saw as JSON.

`python -m lab.fuzzing.reader INDEX COUNT`, where the index holds the files of a `Convoy` of that
count. Every file is at the same version in each state of the index: whatever is of two, is of two
states.
"""

from __future__ import annotations

import json
import os
import re
import select
import sys
from collections import Counter
from collections.abc import Callable
from time import perf_counter

from askdoc import Assistant
from askdoc.errors import IndexChanged
from askdoc.index import status

_VERSION = re.compile(r"year (\d+)")


class Mixed(AssertionError):
    """An answer is not of one state of the index."""


def main(index: str, count: int) -> None:
    """Ask until standard input ends."""
    assistant = Assistant.open(index, reader="lexical")
    seen: Counter[str] = Counter()
    seconds: list[float] = []

    def ask() -> set[str]:
        began = perf_counter()
        answer = assistant.ask("When did the ship leave the port?", limit=200, threshold=0.0)
        seconds.append(perf_counter() - began)
        left = [citation for citation in answer.citations if "left" in citation.quote]
        _check(len({citation.source for citation in left}) == count, "files are missing")
        _check(all(citation.heading == "Log" for citation in answer.citations), "a heading")
        return _versions([citation.quote for citation in left])

    def search() -> set[str]:
        hits = assistant.search("left the port", limit=200)
        _check(len({hit.passage.document.source for hit in hits}) == count, "files are missing")
        return _versions([hit.passage.text for hit in hits])

    def read() -> set[str]:
        documents = assistant.documents
        _check(len(documents) == count, "files are missing")
        found = _versions([document.text for document in documents])
        _check(all(document.headings for document in documents), "a heading is missing")
        return found

    def look() -> set[str]:
        _check(status(index).documents == count, "files are missing")
        _check(len(Assistant.open(index).extents) == count, "files are missing")
        return {"any"}

    uses: list[Callable[[], set[str]]] = [ask, search, read, look]
    number = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        use = uses[number % len(uses)]
        number += 1
        try:
            found = use()
        except IndexChanged:
            # What is looked at bit by bit says so when it has gone; an answer never does.
            _check(use in (search, read), f"{use.__name__} says that the index has changed")
            seen[f"{use.__name__} changed"] += 1
            continue
        _check(len(found) == 1, f"{use.__name__} gave versions {sorted(found)}")
        seen[use.__name__] += 1
        seen[f"version {found.pop()}"] += 1
    print(json.dumps({"seen": seen, "seconds": seconds}), flush=True)
    os._exit(0)


def _versions(texts: list[str]) -> set[str]:
    """The versions of the files that these texts are from."""
    return {found for text in texts for found in _VERSION.findall(text)}


def _check(holds: bool, what: str) -> None:
    if not holds:
        raise Mixed(what)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
