"""Which of the sources are asked: by name, so that it means the same after an update."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple


class Selection(NamedTuple):
    """Some sources: those of these names, or all but those.

    Selections of both kinds can be narrowed and widened again, and none of them has to know which
    sources there are.
    """

    names: frozenset[str] = frozenset()
    left_out: bool = True

    def holds(self, name: str) -> bool:
        """Whether the sources of this name belong to it."""
        return (name in self.names) != self.left_out

    def only(self, names: Collection[str]) -> Selection:
        """Those of these names, as far as they belong to it."""
        return Selection(frozenset(filter(self.holds, names)), left_out=False)

    def without(self, names: Collection[str]) -> Selection:
        """All of it but those of these names."""
        changed = self.names.union(names) if self.left_out else self.names.difference(names)
        return Selection(changed, self.left_out)

    def including(self, names: Collection[str]) -> Selection:
        """All of it, and those of these names."""
        changed = self.names.difference(names) if self.left_out else self.names.union(names)
        return Selection(changed, self.left_out)


EVERYTHING = Selection()
