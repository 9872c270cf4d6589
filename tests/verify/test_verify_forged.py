"""Honest answers stand; answers in which one thing was forged do not, and are told why."""

from __future__ import annotations

import html
import json
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from fixed_reader import FixedReader
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import MARKDOWN, PARAGRAPHS, QUOTED, TEXTS, questions

from askdoc import Assistant
from askdoc.errors import AskdocError, NoDocuments
from askdoc.load import load_text
from askdoc.model import Answer, Citation
from askdoc.present import as_json
from askdoc.verify import Standing, Verdict, all_stand, read_answers, verify
from lab.fuzzing.answers import judged
from lab.fuzzing.forging import forge
from lab.fuzzing.unseen import leaves

CONTENTS = st.one_of(PARAGRAPHS, MARKDOWN, QUOTED, TEXTS)
FOLDERS = st.dictionaries(
    st.sampled_from(["a.txt", "notes.md", "dir/page.html", "plain"]), CONTENTS, min_size=1
)


def written(folder: str, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        content = f"<h1>Port</h1><p>{html.escape(text)}" if name.endswith("html") else text
        path = Path(folder, name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode())


@settings(deadline=None, max_examples=60)
@given(FOLDERS, st.data())
def test_any_honest_answer_stands_and_no_forged_one_does(
    texts: dict[str, str], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        written(folder, texts)
        try:
            assistant = Assistant.from_paths(folder, reader="lexical")
        except (NoDocuments, AskdocError):
            assume(False)
        answer = assistant.ask(
            data.draw(questions(texts)),
            limit=data.draw(st.sampled_from([None, 1, 3, 8])),
            threshold=data.draw(st.sampled_from([None, 0.0, 1.0])),
        )
        saved = as_json(answer, indent=2, ascii_only=data.draw(st.booleans()))
        assert judged(saved.encode()).word == "stands"
        documents = {document.source: document for document in assistant.documents}
        rng = Random(data.draw(st.integers(0, 2**32)))
        for _ in range(8):
            forgery = forge(rng, json.loads(saved), documents)
            said = judged(forgery.text.encode("utf-8", "surrogatepass"))
            assert said.word != "stands" or forgery.may_stand, forgery
            assert said.word == "stands" or said.why


# What was taken for honest before, each by itself

LOG = """# Port log

The pilot boarded at 4 a.m. He did not ask for two tugs.

## Costs

It cost 9 €.
"""
TUGS = "He did not ask for two tugs."


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """An honest answer, as JSON has it, over a file of the current folder."""
    monkeypatch.chdir(tmp_path)
    Path("log.md").write_text(LOG)
    answer = Assistant.from_paths("log.md", reader="lexical").ask(
        "Did the pilot ask for tugs?", limit=2, threshold=0.0
    )
    assert answer.citations[0].quote == TUGS
    fields: dict[str, object] = json.loads(as_json(answer))
    return fields


def said(fields: object) -> str:
    """What a forged answer is told: the error, or the first verdict that does not stand."""
    text = fields if isinstance(fields, str) else json.dumps(fields)
    found = judged(text.encode())
    assert found.word != "stands"
    return f"{found.word}: {found.why}"


def first(fields: dict[str, object]) -> dict[str, object]:
    citations = fields["citations"]
    assert isinstance(citations, list)
    one = citations[0]
    assert isinstance(one, dict)
    return one


def test_a_forged_text_beside_honest_citations_was_taken(saved: dict[str, object]) -> None:
    saved["text"] = "He asked for two tugs."
    assert "its text is not what its citations give" in said(saved)


def test_an_answer_without_citations_was_taken(saved: dict[str, object]) -> None:
    saved.update(citations=[], text="", confidence=0.0)
    assert "it is said to be answered, but cites nothing" in said(saved)


@pytest.mark.parametrize(
    ("field", "value"), [("line", 4), ("page", 1), ("heading", "Costs"), ("place", "row 1")]
)
def test_a_forged_address_was_taken(saved: dict[str, object], field: str, value: object) -> None:
    first(saved)[field] = value
    assert said(saved) == f"misplaced: its {field} is not the source's"


def test_a_heading_that_was_left_out_was_taken(saved: dict[str, object]) -> None:
    first(saved)["heading"] = None
    assert said(saved) == "misplaced: its heading is not the source's"


def test_every_key_that_stood_twice_was_taken(saved: dict[str, object]) -> None:
    text = json.dumps(saved)
    names = {path[-1] for path, _ in leaves(saved)} | {"question", "citations", "short"}
    for name in names - {0}:
        for value in ("1", '"x"', "null"):
            twice = text.replace(f'"{name}":', f'"{name}": {value}, "{name}":', 1)
            assert twice != text
            assert (
                said(twice)
                == f"refused: not a saved answer (one object has the key '{name}' twice)"
            )


def test_a_part_of_a_sentence_was_taken(saved: dict[str, object]) -> None:
    """ "ask for two tugs." is there, word for word, and says the opposite."""
    cut = TUGS.index("ask")
    one = first(saved)
    one.update(quote=TUGS[cut:], start=LOG.index(TUGS[cut:]), short=None)
    saved["text"] = str(saved["text"]).replace(TUGS, TUGS[cut:])
    assert said(saved) == "part: it begins or ends inside of a sentence"


def test_several_whole_sentences_are_no_part(saved: dict[str, object]) -> None:
    both = "The pilot boarded at 4 a.m. " + TUGS
    first(saved).update(quote=both, start=LOG.index(both), short=None)
    saved["citations"] = [first(saved)]
    saved["text"] = both
    assert judged(json.dumps(saved).encode()).word == "stands"


def refused(verdict: str) -> dict[str, object]:
    """An honest answer that is none, as JSON has it."""
    reader = FixedReader({TUGS: 0.3 if verdict == "perhaps" else 0.1})
    answer = Assistant.from_paths("log.md", reader=reader).ask("Which wine did Norway ask for?")
    assert answer.verdict == verdict and len(answer.missing) == 2
    fields: dict[str, object] = json.loads(as_json(answer))
    assert judged(json.dumps(fields).encode()).word == "stands"
    return fields


@pytest.mark.parametrize("verdict", ["perhaps", "unanswered"])
def test_a_verdict_that_does_not_fit_the_thresholds_is_found(
    saved: dict[str, object], verdict: str
) -> None:
    fields = refused(verdict)
    for other in {"answered", "perhaps", "unanswered"} - {verdict}:
        assert "its verdict is not what its citations give" in said({**fields, "verdict": other})
    for name, value in (
        ("threshold", 0.05), ("perhaps_threshold", 0.45 if verdict == "perhaps" else 0.05),
        ("perhaps_threshold", 0.6), ("threshold", None), ("perhaps_threshold", None),
    ):  # fmt: skip
        changed = {**fields, name: value}
        assert said(changed).startswith("refused: the answer contradicts itself: ")


def test_what_is_cited_must_be_as_sure_as_the_threshold(saved: dict[str, object]) -> None:
    saved["threshold"] = saved["perhaps_threshold"] = 1.0
    assert "less sure than its threshold" in said(saved)
    saved["no_question"] = True
    saved["threshold"] = saved["perhaps_threshold"] = 0.0
    assert "said to be no question, but something was looked for" in said(saved)


def test_words_that_are_missing_must_be_the_question_s(saved: dict[str, object]) -> None:
    fields = refused("unanswered")
    forged = {**fields, "missing": [{"word": "Denmark", "near": None}]}
    assert "are no words of the question" in said(forged)
    forged = {**fields, "missing": [{"word": "wine", "near": "Denmark"}]}
    assert "are no words of the question" in said(forged)
    forged = {**fields, "missing": [{"word": "wine", "near": None}] * 4}
    assert "more words are said to be missing" in said(forged)
    forged = {**fields, "missing": [{"word": "wine"}]}
    assert "missing.0.near: field required" in said(forged)
    saved["missing"] = [{"word": "tugs", "near": None}]
    assert "it is said to be answered, but words" in said(saved)


@pytest.mark.parametrize("verdict", ["answered", "perhaps", "unanswered"])
def test_answers_of_before_there_were_verdicts_stand(
    saved: dict[str, object], verdict: str
) -> None:
    fields = saved if verdict == "answered" else refused(verdict)
    later = "threshold perhaps_threshold missing no_question incomplete verdict".split()
    old = {name: value for name, value in fields.items() if name not in later}
    assert judged(json.dumps(old).encode()).word == "stands"
    (answer,) = read_answers(json.dumps(old).encode(), "x")
    assert answer.verdict == ("answered" if verdict == "answered" else "unanswered")
    # Some of them without the others were not written by any version.
    for name in later:
        assert f"{name}: field required" in said(
            {key: value for key, value in fields.items() if key != name}
        )


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"answered": true', '"answered": 1', "answered: input should be a valid boolean"),
        ('"line": 3', '"line": true', "citations.0.line: input should be a valid integer"),
        ('"line": 3', '"line": 3.0', "citations.0.line: input should be a valid integer"),
        ('"line": 3', '"line": "3"', "citations.0.line: input should be a valid integer"),
        ('"line": 3', '"line": 1e999', "beyond all numbers"),
        ('"line": 3', f'"line": {"9" * 4000}', "too long numbers"),
        ('"line": 3', f'"line": {"9" * 20}', "beyond any text"),
        ('"line": 3', '"line": 3, "seen": {}', "citations.0.'seen': no field that askdoc writes"),
        ('"line": 3', '"line": -Infinity', "-Infinity for a number, which is not JSON"),
        ('"page": null', '"page": NaN', "NaN for a number, which is not JSON"),
        ('"page": null, ', "", "citations.0.page: field required"),
        ('"page": null', f'"page": {"[" * 900}{"]" * 900}', "citations.0.page"),
        ('"page": null', f'"page": {"[" * 99999}', "nested too deep"),
        ('"asked": "Did', '"asked": "\\ud800', "lone surrogates"),
        ('"asked": "Did', '"asked": ["', "is not JSON"),
        ('"asked"', '"\\ud800"', "question.asked: field required"),
        ('"disagreement": false', '"disagreement": true', "give no different short answers"),
    ],
)
def test_odd_json_is_refused_with_a_word(
    saved: dict[str, object], old: str, new: str, why: str
) -> None:
    text = json.dumps(saved)
    assert old in text
    assert why in said(text.replace(old, new, 1))


