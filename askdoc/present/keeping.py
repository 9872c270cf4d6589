"""What was done to a saved index, and what it holds, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from os import fspath
from pathlib import Path

from askdoc.index import Report, Status
from askdoc.present.counting import counted
from askdoc.present.sanitize import one_line
from askdoc.store.telling import option

_SHOWN = 20


def report(done: Report, index: str, seconds: float) -> str:
    """One line: what an update did to the index in this folder, or at this address."""
    numbers = [
        (done.added, "added"),
        (done.changed, "changed"),
        (done.moved, "moved"),
        (done.removed, "removed"),
        (done.reread, "read again, as this version reads them"),
        (done.unchanged, "unchanged"),
    ]
    parts = [f"{number:,} {what}" for number, what in numbers if number]
    if done.passed_over:
        parts.append(f"{counted(done.passed_over, 'file')} of other kinds passed over")
    if done.unread:
        parts.append(
            f"{done.unread:,} still cannot be read (askdoc status{option(index)} lists them; name "
            "one to try it again)"
        )
    if done.problems:
        parts.append(f"{len(done.problems):,} could not be read")
    total = f"{counted(done.documents, 'document')}, {counted(done.passages, 'passage')}"
    what = ", ".join(parts) or "nothing to do"
    return f"{one_line(index)}: {what}; {total} in all ({seconds:.1f} s)"


def as_text(status: Status) -> str:
    """A page about a saved index."""
    run = f"Run: askdoc index{option(status.folder)}"
    held = "on disk" if isinstance(status.folder, Path) else "for one copy in the cluster"
    lines = [
        f"{one_line(fspath(status.folder))}: {counted(status.documents, 'document')}, "
        f"{counted(status.passages, 'passage')}, {counted(status.characters, 'character')}, "
        f"{status.size / 2**20:,.1f} MiB {held}",
    ]
    if status.roots:
        lines.append(f"Made of: {', '.join(map(one_line, status.roots))}")
    if status.updated:
        lines.append(f"Last looked at: {_time(status.updated)}")
    if status.kinds:
        kinds = [f"{number:,} {one_line(kind)}" for kind, number in status.kinds.most_common()]
        lines.append(f"Kinds: {', '.join(kinds)}")
        lines.append(
            "Quotes, lines and offsets are those of the text as it was read and is kept here: of "
            "plain text and Markdown the file as it is, of everything else what a reader sees."
        )
    if status.interrupted:
        lines.append(f"Not complete: a run of askdoc index was stopped, or still goes on. {run}")
    lines += _listed("Changed since", status.changed, run)
    lines += _listed("No longer there", status.gone, run)
    if status.outdated:
        lines += [
            f"Read by another version of askdoc: {counted(status.outdated, 'document')}",
            f"  {run}",
        ]
    lines += _listed("To be known", status.notes)
    lines += _listed("Could not be read", (str(problem) for problem in status.problems))
    if status.passed_over:
        lines.append(f"Passed over: {counted(status.passed_over, 'file')} of other kinds")
    return "\n".join(lines)


def as_json(status: Status) -> str:
    """The same as one JSON object; `updated` is in ISO 8601, null for never."""
    return json.dumps(
        {
            "folder": fspath(status.folder),
            "roots": status.roots,
            "documents": status.documents,
            "passages": status.passages,
            "characters": status.characters,
            "kinds": dict(status.kinds),
            "bytes": status.size,
            "updated": _time(status.updated) if status.updated else None,
            "interrupted": status.interrupted,
            "changed": status.changed,
            "gone": status.gone,
            "outdated": status.outdated,
            "notes": status.notes,
            "problems": [str(problem) for problem in status.problems],
            "passed_over": status.passed_over,
        }
    )


def _listed(title: str, names: Iterable[str], remedy: str = "") -> list[str]:
    names = list(names)
    if not names:
        return []
    more = len(names) - _SHOWN
    lines = [f"{title} ({len(names):,}):", *(f"  {one_line(name)}" for name in names[:_SHOWN])]
    if more > 0:
        lines.append(f"  and {more:,} more")
    return [*lines, f"  {remedy}"] if remedy else lines


def _time(nanoseconds: int) -> str:
    return datetime.fromtimestamp(nanoseconds // 10**9, UTC).astimezone().isoformat(" ", "seconds")
