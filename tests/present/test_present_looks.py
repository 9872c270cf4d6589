"""What a pipe and a person get to see, character by character."""

from __future__ import annotations

import io
import json
import os
import pty

import pytest
from present_samples import (
    DOCUMENT,
    NOWHERE,
    QUOTE,
    WINE,
    answer_of,
    cite,
    cite_words,
    refusal,
)

from askdoc.errors import EmptySource, NoDocuments
from askdoc.model import Answer, Document, Question, Span
from askdoc.present import PLAIN, Style, as_json, as_line, as_text, style_for, surroundings
from askdoc.present.listing import history
from askdoc.present.refusing import aside

PERSON = Style(person=True, width=80)
COLOUR = Style(person=True, colour=True, width=80)


def test_a_pipe_gets_the_quote_on_one_line_and_its_address_below() -> None:
    citation = cite_words(QUOTE, "two tugs", page=3, heading="Port\n  log")
    assert as_text(answer_of(citation), PLAIN) == (
        "He asked for two tugs to hold the stern, because the wind had risen.\n"
        "    log/port.txt:3  characters 38-106  confidence 83%  page 3  heading Port log"
        "  short two tugs"
    )


def test_several_citations_follow_each_other_without_gaps_in_a_pipe() -> None:
    text = as_text(answer_of(cite_words("Nobody was hurt."), cite_words("Port log")), PLAIN)
    assert text.splitlines() == [
        "Nobody was hurt.",
        "    log/port.txt:5  characters 107-123  confidence 83%",
        "Port log",
        "    log/port.txt:1  characters 0-8  confidence 83%",
    ]


def test_a_person_sees_the_words_that_answer_in_bold_and_a_dim_address() -> None:
    citation = cite_words(QUOTE, "two tugs\nto hold", page=3, heading="Port log")
    assert as_text(answer_of(citation), COLOUR) == (
        "He asked for \x1b[1mtwo tugs to hold\x1b[0m the stern, because the wind had risen.\n"
        '\x1b[2m  log/port.txt:3, page 3, under "Port log", 83% sure\x1b[0m'
    )


def test_without_weight_the_words_that_answer_are_said_again() -> None:
    citation = cite_words(QUOTE, "two tugs")
    assert as_text(answer_of(citation), PERSON) == (
        "He asked for two tugs to hold the stern, because the wind had risen.\n"
        '  log/port.txt:3, 83% sure, in short "two tugs"'
    )


def test_a_mark_is_closed_at_the_end_of_a_line_and_opened_again_on_the_next() -> None:
    citation = cite_words(QUOTE, "two tugs\nto hold the stern")
    text = as_text(answer_of(citation), Style(person=True, colour=True, width=24))
    assert text.splitlines()[:3] == [
        "He asked for \x1b[1mtwo tugs to\x1b[0m",
        "\x1b[1mhold the stern\x1b[0m, because",
        "the wind had risen.",
    ]


def test_a_person_sees_how_a_follow_up_was_understood() -> None:
    question = Question(asked="Why did he?", resolved="Why did the pilot\x1b ask for two tugs?")
    answer = answer_of(cite_words("Nobody was hurt.")).model_copy(update={"question": question})
    assert as_text(answer, Style(person=True, colour=True, width=24)).splitlines()[:4] == [
        "\x1b[2masking: Why did the\x1b[0m",
        "\x1b[2mpilot\\x1b ask for two\x1b[0m",
        "\x1b[2mtugs?\x1b[0m",
        "Nobody was hurt.",
    ]


def test_several_citations_are_numbered_for_a_person() -> None:
    text = as_text(answer_of(cite_words("Nobody was hurt."), cite_words("Port log")), PERSON)
    assert text == (
        "Nobody was hurt.\n  [1] log/port.txt:5, 83% sure\n\n"
        "Port log\n  [2] log/port.txt:1, 83% sure"
    )


