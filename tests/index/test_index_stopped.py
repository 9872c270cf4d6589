"""Stopped between any two steps, by Ctrl-C or for want of room, and then run again."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from askdoc.errors import IndexUnwritable
from askdoc.index import indexer, remove, status, update
from askdoc.index.committing import Committing
from askdoc.store.catalog import Catalog
from askdoc.store.telling import unwritable
from askdoc.store.writing import TermsWriter
from lab.fuzzing.fleet import Fleet

STEPS: list[tuple[type, str]] = [
    (TermsWriter, "begin"),
    (TermsWriter, "add"),
    (TermsWriter, "remove"),
    (TermsWriter, "commit"),
    (TermsWriter, "sweep"),
    (Catalog, "remove"),
    (Catalog, "park"),
    (Catalog, "update"),
    (Catalog, "add"),
    (Catalog, "write_state"),
    (indexer.Building, "_take"),
    (Committing, "commit"),
    (Committing, "change"),
    (indexer.Building, "_finish"),
]
"""What changes an index, or decides what does."""


class Stop:
    """Raises an error before or after one of the steps, counted from 0."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int, error: Callable[[], BaseException]):
        self.left = at
        self.error = error
        for owner, name in STEPS:
            patch.setattr(owner, name, self._around(getattr(owner, name)))

    step = ""

    def _around(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            self._count(step.__name__)
            result = step(*arguments, **options)
            self._count(step.__name__)
            return result

        return run

    def _count(self, step: str) -> None:
        self.left -= 1
        if self.left == -1:
            self.step = step
            raise self.error()


def no_room() -> BaseException:
    return unwritable(OSError(28, "No space left on device"), Path("index"))


@pytest.mark.parametrize(("error", "stride"), [(KeyboardInterrupt, 2), (no_room, 5)])
def test_stopped_between_any_two_steps(
    tmp_path: Path, error: Callable[[], BaseException], stride: int
) -> None:
    fleet, index = Fleet(tmp_path / "docs", Random(5), 6), tmp_path / "index"
    update(index, fleet.folder, processes=0)
    at = stride - 1
    while True:
        fleet.sail()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(indexer, "_BATCH_BYTES", 4_000)
            stop = Stop(patch, at, error)
            try:
                update(index, fleet.folder, processes=0)
            except (KeyboardInterrupt, IndexUnwritable) as stopped:
                fleet.check_committed(index)
                # An error that is kept must not keep the next writer out.
                held = stopped
            else:
                assert stop.left >= 0
                break
        update(index, fleet.folder, processes=0)
        del held
        fleet.check_complete(index)
        assert not status(index).interrupted
        at += stride
    assert at > 40


def test_a_removal_is_stopped_between_any_two_steps(tmp_path: Path) -> None:
    fleet, index = Fleet(tmp_path / "docs", Random(6), 4), tmp_path / "index"
    update(index, fleet.folder, processes=0)
    fleet.old = dict(fleet.new)
    for at in range(0, 100, 2):
        with pytest.MonkeyPatch.context() as patch:
            stop = Stop(patch, at, no_room)
            try:
                remove(index, [fleet.path("002")])
            except IndexUnwritable:
                pass
            else:
                assert stop.left >= 0
                return
        assert status(index).documents in (3, 4)
        update(index, processes=0)
        fleet.check_complete(index)
    pytest.fail("it never came to its end")


def test_what_was_read_before_ctrl_c_is_kept(tmp_path: Path, place: os.PathLike[str]) -> None:
    fleet, index = Fleet(tmp_path / "docs", Random(7), 12), place

    def stop(files: int, *_: int) -> None:
        if files == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(index, fleet.folder, processes=0, progress=stop)
    assert fleet.check_committed(index) == 12 - 5
    assert status(index).interrupted
    assert update(index, processes=0).added == 12 - 5
    assert not status(index).interrupted
    fleet.check_complete(index)
