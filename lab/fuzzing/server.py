"""`python -m lab.fuzzing.server`: requests to a server by its own description, sound and unsound.

schemathesis reads `/openapi.json` and makes requests of it: what the description allows, and what
it does not. Whatever comes, a reply must be as described and no fault: a status of 500 is one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from askdoc import Assistant
from askdoc.serve import Settings
from askdoc.serve.command import bound, server_of

_TEXTS = {
    "log.md": "# Log\n\nThe ferry Halcyon carried forty cars to the island on Monday.\n",
    "mill.txt": "The mill at Orley was built in 1887. It burned down in 1903.\n",
}
_CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
_START_SECONDS = 60.0


@contextmanager
def served() -> Iterator[Settings]:
    """A server on a free port of loopback, which takes files as well."""
    with bound("127.0.0.1", 0) as listening:
        settings = replace(Settings.of(listening), uploads=True)
        assistant = Assistant.from_texts(_TEXTS, reader="lexical")
        ready = threading.Event()
        server = server_of(assistant, settings, ready.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        if not ready.wait(_START_SECONDS):
            raise RuntimeError("the server did not start")
        try:
            yield settings
        finally:
            server.should_exit = True
            thread.join()


def run(examples: int, phases: str, seed: int) -> tuple[int, str]:
    """Ask a server; 0 where all replies are as described, and what schemathesis says."""
    with served() as settings, tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()",
            "run", f"http://127.0.0.1:{settings.port}/openapi.json",
            "--header", f"Authorization: Bearer {settings.token}",
            "--checks", ",".join(_CHECKS), "--phases", phases, "--max-examples", str(examples),
            "--seed", str(seed), "--no-color", "--continue-on-failure", "--warnings", "off",
        ]  # fmt: skip
        done = subprocess.run(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            check=False,
        )  # fmt: skip
    return done.returncode, done.stdout


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m lab.fuzzing.server", description=__doc__)
    parser.add_argument("--examples", type=int, default=420, help="for each operation (420)")
    parser.add_argument("--phases", default="coverage,fuzzing", help="schemathesis' phases")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    code, said = run(options.examples, options.phases, options.seed)
    print(said)
    return code


if __name__ == "__main__":
    sys.exit(main())
