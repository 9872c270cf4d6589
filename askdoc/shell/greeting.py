"""The first thing a person sees: what was read, and what to type."""

from __future__ import annotations

import re
from collections import Counter

from askdoc.assistant import Assistant
from askdoc.model import Document
from askdoc.present import harmless
from askdoc.shell.counting import counted

# A capital after a small letter or a comma stands inside a sentence, so it is likely a name.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_FIRST, _LOOKED_AT = 5, 10_000
_LONGEST_NAME = 40


def greeting(assistant: Assistant, counts: Counter[Document]) -> str:
    """Three lines: what is loaded, an example of what to ask, and how to get help or leave."""
    return (
        f"askdoc has read {loaded(assistant, counts)}.\n"
        f"Ask in plain words, for example: {_example(assistant)}\n"
        "/help tells the rest; Ctrl-D leaves."
    )


def loaded(assistant: Assistant, counts: Counter[Document]) -> str:
    """How much there is: `notes.txt, 12 sentences`."""
    documents = assistant.documents
    if len(documents) == 1:
        name = harmless(documents[0].source)
        # The end of a path tells more than its beginning.
        what = name if len(name) <= _LONGEST_NAME else "..." + name[3 - _LONGEST_NAME :]
    else:
        what = counted(len(documents), "document")
    return f"{what}, {counted(counts.total(), 'sentence')}"


def _example(assistant: Assistant) -> str:
    """A question about the name that is mentioned most where documents begin, if there is one."""
    names: Counter[str] = Counter()
    for document in assistant.documents[:_FIRST]:
        names.update(_NAME.findall(document.text[:_LOOKED_AT]))
    for name, times in names.most_common(1):
        if times > 1:
            return f"What does it say about {name}?"
    return "When did it happen?"
