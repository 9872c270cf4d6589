"""Questions that are followed from outside, step by step, and given up where nobody waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import SupportsIndex

from askdoc.assistant import Assistant
from askdoc.model import Answer, Citation, Document, Step
from askdoc.serve.limits import Stop

Tell = Callable[[str], None]
"""Told from a thread what is being done: "searching" or "reading"."""


class Followed:
    """An assistant whose questions tell their steps: what a `Conversation` may hold.

    Args:
        assistant: who answers.
        stop: looked at before each step.
        tell: told what begins now.
    """

    def __init__(self, assistant: Assistant, stop: Stop, tell: Tell | None = None) -> None:
        self._assistant, self._stop, self._tell = assistant, stop, tell

    @property
    def documents(self) -> Sequence[Document]:
        """See `Assistant.documents`."""
        return self._assistant.documents

    def ask(
        self,
        question: str,
        *,
        limit: SupportsIndex | None = None,
        threshold: float | None = None,
        perhaps_threshold: float | None = None,
        without: Iterable[Citation] = (),
        also: Sequence[str] = (),
    ) -> Answer:
        """See `Assistant.ask`.

        Raises:
            Stopped: nobody waits for the answer any more.
        """
        return self._assistant.ask(
            question,
            limit=limit,
            threshold=threshold,
            perhaps_threshold=perhaps_threshold,
            without=without,
            also=also,
            on_step=self._on_step,
        )

    def _on_step(self, step: Step) -> None:
        self._stop.check()
        if self._tell is not None:
            self._tell(step)
