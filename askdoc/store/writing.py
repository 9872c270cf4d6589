"""Write the inverted index.

The files that are committed are never touched: tantivy deletes only what it has itself made since
it was opened, since it is told of no other. So what was committed can be read until the catalogue
commits the next; then what is no longer needed is swept away. The catalogue says what is there:
tantivy's own list is put right by it before anything is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from askdoc.errors import IndexDamaged
from askdoc.store.folder import replace_file
from askdoc.store.gate import MANAGED, META, MOST_LIST, TERMS, read_plain
from askdoc.store.inverted import open_index, translated
from askdoc.store.listing import EMPTY, check_state, segments
from askdoc.store.schema import PASSAGE_FIELD, SOURCE_FIELD, TERMS_FIELD
from askdoc.store.segments import content_of, open_segment, sweep, written
from askdoc.store.sources import first_passage
from askdoc.store.state import SegmentFile, State, digest_of_state
from askdoc.store.telling import unwritable

if TYPE_CHECKING:
    from tantivy import IndexWriter

# What is gathered in memory before it is written; tantivy asks for 15 MB at least.
_HEAP = 64 * 2**20
_WRITER_LOCK = ".tantivy-writer.lock"


class TermsWriter:
    """What changes the inverted index, for the holder of the lock: begin, change, commit, sweep.

    Args:
        data: the folder of the index's data.
        threads: how many threads of tantivy's gather terms.
    """

    def __init__(self, data: Path, threads: int = 1) -> None:
        self._folder = data / TERMS
        self._threads = threads
        self._writer: IndexWriter | None = None
        self._begun = State()
        self._checked: frozenset[SegmentFile] = frozenset()
        self._contents: dict[SegmentFile, bytes] = {}

    def check(self, state: State) -> None:
        """See that all is there that is committed.

        Raises:
            IndexDamaged: a file is missing, cut short or changed.
        """
        with translated(self._folder):
            self._check(state)

    def digest(self, state: State) -> str:
        """What tells a state from any other, with all that the inverted index holds in it.

        Raises:
            IndexDamaged: a file is missing.
        """
        with translated(self._folder):
            for file in state.files:
                if file not in self._contents:
                    self._contents[file] = content_of(self._folder, file)
            return digest_of_state(state, (self._contents[file] for file in state.files))

    def begin(self, state: State, *, anew: bool = False) -> None:
        """Have what is committed, and nothing else, to go on from.

        Args:
            state: what is committed.
            anew: whether to go on from nothing, and to let what is committed alone.

        Raises:
            IndexDamaged: a file is missing, cut short or changed.
            IndexUnwritable: there is no right to write.
        """
        with translated(self._folder):
            # Files that are merged get checksums of their own: damage would pass for sound.
            self._check(state)
            self._begun = state
            # What tantivy may delete is whatever this names, wherever that is.
            (self._folder / MANAGED).unlink(missing_ok=True)
            sweep(self._folder, {file.name for file in state.files})
            listing = EMPTY if anew else state.listing
            replace_file(self._folder / META, listing.encode("utf-8"))
        with self._translated():
            index = open_index(self._folder)
            heap = max(_HEAP, 16 * 2**20 * self._threads)
            self._writer = index.writer(heap, self._threads)
            self._schema = index.schema

    def _check(self, state: State) -> None:
        check_state(state)
        for file in state.files:
            open_segment(self._folder, file, checked=file in self._checked).close()
        self._checked = frozenset(state.files)

    def add(self, source: int, terms: Iterable[str]) -> None:
        """Add the passages of a source, each by its terms, parted by blanks."""
        from tantivy import Document

        add = self._begun_writer.add_document
        with self._translated():
            for number, words in enumerate(terms, start=first_passage(source)):
                document = Document()
                document.add_text(TERMS_FIELD, words)
                document.add_unsigned(PASSAGE_FIELD, number)
                document.add_unsigned(SOURCE_FIELD, source)
                add(document)

    def remove(self, sources: Iterable[int]) -> None:
        """Remove the passages of these sources."""
        import tantivy

        with self._translated():
            for source in sources:
                # Not by term: that one takes a number to be signed, and then finds none.
                one = tantivy.Query.term_query(self._schema, SOURCE_FIELD, source)
                self._begun_writer.delete_documents_by_query(one)

    def commit(self, state: State) -> State:
        """Write what was added and removed; nobody sees it before the catalogue commits it.

        Args:
            state: what is going to be committed, but for the inverted index.

        Returns:
            It with what the inverted index now consists of.
        """
        with self._translated():
            self._begun_writer.commit()
            self._begun_writer.wait_merging_threads()
            self._writer = None
            listing = read_plain(self._folder / META, MOST_LIST).decode("utf-8")
            names = [name for segment in segments(listing) for name in segment.files]
            state = state._replace(listing=listing, files=written(self._folder, names))
            check_state(state)
        self._share()
        self._checked = frozenset(state.files)
        return state

    def sweep(self, state: State) -> None:
        """Remove what is not committed any more."""
        with translated(self._folder):
            sweep(self._folder, {file.name for file in state.files})

    def abandon(self) -> None:
        """Let another one write: this one failed, or was stopped, or has committed."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(Exception):
                writer.wait_merging_threads()

    @property
    def _begun_writer(self) -> IndexWriter:
        if self._writer is None:
            raise RuntimeError("nothing was begun")
        return self._writer

    def _share(self) -> None:
        """Give tantivy's own lists, which nobody else may read, the rights of its other files."""
        # Not all file systems have rights.
        with suppress(OSError):
            rights = (self._folder / _WRITER_LOCK).lstat().st_mode & 0o777
            for name in (META, MANAGED):
                (self._folder / name).chmod(rights)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Where a thread of tantivy's fails it does not say why: mostly there is no more room."""
        try:
            with translated(self._folder):
                yield
        except IndexDamaged as error:
            with translated(self._folder):
                self._checked = frozenset()
                self._check(self._begun)
            raise unwritable(error.__context__ or error, self._folder) from None
