"""What stands in an index that somebody made to do harm, its checksums all right."""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hostile import Scene, check_harmless, check_refused, in_time, victim_in
from states import opened, some_documents

from askdoc.errors import IndexDamaged, SavedIndexError
from askdoc.index import status, update
from askdoc.present.keeping import as_json, as_text
from askdoc.store import database
from askdoc.store import folder as folders
from askdoc.store.catalog import Catalog
from askdoc.store.folder import DESCRIPTION
from askdoc.store.gate import CATALOG
from askdoc.store.occurrences import pack_occurrences
from askdoc.store.prepared import pack
from lab.fuzzing.index_crafts import change_state
from lab.fuzzing.indices import cases

CRAFTS = int(os.environ.get("ASKDOC_CRAFTS", "30"))
"""How many crafted indexes are tried; set the variable for a longer search."""


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """An index that was just made."""
    docs = some_documents(tmp_path / "docs")
    update(tmp_path / "index", docs, processes=0)
    return Scene(tmp_path / "index", docs, victim_in(tmp_path))


def change_sources(scene: Scene, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what the index knows of its files; all sums are right again."""
    names = (
        "name", "modified", "seen", "passages", "sentences", "lines", "length", "notes", "problem",
        "changed", "reading", "tries", "terms",
    )  # fmt: skip
    with closing(sqlite3.connect(scene.data / CATALOG)) as db, db:
        rows = db.execute("SELECT id, path, size, digest, facts FROM sources").fetchall()
        total = 0
        for number, path, size, digest, packed in rows:
            facts = dict(zip(names, json.loads(packed), strict=True)) | {"path": path}
            change(facts)
            path = facts["path"]
            packed = json.dumps([facts[name] for name in names]).encode()
            check = zlib.crc32(pack((b"%d %d" % (number, size), path, digest, packed)))
            db.execute(
                "UPDATE sources SET path = ?, facts = ?, sum = ? WHERE id = ?",
                (path, packed, check, number),
            )
            total += check
    change_state(scene.data, lambda state: state.update(sources_sum=total))


@pytest.mark.parametrize(
    "change",
    [
        {"generation": "1"},
        {"generation": True},
        {"next_id": 2**70},
        {"next_id": -1},
        {"documents": 1.0},
        {"passages": 10**30},
        {"terms": -1},
        {"roots": None},
        {"roots": [["/x"]]},
        {"roots": [["/x", 1]]},
        {"unfinished": [1]},
        {"files": [["a", 1, 2, 3]]},
        {"files": []},
        {"listing": 1},
        {"listing": "[" * 100_000},
        {"other": 1},
        {"generation": float("nan")},
    ],
)
def test_a_state_of_another_type_is_damage(scene: Scene, change: dict[str, Any]) -> None:
    change_state(scene.data, lambda state: state.update(change))
    check_refused(scene, match="damaged")


def test_a_state_with_a_field_too_few_is_damage(scene: Scene) -> None:
    for name in ("roots", "listing", "unfinished"):
        change_state(scene.data, lambda state, name=name: state.pop(name, None))  # type: ignore[misc]
        check_refused(scene, match="damaged")


@pytest.mark.parametrize(
    "name",
    [
        "../../../precious/thesis.txt",
        "/etc/passwd",
        "0123.idx",
        "0" * 32 + ".exe",
        ".managed.json",
    ],
)
def test_no_file_outside_is_named_as_a_part(scene: Scene, name: str) -> None:
    change_state(scene.data, lambda state: state["files"].append([name, 14, 0]))
    check_refused(scene, match="the list of its files was changed")


@pytest.mark.parametrize(
    "change",
    [
        lambda listing: listing["segments"].append(listing["segments"][0]),
        lambda listing: listing["segments"][0].update(segment_id="../../../../precious/thesis"),
        lambda listing: listing["segments"][0].update(max_doc=2**40),
        lambda listing: listing["segments"][0].update(max_doc=-1),
        lambda listing: listing["segments"][0].update(deletes={"opstamp": "/../x"}),
        lambda listing: listing["segments"].clear(),
        lambda listing: listing["index_settings"].update(docstore_compression="zstd"),
        lambda listing: listing["schema"].pop(),
        lambda listing: listing["schema"][0]["options"].update(stored=True),
        lambda listing: listing["schema"][2]["options"].update(indexed=False),
        lambda listing: listing.pop("schema"),
    ],
)
def test_a_list_of_tantivys_that_has_it_do_something_else(
    scene: Scene, change: Callable[[dict[str, Any]], None]
) -> None:
    def told(state: dict[str, Any]) -> None:
        listing = json.loads(state["listing"])
        change(listing)
        state["listing"] = json.dumps(listing)

    change_state(scene.data, told)
    check_refused(scene, match="changed")


_ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"


@pytest.mark.parametrize(
    "statements",
    [
        f"DROP TABLE state; CREATE VIEW state AS {_ENDLESS} SELECT x AS content, x AS sum FROM c",
        f"DROP TABLE passages; CREATE VIEW passages AS {_ENDLESS} SELECT x AS id, x AS row FROM c",
        "CREATE TRIGGER t AFTER INSERT ON sources BEGIN DELETE FROM passages; END",
        "CREATE TABLE other (x)",
        "CREATE INDEX other ON sources (abs(size))",
        "CREATE VIRTUAL TABLE v USING fts5(x)",
        "ALTER TABLE sources ADD COLUMN g GENERATED ALWAYS AS (abs(size)) VIRTUAL",
        "DROP TABLE state",
    ],
)
def test_a_catalogue_whose_tables_do_something(scene: Scene, statements: str) -> None:
    with closing(sqlite3.connect(scene.data / CATALOG)) as db:
        try:
            db.executescript(statements)
        except sqlite3.OperationalError as error:
            pytest.skip(str(error))  # This SQLite has no such tables.
    check_refused(scene, match="other tables")


def test_no_statement_goes_on_for_ever(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_STEPS", 10_000)
    with closing(Catalog(scene.data)) as catalog, in_time():
        with pytest.raises(IndexDamaged, match="interrupted"), catalog.translated():
            catalog.db.execute(f"{_ENDLESS} SELECT COUNT(*) FROM c").fetchall()
        with pytest.raises(IndexDamaged), catalog.translated():
            catalog.db.execute("ATTACH ':memory:' AS other")
        with pytest.raises(IndexDamaged, match="too big"), catalog.translated():
            catalog.db.execute("SELECT zeroblob(1 << 30)").fetchall()


def test_a_catalogue_that_is_zeros_while_it_is_asked(scene: Scene) -> None:
    assistant = opened(scene.index)
    assistant.search("ferry")
    size = (scene.data / CATALOG).stat().st_size
    with (scene.data / CATALOG).open("r+b") as file:
        file.write(bytes(size))
    for _ in range(2):
        with pytest.raises(SavedIndexError):
            assistant.ask("What did the ferry carry?")
    with pytest.raises(SavedIndexError):
        list(assistant.documents)
    check_refused(scene)


def test_a_catalogue_whose_last_rows_are_zeros_while_it_is_asked(scene: Scene) -> None:
    assistant = opened(scene.index)
    pages = (scene.data / CATALOG).stat().st_size // 4096
    with (scene.data / CATALOG).open("r+b") as file:
        file.seek(4096)
        file.write(bytes(4096 * (pages - 1)))
    with pytest.raises(SavedIndexError):
        assistant.ask("What did the ferry carry?")


@pytest.mark.parametrize(
    "terms", [b"", b"bridg", bytes(8) + b" \tferri ", bytes(8) + b" \t-9\tferri ", bytes(8), "text"]
)
def test_terms_of_passages_that_are_none(scene: Scene, terms: bytes | str) -> None:
    with closing(sqlite3.connect(scene.data / CATALOG)) as db, db:
        for (number,) in db.execute("SELECT id FROM passages").fetchall():
            made = terms
            if isinstance(terms, bytes) and len(terms) >= 8:
                check = zlib.crc32(terms[4:], number % 4_294_967_291)
                made = check.to_bytes(4, "little") + terms[4:]
            db.execute("UPDATE passages SET terms = ? WHERE id = ?", (made, number))
    if terms != bytes(8):
        with pytest.raises(IndexDamaged):
            opened(scene.index).search("ferry")
    check_harmless(scene)


def test_what_somebody_said_of_terms_holds_until_it_is_updated(scene: Scene) -> None:
    """Passages of somebody else's index were found by terms that their texts do not have."""
    before = [(hit.passage.text, hit.score) for hit in opened(scene.index).search("ferry")]
    assert before
    with closing(sqlite3.connect(scene.data / CATALOG)) as db, db:
        for (number,) in db.execute("SELECT id FROM passages").fetchall():
            packed = pack_occurrences(number, "lies " * 900)
            db.execute("UPDATE passages SET terms = ? WHERE id = ?", (packed, number))
    change_sources(scene, lambda source: source.update(terms=77))
    change_state(scene.data, lambda state: state.update(terms=7))
    assert not opened(scene.index).search("ferry")
    (scene.docs / "new.txt").write_text("Nothing of it.")
    update(scene.index, scene.docs, processes=0)
    (scene.docs / "new.txt").unlink()
    update(scene.index, scene.docs, processes=0)
    assert [(hit.passage.text, hit.score) for hit in opened(scene.index).search("ferry")] == before


def test_marks_that_unpack_to_more_than_memory(scene: Scene) -> None:
    bomb = zlib.compress(b" " * (200 * 2**20))
    assert len(bomb) < 2**20
    with closing(sqlite3.connect(scene.data / CATALOG)) as db, db:
        packed = zlib.crc32(bomb).to_bytes(4, "little") + bomb
        db.execute("UPDATE sources SET marks = ?", (packed,))
    document = opened(scene.index).documents[0]
    with pytest.raises(IndexDamaged, match="marks were changed"):
        assert document.headings


@pytest.mark.parametrize(
    "facts",
    [
        {"passages": 10**12},
        {"passages": -1},
        {"length": "1"},
        {"modified": 10**30},
        {"seen": None},
        {"changed": -(10**30)},
        {"changed": True},
        {"reading": 3},
        {"tries": -1},
        {"tries": 0.5},
        {"terms": 2**80},
        {"notes": [1]},
        {"problem": ["a"]},
        {"name": 1},
    ],
)
def test_a_source_of_another_type_is_damage(scene: Scene, facts: dict[str, Any]) -> None:
    change_sources(scene, lambda source: source.update(facts))
    with pytest.raises(IndexDamaged, match=r"source \d was changed"):
        status(scene.index)
    check_harmless(scene)


@pytest.mark.parametrize(
    "kind", ["annotations", "LoadError", "__import__", "AskdocError", "x" * 99]
)
def test_an_error_of_a_kind_that_is_none(scene: Scene, kind: str) -> None:
    problem = [kind, "it was", "here", "Go."]
    change_sources(scene, lambda source: source.update(problem=problem))
    assert {str(one) for one in status(scene.index).problems} == {"it was: here. Go."}
    check_harmless(scene)


@pytest.mark.parametrize("path", [b"/dev/zero", b"a\0b", b"", b"/proc/self/mem", b"pipe"])
def test_a_source_that_is_somewhere_else_is_looked_up_and_not_opened(
    scene: Scene, path: bytes
) -> None:
    if path == b"pipe":
        path = os.fsencode(scene.docs / "pipe")
        os.mkfifo(path)
    count = iter(range(100))
    change_sources(scene, lambda source: source.update(path=path + b"/" * next(count)))
    with in_time():
        found = status(scene.index)
        assert len(found.gone) + len(found.changed) == 3
        assistant = opened(scene.index)
        answer = assistant.ask("What did the ferry carry?", threshold=0.0)
        assert assistant.changes(answer).keys() == {answer.citations[0].source}
    check_harmless(scene)


def test_names_that_would_steer_a_terminal_are_shown_and_do_nothing(scene: Scene) -> None:
    name = "a\x1b]0;owned\x07\u202eb\x9b31m\ud800.txt"
    change_sources(scene, lambda source: source.update(name=name, problem=["E", name, name, ""]))
    change_state(scene.data, lambda state: state.update(roots=[["/x", name]], unfinished=["/x"]))
    found = status(scene.index)
    shown = as_text(found) + as_json(found)
    assert not any(sign in shown for sign in "\x1b\x07\u202e\x9b")
    shown.encode()


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 60_000,
        b'{"format": NaN, "analysis": 1, "data": 2, "check": 3}',
        b'{"format": 1' + b"0" * 9000 + b"}",
        b"\xff" * 100,
        b"{}" * 40_000,
    ],
)
def test_a_description_made_to_do_harm(scene: Scene, content: bytes) -> None:
    (scene.index / DESCRIPTION).write_bytes(content)
    check_refused(scene)


@pytest.mark.parametrize("data", ["..", "data-1/../../precious", "/etc", "data-1\n", "data-\u0661"])
def test_data_that_is_said_to_be_somewhere_else(scene: Scene, data: str) -> None:
    description = json.loads((scene.index / DESCRIPTION).read_bytes())
    del description["check"]
    description["data"] = data
    description["check"] = folders._check(description)
    (scene.index / DESCRIPTION).write_text(json.dumps(description))
    check_refused(scene)


def test_any_crafted_index_answers_or_is_refused(scene: Scene) -> None:
    """Each is opened, asked and updated in a process with limits of memory and time."""
    found = list(cases(scene.index, range(CRAFTS), crafted=True))
    assert [case for case in found if case.is_fault(crafted=True)] == []
    assert {case.asked for case in found} >= {"told"}
