"""A conversation: follow-up questions made to stand alone, and asked.

`dialogue` holds the turns. `resolver` makes a question stand alone, a step after another; `focus`
knows what is talked of, `known` whom the documents name.
"""

from __future__ import annotations

from askdoc.conversation.dialogue import Conversation
from askdoc.conversation.resolver import resolve, resolve_in
from askdoc.conversation.turns import Talk, Turn, read_history

__all__ = ["Conversation", "Talk", "Turn", "read_history", "resolve", "resolve_in"]