def test_a_refusal_is_one_line_in_a_pipe() -> None:
    assert as_text(refusal(cite_words("Nobody was hurt.")), PLAIN) == "The documents don't say."


def test_the_nearest_sentence_is_said_not_to_be_an_answer() -> None:
    near = cite_words("Nobody was hurt.", "Nobody", confidence=0.04)
    assert as_text(refusal(near), PERSON) == (
        "The documents don't say.\n\nNearest, but not an answer:\n"
        "  Nobody was hurt.\n    log/port.txt:5, 4% sure"
    )
    coloured = as_text(refusal(near), COLOUR)
    assert "\x1b[1m" not in coloured, "nothing in what is no answer is marked"


def test_a_refusal_with_nothing_near_is_one_line() -> None:
    assert as_text(refusal(), COLOUR) == "The documents don't say."


def test_what_is_missing_is_named_after_the_refusal() -> None:
    assert as_text(refusal(missing=NOWHERE[:1]), PERSON) == (
        "The documents don't say. 'Eiffel Tower' stands nowhere in them."
    )
    near = cite_words("Nobody was hurt.", confidence=0.04)
    assert as_text(refusal(near, missing=NOWHERE), PERSON) == (
        "The documents don't say. 'Eiffel Tower', 'O'Brien' and '<wine>' stand nowhere in\n"
        "them.\n\n"
        "Nearest, but not an answer:\n  Nobody was hurt.\n    log/port.txt:5, 4% sure"
    )
    assert as_text(refusal(missing=WINE), PERSON) == (
        "The documents don't say. Nothing about 'wine' or 'vin\\x1b' stands near 'France'."
    )
    assert as_text(refusal(missing=NOWHERE[:2], incomplete=True), PERSON) == (
        "What was read so far doesn't say. 'Eiffel Tower' and 'O'Brien' stand nowhere in\nit."
    )


def test_a_pipe_gets_the_refusal_alone_and_what_is_missing_goes_beside_it() -> None:
    answer = refusal(missing=NOWHERE[:2])
    assert as_text(answer, PLAIN) == "The documents don't say."
    assert aside(answer) == "askdoc: 'Eiffel Tower' and 'O'Brien' stand nowhere in the documents."
    assert aside(refusal(missing=WINE)) == (
        "askdoc: nothing about 'wine' or 'vin\\x1b' stands near 'France'."
    )
    so_far = refusal(missing=NOWHERE[:1], incomplete=True)
    assert as_text(so_far, PLAIN) == "What was read so far doesn't say."
    assert aside(so_far) == "askdoc: 'Eiffel Tower' stands nowhere in what was read so far."
    assert aside(refusal()) == aside(answer_of(cite_words("Port log"))) == ""


def test_what_is_no_question_is_told_what_to_ask() -> None:
    answer = refusal(no_question=True)
    assert as_text(answer, PERSON).splitlines()[0].startswith("I only quote. Ask for what a ")
    assert as_text(answer, PLAIN) == "I only quote."
    assert aside(answer).startswith("askdoc: ask for what a sentence of the documents can tell")


def test_perhaps_stands_before_what_has_a_chance() -> None:
    near = cite_words("Nobody was hurt.", "Nobody", confidence=0.18)
    answer = refusal(near, perhaps_threshold=0.1, missing=WINE[:1])
    assert as_text(answer, PERSON) == (
        'Perhaps:\nNobody was hurt.\n  log/port.txt:5, 18% sure, in short "Nobody"\n\n'
        "Nothing about 'wine' stands near 'France'."
    )
    assert as_text(answer, PLAIN) == "The documents don't say."
    both = refusal(near, cite_words("Port log", confidence=0.12), perhaps_threshold=0.1)
    assert as_text(both, PERSON) == (
        'Perhaps:\nNobody was hurt.\n  [1] log/port.txt:5, 18% sure, in short "Nobody"\n\n'
        "Port log\n  [2] log/port.txt:1, 12% sure"
    )


