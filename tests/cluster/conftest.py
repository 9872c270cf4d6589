"""A clock that no test has to wait for."""

from __future__ import annotations

import pytest
from answering import Time


@pytest.fixture
def time() -> Time:
    return Time()
