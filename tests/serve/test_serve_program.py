"""The real program: how it starts, what it says, how it ends, and that it leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from running import ASK, LONGEST, QUOTE, TEXTS

from askdoc.extras import install

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
ENVIRON = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@contextmanager
def started(
    folder: Path, *arguments: str, **environ: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program, serving, and the line that it printed; killed where a test has not ended it."""
    command = [sys.executable, "-m", "askdoc", "serve", *arguments]
    with subprocess.Popen(
        command, cwd=folder, env={**ENVIRON, "HOME": str(folder), **environ}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().rstrip("\n")
        finally:
            process.kill()


def refused(folder: Path, *arguments: str, **environ: str) -> str:
    """What the program says that does not start; its exit code is 2."""
    done = subprocess.run(
        [sys.executable, "-m", "askdoc", "serve", *arguments],
        cwd=folder, env={**ENVIRON, "HOME": str(folder), **environ}, text=True,
        capture_output=True, timeout=LONGEST, check=False,
    )  # fmt: skip
    assert done.returncode == 2 and not done.stdout and "Traceback" not in done.stderr
    return done.stderr


def children_of(pid: int) -> list[int]:
    """The processes that a process has started, and that have not ended."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if int(parent) == pid and state != "Z":
                found.append(int(entry.name))
    return found


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_its_address_answers_and_ends_with_0(folder: Path, how: signal.Signals) -> None:
    with started(folder, ".", "--port", "0", "--reader=lexical") as (process, line):
        address, _, token = line.partition("?token=")
        assert address.startswith("http://127.0.0.1:") and len(token) >= 43
        assert httpx.get(f"{address}healthz", timeout=LONGEST).status_code == 200
        assert httpx.get(f"{address}readyz", timeout=LONGEST).status_code == 200
        asked = {"headers": {"Authorization": f"Bearer {token}"}, "json": {"question": ASK}}
        reply = httpx.post(f"{address}api/ask", timeout=LONGEST, **asked)  # type: ignore[arg-type]
        assert reply.json()["answer"]["text"] == QUOTE
        process.send_signal(how)
        out, err = process.communicate(timeout=LONGEST)
        assert (process.returncode, out, err) == (0, "", "")


def test_a_question_in_flight_is_answered_before_the_end(folder: Path) -> None:
    with started(folder, ".", "--port", "0") as (process, line):
        address, _, token = line.partition("?token=")
        found: list[httpx.Response] = []

        def ask() -> None:
            headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
            body = {"question": ASK}
            url = f"{address}api/ask"
            with httpx.stream("POST", url, json=body, headers=headers, timeout=LONGEST) as reply:
                begun.set()
                reply.read()
                found.append(reply)

        begun = threading.Event()
        thread = threading.Thread(target=ask)
        thread.start()
        assert begun.wait(LONGEST)
        process.terminate()
        thread.join(LONGEST)
        assert QUOTE in found[0].text
        assert process.wait(LONGEST) == 0


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are listed otherwise there")
def test_no_child_is_left(folder: Path) -> None:
    with started(folder, ".", "--port", "0", "--uploads", "--reader=lexical") as (process, line):
        address, _, token = line.partition("?token=")
        headers = {"Authorization": f"Bearer {token}"}
        # A sheet of so many cells keeps the child that reads it busy until it is ended.
        content = b"a,b\n" * 8_000_000
        seen: list[int] = []

        def hand_in() -> None:
            url = f"{address}api/uploads/large.csv"
            with suppress(httpx.HTTPError):
                httpx.put(url, content=content, headers=headers, timeout=LONGEST)

        thread = threading.Thread(target=hand_in)
        thread.start()
        while not seen:
            seen = children_of(process.pid)
        process.terminate()
        assert process.wait(LONGEST) == 0
        thread.join(LONGEST)
        for pid in seen:
            assert not Path(f"/proc/{pid}").exists()


def test_a_taken_port_is_an_error(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(folder, ".", "--port", str(port))
    assert said == (
        f"askdoc: the port is taken: 127.0.0.1:{port}. Choose another: --port N, or --port 0 for "
        "any that is free.\n"
    )


def test_without_a_token_it_serves_this_machine_alone(folder: Path) -> None:
    for host in ("0.0.0.0", "::"):
        said = refused(folder, ".", "--host", host, "--no-token", "--port", "0")
        assert said.startswith("askdoc: without a token it only serves this machine")
    with started(folder, ".", "--port", "0", "--no-token", "--reader=lexical") as (process, line):
        assert line.startswith("http://127.0.0.1:") and "token" not in line
        assert httpx.get(f"{line}api/status", timeout=LONGEST).json()["documents"] == 2
        process.terminate()
        assert process.wait(LONGEST) == 0


def test_a_token_of_ones_own_is_used_and_must_be_long(folder: Path) -> None:
    for token in ("short", "x" * 31, "x" * 31 + " ", "é" * 40):
        said = refused(folder, ".", "--port", "0", ASKDOC_TOKEN=token)
        assert said.startswith("askdoc: the token must have at least 32 ")
        assert token not in said
    own = "k" * 40
    arguments = (".", "--port", "0", "--reader=lexical")
    with started(folder, *arguments, ASKDOC_TOKEN=own) as (process, line):
        assert line.endswith(f"?token={own}")
        process.terminate()
        assert process.wait(LONGEST) == 0


def test_mistakes_are_told(folder: Path) -> None:
    for arguments, said in (
        (["--port", "65536"], "askdoc: --port takes a number from 0 to 65535, not: 65536."),
        (["--port", "x"], "askdoc: --port takes a number from 0 to 65535, not: x."),
        (["--host", "no.such.host.invalid"], "askdoc: there is no such address: no.such.host"),
        (["nothing.txt", "--port", "0"], "askdoc: no such file or folder: nothing.txt."),
        (["--index", "nowhere", "--port", "0"], "askdoc: there is no saved index"),
        ([".", "--index", "x"], "askdoc: paths and a saved index are asked one at a time"),
        (["--json"], "askdoc: askdoc serve has no such option: --json."),
    ):
        assert refused(folder, *arguments).startswith(said)


def test_without_its_libraries_it_says_how_to_install_them(folder: Path) -> None:
    # As it is where only askdoc was installed: these two are not to be found.
    script = (
        "import sys\n"
        "class Without:\n"
        "    def __init__(self, finder):\n"
        "        self.finder = finder\n"
        "    def __getattr__(self, name):\n"
        "        return getattr(self.finder, name)\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] not in ('starlette', 'uvicorn'):\n"
        "            return self.finder.find_spec(name, path, target)\n"
        "sys.meta_path[:] = map(Without, sys.meta_path)\n"
        "from askdoc.cli import main\n"
        "sys.exit(main(['serve', '.']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env={**ENVIRON, "HOME": str(folder)},
        text=True, capture_output=True, timeout=LONGEST, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == (
        "askdoc: the server's libraries are not installed: starlette and uvicorn. "
        f"Run: {install('serve')}\n"
    )


def test_nothing_else_imports_the_servers_libraries() -> None:
    script = (
        "import sys, askdoc, askdoc.cli.serving, askdoc.assistant, askdoc.index, askdoc.shell\n"
        "assert not {'starlette', 'uvicorn', 'anyio', 'askdoc.serve'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=LONGEST)


def test_with_watch_it_answers_from_a_file_that_came_meanwhile(folder: Path) -> None:
    docs = folder / "docs"
    docs.mkdir()
    (docs / "ferry.txt").write_text("The ferry sank in 1902.\n")
    arguments = ("docs", "--watch", "--port", "0", "--reader=lexical")
    with started(folder, *arguments, TMPDIR=str(folder)) as (process, line):
        address, _, token = line.partition("?token=")
        (docs / "mill.txt").write_text("The mill burnt down in 1911.\n")
        assert process.stderr is not None
        assert process.stderr.readline().startswith("askdoc: docs: 1 added; 2 documents in all")
        reply = httpx.post(
            f"{address}api/ask",
            timeout=LONGEST,
            headers={"Authorization": f"Bearer {token}"},
            json={"question": "When did the mill burn down?"},
        )
        cited = reply.json()["answer"]["citations"][0]
        assert (cited["source"], cited["short"]["text"]) == (str(Path("docs/mill.txt")), "1911")
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONGEST) == 0
        assert "Traceback" not in process.stderr.read()
    # The index that it kept for this is gone with it.
    assert not list(folder.glob("askdoc-*"))
