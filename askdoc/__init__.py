"""askdoc: ask your documents a question, get their own sentences back.

The public names, and only those. They are imported when first used, so that `askdoc --help` does
not pay for what it does not need.
"""

from __future__ import annotations

TYPE_CHECKING = False  # Type checkers take it as true; importing `typing` costs 10 ms.
if TYPE_CHECKING:
    from askdoc.assistant import Assistant
    from askdoc.conversation import Conversation, resolve
    from askdoc.errors import AskdocError
    from askdoc.load import load_text
    from askdoc.model import Answer, Citation, Document, Hit, Passage, Question, ShortAnswer
    from askdoc.reading import load_paths

__version__ = "0.1.0"

_HOME = {
    "Answer": "askdoc.model",
    "AskdocError": "askdoc.errors",
    "Assistant": "askdoc.assistant",
    "Citation": "askdoc.model",
    "Conversation": "askdoc.conversation",
    "Document": "askdoc.model",
    "Hit": "askdoc.model",
    "Passage": "askdoc.model",
    "Question": "askdoc.model",
    "ShortAnswer": "askdoc.model",
    "load_paths": "askdoc.reading",
    "load_text": "askdoc.load",
    "resolve": "askdoc.conversation",
}

__all__ = [
    "Answer",
    "AskdocError",
    "Assistant",
    "Citation",
    "Conversation",
    "Document",
    "Hit",
    "Passage",
    "Question",
    "ShortAnswer",
    "__version__",
    "load_paths",
    "load_text",
    "resolve",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'askdoc' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
