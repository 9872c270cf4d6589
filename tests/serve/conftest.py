"""A server that all tests of a module may ask, if they change nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from running import TEXTS, Running, running

from askdoc import Assistant


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(Assistant.from_texts(TEXTS, reader="lexical")) as found:
        yield found