def test_a_pipe_gets_the_nearest_where_it_asks_for_them() -> None:
    near = cite_words("Nobody was hurt.", "Nobody", confidence=0.18)
    address = "    log/port.txt:5  characters 107-123  confidence 18%  short Nobody"
    assert as_text(refusal(near), PLAIN, nearest=True) == (
        f"The documents don't say.\nNobody was hurt.\n{address}  nearest"
    )
    assert as_text(refusal(near, perhaps_threshold=0.1), PLAIN, nearest=True) == (
        f"Perhaps:\nNobody was hurt.\n{address}  perhaps"
    )
    assert as_text(refusal(), PLAIN, nearest=True) == "The documents don't say."
    assert as_text(refusal(near), PERSON, nearest=True) == as_text(refusal(near), PERSON)
    answered = answer_of(near)
    assert as_text(answered, PLAIN, nearest=True) == as_text(answered, PLAIN)


def test_history_tells_the_verdict() -> None:
    near = cite_words("Nobody was hurt.", "Nobody", confidence=0.18)
    answers = [
        refusal(near, perhaps_threshold=0.1),
        refusal(near, incomplete=True),
        refusal(no_question=True),
        refusal(near, missing=WINE),
    ]
    assert history(answers, PERSON).splitlines() == [
        "1  What?", "   Perhaps: Nobody", "   log/port.txt:5, 18% sure",
        "2  What?", "   What was read so far doesn't say.",
        "3  What?", "   I only quote.",
        "4  What?", "   The documents don't say.",
    ]  # fmt: skip


def test_json_is_the_library_s_own_whatever_the_stream_carries() -> None:
    text = "Žofie owes 5 € to 北京."
    document = Document(text, "é.txt")
    from present_samples import cite

    answer = answer_of(cite(document, 0, len(text)))
    assert as_json(answer) == answer.model_dump_json()
    for variant in (as_json(answer, indent=2), as_json(answer, ascii_only=True)):
        assert json.loads(variant) == json.loads(answer.model_dump_json())
    assert as_json(answer, ascii_only=True).isascii()
    assert "\n" not in as_json(answer, ascii_only=True)
    assert Answer.model_validate_json(as_json(answer, indent=2, ascii_only=True)) == answer


def test_surroundings_mark_the_quote_and_number_the_lines() -> None:
    assert surroundings(DOCUMENT, cite_words(QUOTE), PERSON) == (
        "log/port.txt:3\n"
        "  1  Port log\n"
        "  2\n"
        "> 3  The pilot boarded at 4 a.m. >>He asked for two tugs\n"
        "> 4  to hold the stern, because the wind had risen.<<\n"
        "  5  Nobody was hurt."
    )
    coloured = surroundings(DOCUMENT, cite_words(QUOTE), COLOUR)
    assert "4 a.m. \x1b[1mHe asked for two tugs\x1b[0m\n" in coloured
    assert ">>" not in coloured


def test_surroundings_of_a_quote_in_one_endless_line_stay_short() -> None:
    from present_samples import cite

    document = Document("x" * 100_000 + " Here it is. " + "y" * 100_000, "one-line.txt")
    shown = surroundings(document, cite(document, 100_001, 100_012), PERSON)
    assert ">>Here it is.<<" in shown.replace("\n", "").replace("      ", "")
    assert len(shown) < 1000


def test_errors_are_one_line_in_the_form_of_the_house() -> None:
    error = EmptySource("there is no text in it", "a\x1b[2J\nb.txt", "Name another.")
    assert as_line(error) == (r"askdoc: there is no text in it: a\x1b[2J b.txt. Name another.")
    assert as_line(NoDocuments("nothing to ask")) == "askdoc: nothing to ask."


