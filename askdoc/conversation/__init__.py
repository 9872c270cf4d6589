"""A conversation: follow-up questions made to stand alone."""

from __future__ import annotations

from askdoc.conversation.resolver import resolve, resolve_in
from askdoc.conversation.turns import Talk, Turn, read_history

__all__ = ["Talk", "Turn", "read_history", "resolve", "resolve_in"]
