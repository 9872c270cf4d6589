"""Conversations over documents: how follow-ups are understood and answered, what is changed.

    python -m lab.evaluation.dialogs --half measured

Each conversation is asked three times: as a `Conversation` understands it; as typed; and with the
first resolution that a person gave, which shows what is left to the reader. With `--data`, the
questions of sets that stand alone are asked in the middle of conversations over articles as well.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from askdoc import Answer, Assistant
from askdoc.conversation import History, Turn, resolve_in
from askdoc.conversation.entities import entities_of
from lab.evaluation.data import RankingRow, ReadingRow, articles, load
from lab.evaluation.talks import HALVES, Dialog, Row, asked_differently, dialogs

_SEED = 1
_SETS = ("squad2a", "qamr", "shifts", "selqa", "wikiqa", "trecqa")
_MOST = 2_000
_TURNS = 4
_PERSONAL = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|there)(?:['’]\w+)?\b", re.I
)
_OPTIONAL = re.compile(r"\[[^\[\]]*\]|\.\.\.")
_CHOICE = re.compile(r"\{([^{}|]*)\|[^{}]*\}")


@dataclass(frozen=True)
class Outcome:
    """A question of a conversation, and what came of it."""

    dialog: Dialog
    row: Row
    first: bool
    resolved: str
    answer: Answer
    typed: Answer
    by_person: Answer


def right(row: Row, answer: Answer) -> bool:
    """Whether an answer holds what it must, or there is rightly none."""
    if not answer.answered:
        return row.refused
    quotes = [" ".join(citation.quote.lower().split()) for citation in answer.citations]
    return any(words.lower() in quote for words in row.answers for quote in quotes)


def by_person(row: Row) -> str:
    """A resolution's template as a question: what may be left out is left out."""
    if row.alone or not row.resolutions:
        return row.question
    text = row.resolutions[0]
    while _CHOICE.search(text):
        text = _CHOICE.sub(r"\1", _OPTIONAL.sub("", text))
    return " ".join(_OPTIONAL.sub("", text).split())


def run(dialog: Dialog) -> Iterator[Outcome]:
    """Ask a conversation, question by question."""
    assistant = Assistant.from_texts({dialog.document: dialog.text})
    talk = assistant.conversation()
    for number, row in enumerate(dialog.rows):
        answer = talk.ask(row.question)
        resolved = answer.question.resolved
        typed, ideal = (assistant.ask(text) for text in (row.question, by_person(row)))
        yield Outcome(dialog, row, number == 0, resolved, answer, typed, ideal)


def _percent(found: Iterable[bool]) -> str:
    listed = list(found)
    return f"{100 * sum(listed) / max(1, len(listed)):5.1f}% of {len(listed)}"


