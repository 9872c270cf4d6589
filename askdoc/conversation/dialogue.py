"""A conversation with documents: each question may lean on those before it and on their answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol, SupportsIndex

from askdoc.conversation.known import Known
from askdoc.conversation.resolver import Resolved, resolve_in
from askdoc.conversation.turns import Talk, Turn
from askdoc.model import Answer, Citation, Document, Question
from askdoc.read.requests import is_request
from askdoc.text import replace_lone_surrogates

_MOST_TURNS = 12
_LONGEST_QUOTE, _MOST_QUOTES = 400, 6
# Of so many documents all are looked through for names, of more only those that were cited.
_FEW = 8
_MOST_SOUGHT = 20_000
_LONGEST = 60_000  # characters of a document that are looked through
_AROUND = 3_000
# "What else did she say?" asks for what was not cited yet.
_FURTHER = re.compile(r"\b(?:else|other|others|another)\b(?! than\b)", re.IGNORECASE)

_LEAD = re.compile(r"(?:and|but|so|then|ok|okay)\b,? (?=[a-z])", re.IGNORECASE)


class Asked(Protocol):
    """What answers questions that stand alone: an `Assistant`."""

    @property
    def documents(self) -> Sequence[Document]:
        """What is asked."""
        ...

    def ask(
        self,
        question: str,
        *,
        limit: SupportsIndex | None = ...,
        threshold: float | None = ...,
        perhaps_threshold: float | None = ...,
        without: Iterable[Citation] = ...,
    ) -> Answer:
        """See `Assistant.ask`."""
        ...


class Conversation:
    """Questions in turn, each made to stand alone by what was said before it.

    Not for several threads at once.

    Args:
        assistant: who answers.

    Attributes:
        assistant: who answers; another one may take over in the middle of a conversation.
        answers: all that were given, oldest first.
        sought: what was looked for with the last question, "" before it.
    """

    def __init__(self, assistant: Asked) -> None:
        self.assistant = assistant
        self.answers: list[Answer] = []
        self.sought = ""
        self._known = Known()
        self._heard: set[str] = set()

    def ask(
        self,
        question: str,
        *,
        limit: SupportsIndex | None = None,
        threshold: float | None = None,
        perhaps_threshold: float | None = None,
        exact: bool = False,
    ) -> Answer:
        """The answer to a question, whose `question.resolved` is how the question was understood.

        Args:
            question: in plain words, as one goes on talking.
            limit: as for `Assistant.ask`; None is its default.
            threshold: as for `Assistant.ask`.
            perhaps_threshold: as for `Assistant.ask`.
            exact: whether to ask as typed, without anything from before.

        Raises:
            What `Assistant.ask` raises; the question then is no part of the conversation.
        """
        typed = replace_lone_surrogates(question)
        # "Thanks" carries on from nothing, and nothing carries on from it.
        alone = exact or is_request(typed)
        understood = Resolved(typed, typed) if alone else self.resolve(typed)
        same = understood.text.split() == typed.split()
        core = question if same else understood.core
        said = [citation for answer in self.answers for citation in answer.citations]
        known = said if not exact and _FURTHER.search(typed) else []
        answer = self.assistant.ask(
            core,
            limit=limit,
            threshold=threshold,
            perhaps_threshold=perhaps_threshold,
            without=known,
        )
        if not same:
            shown = Question(asked=typed, resolved=understood.text)
            answer = answer.model_copy(update={"question": shown})
        self.answers.append(answer)
        self.sought = core
        return answer

    def resolve(self, question: str) -> Resolved:
        """How a question would be understood if it were asked now."""
        said = [answer for answer in self.answers if not answer.no_question]
        if not said:
            return Resolved(question, question)
        self._hear(said[-1])
        turns = tuple(_turn(answer, self._known) for answer in said[-_MOST_TURNS:])
        found = resolve_in(question, Talk(turns=turns, known=self._known))
        if found.text == question:
            return found
        return Resolved(_without_lead(found.text), _without_lead(found.core))

    def reset(self) -> None:
        """Forget all that was said."""
        self.answers.clear()
        self.sought = ""

    def _hear(self, last: Answer) -> None:
        """Look through documents for whom they name, each once."""
        documents = self.assistant.documents
        few = len(documents) <= _FEW
        cited = {citation.source for citation in (*last.citations, *last.nearest)}
        wanted = {document.source for document in documents} if few else cited
        wanted -= self._heard
        self._heard |= wanted
        for document in islice(documents, _MOST_SOUGHT) if wanted else ():
            if document.source in wanted:
                wanted.remove(document.source)
                self._known.hear(document.part(0, _LONGEST))
            if not wanted:
                break


def _without_lead(question: str) -> str:
    """A question that stands alone begins with no "And"."""
    found = _LEAD.match(question)
    rest = question[found.end() :] if found else question
    return rest[:1].upper() + rest[1:] if found else question


def _turn(answer: Answer, known: Known) -> Turn:
    """An answer as the resolver sees it: short answers before the sentences that hold them."""
    shorts = [citation.short.text for citation in answer.citations if citation.short]
    quotes = [citation.quote for citation in answer.citations]
    headings = [citation.heading for citation in answer.citations if citation.heading]
    asked, typed = (known.cased(text) for text in (answer.question.resolved, answer.question.asked))
    told = [text[:_LONGEST_QUOTE] for text in (shorts + quotes)[:_MOST_QUOTES]]
    return Turn(asked[:_LONGEST_QUOTE], tuple(told), tuple(headings), typed[:_LONGEST_QUOTE])
