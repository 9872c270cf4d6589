"""`askdoc query` as a shell runs it: exact output and exit codes for all kinds of documents."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from program import ASK, LACKING, LOG, OFF_TOPIC, QUOTE, Inside, askdoc

from askdoc import Answer, Assistant


def without_confidence(text: str) -> str:
    return re.sub(r"\b\d{1,3}%", "N%", text)


# Answers


@pytest.mark.parametrize("reader", ["neural", "lexical"])
def test_either_reader_gives_what_the_library_gives(folder: Path, reader: str) -> None:
    code, out, err = askdoc(folder, "query", ASK, "log.md", "--json", "--reader", reader)
    assert (code, err) == (0, "")
    library = Assistant.from_paths([folder / "log.md"], reader=reader).ask(ASK)
    given = Answer.model_validate_json(out)
    assert [c.quote for c in given.citations] == [c.quote for c in library.citations]
    assert " ".join(given.text.split()) == QUOTE
    assert given.confidence == pytest.approx(library.confidence, abs=1e-3)


def test_an_answer_is_the_sentence_and_its_place(folder: Path) -> None:
    code, out, err = askdoc(folder, "query", ASK, "log.md")
    lines = without_confidence(out).splitlines()
    start = LOG.index("The ferry")
    end = LOG.index("Monday.") + len("Monday.")
    assert (code, err, lines[0], len(lines)) == (0, "", QUOTE, 2)
    assert lines[1].startswith(
        f"    log.md:5  characters {start}-{end}  confidence N%  heading Harbour log"
    )


def test_json_is_the_library_s_and_its_offsets_hold_the_quote(folder: Path) -> None:
    code, out, err = askdoc(folder, "query", ASK, "log.md", "--json")
    assert (code, err, out.count("\n")) == (0, "", 1)
    answer = Answer.model_validate_json(out)
    citation = answer.citations[0]
    assert LOG[citation.start : citation.end] == citation.quote
    library = Assistant.from_paths([folder / "log.md"]).ask(ASK)
    expected = json.loads(library.model_dump_json())
    expected["citations"][0]["source"] = "log.md"
    assert json.loads(out) == expected


def test_that_the_documents_do_not_say_is_an_answer_too(folder: Path) -> None:
    refused = (1, "The documents don't say.\n", LACKING)
    assert askdoc(folder, "query", OFF_TOPIC, "log.md") == refused


def test_a_refusal_in_json_goes_to_standard_output(folder: Path) -> None:
    code, out, err = askdoc(folder, "query", OFF_TOPIC, "log.md", "--json")
    assert (code, err) == (1, "")
    assert json.loads(out)["answered"] is False


def test_standard_input_is_a_document(folder: Path) -> None:
    code, out, err = askdoc(folder, "query", ASK, "-", stdin=LOG.encode())
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == QUOTE
    assert out.splitlines()[1].startswith("    (standard input):5  ")


def test_without_a_path_the_seeds_are_read(folder: Path) -> None:
    (folder / "seeds").mkdir()
    (folder / "log.md").rename(folder / "seeds" / "log.md")
    code, out, err = askdoc(folder, "query", ASK)
    assert (code, err) == (0, "")
    assert f"    {Path('seeds') / 'log.md'}:5  " in out


def test_options_stand_where_one_likes(inside: Inside) -> None:
    first = inside("query", "-n", "2", "--threshold", "0", ASK, "log.md")
    assert inside("query", ASK, "log.md", "--threshold=0", "-n2") == first
    assert inside("--threshold", "0", "-n2", "query", ASK, "log.md") == first
    assert first[0] == 0
    assert len(first[1].splitlines()) == 4


def test_threshold_one_refuses_and_threshold_zero_answers(inside: Inside) -> None:
    assert inside("query", ASK, "log.md", "--threshold", "1")[0] == 1
    assert inside("query", ASK, "log.md", "--threshold", "0")[0] == 0


def test_colour_is_there_when_asked_for_always(folder: Path) -> None:
    assert "\x1b" not in askdoc(folder, "query", ASK, "log.md")[1]
    environ = {"NO_COLOR": "1", "TERM": "dumb"}
    code, out, _ = askdoc(folder, "query", ASK, "log.md", "--color", "always", environ=environ)
    assert code == 0
    assert "\x1b[2m  log.md:5, " in out


def test_a_path_and_a_question_that_begin_with_a_dash(folder: Path, inside: Inside) -> None:
    (folder / "log.md").rename(folder / "-log.md")
    code, out, _ = inside("query", ASK, "--", "-log.md")
    assert (code, out.splitlines()[0]) == (0, QUOTE)
    code, out, _ = inside("query", "--threshold", "0", "--", f"-{ASK}", "-log.md")
    assert (code, out.splitlines()[0]) == (0, QUOTE)


# Sources that are left out, and what is said about them


def test_a_source_that_cannot_be_read_is_said_and_does_not_keep_the_rest(folder: Path) -> None:
    (folder / "latin.txt").write_bytes(
        "Der Dampfer fährt täglich über den Fluß.\n".encode("cp1252")
    )
    code, out, err = askdoc(folder, "query", ASK, "gone.txt", "log.md", "latin.txt")
    assert (code, out.splitlines()[0]) == (0, QUOTE)
    assert err.splitlines() == [
        "askdoc: latin.txt: not UTF-8; read as cp1252.",
        "askdoc: no such file or folder: gone.txt. Check the name.",
    ]


def test_a_missing_file_is_an_error(folder: Path) -> None:
    assert askdoc(folder, "query", ASK, "gone.txt") == (
        2,
        "",
        "askdoc: no such file or folder: gone.txt. Check the name.\n",
    )


def test_nothing_to_read_says_how_to_go_on(folder: Path) -> None:
    code, out, err = askdoc(folder, "query", ASK)
    assert (code, out) == (2, "")
    assert err == (
        "askdoc: nothing to read, since no path was named and there is neither a saved index nor a "
        'folder here: seeds/. Try: askdoc query "QUESTION" PATH, or: askdoc PATH, or first: '
        "askdoc index PATH\n"
    )


@pytest.mark.parametrize("name", ["empty.txt", "blank.txt", "binary.dat", "folder"])
def test_a_source_without_text_is_one_line(folder: Path, name: str, inside: Inside) -> None:
    (folder / "empty.txt").touch()
    (folder / "blank.txt").write_text(" \n\n\t\n")
    (folder / "binary.dat").write_bytes(bytes(range(256)) * 64)
    (folder / "folder").mkdir()
    code, out, err = inside("query", ASK, name)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("askdoc: ") and name in err


# Documents, names and arguments that would break a careless program


def test_a_document_cannot_act_on_the_terminal(folder: Path, inside: Inside) -> None:
    evil = "The ferry \x1b[2JHalcyon\x1b]0;gone\x07 carried \u202eforty\u202c cars.\n"
    (folder / "evil.txt").write_text(evil)
    for colour in ("always", "never"):
        code, out, _ = inside("query", ASK, "evil.txt", "--threshold", "0", "--color", colour)
        assert code == 0
        bare = re.sub(r"\x1b\[\d*m", "", out) if colour == "always" else out
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", bare)
        assert r"\x1b[2JHalcyon" in bare


@pytest.mark.parametrize("environ", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
@pytest.mark.parametrize("option", ["--json", "--threshold=0"])
def test_a_stream_that_is_not_utf_8_gets_escapes(
    folder: Path, environ: dict[str, str], option: str
) -> None:
    text = "The café Žofín serves 北京 duck and … coffee."
    (folder / "café.txt").write_text(text, encoding="utf-8")
    arguments = ("query", "What does the café serve?", "café.txt", "--threshold=0", option)
    code, out, _ = askdoc(folder, *arguments, environ={"LANG": "", **environ})
    assert code == 0
    if option == "--json":
        assert json.loads(out)["citations"][0]["quote"] == text
    if environ.get("PYTHONIOENCODING") == "ascii":
        assert out.isascii()


def test_bytes_that_are_no_utf_8_in_question_and_path(folder: Path) -> None:
    code, out, _ = askdoc(folder, "query", ASK.encode() + b" \xe9\xff", "log.md", "--json")
    assert code in (0, 1)
    assert json.loads(out)["question"]["asked"].startswith(ASK)
    code, out, err = askdoc(folder, "query", ASK, b"g\xf6ne.txt")
    assert (code, out) == (2, "")
    assert err.startswith("askdoc: no such file or folder: g")


@pytest.mark.parametrize("question", ["", " ", "?!", "\u200b", "..."])
def test_a_question_without_words_is_an_error(question: str, inside: Inside) -> None:
    code, out, err = inside("query", question, "log.md")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("askdoc: the question has no words")


def test_a_question_of_stop_words_alone_gets_an_answer_or_a_refusal(inside: Inside) -> None:
    code, out, err = inside("query", "What is it that they are?", "log.md")
    assert (code, out, err) == (1, "The documents don't say.\n", "")
