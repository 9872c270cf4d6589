"""Asks a saved index again and again, until standard input ends; writes what it saw as JSON.

Every file is at the same version in each state of the index: whatever is of two, is of two states.
"""

from __future__ import annotations

import json
import os
import re
import select
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from askdoc import Assistant
from askdoc.errors import IndexChanged
from askdoc.index import status

_VERSION = re.compile(r"year (\d+)")


def versions(texts: list[str]) -> set[str]:
    """The versions of the files that these texts are from."""
    return {found for text in texts for found in _VERSION.findall(text)}


def main(index: Path, count: int) -> None:
    assistant = Assistant.open(index, reader="lexical")
    seen: Counter[str] = Counter()

    def ask() -> set[str]:
        answer = assistant.ask("When did the ship leave the port?", limit=200, threshold=0.0)
        quotes = [citation.quote for citation in answer.citations if "left" in citation.quote]
        assert len({c.source for c in answer.citations if "left" in c.quote}) == count, quotes
        assert all(citation.heading == "Log" for citation in answer.citations)
        return versions(quotes)

    def search() -> set[str]:
        hits = assistant.search("left the port", limit=200)
        assert len({hit.passage.document.source for hit in hits}) == count
        return versions([hit.passage.text for hit in hits])

    def read() -> set[str]:
        documents = assistant.documents
        assert len(documents) == count
        found = versions([document.text for document in documents])
        assert all(document.headings for document in documents)
        return found

    def look() -> set[str]:
        assert status(index).documents == count
        assert len(Assistant.open(index).extents) == count
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
            assert use in (search, read)
            seen[f"{use.__name__} changed"] += 1
            continue
        assert len(found) == 1, (use.__name__, found)
        seen[use.__name__] += 1
        seen[f"version {found.pop()}"] += 1
    print(json.dumps(seen), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
