"""What runs in a child: the loop that answers the parent's messages, within limits.

The system ends a process that has used up its processor time, whatever it is doing, where it can:
that limit is set anew for each message. Windows has none for a single message, and there a thread
looks at the time; it is not let into a loop of a C library, which then only the parent's wall clock
ends.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from math import ceil, inf
from queue import SimpleQueue
from struct import Struct
from time import process_time, sleep
from typing import BinaryIO

TO_CHILD = Struct("<dQ")
"""What stands before a message to a child: seconds of processor time, bytes of the message."""

TO_PARENT = Struct("<cQ")
"""What stands before a reply: its kind, its bytes."""

READY, ANSWERED, OUT_OF_MEMORY, FAILED = b"r", b"a", b"m", b"f"

TIME_IS_UP = 124
"""The code with which a child ends itself that has used up its time, as `timeout` does."""

_LONGEST = 1e6
_LOOKS_AGAIN = 0.05
_SYSTEM_COUNTS = sys.platform != "win32"


def serve(handle: Callable[[bytes], bytes]) -> None:
    """Answer the parent's messages, one after the other, until it closes the connection or dies.

    What is printed in the meantime goes nowhere. An exception that leaves `handle` costs the
    message and, MemoryError too, this process.

    Args:
        handle: a message to its reply.
    """
    # Ctrl-C goes to parent and child alike, and is the parent's business.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit = _limit_processor if _SYSTEM_COUNTS else _Countdown().begin
    messages, replies = _take_streams()
    _limit_memory(int(sys.argv[1]))
    _reply(replies, READY)
    inbox: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
    threading.Thread(target=_listen, args=(messages, inbox), daemon=True).start()
    while True:
        seconds, message = inbox.get()
        limit(min(seconds, _LONGEST))
        try:
            status, reply = ANSWERED, handle(message)
        except MemoryError:
            status, reply = OUT_OF_MEMORY, b""
        except Exception:
            status, reply = FAILED, b""
        _reply(replies, status, reply)


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """The two ends of the connection, out of the reach of whatever prints or reads."""
    messages, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return messages, replies


def _listen(messages: BinaryIO, inbox: SimpleQueue[tuple[float, bytes]]) -> None:
    """Hand on what the parent says; when it has gone, so has the reason to go on."""
    try:
        while len(header := messages.read(TO_CHILD.size)) == TO_CHILD.size:
            seconds, size = TO_CHILD.unpack(header)
            if len(message := messages.read(size)) < size:
                break
            inbox.put((seconds, message))
    finally:
        os._exit(0)


def _reply(replies: BinaryIO, status: bytes, reply: bytes = b"") -> None:
    replies.write(TO_PARENT.pack(status, len(reply)))
    replies.write(reply)
    replies.flush()


def _limit_memory(size: int) -> None:
    """Limit the address space, where the system can, and leave no memory dumps behind."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)
        return
    import resource

    _set_limit(resource.RLIMIT_AS, size)
    # Not 0, which Linux takes for a dump's size only where it is written to a file: 1 stops it too
    # where dumps are piped to a program.
    _set_limit(resource.RLIMIT_CORE, 1)


def _limit_processor(seconds: float) -> None:
    """Have the system end this process when it has used up so many seconds more, rounded up."""
    if sys.platform == "win32":
        return
    import resource

    # Whoever started the program may have had it ignored.
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    _set_limit(resource.RLIMIT_CPU, ceil(process_time() + seconds))


class _Countdown:
    """Ends this process when it has used up its time, as long as other threads are let in."""

    def __init__(self) -> None:
        self._due = inf
        threading.Thread(target=self._run, daemon=True).start()

    def begin(self, seconds: float) -> None:
        """From now on it may use up so many seconds."""
        self._due = process_time() + seconds

    def _run(self) -> None:
        while (left := self._due - process_time()) > 0:
            # Threads that compute at the same time are rare here: it is never late by much.
            sleep(min(max(left, _LOOKS_AGAIN), 1.0))
        os._exit(TIME_IS_UP)


def _set_limit(kind: int, value: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    with suppress(ValueError, OSError):  # macOS knows some limits by name only
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (most, hard))
