"""What the shell replies, line by line, without any terminal."""

from __future__ import annotations

import pytest
from fake_assistant import FakeAssistant, fake
from hypothesis import given
from hypothesis import strategies as st
from strategies import UNTIMED

from askdoc.assistant import Assistant
from askdoc.errors import SourceNotFound
from askdoc.present import PLAIN
from askdoc.shell.command import Reply
from askdoc.shell.commands import Commands
from askdoc.shell.greeting import bar, greeting, invitation, loaded
from askdoc.shell.pasting import is_document
from askdoc.shell.table import COMMANDS

FERRY = "The ferry left at nine. It carried forty cars.\n\nThe captain slept.\n"
BRIDGE = "The bridge opened in May."


def commands(*texts: str) -> Commands:
    return Commands(fake(*(texts or (FERRY, BRIDGE))), lambda: PLAIN)


def test_a_question_gets_the_quote_and_its_address() -> None:
    assert commands().reply("  What  about cars?\n") == Reply(
        "It carried forty cars.\n    docs/text1.txt:1  characters 24-46  confidence 90%"
    )


def test_a_question_without_an_answer_is_no_error() -> None:
    assert commands().reply("Who paid?") == Reply("The documents don't say.")


@pytest.mark.parametrize("line", ["", " ", "\n", "\t \n"])
def test_an_empty_line_does_nothing(line: str) -> None:
    assert commands().reply(line) == Reply("")


@pytest.mark.parametrize("line", ["/help", "help", "HELP", "?", "/?", "/h", "/", "help!"])
def test_help_is_found_however_it_is_asked_for(line: str) -> None:
    reply = commands().reply(line)
    assert not reply.failed and not reply.quit
    assert all(name in reply.text for name in COMMANDS)


@pytest.mark.parametrize(
    "line", ["/quit", "quit", "exit", "Exit", "/exit", "/q", ":q", "q", "bye", "/QUIT", "quit."]
)
def test_whoever_wants_to_leave_leaves(line: str) -> None:
    assert commands().reply(line) == Reply("", quit=True)


@pytest.mark.parametrize(
    "line",
    ["quit smoking?", "Who can help?", "open the cars", "/etc/passwd holds cars", "exit cars"],
)
def test_a_question_that_begins_like_a_command_is_a_question(line: str) -> None:
    assistant = FakeAssistant({"a.txt": FERRY})
    Commands(assistant, lambda: PLAIN).reply(line)  # type: ignore[arg-type]
    assert assistant.asked == [line]


@pytest.mark.parametrize("line", ["why", "Open 1.", "COPY 1", "/next", "/source", "history!"])
def test_a_command_goes_by_its_other_names_too(line: str) -> None:
    assistant = FakeAssistant({"a.txt": FERRY})
    Commands(assistant, lambda: PLAIN).reply(line)  # type: ignore[arg-type]
    assert assistant.asked == []


@pytest.mark.parametrize("line", ["Why", "why.", "why 2", "more cars", "open 1 of the cars"])
def test_what_is_not_just_the_name_of_a_command_is_asked(line: str) -> None:
    assistant = FakeAssistant({"a.txt": FERRY})
    Commands(assistant, lambda: PLAIN).reply(line)  # type: ignore[arg-type]
    assert assistant.asked == [line]


@pytest.mark.parametrize(
    ("line", "meant"), [("/opne 1", "/open"), ("/sorces", "/sources"), ("/hlep", "/help")]
)
def test_a_mistyped_command_gets_a_suggestion(line: str, meant: str) -> None:
    name = line.split()[0]
    assert commands().reply(line) == Reply(
        f"askdoc: there is no such command: {name}. Did you mean {meant}?", failed=True
    )


def test_an_unknown_command_points_to_help() -> None:
    assert commands().reply("/zzzz\x1b[2J") == Reply(
        "askdoc: there is no such command: /zzzz\\x1b[2j. /help lists the commands.", failed=True
    )


def test_open_shows_the_citation_in_its_surroundings() -> None:
    shell = commands()
    shell.reply("And the cars?")
    expected = (
        "docs/text1.txt:1\n"
        "> 1  The ferry left at nine. >>It carried forty cars.<<\n"
        "  2\n"
        "  3  The captain slept."
    )
    assert shell.reply("/open 1").text == expected
    assert shell.reply("/open").text == expected
    assert shell.reply("open 1").text == expected


