"""A folder with a document, and a quick way to run askdoc in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import LOG, Inside

from askdoc.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "log.md").write_text(LOG)
    return tmp_path


@pytest.fixture
def inside(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Inside:
    """The same within this process, where what starts with a program does not matter: faster."""
    monkeypatch.chdir(folder)
    # As the real program has it: what whoever runs the tests keeps at home is not looked at.
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        return code, *capfd.readouterr()

    return run
