"""What stands in the cluster is edited, gone, or of another version: never another answer."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from random import Random
from typing import Any

import pytest

from askdoc import Assistant
from askdoc.cli import main
from askdoc.errors import ClusterFailed, IndexDamaged, IndexNotFound, SavedIndexError
from askdoc.index import update
from lab.cluster import Cluster
from lab.fuzzing.cluster.damaging import Edits, Stored, told, tried

SHIPS = (("Halcyon", "Kesk"), ("Argo", "Vell"), ("Mira", "Ostrava"))
QUESTIONS = ["When did the ship Halcyon leave Kesk?", "Who saw no land?", "day 2"]
ASK = "When did the ship Halcyon leave Kesk?"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for ship, town in SHIPS:
        days = (
            f"The ship {ship} left {town} on day {day}. "
            + f"The crew of ship {ship} saw no land. " * 12
            for day in range(3)
        )
        (folder / f"{ship}.md").write_text(f"# Log of {ship}\n\n" + "\n\n".join(days))
    return folder


@pytest.fixture
def url(cluster: Cluster, index_name: str, docs: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ASKDOC_CLUSTER_SHARDS", "1")
    url = f"{cluster.url}/{index_name}"
    update(url, docs, processes=0)
    return url


@pytest.fixture
def stored(cluster: Cluster, index_name: str, url: str) -> Stored:
    return Stored(cluster, index_name)


def asked(url: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What the program ends with when it is asked, and says beside an answer."""
    capsys.readouterr()
    code = main(["query", ASK, "--index", url, "--reader", "lexical"])
    return code, capsys.readouterr().err


def is_an_error(url: str, capsys: pytest.CaptureFixture[str], *words: str) -> bool:
    """Whether a question is an error, in one line."""
    code, said = asked(url, capsys)
    assert (code, said.count("\n")) == (2, 1), (code, said)
    assert said.startswith("askdoc: ") and url in said
    return all(word in said for word in words)


def test_what_is_edited_by_hand_is_an_error_or_the_same_answer(url: str, stored: Stored) -> None:
    edits = Edits(stored, Random(4))
    before = list(told(url, QUESTIONS))
    for kind in edits.kinds:
        for field in edits.random.sample(("row", "counts", "record", "marks"), 2):
            edit = edits.make(kind, field)
            outcome = tried(url, edit, QUESTIONS, before)
            # Two records may change places: each says itself of which file it is.
            harmless = kind == "of another source" or (kind, field) == ("swap", "record")
            assert outcome in ("IndexDamaged", "ClusterFailed") or harmless, edit.what
    assert list(told(url, QUESTIONS)) == before


def test_headings_of_another_file_are_not_taken_for_those_of_a_file(
    url: str, stored: Stored
) -> None:
    """Their checksum held for every file, so that an answer was cited below another's heading."""
    one, other, *_ = stored.sources()
    stored.put(one, marks=other["_source"]["marks"])
    with pytest.raises(IndexDamaged, match="marks"):
        list(told(url, QUESTIONS))


def test_passages_that_have_gone_are_told_and_not_said_not_to_be_there(
    url: str, stored: Stored, capsys: pytest.CaptureFixture[str]
) -> None:
    """An index that had lost what answers a question said that the documents don't."""
    assert asked(url, capsys) == (0, "")
    opened = Assistant.open(url, reader="lexical")
    assert opened.search("Halcyon Kesk")
    for hit in stored.passages():
        if "Halcyon" in hit["_source"]["row"]:
            stored.delete(hit)
    assert is_an_error(url, capsys, "damaged", "--rebuild")
    # Who has asked it before has counted them then.
    with pytest.raises(IndexDamaged, match="missing"):
        opened.search("Halcyon Kesk")


def test_an_index_that_is_there_and_empty_is_damaged(
    url: str, cluster: Cluster, docs: Path, stored: Stored, capsys: pytest.CaptureFixture[str]
) -> None:
    """As after a restore of a part, or a shard that somebody allocated empty."""
    index = stored.passages()[0]["_index"]
    made = cluster.ask("GET", f"/{index}").body[index]
    settings = made["settings"]["index"]
    for own in ("creation_date", "uuid", "version", "provided_name"):
        del settings[own]
    cluster.ask("DELETE", f"/{index}")
    body = {"settings": settings, "mappings": made["mappings"], "aliases": made["aliases"]}
    assert cluster.ask("PUT", f"/{index}", body).status == 200
    assert is_an_error(url, capsys, "damaged", "--rebuild")
    update(url, docs, rebuild=True, processes=0)
    assert asked(url, capsys) == (0, "")


