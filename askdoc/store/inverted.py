"""tantivy: passages by the terms that stand in them.

It knows passages by number and nothing of their text. What it opens is exactly what is committed,
file by file compared with the checksums that the catalogue has: whoever writes at that moment, or
was killed writing, changes nothing of that. `schema` is what it keeps, `snapshot` is searched,
`writing` writes.
"""

from __future__ import annotations

import re
import struct
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from askdoc.store.gate import TERMS
from askdoc.store.listing import check_state
from askdoc.store.mirror import mirror
from askdoc.store.schema import BLANKS
from askdoc.store.segments import open_segment, terms_in
from askdoc.store.snapshot import Snapshot
from askdoc.store.state import SegmentFile, State
from askdoc.store.telling import damaged, unwritable

if TYPE_CHECKING:
    from tantivy import Index

_NO_ROOM = re.compile(
    r"No space left|File too large|quota|Read-only|Permission denied|Operation not permitted"
    r"|No usable temporary directory|Too many open files",
    re.I,
)

# What comes of damaged files besides a panic of tantivy's.
_FOREIGN = (
    ValueError, OSError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
    MemoryError, struct.error,
)  # fmt: skip


class InvertedIndex:
    """The inverted index of a saved index, to be read.

    Args:
        data: the folder of the index's data.
    """

    def __init__(self, data: Path) -> None:
        self._folder = data / TERMS
        self._checked: frozenset[SegmentFile] = frozenset()

    def snapshot(self, state: State) -> Snapshot:
        """What is committed, to be searched.

        Raises:
            IndexDamaged: a file is missing, cut short or changed.
        """
        with translated(self._folder), ExitStack() as stack:
            parts = check_state(state)
            opened = {
                file.name: stack.enter_context(
                    open_segment(self._folder, file, checked=file in self._checked)
                )
                for file in state.files
            }
            self._checked = frozenset(state.files)
            place = stack.enter_context(mirror(self._folder, state.listing, opened))
            counts = [(one.passages, terms_in(opened[one.postings])) for one in parts]
            index = open_index(place)
            # No thread that watches the folder: all that is to be seen is there now.
            index.config_reader("manual", 0)
            return Snapshot(index, counts, state.passages, state.terms, translated(self._folder))


def open_index(place: Path) -> Index:
    """What tantivy finds in a folder."""
    import tantivy

    index: Index = tantivy.Index.open(str(place))
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(BLANKS, blanks)
    return index


class translated(AbstractContextManager[None]):  # noqa: N801  (used as a function)
    """tantivy's errors in the user's words; on damaged files it may panic as well."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, _FOREIGN):
            if _NO_ROOM.search(str(error)):
                raise unwritable(error, self._folder) from None
            raise damaged(self._folder, _first_line(error)) from None
        if kind is not None and kind.__name__ == "PanicException" and error is not None:
            raise damaged(self._folder, _first_line(error)) from None


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
