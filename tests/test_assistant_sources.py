"""Where an assistant's documents come from: files, folders, standard input, what is unreadable."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from samples import LOG

from askdoc import Assistant
from askdoc.errors import (
    AskdocError,
    EmptySource,
    NoDocuments,
    SourceNotFound,
    UnsupportedFormat,
)


def _folder(root: Path) -> Path:
    (root / "sub").mkdir()
    (root / "log.txt").write_bytes(LOG.replace("\n", "\r\n").encode())
    (root / "sub" / "bees.md").write_bytes(b"# Bees\n\nThey need water in summer.\n")
    (root / "sub" / "page.html").write_bytes(b"<h1>Frogs</h1><p>They need <b>shade</b>.</p>")
    return root


def test_a_folder_is_asked_as_one(tmp_path: Path) -> None:
    assistant = Assistant.from_paths(_folder(tmp_path))
    assert len(assistant.documents) == 3
    assert assistant.problems == ()
    answer = assistant.ask("Who needs water in summer?", threshold=0.0)
    best = answer.citations[0]
    assert best.source.endswith("bees.md")
    assert (best.quote, best.line, best.heading) == ("They need water in summer.", 3, "Bees")
    kept = assistant.ask("Who kept the bell?", threshold=0.0).citations[0]
    assert kept.line == 7
    raw = (tmp_path / "log.txt").read_bytes().decode()
    assert raw[kept.start : kept.end] == kept.quote
    frogs = assistant.ask("Which animals need shade?", threshold=0.0).citations[0]
    assert (frogs.quote, frogs.heading) == ("They need shade.", "Frogs")


def test_paths_may_be_text_or_paths_one_or_many(tmp_path: Path) -> None:
    _folder(tmp_path)
    file, other = tmp_path / "log.txt", tmp_path / "sub" / "bees.md"
    for paths in (str(file), file, [file], (str(file),)):
        assistant = Assistant.from_paths(paths)
        assert [document.source for document in assistant.documents] == [str(file)]
    both = Assistant.from_paths([str(other), file])
    assert [document.source for document in both.documents] == [str(other), str(file)]


def test_standard_input_is_a_source() -> None:
    assistant = Assistant.from_paths("-", stdin=io.BytesIO(LOG.encode()))
    best = assistant.ask("Who kept the bell?", threshold=0.0).citations[0]
    assert best.quote.startswith("Its captain")


def test_what_cannot_be_read_is_left_out_and_named(tmp_path: Path) -> None:
    _folder(tmp_path)
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    paths = [tmp_path / "log.txt", tmp_path / "image.txt", tmp_path / "missing.txt"]
    assistant = Assistant.from_paths(paths)
    assert len(assistant.documents) == 1
    assert [type(problem) for problem in assistant.problems] == [UnsupportedFormat, SourceNotFound]
    assert [problem.where for problem in assistant.problems] == [str(path) for path in paths[1:]]
    assert assistant.ask("Who kept the bell?").answered


def test_nothing_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(SourceNotFound):
        Assistant.from_paths(tmp_path / "missing.txt")
    with pytest.raises(EmptySource):
        Assistant.from_paths(tmp_path / "empty.txt")
    with pytest.raises(NoDocuments) as caught:
        Assistant.from_paths([tmp_path / "missing.txt", tmp_path / "empty.txt"])
    assert "missing.txt" in str(caught.value)
    with pytest.raises(NoDocuments):
        Assistant.from_paths([])
    (tmp_path / "hollow").mkdir()
    with pytest.raises(AskdocError) as hollow:
        Assistant.from_paths(tmp_path / "hollow")
    assert "\n" not in str(hollow.value)
