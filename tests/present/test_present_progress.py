"""`Reading ...` appears on a terminal while something takes long, and goes away again."""

from __future__ import annotations

import io
import os
import pty
from collections.abc import Iterator
from typing import TextIO

import pytest

from askdoc.present.progress import bar, patience


@pytest.fixture
def terminal() -> Iterator[tuple[int, TextIO]]:
    """What a person sees (a file descriptor), and the stream that is shown there."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stream:
        yield ours, stream
    os.close(ours)


def test_a_wait_is_announced_and_the_announcement_wiped_out(terminal: tuple[int, TextIO]) -> None:
    seen, stream = terminal
    with patience("Reading ...", stream, seconds=0.0):
        assert os.read(seen, 100) == b"\rReading ..."
    # With room for what was typed meanwhile.
    assert os.read(seen, 100) == b"\r" + b" " * 15 + b"\r"


def test_who_waits_is_told_how_many_files_were_read(terminal: tuple[int, TextIO]) -> None:
    seen, stream = terminal
    with patience("Reading ...", stream, seconds=0.05) as tell:
        tell(1_200)
        assert os.read(seen, 100) == b"\rReading ... 1,200 files"


def test_what_is_quick_is_not_announced(terminal: tuple[int, TextIO]) -> None:
    seen, stream = terminal
    with patience("Reading ...", stream, seconds=3600.0):
        pass
    print("done", end="", file=stream, flush=True)
    assert os.read(seen, 100) == b"done"


def test_a_failure_wipes_it_out_as_well(terminal: tuple[int, TextIO]) -> None:
    seen, stream = terminal
    with pytest.raises(ZeroDivisionError), patience("Wait", stream, seconds=0.0):
        assert os.read(seen, 100) == b"\rWait"
        raise ZeroDivisionError
    assert os.read(seen, 100) == b"\r" + b" " * 8 + b"\r"


def test_nobody_waits_at_a_pipe() -> None:
    pipe = io.StringIO()
    with patience("Reading ...", pipe, seconds=0.0):
        pass
    with patience("Reading ...", None, seconds=0.0):
        pass
    assert pipe.getvalue() == ""


def test_a_long_run_tells_how_far_it_is_and_wipes_that_out(terminal: tuple[int, TextIO]) -> None:
    seen, stream = terminal
    with bar("Indexing", stream) as progress:
        assert progress is not None
        progress(1_500, 1_500, 10, 10)
        line = os.read(seen, 200).decode()
        assert line.startswith("\rIndexing 1,500 of 1,500 files, ") and line.endswith(" MB/s")
    assert os.read(seen, 200).decode() == "\r" + " " * (len(line) - 1) + "\r"


def test_a_long_run_says_nothing_where_nobody_waits() -> None:
    stream = io.StringIO()
    with bar("Indexing", stream) as progress:
        assert progress is None
    with bar("Indexing", None) as progress:
        assert progress is None
    assert stream.getvalue() == ""