def report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The figures, line by line."""
    follow_ups = [outcome for outcome in outcomes if not outcome.row.alone]
    said = [o for o in follow_ups if not o.row.refused]
    unsaid = [o for o in follow_ups if o.row.refused and not o.row.answers]
    alone = [o for o in outcomes if o.row.alone]
    changed = [asked_differently(o.resolved, o.row.question) for o in alone if not o.first]
    talks = {(o.dialog.document, o.dialog.name) for o in outcomes}
    yield f"{len(talks)} conversations, {len(follow_ups)} follow-ups, {len(alone)} stand alone"
    yield f"resolution accepted     {_percent(o.row.accepts(o.resolved) for o in follow_ups)}"
    yield f"  as typed              {_percent(o.row.accepts(o.row.question) for o in follow_ups)}"
    for name, some in (("answered right", said), ("refused rightly", unsaid)):
        yield f"{name:<23} {_percent(right(o.row, o.answer) for o in some)}"
        yield f"  as typed              {_percent(right(o.row, o.typed) for o in some)}"
        yield f"  as a person put it    {_percent(right(o.row, o.by_person) for o in some)}"
    yield f"stand alone: changed    {_percent(changed)}"
    yield f"stand alone: right      {_percent(right(o.row, o.answer) for o in alone)}"


def mistakes(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """What was not understood or answered, line by line."""
    for o in outcomes:
        understood = (
            not asked_differently(o.resolved, o.row.question)
            if o.row.alone
            else o.row.accepts(o.resolved)
        )
        answered = right(o.row, o.answer)
        if understood and answered:
            continue
        marks = ("" if understood else "U") + ("" if answered else "A")
        best = "" if right(o.row, o.by_person) else " (nor as a person put it)"
        yield f"{marks:<2} {o.dialog.document}: {o.row.question} -> {o.resolved}{best}"


def histories(dialog: Dialog) -> Iterator[tuple[Row, History]]:
    """The questions of a conversation, each with what was said before it as a person put it."""
    history = History(entities=entities_of([dialog.text]))
    for row in dialog.rows:
        yield row, history
        turn = Turn(by_person(row), _told(row.answers, dialog.text), row.question)
        history = replace(history, turns=(*history.turns, turn))


def talks_over_articles(rows: Sequence[ReadingRow]) -> dict[str, list[History]]:
    """Conversations over the articles of a reading set: questions that follow each other there."""
    found: dict[str, list[History]] = {}
    for title, article in articles(rows).items():
        entities = entities_of([article.text])
        own = [row for row in rows if row.title == title]
        turns = [Turn(row.question, _told(row.answers, row.context)) for row in own]
        found[title] = [
            History(turns=tuple(turns[at : at + _TURNS]), entities=entities)
            for at in range(0, len(turns) - _TURNS, _TURNS)
        ]
    return found


def _told(answers: Sequence[str], text: str) -> tuple[str, ...]:
    """The first of the answers, and the sentence of the text that it stands in."""
    sentences = re.split(r"(?<=[.!?])\s", text)
    return tuple(
        told
        for answer in answers[:1]
        for told in (answer, next((one for one in sentences if answer in one), ""))
    )


def needless(folder: Path) -> Iterator[str]:
    """How many questions that stand alone are changed in the middle of a conversation.

    Those with a pronoun are left out where nothing in the sentence tells whom it means; they are
    counted in brackets.
    """
    squad = cast("list[ReadingRow]", load(folder, "squad2a"))
    talks = talks_over_articles(squad)
    every = [talk for some in talks.values() for talk in some]
    draw = random.Random(_SEED)
    for name in _SETS:
        rows = cast("list[ReadingRow | RankingRow]", load(folder, name))
        questions = [row.question for row in draw.sample(rows, min(_MOST, len(rows)))]
        yield _changed(name, [(question, draw.choice(every)) for question in questions])
    own = draw.sample(squad, _MOST)
    yield _changed("squad2a, own", [(row.question, draw.choice(talks[row.title])) for row in own])


def _changed(name: str, asked: Sequence[tuple[str, History]]) -> str:
    was = [(q, asked_differently(resolve_in(q, talk), q)) for q, talk in asked]
    plain = [changed for question, changed in was if not _PERSONAL.search(question)]
    pronoun = [changed for question, changed in was if _PERSONAL.search(question)]
    return f"  {name:<13} {_percent(plain)}   (with a pronoun {_percent(pronoun)})"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", choices=HALVES, default="tuning")
    parser.add_argument("--show", action="store_true", help="list what went wrong")
    parser.add_argument("--data", type=Path, help="folder of the sets that stand alone")
    asked = parser.parse_args()
    began = time.monotonic()
    outcomes = [outcome for dialog in dialogs(asked.half) for outcome in run(dialog)]
    for line in mistakes(outcomes) if asked.show else ():
        print(line)
    for line in report(outcomes):
        print(line)
    if asked.data:
        print("stand-alone sets changed in the middle of conversations over articles:")
        for line in needless(asked.data):
            print(line)
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
