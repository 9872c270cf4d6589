"""`python -m lab.fuzzing.answers`: forge saved answers, and see what verify says of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import NamedTuple
from unittest.mock import patch

from askdoc import Assistant
from askdoc.assistant import DEFAULT_READER
from askdoc.errors import AskdocError, QuestionError
from askdoc.index import update
from askdoc.model import Answer, Document
from askdoc.present import as_json
from askdoc.verify import all_stand, read_answers, verify
from askdoc.verify.sources import read
from lab.fuzzing.forging import WAYS, forge
from lab.fuzzing.kinds import KINDS
from lab.fuzzing.samples import samples

_FOLDER = "docs"
_FORGERIES_EACH = 10
_ENOUGH = 5  # findings that are shown
_MOST_SECONDS = 5.0  # of processor time


class Judged(NamedTuple):
    """What is said of a saved answer: `word` is "stands", another standing, or "refused"."""

    word: str
    why: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m lab.fuzzing.answers", description=__doc__)
    parser.add_argument("--mutations", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder, chdir(folder):
        found = run(Random(options.seed), options.mutations)
    return 1 if found else 0


def run(rng: Random, mutations: int) -> int:
    """Forge answers over documents in the current folder, which has to be empty.

    Args:
        rng: all chance there is.
        mutations: how many forgeries.

    Returns:
        How many findings there were, which are printed, as are figures.
    """
    written()
    assistants = [Assistant.from_paths([_FOLDER], reader="lexical")]
    update("index", [_FOLDER])
    assistants.append(Assistant.open("index", reader="lexical"))
    assistants.append(Assistant.open("index"))
    documents = {document.source: document for document in assistants[0].documents}
    told = Told()
    # No source changes meanwhile, so each is read once.
    with patch("askdoc.verify.check.read", cache(read)):
        for answer in honest(rng, assistants, documents):
            text = as_json(answer, indent=rng.choice((None, 2)), ascii_only=rng.random() < 0.3)
            told.judge("honest", text, must_stand=True)
            for _ in range(min(_FORGERIES_EACH, mutations - told.forged)):
                forgery = forge(rng, json.loads(text), documents)
                told.judge(forgery.how, forgery.text, may_stand=forgery.may_stand)
            if told.forged >= mutations:
                break
    print(told.figures(len(documents)))
    return told.findings


def written() -> None:
    """Write the documents that are asked: the loaders' samples of every kind."""
    Path(_FOLDER).mkdir()
    for suffix in KINDS:
        for at, data in enumerate(samples(suffix)):
            Path(_FOLDER, f"{suffix[1:]} {at}{suffix}").write_bytes(data)


def honest(
    rng: Random, assistants: Sequence[Assistant], documents: Mapping[str, Document]
) -> Iterator[Answer]:
    """Answers, and refusals, to questions of the documents' own words; without end."""
    names = sorted(documents)
    while True:
        assistant = rng.choice(assistants)
        if assistant.reader == DEFAULT_READER or rng.random() < 0.6:
            assistant = assistant.only(rng.sample(names, rng.randint(1, 4)))
        talk = assistant.conversation()
        text = documents[rng.choice(names)].text
        start = rng.randrange(len(text))
        words = text[start : start + rng.randint(20, 80)]
        asking = rng.choice(("Who", "When", "How many", "What", "Which year", "Why did"))
        limit = rng.choice((None, 1, 2, 3, 6))
        threshold = rng.choice((None, None, 0.0, 0.05, 1.0))
        try:
            yield talk.ask(f"{asking} {' '.join(words.split())}?", limit=limit, threshold=threshold)
            if rng.random() < 0.2:
                yield talk.ask("What else did they say?", limit=limit, threshold=threshold)
        except QuestionError:
            continue


def judged(data: bytes) -> Judged:
    """What `askdoc verify` says of what a file holds."""
    try:
        answers = read_answers(data, "answer.json")
    except AskdocError as error:
        return Judged("refused", error.what)
    verdicts = verify(answers)
    if all_stand(verdicts):
        return Judged("stands", "")
    worst = next(one for one in verdicts if one.standing != "stands")
    return Judged(worst.standing.value, worst.detail)


class Told:
    """Counts what was said of which forgeries, and prints what should not have been said."""

    def __init__(self) -> None:
        self.findings = 0
        self.slowest = 0.0
        self._said: dict[str, Counter[str]] = {}

    @property
    def forged(self) -> int:
        return sum(sum(said.values()) for how, said in self._said.items() if how != "honest")

    def judge(
        self, how: str, text: str, *, must_stand: bool = False, may_stand: bool = False
    ) -> None:
        begun = process_time()
        try:
            found = judged(text.encode())
            fault = self._fault(found, must_stand, may_stand)
        except Exception as error:
            found, fault = Judged("raised", ""), f"{type(error).__name__}: {error}"
        seconds = process_time() - begun
        self.slowest = max(self.slowest, seconds)
        if seconds > _MOST_SECONDS:
            fault = fault or f"it took {seconds:.1f} s"
        word = "free" if may_stand and found.word == "stands" else found.word
        self._said.setdefault(how, Counter())[word] += 1
        if fault:
            self.findings += 1
            if self.findings <= _ENOUGH:
                print(f"{how}: {fault} ({found.word}: {found.why})\n  {text}", flush=True)

    @staticmethod
    def _fault(found: Judged, must_stand: bool, may_stand: bool) -> str:
        if found.word != "stands" and not found.why:
            return "no word why"
        if must_stand and found.word != "stands":
            return "an honest answer does not stand"
        if found.word == "stands" and not (must_stand or may_stand):
            return "a forged answer stands"
        return ""

    def figures(self, documents: int) -> str:
        """What was done and said, a line for each way of forging."""
        lines = [
            f"{self._said['honest'].total():,} honest answers over {documents} documents, "
            f"{self.forged:,} forgeries, {self.findings} findings, slowest {self.slowest:.2f} s"
        ]
        for how in ("honest", *WAYS):
            said = self._said.get(how, Counter())
            words = ", ".join(f"{count:,} {word}" for word, count in said.most_common())
            lines.append(f"  {how}: {words}")
        return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
