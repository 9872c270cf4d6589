"""An assistant that finds a question's last word, so that the shell's tests know every answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from askdoc.assistant import Assistant
from askdoc.errors import LoadError, QuestionError
from askdoc.load import load_text
from askdoc.model import Answer, Citation, Extent, OnStep, Passage, Question
from askdoc.split import group, split


class FakeAssistant:
    """Quotes every sentence that holds the last word of the question."""

    unfinished: tuple[str, ...] = ()

    def __init__(self, texts: dict[str, str], problems: tuple[LoadError, ...] = ()) -> None:
        self.documents = tuple(load_text(text, name) for name, text in texts.items())
        self.problems = problems
        self.asked: list[str] = []
        self.index = None

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(passage for document in self.documents for passage in group(split(document)))

    @property
    def extents(self) -> list[Extent]:
        return Assistant(self.documents).extents

    def ask(
        self,
        question: str,
        *,
        limit: int | None = None,
        threshold: float | None = None,
        perhaps_threshold: float | None = None,
        also: Sequence[str] = (),
        without: Iterable[Citation] = (),
        on_step: OnStep | None = None,
    ) -> Answer:
        self.asked.append(question)
        word = question.rstrip("?").split()[-1] if question.rstrip("?") else ""
        if not word:
            raise QuestionError("the question has no words", question, "Ask in plain words.")
        if word == "crash":
            raise ZeroDivisionError("by design")
        found = [
            Citation(
                quote=sentence.text,
                source=sentence.document.source,
                start=sentence.start,
                end=sentence.end,
                line=sentence.document.line_at(sentence.start),
                confidence=0.9,
            )
            for passage in self.passages
            for sentence in passage.sentences
            if word in sentence.text
        ]
        known = list(without)
        found = [citation for citation in found if citation not in known][: limit or 5]
        return Answer(
            question=Question(asked=question, resolved=question),
            answered=bool(found),
            confidence=0.9 if found else 0.0,
            citations=tuple(found),
        )


def fake(
    *texts: str, problems: tuple[LoadError, ...] = (), name: str = "docs/text{}.txt"
) -> Assistant:
    """A fake over texts that are called `docs/text1.txt` and so on."""
    named = {name.format(number): text for number, text in enumerate(texts, 1)}
    return cast(Assistant, FakeAssistant(named, problems))
