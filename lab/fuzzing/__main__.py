"""`python -m lab.fuzzing`: break documents until a loader fails, and say how to see it again."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from lab.fuzzing.cases import Finding, case, findings, judged
from lab.fuzzing.edits import MOST_BYTES
from lab.fuzzing.kinds import KINDS

_OUT = Path(__file__).parents[2] / "lab" / "out" / "fuzzing"
_ENOUGH = 3  # findings of one kind that are shown


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m lab.fuzzing", description=__doc__)
    parser.add_argument("kinds", nargs="*", help=f"of {', '.join(one[1:] for one in KINDS)}")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each kind (60)")
    parser.add_argument("--cases", type=int, default=10**9, help="at most, for each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--case", type=int, help="this one alone, in this process; it is kept")
    parser.add_argument("--out", type=Path, default=_OUT, help="where a case is kept")
    options = parser.parse_args(arguments)
    kinds = [f".{one.lstrip('.')}" for one in options.kinds] or list(KINDS)
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        parser.error(f"no kind {unknown[0]!r}")
    if options.case is not None:
        return _again(kinds[0], options.seed, options.case, options.out)
    found = 0
    for kind in kinds:
        found += run(kind, options.seed, options.seconds, options.cases)
    return 1 if found else 0


def run(suffix: str, seed: int, seconds: float, cases: int) -> int:
    """Break documents of one kind for a while; how many different faults were found."""
    start = monotonic()
    seen: Counter[str] = Counter()
    number = -1
    for told in findings(suffix, seed, 0, cases):
        if isinstance(told, Finding):
            seen[told.what] += 1
            if seen[told.what] <= _ENOUGH:
                print(_shown(told), flush=True)
        else:
            number = told
        if monotonic() - start > seconds:
            break
    print(f"{suffix}: {number + 1:,} cases in {monotonic() - start:.0f} s, {len(seen)} faults")
    return len(seen)


def _shown(finding: Finding) -> str:
    lines = [f"{finding.suffix}: {finding.what}", f"  {finding.reproducer}"]
    return "\n".join(lines + [f"  {line}" for line in finding.details.splitlines()[-6:]])


def _again(suffix: str, seed: int, number: int, folder: Path) -> int:
    made = case(suffix, seed, number)
    data = made if isinstance(made, bytes) else made.times(made.count_for(MOST_BYTES))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{seed}-{number}{suffix}"
    path.write_bytes(data)
    print(f"{path}: {len(data):,} bytes")
    found = judged(made, suffix)
    print(f"{found.what}\n{found.details}" if found else "read as it should be")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
