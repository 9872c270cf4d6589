"""Which folders are watched: every one from which a file is read, and none that nobody looks at."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc.load.walk import Found, walk
from askdoc.watch.folders import watched
from lab.fuzzing.changes import Changes


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 2**32), st.booleans())
def test_the_folder_of_every_file_that_is_found_is_watched(seed: int, follow_links: bool) -> None:
    with TemporaryDirectory() as place:
        docs = Path(place, "docs")
        docs.mkdir()
        changes = Changes(docs, Random(seed), Path(place, "outside"))
        for _ in range(25):
            list(changes.make())
        folders = watched([str(docs)], follow_links=follow_links)
        for found in walk([docs], follow_links=follow_links):
            if isinstance(found, Found):
                assert os.path.dirname(found.path) in folders  # noqa: PTH120
        if not follow_links:
            real = os.path.realpath(place)
            assert all(os.path.realpath(one).startswith(real) for one in folders)


def test_hidden_folders_the_index_and_what_links_lead_out_to_are_not_watched(
    tmp_path: Path,
) -> None:
    docs, index = tmp_path / "docs", tmp_path / "docs" / "index"
    for folder in (docs / "a" / "b", docs / ".git" / "objects", index / "data-1" / "terms"):
        folder.mkdir(parents=True)
    (tmp_path / "outside" / "deep").mkdir(parents=True)
    (docs / "out").symlink_to(tmp_path / "outside")
    (docs / "up").symlink_to("..")
    (docs / "a" / "again").symlink_to("../a")
    found = watched([str(docs)], without=str(index))
    assert sorted(found) == [str(one) for one in (tmp_path, docs, docs / "a", docs / "a" / "b")]
    followed = watched([str(docs)], without=str(index), follow_links=True)
    assert str(docs / "out" / "deep") in followed


def test_a_link_to_the_root_of_the_file_system_has_nothing_watched_there(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "all").symlink_to("/")
    assert sorted(watched([str(docs)])) == [str(tmp_path), str(docs)]


def test_of_a_file_its_folder_is_watched_and_of_what_is_gone_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text("One.")
    (tmp_path / "below").mkdir()
    assert [*watched([str(file)])] == [str(tmp_path)]
    assert [*watched([str(tmp_path / "gone" / "deep" / "two.txt")])] == [str(tmp_path)]


def test_a_folder_is_another_when_it_was_made_anew(tmp_path: Path) -> None:
    docs, aside = tmp_path / "docs", tmp_path / "aside"
    docs.mkdir()
    before = watched([str(docs)])
    docs.rename(aside)
    docs.mkdir()
    after = watched([str(docs)])
    assert before[str(docs)] != after[str(docs)]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may list all")
def test_a_folder_that_may_not_be_listed_is_left_out(tmp_path: Path) -> None:
    docs, closed = tmp_path / "docs", tmp_path / "docs" / "closed"
    closed.mkdir(parents=True)
    closed.chmod(0)
    try:
        assert str(closed) not in watched([str(docs)])
    finally:
        closed.chmod(0o700)
