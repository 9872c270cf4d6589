"""`python -m lab.fuzzing.indices`: damage a saved index, and see what it says then.

An index in each state is damaged in many ways, each in a copy of its own, and is asked, surveyed,
and one time in three brought up to date. What comes of that must be the right answer ("right") or a
`SavedIndexError` ("told"). With `--crafted` it is not damaged but made to do harm, with all its
checksums right: then any answer will do ("said"), but nothing else than an answer or an error.
Nothing may take longer or more memory than the limits.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, NamedTuple
from unittest.mock import patch

from askdoc import Assistant
from askdoc.errors import IndexNotFound, SavedIndexError
from askdoc.index import remove, status, update
from lab.fuzzing.index_crafts import craft
from lab.fuzzing.index_damages import damage
from lab.fuzzing.index_states import STATES, made

QUESTIONS = (
    "What did the ferry carry?",
    "Who kept the lamp of the tower?",
    "When was the pier closed?",
    "Who is captain of the Halcyon?",
)
SECONDS, MEMORY = 60, 2 * 2**30  # of processor time, and bytes besides what the process had
RIGHT, SAID, TOLD, NONE = 0, 2, 3, 4
_WORDS = {RIGHT: "right", SAID: "wrong", TOLD: "told", NONE: "none"}


class Case(NamedTuple):
    """A way to damage an index, and what came of asking and of updating it.

    What came of it is "right", "told", "none" (there is no index), "wrong" or how the process
    ended.
    """

    number: int
    what: str
    asked: str
    updated: str

    def is_fault(self, crafted: bool) -> bool:
        """Whether that must not be."""
        fine = {"right", "told", "none", *(["wrong"] if crafted else [])}
        return not {self.asked, self.updated} <= fine


def answers(index: Path) -> object:
    """All that an index says."""
    assistant = Assistant.open(index, reader="lexical")
    status(index)
    return json.loads(
        json.dumps(
            [
                [assistant.ask(q, limit=5, threshold=0.0).model_dump() for q in QUESTIONS],
                [
                    [hit.passage.document.source, hit.passage.start, hit.passage.text, hit.score]
                    for hit in assistant.search("ferry tower lamp pier captain", limit=50)
                ],
                [[d.source, d.text, d.headings, d.page_starts] for d in assistant.documents],
                [[p.document.source, p.start, p.end, p.text] for p in assistant.passages],
                assistant.extents,
                len(assistant.passages),
            ],
            default=str,
        )
    )


def are_right(index: Path, expected: object) -> bool:
    """Whether it says what it did."""
    return answers(index) == expected


def are_right_again(index: Path, expected: object) -> bool:
    """Whether it holds what it did after something was added and taken out again."""
    passing = index.with_name("passing.txt")
    passing.write_text("A ship passes by, with a lamp and a captain.")
    update(index, passing, processes=0)
    assert any("passes by" in hit.passage.text for hit in Assistant.open(index).search("passes"))
    remove(index, [passing])
    # What was deleted may still count in the scores.
    return held(answers(index)) == held(expected)


def held(said: Any) -> object:
    """The documents and passages of `answers`, and what was found whatever its score."""
    _, hits, documents, passages, extents, count = said
    return sorted(hit[:3] for hit in hits), documents, passages, extents, count


def tried(attempt: Callable[[], bool]) -> str:
    """What comes of an attempt, in a process of its own."""
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return _WORDS.get(code, f"ended with {code}")
    code = 1
    try:
        most = _address_space() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        code = RIGHT if attempt() else SAID
    except IndexNotFound:
        code = NONE
    except SavedIndexError:
        code = TOLD
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _address_space() -> int:
    """Bytes of address space that this process has, which may be a large one that was forked."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[0]) * resource.getpagesize() if told.exists() else 0


def cases(
    index: Path, numbers: Sequence[int], seed: int = 0, *, crafted: bool = False
) -> Iterator[Case]:
    """What comes of damaging an index in the ways of these numbers."""
    with TemporaryDirectory() as temporary:
        place = Path(temporary)
        whole = Path(shutil.copytree(index, place / "whole"))
        expected = answers(whole)
        for number in numbers:
            random = Random(f"{seed} {number}")
            copy = Path(shutil.copytree(index, place / "index"))
            what = craft(copy, random) if crafted else damage(copy, random)
            asked = tried(partial(are_right, copy, expected))
            # That takes longer, and mostly ends where asking did.
            again = number % 3 == 0 and asked != "none"  # Where there is none, one is made.
            updated = tried(partial(are_right_again, copy, expected)) if again else asked
            shutil.rmtree(copy)
            yield Case(number, what, asked, updated)


def run(state: str, count: int, seed: int, crafted: bool) -> int:
    """Damage an index in one state; how many faults were found, which are printed."""
    begun, faults = monotonic(), 0
    asked: Counter[str] = Counter()
    updated: Counter[str] = Counter()
    with TemporaryDirectory() as temporary:
        for case in cases(made(state, Path(temporary)), range(count), seed, crafted=crafted):
            asked[case.asked] += 1
            if case.number % 3 == 0:
                updated[case.updated] += 1
            if case.is_fault(crafted):
                faults += 1
                print(f"  {case.number}: {case.what}: {case.asked}, {case.updated}", flush=True)
    seconds = monotonic() - begun
    print(
        f"{state}: {count} {'crafted' if crafted else 'damaged'}: asked {dict(asked)}, updated "
        f"{dict(updated)}, {faults} faults ({seconds:.0f} s)",
        flush=True,
    )
    return faults


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m lab.fuzzing.indices", description=__doc__)
    parser.add_argument("--damages", type=int, default=300, help="for each state (300)")
    parser.add_argument("--state", choices=STATES, action="append", help="only this one")
    parser.add_argument("--crafted", action="store_true", help="with all checksums right")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as state_home, patch.dict(os.environ, XDG_STATE_HOME=state_home):
        found = sum(
            run(state, options.damages, options.seed, options.crafted)
            for state in options.state or (("whole",) if options.crafted else STATES)
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
