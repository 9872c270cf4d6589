"""`askdoc mcp` over an index in a cluster: a model may make it and ask it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from calling import ASK, LOG

from lab.cluster import Cluster

QUOTE = "The ferry Halcyon carried forty cars\nto the island on Monday."


class Talk:
    """The program, and what it replies; one request at a time."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "askdoc", "mcp", *arguments],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"},
        )
        self._number = 0

    def __enter__(self) -> Talk:
        client = {"name": "test", "version": "1"}
        self.ask("initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo=client)
        self._say({"jsonrpc": "2.0", "method": "notifications/initialized"})
        return self

    def __exit__(self, *error: object) -> None:
        with self._process as process:
            out, err = process.communicate()
            process.kill()
        if error == (None, None, None):
            assert (process.returncode, out, err) == (0, "", "")

    def _say(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()

    def ask(self, method: str, **params: Any) -> Any:
        """What is replied to a request."""
        self._number += 1
        self._say({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params})
        assert self._process.stdout is not None
        reply = json.loads(self._process.stdout.readline())
        assert reply["id"] == self._number
        return reply["result"]

    def call(self, name: str, **arguments: Any) -> Any:
        """What a tool gives."""
        return self.ask("tools/call", name=name, arguments=arguments)


def test_a_model_makes_it_asks_it_and_is_told_that_it_is_gone(
    tmp_path: Path, cluster: Cluster, index_name: str
) -> None:
    """Where there was none yet, it did not start, though it was to be made."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "log.md").write_text(LOG)
    url = f"{cluster.url}/{index_name}"
    with Talk(tmp_path, "--index", url, "--allow-index", "docs", "--reader=lexical") as talk:
        told = talk.call("ask", question=ASK, threshold=0.0)
        assert told["isError"] and "call index with the paths" in told["content"][0]["text"]
        made = talk.call("index", paths=["log.md"])["structuredContent"]
        assert (made["folder"], made["added"]) == (url, 1)
        answer = talk.call("ask", question=ASK, threshold=0.0)["structuredContent"]
        assert answer["citations"][0]["quote"] == QUOTE
        assert talk.call("verify", answer=answer)["structuredContent"]["all_stand"] is True
        assert talk.call("documents")["structuredContent"]["total"] == 1
        cluster.ask("DELETE", f"/{index_name}*?expand_wildcards=all")
        told = talk.call("ask", question=ASK, threshold=0.0)
        assert told["isError"] and f"there is no saved index: {url}" in told["content"][0]["text"]
