"""What is said to be installed is what the package's own metadata ask for."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from askdoc.extras import install

_PROJECT = Path(__file__).parent.parent / "pyproject.toml"


@pytest.mark.parametrize("extra", ["serve", "mcp", "watch"])
def test_an_extra_is_told_by_its_packages_since_another_project_is_named_askdoc(extra: str) -> None:
    said = install(extra)
    wanted = tomllib.loads(_PROJECT.read_text())["project"]["optional-dependencies"][extra]
    assert said.startswith('pip install "')
    assert sorted(said.removeprefix("pip install ").replace('"', "").split(" ")) == sorted(wanted)
    assert "askdoc" not in said


def test_without_an_installation_the_source_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    def absent(_: str) -> list[str]:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "requires", absent)
    assert install("serve") == 'pip install ".[serve]"'
