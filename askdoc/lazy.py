"""Attributes that are worked out when they are first looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801  (used as a decorator)
    """`functools.cached_property` without the lock that it has until Python 3.12.

    All instances share that lock, and it is held while the value is worked out: a thread that waits
    for the saved index meanwhile keeps out the one that it waits for. It also takes longer than
    much of the work. Two threads at once may both work a value out.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work, self._name = work, work.__name__
        self.__doc__ = work.__doc__

    def __get__(self, instance: Any, owner: type | None = None) -> T:
        found = instance.__dict__[self._name] = self._work(instance)
        return found
