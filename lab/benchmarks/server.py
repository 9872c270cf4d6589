"""`python -m lab.benchmarks.server`: many clients of one server, while its index is updated.

A real `askdoc serve` on loopback has a saved index of files that all say which state they are of
("The ferry Halcyon carried 7 cars ..."). Clients go on asking; meanwhile all files are written anew
and the index is updated, again and again. An answer whose sentences are of several states would be
wrong, and so would any status but 200 and 503, which a full queue gives.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import httpx
import numpy as np

from askdoc.index import update

_SHIPS = ("Halcyon", "Marlin", "Petrel", "Kestrel", "Dunlin", "Gannet")
_PLACES = ("Orley", "Vell", "Kesk", "Dunmore")
_TOKEN = "t" * 43
_REST_SECONDS = 1.0


class Clients:
    """What the clients saw."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.mixed: list[str] = []
        self.states: set[str] = set()
        self.several = 0
        self._lock = threading.Lock()

    def saw(self, took: float, reply: httpx.Response) -> None:
        with self._lock:
            self.seconds.append(took)
            self.statuses[reply.status_code] += 1
            if reply.status_code == 200:
                answer = reply.json()["answer"]
                said = {_state(one["quote"]) for one in answer["citations"]}
                self.states |= said
                self.several += len(answer["citations"]) > 1
                if len(said) > 1:
                    self.mixed.append(json.dumps(answer["citations"]))


def write(folder: Path, state: int) -> None:
    """All files anew, of one state."""
    for number, ship in enumerate(_SHIPS):
        lines = [
            f"The ferry {ship} carried {state} cars to {place} in week {number}.\n\n"
            for place in _PLACES
        ]
        (folder / f"{ship}.txt").write_text("".join(lines))


def _state(quote: str) -> str:
    return quote.partition(" carried ")[2].split()[0]


@contextmanager
def served(index: Path, reader: str) -> Iterator[str]:
    """The address of a server of the index."""
    command = [
        sys.executable, "-m", "askdoc", "serve", "--index", str(index), "--port", "0",
        "--no-browser", f"--reader={reader}",
    ]  # fmt: skip
    environ = {**os.environ, "ASKDOC_TOKEN": _TOKEN}
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().partition("?")[0]
        finally:
            process.terminate()


def run(clients: int, seconds: float, reader: str) -> tuple[Clients, int]:
    """What the clients saw, and how many updates there were meanwhile."""
    seen, stop, updates = Clients(), threading.Event(), 0
    with TemporaryDirectory() as place:
        docs, index = Path(place) / "docs", Path(place) / "index"
        docs.mkdir()
        write(docs, 1)
        update(index, [docs], processes=0)

        def ask(number: int, address: str) -> None:
            headers = {"Authorization": f"Bearer {_TOKEN}"}
            with httpx.Client(base_url=address, headers=headers, timeout=60.0) as client:
                while not stop.is_set():
                    ship = _SHIPS[(number + len(seen.seconds)) % len(_SHIPS)]
                    # Of all files, so that an answer could be of several states.
                    question = f"How many cars did the ferries carry, such as {ship}?"
                    body = {"question": question, "threshold": 0.0, "limit": 5}
                    begun = monotonic()
                    reply = client.post("/api/ask", json=body)
                    seen.saw(monotonic() - begun, reply)

        with served(index, reader) as address:
            threads = [
                threading.Thread(target=ask, args=(number, address)) for number in range(clients)
            ]
            for thread in threads:
                thread.start()
            begun = monotonic()
            while monotonic() - begun < seconds:
                updates += 1
                write(docs, updates + 1)
                update(index, [docs], processes=0)
                sleep(_REST_SECONDS)
            stop.set()
            for thread in threads:
                thread.join()
    return seen, updates


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--reader", default="neural")
    options = parser.parse_args()
    seen, updates = run(options.clients, options.seconds, options.reader)
    half, most = np.quantile(seen.seconds, (0.5, 0.95))
    print(
        f"{options.clients} clients, {options.seconds:.0f} s, {updates} updates: "
        f"{len(seen.seconds)} replies {dict(seen.statuses)}, p50 {half:.2f} s, p95 {most:.2f} s; "
        f"{len(seen.states)} states seen; of {seen.several} answers with several sentences "
        f"{len(seen.mixed)} were of several states"
    )
    if seen.mixed or set(seen.statuses) - {200, 503}:
        print(*seen.mixed[:3], sep="\n")
        raise SystemExit(1)


if __name__ == "__main__":
    main()
