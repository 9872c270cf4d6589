"""The real `askdoc mcp`: over standard input and output, and over HTTP, by the SDK's own client."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from calling import ASK, LOG, words
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult

QUOTE = "The ferry Halcyon carried forty cars\nto the island on Monday."


def environ(home: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **more}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "log.md").write_text(LOG)
    # Read in a child process, which inherits the streams.
    (tmp_path / "docs" / "table.html").write_text("<p>The buoy is green.</p>")
    return tmp_path


def run(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "askdoc", "mcp", *arguments], cwd=folder, capture_output=True,
        text=True, env=environ(folder, **env), stdin=subprocess.DEVNULL, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_is_put_together_by_print_config_and_asks(folder: Path, mode: str) -> None:
    told = run(folder, "docs", "--reader=lexical", "--print-config", "claude")
    assert told.returncode == 0 and "claude_desktop_config.json" in told.stderr
    (server,) = json.loads(told.stdout)["mcpServers"].values()
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    # What stands in the folder that a client happens to be in must not be imported.
    (elsewhere / "askdoc.py").write_text("raise SystemExit(3)")

    async def go() -> tuple[list[str], CallToolResult, CallToolResult]:
        parameters = StdioServerParameters(
            command=server["command"], args=server["args"], cwd=elsewhere, env=environ(folder)
        )
        async with Client(parameters, mode=mode) as client:
            names = [tool.name for tool in (await client.list_tools()).tools]
            asked = await client.call_tool("ask", {"question": ASK, "threshold": 0.0})
            return names, asked, await client.call_tool("read", {"source": "a\0b"})

    names, asked, wrong = anyio.run(go)
    assert names == ["ask", "search", "read", "documents", "verify"]
    assert asked.structured_content and asked.structured_content["citations"][0]["quote"] == QUOTE
    assert wrong.is_error and "no document has this name" in words(wrong)


def request(id: int, method: str, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": id, "method": method, "params": params}


HELLO = request(
    1, "initialize", protocolVersion="2025-06-18", capabilities={},
    clientInfo={"name": "test", "version": "1"},
)  # fmt: skip


def test_standard_output_carries_json_rpc_alone_whatever_comes_in(folder: Path) -> None:
    """A half of an emoji, as JavaScript sends it, was left without a reply."""
    ask = {"name": "ask", "arguments": {"question": f"{ASK} \ud83d", "threshold": 0.0}}
    odd = ["garbage", "{", "[]", "\x00", json.dumps(request(2, "tools/call", **ask)),
           json.dumps(request(3, "nothing")),
           json.dumps(request(4, "tools/call", name="\ud800", arguments={}))]  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "askdoc", "mcp", "docs", "--reader=lexical"], cwd=folder,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environ(folder),
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout and process.stderr
        ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
        for line in [json.dumps(HELLO), json.dumps(ready), *odd]:
            process.stdin.write(line.encode() + b"\n")
        process.stdin.flush()
        replies: dict[int, Any] = {}
        while len(replies) < 4:
            reply = json.loads(process.stdout.readline())
            assert reply["jsonrpc"] == "2.0"
            replies[reply["id"]] = reply
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait(30) == 0
        assert b"Traceback" not in process.stderr.read()
    assert replies[2]["result"]["structuredContent"]["citations"][0]["quote"] == QUOTE
    assert "error" in replies[3]
    assert replies[4]["result"]["isError"]


@pytest.mark.skipif(os.name == "nt", reason="no such signals there")
def test_an_interrupt_ends_it_without_a_traceback(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "askdoc", "mcp", "docs"], cwd=folder, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ(folder),
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(json.dumps(HELLO).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert b"Traceback" not in process.stderr.read()


@contextmanager
def over_http(folder: Path, *arguments: str) -> Iterator[tuple[str, str]]:
    """A server that is up: its address, and its token."""
    with subprocess.Popen(
        [sys.executable, "-m", "askdoc", "mcp", "--http", "--port=0", *arguments], cwd=folder,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env=environ(folder),
    ) as process:  # fmt: skip
        assert process.stdout
        try:
            url = process.stdout.readline().strip()
            yield url, process.stdout.readline().strip().removeprefix("Authorization: Bearer ")
        finally:
            process.terminate()
            code = process.wait(30)
        assert code == 0


def test_over_http_a_client_asks_with_the_token_and_nobody_without_it(folder: Path) -> None:
    with over_http(folder, "docs", "--reader=lexical") as (url, token):
        bearer = {"Authorization": f"Bearer {token}"}

        async def go() -> CallToolResult:
            async with (
                httpx2.AsyncClient(headers=bearer) as http,
                Client(streamable_http_client(url, http_client=http)) as client,
            ):
                assert len((await client.list_tools()).tools) == 5
                wrong = await client.call_tool("ask", {})
                assert wrong.is_error and "question is missing" in words(wrong)
                return await client.call_tool("ask", {"question": ASK, "threshold": 0.0})

        asked = anyio.run(go)
        assert asked.structured_content
        assert asked.structured_content["citations"][0]["quote"] == QUOTE
        hello = {**bearer, "Accept": "application/json, text/event-stream"}
        for changed, status in (
            ({"Authorization": "Bearer wrong"}, 401),
            ({"Authorization": ""}, 401),
            ({"Host": "evil.example"}, 421),
            ({"Origin": "http://evil.example"}, 403),
            ({"Content-Type": "text/plain"}, 415),
            ({}, 200),
        ):
            reply = httpx2.post(url, json=HELLO, headers={**hello, **changed})
            assert reply.status_code == status, changed
        # By GET a client would have waited for ever for what no server here tells.
        for method in ("GET", "DELETE"):
            reply = httpx2.request(method, url, headers={**bearer, "Accept": "text/event-stream"})
            assert reply.status_code == 405
        assert httpx2.post(url, content=b"[" * 10**5, headers={
            **hello, "Content-Type": "application/json"}).status_code == 400  # fmt: skip


# What is told before anything is served


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.txt"], "no such file or folder: gone.txt"),
        (["-"], "standard input"),
        (["--index", "gone"], "gone"),
        (["docs", "--allow-index", "docs"], "Leave out the paths"),
        (["--allow-index", "docs"], "--index DIR"),
        (["--allow-index", "gone", "--index", "x"], "no such folder: gone"),
        (["docs", "--port", "9"], "Add --http."),
        (["docs", "--print-config", "emacs"], "claude, cursor or vscode"),
        (["docs", "--http", "--print-config", "cursor"], "ASKDOC_TOKEN"),
        ([], "nothing to read"),
    ],
)
def test_what_cannot_be_asked_is_told_at_once(
    folder: Path, arguments: list[str], said: str
) -> None:
    done = run(folder, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and done.stderr.count("\n") == 1


def test_an_address_is_not_sent_into_settings_that_only_take_programs(folder: Path) -> None:
    done = run(folder, "--http", "--print-config", "claude", ASKDOC_TOKEN="a" * 32)
    (server,) = json.loads(done.stdout)["mcpServers"].values()
    assert server["type"] == "http"
    assert ".mcp.json" in done.stderr and "claude_desktop_config.json" not in done.stderr


def test_the_settings_of_each_client(folder: Path) -> None:
    token = "a" * 32
    for client, key in (("cursor", "mcpServers"), ("vscode", "servers")):
        done = run(folder, "docs", "--http", "--print-config", client, ASKDOC_TOKEN=token)
        (server,) = json.loads(done.stdout)[key].values()
        assert server["url"] == "http://127.0.0.1:8765/mcp"
        assert server["headers"] == {"Authorization": f"Bearer {token}"}
        done = run(folder, "--index", "i", "--allow-index", "docs", "--print-config", client)
        (server,) = json.loads(done.stdout)[key].values()
        paths = [word for word in server["args"] if re.search(r"[/\\]", word)]
        assert paths == [str(folder / "docs"), str(folder / "i")]


def test_without_the_sdk_there_is_one_line_that_says_what_to_install(folder: Path) -> None:
    code = "import sys; sys.modules['mcp'] = None; from askdoc.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "mcp", "docs"], cwd=folder, capture_output=True, text=True,
        env=environ(folder), check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert 'Run: pip install "mcp>=' in done.stderr


def test_no_other_command_imports_the_sdk(folder: Path) -> None:
    code = (
        "import sys; from askdoc.cli import main; main(sys.argv[1:]); "
        "print([name for name in sys.modules if name.split('.')[0] in ('mcp', 'mcp_types')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "query", ASK, "docs", "--reader=lexical"], cwd=folder,
        capture_output=True, text=True, env=environ(folder), check=False, timeout=60,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
