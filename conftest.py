"""What all tests need: nothing of the user's own is read or written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest_plugins = ["clusters"]


@pytest.fixture(autouse=True, scope="session")
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a user's programs keep between runs is kept somewhere else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield
