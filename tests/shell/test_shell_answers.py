"""The shell's commands about the conversation: /more, /why, /exact, /history, /verify, /reset."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_assistant import FakeAssistant
from fixed_reader import FixedReader
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc import Assistant
from askdoc.index import update
from askdoc.present import PLAIN, Style
from askdoc.present.wrap import cells
from askdoc.shell.command import Reply
from askdoc.shell.commands import Commands
from askdoc.shell.table import COMMANDS, HELP

LOG = """# Harbour log

The ferry Halcyon carried forty cars to the island on Monday. Its captain is Mira Olsen.

She refused the new timetable because the tide was too low.

The bridge opened in May.
"""
PERSON = Style(person=True, width=80)
CARS = "How many cars did the ferry carry?"
# So far from the text that no processor's rounding makes an answer of it.
OFF_TOPIC = "How tall is the Eiffel Tower?"


def real(style: Style = PERSON, reader: str = "lexical", **texts: str) -> Commands:
    assistant = Assistant.from_texts(texts or {"log.md": LOG}, reader=reader)
    return Commands(assistant, lambda: style)


def counting(sentences: int, style: Style = PLAIN) -> Commands:
    """A shell over sentences that all answer."""
    text = "\n\n".join(f"Ship number {number} sank." for number in range(sentences))
    return Commands(FakeAssistant({"ships.txt": text}), lambda: style)  # type: ignore[arg-type]


def test_more_gives_the_next_three_numbered_on_until_there_are_none() -> None:
    commands = counting(10, PERSON)
    assert commands.reply("Which sank.").text.count("\n  [") == 5
    second = commands.reply("/more").text
    assert second.splitlines()[0] == "Next best, less sure:"
    assert [line[:6] for line in second.splitlines() if line.startswith("  [")] == [
        "  [6] ",
        "  [7] ",
        "  [8] ",
    ]
    third = commands.reply("more").text
    assert "Ship number 8 sank.\n  [9] ships.txt:17, 90% sure" in third
    assert "[10] ships.txt:19" in third
    assert commands.reply("/more") == Reply("There are no more sentences that have to do with it.")
    assert commands.reply("/open 10").text.startswith("ships.txt:19\n")


def test_more_into_a_pipe_is_as_an_answer_is() -> None:
    commands = counting(6)
    commands.reply("Which sank.")
    assert commands.reply("/more").text == (
        "Ship number 5 sank.\n    ships.txt:11  characters 105-124  confidence 90%"
    )


def test_more_shows_no_sentence_twice_and_all_that_have_to_do_with_it() -> None:
    commands = real()
    commands.reply(CARS)
    while "no more" not in commands.reply("/more").text:
        pass
    places = [(citation.start, citation.end) for citation in commands.opens]
    assert len(set(places)) == len(places) > 2


def test_more_of_a_refusal_is_no_answer_either() -> None:
    commands = real(reader="neural")
    assert commands.reply(OFF_TOPIC).text.startswith("The documents")
    near = len(commands.opens)
    said = commands.reply("/more").text
    assert said.startswith("Nearest after those, which are not an answer either:\n")
    assert f"[{near + 1}] log.md:" in said


def test_what_a_pipe_was_not_shown_of_a_refusal_comes_first() -> None:
    commands = real(PLAIN, reader="neural")
    assert commands.reply(OFF_TOPIC).text == "The documents don't say."
    nearest = commands.opens
    said = commands.reply("/more").text
    assert [line for line in said.splitlines() if line[0] != " "] == [c.quote for c in nearest]
    assert commands.reply("/more").text.splitlines()[0] not in said


@pytest.mark.parametrize("line", ["/more", "/why", "/history", "/verify", "/save a.md"])
def test_without_a_question_there_is_nothing_to_tell(line: str) -> None:
    expected = Reply("askdoc: nothing was asked yet. Ask a question first.", failed=True)
    assert real().reply(line) == expected


def test_why_tells_which_words_led_to_the_sentence() -> None:
    commands = real()
    commands.reply("How many automobiles did Halcyon carry in winter?")
    lines = commands.reply("/why").text.splitlines()
    assert lines[:9] == [
        "The ferry Halcyon carried forty cars to the island on Monday.",
        "  [1] log.md:3",
        "",
        "Asked       How many automobiles did Halcyon carry in winter?",
        "Words of the question",
        '  automobiles  in the sentence: "cars", near in meaning',
        "  Halcyon      in the sentence",
        '  carry        in the sentence, as "carried"',
        "  winter       nowhere in the documents",
    ]
    assert lines[9].startswith("Found       the only passage that shares words with the question, ")
    assert lines[10].startswith("Sure        ")
    assert lines[10].endswith("; the lexical reader's sentences answer from 21% on")
    assert lines[11].startswith("What the reader saw")
    assert all(line[:3] in ("   ", "  +", "  -") for line in lines[12:])


def test_why_tells_how_the_question_was_understood() -> None:
    commands = real(reader="neural")
    commands.reply("Who is the captain?")
    commands.reply("Why did she refuse the timetable?")
    said = commands.reply("why").text
    assert "Asked       Why did she refuse the timetable?\n" in said
    assert "Understood  Why did Mira Olsen refuse the timetable?\n" in said
    assert '  refuse     in the sentence, as "refused"\n' in said
    assert "  Mira       beside it" in said or "  Mira       elsewhere" in said


@pytest.mark.parametrize("reader", ["lexical", "neural"])
def test_why_fits_the_terminal(reader: str) -> None:
    commands = real(reader=reader)
    commands.reply("Why was " + "the very new timetable of the harbour " * 20 + "refused?")
    for line in commands.reply("/why").text.splitlines():
        assert cells(line) <= 80


def test_why_takes_the_number_of_any_sentence_that_was_shown() -> None:
    commands = real()
    commands.reply(CARS)
    commands.reply("/more")
    shown = commands.opens
    assert len(shown) > 1
    for number, citation in enumerate(shown, start=1):
        lines = commands.reply(f"/why {number}").text.splitlines()
        assert f"  [{number}] log.md:{citation.line}" in lines
    assert commands.reply("/why 99") == Reply(
        f"askdoc: the last answer has no such citation: 99. There is /why 1 to /why {len(shown)}.",
        failed=True,
    )


def test_why_nothing_was_found() -> None:
    commands = real()
    commands.reply("Which zebra won the chess tournament?")
    assert commands.reply("/why").text.splitlines()[-5:] == [
        "Words of the question",
        "  zebra       nowhere in the documents",
        "  won         nowhere in the documents",
        "  chess       nowhere in the documents",
        "  tournament  nowhere in the documents",
    ]


def test_why_still_tells_when_other_documents_are_asked() -> None:
    commands = real(PERSON, "lexical", **{"log.md": LOG, "tower.txt": "The tower is red."})
    commands.reply(CARS)
    said = commands.reply("/why").text
    commands.reply("/use tower")
    assert commands.reply("/why").text == said


@pytest.mark.parametrize("line", ["Why?", "Why", "why?", "more?", "More cars?", "history of cars"])
def test_what_looks_like_a_command_but_is_a_question_is_asked(line: str) -> None:
    assistant = FakeAssistant({"a.txt": LOG})
    Commands(assistant, lambda: PLAIN).reply(line)  # type: ignore[arg-type]
    assert assistant.asked == [line]


def test_a_follow_up_is_understood_and_exact_asks_as_typed() -> None:
    commands = real(PERSON, "neural")
    commands.reply("Who is the captain?")
    line = "Why did she refuse the timetable?"
    assert commands.reply(line).text.startswith("asking: Why did Mira Olsen refuse")
    assert not commands.reply(f"/exact {line}").text.startswith("asking: ")
    commands.reply(line)
    assert not commands.reply("/exact").text.startswith("asking: ")
    assert commands.last and commands.last.question.resolved == line


def test_exact_needs_a_question() -> None:
    assert real().reply("/exact") == Reply(
        "askdoc: there is nothing to ask. Try: /exact QUESTION", failed=True
    )


def test_history_lists_what_was_asked_understood_and_answered() -> None:
    commands = real(PERSON, "neural")
    for line in ("Who is the captain?", "Why did she refuse the timetable?", OFF_TOPIC):
        commands.reply(line)
    first, second = commands.reply("/history").text.split("\n2  ")
    assert first.splitlines() == ["1  Who is the captain?", "   Mira Olsen", first.splitlines()[2]]
    assert first.splitlines()[2].startswith("   log.md:3, ")
    lines = second.splitlines()
    assert lines[0] == "Why did she refuse the timetable?"
    assert lines[1] == "   asking: Why did Mira Olsen refuse the timetable?"
    assert lines[-2:] == [f"3  {OFF_TOPIC}", "   The documents don't say."]


def test_history_names_what_documents_that_disagree_say() -> None:
    commands = real(a="The ferry carried forty cars.", b="The ferry carried sixty cars.")
    commands.reply(CARS)
    assert commands.last and commands.last.disagreement
    lines = commands.reply("/history").text.splitlines()
    assert lines[1] in ("   forty or sixty", "   sixty or forty")
    assert lines[2].endswith(" sure, and 1 more")


def test_verify_checks_the_conversation_against_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("log.md").write_text(LOG)
    commands = Commands(Assistant.from_paths("log.md", reader="lexical"), lambda: PLAIN)
    commands.reply(CARS)
    assert commands.reply("/verify").text.splitlines() == [
        "stands  log.md:3  characters 15-76  "
        "The ferry Halcyon carried forty cars to the island on Monday.",
        "1 of 1 citation stands.",
    ]
    Path("log.md").write_text("# New\n" + LOG)
    assert commands.reply("/verify").text.splitlines()[0].startswith("moved  log.md:4  ")
    Path("log.md").unlink()
    assert commands.reply("verify").text.splitlines()[0].startswith("gone  log.md:3  ")


def test_verify_finds_the_files_of_an_index_that_was_made_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("log.md").write_text(LOG)
    update("index", ["log.md"])
    Path("away").mkdir()
    monkeypatch.chdir("away")
    commands = Commands(Assistant.open("../index", reader="lexical"), lambda: PLAIN)
    commands.reply(CARS)
    assert commands.reply("/verify").text.endswith("1 of 1 citation stands.")
    (tmp_path / "log.md").write_text(
        "# Log\n\nThe ferry Halcyon carried fifty cars to the island.\n"
    )
    commands = Commands(Assistant.open("../index", reader="lexical"), lambda: PERSON)
    commands.reply(CARS)
    shown = commands.reply("/verify").text
    assert "carried fifty cars" in shown and "--show-now" not in shown, "they are one's own files"


def test_verify_cannot_check_what_was_pasted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = real()
    commands.paste("The Petrel carried nine goats.\n\nIt sank.\n\nNobody cried.\n")
    commands.reply("How many goats did the Petrel carry?")
    assert "pasted 1:1 uncheckable: a text that was pasted" in commands.reply("/verify").text


def test_verify_after_refusals_has_nothing_to_check() -> None:
    commands = real()
    commands.reply("Which zebra won?")
    assert commands.reply("/verify") == Reply("No citations to check.")


def test_reset_forgets_the_conversation_and_keeps_the_documents() -> None:
    commands = real(PERSON, "neural")
    commands.reply("Who is the captain?")
    assert commands.reply("reset") == Reply("Forgotten: 1 question. The documents are still here.")
    assert commands.reply("/open 1").failed and commands.reply("/history").failed
    assert not commands.reply("Why did she refuse the timetable?").text.startswith("asking: ")


def test_help_fits_a_terminal_and_names_every_command() -> None:
    lines = HELP.splitlines()
    assert len(lines) < 24 and max(map(len, lines)) < 80
    assert all(name in HELP for name in COMMANDS)


HOSTILE = "The \x1b]0;x\x07 ferry\u202e carried \x9b2J forty cars. # It sank *twice* <b>."
LINES = st.sampled_from(
    f"{CARS}|Why?|/more|/why|/why 2|/history|/verify|/reset|/exact|/use b|/use|/remove a|/sources"
    "|/open 2|/exact x|/add nowhere.txt|/save .md".split("|")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES | st.text(max_size=20), max_size=12))
def test_no_lines_break_a_sitting_or_let_a_document_act(lines: list[str]) -> None:
    commands = real(PERSON, **{"a\x1b.txt": HOSTILE, "b": LOG})
    for line in lines:
        if line.lower().lstrip().startswith("/save"):
            continue
        reply = commands.reply(line)
        assert "fault in askdoc" not in reply.text
        assert not set(reply.text) & {"\x1b", "\x07", "\x9b", "\u202e"}


# Answers that are none: what has a chance, what is no question, an index that is not complete


def fixed(style: Style, sure: dict[str, float]) -> Commands:
    """A shell over the log, whose reader knows the confidence of sentences with these words."""
    assistant = Assistant.from_texts({"log.md": LOG}, reader=FixedReader(sure))
    return Commands(assistant, lambda: style)


def test_perhaps_is_shown_and_can_be_opened() -> None:
    commands = fixed(PERSON, {"Mira Olsen": 0.3, "timetable": 0.1})
    said = commands.reply("Who commands the ferry?").text
    assert said.startswith("Perhaps:\nIts captain is Mira Olsen.\n  log.md:3, ")
    assert said.endswith("\n\n'commands' stands nowhere in them.")
    assert ">>Its captain" in commands.reply("/open 1").text
    more = commands.reply("/more").text
    assert more.startswith("Nearest after those") and "timetable" in more


def test_what_is_no_question_leaves_the_conversation_as_it_was() -> None:
    """After "thanks" she was nobody, or "thanks" was asked of her."""
    commands = fixed(PERSON, {"Mira Olsen": 0.9})
    commands.reply("Who is the captain?")
    for line in ("Thanks!", "summarize it"):
        assert commands.reply(line).text.startswith("I only quote. Ask ")
        assert commands.opens == ()
        assert commands.reply("/why").text.startswith("I only quote. ")
    said = commands.reply("Why did she refuse the timetable?").text
    assert said.startswith("asking: Why did Mira Olsen refuse the timetable?\n")
    assert commands.reply("/history").text.splitlines()[3:7] == [
        "2  Thanks!", "   I only quote.", "3  summarize it", "   I only quote.",
    ]  # fmt: skip


def test_what_is_missing_is_told_of_a_follow_up_as_it_was_understood() -> None:
    sure = {"Mira Olsen": 0.9}
    commands = fixed(PERSON, sure)
    commands.reply("Who is the captain?")
    sure.clear()
    said = commands.reply("Did she steal a guitar?").text
    assert said.startswith(
        "asking: Did Mira Olsen steal a guitar?\n"
        "The documents don't say. 'steal' and 'guitar' stand nowhere in them."
    )
