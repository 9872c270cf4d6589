"""`python -m lab.fuzzing.hostile`: read files that are made to do harm; what each of them costs.

Every file is read and asked in a process of its own, once held in memory and once by way of a saved
index, as the command line does it. A table shows what cost most.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, cast

from askdoc.load.files import MAX_BYTES
from askdoc.load.formats import suffix_of
from askdoc.reading.limits import MEMORY, PATIENCE, seconds_for
from lab.fuzzing.costs import in_mib
from lab.fuzzing.hostile import archives, mails, office, pages, pdfs, sheets, tables, texts
from lab.fuzzing.hostile.case import Case
from lab.fuzzing.hostile.reading import Told
from lab.table import table

CASES = (
    *texts.CASES,
    *pages.CASES,
    *mails.CASES,
    *tables.CASES,
    *office.CASES,
    *archives.CASES,
    *sheets.CASES,
    *pdfs.CASES,
)
WAYS = ("ask", "index")
_HEADER = ("file", "kB", "way", "child s", "child MiB", "read s", "ask s", "MiB", "what came of it")
_RIGHT = frozenset(range(1, 8)) - {2}
_START = 2.0  # seconds of processor time that starting Python and its libraries may take
_MOST_MEMORY = 2 * MEMORY  # of the program itself, which holds the text and what is made of it
_SAID = 60  # characters of what is said that the table shows


class Run(NamedTuple):
    """A case that was read one way, and what is wrong with that, "" where nothing is."""

    case: Case
    size: int
    way: str
    told: Told | None
    wrong: str

    @property
    def seconds(self) -> float:
        """Processor time, of the child too."""
        return self.told["child"] + self.told["read"] + self.told["asked"] if self.told else 0.0

    @property
    def peak(self) -> int:
        """The most bytes that it, or its child, had."""
        return max(self.told["peak"], self.told["child_peak"]) if self.told else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where something broke its promise."""
    parser = argparse.ArgumentParser(prog="python -m lab.fuzzing.hostile", description=__doc__)
    parser.add_argument("names", nargs="*", help="of files, or ends of such (.pdf); none means all")
    parser.add_argument("--scale", type=float, default=1.0, help="of their size (1)")
    parser.add_argument("--way", choices=WAYS, action="append", help="may be given again (both)")
    parser.add_argument("--log", type=Path, metavar="FILE", help="tell there of each as it is read")
    parser.add_argument("--top", type=int, default=15, help="how many the table shows (15)")
    parser.add_argument("--make", type=Path, metavar="FOLDER", help="only write the files there")
    options = parser.parse_args(arguments)
    ends = tuple(options.names) or ("",)
    cases = [case for case in CASES if case.name.endswith(ends)]
    if not cases:
        parser.error(f"no file {options.names[0]!r}")
    if options.make:
        return _make(cases, options.scale, options.make)
    runs = []
    for run in read(cases, options.scale, options.way or WAYS):
        runs.append(run)
        if options.log:
            with options.log.open("a", encoding="utf-8") as log:
                log.write(" ".join(_cells(run)) + "\n")
        if run.wrong:
            print(f"{run.case.name} ({run.way}): {run.wrong}", flush=True)
    print(summary(runs, options.top))
    return 1 if any(run.wrong for run in runs) else 0


def read(cases: Sequence[Case], scale: float, ways: Sequence[str]) -> Iterator[Run]:
    """Read each case each way."""
    for case in cases:
        data = case.at(scale)
        for way in ways:
            with TemporaryDirectory() as folder:
                path = Path(folder) / case.name
                path.write_bytes(data)
                yield _run(case, path, way)


def _run(case: Case, path: Path, way: str) -> Run:
    size = path.stat().st_size
    seconds = _promised(size)
    done = subprocess.run(
        [sys.executable, "-m", "lab.fuzzing.hostile.reading", way, str(path)],
        capture_output=True,
        preexec_fn=lambda: _stop_after(int(4 * seconds) + 60),
        check=False,
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").splitlines() or [""]
        if done.returncode == -signal.SIGXCPU:
            lines = [f"more than {4 * seconds:.0f} s of processor time"]
        return Run(case, size, way, None, f"it ended with {done.returncode}: {lines[-1]}")
    told = cast(Told, json.loads(done.stdout))
    return Run(case, size, way, told, _wrong(told, seconds, str(path)))


def _stop_after(seconds: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _promised(size: int) -> float:
    """Seconds that reading a file among others may take, with what follows."""
    return seconds_for(min(size, MAX_BYTES))


def _wrong(told: Told, seconds: float, path: str) -> str:
    """Which promise was broken, "" where none was.

    A child has more time for a file that is named alone, as each of these is, and is ended then;
    the parent, which nobody ends, may take as long as a child for one that is not.
    """
    if told["child"] > PATIENCE * seconds + _START:
        return f"its child took {told['child']:.1f} s, not {PATIENCE * seconds:.0f}"
    if told["read"] + told["asked"] > seconds + _START:
        return f"it took {told['read'] + told['asked']:.1f} s, not {seconds:.0f}"
    if told["child_peak"] > MEMORY:
        return f"its child took {in_mib(told['child_peak'])} MiB"
    if told["peak"] > _MOST_MEMORY:
        return f"it took {in_mib(told['peak'])} MiB"
    if told["outcome"] != "read" and (path not in told["outcome"] or told["outcome"][-1] != "."):
        return f"an error that does not help: {told['outcome']}"
    return ""


def summary(runs: Sequence[Run], top: int) -> str:
    """A table of those that cost most time, and of those that took most memory."""
    measured = [run for run in runs if run.told]
    by_time = sorted(measured, key=lambda run: -run.seconds)[:top]
    by_memory = sorted(measured, key=lambda run: -run.peak)[:top]
    kinds = {suffix_of(run.case.name) for run in runs}
    files = {run.case.name for run in runs}
    well = sum(run.told is not None and run.told["outcome"] == "read" for run in measured)
    return "\n\n".join(
        [
            "most processor time\n" + _table(by_time),
            "most memory\n" + _table(by_memory),
            f"{len(files)} files of {len(kinds)} kinds, {len(runs)} runs: {well} read, "
            f"{len(measured) - well} refused with a clear error, "
            f"{sum(bool(run.wrong) for run in runs)} broke a promise; "
            f"{sum(run.seconds for run in measured):.0f} s of processor time in all",
        ]
    )


def _table(runs: Sequence[Run]) -> str:
    return table(_HEADER, [_cells(run) for run in runs], _RIGHT)


def _cells(run: Run) -> tuple[str, ...]:
    told = run.told
    size = f"{run.size / 1000:,.0f}"
    if told is None:
        return (run.case.name, size, run.way, *"-----", run.wrong)
    return (
        run.case.name,
        size,
        run.way,
        f"{told['child']:.1f}",
        in_mib(told["child_peak"]),
        f"{told['read']:.1f}",
        f"{told['asked']:.1f}",
        in_mib(told["peak"]),
        told["outcome"].partition(": /")[0][:_SAID],
    )


def _make(cases: Sequence[Case], scale: float, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases:
        (folder / case.name).write_bytes(case.at(scale))
    return 0


if __name__ == "__main__":
    sys.exit(main())
