"""Questions that name somebody need a surer answer: how they are told, and what comes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fixed_reader import FixedReader
from hypothesis import given
from hypothesis import strategies as st

from askdoc import Assistant
from askdoc.english.analyzer import STOP_WORDS
from askdoc.english.persons import NO_NAMES, THINGS, names_somebody
from askdoc.errors import ModelError
from askdoc.model import Question
from askdoc.read import Reader, reader, threshold
from askdoc.read.network import Network
from askdoc.read.neural import NeuralReader

SHIPPED = Path(__file__).parents[2] / "askdoc" / "read" / "model"
# Of any people's names, so that no list of them can be what tells one.
_LETTERS = "abdefgiklmnoprstuvzéøłñšaeiou"
_PARTS = (
    st.text(_LETTERS, min_size=5, max_size=11)
    .filter(lambda part: part not in NO_NAMES | THINGS | STOP_WORDS)
    .map(str.capitalize)
)
_FULL = st.tuples(_PARTS, _PARTS).map(" ".join)
_FRAMES = (
    "Who accused {} of forging the minutes?",
    "What did {} say of the fire?",
    "Why was {}'s claim dismissed?",
    "when did {} leave",
    "From whom had {} borrowed it?",
)


@given(name=_FULL, frame=st.sampled_from(_FRAMES))
def test_a_full_name_of_any_people_is_somebody(name: str, frame: str) -> None:
    assert names_somebody(frame.format(name))


@given(title=st.sampled_from(["Dr", "Mrs", "Mr.", "Judge", "Captain"]), name=_PARTS)
def test_a_surname_with_a_title_is_somebody(title: str, name: str) -> None:
    assert names_somebody(f"What did {title} {name} refuse to sign?")


@given(name=_FULL, frame=st.sampled_from(_FRAMES))
def test_capitals_tell_nothing_where_all_words_have_them_or_none(name: str, frame: str) -> None:
    question = frame.format(name)
    assert not names_somebody(question.lower())
    assert not names_somebody(question.upper())
    assert not names_somebody(" ".join(word.capitalize() for word in question.split()))


@given(name=_FULL, behind=st.sampled_from(["the", "in", "at", "under the", "within"]))
def test_what_is_behind_an_article_or_in_a_place_is_nobody(name: str, behind: str) -> None:
    assert not names_somebody(f"How long is the notice {behind} {name}?")


@pytest.mark.parametrize(
    ("question", "somebody"),
    [
        ("Whom did J. B. Quill sue?", True),
        ("Ada Quill moved to which department", True),
        ("What did the Rev. Quill preach on?", True),
        ("Who paid Halcyon Build?", True),
        ("What is the late fee?", False),
        ("When was the ferry to Port Ellery built?", False),
        ("What does Section 12 say of March 2024?", False),
        ("What happened on Monday in May?", False),
        ("Did Quill's Ferry sink?", False),
        ("???", False),
        ("", False),
    ],
)
def test_who_is_somebody(question: str, somebody: bool) -> None:
    assert names_somebody(question) == somebody


class Careful(FixedReader):
    """Needs 0.8 where Ada Quill is named, for other questions what it says by default."""

    def threshold_for(self, question: Question) -> float:
        return 0.8 if "Ada Quill" in question.resolved else self.threshold


def test_of_a_named_person_a_likely_sentence_is_a_perhaps() -> None:
    """Who kidnapped her: the one who appealed for her release. That was said with 86%."""
    assistant = Assistant.from_texts(
        {"a": "Ben Ode took cars to the quay."}, reader=Careful({"cars": 0.7})
    )
    about, other = (assistant.ask(f"Where did {who} take cars?") for who in ("Ada Quill", "he"))
    assert (about.verdict, about.threshold, about.nearest[0].confidence) == ("perhaps", 0.8, 0.7)
    assert (other.verdict, other.threshold) == ("answered", 0.5)
    assert assistant.explain(about).threshold == 0.8
    assert assistant.explain(other).threshold == 0.5
    assert assistant.ask("Where did Ada Quill take cars?", threshold=0.6).answered
    assert assistant.ask("Where did Ada Quill take cars?", threshold=0.0).answered
    talk = assistant.conversation()
    assert talk.ask("Where did Ada Quill take cars?").verdict == "perhaps"


def settings_of(folder: Path, **more: object) -> NeuralReader:
    """The neural reader with other settings beside the network that ships."""
    folder.mkdir()
    for file in SHIPPED.iterdir():
        if file.name != "reader.json":
            (folder / file.name).symlink_to(file)
    settings = json.loads((SHIPPED / "reader.json").read_text("utf-8")) | more
    settings = {name: value for name, value in settings.items() if value is not ...}
    (folder / "reader.json").write_text(json.dumps(settings), "utf-8")
    return NeuralReader(Network(folder))


def _thresholds(own: Reader) -> tuple[float, float]:
    asked = ("What did Ada Quill sign?", "What was signed?")
    named, other = (threshold(own, Question(asked=one, resolved=one)) for one in asked)
    return named, other


def test_the_network_s_settings_tell_how_sure_it_must_be_of_whom_is_named(tmp_path: Path) -> None:
    own = settings_of(tmp_path / "a", threshold=0.25, named_threshold=0.75)
    assert _thresholds(own) == (0.75, 0.25)
    # Never less sure than of others, and a model from before that was asked for goes on.
    assert _thresholds(settings_of(tmp_path / "b", threshold=0.5, named_threshold=0.25)) == (
        0.5,
        0.5,
    )
    assert _thresholds(settings_of(tmp_path / "c", threshold=0.5, named_threshold=...)) == (
        0.5,
        0.5,
    )
    with pytest.raises(ModelError):
        settings_of(tmp_path / "d", named_threshold="high")


def test_the_shipped_network_must_be_surer_of_whom_is_named() -> None:
    named, other = _thresholds(reader("neural"))
    assert named > other
    named, other = _thresholds(reader("lexical"))
    assert named == other