@pytest.mark.parametrize("part", ["passages", "sources"])
def test_an_index_that_is_deleted_under_a_reader_and_a_writer_is_an_error_to_both(
    part: str,
    url: str,
    cluster: Cluster,
    docs: Path,
    stored: Stored,
    capsys: pytest.CaptureFixture[str],
) -> None:
    opened = Assistant.open(url, reader="lexical")
    opened.ask(ASK)
    (hit, *_) = stored.passages() if part == "passages" else stored.sources()
    cluster.ask("DELETE", f"/{hit['_index']}")
    with pytest.raises((ClusterFailed, IndexDamaged)):
        opened.ask(ASK)
    assert is_an_error(url, capsys)
    (docs / "new.md").write_text("The ship Vega left Kesk on day 7.")
    with pytest.raises((ClusterFailed, IndexDamaged)):
        update(url, docs, processes=0)
    # Nothing of the cluster's own choice was made in its place.
    assert cluster.ask("HEAD", f"/{hit['_index']}").status == 404
    update(url, docs, rebuild=True, processes=0)
    assert asked(url, capsys) == (0, "")
    assert opened.ask("When did the ship Vega leave Kesk?").answered


def test_a_state_that_is_deleted_is_no_index_and_can_be_made_again(
    url: str, docs: Path, stored: Stored, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = Assistant.open(url, reader="lexical")
    stored.delete(stored.state())
    with pytest.raises(IndexNotFound):
        opened.ask(ASK)
    assert is_an_error(url, capsys, "no saved index")
    update(url, docs, processes=0)
    assert asked(url, capsys) == (0, "")
    # What nobody publishes any more was cleared away.
    assert len({hit["_index"] for hit in stored.passages()}) == 1


def sealed(content: object) -> dict[str, Any]:
    """A document of a state as somebody would forge it, with the right sum."""
    text = content if isinstance(content, str) else json.dumps(content)
    return {"content": text, "sum": zlib.crc32(text.encode())}


FORGED: dict[str, dict[str, object]] = {
    "another state": {"state": "[]"},
    "numbers that do not fit": {"reserved": 1},
    "no list of holes": {"holes": [[1]]},
    "a hole that ends nowhere": {"holes": [[1, 2**70]]},
    "a typical length of nothing": {"typical": 0},
    "a lease of nobody": {"lease": [None, 5]},
    "one field more": {"more": 1},
}


def test_a_state_that_was_forged_is_an_error(
    url: str, stored: Stored, capsys: pytest.CaptureFixture[str]
) -> None:
    hit = stored.state()
    content = json.loads(hit["_source"]["content"])
    for what, forged in FORGED.items():
        stored.put(hit, **sealed({**content, **forged}))
        assert is_an_error(url, capsys, "damaged"), what


def test_a_state_of_another_version_is_told_and_made_anew(
    url: str, docs: Path, stored: Stored, capsys: pytest.CaptureFixture[str]
) -> None:
    hit = stored.state()
    content = json.loads(hit["_source"]["content"])
    for other in ({"format": 999}, {"analysis": "another"}):
        stored.put(hit, **sealed({**content, **other}))
        assert is_an_error(url, capsys, "another version", "--rebuild")
        with pytest.raises(SavedIndexError, match="another version"):
            update(url, docs, processes=0)
        update(url, docs, rebuild=True, processes=0)
        assert asked(url, capsys) == (0, "")


def test_passages_that_the_cluster_has_updated_or_copied_itself_lack_their_terms(
    url: str, cluster: Cluster, stored: Stored, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every passage was there and none could be found: the documents were said not to say it."""
    for hit in stored.passages():
        path = f"/{hit['_index']}/_update/{hit['_id']}?routing={hit['_routing']}&refresh=true"
        body = {"doc": {"number": int(hit["_id"])}, "detect_noop": False}
        assert cluster.ask("POST", path, body).body["result"] == "updated"
    assert is_an_error(url, capsys, "damaged", "--rebuild")
