"""MCP over standard input and output."""

from __future__ import annotations

import json
import os
import re
import sys
from threading import Thread

from mcp.server.mcpserver import MCPServer

from askdoc.errors import AskdocError

_MAYBE_LONE = re.compile(rb"\\u[dD][89a-fA-F]")


def serve(server: MCPServer[None]) -> None:
    """Answer until the client closes the input. Nothing but JSON-RPC is written to the output.

    Raises:
        AskdocError: the one or the other is closed.
        BrokenPipeError: the client is gone.
    """
    if sys.stdin is None or sys.stdout is None:
        raise AskdocError(
            "standard input and output are closed", remedy="Have an assistant start askdoc mcp."
        )
    _mend_input()
    try:
        server.run("stdio")
    except BaseExceptionGroup as group:
        if group.subgroup(BrokenPipeError):
            raise BrokenPipeError from None
        raise


def mended(line: bytes) -> bytes:
    """A line of JSON without halves of characters, which the SDK would leave unanswered.

    Clients in JavaScript send them: a text that was cut in the middle of an emoji.
    """
    if not _MAYBE_LONE.search(line):
        return line
    try:
        whole = json.dumps(json.loads(line), ensure_ascii=False)
    except (ValueError, RecursionError):
        return line  # The SDK says what is wrong with it.
    return whole.encode("utf-8", "replace") + b"\n"


def _mend_input() -> None:
    """Put a pipe in the place of standard input, through which every line comes mended."""
    client = os.fdopen(os.dup(0), "rb")
    reads, writes = os.pipe()
    os.dup2(reads, 0)
    os.close(reads)

    def pass_on() -> None:
        with client, os.fdopen(writes, "wb", buffering=0) as server:
            for line in client:
                server.write(mended(line))

    Thread(target=pass_on, daemon=True).start()
