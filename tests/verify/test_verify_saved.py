"""Files that hold answers, files that nearly do, and files that do not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc import Assistant
from askdoc.errors import AskdocError
from askdoc.model import Answer
from askdoc.verify import read_answers

TEXTS = {"port.txt": "The pilot asked for two tugs. Žofie paid 40 € in 北京."}
ASSISTANT = Assistant.from_texts(TEXTS, reader="lexical")
ANSWER = ASSISTANT.ask("Who paid in 北京?", limit=2, threshold=0.0)
REFUSAL = ASSISTANT.ask("Who paid in 北京?", threshold=1.0)
LINE = ANSWER.model_dump_json()
PAGE = ANSWER.model_dump_json(indent=2)


def read(text: str, encoding: str = "utf-8") -> list[Answer]:
    return read_answers(text.encode(encoding), "answer.json")


def what_is_wrong(data: bytes | str) -> str:
    with pytest.raises(AskdocError) as caught:
        read_answers(data.encode() if isinstance(data, str) else data, "answer.json")
    error = caught.value
    assert error.where == "answer.json"
    assert 'askdoc query --json "QUESTION" PATH > answer.json' in error.remedy
    assert "\n" not in str(error)
    return error.what


def test_the_sample_has_what_is_tested() -> None:
    assert len(ANSWER.citations) == 2 and "北京" in LINE
    assert not REFUSAL.citations


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [LINE, PAGE, LINE + "\r\n", json.dumps(json.loads(LINE))])
def test_one_answer_in_what_shells_write(text: str, encoding: str) -> None:
    assert read(text, encoding) == [ANSWER]


@pytest.mark.parametrize(
    "text",
    [
        f"[{LINE},{PAGE}]",
        f"{LINE}\n{LINE}\n",
        f"{PAGE}\n\n{LINE}",
        f"\ufeff{LINE}\r\n\ufeff{PAGE}",
        f"[{LINE}]\n[]\n[{LINE}]",
    ],
)
def test_several_answers_in_a_list_or_below_each_other(text: str) -> None:
    assert read(text) == [ANSWER, ANSWER]


def test_an_answer_without_citations_is_one() -> None:
    assert read(REFUSAL.model_dump_json()) == [REFUSAL]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "there is nothing in it"),
        (b"\xff\xfe", "there is nothing in it"),
        (b" \n", "there is nothing in it"),
        ("The pilot asked for two tugs.\n    port.txt:1", "it is not JSON: line 1"),
        (LINE[:-20], "it is not JSON: line 1"),
        (f"{LINE}\n\noops", "it is not JSON: line 3"),
        (b"\x89PNG\r\n\x1a\n\xff", "it is no text in UTF-8 or UTF-16"),
        (LINE.encode("gb18030"), "it is no text in UTF-8 or UTF-16"),
        ("[" * 100_000, "too deep"),
        ("9" * 5000, "too long numbers"),
        ("[]", "there is no answer in it"),
        ("[] []", "there is no answer in it"),
        ("12", "no object with a question"),
        ('"text"', "no object with a question"),
        ("[[]]", "no object with a question"),
        ("null", "no object with a question"),
        ("{}", "question: field required"),
        ('[{"text": "a", "source": "b", "start": 0}]', "question: field required"),
        (f"[{LINE}, {{}}]", "answer 2: question: field required"),
        (LINE.replace('"quote":', '"quota":', 1), "citations.0.quote: field required"),
        (LINE.replace('"end":', '"end":"x","e":'), "citations.0.end: input should be a valid int"),
        (LINE.replace("Žofie", "\\ud800ofie"), "lone surrogates"),
    ],
)
def test_what_is_no_answer_is_said_to_be_none(data: bytes | str, what: str) -> None:
    said = what_is_wrong(data)
    assert said.startswith("not a saved answer (")
    assert what in said


def edited(field: str, value: object, part: str = "") -> str:
    """The answer as JSON with a field of its first citation changed."""
    answer = json.loads(LINE)
    citation = answer["citations"][0]
    (citation[part] if part else citation)[field] = value
    return json.dumps(answer)


FIRST = ANSWER.citations[0]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (edited("quote", FIRST.quote + "!"), "offsets have"),
        (edited("quote", ""), "its quote is empty"),
        (edited("end", FIRST.end + 1), "offsets have"),
        (edited("end", 10**20), "beyond any text"),
        (edited("start", FIRST.end), "its offsets have 0"),
        (edited("start", -1), "its start is below 0"),
        (edited("line", 0), "below 1"),
        (edited("page", 0), "below 1"),
        (edited("short", {"text": "", "start": 0, "end": 0}), "outside of its quote"),
        (edited("short", {"text": "Ž", "start": FIRST.start, "end": FIRST.end}), "short answer"),
    ],
)
def test_a_citation_that_cannot_be_true_is_an_error(text: str, what: str) -> None:
    said = what_is_wrong(text)
    assert said.startswith("citation 1 contradicts itself: ")
    assert what in said
    assert what_is_wrong(f"{LINE}\n{text}").startswith("answer 2: citation 1 contradicts itself: ")


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with pytest.raises(AskdocError):
        read_answers(data, "x")


@given(st.data())
def test_an_answer_that_was_cut_or_mangled_is_read_or_refused(data: st.DataObject) -> None:
    raw = LINE.encode()
    start, end = sorted(data.draw(st.integers(0, len(raw))) for _ in range(2))
    mangled = raw[:start] + data.draw(st.binary(max_size=4)) + raw[end:]
    try:
        answers = read_answers(mangled, "x")
    except AskdocError:
        return
    assert all(c.end - c.start == len(c.quote) for a in answers for c in a.citations)
