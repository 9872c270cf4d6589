"""What is looked at, read or tried again though its size and time are what they were."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import losing
import pytest
from states import (
    FERRY,
    IN_A_FOLDER,
    OLD,
    Watched,
    check_same,
    names,
    opened,
    some_documents,
    told,
    write,
)

from askdoc import load, split
from askdoc.index import status
from askdoc.load.formats import LOADERS
from askdoc.reading import pool
from askdoc.reading.limits import PATIENCE, seconds_for
from askdoc.reading.protocol import Job, seconds
from askdoc.retrieve.opening import retriever
from askdoc.workers.serving import TIME_IS_UP


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return some_documents(tmp_path / "docs")


@pytest.fixture
def index(place: os.PathLike[str], docs: Path) -> Watched:
    """An index of `docs`, just made."""
    made = Watched(place)
    made.update(docs)
    return made


def numbers(index: os.PathLike[str]) -> dict[str, int]:
    """By name, the numbers of what is stored: another one where a file was read again."""
    with closing(retriever(index).catalog) as catalog:
        return {source.name: source.id for source in catalog.sources()}


# The time that nobody can set


def test_a_file_of_the_same_size_with_its_time_restored_has_changed(
    index: Watched, docs: Path
) -> None:
    write(docs / "ferry.txt", FERRY.replace("forty", "fifty"))
    assert (docs / "ferry.txt").stat().st_mtime_ns == OLD
    assert told(index.update(docs)) == (0, 1, 0, 0, 2)
    check_same(index.index, docs)


@pytest.mark.parametrize("act", ["rights", "another name", "written again", "copied over"])
def test_what_is_only_noted_by_the_system_has_the_content_compared_once(
    index: Watched, docs: Path, act: str
) -> None:
    file, before = docs / "ferry.txt", numbers(index.index)
    if act == "rights":
        file.chmod(0o600)
    elif act == "another name":
        os.link(file, docs.parent / "outside.txt")
    elif act == "written again":
        write(file, FERRY)
    else:
        write(docs.parent / "copy", FERRY).replace(file)
    for read in (1, 0):
        assert told(index.update(docs)) == (0, 0, 0, 0, 3)
        assert index.read == read
    assert numbers(index.index) == before, "what had not changed was stored again"
    assert status(index.index).changed == []


def test_what_moved_is_as_it_was_afterwards(index: Watched, docs: Path) -> None:
    (docs / "ferry.txt").rename(docs / "boat.txt")
    assert told(index.update(docs)) == (0, 0, 1, 0, 2)
    assert told(index.update(docs)) == (0, 0, 0, 0, 3)
    assert index.read == 0


def test_rights_that_changed_do_not_have_a_bad_file_tried_again(index: Watched, docs: Path) -> None:
    bad = write(docs / "bad.pdf", b"%PDF-1.7\nnothing")
    assert names(index.update(docs).problems) == [str(bad)]
    bad.chmod(0o600)
    report = index.update(docs)
    assert (report.problems, report.unread, index.read) == ([], 1, 1)


# Another version of askdoc


@pytest.mark.parametrize("module", [load, split])
def test_after_an_upgrade_files_are_read_again_and_until_then_answer(
    index: Watched, docs: Path, module: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = numbers(index.index)
    monkeypatch.setattr(module, "VERSION", 99)
    assert opened(index.index).ask("How many cars did the ferry carry?").citations
    assert status(index.index).outdated == 3
    report = index.update()
    assert (told(report), report.reread) == ((0, 0, 0, 0, 0), 3)
    assert not set(numbers(index.index).values()) & set(before.values())
    assert status(index.index).outdated == 0
    check_same(index.index, docs)
    assert (told(index.update()), index.read) == ((0, 0, 0, 0, 3), 0)


def test_after_an_upgrade_what_changed_and_moved_is_told_as_what_it_is(
    index: Watched, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "VERSION", 99)
    write(docs / "ferry.txt", FERRY.replace("forty", "fifty"))
    (docs / "notes" / "crew.txt").rename(docs / "crew.txt")
    report = index.update()
    assert (told(report), report.reread) == ((1, 1, 0, 1, 0), 1)
    check_same(index.index, docs)


def test_after_an_upgrade_what_could_not_be_read_is_tried_again(
    index: Watched, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = write(docs / "bad.pdf", b"%PDF-1.7\nnothing")
    index.update()
    assert index.update().problems == []
    monkeypatch.setattr(load, "VERSION", 99)
    assert names(index.update().problems) == [str(bad)]


# Files that cost their child


@pytest.fixture
def lost(docs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that its child does not live to read, as if it had used up its time."""
    monkeypatch.setitem(LOADERS, losing.SUFFIX, losing.load)
    monkeypatch.setattr(pool, "CHILD", losing.__name__)
    return write(docs / "x.lost", str(TIME_IS_UP))


