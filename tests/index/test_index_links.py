"""Links out of the folders that an index is made of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from states import FERRY, Watched, check_same, names, opened, some_documents, told, write

from askdoc.errors import LinksNotFollowed, SourceNotFound
from askdoc.index import status, update
from askdoc.reading import child

if os.name == "nt":
    pytest.skip("links need rights there", allow_module_level=True)

SECRET = "The key lies under the third stone."


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Documents with a link to a folder that is none of them."""
    docs = some_documents(tmp_path / "docs")
    write(tmp_path / "private" / "key.txt", SECRET)
    (docs / "link").symlink_to(tmp_path / "private")
    return docs


def sources(index: os.PathLike[str]) -> list[str]:
    return [document.source for document in opened(index).documents]


def test_links_out_are_not_followed_and_told_once(place: os.PathLike[str], docs: Path) -> None:
    report = update(place, docs, processes=0)
    (problem,) = report.problems
    assert isinstance(problem, LinksNotFollowed)
    assert str(problem) == (
        f"1 link that leads out of this folder was not followed (link): {docs}. "
        "Use --follow-links to follow it."
    )
    assert not opened(place).search("stone")
    # It belongs to the folder, not to a document: what the index holds is whole.
    assert status(place).problems == []


def test_what_was_followed_leaves_the_index_when_it_no_longer_is(
    place: os.PathLike[str], docs: Path
) -> None:
    index = place
    report = update(index, docs, processes=0, follow_links=True)
    assert (report.added, report.problems) == (4, [])
    assert opened(index).search("stone")
    assert update(index, processes=0, follow_links=True).unchanged == 4
    # Nothing in an index can make another update follow links: it may be somebody else's.
    report = update(index, processes=0)
    assert (report.removed, report.unchanged) == (1, 3)
    assert [type(problem) for problem in report.problems] == [LinksNotFollowed]
    assert not opened(index).search("stone")
    check_same(index, docs)
    assert update(index, processes=0, follow_links=True).added == 1


def test_a_file_that_became_a_link_out_leaves_the_index(
    tmp_path: Path, place: os.PathLike[str], docs: Path
) -> None:
    index = Watched(place)
    index.update(docs)
    (docs / "ferry.txt").unlink()
    (docs / "ferry.txt").symlink_to(tmp_path / "private" / "key.txt")
    assert told(index.update(docs))[3] == 1
    check_same(index.index, docs)


def test_a_link_that_is_named_itself_stays_named(place: os.PathLike[str], docs: Path) -> None:
    index = place
    report = update(index, [docs, docs / "link", docs / "notes"], processes=0)
    assert report.added == 4
    assert status(index).roots == (str(docs), str(docs / "link"))
    report = update(index, processes=0)
    assert (report.unchanged, report.removed) == (4, 0)
    assert f"{docs}/link/key.txt" in sources(index)


def test_a_file_that_became_a_link_out_since_it_was_found_is_not_read(
    tmp_path: Path, place: os.PathLike[str], docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = child.handle

    def too_late(asked: bytes) -> bytes:
        (docs / "ferry.txt").unlink(missing_ok=True)
        (docs / "ferry.txt").symlink_to(tmp_path / "private" / "key.txt")
        return handle(asked)

    monkeypatch.setattr(child, "handle", too_late)
    report = update(place, docs, processes=0)
    assert f"{docs}/ferry.txt" in names(report.problems)
    assert not opened(place).search("stone")
    assert report.documents == 2


def test_an_empty_name_is_not_the_current_folder(
    tmp_path: Path, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # askdoc index "$UNSET" made an index of all that stands here.
    monkeypatch.chdir(docs)
    named: list[list[str | Path]] = [[""], [docs, ""]]
    for paths in named:
        with pytest.raises(SourceNotFound):
            update(tmp_path / "index", paths, processes=0)
    assert not (tmp_path / "index").exists()


def test_a_link_to_a_folder_that_was_renamed_does_not_keep_what_was_read_through_it(
    tmp_path: Path,
    place: os.PathLike[str],
) -> None:
    """The link leads nowhere now, which was taken for a folder that cannot be looked into."""
    docs, index = tmp_path / "docs", place
    write(docs / "target" / "a.txt", FERRY)
    (docs / "link").symlink_to("target")
    update(index, docs, processes=0)
    assert [Path(one.source).parent.name for one in opened(index).documents] == ["link"]
    (docs / "target").rename(docs / "renamed")
    update(index, docs, processes=0)
    assert [Path(one.source).parent.name for one in opened(index).documents] == ["renamed"]


def test_what_was_read_through_a_link_out_is_kept_while_its_target_is_away(
    tmp_path: Path, place: os.PathLike[str]
) -> None:
    docs, index = tmp_path / "docs", place
    write(tmp_path / "drive" / "a.txt", FERRY)
    docs.mkdir()
    (docs / "link").symlink_to(tmp_path / "drive")
    update(index, docs, processes=0, follow_links=True)
    (tmp_path / "drive").rename(tmp_path / "away")
    update(index, docs, processes=0, follow_links=True)
    assert len(opened(index).documents) == 1
