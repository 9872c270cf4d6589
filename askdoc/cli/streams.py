"""The streams, any of which may be closed, full, or unable to carry the text."""

from __future__ import annotations

import sys


def put(text: str) -> None:
    """Write to standard output, now, so that a failure is known before the exit code is."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from askdoc.errors import AskdocError

        reason = error.strerror or str(error)
        raise AskdocError("cannot write the answer", reason, "Check where it goes.") from None


def put_json(text: str) -> None:
    """Write JSON as a line; what could steer a terminal is spelt out where it goes to one."""
    from askdoc.present.style import is_terminal

    if is_terminal(sys.stdout):
        from askdoc.present.sanitize import harmless_json

        text = harmless_json(text)
    put(text + "\n")


def put_lines(text: str) -> None:
    """Write lines for a program as they are; what could steer a terminal is spelt out there."""
    from askdoc.present.style import is_terminal

    if is_terminal(sys.stdout):
        from askdoc.present.sanitize import sanitize

        text = "\n".join("\t".join(map(sanitize, line.split("\t"))) for line in text.split("\n"))
    put(text)


def say(line: str) -> None:
    """Write a line to standard error; there is nobody left to tell if that fails."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
    except OSError:
        return


def is_limited() -> bool:
    """Whether standard output carries less than all of Unicode."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return not encoding.lower().startswith("utf")


def let_go_of_output() -> None:
    """See that Python, when it ends, does not fail on what could not be written."""
    import os

    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
