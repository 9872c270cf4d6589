"""Another look at what is hinted at alone: nothing else is compared, and nothing else goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from states import FERRY, Watched, check_same, opened, some_documents, told, write

from askdoc.errors import SourceNotFound
from askdoc.index import indexer, status, update


def test_only_what_is_hinted_at_is_compared(tmp_path: Path, place: os.PathLike[str]) -> None:
    docs, index = some_documents(tmp_path / "docs"), place
    update(index, docs, processes=0)
    write(docs / "ferry.txt", "The ferry is sold.")
    write(docs / "notes" / "crew.txt", "Nobody steers.")
    (docs / "notes" / "tower.md").unlink()
    done = update(index, docs, processes=0, hints=[docs / "notes"])
    assert told(done) == (0, 1, 0, 1, 0)
    texts = {document.text for document in opened(index).documents}
    assert texts == {FERRY, "Nobody steers."}
    assert told(update(index, docs, processes=0, hints=[docs / "ferry.txt"])) == (0, 1, 0, 0, 0)
    check_same(index, docs)


def test_a_file_that_moved_between_two_places_is_not_read_again(
    tmp_path: Path, place: os.PathLike[str]
) -> None:
    docs, index = some_documents(tmp_path / "docs"), Watched(place)
    index.update(docs)
    (docs / "notes" / "tower.md").rename(docs / "tower.md")
    hints = [docs / "notes" / "tower.md", docs / "tower.md", docs / "tower.md" / "nothing"]
    done = update(index.index, docs, processes=0, hints=hints)
    assert told(done) == (0, 0, 1, 0, 0)
    check_same(index.index, docs)


def test_hints_within_one_another_and_beside_the_roots_count_once(
    tmp_path: Path, place: os.PathLike[str]
) -> None:
    docs, index = some_documents(tmp_path / "docs"), place
    beside = write(tmp_path / "docs-old" / "a.txt", FERRY).parent
    update(index, [docs, beside], processes=0)
    (docs / "notes" / "crew.txt").unlink()
    (beside / "a.txt").unlink()
    hints: list[Path | str] = ["/", docs, docs / "notes", docs / "notes" / "crew.txt"]
    assert told(update(index, docs, processes=0, hints=hints)) == (0, 0, 0, 1, 2)
    assert status(index).documents == 3


def test_no_hint_means_no_change(tmp_path: Path, place: os.PathLike[str]) -> None:
    docs, index = some_documents(tmp_path / "docs"), place
    update(index, docs, processes=0)
    write(docs / "ferry.txt", "The ferry is sold.")
    assert told(update(index, docs, processes=0, hints=[])) == (0, 0, 0, 0, 0)


def test_a_root_that_is_gone_is_a_problem_and_is_kept(
    tmp_path: Path, place: os.PathLike[str]
) -> None:
    docs, index = some_documents(tmp_path / "docs"), place
    update(index, docs, processes=0)
    docs.rename(tmp_path / "aside")
    with pytest.raises(SourceNotFound):
        update(index, docs, processes=0)
    done = update(index, docs, processes=0, hints=[docs])
    assert [one.remedy for one in done.problems] == [
        "What was read of it is kept; askdoc remove takes it out."
    ]
    assert done.documents == 3
    (tmp_path / "aside").rename(docs)
    assert told(update(index, docs, processes=0, hints=[docs]))[:4] == (0, 0, 0, 0)


def test_what_could_not_be_read_is_not_tried_again_for_having_been_named(
    tmp_path: Path, place: os.PathLike[str]
) -> None:
    broken, index = write(tmp_path / "a.pdf", b"%PDF-1.7 nothing"), Watched(place)
    index.update(broken)
    index.update(broken)
    assert index.read == 1
    assert update(index.index, broken, processes=0, hints=[broken]).unread == 1


def test_looking_at_one_place_does_not_complete_what_was_stopped(
    tmp_path: Path, place: os.PathLike[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    docs, index = some_documents(tmp_path / "docs"), place

    def stop(*numbers: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(indexer, "_BATCH_BYTES", 1)
    with pytest.raises(KeyboardInterrupt):
        update(index, docs, processes=0, progress=stop)
    assert status(index).interrupted
    update(index, docs, processes=0, hints=[docs / "notes" / "crew.txt"])
    assert status(index).interrupted
    update(index, docs, processes=0)
    assert not status(index).interrupted
    check_same(index, docs)


def test_where_there_is_no_index_hints_do_not_count(
    tmp_path: Path, nowhere: os.PathLike[str]
) -> None:
    docs, index = some_documents(tmp_path / "docs"), nowhere
    assert told(update(index, docs, processes=0, hints=[])) == (3, 0, 0, 0, 0)
