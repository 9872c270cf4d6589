"""What each door of the program says where the documents answer only perhaps, or not at all."""

from __future__ import annotations

import io
import json
import re
import sys

import pytest
from fixed_reader import FixedReader
from program import LOG, Inside

from askdoc import Answer

CAPTAIN = "Its captain is Mira Olsen."
SHIPS = "The harbour office counts the ships of Port Kesk every evening."
QUESTION = "Who commands the ferry to Norway?"
MISSING = "askdoc: 'commands' and 'Norway' stand nowhere in the documents.\n"


@pytest.fixture
def sure(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """How sure the reader is of which sentence; it answers from 0.5 on, perhaps from 0.2 on."""
    confidences = {CAPTAIN: 0.3, SHIPS: 0.1}
    monkeypatch.setattr("askdoc.assistant.make_reader", lambda name: FixedReader(confidences))
    return confidences


def address(quote: str, word: str, confidence: int) -> str:
    start = LOG.index(quote)
    line = LOG.count("\n", 0, start) + 1
    return (
        f"{quote}\n    log.md:{line}  characters {start}-{start + len(quote)}  "
        f"confidence {confidence}%  heading Harbour log  {word}\n"
    )


def test_a_pipe_gets_what_is_only_perhaps_an_answer_where_it_asks_for_it(
    inside: Inside, sure: dict[str, float]
) -> None:
    refused = (1, "The documents don't say.\n", MISSING)
    assert inside("query", QUESTION, "log.md") == refused
    code, out, err = inside("query", QUESTION, "log.md", "--nearest")
    assert (code, err) == (1, MISSING)
    assert out == "Perhaps:\n" + address(CAPTAIN, "perhaps", 30)
    sure[CAPTAIN] = 0.15
    assert inside("query", QUESTION, "log.md") == refused
    code, out, err = inside("query", QUESTION, "log.md", "--nearest", "-n", "2")
    assert (code, err) == (1, MISSING)
    assert out == "The documents don't say.\n" + address(CAPTAIN, "nearest", 15) + address(
        SHIPS, "nearest", 10
    )
    sure[CAPTAIN] = 0.9
    answered = inside("query", QUESTION, "log.md")
    assert answered == inside("query", QUESTION, "log.md", "--nearest")
    assert answered[0] == 0 and answered[2] == ""


def test_a_person_is_told_perhaps_and_the_exit_code_is_that_of_a_refusal(
    inside: Inside, sure: dict[str, float]
) -> None:
    code, out, err = inside("query", QUESTION, "log.md", "--color", "always")
    assert (code, err) == (1, "")
    assert re.sub(r"\x1b\[\d*m", "", out) == (
        f'Perhaps:\n{CAPTAIN}\n  log.md:6, under "Harbour log", 30% sure\n\n'
        "'commands' and 'Norway' stand nowhere in them.\n"
    )


@pytest.mark.parametrize(
    ("confidence", "verdict", "code"),
    [(0.9, "answered", 0), (0.3, "perhaps", 1), (0.1, "unanswered", 1)],
)
def test_json_has_the_verdict(
    inside: Inside, sure: dict[str, float], confidence: float, verdict: str, code: int
) -> None:
    sure[CAPTAIN] = confidence
    got, out, err = inside("query", QUESTION, "log.md", "--json")
    assert (got, err) == (code, "")
    fields = json.loads(out)
    assert fields["verdict"] == verdict
    assert fields["answered"] is (verdict == "answered")
    assert (fields["threshold"], fields["perhaps_threshold"]) == (0.5, 0.2)
    words = [] if verdict == "answered" else ["commands", "Norway"]
    assert [one["word"] for one in fields["missing"]] == words
    assert Answer.model_validate_json(out).verdict == verdict


def test_an_answer_that_is_none_is_verified(
    inside: Inside, sure: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = inside("query", QUESTION, "log.md", "--json")[1]
    with open("answer.json", "w") as file:  # noqa: PTH123
        file.write(out)
    code, said, _ = inside("verify", "answer.json")
    assert code == 0 and "nearest" in said
    with open("answer.json", "w") as file:  # noqa: PTH123
        file.write(out.replace('"verdict":"perhaps"', '"verdict":"answered"'))
    code, _, err = inside("verify", "answer.json")
    assert code == 2 and "its verdict is not what its citations give" in err


def test_who_asks_for_no_quotation_is_told_what_to_ask(
    inside: Inside, sure: dict[str, float]
) -> None:
    for asked in ("Summarize the log, please.", "thanks", "You are wrong!"):
        code, out, err = inside("query", asked, "log.md")
        assert (code, out) == (1, "I only quote.\n")
        assert err.startswith("askdoc: ask for what a sentence of the documents can tell (")
        code, out, err = inside("query", asked, "log.md", "--json")
        assert (code, err) == (1, "")
        answer = Answer.model_validate_json(out)
        assert (answer.no_question, answer.verdict, answer.nearest) == (True, "unanswered", ())
    # Whoever never wants a refusal gets none.
    assert inside("query", "Summarize the log, please.", "log.md", "--threshold=0")[0] == 0


def test_the_shell_in_a_pipe_says_the_same(
    inside: Inside, sure: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def shell(*arguments: str) -> tuple[int, str, str]:
        lines = f"{QUESTION}\nthanks\n/history\n".encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
        return inside("log.md", *arguments)

    history = (
        f"1  {QUESTION}\n   Perhaps: {CAPTAIN}\n   log.md:6, 30% sure\n"
        "2  thanks\n   I only quote.\n"
    )
    code, out, err = shell()
    assert (code, out) == (0, f"The documents don't say.\n\nI only quote.\n\n{history}")
    assert err.startswith(f"{MISSING}askdoc: ask for what ")
    code, out, _ = shell("--nearest")
    perhaps = address(CAPTAIN, "perhaps", 30)
    assert out == f"Perhaps:\n{perhaps}\nI only quote.\n\n{history}"


@pytest.mark.parametrize("command", ["search", "verify", "index", "status"])
def test_nearest_is_for_questions(inside: Inside, command: str) -> None:
    code, out, err = inside(command, "--nearest")
    assert (code, out) == (2, "")
    assert err.startswith("askdoc: ")
