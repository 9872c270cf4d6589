"""The real program, and what its tests ask it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

LOG = """# Harbour log

The harbour office counts the ships of Port Kesk every evening.

The ferry Halcyon carried forty cars
to the island on Monday. Its captain is Mira Olsen.
"""
ASK = "How many cars did the ferry Halcyon carry?"
QUOTE = "The ferry Halcyon carried forty cars to the island on Monday."
OFF_TOPIC = "Which zebra won the chess tournament?"
LACKING = "askdoc: 'zebra', 'chess' and 'tournament' stand nowhere in the documents.\n"
"""What is said on standard error of a question that is off the topic."""
ENVIRON = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
Inside = Callable[..., tuple[int, str, str]]
"""Runs `main` in this process: arguments -> exit code, standard output, standard error."""


def askdoc(
    folder: Path,
    *arguments: str | bytes,
    stdin: bytes = b"",
    environ: Mapping[str, str] | None = None,
) -> tuple[int, str, str]:
    """The real program in a folder: exit code, standard output, standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "askdoc", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env={**ENVIRON, "HOME": str(folder), **(environ or {})},
        check=False,
        timeout=60,
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()
