"""Find and read what the user named: files, folders, standard input.

One bad file must not keep anyone from asking the others, so nothing is raised for it: it becomes a
problem beside the documents.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from askdoc.errors import (
    EmptySource,
    LoadError,
    SourceNotFound,
    SourceTooLarge,
    SourceUnreadable,
    UnsupportedFormat,
)
from askdoc.load.decode import HEAD_BYTES, looks_like_text, not_text
from askdoc.load.formats import LOADERS, kinds_read, loader_for, suffix_of
from askdoc.load.html import load_html
from askdoc.load.plain import load_plain
from askdoc.model import Document

MAX_BYTES = 64 * 2**20
"""The largest file that is read: a document's text is held in memory."""

STDIN_PATH = "-"
STDIN_SOURCE = "(standard input)"

_HTML_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html)[\s>]", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_MOST_KINDS_NAMED = 8


class Loaded(NamedTuple):
    """What was read, in the order of the paths, and what could not be."""

    documents: tuple[Document, ...]
    problems: tuple[LoadError, ...]


def load_paths(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    stdin: BinaryIO | None = None,
) -> Loaded:
    """Read files, folders (recursively, in sorted order) and `-`, which is standard input.

    Hidden files and folders below a named one are skipped, and nothing is read twice. A source that
    cannot be read is a problem in the result and never an exception.

    Args:
        paths: what to read; one path alone will do.
        stdin: the stream that `-` names, by default the program's standard input.
    """
    if isinstance(paths, str | os.PathLike):
        paths = (paths,)
    reading = _Reading(stdin)
    for path in paths:
        reading.add(os.fsdecode(path))
    return Loaded(tuple(reading.documents), tuple(reading.problems))


def displayable(name: str) -> str:
    """A name that can be printed: undecodable bytes and control characters become escapes."""
    shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", shown)


class _Reading:
    """One call's documents and problems, and what it has seen already."""

    def __init__(self, stdin: BinaryIO | None) -> None:
        self.documents: list[Document] = []
        self.problems: list[LoadError] = []
        self._stdin = stdin
        self._stdin_was_read = False
        self._seen: set[tuple[int, int] | str] = set()

    def add(self, path: str) -> None:
        """Read one path that the user named."""
        try:
            if path == STDIN_PATH:
                self._add_stdin()
                return
            status = _status(path)
            if stat.S_ISDIR(status.st_mode):
                self._add_folder(path, status)
            elif self._is_new(path, status):
                self.documents.append(_read_file(path, status))
        except LoadError as problem:
            self.problems.append(problem)

    def _add_stdin(self) -> None:
        if not self._stdin_was_read:
            self._stdin_was_read = True
            self.documents.append(_read_stdin(self._stdin))

    def _add_folder(self, folder: str, status: os.stat_result) -> None:
        if not self._is_new(folder, status):
            return
        before = len(self.documents) + len(self.problems)
        skipped: Counter[str] = Counter()
        repeated = False
        for path, file_status in self._walk(folder):
            if not self._is_new(path, file_status):
                repeated = True
            elif not self._add_file_of_folder(path, file_status):
                skipped[suffix_of(path)] += 1
                # Named by itself later, it is to be reported by name.
                self._seen.discard(_identity(path, file_status))
        nothing_read = not repeated and len(self.documents) + len(self.problems) == before
        problem = _folder_problem(displayable(folder), skipped, nothing_read)
        if problem is not None:
            self.problems.append(problem)

    def _walk(self, folder: str) -> Iterator[tuple[str, os.stat_result]]:
        """All files below a folder, each folder entered once, however it is linked to."""
        levels = [iter(self._listing(folder))]
        while levels:
            path = next(levels[-1], None)
            if path is None:
                levels.pop()
                continue
            try:
                status = _status(path)
            except LoadError as problem:
                self.problems.append(problem)
                continue
            if not stat.S_ISDIR(status.st_mode):
                yield path, status
            elif self._is_new(path, status):
                levels.append(iter(self._listing(path)))

    def _listing(self, folder: str) -> list[str]:
        """The paths in a folder, sorted, without the hidden ones."""
        try:
            names = sorted(os.listdir(folder))  # noqa: PTH208 (a Path would lose "./" and "//")
        except OSError as error:
            self.problems.append(_os_problem(error, folder))
            return []
        return [os.path.join(folder, name) for name in names if not name.startswith(".")]  # noqa: PTH118

    def _add_file_of_folder(self, path: str, status: os.stat_result) -> bool:
        """Read a file that nobody named; False where it is of a kind that is passed over."""
        has_known_kind = suffix_of(path) in LOADERS
        try:
            self.documents.append(_read_file(path, status))
        except UnsupportedFormat as problem:
            if not has_known_kind:
                return False
            self.problems.append(problem)
        except EmptySource as problem:
            # Empty files that only mark something (such as .typed) are not worth a word.
            if has_known_kind:
                self.problems.append(problem)
        except LoadError as problem:
            self.problems.append(problem)
        return True

    def _is_new(self, path: str, status: os.stat_result) -> bool:
        identity = _identity(path, status)
        if identity in self._seen:
            return False
        self._seen.add(identity)
        return True


