"""A short round of forging answers, and faults planted for it to find."""

from __future__ import annotations

import json
import os
from random import Random

import pytest

from askdoc import Assistant
from askdoc.load import load_text
from askdoc.present import as_json
from lab.fuzzing import answers
from lab.fuzzing.forging import WAYS, forge
from lab.fuzzing.unseen import Saved, may_stand

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no limits for a process there")

TEXT = "The pilot asked for two tugs. The harbour paid 40 crowns. Nobody was hurt."
TEXTS = {"port.txt": TEXT, "log.md": "# Log\n\nWho paid 50 crowns? The harbour did."}
DOCUMENTS = {name: load_text(text, name) for name, text in TEXTS.items()}


def honest() -> Saved:
    asked = Assistant(DOCUMENTS.values(), reader="lexical")
    saved: Saved = json.loads(as_json(asked.ask("Who paid 40 crowns?", limit=4, threshold=0.0)))
    return saved


def test_a_short_round_finds_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(answers, "KINDS", (".md", ".pdf", ".csv"))
    assert answers.main(["--mutations", "40"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("4 honest answers over ") and ", 40 forgeries, 0 findings" in told


def test_every_way_of_forging_changes_the_answer() -> None:
    saved = honest()
    made = [forge(Random(seed), saved, DOCUMENTS) for seed in range(300)]
    assert {one.how for one in made} == set(WAYS)
    assert all(one.text != json.dumps(saved, ensure_ascii=False) for one in made)
    assert sum(one.may_stand for one in made) < 60
    assert forge(Random(7), saved, DOCUMENTS) == forge(Random(7), saved, DOCUMENTS)


def test_what_no_source_can_tell() -> None:
    saved = honest()
    one, other = saved["citations"][:2]
    for part, name, value, free in (
        (saved["question"], "asked", "Why?", True),
        (saved["question"], "asked", 1, False),
        (other, "confidence", 0.0, True),
        (one, "confidence", one["confidence"] / 2, False),
        (other, "confidence", 7, False),
        (other, "line", 2, False),
        (saved, "text", "", False),
    ):
        before, part[name] = part[name], value
        text = json.dumps(saved)
        part[name] = before
        assert may_stand(saved, text, DOCUMENTS) == free, (name, value)


def test_a_verify_that_takes_refuses_or_breaks_all_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def raises(data: bytes) -> answers.Judged:
        raise KeyError("text")

    told = answers.Told()
    monkeypatch.setattr(answers, "judged", raises)
    told.judge("a key dropped", "{}")
    monkeypatch.setattr(answers, "judged", lambda data: answers.Judged("moved", "on"))
    told.judge("honest", "{}", must_stand=True)
    monkeypatch.setattr(answers, "judged", lambda data: answers.Judged("moved", ""))
    told.judge("a key dropped", "{}")
    monkeypatch.setattr(answers, "judged", lambda data: answers.Judged("stands", ""))
    told.judge("a key dropped", "{}")
    told.judge("a value changed", "{}", may_stand=True)
    assert told.findings == 4
    printed = capsys.readouterr().out
    for fault in (
        "KeyError: 'text'",
        "an honest answer does not stand",
        "no word why",
        "a forged answer",
    ):
        assert fault in printed


def test_two_sentences_that_stand_side_by_side_are_a_quote() -> None:
    saved = honest()
    both = "The pilot asked for two tugs. The harbour paid 40 crowns."
    for quote, free in ((both, True), (both[:-1], False), (both + " Nobody", False)):
        one = next(one for one in saved["citations"] if one["start"] == 0)
        changed = {**one, "quote": quote, "end": len(quote), "short": None}
        citations = [changed if other is one else other for other in saved["citations"]]
        text = "\n".join(other["quote"] for other in citations)
        forged = json.dumps({**saved, "citations": citations, "text": text})
        assert may_stand(saved, forged, DOCUMENTS) == free
