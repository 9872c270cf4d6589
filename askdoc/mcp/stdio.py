"""MCP over standard input and output."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from contextlib import suppress
from threading import Event, Thread

from askdoc.errors import AskdocError
from askdoc.mcp.server import make_server
from askdoc.mcp.tools import Tools

INTERRUPTED = 130  # As shells report a program that was ended by SIGINT.
_MAYBE_LONE = re.compile(rb"\\u[dD][89a-fA-F]")


def serve(tools: Tools) -> None:
    """Answer until the client closes the input. Nothing but JSON-RPC is written to the output.

    Documents are read while the client looks around, so that its first question waits less.

    Raises:
        AskdocError: the one or the other is closed.
        BrokenPipeError: the client is gone.
        KeyboardInterrupt: the user interrupted.
    """
    if sys.stdin is None or sys.stdout is None:
        raise AskdocError(
            "standard input and output are closed", remedy="Have an assistant start askdoc mcp."
        )
    server = make_server(tools)
    interrupted = _mend_input()
    Thread(target=_read_ahead, args=(tools,), daemon=True).start()
    try:
        server.run("stdio")
    except BaseExceptionGroup as group:
        if group.subgroup(BrokenPipeError):
            raise BrokenPipeError from None
        raise
    if interrupted.is_set():
        raise KeyboardInterrupt


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


def _read_ahead(tools: Tools) -> None:
    with suppress(Exception):  # Whoever asks is told.
        tools.assistant()


def _mend_input() -> Event:
    """Put a pipe in the place of standard input, through which every line comes mended.

    It ends, too, when the user interrupts, since the SDK waits for its input whatever happens;
    that it did is told by what is given back.
    """
    client = os.fdopen(os.dup(0), "rb")
    reads, writes = os.pipe()
    os.dup2(reads, 0)
    os.close(reads)
    server = os.fdopen(writes, "wb", buffering=0)
    interrupted = Event()

    def pass_on() -> None:
        with suppress(OSError, ValueError), server:  # It may be closed meanwhile.
            for line in client:
                server.write(mended(line))

    def interrupt(number: int, frame: object) -> None:
        if interrupted.is_set():
            os._exit(INTERRUPTED)  # A thread that computes cannot be ended.
        interrupted.set()
        server.close()

    signal.signal(signal.SIGINT, interrupt)
    Thread(target=pass_on, daemon=True).start()
    return interrupted
