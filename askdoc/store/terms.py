"""tantivy: the passages with their text, found by the terms that stand in them.

Passages come in as terms that `askdoc.text` has made, parted by blanks; tantivy splits at the
blanks and does nothing else to them, and questions are built from terms, never parsed. It knows
passages by number. What it keeps is checked against the checksums that it writes itself at the end
of each file, once for each file: it does not look at them when it opens one. Only a large file of
texts is left out; each text has its number and a checksum of its own.
"""

from __future__ import annotations

import json
import math
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from askdoc.errors import IndexDamaged
from askdoc.store.catalog import MOST_PASSAGES, first_passage, source_of
from askdoc.store.folder import TERMS, damaged, replace_file, unwritable
from askdoc.store.mirror import UNWRITABLE, Mirror
from askdoc.store.parcel import Parcel, Row

if TYPE_CHECKING:
    from tantivy import DocAddress, Index, Query, Searcher

_TERMS, _PASSAGE, _SOURCE, _ROW = "terms", "passage", "source", "row"
_BLANKS = "blanks"
_FREQUENCIES = "freq"  # no positions: nothing asks for phrases
_META, _MANAGED, _WRITER_LOCK = "meta.json", ".managed.json", ".tantivy-writer.lock"
_KINDS = ("term", "idx", "fieldnorm", "fast", "pos", "store")
_TEXTS = ".store"
# Texts of more bytes are not compared with their checksum: that would take longer than all else.
_LARGE_TEXTS = 16 * 2**20
_FOOTER = struct.Struct("<II")
_NUMBER = struct.Struct("<Q")
_MAGIC = 1337
_CHUNK = 1 << 20
_BLOCK_BYTES = 4096
# What is gathered in memory before it is written; tantivy asks for 15 MB at least.
_HEAP = 64 * 2**20
_LONGEST_TERM = 65_000
# Passages of a term that are looked through to see which were deleted: a tenth of a millisecond.
_MOST_COUNTED = 20_000
_MOST_KNOWN = 10_000
_NO_ROOM = re.compile(rf"No space left|File too large|quota|{UNWRITABLE}", re.I)

# What comes of damaged files besides a panic of tantivy's.
_FOREIGN = (
    ValueError, OSError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
    MemoryError, struct.error,
)  # fmt: skip


class Terms:
    """The inverted index of a saved index.

    Args:
        data: the folder of the index's data.
        create: whether to make a new one.
    """

    def __init__(self, data: Path, *, create: bool = False) -> None:
        import tantivy

        self._folder = data / TERMS
        self._checked: set[str] = set()
        self._mirror: Mirror | None = None
        with self._translated():
            if create:
                tantivy.Index(_schema(), str(self._folder))
                _store_in_small_blocks(self._folder / _META)
            self._index = self._opened()
            blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
            self._index.register_tokenizer(_BLANKS, blanks)
            # No thread that watches the folder: it is looked up when it matters.
            self._index.config_reader("manual", 0)

    def _opened(self) -> Index:
        import tantivy

        try:
            return tantivy.Index.open(str(self._folder))
        except ValueError as error:
            if not re.search(UNWRITABLE, str(error)):
                raise
        self._mirror = Mirror(self._folder)
        return tantivy.Index.open(str(self._mirror.path))

    @property
    def index(self) -> Index:
        return self._index

    @property
    def folder(self) -> Path:
        """Where it stands."""
        return self._folder

    def share(self) -> None:
        """Give tantivy's own lists, which nobody else may read, the rights of its other files."""
        with self._translated():
            rights = (self._folder / _WRITER_LOCK).stat().st_mode & 0o777
            for name in (_META, _MANAGED):
                (self._folder / name).chmod(rights)

    def checksum(self) -> int:
        """The checksum of the list of files, which is what tantivy replaces to commit."""
        with self._translated():
            return zlib.crc32((self._folder / _META).read_bytes())

    def check(self, checksum: int | None = None) -> None:
        """Compare every file that was not compared yet with the checksum that it ends with.

        Args:
            checksum: what `checksum` gave, None where a writer may have changed it since.

        Raises:
            IndexDamaged: one is missing, cut short or changed.
        """
        with self._translated():
            meta = (self._folder / _META).read_bytes()
            if checksum is not None and zlib.crc32(meta) != checksum:
                raise damaged(self._folder, "the list of its files was changed")
            for name in _files(meta):
                if name in self._checked:
                    continue
                file = self._folder / name
                if file.suffix != _TEXTS or file.stat().st_size <= _LARGE_TEXTS:
                    _check_file(file)
                self._checked.add(name)

    def snapshot(self) -> Snapshot:
        """What is committed now, to be searched."""
        with self._translated():
            while True:
                before = (self._folder / _META).read_bytes()
                if self._mirror is not None:
                    self._mirror.follow()
                self._index.reload()
                # A writer may have replaced the list in between.
                if (self._folder / _META).read_bytes() == before:
                    held = sum(one["max_doc"] for one in json.loads(before)["segments"])
                    return Snapshot(self, self._index.searcher(), held)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """tantivy's errors in the user's words; on damaged files it may panic as well."""
        try:
            yield
        except _FOREIGN as error:
            if _NO_ROOM.search(str(error)):
                raise unwritable(error, self._folder) from None
            raise damaged(self._folder, _first_line(error)) from None
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            raise damaged(self._folder, _first_line(error)) from None


