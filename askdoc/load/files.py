"""Read what the user named: files, folders, standard input.

One bad file must not keep anyone from asking the others, so nothing is raised for it: it becomes a
problem beside the documents. Files that need a parser are read in child processes, since a parser
may crash or never come to an end.
"""

from __future__ import annotations

import os
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple

from askdoc.errors import LoadError, SourceTooLarge, SourceUnreadable, UnsupportedFormat
from askdoc.load import isolation
from askdoc.load.decode import HEAD_BYTES, looks_like_text, not_text
from askdoc.load.formats import LOADERS, READ_IN_PART, loader_for, suffix_of
from askdoc.load.html import load_html
from askdoc.load.opening import MAX_BYTES, given_by, open_at_once, read_all
from askdoc.load.passed import PassedOver
from askdoc.load.plain import load_plain
from askdoc.load.signatures import HTML_START, NOT_TEXT, kind_of
from askdoc.load.walk import (
    STDIN_PATH,
    Found,
    Walked,
    Walker,
    displayable,
    not_a_file,
    os_problem,
)
from askdoc.model import Document

__all__ = ["MAX_BYTES", "STDIN_SOURCE", "Loaded", "displayable", "load_file", "load_paths"]

STDIN_SOURCE = "(standard input)"


class _Known(NamedTuple):
    """A file whose document is at hand already."""

    found: Found
    document: Document


_Item = Found | Walked | LoadError | Document | _Known


class Loaded(NamedTuple):
    """What was read, in the order of the paths, and what could not be."""

    documents: tuple[Document, ...]
    problems: tuple[LoadError, ...]


def load_paths(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    stdin: BinaryIO | None = None,
    recall: Callable[[Found], Document | None] | None = None,
    progress: Callable[[int], None] | None = None,
    follow_links: bool = False,
) -> Loaded:
    """Read files, folders (recursively, in sorted order) and `-`, which is standard input.

    Hidden files and folders below a named one are skipped, and nothing is read twice. A source that
    cannot be read is a problem in the result and never an exception.

    Args:
        paths: what to read; one path alone will do.
        stdin: the stream that `-` names, by default the program's standard input.
        recall: gives the document of a file that needs not be read, None of all others.
        progress: told how many documents were read, after each.
        follow_links: whether links are followed that lead out of a folder that is named. Otherwise
            there is a `LinksNotFollowed` among the problems. A path that is a link is followed.
    """
    paths = (paths,) if isinstance(paths, str | os.PathLike) else tuple(paths)
    items: Iterator[_Item] = _named(paths, stdin, follow_links)
    if recall is not None:
        items = _recalled(items, recall)
    passed = PassedOver()
    documents: list[Document] = []
    problems: list[LoadError] = []
    for item, result in _read_all(items, alone=len(paths) == 1):
        if isinstance(item, Walked):
            problems += passed.end(item)
            continue
        worth = result
        if isinstance(item, Found | _Known) and result is not None:
            found = item.found if isinstance(item, _Known) else item
            worth = passed.worth_a_word(found, result)
        if isinstance(worth, Document):
            documents.append(worth)
            if progress is not None:
                progress(len(documents))
        elif worth is not None:
            problems.append(worth)
    return Loaded(tuple(documents), tuple(problems))


def load_file(path: str, source: str, within: str = "") -> Document:
    """Read one file in this process, whatever it is.

    Args:
        path: where it is.
        source: the name that its document gets and that errors give.
        within: the folder that it must not lead out of, empty for any.

    Raises:
        LoadError: it cannot be read, or there is nothing to read in it.
    """
    return load_bytes(read_bytes(path, source, within), path, source)


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


def _named(
    paths: Iterable[str | os.PathLike[str]], stdin: BinaryIO | None, follow_links: bool
) -> Iterator[Found | Walked | LoadError | Document]:
    """What the paths name; standard input is read when its turn comes, and only once."""
    walker = Walker(follow_links=follow_links)
    stdin_was_read = False
    for path in paths:
        if os.fsdecode(path) != STDIN_PATH:
            yield from walker.find(path)
        elif not stdin_was_read:
            stdin_was_read = True
            try:
                yield _read_stdin(stdin)
            except LoadError as problem:
                yield problem


def _recalled(
    items: Iterable[_Item], recall: Callable[[Found], Document | None]
) -> Iterator[_Item]:
    for item in items:
        if isinstance(item, Found) and (document := recall(item)) is not None:
            yield _Known(item, document)
        else:
            yield item


def _read_all(
    items: Iterator[_Item], alone: bool
) -> Iterator[tuple[_Item, Document | LoadError | None]]:
    """Each item with what came of it, in order; no child is thought of before one is needed."""
    for item in items:
        if _needs_child(item):
            yield from _read_with_children(chain([item], items), alone)
            return
        yield item, _read_here(item)


def _read_with_children(
    items: Iterable[_Item], alone: bool
) -> Iterator[tuple[_Item, Document | LoadError | None]]:
    from askdoc.workers import Workers

    waiting: deque[tuple[_Item, Document | LoadError | None]] = deque()
    asked: deque[Found] = deque()

    def jobs() -> Iterator[bytes]:
        for item in items:
            if isinstance(item, Found) and _needs_child(item):
                waiting.append((item, None))
                asked.append(item)
                yield isolation.job(item, _is_all(item, alone))
            else:
                waiting.append((item, _read_here(item)))

    with Workers(isolation.CHILD, memory=isolation.MEMORY, seconds=isolation.seconds) as workers:
        for outcome in workers.run(jobs()):
            found = asked.popleft()
            while waiting[0][0] is not found:
                yield waiting.popleft()
            waiting.popleft()
            yield found, isolation.result(found, outcome, _is_all(found, alone))
        yield from waiting


def _is_all(found: Found, alone: bool) -> bool:
    """Whether a file is all that was named, where only one path was."""
    return alone and found.folder is None


def _needs_child(item: _Item) -> bool:
    if not isinstance(item, Found):
        return False
    return not isolation.is_safe_here(item.path, item.status.st_size)


def _read_here(item: _Item) -> Document | LoadError | None:
    if isinstance(item, Walked):
        return None
    if isinstance(item, _Known):
        return item.document
    if not isinstance(item, Found):
        return item
    try:
        data = read_bytes(item.path, item.source, item.within)
        if not isolation.is_safe_here(item.path, len(data)):
            raise SourceUnreadable(
                "it grew while it was read", item.source, "Ask again when nobody writes to it."
            )
        return load_bytes(data, item.path, item.source)
    except LoadError as problem:
        return problem


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
