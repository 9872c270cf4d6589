"""An index that does not hold all it was to hold says so, and not that the documents don't say."""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from states import check_same, opened, some_documents, write

from askdoc import Assistant
from askdoc.cli import main
from askdoc.index import indexer, remove, status, update
from askdoc.present import PLAIN
from askdoc.shell.commands import Commands
from askdoc.store.telling import option

_KILLED = """
import os, signal, sys
from askdoc.index import indexer
indexer._BATCH_BYTES = 1
if "://" in sys.argv[2]:
    from askdoc.cluster.state import Lease
    from askdoc.cluster.writing import Writer
    from askdoc.index.clustered import ClusterCommitting as Committing
    # As if the minute had passed for which others wait.
    Writer._lease = lambda self: Lease(self._owner, 0)
else:
    from askdoc.index.committing import Committing
commit = Committing.commit
commits = 0

def commit_and_be_killed(self, *arguments):
    global commits
    if commits == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    commit(self, *arguments)
    commits += 1

Committing.commit = commit_and_be_killed
from askdoc.index import update
update(sys.argv[2], sys.argv[3:], processes=0)
"""

ASKED = "What is quantum chromodynamics?"


def kill_after(commits: int, index: os.PathLike[str], *paths: Path) -> None:
    """Index some paths in a process that is killed after so many commits."""
    arguments = [str(commits), os.fspath(index), *map(str, paths)]
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, *arguments], capture_output=True, check=False
    )
    assert done.returncode == -9, done.stderr.decode()


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return some_documents(tmp_path / "docs")


@pytest.mark.parametrize("commits", [0, 1])
def test_a_first_run_that_was_killed(
    nowhere: os.PathLike[str], docs: Path, commits: int, capfd: pytest.CaptureFixture[str]
) -> None:
    index = nowhere
    kill_after(commits, index, docs)
    assert len(opened(index).documents) == commits
    assert opened(index).unfinished == (str(docs),)
    assert status(index).interrupted
    query = ["query", ASKED, "--index", str(index), "--reader=lexical"]
    assert main(query) == 2
    out, err = capfd.readouterr()
    assert out == "What was read so far doesn't say.\n"
    assert err == (
        f"askdoc: the saved index is not complete: {index}. Reading {docs} was stopped, or still "
        f"goes on. To finish it: askdoc index{option(index)}\n"
    )
    assert main([*query, "--json"]) == 2
    out, err = capfd.readouterr()
    assert json.loads(out)["answered"] is False and "not complete" in err
    assert main(["search", "zeppelin", "--index", str(index)]) == 2
    assert "not complete" in capfd.readouterr().err
    assert main(["status", "--index", str(index)]) == 0
    assert "Not complete: a run of askdoc index was stopped" in capfd.readouterr().out
    assert update(index, processes=0).added == 3 - commits
    assert opened(index).unfinished == ()
    assert main(query) == 1
    assert capfd.readouterr() == ("The documents don't say.\n", "")
    check_same(index, docs)


def test_what_was_read_is_answered_with_a_note(
    place: os.PathLike[str], docs: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kill_after(1, place, docs)
    query = ["query", "How many cars did the ferry carry?", "--index", str(place)]
    assert main([*query, "--reader=lexical", "--threshold=0"]) == 0
    out, err = capfd.readouterr()
    assert "forty cars" in out and "not complete" in err


def test_the_shell_says_so(place: os.PathLike[str], docs: Path) -> None:
    kill_after(1, place, docs)
    shell = subprocess.run(
        [sys.executable, "-m", "askdoc", "--index", str(place), "--reader=lexical"],
        input=f"{ASKED}\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert shell.stdout == "What was read so far doesn't say.\n"
    assert "the saved index is not complete" in shell.stderr


def test_what_was_said_of_it_is_said_so_on_every_door(
    tmp_path: Path, place: os.PathLike[str], docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """/history, /save and notebooks said that the documents don't say."""
    monkeypatch.chdir(tmp_path)
    index = place
    kill_after(1, index, docs)
    assistant = Assistant.open(index, reader="lexical")
    so_far = "What was read so far doesn't say."
    commands = Commands(assistant, lambda: PLAIN)
    assert commands.reply(ASKED).text == so_far
    assert commands.reply("/history").text.splitlines()[1].strip() == so_far
    commands.reply("/save a.md")
    assert so_far in Path("a.md").read_text()
    commands.reply("/save a.json")
    (saved,) = json.loads(Path("a.json").read_text())
    assert saved["incomplete"] is True
    answer = assistant.ask(ASKED)
    assert so_far in html.unescape(answer._repr_html_())
    # What was said then stays so; what is asked after it was completed does not.
    update(index, processes=0)
    assert commands.reply(ASKED).text == "The documents don't say."
    lines = [line.strip() for line in commands.reply("/history").text.splitlines()]
    assert lines[1::2] == [so_far, "The documents don't say."]


def test_a_later_run_that_was_killed(tmp_path: Path, place: os.PathLike[str], docs: Path) -> None:
    index, other = place, tmp_path / "other"
    update(index, docs, processes=0)
    write(other / "a.txt", "The pier is closed.")
    write(other / "b.txt", "A rope lies there.")
    kill_after(1, index, other)
    assert opened(index).unfinished == (str(other),)
    # Another root that is read does not complete this one; a part of it does not, either.
    update(index, docs, processes=0)
    update(index, other / "a.txt", processes=0)
    assert opened(index).unfinished == (str(other),)
    update(index, other, processes=0)
    assert opened(index).unfinished == ()
    check_same(index, [docs, other])


def test_what_is_taken_out_is_not_waited_for(place: os.PathLike[str], docs: Path) -> None:
    kill_after(1, place, docs)
    remove(place, [docs])
    assert opened(place).unfinished == ()


def test_ctrl_c_leaves_it_incomplete(
    place: os.PathLike[str], docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(files: int, *_: int) -> None:
        if files == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(indexer, "_BATCH_BYTES", 1)
    with pytest.raises(KeyboardInterrupt):
        update(place, docs, processes=0, progress=stop)
    assert len(opened(place).documents) == 2
    assert opened(place).unfinished == (str(docs),)
    update(place, processes=0)
    assert opened(place).unfinished == ()


def test_while_it_is_made_anew_the_old_one_is_complete(
    place: os.PathLike[str], docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(place, docs, processes=0)
    seen = []

    def look(*_: int) -> None:
        seen.append(opened(place).unfinished)

    update(place, rebuild=True, processes=0, progress=look)
    assert seen == [(), (), ()]
    assert opened(place).unfinished == ()