# Answers that never were JSON


def cite(quote: str, confidence: float = 0.5, source: str = "log.md") -> Citation:
    document = load_text(LOG, "log.md")
    start = LOG.index(quote)
    return Citation(
        quote=quote, source=source, start=start, end=start + len(quote),
        line=document.line_at(start), heading=document.heading_at(start), confidence=confidence,
    )  # fmt: skip


def of_answer(answer: Answer, **changes: object) -> list[Verdict]:
    verdicts = verify([answer.model_copy(update=changes)])
    assert not all_stand(verdicts)
    return [one for one in verdicts if one.citation is None]


def test_an_answer_that_contradicts_itself_is_told_so_without_its_sources() -> None:
    one, other = cite(TUGS, 0.5), cite("It cost 9 €.", 0.4, "other.md")
    honest = Answer.model_construct(
        question=None, answered=True, confidence=0.5, citations=(one, other)
    )
    for changes, why in (
        ({"answered": False}, "cites something"),
        ({"citations": ()}, "cites nothing"),
        ({"nearest": (one,)}, "only came near besides"),
        ({"citations": (one, one)}, "one sentence twice"),
        ({"confidence": 0.6}, "its confidence is not that of its surest sentence"),
        ({"citations": (other, one)}, "in no order"),
        ({"disagreement": True}, "no different short answers"),
        ({"answered": False, "citations": (), "nearest": (other, one)}, "in no order"),
    ):
        (verdict,) = of_answer(honest, **changes)
        assert verdict.standing is Standing.CONTRADICTS and why in verdict.detail
        assert verdict.answer == 1 and verdict.now is None


def test_sentences_of_one_document_may_stand_in_its_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("log.md").write_text(LOG)
    citations = (cite(TUGS, 0.4), cite("It cost 9 €.", 0.5))
    answer = Answer.model_construct(
        question=None, answered=True, confidence=0.5, citations=citations
    )
    assert all_stand(verify([answer]))


def test_what_came_near_is_checked_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("log.md").write_text(LOG)
    refused = Assistant.from_paths("log.md", reader="lexical").ask("Which tugs?", threshold=1.0)
    assert refused.nearest and not refused.answered
    verdicts = verify(read_answers(as_json(refused).encode(), "x"))
    assert len(verdicts) == len(refused.nearest) and all_stand(verdicts)
    assert not any(verdict.cited for verdict in verdicts)
    Path("log.md").write_text(LOG.replace("not", "then"))
    assert not all_stand(verify([refused]))
