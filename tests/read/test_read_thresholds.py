"""From which confidence on a sentence has a chance: what readers say, and where they do not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from fixed_reader import FixedReader

from askdoc import Assistant
from askdoc.errors import ModelError
from askdoc.read import Reader, perhaps_threshold, reader
from askdoc.read.network import Network
from askdoc.read.neural import NeuralReader

SHIPPED = Path(__file__).parents[2] / "askdoc" / "read" / "model"


class Plain:
    """A reader of somebody's own, from before there was a second threshold."""

    goes_by_terms = False
    threshold = 0.5

    def __init__(self, sure: float) -> None:
        self.read = FixedReader({"cars": sure}).read


def with_settings(folder: Path, **more: object) -> NeuralReader:
    """The neural reader with other settings beside the network that ships."""
    for file in SHIPPED.iterdir():
        if file.name != "reader.json":
            (folder / file.name).symlink_to(file)
    shutil.copy(SHIPPED / "reader.json", folder)
    settings = json.loads((folder / "reader.json").read_text()) | more
    settings = {name: value for name, value in settings.items() if value is not ...}
    (folder / "reader.json").write_text(json.dumps(settings))
    return NeuralReader(Network(folder))


def test_the_shipped_readers_tell_a_chance_from_an_answer() -> None:
    for name in ("neural", "lexical"):
        one = reader(name)
        assert 0.0 < perhaps_threshold(one) < one.threshold


def test_the_network_s_is_in_its_settings_or_half_of_its_threshold(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "c").mkdir()
    assert perhaps_threshold(with_settings(tmp_path / "a", perhaps_threshold=0.125)) == 0.125
    without = with_settings(tmp_path / "b", perhaps_threshold=..., threshold=0.4)
    assert perhaps_threshold(without) == 0.2
    with pytest.raises(ModelError):
        with_settings(tmp_path / "c", perhaps_threshold="low")


@pytest.mark.parametrize(
    ("sure", "verdict"), [(0.9, "answered"), (0.3, "perhaps"), (0.1, "unanswered")]
)
def test_of_a_reader_that_says_nothing_half_is_enough(sure: float, verdict: str) -> None:
    own: Reader = Plain(sure)
    answer = Assistant.from_texts({"a": "It carried cars."}, reader=own).ask("What of cars?")
    assert (answer.verdict, answer.perhaps_threshold) == (verdict, 0.25)


def test_who_asks_may_say_what_a_chance_is() -> None:
    assistant = Assistant.from_texts({"a": "It carried cars."}, reader=FixedReader({"cars": 0.3}))

    def verdict(threshold: float | None = None, perhaps_threshold: float | None = None) -> str:
        answer = assistant.ask(
            "What of cars?", threshold=threshold, perhaps_threshold=perhaps_threshold
        )
        return answer.verdict

    assert verdict() == "perhaps"
    assert verdict(perhaps_threshold=0.4) == verdict(perhaps_threshold=1.0) == "unanswered"
    assert verdict(threshold=0.25) == verdict(threshold=0.0) == "answered"
    assert verdict(threshold=0.35, perhaps_threshold=0.0) == "perhaps"
    talk = assistant.conversation()
    assert talk.ask("What of cars?", perhaps_threshold=0.4).verdict == "unanswered"
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="perhaps_threshold must be between 0 and 1"):
            verdict(perhaps_threshold=wrong)


def test_a_request_is_not_read() -> None:
    own = FixedReader({"cars": 0.9})
    assistant = Assistant.from_texts({"a": "It carried cars."}, reader=own)
    answer = assistant.ask("Summarize the cars.")
    assert (answer.no_question, answer.answered, answer.confidence) == (True, False, 0.0)
    assert own.asked == []
    # As a ranking it is asked as any words are.
    assert assistant.ask("Summarize the cars.", threshold=0.0).answered
    assert not assistant.ask("Where are the cars?").no_question
