"""Conversations that clients go on with, by their id: kept for an hour, and not too many."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock
from time import monotonic

from askdoc.assistant import Assistant
from askdoc.conversation import Conversation
from askdoc.model import Answer, OnStep
from askdoc.serve.models import AskRequest
from askdoc.serve.problems import Problem

IDLE_SECONDS = 3600.0
MOST = 1_000
# No question leans on what was said longer ago.
_MOST_ANSWERS = 100
_ID_BYTES = 16


class Talk:
    """A conversation, in which one question is asked at a time."""

    def __init__(self, assistant: Assistant) -> None:
        self.id = secrets.token_hex(_ID_BYTES)
        self.used = monotonic()
        self._conversation = Conversation(assistant)
        self._one_asks = Lock()

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What was answered, oldest first."""
        return tuple(self._conversation.answers)

    def ask(
        self,
        assistant: Assistant,
        asked: AskRequest,
        on_step: OnStep,
    ) -> Answer:
        """The answer to a question that may lean on those before; see `Conversation.ask`."""
        with self._one_asks:
            self._conversation.assistant = assistant
            answer = self._conversation.ask(
                asked.question,
                limit=asked.limit,
                threshold=asked.threshold,
                exact=asked.exact,
                on_step=on_step,
            )
            del self._conversation.answers[:-_MOST_ANSWERS]
            return answer


class Conversations:
    """All conversations.

    Args:
        most: so many are kept; the one that was used longest ago makes room.
        idle: seconds after which one is forgotten that nobody uses.
    """

    def __init__(self, most: int = MOST, idle: float = IDLE_SECONDS) -> None:
        self._most, self._idle = most, idle
        self._talks: OrderedDict[str, Talk] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        with self._lock:
            self._forget()
            return len(self._talks)

    def begin(self, assistant: Assistant) -> Talk:
        """A new conversation."""
        talk = Talk(assistant)
        with self._lock:
            self._talks[talk.id] = talk
            self._forget()
        return talk

    def get(self, id: str) -> Talk:
        """The conversation of an id.

        Raises:
            Problem: there is none, or no longer.
        """
        with self._lock:
            self._forget()
            if id not in self._talks:
                raise _unknown(id)
            talk = self._talks[id]
            talk.used = monotonic()
            self._talks.move_to_end(id)
            return talk

    def end(self, id: str) -> None:
        """Forget a conversation.

        Raises:
            Problem: there is none, or no longer.
        """
        with self._lock:
            if self._talks.pop(id, None) is None:
                raise _unknown(id)

    def _forget(self) -> None:
        """Those that are too many, and too old: they are in the order of their last use."""
        until = monotonic() - self._idle
        while self._talks:
            oldest = next(iter(self._talks.values()))
            if len(self._talks) <= self._most and oldest.used >= until:
                return
            del self._talks[oldest.id]


def _unknown(id: str) -> Problem:
    return Problem(
        "unknown-conversation",
        "there is no such conversation, or no longer",
        ascii(id[:64])[1:-1],
        "Begin one: POST /api/conversations",
    )
