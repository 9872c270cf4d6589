"""`askdoc verify`, run as a user runs it: what it says, how it exits, and that it always ends."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from program import ASK, LOG, OFF_TOPIC, QUOTE, Inside, askdoc

from askdoc import Assistant
from askdoc.index import update
from askdoc.present import as_json


@pytest.fixture
def saved(folder: Path, inside: Inside) -> Path:
    """An honest answer in a file, made in the folder that it is going to be checked in."""
    path = folder / "answer.json"
    path.write_text(inside("query", ASK, "log.md", "--json", "--reader", "lexical")[1])
    return path


def forged(saved: Path, **changes: object) -> str:
    path = saved.with_name("forged.json")
    path.write_text(json.dumps({**json.loads(saved.read_text()), **changes}))
    return path.name


def test_an_honest_answer_stands(saved: Path, inside: Inside) -> None:
    code, out, err = inside("verify", "answer.json")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"stands  log.md:5  characters 80-141  {QUOTE}",
        "1 of 1 citation stands.",
    ]


def test_a_forged_answer_is_an_error_that_says_why(saved: Path, inside: Inside) -> None:
    for changes, why in (
        ({"text": "Fifty."}, "the answer contradicts itself: its text is not what its citations"),
        ({"citations": [], "text": ""}, "it is said to be answered, but cites nothing"),
        ({"seen": True}, "not a saved answer ('seen': no field that askdoc writes)"),
    ):
        code, out, err = inside("verify", forged(saved, **changes))
        assert (code, out) == (2, "")
        assert err.startswith("askdoc: ") and err.count("\n") == 1 and why in err


def test_what_does_not_stand_exits_with_one(saved: Path, inside: Inside, folder: Path) -> None:
    (folder / "log.md").write_text(LOG.replace("forty", "fifty"))
    code, out, err = inside("verify", "answer.json")
    assert (code, err) == (1, "") and out.startswith("changed  log.md:5  ")
    (told,) = json.loads(inside("verify", "answer.json", "--json")[1])
    assert (told["standing"], told["nearest"]) == ("changed", None)
    assert "fifty" not in json.dumps(told)
    (told,) = json.loads(inside("verify", "answer.json", "--json", "--show-now")[1])
    assert "fifty cars" in told["nearest"]["quote"]


def test_a_refusal_is_sound_and_told_from_an_answer(folder: Path, inside: Inside) -> None:
    refused = inside("query", OFF_TOPIC, "log.md", "--json", "--reader", "lexical")[1]
    (folder / "answer.json").write_text(refused)
    assert inside("verify", "answer.json") == (0, "No citations to check.\n", "")
    nearest = as_json(Assistant.from_paths("log.md", reader="lexical").ask(ASK, threshold=1.0))
    (folder / "answer.json").write_text(f"{refused}\n{nearest}\n")
    code, out, err = inside("verify", "answer.json")
    lines = out.splitlines()
    assert (code, err) == (0, "") and len(lines) > 1
    assert all("  nearest  " in line for line in lines[:-1])
    number = len(lines) - 1
    assert lines[-1].startswith(f"No citations to check; {number} of {number} nearest sentence")


def test_an_answer_from_a_saved_index_is_checked_in_any_folder(
    folder: Path, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    update("index", ["log.md"])
    answer = as_json(Assistant.open("index", reader="lexical").ask(ASK))
    (folder / "away").mkdir()
    monkeypatch.chdir(folder / "away")
    Path("answer.json").write_text(answer)
    assert inside("verify", "answer.json")[0] == 1
    assert inside("verify", "answer.json", "--index", "../index")[0] == 0
    code, out, err = inside("verify", "answer.json", "--index", "nowhere")
    assert (code, out) == (2, "") and "there is no saved index: nowhere" in err


@pytest.mark.skipif(os.name != "posix", reason="no such files there")
def test_no_file_keeps_it_waiting(folder: Path) -> None:
    """A pipe that nobody writes to hung; a device gave bytes without end."""
    os.mkfifo(folder / "pipe")
    with (folder / "large.json").open("wb") as file:
        file.truncate(2**30)
    for name, why in (
        ("pipe", "not a regular file: pipe. To read from a pipe, give - and pipe it in."),
        ("/dev/zero", "not a regular file: /dev/zero. "),
        (".", "is a directory: .. "),
        ("large.json", "not a saved answer (it is larger than 16 MiB): large.json. "),
        ("nowhere\n", "no such file or directory: nowhere. Check the name."),
    ):
        code, out, err = askdoc(folder, "verify", name)
        assert (code, out) == (2, "")
        assert err.startswith(f"askdoc: {why}") and err.count("\n") == 1


def test_a_stream_is_read_up_to_a_bound(folder: Path) -> None:
    code, out, err = askdoc(folder, "verify", "-", stdin=b" " * (17 * 2**20))
    assert (code, out) == (2, "") and "it is larger than 16 MiB" in err
