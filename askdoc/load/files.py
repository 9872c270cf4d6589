"""Read one source in this process: the bytes of a file, the document of bytes, standard input."""

from __future__ import annotations

import os
import stat
import sys
from typing import BinaryIO

from askdoc.errors import SourceTooLarge, SourceUnreadable, UnsupportedFormat
from askdoc.load.common.decode import HEAD_BYTES, looks_like_text, not_text
from askdoc.load.formats import LOADERS, READ_IN_PART, loader_for, suffix_of
from askdoc.load.opening import MAX_BYTES, given_by, open_at_once, read_all
from askdoc.load.signatures import HTML_START, NOT_TEXT, kind_of
from askdoc.load.text.plain import load_plain
from askdoc.load.walk import displayable, not_a_file, os_problem
from askdoc.load.web.html import load_html
from askdoc.model import Document

__all__ = ["MAX_BYTES", "STDIN_SOURCE", "displayable", "load_bytes", "load_stdin", "read_bytes"]

STDIN_SOURCE = "(standard input)"


def load_bytes(data: bytes, path: str, source: str) -> Document:
    """A document of a file's bytes.

    Args:
        data: what stands in it.
        path: its name, whose suffix says what it is.
        source: the name that its document gets and that errors give.

    Raises:
        LoadError: there is nothing to read in it.
    """
    if suffix_of(path) not in LOADERS and not looks_like_text(data[:HEAD_BYTES]):
        raise _by_another_name(data, path, source) or not_text(source)
    try:
        return loader_for(path)(data, source)
    except UnsupportedFormat:
        if problem := _by_another_name(data, path, source):
            raise problem from None
        raise


def read_bytes(path: str, source: str, within: str = "") -> bytes:
    """The bytes of a file that may be worth reading.

    Args:
        path: where it is.
        source: the name that errors give.
        within: the folder that it must not lead out of, empty for any.

    Raises:
        LoadError: it cannot be read, is too large, or its beginning shows that it is no text.
    """

    def opener(name: str, flags: int) -> int:
        return open_at_once(name, flags, source, within)

    try:
        with open(path, "rb", opener=opener) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise not_a_file(source)
            head = given_by(file, HEAD_BYTES, source)
            if suffix_of(path) not in LOADERS and not looks_like_text(head):
                raise _by_another_name(head, path, source) or not_text(source)
            in_part = suffix_of(path) in READ_IN_PART
            if status.st_size > MAX_BYTES and not in_part:
                raise _too_large(source)
            left = status.st_size - len(head)
            data = head + read_all(file, left, MAX_BYTES - len(head), source)
    except (OSError, ValueError) as error:
        raise os_problem(error, path, source) from None
    if len(data) > MAX_BYTES and not in_part:
        raise _too_large(source)
    return data


def _by_another_name(data: bytes, path: str, source: str) -> UnsupportedFormat | None:
    """The error for a file that is of another kind than its suffix says, None where it is not."""
    kind, loader = kind_of(data), loader_for(path)
    if kind is None or loader is LOADERS[kind.suffix]:
        return None
    if kind not in NOT_TEXT and loader not in [LOADERS[other.suffix] for other in NOT_TEXT]:
        return None  # What is wrong with a text, its own loader tells.
    return UnsupportedFormat(
        f"it is {kind.words}, whatever its name says",
        source,
        f"Give its name the suffix {kind.suffix}.",
    )


def load_stdin(stream: BinaryIO | None) -> Document:
    """The document of standard input, or of another stream in its place.

    Raises:
        LoadError: there is nothing to read in it.
    """
    stream = stream if stream is not None else getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise SourceUnreadable("there is no standard input", STDIN_SOURCE, "Name a file instead.")
    data = bytearray()
    try:
        # An unbuffered stream gives what is there, which may be less than was asked for.
        while len(data) <= MAX_BYTES and (chunk := stream.read(MAX_BYTES + 1 - len(data))):
            data += chunk
    except OSError as error:
        raise os_problem(error, STDIN_SOURCE) from None
    except ValueError:
        raise SourceUnreadable("it is closed", STDIN_SOURCE, "Name a file instead.") from None
    if len(data) > MAX_BYTES:
        raise _too_large(STDIN_SOURCE)
    # A page that is piped in has no name to tell what it is.
    load = load_html if HTML_START.match(data) else load_plain
    return load(bytes(data), STDIN_SOURCE)


def _too_large(source: str) -> SourceTooLarge:
    return SourceTooLarge(
        f"larger than {MAX_BYTES // 2**20} MiB", source, "Split it into smaller files."
    )
