"""The model's files: checked when they are loaded, and a clear error where they are not whole."""

from __future__ import annotations

import json
import shutil
from importlib import resources
from pathlib import Path

import pytest

from askdoc.errors import ModelError
from askdoc.read.network import SETTINGS, VOCABULARY, WEIGHTS, Network, network
from askdoc.read.neural import NeuralReader

FILES = (WEIGHTS, VOCABULARY, SETTINGS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the model that may be broken."""
    for name in FILES:
        shutil.copy(str(resources.files("askdoc.read") / "model" / name), tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match="missing") as error:
        Network(folder)
    assert error.value.where == str(folder / name)
    assert "--reader lexical" in error.value.remedy


@pytest.mark.parametrize("name", [WEIGHTS, VOCABULARY])
@pytest.mark.parametrize("damage", ["cut", "flipped", "empty"])
def test_a_damaged_file_is_named(folder: Path, name: str, damage: str) -> None:
    raw = bytearray((folder / name).read_bytes())
    if damage == "cut":
        raw = raw[: len(raw) // 2]
    elif damage == "flipped":
        raw[len(raw) // 3] ^= 0x40
    else:
        raw.clear()
    (folder / name).write_bytes(raw)
    with pytest.raises(ModelError, match="damaged") as error:
        Network(folder)
    assert error.value.where == str(folder / name)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"sha256": {}}', "null"])
def test_damaged_settings_are_named(folder: Path, text: str) -> None:
    (folder / SETTINGS).write_text(text)
    with pytest.raises(ModelError, match="damaged") as error:
        Network(folder)
    assert error.value.where == str(folder / SETTINGS)


@pytest.mark.parametrize("part", ["threshold", "rank", "confidence"])
def test_settings_without_a_weight_are_damaged(folder: Path, part: str) -> None:
    """It was a KeyError, at the first question."""
    settings = json.loads((folder / SETTINGS).read_text())
    if part == "threshold":
        del settings[part]
    else:
        settings[part].popitem()
    (folder / SETTINGS).write_text(json.dumps(settings))
    with pytest.raises(ModelError, match="damaged") as error:
        NeuralReader(Network(folder))
    assert error.value.where == str(folder / SETTINGS)


def test_what_is_whole_but_no_network_cannot_be_run(folder: Path) -> None:
    from hashlib import sha256

    (folder / WEIGHTS).write_bytes(b"not a network")
    settings = json.loads((folder / SETTINGS).read_text())
    settings["sha256"][WEIGHTS] = sha256(b"not a network").hexdigest()
    (folder / SETTINGS).write_text(json.dumps(settings))
    with pytest.raises(ModelError, match="cannot be run"):
        Network(folder)


def test_the_vocabulary_has_the_pieces_that_stand_around() -> None:
    vocabulary = network().tokenizer.vocabulary
    assert [vocabulary[piece] for piece in ("[CLS]", "[SEP]", "[PAD]")] == [101, 102, 0]


def test_each_window_gets_a_reading_of_its_own_length() -> None:
    encode = network().tokenizer.encode
    question = encode("Who built the bridge?").ids
    texts = ["Ann Roe built it.", "It rained.", "The bridge was built by Ann Roe of Leeds in 1911."]
    windows = [encode(text).ids for text in texts * 12]
    readings = network().read(question, [([], window) for window in windows])
    assert [len(reading.start) for reading in readings] == [len(window) for window in windows]
    assert [len(reading.end) for reading in readings] == [len(window) for window in windows]
    assert {len(reading.borne) for reading in readings} == {len(question)}
    behind = network().read(question, [(encode("Ellery").ids, window) for window in windows])
    assert [len(reading.start) for reading in behind] == [len(window) for window in windows]
    for reading, again in zip(readings, readings[3:], strict=False):
        assert reading.answers == again.answers
    rain, bridge = readings[1], readings[2]
    assert bridge.answers > rain.answers