def test_an_unforeseen_error_is_one_line_and_its_traceback_only_on_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails() -> None:
        raise KeyError("two\nlines\x07")

    monkeypatch.delenv("ASKDOC_DEBUG", raising=False)
    try:
        fails()
    except KeyError as error:
        line = as_line(error)
        assert "\n" not in line and "\x07" not in line
        assert "KeyError" in line and "report it" in line
        monkeypatch.setenv("ASKDOC_DEBUG", "1")
        assert as_line(error).startswith("Traceback")
        assert "in fails" in as_line(error)
        assert as_line(error).endswith("\n" + line) or as_line(error).endswith(line)


def test_a_pipe_is_plain_unless_colour_is_asked_for_always() -> None:
    pipe = io.StringIO()
    assert style_for(pipe, environ={}) == PLAIN
    assert style_for(None, environ={}) == PLAIN
    assert style_for(pipe, "always", environ={"NO_COLOR": "1"}) == Style(True, True, None)


@pytest.mark.parametrize(
    ("environ", "when", "colour"),
    [
        ({"TERM": "xterm"}, "auto", True),
        ({"TERM": "dumb"}, "auto", False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "auto", False),
        ({"TERM": "xterm", "NO_COLOR": ""}, "auto", True),
        ({"TERM": "xterm"}, "never", False),
        ({"TERM": "dumb", "NO_COLOR": "1"}, "always", True),
    ],
)
def test_a_terminal_has_colour_unless_the_environment_asks_for_none(
    environ: dict[str, str], when: str, colour: bool
) -> None:
    ours, theirs = pty.openpty()
    try:
        with open(theirs, "w", closefd=False) as terminal:
            style = style_for(terminal, when, environ)
    finally:
        os.close(ours)
        os.close(theirs)
    # A new pseudo-terminal says that it has no columns.
    assert style == Style(person=True, colour=colour, width=80)


def test_a_closed_stream_is_no_terminal() -> None:
    stream = io.StringIO()
    stream.close()
    assert style_for(stream, environ={}) == PLAIN


def disagreeing() -> Answer:
    one = Document("The mill has 40 staff.", "log/a.txt")
    other = Document("The mill has\n55 staff.", "b\x1b.txt")
    return Answer(
        question=Question(asked="How many?", resolved="How many?"),
        answered=True,
        confidence=0.83,
        citations=(cite(one, 0, 22, Span(13, 15)), cite(other, 0, 22, Span(13, 21))),
        disagreement=True,
    )


def test_a_person_is_told_that_documents_disagree_before_the_quotes() -> None:
    assert as_text(disagreeing(), PERSON).splitlines() == [
        "The documents disagree: 40 (log/a.txt) or 55 staff (b\\x1b.txt).",
        "",
        "The mill has 40 staff.",
        '  [1] log/a.txt:1, 83% sure, in short "40"',
        "",
        "The mill has 55 staff.",
        '  [2] b\\x1b.txt:1, 83% sure, in short "55 staff"',
    ]
    narrow = as_text(disagreeing(), Style(person=True, width=30)).splitlines()
    assert max(map(len, narrow[:3])) <= 30
    assert (
        " ".join(narrow[:3]) == "The documents disagree: 40 (log/a.txt) or 55 staff (b\\x1b.txt)."
    )


def test_a_pipe_sees_of_each_citation_that_it_is_one_of_those_that_disagree() -> None:
    lines = as_text(disagreeing(), PLAIN).splitlines()
    assert lines == [
        "The mill has 40 staff.",
        "    log/a.txt:1  characters 0-22  confidence 83%  short 40  disagreement 1 of 2",
        "The mill has 55 staff.",
        "    b\\x1b.txt:1  characters 0-22  confidence 83%  short 55 staff  disagreement 2 of 2",
    ]
    assert json.loads(as_json(disagreeing()))["disagreement"] is True


def test_a_notebook_tells_of_a_disagreement_first() -> None:
    html = disagreeing()._repr_html_()
    told = html.index("The documents disagree: 40 (log/a.txt) or 55 staff (b\\x1b.txt).")
    assert told < html.index("<blockquote")
    assert "The documents disagree" not in answer_of(cite_words("Port log"))._repr_html_()
