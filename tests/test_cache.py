"""What is kept of files that were asked: never another text than the file's own, never too much."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, reject
from strategies import CORPORA, UNTIMED

from askdoc import AskdocError, Assistant
from askdoc.cache import Cache, cache_folder
from askdoc.text import terms

TEXT = "The ferry left at nine. It carried forty cars.\n"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def written(folder: Path, **texts: str) -> Path:
    place = folder / "files"
    place.mkdir(exist_ok=True)
    for name, text in texts.items():
        (place / f"{name}.txt").write_bytes(text.encode())
    return place


def texts_of(assistant: Assistant) -> list[tuple[str, list[str]]]:
    return [
        (passage.document.text, [sentence.text for sentence in passage.sentences])
        for passage in assistant.passages
    ]


def found_in(assistant: Assistant) -> list[tuple[str, float]]:
    """What each passage's own words find, which goes by its terms."""
    return [
        (hit.passage.text, hit.score)
        for passage in assistant.passages
        if terms(passage.text)
        for hit in assistant.search(passage.text)
    ]


def entries(kept: Path) -> list[Path]:
    return sorted(kept.glob("*")) if kept.exists() else []


@UNTIMED
@given(texts=CORPORA)
def test_the_second_time_gives_what_the_first_gave(
    texts: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    place = written(folder, **{f"file{at}": text for at, text in enumerate(texts.values())})
    try:
        plain = Assistant.from_paths(place)
    except AskdocError:
        reject()  # Not every text makes a file that is one.
    for _ in range(2):
        again = Assistant.from_paths(place, cache=Cache(folder / "kept"))
        assert texts_of(again) == texts_of(plain)
        assert found_in(again) == found_in(plain)
        assert [(d.headings, d.notes) for d in again.documents] == [
            (d.headings, d.notes) for d in plain.documents
        ]


def test_a_copy_and_a_moved_file_are_known(tmp_path: Path, kept: Path) -> None:
    place = written(tmp_path, one=TEXT)
    assert Assistant.from_paths(place, cache=Cache(kept)).passages
    (place / "one.txt").rename(place / "two.txt")
    cache = Cache(kept)
    assistant = Assistant.from_paths(place, cache=cache)
    assert cache.parcel_of(assistant.documents[0]) is not None
    assert assistant.documents[0].source.endswith("two.txt")
    assert len(entries(kept)) == 1


def test_a_file_that_changes_while_it_is_read_is_not_kept(tmp_path: Path, kept: Path) -> None:
    place = written(tmp_path, one=TEXT)
    assistant = Assistant.from_paths(place, cache=Cache(kept))
    written(tmp_path, one="Another text.")
    assert assistant.passages[0].document.text == TEXT
    assert entries(kept) == []


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "other"])
def test_a_damaged_entry_is_read_again(tmp_path: Path, kept: Path, damage: str) -> None:
    place = written(tmp_path, one=TEXT, two="The bridge opened in May.")
    before = texts_of(Assistant.from_paths(place, cache=Cache(kept)))
    first, second = entries(kept)
    content = bytearray(first.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 4
    first.write_bytes(
        {
            "cut": bytes(content[:-3]),
            "flip": bytes(content),
            "empty": b"",
            "other": second.read_bytes()[:4] + bytes(content[4:]),
        }[damage]
    )
    assert texts_of(Assistant.from_paths(place, cache=Cache(kept))) == before


def test_no_more_is_kept_than_may_be_and_the_oldest_goes_first(tmp_path: Path, kept: Path) -> None:
    for number in range(12):
        place = written(tmp_path, one=f"{TEXT * 50}{number}")
        assert Assistant.from_paths(place, cache=Cache(kept, most_bytes=20_000)).passages
        for entry in entries(kept):
            # Time passes between two questions.
            status = entry.stat()
            os.utime(entry, ns=(status.st_atime_ns, status.st_mtime_ns - 10**9))
    assert 0 < sum(entry.stat().st_size for entry in entries(kept)) <= 20_000
    cache = Cache(kept)
    last = Assistant.from_paths(place, cache=cache)
    assert cache.parcel_of(last.documents[0]) is not None


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    place = written(tmp_path, one=TEXT)
    (tmp_path / "file").write_text("no folder")
    cache = Cache(tmp_path / "file" / "kept")
    assert Assistant.from_paths(place, cache=cache).ask("What left at nine?", limit=1)


def test_it_stands_where_users_programs_keep_such_things(tmp_path: Path) -> None:
    assert cache_folder({"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "askdoc"
    for environ in ({}, {"XDG_CACHE_HOME": "relative"}):
        assert cache_folder(environ).name in ("askdoc", "cache")
        assert cache_folder(environ).is_absolute()
