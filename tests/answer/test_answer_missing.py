"""What a question has that the documents lack: told only where it is true."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import CORPORA

from askdoc import Assistant
from askdoc.answer import evidence
from askdoc.answer.evidence import Evidence
from askdoc.answer.missing import chosen, missing_words
from askdoc.english.analyzer import terms
from askdoc.english.word_forms import forms
from askdoc.index import update
from askdoc.load import load_text
from askdoc.model import Missing, Span
from askdoc.retrieve import Corpus
from askdoc.retrieve.index_corpus import IndexCorpus
from askdoc.retrieve.memory_corpus import MemoryCorpus

FILLER = "The harbour office counts its ships every evening and writes them down in a book. " * 8
REPORT = f"""# Report of the ministry

{FILLER}

## Spring

The ministry praised the wine of Georgia in its second report.

{FILLER}

## Summer

A delegation to France met the mayor of Lyon.

{FILLER}
"""


def corpus(**texts: str) -> Corpus:
    return MemoryCorpus.of(load_text(text, f"{name}.md") for name, text in texts.items())


def told(question: str, **texts: str) -> list[tuple[str, str | None]]:
    found = missing_words(question, corpus(**texts or {"a": REPORT}))
    return [(one.word, one.near) for one in found]


def test_a_word_that_stands_nowhere_is_named() -> None:
    assert told("Who kidnapped the mayor of Lyon?") == [("kidnapped", None)]


def test_names_side_by_side_are_one_and_three_are_enough() -> None:
    assert told("How tall is the Eiffel Tower?") == [("Eiffel Tower", None)]
    assert told("Did Ada Marsh of Ostrava steal the guitar, the violin and the trumpet?") == [
        ("Ada Marsh", None), ("Ostrava", None), ("violin", None),
    ]  # fmt: skip


def test_words_that_never_stand_near_each_other() -> None:
    assert told("How much wine comes from France?") == [("wine", "France")]
    assert told("Which mayor praised the report?") == []


def test_a_saved_index_tells_the_same(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(REPORT)
    update(tmp_path / "index", tmp_path / "docs", processes=0)
    saved = IndexCorpus.open(tmp_path / "index")
    for question in ("How much wine comes from France?", "Who kidnapped the mayor of Lyon?"):
        assert missing_words(question, saved) == missing_words(question, corpus(a=REPORT)) != ()


# Where it would not be true


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("sell", "sold"), ("sold", "sell"), ("selling", "sold"), ("child", "children"),
        ("children", "child"), ("bus", "buses"), ("buses", "bus"), ("colour", "color"),
        ("wives", "wife"), ("organise", "organizes"), ("organization", "organisation"),
        ("license", "licence"), ("licences", "license"), ("licensed", "licence"),
        ("programme", "program"), ("centre", "center"), ("centres", "center"),
        ("analysis", "analyses"), ("criterion", "criteria"), ("heavier", "heavy"),
        ("heavy", "heaviest"), ("bigger", "big"), ("tore", "torn"), ("understood", "understand"),
        ("leaves", "leaf"), ("kidnapped", "kidnapping"), ("traveled", "travelling"),
        ("cheques", "check"), ("skies", "sky"), ("Café", "cafe"), ("Marsh's", "Marsh"),
    ],
)  # fmt: skip
def test_a_form_of_a_word_has_one_of_its_terms(asked: str, there: str) -> None:
    assert not forms(asked).isdisjoint(terms(there))


@pytest.mark.parametrize(
    ("asked", "other"),
    [("wine", "win"), ("sell", "sole"), ("tower", "tour"), ("lease", "leash")],
)
def test_another_word_has_none_of_them(asked: str, other: str) -> None:
    assert forms(asked).isdisjoint(terms(other))


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("bikes", "A bike came."), ("knives", "A knife fell."),
        ("organiser", "The organizers met."),
        ("cheque", "The check was lost."), ("payment", "The pay-\nment was late."),
        ("payments", "The pay-\nments were late."), ("payment", "The pay\u00adment was late."),
        ("invoice", "The in-\nvoice was late."), ("database", "The data base was lost."),
        ("email", "An e-mail came."), ("Marsh", "It is Marsh's boat."),
        ("Marsh's", "Ada Marsh came."), ("Café", "The cafe is shut."),
        ("2019", "In (2019) it rained."), ("2023", "It ended on September 30,2023."),
        ("1930", "Africa,1930,8,150,92"), ("2027", "In 20271 it rained."),
        ("merge", "They ran mergepatch."),
    ],
)  # fmt: skip
def test_a_word_that_a_person_finds_is_not_missing(asked: str, there: str) -> None:
    found = told(f"What did the ferry do about the {asked}?", a=f"The ferry sailed. {there}")
    assert found == []
    absent = told(f"What did the ferry do about the {asked}?", a="The ferry sailed.")
    assert absent == [(asked.removesuffix("'s"), None)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("France is far.\n\nWine is sold there.", "it stands in the next passage"),
        ("# Wine\n\n{filler}\n\n## France\n\nNobody there sells any.", "above the heading"),
        ("# France\n\n{filler}\n\n{filler}\n\nWine is sold.", "the word is the heading of all"),
        ("# A\n\nB.\n\n## France\n\n{filler}\n\n{filler}\n\nWine is sold.", "of the section"),
        ("Wine\nA report\n\n{filler}\n\n{filler}\n\nIt came from France.", "in the title"),
        ("{filler}\n\n{filler}\n\nFrance sells grapes and vodka.", "what is near in meaning"),
    ],
)
def test_what_holds_for_a_place_stands_near_it(text: str, why: str) -> None:
    """ "Nothing about wine stands near France" would not be true: it is ..."""
    texts = {"a": text.format(filler=FILLER), "b": f"{FILLER}\n\n{FILLER}\n\nThe wine is bad."}
    assert told("How much wine does France buy?", **texts) in ([], [("buy", None)]), why
    assert told("How much wine comes from France?", **texts) == [], why


def test_the_name_of_a_document_is_no_word_that_is_missing() -> None:
    """Who asks for the Bramble terms means bramble-terms.md, whatever stands in it."""
    texts = {"bramble_terms": REPORT, "b": "The mayor came."}
    assert told("Who is the mayor under the Bramble terms?", **texts) == []
    assert told("Which wine is in the France report?", france=REPORT) == []


@pytest.mark.parametrize(
    "question",
    [
        "Wo ist das Weingut?", "Qui est le président de la République?", "¿Quién es la reina?",
        "北京在哪里?", "Где мост?", "Weingut", "who wrote this article?", "What kind of thing?",
        "state-owned", " ".join(f"guitar{n}" for n in range(100)),
    ],
)  # fmt: skip
def test_of_what_is_no_english_question_nothing_is_told(question: str) -> None:
    assert told(question) == []


@pytest.mark.parametrize("most", ["_MOST_PASSAGES", "_MOST_NAMES", "_MOST_READ"])
def test_of_large_folders_less_is_told_and_nothing_that_is_not_so(
    most: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, most, 0)
    assert told("Who kidnapped the mayor of Lyon?") == [("kidnapped", None)]
    near = [("wine", "France")] if most == "_MOST_READ" else []
    assert told("How much wine comes from France?") == near
    if most != "_MOST_NAMES":
        # A year may stand within a number, which is only seen in the texts.
        assert told("Which wine did the mayor buy in 1931?", a=f"{REPORT} On May 3,1931.") == []
        assert told("Did the mayor come in 1931?") == []


def test_only_documents_that_are_asked_count() -> None:
    both = Assistant.from_texts({"a.txt": "Mayor Quimby came.", "b.txt": "The guitar was stolen."})
    question = "Which guitar does Mayor Quimby own?"
    assert [one.word for one in missing_words(question, both.only(["a.txt"])._corpus)] == ["guitar"]
    assert missing_words(question, both._corpus) == (Missing(word="guitar", near="Quimby"),)


@settings(deadline=None, max_examples=60)
@given(CORPORA, st.data())
def test_what_stands_nowhere_is_in_no_text(texts: dict[str, str], data: st.DataObject) -> None:
    words = sorted({word for text in texts.values() for word in text.split() if word.isalpha()})
    some = data.draw(st.lists(st.sampled_from([*words, "guitar", "Ostrava", "wine"]), max_size=6))
    question = f"What did the {' '.join(some)} do?"
    found = missing_words(
        question, MemoryCorpus.of(load_text(text, name) for name, text in texts.items())
    )
    for one in found:
        assert one.word.casefold() in question.casefold()
        if one.near is None:
            for text in texts.values():
                assert forms(one.word.split()[0]).isdisjoint(terms(text))


# What is told of what is known, whoever found it out


def known(word: str, question: str, **more: object) -> Evidence:
    start = question.index(word)
    base = Evidence(Span(start, start + len(word)), 6.0, word[0].isupper())
    return base._replace(**more)  # type: ignore[arg-type]


def test_a_reader_may_say_what_stands_apart() -> None:
    question = "how much wine does France sell"
    france = known("France", question)
    wine = known("wine", question, apart=france.span)
    assert chosen(question, [wine, france]) == (Missing(word="wine", near="France"),)
    other = known("France", question, apart=known("wine", question).span)
    assert chosen(question, [known("wine", question), other]) == (
        Missing(word="wine", near="France"),
    )
    sell = known("sell", question, nowhere=True)
    assert chosen(question, [wine, france, sell]) == (Missing(word="sell"),)
    assert chosen(question, [france]) == chosen(question, []) == ()
