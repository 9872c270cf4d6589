"""Nodes that are killed at random moments, while the real program writes and others ask."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from random import Random

from askdoc import Assistant
from askdoc.errors import ClusterError
from askdoc.index import update
from lab.cluster import Cluster
from lab.fuzzing.cluster.life import BATCH_BYTES, LEASE_SECONDS, Clock, Life, asking, living
from lab.fuzzing.cluster.whole import check_whole
from lab.fuzzing.fleet import Fleet, Lost

_PATIENCE = 3.0
# So many requests are looked at after the manager was killed.
_AFTER = 60
_PROGRAM = f"""
import sys
from askdoc.cluster.client import Client
from askdoc.index import api, indexer
indexer._BATCH_BYTES = {BATCH_BYTES}
api.processors = lambda: 0
Client.__init__.__kwdefaults__["patience"] = {_PATIENCE}
from askdoc.cli import main
sys.exit(main(["index", *sys.argv[1:]]))
"""
_QUESTIONS = ("Which ship left the port?", "Who saw no land?", "How did the voyage end?")


class Kills:
    """Kills of nodes of a cluster that holds an index of a fleet.

    Args:
        cluster: whose nodes are killed.
        fleet: whose files are indexed.
        name: of an index that is not there.

    Attributes:
        counts: what came of them.
    """

    def __init__(self, cluster: Cluster, fleet: Fleet, name: str) -> None:
        self._cluster = cluster
        self._fleet = fleet
        self._name = name
        self._random: Random = fleet.random
        self._clock = Clock()
        self.counts: Counter[str] = Counter()
        update(self._url(0), fleet.folder, processes=0)
        cluster.wait()  # a new index has one copy for a moment
        begun = time.monotonic()
        self._write()
        self._seconds = time.monotonic() - begun

    def _url(self, node: int) -> str:
        return f"{self._cluster.urls[node]}/{self._name}"

    def _write(self, node: int = 0) -> None:
        self._fleet.sail()
        program = self._program(node)
        said = program.communicate()[1]
        if program.returncode:
            raise Lost(f"it could not be written: {said.decode(errors='replace')}")

    def _program(self, node: int) -> subprocess.Popen[bytes]:
        arguments = [str(self._fleet.folder), "--index", self._url(node)]
        return subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def while_writing(self) -> str:
        """Kill any node at a random moment of an update; how that ended.

        Raises:
            Lost: something that was committed has gone, or the program did not end as it should.
        """
        node, door = self._random.randrange(3), self._random.randrange(3)
        self._fleet.sail()
        program = self._program(door)
        time.sleep(self._random.uniform(0.3, 1.0) * self._seconds)
        was_running = program.poll() is None
        self._cluster.kill(node)
        said = program.communicate()[1].decode(errors="replace")
        lines = said.splitlines()
        if program.returncode not in (0, 2) or "Traceback" in said:
            raise Lost(f"it ended with {program.returncode}: {said}")
        if program.returncode == 2 and sum(line.startswith("askdoc: ") for line in lines) != 1:
            raise Lost(f"it ended with another error: {said}")
        left = self._fleet.check_committed(self._url(self._cluster.running[0]))
        self._cluster.heal()
        if self._fleet.check_committed(self._url(node)) != left:
            raise Lost("the node that was killed knows something else")
        if program.returncode == 0 and left:
            raise Lost(f"it ended well, and {left} files are as they were before")
        self._clock.ahead += LEASE_SECONDS
        with living(Life(), self._clock):
            update(self._url(door), self._fleet.folder, processes=0)
        check_whole(self._fleet, self._url(node))
        outcome = "ended before" if not was_running else "went on"
        outcome = "an error" if program.returncode else outcome
        self.counts[outcome] += 1
        self.counts["of them partly committed"] += program.returncode == 2 and left > 0
        return outcome

    def manager_while_asking(self, request: int) -> Iterator[str]:
        """Kill the manager before that request of one who asks; how each question ended.

        Raises:
            Lost: an answer is another one.
        """
        manager = self._cluster.manager()
        door = self._random.choice([node for node in range(3) if node != manager])
        held = Assistant.from_paths(self._fleet.folder, reader="lexical")
        expected = [held.ask(one).model_dump_json() for one in _QUESTIONS]
        sent = 0

        def kill(number: int) -> None:
            nonlocal sent
            sent = number
            if number == request:
                self._cluster.kill(manager)

        with asking(kill):
            opened = Assistant.open(self._url(door), reader="lexical")
        while sent < request + _AFTER:
            for question, answer in zip(_QUESTIONS, expected, strict=True):
                yield self._asked(opened, question, answer)
        self._cluster.heal()
        check_whole(self._fleet, self._url(manager))

    def _asked(self, opened: Assistant, question: str, answer: str) -> str:
        try:
            if opened.ask(question).model_dump_json() != answer:
                raise Lost(f"{question} is answered in another way")
        except ClusterError:
            self.counts["questions that were an error"] += 1
            return "an error"
        self.counts["questions with the same answer"] += 1
        return "the same"

    def all_at_once(self) -> None:
        """Kill all nodes; the index is as it was when they are back."""
        for node in list(self._cluster.running):
            self._cluster.kill(node)
        self._cluster.heal()
        check_whole(self._fleet, *map(self._url, range(3)))
        self.counts["kills of all nodes"] += 1