class Found(NamedTuple):
    """A passage that was found: its score, its number, and where tantivy has it."""

    score: float
    number: int
    address: DocAddress

    @property
    def source(self) -> int:
        """The number of its source."""
        return source_of(self.number)


class Snapshot:
    """One committed state of the inverted index.

    Args:
        terms: what it is a state of.
        searcher: tantivy's view of it.
        held: how many passages its files hold, those that were deleted included.
    """

    def __init__(self, terms: Terms, searcher: Searcher, held: int) -> None:
        self._terms = terms
        self._held = held
        self._counted: dict[str, int] = {}
        self._searcher = searcher
        self._schema = terms.index.schema
        self._passages = searcher.num_docs

    def query(self, weights: Mapping[str, float]) -> Query | None:
        """What looks for some terms, each worth so much; None where no passage has any."""
        import tantivy

        parts: list[tuple[tantivy.Occur, Query]] = []
        with self._terms._translated():
            for term, weight in weights.items():
                if weight <= 0.0 or not term or len(term) > _LONGEST_TERM:
                    continue
                rarity = self._rarity(term)
                if rarity:
                    one = tantivy.Query.term_query(self._schema, _TERMS, term, _FREQUENCIES)
                    boosted = tantivy.Query.boost_query(one, weight * rarity)
                    parts.append((tantivy.Occur.Should, boosted))
            return tantivy.Query.boolean_query(parts) if parts else None

    def best(self, query: Query, limit: int) -> list[Found]:
        """Passages with scores above 0, best first, at most `limit`."""
        with self._terms._translated():
            # tantivy sets room aside for as many as are asked for.
            most = max(1, min(limit, self._passages))
            found = self._searcher.search(query, most, count=False).hits
            numbers = self._searcher.fast_field_values(_PASSAGE, [at for _, at in found])
            return [
                Found(score, int(number or 0), address)
                for (score, address), number in zip(found, numbers, strict=True)
            ]

    def rows(self, found: Iterable[Found]) -> list[Row]:
        """The passages themselves."""
        doc = self._searcher.doc
        with self._terms._translated():
            return [_row(one.number, doc(one.address)[_ROW][0]) for one in found]

    def of_source(self, source: int) -> list[tuple[int, Row]]:
        """All passages of a source, with their numbers, in order."""
        import tantivy

        with self._terms._translated():
            query = tantivy.Query.term_query(self._schema, _SOURCE, source)
            passages = sorted(self.best(query, MOST_PASSAGES), key=lambda found: found.number)
            numbers = [found.number for found in passages]
            return list(zip(numbers, self.rows(passages), strict=True))

    def _rarity(self, term: str) -> float:
        """rank-bm25's inverse document frequency (BM25Plus) over tantivy's (Lucene's).

        tantivy multiplies with its own, ln(1 + (N - n + 0.5) / (n + 0.5)). Passages that were
        deleted count in both N and n until their files are merged. 0 where no passage has the term.
        """
        holding = self._searcher.doc_freq(_TERMS, term)
        living = self._living(term, holding)
        if not living:
            return 0.0
        own = math.log(1.0 + (self._held - holding + 0.5) / (holding + 0.5))
        return math.log((max(self._passages, living) + 1) / living) / own

    def _living(self, term: str, holding: int) -> int:
        """In how many passages a term stands, of `holding` that the files tell.

        A page that is edited every day leaves its rare words behind as if they were common ones.
        """
        import tantivy

        if self._passages == self._held or not holding:
            return holding
        if holding > _MOST_COUNTED:
            return max(1, holding * self._passages // self._held)
        if term not in self._counted:
            if len(self._counted) >= _MOST_KNOWN:
                self._counted.clear()
            one = tantivy.Query.term_query(self._schema, _TERMS, term, _FREQUENCIES)
            found = self._searcher.search(one, 1, count=True)
            self._counted[term] = int(found.count)  # type: ignore[attr-defined]
        return self._counted[term]


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
                document.add_text(_TERMS, words)
                document.add_bytes(_ROW, _NUMBER.pack(number) + row)
                document.add_unsigned(_PASSAGE, number)
                document.add_unsigned(_SOURCE, source)
                add(document)

    def remove(self, sources: Iterable[int]) -> None:
        """Remove the passages of these sources."""
        import tantivy

        schema = self._terms.index.schema
        with self._translated():
            for source in sources:
                # Not by term: that one takes a number to be signed, and then finds none.
                one = tantivy.Query.term_query(schema, _SOURCE, source)
                self._writer.delete_documents_by_query(one)

    def remove_from(self, source: int) -> None:
        """Remove the passages of this source and of all with a higher number."""
        import tantivy

        with self._translated():
            above = tantivy.Query.range_query(
                self._terms.index.schema,
                _SOURCE,
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
            with self._terms._translated():
                yield
        except IndexDamaged as error:
            self._terms.check()
            raise unwritable(error.__context__ or error, self._terms.folder) from None


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_TERMS, tokenizer_name=_BLANKS, index_option=_FREQUENCIES)
    builder.add_bytes_field(_ROW, stored=True)
    builder.add_unsigned_field(_PASSAGE, fast=True)
    builder.add_unsigned_field(_SOURCE, indexed=True)
    return builder.build()


def _store_in_small_blocks(path: Path) -> None:
    """Have few texts packed together: whoever wants one has to unpack all of a block.

    tantivy has this among its settings, but its Python package hands on no other than its own.
    """
    meta = json.loads(path.read_bytes())
    meta["index_settings"]["docstore_blocksize"] = _BLOCK_BYTES
    replace_file(path, json.dumps(meta).encode("ascii"))


def _row(number: int, stored: bytes) -> Row:
    """A passage, if it is the one of this number: a damaged file may give out another one's."""
    if stored[: _NUMBER.size] != _NUMBER.pack(number):
        raise ValueError(f"passage {number} is missing")
    return Row.unpack(stored[_NUMBER.size :])


def _files(meta: bytes) -> list[str]:
    """The files that tantivy's own list names."""
    names = []
    for segment in json.loads(meta)["segments"]:
        stem = segment["segment_id"].replace("-", "")
        names += [f"{stem}.{kind}" for kind in _KINDS]
        if segment["deletes"]:
            names.append(f"{stem}.{segment['deletes']['opstamp']}.del")
    return names


def _check_file(path: Path) -> None:
    """A file of tantivy's is its content, a footer in JSON, the footer's length, a magic number."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _FOOTER.size))
        length, magic = _FOOTER.unpack(file.read())
        body = size - _FOOTER.size - length
        if magic != _MAGIC or body < 0:
            raise ValueError(f"{path.name} is cut short")
        file.seek(body)
        expected = json.loads(file.read(length))["crc"]
        file.seek(0)
        found, left = 0, body
        while left:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                raise ValueError(f"{path.name} is cut short")
            found = zlib.crc32(chunk, found)
            left -= len(chunk)
        if found != expected:
            raise ValueError(f"{path.name} was changed")


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