def test_open_takes_the_number_of_a_citation() -> None:
    shell = commands()
    shell.reply("The")
    assert shell.reply("/open 3").text.startswith("docs/text2.txt:1\n")


@pytest.mark.parametrize("number", ["0", "4", "-1", "x", "1.5", "²", "99999999999999999999"])
def test_open_says_which_numbers_there_are(number: str) -> None:
    shell = commands()
    shell.reply("The")
    reply = shell.reply(f"/open {number}")
    assert reply.failed
    assert reply.text.endswith(f": {number}. There is /open 1 to /open 3.")


def test_open_before_any_answer_says_what_to_do() -> None:
    assert commands().reply("/open 1") == Reply(
        "askdoc: there is no answer to open. Ask a question first.", failed=True
    )


def test_open_after_a_refusal_does_not_show_an_earlier_answer() -> None:
    shell = commands()
    shell.reply("And the cars?")
    shell.reply("Who paid?")
    assert shell.reply("/open 1").failed


def test_sources_lists_what_was_read_and_what_was_skipped() -> None:
    problem = SourceNotFound("no such file or folder", "gone.txt", "Check the name.")
    shell = Commands(fake(FERRY, BRIDGE, problems=(problem,)), lambda: PLAIN)
    assert shell.reply("/sources").text.splitlines() == [
        "2 documents, 4 sentences",
        "  docs/text1.txt  3 sentences  3 lines  67 characters",
        "  docs/text2.txt   1 sentence   1 line  25 characters",
        "Skipped:",
        "  no such file or folder: gone.txt. Check the name.",
    ]


def test_sources_can_be_narrowed_to_a_name() -> None:
    assert commands().reply("/sources TEXT2").text.splitlines() == [
        "1 document, 1 sentence",
        "  docs/text2.txt  1 sentence  1 line  25 characters",
    ]
    assert commands().reply("/sources zebra").failed


def test_an_error_is_a_reply_and_the_shell_goes_on() -> None:
    shell = commands()
    assert shell.reply("??") == Reply(
        "askdoc: the question has no words: ??. Ask in plain words.", failed=True
    )
    crashed = shell.reply("Will it crash?")
    assert crashed.failed and "ZeroDivisionError" in crashed.text
    assert shell.reply("And the cars?").text.startswith("It carried forty cars.")


@UNTIMED
@given(st.lists(st.text() | st.sampled_from(["/open 1", "/sources", "The", "/open", "The\x1b"])))
def test_no_line_breaks_the_shell(lines: list[str]) -> None:
    shell = Commands(fake(FERRY), lambda: PLAIN)
    for line in lines:
        reply = shell.reply(line)
        assert "fault in askdoc" not in reply.text
        assert "\x1b" not in reply.text


# The greeting


def invited(*texts: str) -> list[str]:
    return invitation([], fake(*texts)).split("\n")


def test_the_greeting_says_what_is_loaded() -> None:
    assistant = fake("Notes.", "The mayor met Okonkwo. Later, Okonkwo left. So did Brandt.")
    assert greeting(assistant.extents) == "askdoc has read 2 documents, 4 sentences."


def test_who_gets_no_suggestions_is_told_to_ask_about_a_name() -> None:
    assert invited("The mayor met Okonkwo. Later, Okonkwo left. So did Brandt.") == [
        "Ask in plain words, for example: What does it say about Okonkwo?",
        "/help tells the rest; Ctrl-D leaves.",
    ]


def test_who_wants_no_suggestions_gets_no_example() -> None:
    assert invitation([], None).split("\n") == [
        "Ask in plain words.",
        "/help tells the rest; Ctrl-D leaves.",
    ]


def test_suggestions_are_numbered_and_harmless() -> None:
    assert invitation(["When did the ferry\x1b leave?"], None).split("\n") == [
        "Ask in plain words, or type a number:",
        "  1  When did the ferry\\x1b leave?",
        "/help tells the rest; Ctrl-D leaves.",
    ]


