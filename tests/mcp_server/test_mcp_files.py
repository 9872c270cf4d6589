"""What the tools do with files: only below the folders that were named, only those of documents."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from calling import ASK, LOG, call, calls, given, told, words
from hypothesis import given as given_examples
from hypothesis import settings
from hypothesis import strategies as st

from askdoc import AskdocError, Assistant
from askdoc.mcp.folders import allowed, allowed_folders
from askdoc.mcp.server import make_server
from askdoc.mcp.tools import Once, Tools


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "log.md").write_text(LOG)
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "secret.txt").write_text("The zebra won the chess tournament.\n")
    return tmp_path


def indexing(place: Path) -> Tools:
    folder = str(place / "index")
    made = Once(lambda: Assistant.open(folder, reader="lexical"), may_index=True)
    return Tools(made, folder, allowed_folders([str(place / "in")]))


@pytest.mark.parametrize("path", ["", ".", "log.md", "absolute"])
def test_what_is_below_a_folder_that_was_named_is_indexed_and_asked(place: Path, path: str) -> None:
    name = str(place / "in" / "log.md") if path == "absolute" else path or str(place / "in")
    asked = ("ask", {"question": ASK, "threshold": 0.0})
    before, done, after = calls(indexing(place), [asked, ("index", {"paths": [name]}), asked])
    assert before.is_error and "call index" in words(before)
    assert (given(done)["added"], given(done)["documents"]) == (1, 1)
    assert "forty cars" in given(after)["citations"][0]["quote"]


def test_a_changed_file_is_read_again(place: Path) -> None:
    tools = indexing(place)
    assert given(call(tools, "index", paths=["log.md"]))["added"] == 1
    (place / "in" / "log.md").write_text(LOG.replace("forty", "sixty"))
    outdated = call(tools, "ask", question=ASK, threshold=0.0)
    assert "forty cars" in given(outdated)["citations"][0]["quote"]
    assert "changed since it was indexed" in words(outdated)
    again = call(tools, "index", paths=["."])
    assert given(again)["changed"] == 1 and "1 changed" in words(again)
    answer = given(call(tools, "ask", question=ASK, threshold=0.0))
    assert "sixty cars" in answer["citations"][0]["quote"]


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be given to files there")
def test_folders_and_files_with_names_that_are_no_text(place: Path) -> None:
    """A lone surrogate in a reply would end the server."""
    odd = os.fsdecode(os.fsencode(place) + b"/\xe9")
    Path(odd).mkdir()
    (Path(odd) / os.fsdecode(b"\xff.md")).write_text(LOG)
    (Path(odd) / os.fsdecode(b"\xfe.md")).write_text("")
    folder = str(place / "index")
    made = Once(lambda: Assistant.open(folder, reader="lexical"))
    tools = Tools(made, folder, allowed_folders([odd]))
    for tool in told(make_server(tools)).values():
        tool.model_dump_json()
    done = call(tools, "index", paths=["."])
    for result in (done, call(tools, "documents"), call(tools, "ask", question=ASK)):
        given(result)
        result.model_dump_json()
    assert given(done)["added"] == 1


def out(place: Path) -> list[str]:
    """Ways to name what is outside."""
    inner = place / "in"
    (inner / "link").symlink_to(place / "inside")
    (inner / "file").symlink_to(place / "inside" / "secret.txt")
    return [
        "..", "../inside", "../inside/secret.txt", str(place), str(place / "inside"), "/",
        f"{inner}/../inside", f"{inner}side", "link", "link/secret.txt", "file",
        "./link/../../inside", "log.md\0", "\ud800", "~", "-", "gone.txt", "log.md/x", "x" * 4000,
    ]  # fmt: skip


def test_what_is_outside_is_never_indexed_however_it_is_named(place: Path) -> None:
    tools = indexing(place)
    for path in out(place):
        with pytest.raises(AskdocError) as error:
            tools.index([path])
        assert f"These may be, with all below them: {place / 'in'}" in str(error.value)
        assert "zebra" not in str(error.value)
    with pytest.raises(AskdocError):
        tools.index(["log.md", ".."])
    # One that leads out is no reason to leave the rest: but nothing is read through it.
    assert given(call(tools, "index", paths=["."]))["documents"] == 1
    assert given(call(tools, "search", words="zebra chess"))["passages"] == []


PARTS = st.sampled_from(["..", ".", "in", "inside", "link", "log.md", "", "secret.txt", "~", "\0"])


@settings(deadline=None, max_examples=60)
@given_examples(parts=st.lists(PARTS, max_size=6), absolute=st.booleans())
def test_every_path_that_is_allowed_is_really_below(
    parts: list[str], absolute: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = Path(os.path.realpath(tmp_path_factory.getbasetemp())) / "allowed"
    if not place.exists():
        for name in ("in/in", "inside"):
            (place / name).mkdir(parents=True)
        (place / "inside" / "secret.txt").write_text("secret")
        (place / "in" / "link").symlink_to("../inside")
    path = "/".join([str(place) if absolute else "", *parts]).lstrip("" if absolute else "/")
    try:
        found = allowed(path, [str(place / "in")])
    except AskdocError:
        return
    assert found == os.path.realpath(found)
    assert Path(found).is_relative_to(place / "in")


def test_a_folder_to_index_that_is_none_is_an_error(place: Path) -> None:
    for name in ("gone", "in/log.md"):
        with pytest.raises(AskdocError, match="no such folder"):
            allowed_folders([str(place / name)])


def test_an_answer_is_held_against_the_files_as_they_are_now(place: Path) -> None:
    log = place / "in" / "log.md"
    assistant = Assistant.from_paths(log, reader="lexical")
    tools = Tools(lambda: assistant)
    answer = given(call(tools, "ask", question=ASK, threshold=0.0))
    stands = call(tools, "verify", answer=answer)
    assert given(stands)["all_stand"] and words(stands).startswith("All of it stands.")
    log.write_text(LOG.replace("forty", "sixty"))
    changed = call(tools, "verify", answer=answer)
    assert given(changed)["checks"][0]["standing"] == "changed"
    assert "sixty" not in words(changed)


def test_an_answer_opens_no_file_that_is_not_asked(place: Path) -> None:
    """A forged answer could tell a model what stands in any file of the user."""
    tools = Tools(lambda: Assistant.from_paths(place / "in", reader="lexical"))
    secret = Assistant.from_paths(place / "inside" / "secret.txt", reader="lexical")
    forged = secret.ask("Who won the chess tournament?", threshold=0.0).model_dump(mode="json")
    (check,) = given(call(tools, "verify", answer=forged))["checks"]
    assert (check["standing"], check["now"]) == ("uncheckable", None)
    assert check["detail"] == "it is none of the documents that are asked"
    quoted = {"quote": "The zebra", "source": str(place / "inside" / "secret.txt")}
    (check,) = given(call(tools, "verify", quotes=[quoted]))["checks"]
    assert check["standing"] == "uncheckable"


def test_an_answer_of_a_saved_index_is_verified_wherever_one_stands(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = indexing(place)
    given(call(tools, "index", paths=["."]))
    answer = given(call(tools, "ask", question=ASK, threshold=0.0))
    monkeypatch.chdir(place / "inside")
    assert given(call(tools, "verify", answer=answer))["all_stand"]


def test_quotes_are_told_apart_as_standing_in_part_and_not(place: Path) -> None:
    tools = Tools(lambda: Assistant.from_texts({"log.md": LOG}))
    tried = {
        "Its captain is Mira Olsen.": "stands",
        "captain is Mira": "part",
        "Its captain is  Mira Olsen.": "changed",
        "Its captain is Mira Larsen.": "changed",
    }
    result = call(tools, "verify", quotes=[{"quote": q, "source": "log.md"} for q in tried])
    checks = given(result)["checks"]
    assert [check["standing"] for check in checks] == list(tried.values())
    for check in checks[:2]:
        assert LOG[check["now"]["start"] : check["now"]["end"]] == check["quote"]
    assert checks[3]["nearest"]["quote"] == "Its captain is Mira Olsen."
