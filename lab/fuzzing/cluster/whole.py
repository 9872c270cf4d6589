"""An index in a cluster holds what the files hold, and is scored as where it is held in memory."""

from __future__ import annotations

from pathlib import Path

from askdoc import Assistant
from askdoc.index import status
from lab.fuzzing.fleet import Fleet, Lost, word


def check_whole(fleet: Fleet, *urls: str) -> None:
    """See to an index, asked by way of one node or of several.

    Raises:
        Lost: it holds something else, or is scored in another way.
    """
    held = Assistant.from_paths(fleet.folder, reader="lexical")
    for url in urls:
        fleet.check_complete(url)
        if status(url).interrupted:
            raise Lost("it is still said to be interrupted")
        kept = Assistant.open(url, reader="lexical")
        for words in ("ship port", "crew land voyage", word(min(fleet.new), 0)):
            if scores(held, words) != scores(kept, words):
                raise Lost(f"{words!r} is scored in another way")


def scores(assistant: Assistant, words: str) -> list[tuple[str, int, float]]:
    """What is found, with every digit of the scores."""
    found = assistant.search(words, limit=40)
    return [(Path(h.passage.document.source).name, h.passage.start, h.score) for h in found]
