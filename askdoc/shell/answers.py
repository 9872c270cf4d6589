"""The commands about the conversation: more of an answer, why it is one, what was said so far."""

from __future__ import annotations

import os
from collections.abc import Sequence

from askdoc import verify as checking
from askdoc.errors import AskdocError
from askdoc.model import Answer, Citation
from askdoc.present import as_text, sanitize
from askdoc.present import verdicts as showing
from askdoc.present.counting import counted
from askdoc.present.explained import explained
from askdoc.present.listing import history as listed
from askdoc.present.more import more as more_of
from askdoc.present.unread import unread
from askdoc.present.wrap import broken
from askdoc.shell.state import ShellState

_AT_ONCE = 3


def ask(state: ShellState, question: str) -> str:
    """A question, which may lean on those before it."""
    return _told(state, state.ask(question))


def exact(state: ShellState, argument: str) -> str:
    """`/exact QUESTION`: ask as typed; without one, ask the last question again as typed."""
    question = " ".join(argument.split())
    if not question:
        if state.last is None:
            raise AskdocError("there is nothing to ask", remedy="Try: /exact QUESTION")
        question = state.last.question.asked
    return _told(state, state.ask(question, exact=True))


def _told(state: ShellState, answer: Answer) -> str:
    style = state.style()
    text = as_text(answer, style, nearest=state.nearest)
    refused = not answer.answered and not answer.no_question
    line = unread_of(state) if style.person and refused else ""
    return "\n".join([text, *map(style.dim, broken(line, style.width))]) if line else text


def unread_of(state: ShellState) -> str:
    """What was not read of the documents that are asked, in a line; "" where all was."""
    folder = state.everyone.index
    problems = list(state.asking.problems)
    if folder is not None and state.used is None:
        from askdoc import index  # takes time to import, and there may be no index

        problems += index.unread(folder)
    return unread(state.asking.extents, problems, "/sources")


def more(state: ShellState, argument: str) -> str:
    """`/more`: the next best sentences for the last question, numbered on."""
    last = state.answers[-1]
    if state.held_back:
        # They came near, but a pipe was only told that the documents don't say.
        found, first, state.held_back = state.shown, 1, False
    else:
        found, first = _next_best(state), len(state.shown) + 1
        state.shown += found
    if not found:
        return "There are no more sentences that have to do with it."
    return more_of(found, first, last.answered, state.style())


def why(state: ShellState, argument: str) -> str:
    """`/why [N]`: what led to a sentence that was shown."""
    last = state.answers[-1]
    if last.no_question:
        return _told(state, last)
    number, citation = 1, None
    if state.shown:
        number, citation = numbered(state.shown, argument, "/why")
    sought = last.question.model_copy(update={"resolved": state.talk.sought})
    answer = last.model_copy(update={"question": sought})
    explanation = state.answerer.explain(answer, citation, also=state.talk.also)
    return explained(explanation, last.question, number, state.style(), state.talk.also)


def history(state: ShellState, argument: str) -> str:
    """`/history`: what was asked, how it was understood, and what answers it in short."""
    return listed(state.answers, state.style())


def verify(state: ShellState, argument: str) -> str:
    """`/verify`: whether the quotes of the conversation still stand in their sources."""
    answers = state.answers
    # The answers are askdoc's own, of documents that the user chose: they may be told all.
    verdicts = checking.verify(answers, locate=_locate(state, answers), reveal=True)
    return showing.as_text(verdicts, state.style(), revealed=True)


def reset(state: ShellState, argument: str) -> str:
    """`/reset`: forget the conversation."""
    asked = len(state.talk.answers)
    state.forget()
    return f"Forgotten: {counted(asked, 'question')}. The documents are still here."


def numbered(
    citations: tuple[Citation, ...], argument: str, command: str, to: str = "open"
) -> tuple[int, Citation]:
    """The citation of this number, 1 where none is said, and its number.

    Args:
        citations: those that were shown.
        argument: the number as it was typed.
        command: the command that wants it.
        to: what it does with it, in a word.

    Raises:
        AskdocError: there is none of this number.
    """
    if not citations:
        raise AskdocError(f"there is no answer to {to}", remedy="Ask a question first.")
    number = argument.rstrip(".!") or "1"
    digits = number.isascii() and number.isdigit() and len(number) < 10
    if not (digits and 1 <= int(number) <= len(citations)):
        last = len(citations)
        choice = f"{command} 1" if last == 1 else f"{command} 1 to {command} {last}"
        raise AskdocError(
            "the last answer has no such citation", sanitize(argument), f"There is {choice}."
        )
    return int(number), citations[int(number) - 1]


def _locate(state: ShellState, answers: Sequence[Answer]) -> checking.Locate | None:
    """Where the files of a saved index are that was made in another folder."""
    folder = state.everyone.index
    if folder is None:
        return None
    shown = [one for answer in answers for one in (*answer.citations, *answer.nearest)]
    known = checking.indexed(folder, {one.source for one in shown})
    # What was added in this session goes by its name.
    return lambda name: None if os.path.lexists(name) else known(name)


def _next_best(state: ShellState) -> tuple[Citation, ...]:
    """The best sentences after those that were shown; none that nothing speaks for."""
    answer: Answer = state.asking.ask(
        state.talk.sought,
        limit=_AT_ONCE,
        threshold=0.0,
        without=state.shown,
        also=state.talk.also,
    )
    return tuple(one for one in answer.citations if one.confidence > 0.0)
