"""Which documents are meant, and what their files are called where one stands."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from fnmatch import translate
from typing import TYPE_CHECKING

from askdoc.errors import UnknownSource
from askdoc.load.files import displayable

if TYPE_CHECKING:
    from askdoc.assistant import Assistant
    from askdoc.model import Answer, Citation

_SHOWN = 8


def restricted(assistant: Assistant, globs: Sequence[str]) -> Assistant:
    """An assistant that asks only the documents whose name, or an end of it, is like one of these.

    As a shell's: `*` is any characters, `/` included, `?` one, `[ab]` one of these. An end begins
    behind a `/`.

    Raises:
        UnknownSource: one is like no name.
    """
    sources = [extent.source for extent in assistant.extents]
    meant: dict[str, None] = {}
    for glob in globs:
        like = re.compile(rf"(?s:.*[/\\])?{translate(glob)}")
        found = [source for source in sources if like.match(source)]
        if not found:
            more = f" and {len(sources) - _SHOWN} more" if len(sources) > _SHOWN else ""
            choice = f"There are: {', '.join(sources[:_SHOWN])}{more}." if sources else ""
            raise UnknownSource("no document has such a name", displayable(glob), choice)
        meant |= dict.fromkeys(found)
    return assistant.only(list(meant))


def shown_as(sources: Collection[str], assistant: Assistant, how: str) -> dict[str, str]:
    """What sources are called whose files are there, by how they are called in the documents.

    Args:
        sources: names of documents.
        assistant: who asks them.
        how: "given", "absolute", or "relative" to where one stands.
    """
    if how == "given":
        return {}
    paths: dict[str, str] = {source: source for source in sources}
    if assistant.index is not None:
        from askdoc.verify import indexed

        locate = indexed(assistant.index, sources)
        paths = {source: locate(source) or source for source in sources}
    made = os.path.abspath if how == "absolute" else os.path.relpath
    return {
        source: displayable(made(path)) for source, path in paths.items() if os.path.lexists(path)
    }


def renamed(answer: Answer, assistant: Assistant, how: str) -> Answer:
    """An answer whose citations name their files so."""
    cited = (*answer.citations, *answer.nearest)
    names = shown_as({one.source for one in cited}, assistant, how)
    if not names:
        return answer

    def again(citations: Sequence[Citation]) -> tuple[Citation, ...]:
        return tuple(
            one.model_copy(update={"source": names.get(one.source, one.source)})
            for one in citations
        )

    citations, nearest = again(answer.citations), again(answer.nearest)
    return answer.model_copy(update={"citations": citations, "nearest": nearest})
