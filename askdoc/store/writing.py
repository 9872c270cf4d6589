"""Write the inverted index: what is added and removed is seen by others after `commit`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from askdoc.errors import IndexDamaged
from askdoc.store.catalog import first_passage
from askdoc.store.folder import unwritable
from askdoc.store.parcel import Parcel
from askdoc.store.schema import NUMBER, PASSAGE_FIELD, ROW_FIELD, SOURCE_FIELD, TERMS_FIELD
from askdoc.store.terms import Terms

# What is gathered in memory before it is written; tantivy asks for 15 MB at least.
_HEAP = 64 * 2**20


class TermsWriter:
    """What changes the inverted index; one at a time.

    Args:
        terms: what is changed.
        threads: how many threads of tantivy's gather terms.
    """

    def __init__(self, terms: Terms, threads: int = 1) -> None:
        self._terms = terms
        with self._translated():
            self._writer = terms.index.writer(max(_HEAP, 16 * 2**20 * threads), threads)

    def add(self, source: int, parcel: Parcel) -> None:
        """Add the passages of a source."""
        from tantivy import Document

        add = self._writer.add_document
        with self._translated():
            passages = zip(parcel.terms, parcel.rows, strict=True)
            for number, (words, row) in enumerate(passages, start=first_passage(source)):
                document = Document()
                document.add_text(TERMS_FIELD, words)
                document.add_bytes(ROW_FIELD, NUMBER.pack(number) + row)
                document.add_unsigned(PASSAGE_FIELD, number)
                document.add_unsigned(SOURCE_FIELD, source)
                add(document)

    def remove(self, sources: Iterable[int]) -> None:
        """Remove the passages of these sources."""
        import tantivy

        schema = self._terms.index.schema
        with self._translated():
            for source in sources:
                # Not by term: that one takes a number to be signed, and then finds none.
                one = tantivy.Query.term_query(schema, SOURCE_FIELD, source)
                self._writer.delete_documents_by_query(one)

    def remove_from(self, source: int) -> None:
        """Remove the passages of this source and of all with a higher number."""
        import tantivy

        with self._translated():
            above = tantivy.Query.range_query(
                self._terms.index.schema,
                SOURCE_FIELD,
                tantivy.FieldType.Unsigned,
                lower_bound=source,
                use_inverted_index=True,
            )
            self._writer.delete_documents_by_query(above)

    def commit(self) -> None:
        """Make what was added and removed part of the next snapshot."""
        with self._translated():
            self._writer.commit()

    def close(self) -> None:
        """Wait until files are merged. The writer is of no more use."""
        with self._translated():
            self._writer.wait_merging_threads()
        self._terms.share()

    def abandon(self) -> None:
        """Let another one write: this one failed, or was stopped, or is closed."""
        with suppress(Exception):
            self._writer.wait_merging_threads()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Where a thread of tantivy's fails it does not say why: mostly there is no more room."""
        try:
            with self._terms.translated():
                yield
        except IndexDamaged as error:
            self._terms.check()
            raise unwritable(error.__context__ or error, self._terms.folder) from None
