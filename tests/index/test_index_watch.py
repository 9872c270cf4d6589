"""An index under watch, with the system's own hints: it ends as one that is made from nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from states import FERRY, check_same, contents, opened, some_documents, write

from askdoc.errors import AskdocError, NotWatched
from askdoc.index import status, update
from askdoc.store.folder import locked
from askdoc.watch import Updated, indexing, watch
from askdoc.watch.events import Events
from askdoc.watch.folders import watched
from askdoc.watch.loop import PACE, Hints, Loop
from lab.fuzzing.changes import Changes
from lab.fuzzing.watch import held

LONG = 60.0
"""Seconds after which a test fails that waits for what never comes."""


class Watching:
    """A watch in a thread, and what it told."""

    def __init__(self, index: Path, *paths: Path, **options: Any) -> None:
        self.updates: list[Updated] = []
        self.notices: list[AskdocError] = []
        self.stop = threading.Event()
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, args=(index, paths, options))
        self.is_whole: bool | None = None

    def _run(self, index: Path, paths: tuple[Path, ...], options: dict[str, Any]) -> None:
        self.is_whole = watch(
            index, paths, on_update=self._put(self.updates), on_notice=self._put(self.notices),
            stop=self.stop, processes=0, **options,
        )  # fmt: skip

    def _put(self, told: list[Any]) -> Callable[[Any], None]:
        def put(one: object) -> None:
            with self._news:
                told.append(one)
                self._news.notify()

        return put

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something is so that is only another after it told something."""
        with self._news:
            assert self._news.wait_for(holds, LONG)

    def __enter__(self) -> Watching:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop.set()
        self._thread.join(LONG)
        assert not self._thread.is_alive()


@contextmanager
def hints_of(docs: Path) -> Iterator[Callable[[], Hints]]:
    """Gives all that the system told of a folder up to now."""
    stop = threading.Event()
    events = Events(stop)
    events.watch(watched([str(docs)]), [str(docs)])

    def gathered() -> Hints:
        last = docs / "last.txt"
        last.write_text("This is told last.")
        found: set[str] = set()
        while str(last) not in found:
            more = events.take(LONG)
            if more is None:
                return None
            assert more
            found |= more
        last.unlink()
        return frozenset(found)

    try:
        yield gathered
    finally:
        stop.set()
        events.end()


