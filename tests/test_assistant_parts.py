"""Assistants of some documents, and of further ones: `only` and `adding`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import CORPORA, as_documents, questions

from askdoc import Assistant, load_paths, load_text
from askdoc.cache import Cache
from askdoc.errors import EmptySource, SourceNotFound, UnknownSource
from askdoc.index import update
from askdoc.model import Question
from askdoc.read import Reader
from askdoc.read import reader as make_reader

FERRY = "The ferry Halcyon carried forty cars to the island on Monday."
TOWER = "The tower of Port Kesk is of red brick.\n\nAda Brandt kept its lamp."
CREW = "Mira Olsen is captain of the Halcyon.\n\nJonas Lind steers the Petrel."
PASTED = "The lamp of the tower was lit by Sven Dahl in the storm."
CAPTAIN, LAMP = "Who is captain of the Halcyon?", "Who kept the lamp of the tower?"

Make = Callable[[Path], Assistant]


def in_memory(docs: Path) -> Assistant:
    return Assistant.from_paths(docs, reader="lexical")


def in_an_index(docs: Path) -> Assistant:
    update(docs.parent / "index", docs, processes=0)
    return Assistant.open(docs.parent / "index", reader="lexical")


BOTH = pytest.mark.parametrize("make", [in_memory, in_an_index])


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, text in {"crew": CREW, "ferry": FERRY, "tower": TOWER}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def sources(assistant: Assistant) -> list[str]:
    names = [document.source for document in assistant.documents]
    assert [extent.source for extent in assistant.extents] == names
    assert list(dict.fromkeys(p.document.source for p in assistant.passages)) == names
    return names


def cited(assistant: Assistant, question: str) -> list[tuple[str, str]]:
    """All citations, in order; each stands in one of the documents."""
    texts = {document.source: document.text for document in assistant.documents}
    answer = assistant.ask(question, limit=50, threshold=0.0)
    for citation in answer.citations:
        assert texts[citation.source][citation.start : citation.end] == citation.quote
    return [(citation.source, citation.quote) for citation in answer.citations]


@BOTH
def test_some_documents_alone_are_asked(docs: Path, make: Make) -> None:
    whole = make(docs)
    crew, ferry, tower = sources(whole)
    some = whole.only([tower, ferry])
    assert sources(some) == [ferry, tower]
    assert {source for source, _ in cited(some, CAPTAIN)} == {ferry, tower}
    assert {hit.passage.document.source for hit in some.search("Halcyon")} == {ferry}
    assert cited(whole, CAPTAIN)[0] == (crew, "Mira Olsen is captain of the Halcyon.")
    assert sources(whole) == [crew, ferry, tower]
    assert sources(some.only(tower)) == [tower]
    assert [source for source, _ in cited(some.only(tower), CAPTAIN)] == [tower, tower]


@BOTH
def test_of_no_documents_nothing_is_known(docs: Path, make: Make) -> None:
    none = make(docs).only([])
    assert sources(none) == []
    assert not none.ask(CAPTAIN).answered
    assert cited(none, CAPTAIN) == []
    assert sources(none.adding([load_text(PASTED, "pasted")])) == ["pasted"]


@BOTH
def test_a_name_that_there_is_not_is_told(docs: Path, make: Make) -> None:
    whole = make(docs)
    crew, ferry, tower = sources(whole)
    with pytest.raises(UnknownSource) as caught:
        whole.only([tower, "tower.txt"])
    assert str(caught.value) == (
        f"no document has this name: tower.txt. There are: {crew}, {ferry}, {tower}."
    )
    with pytest.raises(UnknownSource, match=r"There are: [^,]*ferry\.txt\.$"):
        whole.only([ferry]).only([tower])
    with pytest.raises(UnknownSource, match="There are none at all"):
        whole.only([]).only([tower])
    many = Assistant.from_texts({f"{at:02}": "A lamp." for at in range(20)})
    with pytest.raises(UnknownSource, match=r"There are: 00, 01, .* 07 and 12 more\.$"):
        many.only(["lamp"])


@BOTH
def test_further_documents_are_asked_as_well(docs: Path, make: Make) -> None:
    whole = make(docs)
    crew, ferry, tower = sources(whole)
    more = whole.adding([load_text(PASTED, "pasted text")])
    assert sources(more) == [crew, ferry, tower, "pasted text"]
    assert more.documents[-1].text == more.documents[3].text == PASTED
    assert [d.source for d in more.documents[1:]] == [ferry, tower, "pasted text"]
    assert cited(more, "Who lit the lamp in the storm?")[0] == ("pasted text", PASTED)
    assert {source for source, _ in cited(more, LAMP)} == {*sources(whole), "pasted text"}
    assert cited(more, CAPTAIN)[0][0] == crew
    assert "pasted text" not in sources(whole)
    assert cited(more.only(["pasted text"]), CAPTAIN) == [("pasted text", PASTED)]
    assert sources(more.only([tower, "pasted text"])) == [tower, "pasted text"]
    with pytest.raises(IndexError):
        _ = more.documents[4]


@BOTH
def test_a_changed_file_that_is_added_again_takes_the_place_of_the_old(
    docs: Path, make: Make
) -> None:
    whole = make(docs)
    crew, ferry, tower = sources(whole)
    (docs / "crew.txt").write_text("Ida Falk is captain of the Halcyon.", encoding="utf-8")
    again = whole.adding(*load_paths([docs / "crew.txt"]))
    assert sources(again) == [ferry, tower, crew]
    assert cited(again, CAPTAIN)[0] == (crew, "Ida Falk is captain of the Halcyon.")
    assert "Mira" not in str(cited(again, CAPTAIN))
    assert again.changes(again.ask(CAPTAIN, threshold=0.0)) == {}
    assert cited(whole, CAPTAIN)[0] == (crew, "Mira Olsen is captain of the Halcyon.")


def test_what_was_kept_of_a_file_is_not_taken_for_the_changed_one(docs: Path) -> None:
    place = docs / "crew.txt"
    for _ in range(2):
        whole = Assistant.from_paths(place, reader="lexical", cache=Cache(docs.parent / "kept"))
        assert whole.passages
    place.write_text("Ida Falk is captain of the big Halcyon.", encoding="utf-8")
    again = whole.adding(*load_paths(place))
    assert [p.text for p in again.passages] == ["Ida Falk is captain of the big Halcyon."]


def test_problems_go_with_their_sources(docs: Path) -> None:
    (docs / "empty.txt").write_text("", encoding="utf-8")
    whole = Assistant.from_paths([docs, docs / "missing.txt"], reader="lexical")
    assert [type(problem) for problem in whole.problems] == [EmptySource, SourceNotFound]
    crew, ferry, tower = sources(whole)
    assert whole.only([crew]).problems == ()
    more = whole.adding(*load_paths([docs / "missing.txt", docs / "lost.txt"]))
    assert [Path(p.where).name for p in more.problems] == ["empty.txt", "missing.txt", "lost.txt"]
    (docs / "empty.txt").write_text(PASTED, encoding="utf-8")
    read_now = more.adding(*load_paths([docs / "empty.txt"]))
    assert [Path(problem.where).name for problem in read_now.problems] == [
        "missing.txt",
        "lost.txt",
    ]
    (docs / "crew.txt").unlink()
    gone = whole.adding(*load_paths([crew]))
    assert sources(gone) == [crew, ferry, tower]
    assert [p.where for p in gone.only([crew, tower]).problems] == [crew]


def test_one_reader_is_loaded_for_all(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counting(name: str) -> Reader:
        made.append(name)
        return make_reader(name)

    monkeypatch.setattr("askdoc.assistant.make_reader", counting)
    whole = in_memory(docs)
    some = whole.only(sources(whole)[:1])
    more = some.adding([load_text(PASTED, "pasted")])
    for assistant in (more, some, whole):
        assert assistant.ask(CAPTAIN, threshold=0.0).citations
        assert assistant.reader == "lexical"
    assert made == ["lexical"]


@settings(deadline=None, max_examples=30)
@given(texts=CORPORA, data=st.data())
def test_in_memory_it_answers_as_one_made_at_once(
    texts: dict[str, str], data: st.DataObject
) -> None:
    documents = as_documents(texts)
    at = data.draw(st.integers(0, len(documents)))
    question = data.draw(questions(texts))
    at_once = Assistant(documents, reader="lexical")
    added = Assistant(documents[:at], reader="lexical").adding(documents[at:])
    for threshold in (0.0, None):
        assert added.ask(question, limit=20, threshold=threshold) == at_once.ask(
            question, limit=20, threshold=threshold
        )
    assert added.extents == at_once.extents
    names = [document.source for document in documents]
    assert added.only(names).ask(question) == at_once.ask(question)


def test_an_update_of_the_index_is_seen_and_the_index_is_never_changed(docs: Path) -> None:
    whole = in_an_index(docs)
    index = docs.parent / "index"
    crew, _, tower = sources(whole)
    some = whole.only([crew, tower]).adding([load_text(PASTED, "pasted")])
    before = {path: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    assert cited(some, CAPTAIN)[0][1] == "Mira Olsen is captain of the Halcyon."
    assert {p: p.read_bytes() for p in index.rglob("*") if p.is_file()} == before

    (docs / "crew.txt").write_text("Ida Falk is captain of the Halcyon.", encoding="utf-8")
    (docs / "new.txt").write_text("The captain of the Halcyon is young.", encoding="utf-8")
    assert list(some.changes(some.ask(CAPTAIN, threshold=0.0))) == [crew]
    update(index, docs, processes=0)
    assert cited(some, CAPTAIN)[0] == (crew, "Ida Falk is captain of the Halcyon.")
    assert sources(some) == [crew, tower, "pasted"]  # What is new was not chosen.
    (docs / "crew.txt").unlink()
    update(index, docs, rebuild=True, processes=0)
    assert [extent.source for extent in some.extents] == [tower, "pasted"]
    with pytest.raises(UnknownSource):
        some.only([crew])
    assert sources(some) == [tower, "pasted"]
    assert {source for source, _ in cited(some, CAPTAIN)} == {tower, "pasted"}


def test_an_index_that_is_made_anew_in_the_midst_of_an_answer(docs: Path) -> None:
    """What was read is of the old state, what would follow of the new: it is asked again."""
    whole = in_an_index(docs)
    crew, _, tower = sources(whole)

    class Meddling:
        threshold, goes_by_terms = 0.0, True
        times = 0

        def read(self, question: Question, hits: object) -> list[object]:
            self.times += 1
            if self.times == 1:
                (docs / "crew.txt").write_text("Ida Falk is captain.", encoding="utf-8")
                update(docs.parent / "index", docs, rebuild=True, processes=0)
            return lexical.read(question, hits)  # type: ignore[arg-type, return-value]

    lexical = whole._reader
    reader = Meddling()
    asked = Assistant.open(docs.parent / "index", reader=reader)  # type: ignore[arg-type]
    joined = asked.only([crew, tower]).adding([load_text(PASTED, "pasted")])
    quotes = [citation.quote for citation in joined.ask(CAPTAIN, limit=9).citations]
    assert "Ida Falk is captain." in quotes
    assert not any("Mira" in quote for quote in quotes)
    assert reader.times > 1


@BOTH
def test_parts_are_asked_by_several_threads(docs: Path, make: Make) -> None:
    whole = make(docs)
    crew, ferry, tower = (document.source for document in whole.documents)
    joined = whole.adding([load_text(PASTED, "pasted")])
    failures: list[BaseException] = []

    def ask(names: list[str]) -> None:
        try:
            for _ in range(8):
                part = joined.only(names)
                found = part.ask(CAPTAIN, limit=50, threshold=0.0).citations
                assert {citation.source for citation in found} == set(names)
                assert len({(c.source, c.start) for c in found}) == len(found)
                hits = part.search("Halcyon lamp")
                assert {hit.passage.document.source for hit in hits} == set(names)
                more = part.adding([load_text("The Halcyon had a lamp.", "more")])
                assert len(more.search("Halcyon lamp", limit=9)) == len(names) + 1
        except BaseException as error:
            failures.append(error)
            raise

    threads = [
        threading.Thread(target=ask, args=(names,))
        for names in ([crew], [ferry], [tower, "pasted"], [tower])
    ]
    for thread in threads:
        thread.start()
    if make is in_an_index:
        for at in range(3):
            (docs / "new.txt").write_text(f"There were {at} lamps.", encoding="utf-8")
            update(docs.parent / "index", docs, processes=0)
    for thread in threads:
        thread.join()
    assert failures == []
