"""Ctrl-C at moments that a person cannot aim at."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path

import pytest

from askdoc.shell.interrupts import Interrupts

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals differ there")

# Ctrl-C as soon as the command line is imported, before any of its lines could catch it.
EARLY = """
import signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "askdoc.cli":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Finder())
from askdoc.__main__ import main
sys.exit(main())
"""
# Ctrl-C when all is done and Python tidies up.
LATE = """
import signal, sys
from askdoc.__main__ import main
class Late:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)
sys.argv = ["askdoc", "--version"]
code = main()
late = Late()
del late
sys.exit(code)
"""


@pytest.mark.parametrize(("program", "code"), [(EARLY, -signal.SIGINT), (LATE, 0)])
def test_ctrl_c_has_no_traceback_before_and_after_the_command_line_either(
    program: str, code: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (code, "")


def test_what_is_no_ctrl_c_still_shows_where_it_happened() -> None:
    program = EARLY.replace("signal.raise_signal(signal.SIGINT)", "raise ZeroDivisionError")
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert "ZeroDivisionError" in done.stderr and "Traceback" in done.stderr


def test_ctrl_c_stops_only_what_may_be_stopped_and_pressed_twice_it_is_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    interrupts = Interrupts()
    with interrupts.taken():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt), interrupts.stop_here():
            try:
                signal.raise_signal(signal.SIGINT)
            finally:
                signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_an_import_that_ctrl_c_hits_is_completed_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A numpy whose first import was cut off failed every question for the rest of the state."""
    (tmp_path / "half_a_module.py").write_text(
        "import signal\nsignal.raise_signal(signal.SIGINT)\nwhole = True\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    interrupts = Interrupts()
    with interrupts.taken(), pytest.raises(KeyboardInterrupt), interrupts.stop_here():
        module = import_module("half_a_module")
        assert module.whole
        threading.Event().wait(20)  # until Ctrl-C comes
        pytest.fail("it was not stopped")


def test_the_next_ctrl_c_stops_the_next_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter((0.0, 5.0))
    monkeypatch.setattr("askdoc.shell.interrupts.monotonic", lambda: next(now))
    interrupts = Interrupts()
    with interrupts.taken():
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt), interrupts.stop_here():
                signal.raise_signal(signal.SIGINT)
