"""Errors of sources as four texts: for what crosses between processes, and for the saved index."""

from __future__ import annotations

import json

from askdoc import errors
from askdoc.errors import LoadError

Problem = tuple[str, str, str, str]
"""An error's kind, what, where and remedy."""

_KINDS = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, LoadError)
}


def problem_of(error: LoadError) -> Problem:
    """The texts of an error."""
    return type(error).__name__, error.what, error.where, error.remedy


def as_error(problem: tuple[str, ...]) -> LoadError:
    """The error of four texts, of whatever kind an index says that it is."""
    kind, what, where, remedy = problem
    return _KINDS.get(kind, LoadError)(what, where, remedy)


def pack_error(error: LoadError) -> bytes:
    """An error as bytes."""
    return json.dumps(problem_of(error)).encode("ascii")


def unpack_error(packed: bytes) -> LoadError:
    """What `pack_error` packed.

    Raises:
        ValueError: it is something else.
    """
    try:
        problem = json.loads(packed)
    except RecursionError as error:
        raise ValueError("not an error") from error
    if type(problem) is not list or [type(text) for text in problem] != [str] * 4:
        raise ValueError("not an error")
    if problem[0] not in _KINDS:
        raise ValueError("an error of no kind")
    return as_error(tuple(problem))
