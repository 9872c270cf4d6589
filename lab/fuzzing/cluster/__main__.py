"""`python -m lab.fuzzing.cluster`: what may go wrong with an index in a cluster, one by one.

A cluster of three nodes is started for it, and ended. Each run tells its figures in a line, and
what was not as it should be.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple
from unittest.mock import patch

from askdoc import Assistant
from askdoc.index import update
from lab.cluster import Cluster, missing
from lab.fuzzing.cluster import many
from lab.fuzzing.cluster.damaging import Edits, Stored, told, tried
from lab.fuzzing.cluster.equality import Copies, Files, any_texts, found, texts_of
from lab.fuzzing.cluster.killing import Kills
from lab.fuzzing.cluster.stopping import KINDS, Writers, each_step
from lab.fuzzing.fleet import Fleet, Lost
from lab.fuzzing.together import Convoy, sailed


class Run(NamedTuple):
    """What a run needs."""

    cluster: Cluster
    folder: Path
    random: Random
    options: argparse.Namespace

    @property
    def url(self) -> str:
        """An address at which nothing is."""
        return f"{self.cluster.url}/{self.folder.name}"


def equality(run: Run) -> str:
    """The same answers from memory, disk and 1 and 5 shards: made, replaced in part, merged."""
    options, random = run.options, run.random
    texts = texts_of(options.texts) if options.texts else any_texts(random, options.files)
    files = Files(run.folder / "docs", random, texts)
    copies = Copies(files, run.folder / "index", run.cluster, run.folder.name, [1, 5])
    said = []

    def compare(when: str, questions: Sequence[str]) -> None:
        differing = list(copies.compare(questions))
        said.append(f"{when} {len(questions) - len(differing)} of {len(questions)} the same")
        if differing:
            raise Lost(f"{when}: {len(differing)} are not the same; {differing[0]}")

    copies.update()
    compare("made:", files.questions(options.questions))
    files.replace(0.3)
    copies.update()
    questions = files.questions(options.questions)
    compare("30% replaced:", questions)
    for _ in range(2):
        files.replace(0.02)
        copies.update()
    deleted = copies.deleted()
    questions = files.questions(options.questions)
    compare(f"{deleted} deleted and not cleared up:", questions)
    copies.merge()
    compare("merged:", questions)
    compare("of 5,000 words:", [" ".join(files.questions(900))[:30_000] for _ in range(3)])
    passages = len(Assistant.from_paths(files.folder, reader="lexical").passages)
    return f"{len(texts)} files, {passages:,} passages; " + ", ".join(said)


def stopped(run: Run) -> str:
    """Writers that are killed before each of their steps."""
    return _steps(run, held_up=False)


def late(run: Run) -> str:
    """Writers that go on after their time, held up before each of their steps."""
    return _steps(run, held_up=True)


def _steps(run: Run, *, held_up: bool) -> str:
    counts: Counter[str] = Counter()
    with patch.dict(os.environ, {"ASKDOC_CLUSTER_SHARDS": "1"}):
        writers = Writers(run.folder / "docs", run.url, run.random, 5)
        for kind in KINDS:
            for one in each_step(writers, kind, held_up=held_up, every=run.options.every):
                counts[kind] += 1
                counts[one.seen] += 1
    steps = ", ".join(f"{counts[kind]} of {kind}" for kind in KINDS)
    seen = ", ".join(f"{name} {counts[name]}" for name in ("nothing", "a part", "all"))
    return f"{steps}; seen of it: {seen}; {len(writers.lives)} writers, no number used twice"


def kills(run: Run) -> str:
    """Any node is killed at random moments of updates."""
    done = Kills(run.cluster, Fleet(run.folder / "docs", run.random, 12), run.folder.name)
    for _ in range(run.options.kills):
        done.while_writing()
    return _counted(done.counts)


def manager(run: Run) -> str:
    """The manager is killed before the first requests of one who asks."""
    done = Kills(run.cluster, Fleet(run.folder / "docs", run.random, 8), run.folder.name)
    for number in range(run.options.kills // 3):
        for _ in done.manager_while_asking(2 + number):
            pass
    done.all_at_once()
    return _counted(done.counts)


def readers(run: Run) -> str:
    """Some ask while one writes."""
    options = run.options
    convoy = Convoy(run.folder / "docs", 12)
    seen, updates = sailed(convoy, run.url, options.readers, options.seconds, 1)
    if seen.failures:
        raise Lost("a reader failed")
    return f"{options.readers} readers, {updates} updates; {_counted(seen.counts)[:400]}"


def damages(run: Run) -> str:
    """Documents are edited by hand."""
    texts = {f"{n}.md": f"# Log {n}\n\n" + text for n, text in
             enumerate(any_texts(run.random, 8).values())}  # fmt: skip
    files = Files(run.folder / "docs", run.random, texts)
    update(run.url, files.folder, processes=0)
    questions = files.questions(3)
    before = list(told(run.url, questions))
    edits = Edits(Stored(run.cluster, run.folder.name), run.random)
    counts: Counter[str] = Counter()
    for number in range(run.options.damages):
        edit = edits.make(edits.kinds[number % len(edits.kinds)])
        counts[tried(run.url, edit, questions, before)] += 1
    return _counted(counts)


def sources(run: Run) -> str:
    """`only` of very many sources."""
    contents = many.texts(run.random, run.options.sources)
    began = monotonic()
    many.index(run.url, contents)
    seconds = monotonic() - began
    said = [
        f"{asked:,} asked: {hits} hits the same"
        for asked, hits in many.compare(run.url, contents, run.random, (0.1, 0.5, 0.97), 5)
    ]
    (hit, *_) = found(Assistant.open(run.url, reader="lexical"), "ferry number7 Kesk")
    return f"{len(contents):,} sources indexed in {seconds:.0f} s; {', '.join(said)}; {hit[3]!r}"


RUNS: dict[str, Callable[[Run], str]] = {
    one.__name__: one
    for one in (equality, stopped, late, kills, manager, readers, damages, sources)
}


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{number:,} {what}" for what, number in sorted(counts.items()) if number)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where something was not as it should be."""
    options = _options(arguments)
    if why := missing():
        print(f"lab.fuzzing.cluster: {why}", file=sys.stderr)
        return 2
    failed = 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        stack.enter_context(patch.dict(os.environ, {"XDG_STATE_HOME": str(folder / "state")}))
        cluster = stack.enter_context(Cluster(folder / "cluster"))
        for name in options.runs or RUNS:
            place = folder / name
            place.mkdir()
            began = monotonic()
            try:
                said = RUNS[name](Run(cluster, place, Random(options.seed), options))
            except Lost as lost:
                said, failed = f"LOST: {lost}", failed + 1
                cluster.heal()
            print(f"{name} ({monotonic() - began:.0f} s): {said}", flush=True)
    return 1 if failed else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lab.fuzzing.cluster", description=__doc__)
    parser.add_argument("runs", nargs="*", choices=[*RUNS, []], metavar="RUN", help=", ".join(RUNS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--texts", type=Path, help="lines of JSON, packed by gzip, for equality")
    parser.add_argument("--files", type=int, default=400, help="where no texts are named (400)")
    parser.add_argument("--questions", type=int, default=1_000, help="each time (1,000)")
    parser.add_argument("--every", type=int, default=1, help="of the steps of a writer (1)")
    parser.add_argument("--kills", type=int, default=20, help="of nodes (20)")
    parser.add_argument("--readers", type=int, default=8, help="at a time (8)")
    parser.add_argument("--seconds", type=float, default=300.0, help="that readers ask (300)")
    parser.add_argument("--damages", type=int, default=200, help="edits by hand (200)")
    parser.add_argument("--sources", type=int, default=70_000, help="for `sources` (70,000)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