@pytest.mark.parametrize("seed", range(2))
def test_looking_where_the_system_hints_at_gives_what_an_index_made_anew_holds(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    docs = tmp_path / "docs"
    docs.mkdir()
    changes = Changes(docs, Random(seed), tmp_path / "outside")
    # With links a file has two names, and which one counts is told by looking at everything.
    monkeypatch.setattr(changes, "_link", changes._add)
    monkeypatch.setattr(changes, "_link_hard", changes._add)
    for _ in range(20):
        list(changes.make())
    update("index", "docs", processes=0)
    for _ in range(2):
        with hints_of(docs) as gathered:
            for _ in range(20):
                list(changes.make())
            hints = gathered()
        update("index", "docs", processes=0, hints=hints)
    update("fresh", "docs", processes=0)
    assert held(tmp_path / "index") == held(tmp_path / "fresh")


def test_what_is_written_is_in_the_index_and_what_goes_leaves_it(tmp_path: Path) -> None:
    docs, index = some_documents(tmp_path / "docs"), tmp_path / "index"
    with Watching(index, docs) as watching:
        watching.until(lambda: watching.updates)
        write(docs / "new" / "deep" / "a.txt", "The tug Calder was sold.")
        write(docs / "half.json", '{"log": "The lamp')
        watching.until(lambda: watching.updates[-1].report.documents == 4)
        problems = [one.where for update in watching.updates for one in update.problems]
        assert problems == [str(docs / "half.json")]
        (docs / "new").rename(docs / "old")
        (docs / "ferry.txt").unlink()
        write(docs / "half.json", '{"log": "The lamp is lit."}')
        watching.until(lambda: str(docs / "half.json") in held_names(index))
        check_same(index, docs)
    assert watching.is_whole
    assert not watching.notices


def held_names(index: Path) -> set[str]:
    return set(contents(opened(index).documents))


def test_a_folder_that_is_gone_is_told_once_and_kept_until_it_is_back(tmp_path: Path) -> None:
    docs, index = some_documents(tmp_path / "docs"), tmp_path / "index"
    with Watching(index, docs) as watching:
        watching.until(lambda: watching.updates)
        docs.rename(tmp_path / "aside")
        watching.until(lambda: watching.updates[-1].problems)
        assert watching.updates[-1].report.documents == 3
        (tmp_path / "aside").rename(docs)
        write(docs / "back.txt", "The pilot is back.")
        watching.until(lambda: watching.updates[-1].report.documents == 4)
    assert sum(len(one.problems) for one in watching.updates) == 1


class Once:
    """An indexed folder that is looked at when a test says so."""

    def __init__(self, index: Path, *paths: Path) -> None:
        self.updates: list[Updated] = []
        self.notices: list[AskdocError] = []
        self.stop = threading.Event()
        self.indexed = indexing._Indexed(
            str(index), [str(path) for path in paths], self.updates.append, self.notices.append,
            self.stop, processes=0,
        )  # fmt: skip


def test_while_somebody_else_writes_it_is_said_once_and_tried_again(tmp_path: Path) -> None:
    docs, index = some_documents(tmp_path / "docs"), tmp_path / "index"
    once = Once(index, docs)
    with locked(index):
        assert [once.indexed.look(None).again > 0 for _ in range(3)] == [True] * 3
    assert len(once.notices) == 1
    assert "waited for" in str(once.notices[0])
    assert once.indexed.look(None).again == 0
    assert once.updates[0].report.added == 3
    with locked(index):
        once.indexed.look(None)
    assert len(once.notices) == 2


def test_the_drive_that_was_taken_away_does_not_empty_the_index(tmp_path: Path) -> None:
    docs, index = some_documents(tmp_path / "docs"), tmp_path / "index"
    once = Once(index, docs)
    once.indexed.look(None)
    once.indexed.look(None)
    # What is left of a drive is an empty folder, on another device than before.
    once.indexed._devices[str(docs)] += 1
    docs.rename(tmp_path / "drive")
    docs.mkdir()
    for _ in range(2):
        once.indexed.look(None)
        once.indexed.look(frozenset({str(docs)}))
    assert once.updates[-1].report.documents == 3
    assert len(once.notices) == 1
    docs.rmdir()
    (tmp_path / "drive").rename(docs)
    once.indexed.look(None)
    check_same(index, docs)
    for file in [*docs.rglob("*.*")]:
        file.unlink()
    once.indexed.look(None)
    assert once.updates[-1].report.documents == 0


def test_stopped_in_the_middle_of_an_update_it_keeps_what_was_read(tmp_path: Path) -> None:
    docs, index = some_documents(tmp_path / "docs"), tmp_path / "index"
    once = Once(index, docs)
    once.stop.set()
    once.indexed.look(None)
    assert once.indexed.broken_off
    assert not once.updates
    assert (status(index).documents, status(index).interrupted) == (1, True)
    update(index, docs, processes=0)
    check_same(index, docs)


def test_without_paths_all_is_watched_that_was_named_before(tmp_path: Path) -> None:
    docs, index = some_documents(tmp_path / "docs"), tmp_path / "index"
    beside = write(tmp_path / "beside" / "a.txt", FERRY.replace("forty", "fifty")).parent
    update(index, [docs, beside], processes=0)
    with Watching(index) as watching:
        watching.until(lambda: len(watching.updates) > 1)
        write(beside / "b.txt", "The pilot is back.")
        watching.until(lambda: watching.updates[-1].report.documents == 5)


def test_a_name_that_is_no_utf8_costs_no_other_hint(tmp_path: Path) -> None:
    stop = threading.Event()
    events = Events(stop)
    folders = watched([str(tmp_path)])
    events.watch(folders, [str(tmp_path)])
    (tmp_path / b"caf\xe9.txt".decode("utf-8", "surrogateescape")).write_text("Closed on Monday.")
    while (hints := events.take(LONG)) is not None:
        assert hints
    events.watch(folders, [str(tmp_path)])
    (tmp_path / "a.txt").write_text("Open on Tuesday.")
    assert str(tmp_path / "a.txt") in (events.take(LONG) or ())
    stop.set()


def test_the_systems_limit_is_told_with_its_remedy_and_then_it_is_looked(tmp_path: Path) -> None:
    """The limit is lowered for this one process, where the system lets anybody do that."""
    code = (
        "import sys, threading\n"
        "from askdoc.errors import NotWatched\n"
        "from askdoc.watch.events import Events\n"
        "events = Events(threading.Event())\n"
        "try:\n"
        "    events.watch(sys.argv[1:], [])\n"
        "except NotWatched as refusal:\n"
        "    print(refusal)\n"
    )
    folders = [tmp_path / str(number) for number in range(5)]
    for folder in folders:
        folder.mkdir()
    limit = 'echo 3 > /proc/sys/user/max_inotify_watches && exec "$@"'
    command = ["unshare", "-Ur", "sh", "-c", limit, "sh", sys.executable, "-c", code]
    try:
        done = subprocess.run([*command, *map(str, folders)], capture_output=True, text=True)
    except OSError:
        pytest.skip("there is no unshare here")
    if done.returncode:
        pytest.skip(f"the limit cannot be lowered here: {done.stderr.strip()}")
    assert "the system's limit is reached on folders that may be watched" in done.stdout
    assert "To raise it: sudo sysctl fs.inotify.max_user_watches=" in done.stdout


def test_without_watchfiles_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    monkeypatch.setitem(sys.modules, "watchfiles._rust_notify", None)
    with pytest.raises(NotWatched, match=r'pip install "watchfiles>='):
        Events(threading.Event()).watch(["/"], ["/"])


def test_without_watchfiles_it_is_looked_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    monkeypatch.setitem(sys.modules, "watchfiles._rust_notify", None)
    docs, index = some_documents(tmp_path / "docs"), tmp_path / "index"
    once = Once(index, docs)
    looked = threading.Event()

    def on_update(updated: Updated) -> None:
        once.updates.append(updated)
        if len(once.updates) == 1:
            write(docs / "late.txt", "The pilot is late.")
        elif updated.report.documents == 4:
            looked.set()
            once.stop.set()

    once.indexed.on_update = on_update
    Loop(once.indexed, once.stop, once.notices.append, pace=PACE._replace(poll=0.01)).run()
    assert looked.is_set()
    assert len(once.notices) == 1


def test_a_file_that_is_named_by_a_link_is_read_again_when_it_changes_elsewhere(
    tmp_path: Path,
) -> None:
    file, index = write(tmp_path / "far" / "ferry.txt", FERRY), tmp_path / "index"
    (tmp_path / "near").mkdir()
    (tmp_path / "near" / "link.txt").symlink_to(file)
    with Watching(index, tmp_path / "near" / "link.txt") as watching:
        watching.until(lambda: watching.updates)
        write(file, FERRY.replace("forty", "fifty"))
        watching.until(lambda: watching.updates[-1].report.changed)
    assert {one.text for one in opened(index).documents} == {FERRY.replace("forty", "fifty")}


def test_what_links_lead_out_to_is_neither_read_nor_watched(tmp_path: Path) -> None:
    docs, index = some_documents(tmp_path / "docs"), tmp_path / "index"
    write(tmp_path / "outside" / "secret.txt", "Nobody named this.")
    (docs / "out").symlink_to(tmp_path / "outside")
    update(index, docs, processes=0)
    hint = str(docs / "out" / "secret.txt")
    assert update(index, docs, processes=0, hints=[hint, str(docs / "out")]).added == 0
