"""What is kept of files that were asked: never another text than the file's own, never too much."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, reject
from strategies import CORPORA, UNTIMED

from askdoc import AskdocError, Assistant
from askdoc.cache import Cache, cache_folder
from askdoc.english.analyzer import terms

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
    assert cache.has_recalled(assistant.documents[0])
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
    assert cache.has_recalled(last.documents[0])


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


# What somebody else could have put there

PLANTED = "The ferry left at five. It carried forty cars.\n"
WITH_RIGHTS = pytest.mark.skipif(os.name == "nt", reason="no mode bits there")


def plant(kept: Path, tmp_path: Path) -> Path:
    """An entry, sound in itself, that gives a file another text than it has; its file."""
    place = written(tmp_path, one=TEXT, other=PLANTED)
    assert text_of(place / "one.txt", Cache(kept)) == TEXT
    (real,) = entries(kept)
    real.rename(tmp_path / "name")
    assert text_of(place / "other.txt", Cache(kept)) == PLANTED
    (false,) = entries(kept)
    false.rename(real)
    (tmp_path / "name").unlink()
    return place / "one.txt"


def text_of(file: Path, cache: Cache) -> str:
    """The text that a question to a file is answered from; what was read for it is kept."""
    (text,) = {
        passage.document.text for passage in Assistant.from_paths(file, cache=cache).passages
    }
    return text


def test_an_entry_that_was_planted_would_be_believed(tmp_path: Path, kept: Path) -> None:
    # Else the tests below would show nothing.
    assert text_of(plant(kept, tmp_path), Cache(kept)) == PLANTED


@WITH_RIGHTS
@pytest.mark.parametrize("rights", [0o777, 0o770, 0o1777])
def test_what_stands_in_a_folder_that_others_can_write_to_is_not_quoted(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, rights: int
) -> None:
    monkeypatch.setattr("askdoc.private._is_own_group", lambda number: False)
    file = plant(kept, tmp_path)
    kept.chmod(rights)
    cache = Cache(kept)
    assert text_of(file, cache) == TEXT
    assert cache.refusal == (
        f"other users can write to this folder: {kept}. Make it private to you, name a folder of "
        "your own in XDG_CACHE_HOME, or use --no-cache."
    )
    written(tmp_path, two="The bridge opened in May.")
    assert Assistant.from_paths(tmp_path / "files" / "two.txt", cache=cache).passages
    assert len(entries(kept)) == 1


@WITH_RIGHTS
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_an_entry_that_somebody_else_wrote_is_dropped(tmp_path: Path, kept: Path) -> None:
    file = plant(kept, tmp_path)
    os.chown(entries(kept)[0], 65534, 65534)
    assert text_of(file, Cache(kept)) == TEXT
    assert text_of(file, Cache(kept)) == TEXT
    assert [entry.stat().st_uid for entry in entries(kept)] == [0]


@WITH_RIGHTS
@pytest.mark.parametrize("rights", [0o666, 0o606])
def test_an_entry_that_others_can_write_to_is_dropped(
    tmp_path: Path, kept: Path, rights: int
) -> None:
    file = plant(kept, tmp_path)
    entries(kept)[0].chmod(rights)
    assert text_of(file, Cache(kept)) == TEXT
    assert text_of(file, Cache(kept)) == TEXT
    assert rights_of(kept) == [0o600]


@WITH_RIGHTS
def test_an_entry_that_is_a_link_a_pipe_or_a_folder_is_not_used(tmp_path: Path, kept: Path) -> None:
    file = plant(kept, tmp_path)
    (entry,) = entries(kept)
    elsewhere = entry.rename(tmp_path / "elsewhere")
    for make in (lambda path: path.symlink_to(elsewhere), os.mkfifo, Path.mkdir):
        make(entry)
        assert text_of(file, Cache(kept)) == TEXT
        if entry.is_dir():
            entry.rmdir()
        else:
            entry.unlink()
    assert elsewhere.stat().st_size  # and nothing was written through the link


@WITH_RIGHTS
def test_folder_and_entries_are_the_user_s_alone_whatever_the_mask(
    tmp_path: Path, kept: Path
) -> None:
    before = os.umask(0)
    try:
        file = written(tmp_path, one=TEXT) / "one.txt"
        assert text_of(file, Cache(kept / "deep")) == TEXT
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept, kept / "deep")] == [0o700] * 2
    assert rights_of(kept / "deep") == [0o600]


@WITH_RIGHTS
def test_what_an_earlier_version_left_for_all_to_read_is_closed_and_used(
    tmp_path: Path, kept: Path
) -> None:
    file = plant(kept, tmp_path)
    entries(kept)[0].chmod(0o644)
    kept.chmod(0o755)
    assert text_of(file, Cache(kept)) == PLANTED
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert rights_of(kept) == [0o600]


def rights_of(kept: Path) -> list[int]:
    return [stat.S_IMODE(entry.stat().st_mode) for entry in entries(kept)]


def test_an_entry_of_any_size_is_read_no_further_than_what_is_kept(
    tmp_path: Path, kept: Path
) -> None:
    file = plant(kept, tmp_path)
    os.truncate(entries(kept)[0], 2**40)  # of nothing: it takes no room
    assert text_of(file, Cache(kept, most_bytes=100_000)) == TEXT


def test_what_a_killed_writer_left_is_cleared_away_in_time(tmp_path: Path, kept: Path) -> None:
    kept.mkdir(mode=0o700)
    for name, age in ((".old", 7200), (".new", 60)):
        (kept / name).write_bytes(b"half")
        modified = (kept / name).stat().st_mtime_ns - age * 10**9
        os.utime(kept / name, ns=(modified, modified))
    assert text_of(written(tmp_path, one=TEXT) / "one.txt", Cache(kept)) == TEXT
    assert [entry.name for entry in entries(kept)][:1] == [".new"]
    assert len(entries(kept)) == 2


def test_without_a_home_folder_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert text_of(written(tmp_path, one=TEXT) / "one.txt", Cache()) == TEXT
    assert {path.name for path in tmp_path.iterdir()} == {"files"}
