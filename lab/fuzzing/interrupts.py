"""Ctrl-C at random moments of the shell, which must never print a traceback nor lose a sitting.

    python -m lab.fuzzing.interrupts --count 200 --seed 1

A fifth of them are pressed while askdoc starts, the others while a line is answered or a prompt is
made, some twice. Those that hit Python's own start, before a line of askdoc, are not counted.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from lab.pictures.screen import Screen
from lab.pictures.sitting import Sitting

CTRL_C, CTRL_D = "\x03", "\x04"
FAULTS = ("Traceback", "KeyboardInterrupt", "Exception ignored", "never retrieved", "fault in")
MEMO = "Mary Quint became the harbour master in 1998. She bought the tug Calder in May 2004.\n"
LOG = "".join(f"On day {at} the ferry carried {at * 3} cars.\n" for at in range(1, 61))
LINES = (
    "How many cars did the ferry carry on day 9?", "/use memo", "/use all", "/sources", "/why",
    "/more", "/add memo.txt", "/open 1", "/history", "/verify", "1", "Who bought the tug?", "/copy",
    "/save talk.md --force", "/help",
)  # fmt: skip
_A_SITTING = 40


class Faults:
    """What went wrong, and how often Ctrl-C was pressed."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.found: list[str] = []

    def start(self) -> None:
        """Press it while askdoc starts."""
        with self._sitting() as sitting:
            wait(sitting, 0.05 + self.random.random())
            sitting.type(CTRL_C)
            wait(sitting, 0.3)
            sitting.type(CTRL_D)
            wait(sitting, 0.5)
            if "runpy" not in sitting.raw and "<frozen site>" not in sitting.raw:
                self._check(sitting, "at the start")

    def sit(self, count: int) -> None:
        """Press it so often within one sitting, and once more when it ends."""
        with self._sitting() as sitting:
            sitting.wait(is_ready)
            for _ in range(count):
                line = self.random.choice(LINES)
                sitting.type(f"{line}\r")
                wait(sitting, self.random.random() ** 2 * 0.6)
                sitting.type(CTRL_C)
                if self.random.random() < 0.4:
                    wait(sitting, self.random.random() * 0.05)
                    sitting.type(CTRL_C)
                wait(sitting, 0.15)
                if line.startswith("/open"):
                    sitting.type("q" + CTRL_C)
                self._check(sitting, line)
                if not sitting.is_running:
                    self.found.append(f"{line}: the sitting is lost")
                    return
            sitting.type(CTRL_D)
            wait(sitting, self.random.random() * 0.3)
            sitting.type(CTRL_C)
            wait(sitting, 1.0)
            self._check(sitting, "at the end")

    def _sitting(self) -> Sitting:
        return Sitting(["log.txt", "memo.txt"], self.folder)

    def _check(self, sitting: Sitting, when: str) -> None:
        if any(fault in sitting.raw for fault in FAULTS):
            self.found.append(f"{when}: {sitting.raw[-2_000:]}")
        sitting.raw = ""


def is_ready(screen: Screen) -> bool:
    return not screen.is_alternate and screen.lines[screen.row].rstrip() == ">"


def wait(sitting: Sitting, seconds: float) -> None:
    """Take in what comes for some time, or until askdoc has ended."""
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        if not sitting.read(left) and not sitting.is_running:
            return


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=200, help="how often it is pressed")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "log.txt").write_text(LOG)
        (Path(name) / "memo.txt").write_text(MEMO)
        faults = Faults(options.seed, Path(name))
        for _ in range(options.count // 5):
            faults.start()
        left = options.count - options.count // 5
        while left > 0:
            faults.sit(min(_A_SITTING, left))
            left -= _A_SITTING
    for fault in faults.found:
        print(fault)
    print(f"{options.count} times Ctrl-C, {len(faults.found)} faults")
    return 1 if faults.found else 0


if __name__ == "__main__":
    raise SystemExit(main())
