"""Saved indexes to be damaged: whole, and as a writer leaves them that is killed.

A writer is really killed: a process of its own sends itself SIGKILL at the point that is asked for.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from askdoc.index import update

STATES = ("whole", "writing", "merging", "committing")
"""Whole; killed when tantivy had written and SQLite had not; while files were merged; when SQLite
had written a part of its tables, so that its journal is there."""

_DOCUMENTS = 10
_UPDATES = 8  # with each comes a file of tantivy's, and eight are merged
_AT = {
    "writing": "patch(catalog.Catalog, 'add', before=kill)",
    "merging": "patch(writing.TermsWriter, 'commit', instead=halfway)",
    "committing": "patch(catalog.Catalog, 'add', before=spilt)",
}
_PROGRAM = """
import os, signal, sys
from askdoc.index import update
from askdoc.store import catalog, writing

def kill(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def halfway(self, *_):
    self._begun_writer.commit()  # begins to merge
    kill()

def spilt(self, *_):
    self.db.execute("PRAGMA cache_spill=1")
    self.db.execute("PRAGMA cache_size=1")
    self.db.execute("UPDATE sources SET facts = zeroblob(3000)")
    kill()

def patch(owner, name, before=None, instead=None):
    step = getattr(owner, name)
    def run(*arguments):
        before and before(*arguments)
        return (instead or step)(*arguments)
    setattr(owner, name, run)

{at}
update(sys.argv[1], sys.argv[2:], processes=0)
"""


def documents(folder: Path, numbers: Iterable[int] = range(_DOCUMENTS)) -> Path:
    """Files to make an index of."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"ship{number}.md").write_text(
            f"# Ship {number}\n\nThe ferry Halcyon {number} carried forty cars.\n\n## Crew\n\n"
            f"Mira Olsen is captain of the Halcyon {number}. "
            + "The pier was closed in March. " * (3 * number)
            + f"\n\nAda Brandt kept the lamp of the tower {number} times."
        )
    return folder


def made(state: str, folder: Path) -> Path:
    """An index in one of the states, updated some times before; it holds what was committed."""
    docs, index = folder / "docs", folder / "index"
    documents(docs)
    (docs / "ship3.md").write_text("Something else.")
    update(index, docs, processes=0)
    documents(docs, [3])
    update(index, docs, processes=0)
    if state == "whole":
        return index
    if state == "merging":
        for number in range(_UPDATES - 2):
            documents(docs, [100 + number])
            update(index, docs, processes=0)
    documents(docs, [200])
    killed = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(at=_AT[state]), str(index), str(docs)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    if killed.returncode != -9:
        raise RuntimeError(f"it was not killed: {killed.stderr.decode()[-2000:]}")
    (docs / "ship200.md").unlink()
    return index
