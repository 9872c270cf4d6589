"""One child process, as the parent sees it: started when needed, ended, and started again."""

from __future__ import annotations

import os
import signal
import sys
import threading
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
    """Why a job has no reply.

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
    """What came of a job: the child's reply, or why there is none."""

    reply: bytes | None
    failure: Failure | None = None


class Job:
    """A message to a child, and what came of it, None as long as that is open.

    Args:
        message: what the child is told.
        seconds: of processor time that it may use up.
        stop_seconds: by the wall clock, after which it is ended.
    """

    def __init__(self, message: bytes, seconds: float, stop_seconds: float) -> None:
        self.message = message
        self.seconds = seconds
        self.stop_seconds = stop_seconds
        self.outcome: Outcome | BaseException | None = None
        self.dropped = False

    @property
    def size(self) -> int:
        """Bytes of the reply that is held for whoever asked."""
        return len(self.outcome.reply or b"") if isinstance(self.outcome, Outcome) else 0


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

    def answer(self, job: Job) -> Outcome:
        self.job = job
        try:
            while True:
                if self._process is not None and self._process.poll() is not None:
                    self.discard()  # It was ended from outside, while it had nothing to do.
                tried_before = self._has_answered
                outcome = self._attempt(job)
                if outcome.failure is None:
                    self._has_answered = True
                    return outcome
                if outcome.failure in _FINAL or not tried_before or self._ended or job.dropped:
                    return outcome
        finally:
            self.job = None

    def _attempt(self, job: Job) -> Outcome:
        """What comes of a job; where that is nothing, there is no process any more."""
        process = self._process or self._start()
        if process is None:
            self.discard()
            return Outcome(None, Failure.NOT_STARTED)
        status, reply = b"", b""
        with self._watch.over(self, job.stop_seconds) as limit:
            try:
                _send(process, job)
                status, reply = _receive(process, self._memory)
            except OSError:
                pass  # It has died, which says as much as half a reply would.
            except MemoryError:
                status = OUT_OF_MEMORY  # The reply is more than there is room for here.
        if limit.exceeded:
            failure = Failure.STALLED
        elif status == ANSWERED:
            return Outcome(reply)
        else:
            failure = Failure.OUT_OF_MEMORY if status == OUT_OF_MEMORY else Failure.CRASHED
        code = self.discard()
        if failure is Failure.CRASHED and code in _USED_UP:
            failure = Failure.TIMED_OUT
        return Outcome(None, failure)

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
        with self._watch.over(self, _START_SECONDS):
            status, _ = _receive(process, self._memory)
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


def _send(process: Popen[bytes], job: Job) -> None:
    stream = process.stdin
    assert stream is not None
    stream.write(TO_CHILD.pack(job.seconds, len(job.message)))
    stream.write(job.message)
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
