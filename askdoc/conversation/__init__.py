"""A conversation: follow-up questions made to stand alone, and asked.

`conversation` holds the turns and asks. `resolver` makes a question stand alone, step by step;
`antecedents` chooses what a pronoun stands for among what `history` and `entities` name.
"""

from __future__ import annotations

from askdoc.conversation.conversation import Conversation
from askdoc.conversation.history import History, Turn, read_history
from askdoc.conversation.resolver import resolve, resolve_in

__all__ = ["Conversation", "History", "Turn", "read_history", "resolve", "resolve_in"]
