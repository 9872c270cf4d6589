"""A saved index that was damaged answers rightly or says that it is damaged, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from states import OLD, check_same, opened, write

from askdoc.errors import (
    IndexDamaged,
    IndexNotFound,
    IndexOutdated,
    NoDocuments,
    SavedIndexError,
)
from askdoc.index import remove, status, update
from askdoc.store import catalog as catalogs
from askdoc.store import folder as folders
from askdoc.store.folder import DESCRIPTION
from lab.fuzzing.index_states import STATES, made
from lab.fuzzing.indices import answers, cases

CASES = int(os.environ.get("ASKDOC_DAMAGES", "12"))
"""In how many ways each index is damaged; `python -m lab.fuzzing.indices` searches for longer."""


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    for number in range(10):
        write(
            folder / f"ship{number}.md",
            f"# Ship {number}\n\nThe ferry Halcyon {number} carried forty cars.\n\n## Crew\n\n"
            f"Mira Olsen is captain of the Halcyon {number}. "
            + "The pier was closed in March. " * (3 * number)
            + f"\n\nAda Brandt kept the lamp of the tower {number} times.",
        )
    return folder


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, docs: Path) -> Path:
    """An index that was updated once, so that passages were deleted from it."""
    place = tmp_path_factory.mktemp("made") / "index"
    changed = docs / "ship3.md"
    now = changed.read_bytes()
    write(changed, "Something else.")
    update(place, docs, processes=0)
    write(changed, now, modified=OLD + 1)
    update(place, docs, processes=0)
    return place


@pytest.fixture
def copy(index: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(index, tmp_path / "index"))


@pytest.mark.parametrize("state", STATES)
def test_any_damage_is_told_or_does_no_harm(tmp_path: Path, state: str) -> None:
    found = list(cases(made(state, tmp_path), range(CASES)))
    assert [case for case in found if case.is_fault(crafted=False)] == []
    assert Counter(case.asked for case in found)["told"] > CASES // 3


@pytest.mark.parametrize("state", STATES[1:])
def test_what_a_killed_writer_leaves_is_what_was_committed(tmp_path: Path, state: str) -> None:
    place = made(state, tmp_path)
    assert status(place).interrupted
    assert {Path(d.source).name for d in opened(place).documents} == {
        file.name for file in (tmp_path / "docs").iterdir()
    }
    check_same(place, tmp_path / "docs")
    update(place, processes=0)
    assert not status(place).interrupted
    check_same(place, tmp_path / "docs")


@pytest.mark.parametrize("state", ["whole", "writing", "merging"])
def test_tantivys_own_list_is_not_believed_at_any_bit(tmp_path: Path, state: str) -> None:
    """A flipped bit there made right answers vanish after a writer had been killed."""
    place = made(state, tmp_path)
    expected = answers(place)
    file = next(place.glob("data-1/terms/meta.json"))
    content = file.read_bytes()
    random = Random(2)
    for _ in range(20):
        changed = bytearray(content)
        changed[random.randrange(len(content))] ^= 1 << random.randrange(8)
        file.write_bytes(changed)
        assert answers(place) == expected
    write(tmp_path / "docs" / "new.md", "# New\n\nThe ferry is new.")
    update(place, processes=0)
    check_same(place, tmp_path / "docs")


def test_any_file_that_is_missing(index: Path, tmp_path: Path) -> None:
    expected = answers(index)
    for number, file in enumerate(sorted(index.rglob("*"))):
        copy = Path(shutil.copytree(index, tmp_path / str(number)))
        missing = copy / file.relative_to(index)
        shutil.rmtree(missing) if missing.is_dir() else missing.unlink()
        try:
            assert answers(copy) == expected
            # Of tantivy's own lists the catalogue has a copy.
            assert file.suffix == ".lock" or file.name in ("lock", ".managed.json", "meta.json")
        except SavedIndexError as error:
            assert error.where and error.remedy


def test_any_file_of_an_older_version(docs: Path, tmp_path: Path) -> None:
    """As a backup may leave it that was made while the index was written."""
    place, older = tmp_path / "index", tmp_path / "older"
    files = tmp_path / "docs"
    shutil.copytree(docs, files)
    update(place, files, processes=0)
    shutil.copytree(place, older)
    write(files / "ship3.md", "# Changed\n\nThe tower is of brick.", modified=OLD + 1)
    (files / "ship4.md").unlink()
    update(place, files, processes=0)
    states = [answers(older), answers(place)]
    for number, file in enumerate(file for file in older.rglob("*") if file.is_file()):
        copy = Path(shutil.copytree(place, tmp_path / str(number)))
        shutil.copy2(file, copy / file.relative_to(older))
        try:
            assert answers(copy) in states
        except IndexDamaged:
            assert file.name in ("sources.db", "meta.json")


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"format": 0},
        {"format": "next"},
        {"analysis": "00000000-0"},
        {"format": 6, "data": ["sharded", "anew"], "cipher": None},
    ],
)
def test_an_index_of_another_version_names_the_way_out(
    copy: Path, docs: Path, change: dict[str, object]
) -> None:
    description = json.loads((copy / DESCRIPTION).read_bytes())
    del description["check"]
    description |= change
    description["check"] = folders._check(description)
    (copy / DESCRIPTION).write_text(json.dumps(description))
    for use in (
        lambda: opened(copy),
        lambda: status(copy),
        lambda: update(copy, docs, processes=0),
        lambda: update(copy, processes=0),
        lambda: remove(copy, [docs]),
    ):
        with pytest.raises(IndexOutdated, match=r"askdoc index --rebuild"):
            use()
    update(copy, docs, rebuild=True, processes=0)
    check_same(copy, docs)
    assert len(list(copy.glob("data-*"))) == 1


@pytest.mark.parametrize(
    "content", [b"", b"[", b"[" * 100_000, b"null", b"[]", b"1", b"\xff", b"{}"]
)
def test_a_description_that_is_none(copy: Path, docs: Path, content: bytes) -> None:
    (copy / DESCRIPTION).write_bytes(content)
    for paths in ([], [docs]):
        with pytest.raises(IndexDamaged, match="askdoc index --rebuild"):
            update(copy, paths, processes=0)
    with pytest.raises((IndexDamaged, NoDocuments)):
        update(copy, rebuild=True, processes=0)
    update(copy, docs, rebuild=True, processes=0)
    check_same(copy, docs)


def test_no_index_at_all(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder" / DESCRIPTION).mkdir(parents=True)
    for place in (tmp_path / "none", tmp_path / "file", tmp_path):
        with pytest.raises(IndexNotFound):
            opened(place)
    with pytest.raises(SavedIndexError):
        opened(tmp_path / "folder")


def test_what_is_removed_while_it_is_asked(copy: Path) -> None:
    assistant = opened(copy)
    assert assistant.search("ferry")
    shutil.rmtree(copy)
    for _ in range(2):
        with pytest.raises(IndexNotFound):
            assistant.search("ferry")


def test_texts_that_changed_places_are_not_given_out(docs: Path, tmp_path: Path) -> None:
    """As a damaged table of texts would do it: each is whole, but another's."""
    number, random = catalogs._NUMBER, Random(1)

    class Confused:
        """Packs a number near the one that is given."""

        size = number.size

        def pack(self, found: int) -> bytes:
            return number.pack(found + random.choice([0, 1]))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogs, "_NUMBER", Confused())
        update(tmp_path / "index", docs, processes=0)
    with pytest.raises(IndexDamaged, match="was changed"):
        opened(tmp_path / "index").search("ferry tower lamp", limit=50)
