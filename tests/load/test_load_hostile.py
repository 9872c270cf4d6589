"""Files that are broken on purpose, through the real program: named, skipped, and the rest read.

A new way to do harm is a new row of the table in hostile_rows. All rows lie in one folder with one
sound file, which is asked about once as it is and once by way of a saved index.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

if os.name == "nt":
    pytest.skip("no such files there", allow_module_level=True)

from hostile_rows import READ, SILENT, TABLE, Row

from askdoc.load.walk import displayable

HERE = Path(__file__).parent
ASK = "Where is the lamp lit, and when does the ferry to Hallow leave?"


class Said(NamedTuple):
    folder: Path
    errors: list[str]
    sources: set[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of each row in docs/, and one that is sound."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "docs").mkdir()
    for row in TABLE:
        row.make(folder / "docs" / row.name)
    (folder / "docs" / "ferry.txt").write_text("The ferry to Hallow leaves at 7:40 every day.\n")
    return folder


@pytest.fixture(scope="module", params=["query", "index"])
def said(request: pytest.FixtureRequest, folder: Path) -> Said:
    """What the program says of the folder, and which files it cites."""
    (folder / "docs" / "a.vanishing").write_text("There until it is to be read.\n")
    options = ["--json", "-n999", "--threshold=0", "--reader=lexical"]
    # Links to devices lead out of the folder, and would not be followed.
    if request.param == "index":
        _, errors = _askdoc(folder, "index", "docs", "--follow-links")
        answer, _ = _askdoc(folder, "query", ASK, *options)
    else:
        answer, errors = _askdoc(folder, "query", ASK, "docs", "--follow-links", *options)
    return Said(folder, errors.splitlines(), {c["source"] for c in json.loads(answer)["citations"]})


def _askdoc(folder: Path, *arguments: str) -> tuple[str, str]:
    """What the program writes to its two streams."""
    done = subprocess.run(
        [sys.executable, "-m", "hostile_child", "askdoc", *arguments],
        cwd=folder,
        capture_output=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1])]),
            "XDG_CACHE_HOME": str(folder / "cache"),
        },
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: repr(row.name))
def test_a_hostile_file_is_read_or_named(said: Said, row: Row) -> None:
    shown = f"docs/{displayable(row.name)}"
    errors = [line for line in said.errors if f" {shown}." in line or f" {shown}:" in line]
    is_read = any(f"{source}/".startswith(f"{shown}/") for source in said.sources)
    assert is_read == (row.what is READ)
    if row.what in (READ, SILENT):
        assert not [line for line in errors if not line.startswith(f"askdoc: {shown}: ")]  # notes
    else:
        assert errors == [f"askdoc: {row.what}: {shown}. {row.remedy}"]


def test_nothing_else_is_said(said: Said) -> None:
    rows = [row for row in TABLE if row.what not in (READ, SILENT)]
    passed = "askdoc: 2 files of kinds that askdoc does not read (.zip): docs. They were skipped."
    assert len(_problems(said.errors)) == len(rows)
    notes = [line for line in said.errors if line.startswith("askdoc: docs/")]
    # `index` counts what it passed over on the other stream.
    rest = [line for line in said.errors if line not in (passed, *notes, *_problems(said.errors))]
    assert not rest


def test_the_one_sound_file_is_cited(said: Said) -> None:
    assert "docs/ferry.txt" in said.sources


def test_the_one_sound_file_answers(folder: Path, said: Said) -> None:
    where = [] if (folder / "index").exists() else ["docs/ferry.txt"]
    asked = "When does the ferry to Hallow leave?"
    answer, _ = _askdoc(folder, "query", asked, *where, "--json", "--reader=lexical")
    told = json.loads(answer)
    assert told["answered"]
    assert [citation["source"] for citation in told["citations"]] == ["docs/ferry.txt"]


def _problems(lines: list[str]) -> list[str]:
    """What is said of files that could not be read, without the notes on those that were."""
    return [line for line in lines if re.match(r"askdoc: (?!docs/).*: docs/", line)]
