"""Why a file is not in the index: errors as they are stored, and as they are raised."""

from __future__ import annotations

import json

from askdoc import errors
from askdoc.errors import LoadError
from askdoc.load.formats import LOADERS, suffix_of
from askdoc.load.isolation import failed
from askdoc.store.catalog import Source
from askdoc.workers import Failure

Problem = tuple[str, str, str, str]
"""An error's kind, what, where and remedy."""


def problem_of(error: LoadError) -> Problem:
    """An error as it is stored."""
    return type(error).__name__, error.what, error.where, error.remedy


def told(message: bytes) -> Problem:
    """An error as a child tells it."""
    kind, what, where, remedy = json.loads(message)
    return str(kind), str(what), str(where), str(remedy)


def crash(failure: Failure, name: str, size: int, alone: bool = False) -> Problem:
    """That the child which read a file came to grief; the file may be all that was named."""
    return problem_of(failed(name, size, failure, alone))


def as_error(problem: tuple[str, ...]) -> LoadError:
    """A stored error, to be raised or shown."""
    kind, what, where, remedy = problem
    found = getattr(errors, kind, None)
    # An index that somebody else made may say anything here.
    if isinstance(found, type) and issubclass(found, LoadError):
        return found(what, where, remedy)
    return LoadError(what, where, remedy)


def is_passed_over(source: Source) -> bool:
    """Whether a file was left out only for being of no kind that askdoc reads, as folders hold."""
    kind = source.problem[0] if source.problem else ""
    return kind in ("UnsupportedFormat", "EmptySource") and suffix_of(source.name) not in LOADERS
