"""Read what the user named: files, folders, standard input.

One bad file must not keep anyone from asking the others, so nothing is raised for it: it becomes a
problem beside the documents. What is safe to read here and small is; all else is left to children,
which split and analyse it as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, NamedTuple

from askdoc.errors import LoadError, SourceUnreadable
from askdoc.load import load_bytes, read_bytes
from askdoc.load.files import load_stdin
from askdoc.load.passed import PassedOver
from askdoc.load.walk import STDIN_PATH, Found, Walked, Walker
from askdoc.model import Document
from askdoc.reading.limits import is_safe_here
from askdoc.reading.pool import read
from askdoc.reading.protocol import Job, Result


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
    is_alone = len(paths) == 1
    items: Iterator[_Item] = _named(paths, stdin, follow_links)
    if recall is not None:
        items = _recalled(items, recall)
    passed = PassedOver()
    documents: list[Document] = []
    problems: list[LoadError] = []
    for item, result in read(items, lambda item: _job(item, is_alone), _made_here):
        if isinstance(item, Walked):
            problems += passed.end(item)
            continue
        worth = result.document or result.problem
        if isinstance(item, Found | _Known) and worth is not None:
            worth = passed.worth_a_word(item.found if isinstance(item, _Known) else item, worth)
        if isinstance(worth, Document):
            documents.append(worth)
            if progress is not None:
                progress(len(documents))
        elif worth is not None:
            problems.append(worth)
    return Loaded(tuple(documents), tuple(problems))


def _named(
    paths: Iterable[str | os.PathLike[str]], stdin: BinaryIO | None, follow_links: bool
) -> Iterator[_Item]:
    """What the paths name; standard input is read when its turn comes, and only once."""
    walker = Walker(follow_links=follow_links)
    stdin_was_read = False
    for path in paths:
        if os.fsdecode(path) != STDIN_PATH:
            yield from walker.find(path)
        elif not stdin_was_read:
            stdin_was_read = True
            try:
                yield load_stdin(stdin)
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


def _job(item: _Item, is_alone: bool) -> Job | None:
    """What a child is to do for an item, of which only one path may have been named."""
    if not isinstance(item, Found) or is_safe_here(item.path, item.status.st_size):
        return None
    return Job(
        item.path,
        item.source,
        item.status.st_size,
        within=item.within,
        alone=is_alone and item.folder is None,
    )


def _made_here(item: _Item) -> Result:
    """What comes of an item that needs no child."""
    if isinstance(item, Walked):
        return Result()
    if isinstance(item, LoadError):
        return Result(problem=item)
    if isinstance(item, _Known):
        return Result(document=item.document)
    if isinstance(item, Document):
        return Result(document=item)
    try:
        data = read_bytes(item.path, item.source, item.within)
        if not is_safe_here(item.path, len(data)):
            raise SourceUnreadable(
                "it grew while it was read", item.source, "Ask again when nobody writes to it."
            )
        return Result(document=load_bytes(data, item.path, item.source))
    except LoadError as problem:
        return Result(problem=problem)