def _identity(path: str, status: os.stat_result) -> tuple[int, int] | str:
    """What is the same for two names of one file; some file systems give no inode numbers."""
    return (status.st_dev, status.st_ino) if status.st_ino else str(Path(path).resolve())


def _status(path: str) -> os.stat_result:
    try:
        return os.stat(path)  # noqa: PTH116 (as above)
    except (OSError, ValueError) as error:
        raise _os_problem(error, path) from None


def _read_file(path: str, status: os.stat_result) -> Document:
    source = displayable(path)
    if not stat.S_ISREG(status.st_mode):
        # Opening a pipe would wait for somebody to write to it.
        raise SourceUnreadable(
            "not a regular file", source, f"To read from a pipe, give {STDIN_PATH} and pipe it in."
        )
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (as above)
            head = file.read(HEAD_BYTES)
            if suffix_of(path) not in LOADERS and not looks_like_text(head):
                raise not_text(source)
            if status.st_size > MAX_BYTES:
                raise _too_large(source)
            # A file may be larger than it says, under /proc or while it is being written.
            data = head + file.read(MAX_BYTES + 1 - len(head))
    except (OSError, ValueError) as error:
        raise _os_problem(error, path) from None
    if len(data) > MAX_BYTES:
        raise _too_large(source)
    return loader_for(path)(data, source)


def _read_stdin(stream: BinaryIO | None) -> Document:
    stream = stream if stream is not None else getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise SourceUnreadable("there is no standard input", STDIN_SOURCE, "Name a file instead.")
    data = bytearray()
    try:
        # An unbuffered stream gives what is there, which may be less than was asked for.
        while len(data) <= MAX_BYTES and (chunk := stream.read(MAX_BYTES + 1 - len(data))):
            data += chunk
    except OSError as error:
        raise _os_problem(error, STDIN_SOURCE) from None
    except ValueError:
        raise SourceUnreadable("it is closed", STDIN_SOURCE, "Name a file instead.") from None
    if len(data) > MAX_BYTES:
        raise _too_large(STDIN_SOURCE)
    # A page that is piped in has no name to tell what it is.
    load = load_html if _HTML_START.match(data) else load_plain
    return load(bytes(data), STDIN_SOURCE)


def _too_large(source: str) -> SourceTooLarge:
    return SourceTooLarge(
        f"larger than {MAX_BYTES // 2**20} MiB", source, "Split it into smaller files."
    )


def _os_problem(error: OSError | ValueError, path: str) -> LoadError:
    """The system's error in the user's words."""
    source = displayable(path)
    if isinstance(error, FileNotFoundError) and Path(path).is_symlink():
        return SourceNotFound("a link to what is not there", source, "Mend or remove the link.")
    if isinstance(error, FileNotFoundError | NotADirectoryError) or not isinstance(error, OSError):
        return SourceNotFound("no such file or folder", source, "Check the name.")
    if isinstance(error, PermissionError):
        return SourceUnreadable(
            "no permission to read it", source, "Change its rights, or ask its owner for a copy."
        )
    reason = (error.strerror or "it cannot be read").rstrip(".")
    return SourceUnreadable(
        reason[:1].lower() + reason[1:], source, "Check it, or copy it elsewhere and name the copy."
    )


def _folder_problem(folder: str, skipped: Counter[str], nothing_read: bool) -> LoadError | None:
    """The one problem for all that was passed over in a folder, None where there is nothing."""
    if not skipped:
        if not nothing_read:
            return None
        return EmptySource("there is nothing to read in this folder", folder, kinds_read())
    count = skipped.total()
    files = "1 file of a kind" if count == 1 else f"{count} files of kinds"
    what = f"{files} that askdoc does not read ({_kinds(skipped)})"
    if nothing_read:
        return UnsupportedFormat(f"nothing but {what}", folder, kinds_read())
    return UnsupportedFormat(
        what, folder, "It was skipped." if count == 1 else "They were skipped."
    )


def _kinds(suffixes: Counter[str]) -> str:
    names = [displayable(suffix) or "no suffix" for suffix in sorted(suffixes)]
    more = len(names) - _MOST_KINDS_NAMED
    return ", ".join(names[:_MOST_KINDS_NAMED]) + (f" and {more} more" if more > 0 else "")
