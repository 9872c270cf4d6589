"""Where files may have changed: at some paths and below them, or anywhere."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from itertools import chain

from askdoc.store.reader import CatalogReader
from askdoc.store.sources import Source


class Hints:
    """Paths that are hinted at.

    Args:
        paths: absolute; None: anything may have changed.
    """

    def __init__(self, paths: Collection[str] | None) -> None:
        self._paths = None if paths is None else frozenset(map(os.fsencode, paths))

    def name(self, path: bytes) -> bool:
        """Whether this very path is hinted at."""
        return self._paths is None or path in self._paths

    def cover(self, path: bytes) -> bool:
        """Whether a path is hinted at, or one above it."""
        while not self.name(path):
            parent = os.path.dirname(path)
            if parent == path:
                return False
            path = parent
        return True

    def sources(self, catalog: CatalogReader) -> Iterator[Source]:
        """What an index knows of files there, each once."""
        if self._paths is None:
            return catalog.sources()
        parents = {path: os.path.dirname(path) for path in sorted(self._paths)}
        highest = (
            path for path, above in parents.items() if path == above or not self.cover(above)
        )
        return chain.from_iterable(map(catalog.sources_at, highest))
