"""Follow-ups that no rule was made with: answered in the right place, refused, changed for nothing.

    python -m lab.evaluation.blind              the figures
    python -m lab.evaluation.blind --check      whether the set is sound

Each question is asked four times: in a conversation, as askdoc understands it; with the question
before it appended where it has a pronoun or at most four words; as typed; and as a person wrote it
to stand alone. An answer is right where a cited sentence covers the place of the answering words.
Nothing is printed of a single question, so that no rule can be made for one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from askdoc import Answer, Assistant
from askdoc.assistant import DEFAULT_READER
from lab.evaluation.bleu import bleu_counts, corpus_bleu
from lab.evaluation.talks import Dialog, Row, asked_differently, dialogs

HALF = "blind"
SUGGESTIONS = Path(__file__).parent / "sets" / "suggestions-blind"
WAYS = ("as understood", "previous appended", "as typed", "as a person put it")

_WORDS = (400, 900)  # of a document with conversations
_SUGGESTION_WORDS = (200, 400)
_TURNS = (2, 5)
_SHORT = 4
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there)\b",
    re.I,
)
_TEMPLATE = re.compile(r"[\[\]{}|]|\.\.\.")


@dataclass(frozen=True)
class Outcome:
    """A question, and for each of `WAYS` what was asked and answered."""

    row: Row
    places: tuple[tuple[int, int], ...]
    first: bool
    questions: tuple[str, ...]
    answers: tuple[Answer, ...]

    def right(self, way: int) -> bool:
        """Whether the answer of a way cites what answers, or there is rightly none."""
        answer = self.answers[way]
        if not answer.answered:
            return self.row.refused
        return any(
            citation.start <= start and end <= citation.end
            for citation in answer.citations
            for start, end in self.places
        )


def appended(question: str, before: str | None) -> str:
    """A question with the one before it, where a pronoun or few words look like a follow-up."""
    if before and (_PRONOUN.search(question) or len(_WORD.findall(question)) <= _SHORT):
        return f"{question} {before}"
    return question


@lru_cache(maxsize=1)  # the conversations of a document follow each other
def _assistant(name: str, text: str, reader: str) -> Assistant:
    return Assistant.from_texts({name: text}, reader=reader)


def run(dialog: Dialog, reader: str = DEFAULT_READER) -> Iterator[Outcome]:
    """Ask a conversation, question by question."""
    assistant = _assistant(f"{dialog.document}.txt", dialog.text, reader)
    ask = cache(assistant.ask)
    talk = assistant.conversation()
    before: str | None = None
    for row in dialog.rows:
        understood = talk.ask(row.question)
        by_person = row.question if row.alone else row.resolutions[0]
        others = (appended(row.question, before), row.question, by_person)
        yield Outcome(
            row,
            row.places(dialog.text),
            before is None,
            (understood.question.resolved, *others),
            (understood, *map(ask, others)),
        )
        before = row.question


def report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The figures, line by line: a table with a column for each of `WAYS`."""
    later = [o for o in outcomes if not o.first]
    follow_ups = [o for o in later if not o.row.alone]
    shifts = [o for o in later if o.row.alone]
    said = [o for o in follow_ups if not o.row.refused]
    groups = (
        ("answered right", said),
        ("refused rightly", [o for o in follow_ups if o.row.refused]),
        ("stand alone, right", shifts),
        ("first questions, right", [o for o in outcomes if o.first]),
    )
    yield f"{'':<30}" + "".join(f"{way:>20}" for way in WAYS)
    for name, some in groups:
        yield _line(
            f"{name} (of {len(some)})", [sum(o.right(way) for o in some) for way in _ways()]
        )
    silent = [sum(not o.answers[way].answered for o in said) for way in _ways()]
    yield _line(f"refused wrongly (of {len(said)})", silent)
    changed = [
        sum(asked_differently(o.questions[way], o.row.question) for o in shifts) for way in _ways()
    ]
    yield _line(f"changed needlessly (of {len(shifts)})", changed)
    yield _line("BLEU of follow-ups", [_bleu(follow_ups, way) for way in _ways()])


def _ways() -> range:
    return range(len(WAYS))


def _line(name: str, figures: Iterable[float]) -> str:
    return f"{name:<30}" + "".join(f"{figure:>20g}" for figure in figures)


