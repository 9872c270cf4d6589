"""`python -m lab.fuzzing.followups`: one conversation of 2,000 turns; whether it stays as it began.

What is asked are the follow-ups of the talks that `lab.evaluation.dialogs` measures, over all of
their documents at once and again and again, each round in another order. Memory may not grow with
the turns by more than the answers that are kept for who looks back, nor the time for a turn.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator, Sequence
from random import Random
from statistics import median
from time import process_time
from typing import NamedTuple

from askdoc import Assistant
from askdoc.conversation import Conversation
from lab.evaluation.talks import FOLDER, HALVES, dialogs
from lab.fuzzing.costs import in_mib, memory
from lab.table import table

MOST_GROWTH = 24 * 2**20
"""Bytes by which memory may grow between the first tenth of the turns and the last: some kilobytes
are kept of each answer."""

MOST_SLOWER = 1.5
"""How many times as long the median turn of the last tenth may take as one of the second."""


class Tenth(NamedTuple):
    """A tenth of the turns: the number of the last, bytes of memory, seconds of each."""

    turns: int
    memory: int
    seconds: tuple[float, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where memory or time grew."""
    parser = argparse.ArgumentParser(prog="python -m lab.fuzzing.followups", description=__doc__)
    parser.add_argument("--turns", type=int, default=2_000, help="how many (2,000)")
    parser.add_argument("--reader", choices=("lexical", "neural"), default="lexical")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    paths = sorted(FOLDER.rglob("*.txt"))
    conversation = Assistant.from_paths(paths, reader=options.reader).conversation()
    tenths = converse(conversation, questions(options.seed), options.turns)
    print(shown(tenths))
    answers = conversation.answers
    changed = sum(one.question.resolved != one.question.asked for one in answers)
    said = sum(one.answered for one in answers)
    print(f"\n{len(answers):,} turns, {changed:,} understood by those before, {said:,} answered")
    wrong = faults(tenths)
    print("\n".join(wrong) or "memory and time stayed as they were")
    return 1 if wrong else 0


def questions(seed: int) -> Iterator[str]:
    """Questions without end: those of all talks, talk by talk, in another order each round."""
    rng = Random(seed)
    found = [dialog for half in HALVES for dialog in dialogs(half)]
    while True:
        rng.shuffle(found)
        for dialog in found:
            yield from (row.question for row in dialog.rows)


def converse(conversation: Conversation, asked: Iterator[str], turns: int) -> list[Tenth]:
    """Ask so many questions (ten at least), and note what each tenth cost."""
    tenths = []
    for part in range(10):
        seconds = []
        for _ in range(len(conversation.answers), turns * (part + 1) // 10):
            start = process_time()
            conversation.ask(next(asked))
            seconds.append(process_time() - start)
        gc.collect()
        tenths.append(Tenth(len(conversation.answers), memory(), tuple(seconds)))
    return tenths


def faults(tenths: Sequence[Tenth]) -> list[str]:
    """What grew that should not; the first tenth, in which all is loaded, counts for memory."""
    found = []
    grown = tenths[-1].memory - tenths[0].memory
    if grown > MOST_GROWTH:
        found.append(f"memory grew by {in_mib(grown)} MiB")
    first, last = median(tenths[1].seconds), median(tenths[-1].seconds)
    if last > MOST_SLOWER * first:
        found.append(f"a turn took {1000 * first:.0f} ms and then {1000 * last:.0f} ms")
    return found


def shown(tenths: Sequence[Tenth]) -> str:
    """A row for each tenth."""
    rows = [
        (
            f"{tenth.turns:,}",
            in_mib(tenth.memory),
            f"{1000 * median(tenth.seconds):.0f}",
            f"{1000 * max(tenth.seconds):.0f}",
        )
        for tenth in tenths
    ]
    return table(("turns", "MiB", "median ms", "most ms"), rows, frozenset(range(4)))


if __name__ == "__main__":
    sys.exit(main())
