"""What is said while something is kept up to date: what changed, and whether answers stand."""

from __future__ import annotations

from collections.abc import Sequence

from askdoc.index import Report
from askdoc.present.counting import counted
from askdoc.present.sanitize import one_line
from askdoc.present.verdicts import line
from askdoc.verify import Standing
from askdoc.watch import Checked


def news(done: Report, folder: str, seconds: float) -> str:
    """One line: what an update changed."""
    numbers = [
        (done.added, "added"),
        (done.changed, "changed"),
        (done.moved, "moved"),
        (done.removed, "removed"),
        (done.reread, "read again"),
    ]
    what = ", ".join(f"{number:,} {what}" for number, what in numbers if number)
    total = f"{counted(done.documents, 'document')} in all"
    return f"{one_line(folder)}: {what}; {total} ({seconds:.1f} s)"


def answers_now(now: Sequence[Checked], changed: Sequence[Checked]) -> str:
    """A line for each citation that does not stand in files that changed, then how many stand.

    Args:
        now: all files of saved answers.
        changed: those about which the verdicts are not what they were.
    """
    lines = []
    for file in changed:
        lines += [
            f"{one_line(file.name)}: {line(verdict)}"
            for verdict in file.verdicts
            if verdict.standing is not Standing.STANDS
        ]
    return "\n".join([*lines, _summary(now)])


def _summary(now: Sequence[Checked]) -> str:
    answers, fallen = sum(one.answers for one in now), sum(len(one.fallen) for one in now)
    if not answers:
        return "There are no saved answers."
    if answers == 1:
        return "Your saved answer no longer stands." if fallen else "Your saved answer stands."
    if not fallen:
        return f"All {answers:,} of your saved answers stand."
    verb = "stands" if fallen == 1 else "stand"
    return f"{fallen:,} of your {answers:,} saved answers no longer {verb}."
