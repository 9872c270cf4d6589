"""tantivy by itself: at its best with its own stemmer, and on the terms that askdoc makes.

Positions are left out, which only phrases need, and hits are not counted, so that it can pass over
passages that cannot be among the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from lab.benchmarks.corpus import Asked, Corpus
from lab.benchmarks.systems import System

_TEXT, _TERMS = "text", "terms"
_HEAP = 128_000_000  # bytes, as it does by default


class Tantivy(System):
    """English stems made by tantivy, the question's content words, the stored passages fetched."""

    imports: ClassVar[tuple[str, ...]] = ("tantivy",)
    analysis: ClassVar[str] = "its English stemmer"

    _index: Any
    _searcher: Any

    def build(self, corpus: Corpus, folder: Path) -> None:
        """See `System.build`."""
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field(_TEXT, stored=True, tokenizer_name="en_stem", index_option="freq")
        writer = tantivy.Index(schema.build(), str(folder)).writer(_HEAP)
        for text in corpus.passages():
            writer.add_document(tantivy.Document(**{_TEXT: text}))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """See `System.open`."""
        import tantivy

        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()

    def search(self, asked: Asked, limit: int) -> list[str]:
        """See `System.search`."""
        return self._best(self._index.parse_query(" ".join(asked.words), [_TEXT]), limit)

    def _best(self, query: object, limit: int) -> list[Any]:
        hits: Sequence[tuple[float, object]] = self._searcher.search(query, limit, count=False).hits
        return [self._searcher.doc(address)[_TEXT][0] for _, address in hits]


class TantivyOnTerms(Tantivy):
    """The terms that askdoc makes, parted by blanks, each looked up as it is."""

    analysis: ClassVar[str] = "askdoc's terms"

    def build(self, corpus: Corpus, folder: Path) -> None:
        """See `System.build`."""
        import tantivy

        from askdoc.english.analyzer import terms

        schema = tantivy.SchemaBuilder()
        schema.add_text_field(_TERMS, tokenizer_name="whitespace", index_option="freq")
        # What is stored and not searched can only be bytes.
        schema.add_bytes_field(_TEXT, stored=True)
        writer = _registered(tantivy.Index(schema.build(), str(folder))).writer(_HEAP)
        for text in corpus.passages():
            document = tantivy.Document()
            document.add_text(_TERMS, " ".join(terms(text)))
            document.add_bytes(_TEXT, text.encode("utf-8", "surrogatepass"))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """See `System.open`."""
        super().open(folder)
        _registered(self._index)

    def search(self, asked: Asked, limit: int) -> list[str]:
        """See `System.search`."""
        from tantivy import Occur, Query

        schema = self._index.schema
        parts = [
            (Occur.Should, Query.term_query(schema, _TERMS, term, "freq")) for term in asked.terms
        ]
        found = self._best(Query.boolean_query(parts), limit)
        return [bytes(text).decode("utf-8", "surrogatepass") for text in found]


def _registered(index: Any) -> Any:
    """The index, knowing what "whitespace" is."""
    import tantivy

    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace", blanks)
    return index
