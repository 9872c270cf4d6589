"""`--format`, `-C`, `--source`, `--addresses`: what is given, of which documents, and how."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from program import ASK, OFF_TOPIC, QUOTE, Inside

from askdoc import Assistant
from askdoc.present.context import around
from askdoc.present.table import guarded, rows
from askdoc.split import split

QUICK = ("--reader=lexical", "--no-cache")
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "=cmd|' /C calc'!A0"]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_table_has_all_of_a_citation_and_a_row_for_a_refusal(inside: Inside) -> None:
    (fields,) = json.loads(inside("query", ASK, "log.md", "--json", *QUICK)[1])["citations"]
    code, out, _ = inside("query", ASK, "log.md", "--format=csv", *QUICK)
    (row,) = table(out)
    assert (code, row["question"], row["kind"]) == (0, ASK, "cited")
    for name in ("quote", "source", "line", "heading", "start", "end", "confidence"):
        assert row[name] == str(fields[name])
    code, out, _ = inside("query", OFF_TOPIC, "log.md", "--format=csv", *QUICK)
    (row,) = table(out)
    assert (code, row["verdict"], row["quote"], row["kind"]) == (1, "unanswered", "", "")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula_to_a_spreadsheet(formula: str) -> None:
    text = f"# {formula} costs\n\n{formula} is what the ferry carried.\n"
    assistant = Assistant.from_texts({f"{formula}.md": text}, reader="lexical")
    answer = assistant.ask(f"{formula} what did the ferry carry?", threshold=0.0, limit=5)
    for row in csv.reader(io.StringIO(rows(answer), newline="")):
        for cell in row:
            assert not re.match(r"[\s\0]*[=+\-@＝＋－＠]|[\t\r]", cell), cell


@given(st.text(max_size=8) | st.integers(0) | st.floats(0, 1) | st.none())
def test_a_guarded_cell_is_itself_or_itself_behind_an_apostrophe(cell: object) -> None:
    found = guarded(cell)
    assert found == cell or found == f"'{cell}"


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_a_table_gives_every_quote_back_as_it_stands(piece: str) -> None:
    assistant = Assistant.from_texts({"a": f"The ferry {piece} carried it."}, reader="lexical")
    answer = assistant.ask("What did the ferry carry?", threshold=0.0, limit=5)
    lines = list(csv.reader(io.StringIO(rows(answer), newline="")))
    quotes = [line[4] for line in lines]
    expected = [str(guarded(citation.quote)) for citation in answer.citations]
    assert quotes == expected or quotes == [""]


def test_markdown_is_the_page_that_the_shell_saves(inside: Inside) -> None:
    code, out, err = inside("query", ASK, "log.md", "--format", "markdown", *QUICK)
    assert (code, err) == (0, "")
    assert out.startswith(f"# Questions and answers\n\n## 1. {ASK}\n\n> The ferry Halcyon")
    assert "[^1]: log.md, line 5" in out


def test_found_passages_in_every_format(inside: Inside) -> None:
    assert inside("index", "log.md")[0] == 0
    (passage,) = json.loads(inside("search", "captain", "--format=json")[1])
    (row,) = table(inside("search", "captain", "--format=csv")[1])
    assert row == {name: "" if passage[name] is None else str(passage[name]) for name in row}
    out = inside("search", "captain", "--format=markdown")[1]
    assert out.startswith("# Passages\n\n> ") and "[^1]: log.md, line 1" in out
    assert inside("search", "zebra", "--format=csv")[1].count("\n") == 1


@pytest.mark.parametrize("arguments", [["status"], ["verify", "log.md"]])
def test_what_has_no_table_says_so(inside: Inside, arguments: list[str]) -> None:
    code, _, err = inside(*arguments, "--format", "csv")
    assert code == 2 and "gives no csv. Try: --format json" in err


# Sentences around


def test_sentences_around_a_quote_can_be_told_from_it(folder: Path, inside: Inside) -> None:
    code, out, _ = inside("query", ASK, "log.md", "-C1", *QUICK)
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "  The harbour office counts the ships of Port Kesk every evening."
    assert lines[1:3] == [QUOTE, "  Its captain is Mira Olsen."]
    assert lines[3].startswith("    log.md:5  ") and len(lines) == 4
    quotes = [line for line in lines if not line.startswith(" ")]
    assert quotes == [QUOTE]


def test_on_a_terminal_without_colour_they_stand_in_parentheses(inside: Inside) -> None:
    out = inside("query", ASK, "log.md", "-C1", *QUICK, "--color=always")[1]
    assert "\x1b[2mIts captain is Mira Olsen.\x1b[0m" in out


def test_json_has_no_room_for_them(inside: Inside) -> None:
    code, _, err = inside("query", ASK, "log.md", "-C1", "--json")
    assert code == 2 and "Leave out -C, or --json" in err


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.sampled_from(["A ferry came. ", "It left!\n\n", "# Log\n\n", "x ", "\n"]), min_size=3
    ),
    st.integers(1, 4),
)
def test_they_are_the_document_s_own_in_order_and_next_to_it(pieces: list[str], n: int) -> None:
    assistant = Assistant.from_texts({"a": "".join(["The ferry came. ", *pieces])})
    document = assistant.documents[0]
    sentences = [one for block in split(document) for one in block]
    answer = assistant.ask("What came?", threshold=0.0, limit=3)
    for citation in answer.citations:
        before, after = around(document, citation, n)
        ahead = [one.text for one in sentences if one.end <= citation.start]
        behind = [one.text for one in sentences if one.start >= citation.end]
        assert list(before) == ahead[-n:] and list(after) == behind[:n]


# Which documents


@pytest.fixture
def places(folder: Path) -> Path:
    for name in ("2023/a.txt", "2024/a.txt", "2024/b.md", "sub/2024/c.txt"):
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The ferry carried cars in {name}.\n")
    return folder


@pytest.mark.parametrize(
    ("globs", "found"),
    [
        (["*.md"], ["2024/b.md"]),
        (["a.txt"], ["2023/a.txt", "2024/a.txt"]),
        (["2024/*"], ["2024/a.txt", "2024/b.md", "sub/2024/c.txt"]),
        (["docs/2024/?.txt"], ["2024/a.txt"]),
        (["2023/a.txt", "*/c.txt"], ["2023/a.txt", "sub/2024/c.txt"]),
        (["[!b].*"], ["2023/a.txt", "2024/a.txt", "sub/2024/c.txt"]),
    ],
)
@pytest.mark.parametrize("saved", [False, True])
def test_only_documents_with_such_names_are_asked(
    places: Path, inside: Inside, globs: list[str], found: list[str], saved: bool
) -> None:
    if saved:
        assert inside("index", "docs")[0] == 0
    sources = [word for glob in globs for word in ("--source", glob)]
    paths = [] if saved else ["docs"]
    arguments = ("query", "What did the ferry carry?", *paths, *QUICK, "--threshold=0", "-n9")
    code, out, _ = inside(*arguments, "--json", *sources)
    cited = {citation["source"] for citation in json.loads(out)["citations"]}
    assert (code, cited) == (0, {f"docs/{name}" for name in found})


def test_a_name_that_no_document_has_is_an_error_that_shows_some(
    places: Path, inside: Inside
) -> None:
    code, out, err = inside("query", ASK, "docs", "--source", "x\x1b*", *QUICK)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert r"x\x1b*" in err and "docs/2023/a.txt" in err


# Addresses


def test_an_index_s_addresses_are_those_of_where_one_stands(
    places: Path, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert inside("index", "docs", "--index", "saved")[0] == 0
    monkeypatch.chdir(places / "docs" / "2024")
    ask = ("query", "What did the ferry carry in 2023?", "--index", "../../saved",
           "--source", "2023/a.txt", "--reader=lexical", "--threshold=0")  # fmt: skip
    for how, shown in (
        ("given", "docs/2023/a.txt"),
        ("absolute", str(places / "docs" / "2023" / "a.txt")),
        ("relative", "../2023/a.txt"),
    ):
        out = inside(*ask, "--addresses", how)[1]
        assert f"    {shown}:1  " in out
        out = inside(*ask, "--json", "--addresses", how)[1]
        assert json.loads(out)["citations"][0]["source"] == shown
        (places / "answer.json").write_text(out)
        # Whoever stands here finds the file by such an address without the index, but the first.
        assert inside("verify", str(places / "answer.json"))[0] == (1 if how == "given" else 0)
        searched = inside("search", "2023", "--index=../../saved", "--addresses", how)[1]
        assert f"    {shown}:1  " in searched


def test_what_is_no_file_keeps_its_name(
    inside: Inside, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert inside("index", "log.md")[0] == 0
    (folder / "log.md").unlink()
    out = inside("query", ASK, "--addresses=absolute", "--reader=lexical", "--threshold=0")[1]
    assert "    log.md:" in out
