"""The first thing a person sees: what was read, and what to type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from askdoc.assistant import Assistant
from askdoc.model import Extent
from askdoc.present import one_line, sanitize
from askdoc.present.counting import counted
from askdoc.present.wrap import cells

# A capital after a small letter or a comma stands inside a sentence, so it is likely a name.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_FIRST, _LOOKED_AT = 5, 10_000
_LONGEST_NAME = 40


def greeting(extents: Sequence[Extent]) -> str:
    """A line: what is loaded."""
    return f"askdoc has read {loaded(extents)}."


def invitation(suggestions: Sequence[str], assistant: Assistant | None) -> str:
    """What to ask, and how to get help or leave.

    Args:
        suggestions: questions that the documents answer.
        assistant: gives an example where there are none; None for no examples at all.
    """
    if suggestions:
        lines = numbered(suggestions)
    else:
        example = f", for example: {_example(assistant)}" if assistant is not None else "."
        lines = [f"Ask in plain words{example}"]
    return "\n".join([*lines, "/help tells the rest; Ctrl-D leaves."])


def numbered(suggestions: Sequence[str]) -> list[str]:
    """Questions with the numbers that ask them, below what to do with these."""
    listed = [f"  {at}  {one_line(one)}" for at, one in enumerate(suggestions, start=1)]
    return ["Ask in plain words, or type a number:", *listed] if listed else []


def bar(extents: Sequence[Extent], documents: int, width: int) -> str:
    """The bar below the prompt: what is asked, of how many documents, and where help is.

    Args:
        extents: the documents that are asked.
        documents: how many there are.
        width: cells; what has no room is left out, from the end.
    """
    parts = [loaded(extents), "/help", "Ctrl-D leaves"]
    if len(extents) < documents:
        parts[0] = f"only {parts[0]} (of {counted(documents, 'document')})"
    shown = f" {parts[0]}"
    for part in parts[1:]:
        if cells(longer := f"{shown}  |  {part}") <= width:
            shown = longer
    return shown


def loaded(extents: Sequence[Extent]) -> str:
    """How much there is: `notes.txt, 12 sentences`."""
    if len(extents) == 1:
        name = sanitize(extents[0].source)
        # The end of a path tells more than its beginning.
        what = name if len(name) <= _LONGEST_NAME else "..." + name[3 - _LONGEST_NAME :]
    else:
        what = counted(len(extents), "document")
    return f"{what}, {counted(sum(extent.sentences for extent in extents), 'sentence')}"


def _example(assistant: Assistant) -> str:
    """A question about the name that is mentioned most where documents begin, if there is one."""
    names: Counter[str] = Counter()
    for document in islice(assistant.documents, _FIRST):
        names.update(_NAME.findall(document.part(0, _LOOKED_AT)))
    for name, times in names.most_common(1):
        if times > 1:
            return f"What does it say about {name}?"
    return "When did it happen?"