@pytest.mark.parametrize("text", ["nothing here is a name.", "北京是首都。", "\x1b[2J"])
def test_the_greeting_has_an_example_for_any_text(text: str) -> None:
    lines = invited(text)
    assert lines[0].endswith("?")
    assert len(lines) == 2


HARBOUR = """\
Mary Quint became the harbour master in 1998. Mary Quint bought the tug Calder in May 2004.

The Calder yard built the ferry Ellery in 1975. The ferry carried forty cars.
"""


def test_a_suggestion_is_asked_by_its_number_and_offered_on_an_empty_line() -> None:
    shell = Commands(Assistant.from_texts({"harbour.txt": HARBOUR}), lambda: PLAIN)
    shell.reply("1")
    assert shell.last is not None
    assert shell.last.question.asked == "1"
    suggested = shell.suggest()
    assert suggested
    said = shell.reply("1").text.split("\n")
    assert said[0] == f"> {suggested[0]}"
    assert shell.last is not None
    assert shell.last.question.asked == suggested[0]
    assert shell.last.answered
    assert [text for text, _ in shell.completions("")] == suggested


def test_what_is_suggested_is_of_the_documents_in_use_and_its_numbers_ask_that() -> None:
    texts = {"harbour.txt": HARBOUR, "mill.txt": "The mill on Tarn Street was built in 1881."}
    shell = Commands(Assistant.from_texts(texts), lambda: PLAIN)
    first = shell.suggest()
    said = shell.reply("/use mill").text
    suggested = [text for text, _ in shell.completions("")]
    assert suggested and all("mill" in question for question in suggested)
    assert said.split("\n")[1:] == [
        "Ask in plain words, or type a number:",
        *(f"  {at}  {question}" for at, question in enumerate(suggested, start=1)),
    ]
    assert shell.reply("1").text.startswith(f"> {suggested[0]}\n")
    assert "type a number" not in shell.reply("/sources").text
    shell.reply("/use all")
    assert [text for text, _ in shell.completions("")] == first


def test_who_wants_no_suggestions_gets_none_by_use_either() -> None:
    shell = Commands(Assistant.from_texts({"a.txt": HARBOUR, "b.txt": FERRY}), lambda: PLAIN)
    assert shell.reply("/use a.txt").text.count("\n") == 0


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, " only a.txt, 1 sentence (of 2 documents)  |  /help  |  Ctrl-D leaves"),
        (60, " only a.txt, 1 sentence (of 2 documents)  |  /help"),
        (20, " only a.txt, 1 sentence (of 2 documents)"),
    ],
)
def test_the_bar_tells_what_is_asked_and_leaves_out_what_has_no_room(
    width: int, shown: str
) -> None:
    extents = Assistant.from_texts({"a.txt": BRIDGE, "b.txt": BRIDGE}).extents
    assert bar(extents[:1], 2, width) == shown


def test_a_pasted_text_is_a_document_of_the_session() -> None:
    shell = Commands(Assistant.from_texts({"harbour.txt": HARBOUR}), lambda: PLAIN)
    said = shell.paste("Memo\n\nThe crane was sold in 1990.\nIt was green.\n").text
    assert said.startswith("Added “pasted 1”, 3 sentences, for this session.")
    assert "pasted 1:3" in shell.reply("When was the crane sold?").text
    assert "> " in shell.reply("/open").text
    assert shell.paste("One more.\nLine.\n").text.startswith("Added “pasted 2”")
    assert shell.reply("/remove pasted 1").text.startswith("Removed pasted 1")


def test_a_pasted_text_without_words_is_an_error_and_loses_nothing() -> None:
    shell = commands()
    assert shell.paste(" \n \n\n").failed
    assert len(shell.extents) == 2


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("When did\nthe ferry leave?", False),
        ("a\n\n\nb", False),
        ("Memo\nTo: all\nThe crane is sold.", True),
        ("word " * 200, True),
    ],
)
def test_only_a_text_of_some_length_may_be_a_document(text: str, document: bool) -> None:
    assert is_document(text) is document


def test_a_long_name_keeps_its_end() -> None:
    assistant = fake("Text.", name="a/very" * 20 + "/long\x1b.txt")
    said = loaded(assistant.extents)
    assert said.startswith("...") and said.endswith("/long\\x1b.txt, 1 sentence")
