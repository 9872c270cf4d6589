"""One child process, as the parent sees it: started when needed, ended, and started again."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from askdoc.workers.serving import (
    ANSWERED,
    OUT_OF_MEMORY,
    READY,
    TIME_IS_UP,
    TO_CHILD,
    TO_PARENT,
)
from askdoc.workers.watch import Watch

if TYPE_CHECKING:
    from subprocess import Popen

# The wall clock's: a busy machine may take long over it.
_START_SECONDS = 600.0
# How a child ends that has used up its processor time: by the system's hand, or by its own.
_USED_UP = (-getattr(signal, "SIGXCPU", TIME_IS_UP), TIME_IS_UP)


class Failure(StrEnum):
    """Why a message has no reply.

    It `TIMED_OUT` where it used up its processor time, and `STALLED` where it did not and came to
    no end either.
    """

    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    STALLED = "stalled"
    OUT_OF_MEMORY = "out of memory"
    NOT_STARTED = "not started"


# What a fresh child would not make better.
_FINAL = (Failure.TIMED_OUT, Failure.STALLED, Failure.NOT_STARTED)


class Outcome(NamedTuple):
    """What came of a message: the child's reply, or why there is none."""

    reply: bytes | None
    failure: Failure | None = None


class Message(NamedTuple):
    """What a child is told, and what it may use up over it.

    `seconds` are of processor time; after `stop_seconds` by the wall clock the child is ended.
    """

    content: bytes
    seconds: float
    stop_seconds: float


class Job:
    """Messages to one child, told together and answered one after the other.

    Args:
        messages: what the child is told.

    Attributes:
        outcomes: what came of the messages and was not given out yet, in their order.
        dropped: whether nobody waits for it any more.
    """

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self.outcomes: deque[Outcome | BaseException] = deque()
        self.dropped = False


def size_of(outcome: Outcome | BaseException) -> int:
    """Bytes of the reply, 0 where there is none."""
    return len(outcome.reply or b"") if isinstance(outcome, Outcome) else 0


class Child:
    """One process at a time. All but `kill` and `end` belongs to the thread that works with it."""

    def __init__(self, module: str, memory: int, watch: Watch) -> None:
        self.job: Job | None = None
        self._module = module
        self._memory = memory
        self._watch = watch
        self._process: Popen[bytes] | None = None
        self._has_answered = False
        self._lock = threading.Lock()
        self._ended = False

    def answer(self, job: Job) -> Iterator[Outcome]:
        """What comes of each message. A message that costs its child costs no other one."""
        self.job = job
        try:
            left = list(job.messages)
            while left:
                if self._process is not None and self._process.poll() is not None:
                    self.discard()  # It was ended from outside, while it had nothing to do.
                is_fresh = not self._has_answered
                failure = None
                for outcome in self._attempt(job, tuple(left)):
                    failure = outcome.failure
                    if failure is None:
                        is_fresh = False
                        left.pop(0)
                        yield outcome
                if failure is None or job.dropped or self._ended:
                    return  # All is answered, or nobody waits for the rest.
                if failure in _FINAL or is_fresh:
                    left.pop(0)
                    yield Outcome(None, failure)
        finally:
            self.job = None

    def _attempt(self, job: Job, messages: Sequence[Message]) -> Iterator[Outcome]:
        """What comes of some messages, up to the first failure; then there is no process more."""
        process = self._process or self._start()
        if process is None or job.dropped:
            self.discard()
            yield Outcome(None, Failure.NOT_STARTED)
            return
        unsent = list(messages)
        for message in messages:
            with self._watch.over(self, message.stop_seconds) as limit:
                status, reply = self._hear(process, unsent)
            unsent = []
            if limit.exceeded:
                failure = Failure.STALLED
            elif status == ANSWERED:
                self._has_answered = True
                yield Outcome(reply)
                continue
            else:
                failure = Failure.OUT_OF_MEMORY if status == OUT_OF_MEMORY else Failure.CRASHED
            code = self.discard()
            if failure is Failure.CRASHED and code in _USED_UP:
                failure = Failure.TIMED_OUT
            yield Outcome(None, failure)
            return

    def _hear(self, process: Popen[bytes], unsent: Sequence[Message]) -> tuple[bytes, bytes]:
        """What a child says next, after it was told some messages more."""
        # One that has died says as much as half a reply would, or what it said before.
        with suppress(OSError):
            _send(process, unsent)
        try:
            return _receive(process, self._memory)
        except OSError:
            return b"", b""
        except MemoryError:
            return OUT_OF_MEMORY, b""  # The reply is more than there is room for here.

    def _start(self) -> Popen[bytes] | None:
        """A new process that has said that it is ready, None where there can be none."""
        try:
            process = _open(self._module, self._memory)
        except OSError:
            return None
        with self._lock:
            self._process = process
            if self._ended:
                process.kill()
        try:
            with self._watch.over(self, _START_SECONDS):
                status, _ = _receive(process, self._memory)
        except RuntimeError:
            return None  # Nobody would look at the clock.
        return process if status == READY else None

    def kill(self) -> None:
        """Kill the process, if there is one; its thread sees that nothing more comes from it."""
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def end(self) -> None:
        """Kill the process and let none be started again."""
        with self._lock:
            self._ended = True
        self.kill()

    def discard(self) -> int | None:
        """Kill the process and leave nothing of it behind.

        Returns:
            With what code it ended, its own where it had ended before; None where there was none.
        """
        with self._lock:
            process, self._process = self._process, None
            self._has_answered = False
        if process is None:
            return None
        # One that closed its connection by ending has ended, for the reason that it had.
        process.kill()
        code = process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):  # What was not yet sent cannot be, and need not.
                if stream is not None:
                    stream.close()
        return code


def _open(module: str, memory: int) -> Popen[bytes]:
    """Start a process.

    Raises:
        OSError: it cannot be started, or this program is one that holds its Python inside.
    """
    import subprocess
    from subprocess import DEVNULL, PIPE, Popen

    if not sys.executable or getattr(sys, "frozen", False):
        raise OSError("there is no Python to start")
    # -P: a file of the user's in the current folder, json.py say, must not be taken for a module.
    command = [sys.executable, "-P", "-m", module, str(memory)]
    paths = [path for path in sys.path if path and os.pathsep not in path]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    return Popen(
        command,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _send(process: Popen[bytes], messages: Sequence[Message]) -> None:
    stream = process.stdin
    assert stream is not None
    for content, seconds, _ in messages:
        stream.write(TO_CHILD.pack(seconds, len(content)))
        stream.write(content)
    stream.flush()


def _receive(process: Popen[bytes], most: int) -> tuple[bytes, bytes]:
    """What a child says: what kind of message, and the message; nothing where it has died."""
    stream = process.stdout
    assert stream is not None
    header = stream.read(TO_PARENT.size)
    if len(header) == TO_PARENT.size:
        status, size = TO_PARENT.unpack(header)
        # A child cannot have held more than its memory: it would not be in its right mind.
        if size <= most and len(reply := stream.read(size)) == size:
            return status, reply
    return b"", b""
