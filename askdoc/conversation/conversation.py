"""A conversation with documents: each question may lean on those before it and on their answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice
from typing import NamedTuple, Protocol, SupportsIndex

from askdoc.conversation.ellipsis import is_elliptical
from askdoc.conversation.entities import LONGEST_TEXT, DocumentEntities
from askdoc.conversation.history import History, Turn
from askdoc.conversation.resolver import resolve_in, standing_alone
from askdoc.english import word_classes as en
from askdoc.english.analyzer import replace_lone_surrogates
from askdoc.english.requests import is_request
from askdoc.errors import IndexChanged
from askdoc.model import Answer, Citation, Document, OnStep, Question
from askdoc.retrieve.query import own_terms

_MOST_TURNS = 12
_LONGEST_QUOTE, _MOST_QUOTES = 400, 6
# Of so many documents all are looked through for names, of more only those that were cited.
_FEW = 8
_MOST_SOUGHT = 20_000
# "What else did she say?" asks for what was not cited yet.
_FURTHER = re.compile(r"\b(?:else|other|others|another)\b(?! than\b)", re.IGNORECASE)
# What may have its meaning from the question before, also where nobody can tell which.
_ANAPHOR = re.compile(
    rf"\b{en.any_of(en.PERSONAL | en.DEMONSTRATIVES | {'there'})}\b", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:and|but|so|then|ok|okay)\b,? (?=[a-z])", re.IGNORECASE)


class Answering(Protocol):
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
        also: Sequence[str] = ...,
        on_step: OnStep | None = ...,
    ) -> Answer:
        """See `Assistant.ask`."""
        ...


class Resolved(NamedTuple):
    """A question made to stand alone, and the other wordings that it is asked in as well."""

    text: str
    also: tuple[str, ...] = ()


class Conversation:
    """Questions in turn, each made to stand alone by what was said before it.

    Not for several threads at once.

    Args:
        assistant: who answers.
        history: what was said before it began, oldest first, where nobody has the answers any more;
            the questions need not stand alone.

    Attributes:
        assistant: who answers; another one may take over in the middle of a conversation.
        answers: all that were given, oldest first.
        sought: what was looked for with the last question, "" before it.
        also: the other wordings in which it was looked for.
    """

    def __init__(self, assistant: Answering, *, history: Sequence[Turn] = ()) -> None:
        self.assistant = assistant
        self._history = tuple(map(_clipped, history))
        self.answers: list[Answer] = []
        self.sought = ""
        self.also: tuple[str, ...] = ()
        self._entities = DocumentEntities()
        self._observed: set[str] = set()

    def ask(
        self,
        question: str,
        *,
        limit: SupportsIndex | None = None,
        threshold: float | None = None,
        perhaps_threshold: float | None = None,
        exact: bool = False,
        on_step: OnStep | None = None,
    ) -> Answer:
        """The answer to a question, whose `question.resolved` is how the question was understood.

        Args:
            question: in plain words, as one goes on talking.
            limit: as for `Assistant.ask`; None is its default.
            threshold: as for `Assistant.ask`.
            perhaps_threshold: as for `Assistant.ask`.
            exact: whether to ask as typed, without anything from before.
            on_step: as for `Assistant.ask`.

        Raises:
            What `Assistant.ask` raises; the question then is no part of the conversation.
        """
        typed = replace_lone_surrogates(question)
        # "Thanks" carries on from nothing, and nothing carries on from it.
        alone = exact or is_request(typed)
        resolved = Resolved(typed) if alone else self.resolve(typed)
        same = resolved.text.split() == typed.split()
        sought = question if same else resolved.text
        said = [citation for answer in self.answers for citation in answer.citations]
        answer = self.assistant.ask(
            sought,
            limit=limit,
            threshold=threshold,
            perhaps_threshold=perhaps_threshold,
            without=said if not exact and _FURTHER.search(typed) else (),
            also=resolved.also,
            on_step=on_step,
        )
        if not same:
            shown = Question(asked=typed, resolved=resolved.text)
            answer = answer.model_copy(update={"question": shown})
        self.answers.append(answer)
        self.sought, self.also = sought, resolved.also
        return answer

    def resolve(self, question: str) -> Resolved:
        """The question as it would be understood if it were asked now.

        A follow-up is asked as it was typed and beside the question before as well, so that a wrong
        guess costs little.
        """
        said = [answer for answer in self.answers if not answer.no_question]
        if not (said or self._history):
            return Resolved(question)
        self._observe(said[-1:])
        before = standing_alone(History(turns=self._history, entities=self._entities)).turns
        given = (_turn(answer, self._entities) for answer in said[-_MOST_TURNS:])
        turns = (*before, *given)[-_MOST_TURNS:]
        text = resolve_in(question, History(turns=turns, entities=self._entities))
        if text != question:
            # A question that stands alone begins with no "And".
            bare = _LEAD.sub("", text)
            text = f"{bare[0].upper()}{bare[1:]}" if bare != text else text
        elif not (is_elliptical(text) or _ANAPHOR.search(text)) and own_terms(text):
            return Resolved(text)
        wordings = (question, f"{question} {turns[-1].question}")
        also = (one for one in wordings if one.split() != text.split() and own_terms(one))
        return Resolved(text, tuple(also))

    def reset(self) -> None:
        """Forget all that was said."""
        self.answers.clear()
        self._history = ()
        self.sought, self.also = "", ()

    def _observe(self, last: Sequence[Answer]) -> None:
        """Look through documents for whom they name, each once."""
        documents = self.assistant.documents
        few = len(documents) <= _FEW
        cited = {
            citation.source for answer in last for citation in (*answer.citations, *answer.nearest)
        }
        # What has left a saved index meanwhile is not asked about.
        with suppress(IndexChanged):
            wanted = {document.source for document in documents} if few else cited
            wanted -= self._observed
            for document in islice(documents, _MOST_SOUGHT) if wanted else ():
                if document.source in wanted:
                    wanted.remove(document.source)
                    self._observed.add(document.source)
                    self._entities.observe(document.part(0, LONGEST_TEXT))
                if not wanted:
                    break
            self._observed |= wanted


def _clipped(turn: Turn) -> Turn:
    texts = (turn.question, *turn.answers[:_MOST_QUOTES], turn.typed)
    question, *answers, typed = (replace_lone_surrogates(text)[:_LONGEST_QUOTE] for text in texts)
    return Turn(question, tuple(answers), typed)


def _turn(answer: Answer, entities: DocumentEntities) -> Turn:
    """An answer as the resolver sees it: short answers before the sentences that hold them."""
    shorts = [citation.short.text for citation in answer.citations if citation.short]
    quotes = [citation.quote for citation in answer.citations]
    texts = (answer.question.resolved, answer.question.asked)
    resolved, typed = (entities.cased(text)[:_LONGEST_QUOTE] for text in texts)
    told = [text[:_LONGEST_QUOTE] for text in (shorts + quotes)[:_MOST_QUOTES]]
    return Turn(resolved, tuple(told), typed)
