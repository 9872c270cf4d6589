"""Several at once: one writes and others read; a second writer is turned away."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from states import OLD, check_same, opened, write

from askdoc.errors import IndexBusy, IndexDamaged, IndexUnwritable
from askdoc.index import remove, update
from askdoc.store.catalog import Catalog
from askdoc.store.folder import data_folder
from askdoc.store.gate import CATALOG
from lab.fuzzing.together import USES, Convoy, Reader

COUNT, UPDATES = 12, 20

_HOLDER = """
import sys
from pathlib import Path
from askdoc.store.folder import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def set_out(docs: Path, version: int) -> None:
    """Bring all files to a version."""
    for number in range(COUNT):
        write(
            docs / f"{number:02}.md",
            f"# Log\n\nThe ship {number} left the port in year {version}.\n\n"
            + f"The crew of ship {number} saw no land. " * 30,
            modified=OLD + version,
        )


def python(*arguments: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_second_writer_is_turned_away_at_once(tmp_path: Path) -> None:
    docs, index = tmp_path / "docs", tmp_path / "index"
    set_out(docs, 1)
    update(index, docs, processes=0)
    holder = python("-c", _HOLDER, index)
    assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
    writer = python("-m", "askdoc", "index", docs, "--index", index)
    assert writer.communicate(timeout=60)[1].decode() == (
        f"askdoc: somebody else is writing the saved index: {index}. Try again when they have "
        "finished; questions can be asked meanwhile.\n"
    )
    assert writer.returncode == 2
    for paths in ([docs / "00.md"], [docs]):
        with pytest.raises(IndexBusy):
            remove(index, paths)
    check_same(index, docs)
    holder.kill()
    holder.communicate()
    assert update(index, processes=0).unchanged == COUNT


def test_whoever_asks_while_it_is_written_sees_one_state_or_the_next(tmp_path: Path) -> None:
    convoy, index = Convoy(tmp_path / "docs", COUNT), tmp_path / "index"
    convoy.update(index)
    reader = Reader(index, COUNT)
    for _ in range(UPDATES):
        convoy.go_on()
        convoy.update(index)
        if reader.has_ended:
            break
    seen = reader.end()
    assert seen.failures == []
    assert min(seen.counts[use] for use in USES) > 0
    assert sum(what.startswith("version") for what in seen.counts) > 2
    check_same(index, convoy.folder)


def test_an_index_that_is_made_anew_while_it_is_opened_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it stands had been read, and was removed before it was looked at."""
    docs, index = tmp_path / "docs", tmp_path / "index"
    set_out(docs, 1)
    update(index, docs, processes=0)
    calls = 0

    def overtaken(folder: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls > 1:
            return data_folder(folder)
        was = data_folder(folder)
        update(index, rebuild=True, processes=0)
        assert not was.exists()
        raise IndexDamaged("a part of the saved index is missing", str(was))

    monkeypatch.setattr("askdoc.retrieve.disk.data_folder", overtaken)
    assert len(opened(index).search("left the port", limit=50)) == COUNT
    assert calls == 2


def test_one_assistant_is_asked_by_several_threads(tmp_path: Path) -> None:
    docs, index = tmp_path / "docs", tmp_path / "index"
    set_out(docs, 0)
    update(index, docs, processes=0)
    assistant, failures = opened(index), []

    def ask() -> None:
        for _ in range(20):
            try:
                assert len(assistant.search("left the port", limit=50)) == COUNT
                assert assistant.ask("When did ship 3 leave the port?", threshold=0.0).citations
            except BaseException as error:
                failures.append(error)
                raise

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for version in range(1, 6):
        set_out(docs, version)
        update(index, docs, processes=0)
    for thread in threads:
        thread.join()
    assert failures == []


def test_whoever_was_kept_waiting_too_long_lets_others_write_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it had begun was never ended: from then on it kept every writer out."""
    docs, index = tmp_path / "docs", tmp_path / "index"
    set_out(docs, 0)
    update(index, docs, processes=0)
    monkeypatch.setattr("askdoc.store.database._WAIT_SECONDS", 0.01)
    data = data_folder(index)
    with closing(Catalog(data)) as catalog, closing(sqlite3.connect(data / CATALOG)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(IndexUnwritable), catalog.reading():
            raise AssertionError
        other.rollback()
        with catalog.reading():
            assert catalog.state().documents == COUNT
        other.execute("BEGIN EXCLUSIVE")
