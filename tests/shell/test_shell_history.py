"""The file of what was asked: only its owner's, and the same that prompt-toolkit would write."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.history import FileHistory

from askdoc.private import NotPrivate
from askdoc.shell.history import MOST_BYTES, PrivateHistory, open_history

lines = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")).filter(bool)
WITH_RIGHTS = pytest.mark.skipif(os.name == "nt", reason="no mode bits there")


def history_in(state: Path) -> PrivateHistory:
    return open_history({"XDG_STATE_HOME": str(state)})


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@given(asked=st.lists(lines, min_size=1, max_size=5))
def test_what_was_asked_comes_back_and_prompt_toolkit_reads_the_same(
    asked: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    state = tmp_path_factory.mktemp("state")
    for line in asked:
        history_in(state).store_string(line)
    newest_first = list(reversed(asked))
    assert list(history_in(state).load_history_strings()) == newest_first
    theirs = FileHistory(state / "askdoc" / "history")
    assert list(theirs.load_history_strings()) == newest_first
    theirs.store_string("one more")
    assert list(history_in(state).load_history_strings()) == ["one more", *newest_first]


@WITH_RIGHTS
def test_folder_and_file_are_the_user_s_alone_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        history = history_in(tmp_path / "state")
        (tmp_path / "state" / "askdoc" / "history").unlink()  # while the shell runs
        history.store_string("What is it?")
    finally:
        os.umask(before)
    assert mode(tmp_path / "state") == mode(tmp_path / "state" / "askdoc") == 0o700
    assert mode(tmp_path / "state" / "askdoc" / "history") == 0o600


@WITH_RIGHTS
def test_where_others_can_write_nothing_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "askdoc"
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    with pytest.raises(NotPrivate, match="other users can write to this folder"):
        history_in(tmp_path / "state")
    assert list(folder.iterdir()) == []


@WITH_RIGHTS
def test_no_link_or_pipe_is_taken_for_the_file(tmp_path: Path) -> None:
    path = tmp_path / "state" / "askdoc" / "history"
    history = history_in(tmp_path / "state")
    (tmp_path / "mine").write_text("mine")
    for is_link in (True, False):
        path.unlink()
        if is_link:
            path.symlink_to(tmp_path / "mine")
        else:
            os.mkfifo(path, 0o600)
        with pytest.raises(OSError):
            history_in(tmp_path / "state")
        # Nor where it came there while the shell runs: then it forgets.
        history.store_string("What is it?")
        assert list(history.load_history_strings()) == []
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_file_of_any_size_is_not_read(tmp_path: Path) -> None:
    history_in(tmp_path / "state")
    os.truncate(tmp_path / "state" / "askdoc" / "history", MOST_BYTES + 1)
    with pytest.raises(OSError, match="larger than 16 MiB"):
        history_in(tmp_path / "state")