def tries(lost: Path) -> int:
    """How often it was tried."""
    return (lost.parent / losing.TRIES).stat().st_size


@IN_A_FOLDER
@pytest.mark.parametrize(
    ("code", "what"), [(TIME_IS_UP, "took longer than 40 s of processor time"), (1, "crashed")]
)
def test_what_was_not_read_to_its_end_is_tried_on_the_next_run_and_then_only_by_name(
    index: Watched, docs: Path, lost: Path, code: int, what: str
) -> None:
    write(lost, str(code))
    write(docs / "other.txt", "The pier is open.")
    report = index.update(docs, processes=1)
    assert told(report) == (1, 0, 0, 0, 3)
    assert [problem.what for problem in report.problems] == [f"reading it {what}"]
    tried = tries(lost)
    write(docs / "new.txt", "The pier is closed.")
    report = index.update(processes=1)
    assert (told(report), names(report.problems)) == ((1, 0, 0, 0, 4), [str(lost)])
    assert tries(lost) > tried
    tried = tries(lost)
    for _ in range(2):
        report = index.update(docs, processes=1)
        assert (report.problems, report.unread, tries(lost)) == ([], 1, tried)
    for _ in range(2):
        assert names(index.update(docs, lost, processes=1).problems) == [str(lost)]
        assert tries(lost) > tried
        tried = tries(lost)
    assert names(status(index.index).problems) == [str(lost)]


def test_what_can_be_read_on_the_next_run_is(index: Watched, docs: Path, lost: Path) -> None:
    assert names(index.update(docs, processes=1).problems) == [str(lost)]
    (docs / losing.MENDED).touch()
    assert told(index.update(processes=1)) == (0, 1, 0, 0, 3)
    assert opened(index.index).search("lamp")
    assert told(index.update(processes=1)) == (0, 0, 0, 0, 4)
    assert tries(lost) == 2


@IN_A_FOLDER
def test_what_can_be_read_when_it_is_named_is(index: Watched, docs: Path, lost: Path) -> None:
    for _ in range(2):
        index.update(docs, processes=1)
    (docs / losing.MENDED).touch()
    assert index.update(docs, processes=1).unread == 1
    assert told(index.update(lost, processes=1)) == (0, 1, 0, 0, 0)
    assert opened(index.index).search("lamp")


def test_another_content_is_tried_as_often_as_the_first(
    index: Watched, docs: Path, lost: Path
) -> None:
    for _ in range(3):
        index.update(docs, processes=1)
    write(lost, "1", modified=OLD + 1)
    for number in (3, 4, 4):
        index.update(docs, processes=1)
        assert tries(lost) == number


@IN_A_FOLDER
def test_what_is_named_alone_may_take_longer_and_is_told_so(
    index: Watched, docs: Path, lost: Path
) -> None:
    (problem,) = index.update(docs, processes=1).problems
    assert f"{seconds_for(0):g} s" in problem.what
    assert f"{PATIENCE} times as long" in problem.remedy and "alone" in problem.remedy
    (problem,) = index.update(lost, processes=1).problems
    assert f"{seconds_for(0, alone=True):g} s" in problem.what
    assert "alone" not in problem.remedy
    job = Job(str(lost), lost.name, 10**6)
    alone = job._replace(alone=True)
    assert seconds(alone.to_bytes()) == PATIENCE * seconds(job.to_bytes())
