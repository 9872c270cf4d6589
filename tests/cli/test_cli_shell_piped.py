"""The shell without a terminal: questions from a pipe, answers into one."""

from __future__ import annotations

from pathlib import Path

from program import ASK, LACKING, LOG, OFF_TOPIC, QUOTE, askdoc


def shell(folder: Path, *arguments: str, typed: bytes) -> tuple[int, str, str]:
    return askdoc(folder, *arguments, stdin=typed)


def test_each_question_gets_what_query_would_say(folder: Path) -> None:
    single = shell(folder, "query", ASK, "log.md", typed=b"")
    code, out, err = shell(folder, "log.md", typed=f"{ASK}\n\n{OFF_TOPIC}\n{ASK}".encode())
    assert (code, err) == (0, LACKING)
    assert out == f"{single[1]}\nThe documents don't say.\n\n{single[1]}"
    assert not (folder / ".local").exists(), "what is piped in is no history"


def test_no_control_characters_and_no_prompt(folder: Path) -> None:
    code, out, err = shell(folder, "log.md", typed=b"/help\n/sources\n" + ASK.encode() + b"\n/open")
    assert (code, err) == (0, "")
    assert not [char for char in out if not char.isprintable() and char != "\n"]
    assert "\n> \n" not in out and not out.startswith("> ")
    assert ">>The ferry" in out and "Monday.<<" in out


def test_nothing_is_answered_after_quit(folder: Path) -> None:
    assert shell(folder, "log.md", typed=b"quit\n" + ASK.encode()) == (0, "", "")


def test_no_questions_is_no_error(folder: Path) -> None:
    assert shell(folder, "log.md", typed=b"") == (0, "", "")


def test_an_error_in_one_line_does_not_keep_the_next(folder: Path) -> None:
    code, out, err = shell(folder, "log.md", typed=f"/foo\n???\n{ASK}\n".encode())
    assert code == 2
    assert out.splitlines()[0] == QUOTE
    assert len(err.splitlines()) == 2
    assert all(line.startswith("askdoc: ") for line in err.splitlines())


def test_lines_of_any_bytes_are_read(folder: Path) -> None:
    typed = b"\xef\xbb\xbf" + ASK.encode() + b"\r\n\xff\xfe\x00\xe9\n" + ASK.encode() + b"\n"
    code, out, err = shell(folder, "log.md", typed=typed)
    assert "Traceback" not in err and "fault" not in err
    assert code in (0, 2)
    assert out.count(QUOTE) == 2


def test_documents_on_standard_input_leave_nothing_to_ask_from(folder: Path) -> None:
    assert shell(folder, "-", typed=LOG.encode()) == (
        2,
        "",
        "askdoc: no terminal to ask from, since standard input holds the documents. "
        'Try: askdoc query "QUESTION" -\n',
    )


def test_nothing_to_read_says_how_to_go_on(folder: Path) -> None:
    code, out, err = shell(folder, typed=ASK.encode())
    assert (code, out) == (2, "")
    assert err.startswith("askdoc: nothing to read") and "askdoc PATH" in err


def test_without_a_path_the_shell_reads_the_seeds(folder: Path) -> None:
    (folder / "seeds").mkdir()
    (folder / "log.md").rename(folder / "seeds" / "log.md")
    code, out, _ = shell(folder, typed=b"/sources")
    assert code == 0
    assert out.startswith("1 document, 4 sentences\n")


def test_how_a_follow_up_was_understood_is_told_beside_the_answers(folder: Path) -> None:
    (folder / "memo.txt").write_text("Mary Quint became the harbour master in 1998.\n")
    typed = b"When did Mary Quint become the harbour master?\nWho is she?\n"
    code, out, err = shell(folder, "memo.txt", "--reader=lexical", typed=typed)
    assert code == 0
    assert err == "askdoc: asking: Who is Mary Quint?\n"
    assert "asking" not in out