def _bleu(some: Sequence[Outcome], way: int) -> float:
    counts = bleu_counts([o.questions[way] for o in some], [o.row.resolutions[0] for o in some])
    return round(corpus_bleu(counts) or 0.0, 1)


def faults(found: Sequence[Dialog]) -> Iterator[str]:
    """What is not sound in conversations, line by line; nothing where all is."""
    for dialog in found:
        where = f"{dialog.document}, {dialog.name}"
        if not _WORDS[0] <= len(dialog.text.split()) <= _WORDS[1]:
            yield f"{where}: not {_WORDS[0]} to {_WORDS[1]} words"
        if not _TURNS[0] <= len(dialog.rows) <= _TURNS[1] or not dialog.rows[0].alone:
            yield f"{where}: not {_TURNS[0]} to {_TURNS[1]} questions, of which the first is alone"
        for row in dialog.rows:
            for fault in _faults_of(row, dialog.text):
                yield f"{where}: {row.question}: {fault}"


def _faults_of(row: Row, text: str) -> Iterator[str]:
    if len(row.resolutions) != (not row.alone) or any(map(_TEMPLATE.search, row.resolutions)):
        yield "a follow-up has one question that stands alone, in plain words; others have none"
    if bool(row.answers) == row.refused:
        yield "it has either answers or a refusal"
    try:
        row.places(text)
    except ValueError as error:
        yield str(error)


def own_suggestion_texts() -> dict[str, str]:
    """The documents of our own to measure suggested questions on: file name -> text."""
    paths = sorted(path for path in SUGGESTIONS.iterdir() if path.suffix in (".txt", ".md"))
    return {path.name: path.read_text("utf-8") for path in paths if path.name != "README.md"}


def named_suggestion_texts(texts: Path) -> dict[str, str]:
    """The other documents for it, which `references.toml` only names: file name -> text.

    Raises:
        ValueError: `texts`, a file of one JSON object a line, lacks one of them.
    """
    wanted = {one["id"]: one["name"] for one in references()}
    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        rows = {row["id"]: row["text"] for row in map(json.loads, lines) if row["id"] in wanted}
    if missing := sorted(wanted.keys() - rows.keys()):
        raise ValueError(f"not among the texts: {', '.join(missing)}: {texts}")
    return {name: rows[key] for key, name in wanted.items()}


def references() -> list[dict[str, str]]:
    """The documents of others that `references.toml` names: their `id`, `name` and `kind`."""
    found: list[dict[str, str]] = tomllib.loads(
        (SUGGESTIONS / "references.toml").read_text("utf-8")
    )["text"]
    return found


def suggestion_faults() -> Iterator[str]:
    """What is not sound among the documents for suggested questions, line by line."""
    for name, text in own_suggestion_texts().items():
        if not _SUGGESTION_WORDS[0] <= len(text.split()) <= _SUGGESTION_WORDS[1]:
            yield f"{name}: not {_SUGGESTION_WORDS[0]} to {_SUGGESTION_WORDS[1]} words"


def counts(found: Sequence[Dialog]) -> str:
    """How much there is of what, in a line."""
    later = [row for dialog in found for row in dialog.rows[1:]]
    alone = sum(row.alone for row in later)
    refused = sum(row.refused for row in later)
    documents = len({dialog.document for dialog in found})
    return (
        f"{documents} documents, {len(found)} conversations, {len(later)} later questions, of "
        f"which {alone} stand alone and {refused} are not answered; for suggestions "
        f"{len(own_suggestion_texts())} documents and {len(references())} named"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only look whether the set is sound")
    parser.add_argument("--reader", default=DEFAULT_READER)
    parser.add_argument("--texts", type=Path, help="texts.jsonl.gz, to look for what is named")
    asked = parser.parse_args()
    found = list(dialogs(HALF))
    if asked.check:
        wrong = [*faults(found), *suggestion_faults()]
        if asked.texts:
            named_suggestion_texts(asked.texts)
        print("\n".join([*wrong, counts(found)]))
        return int(bool(wrong))
    outcomes = [outcome for dialog in found for outcome in run(dialog, asked.reader)]
    print("\n".join(report(outcomes)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
