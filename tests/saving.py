"""A saved index of passages that are at hand, for tests that need no files."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from itertools import groupby, pairwise
from pathlib import Path

from askdoc.english.analyzer import terms
from askdoc.index.cluster_place import ClusterPlace
from askdoc.index.committing import Batch, Committing
from askdoc.index.named import remember
from askdoc.model import Document, Passage, Sentence
from askdoc.store.annotations import write_marks
from askdoc.store.catalog import Catalog, Source, State
from askdoc.store.folder import locked, new_data_folder, publish
from askdoc.store.listing import EMPTY
from askdoc.store.prepared import PassageRecord, PreparedDocument
from askdoc.store.state import digest_of_state
from askdoc.store.writing import TermsWriter


def save(passages: Sequence[Passage], folder: Path) -> None:
    """Save passages, those of one document after the other, in this order."""
    with locked(folder):
        data = new_data_folder(folder)
        with closing(Catalog(data, create=State(listing=EMPTY))) as catalog:
            state = catalog.state()
            writer = TermsWriter(data)
            writer.begin(state)
            total = number = terms_count = 0
            with catalog.transaction():
                for number, parcel in enumerate(_parcels(passages), start=1):
                    parcel = PreparedDocument.from_bytes(parcel.to_bytes())
                    writer.add(number, parcel.terms)
                    total += catalog.add(_source(number, parcel), parcel)
                    terms_count += parcel.term_count
                state = writer.commit(state._replace(next_id=number + 1))
                catalog.write_state(
                    state._replace(
                        sources=number,
                        sources_sum=total,
                        documents=number,
                        passages=len(passages),
                        terms=terms_count,
                    )
                )
        publish(folder, data)


def save_in_cluster(passages: Sequence[Passage], place: ClusterPlace) -> None:
    """Save passages as `save` does, in a cluster, in the place of all that is there."""
    with place.writing():
        made = place.opened() if place.is_index() else place.begun(State(), seen=True)
        with made as (catalog, commits):
            batch = Batch(gone=[source.id for source in catalog.sources()])
            for at, parcel in enumerate(_parcels(passages)):
                source = _source(at, parcel)._replace(id=commits.state.next_id + at)
                parcel = PreparedDocument.from_bytes(parcel.to_bytes())
                batch.read.append((source, parcel, None))
            commits.commit(batch, commits.state)


class Changing:
    """A saved index of files of one passage each, which is updated as `askdoc index` does it.

    Args:
        folder: where it is made.
    """

    def __init__(self, folder: Path) -> None:
        state = State(listing=EMPTY)
        data = new_data_folder(folder)
        remember(folder, committed=[digest_of_state(state)])
        self._catalog = Catalog(data, create=state)
        publish(folder, data)
        self._commits = Committing(folder, self._catalog)
        self._there: dict[str, Source] = {}

    def __enter__(self) -> Changing:
        return self

    def __exit__(self, *error: object) -> None:
        self._commits.abandon()
        self._catalog.close()

    def change(self, texts: Mapping[str, str], gone: Collection[str] = ()) -> None:
        """Add files by name, or put others in their place, and take some out, all at once."""
        batch = Batch(gone=[self._there.pop(name).id for name in self._there.keys() & set(gone)])
        for name, text in texts.items():
            parcel = parcel_of([one_passage(text, name)])
            number = self._commits.state.next_id + len(batch.read)
            source = _source(number, parcel)._replace(path=name.encode(), name=name)
            batch.read.append((source, parcel, self._there.get(name)))
            self._there[name] = source
        if batch:
            self._commits.commit(batch, self._commits.state)


def one_passage(text: str, name: str) -> Passage:
    """A document that is one passage of one sentence."""
    document = Document(text, name)
    return Passage(document, (Sentence(document, 0, len(text)),))


def _parcels(passages: Sequence[Passage]) -> list[PreparedDocument]:
    """A parcel a document, with these passages rather than those that it would be cut into."""
    return [
        parcel_of(list(group)) for _, group in groupby(passages, lambda passage: passage.document)
    ]


def parcel_of(passages: list[Passage]) -> PreparedDocument:
    """A document as these passages, which are all of it."""
    document = passages[0].document
    starts = [0, *(passage.start for passage in passages[1:]), len(document.text)]
    rows = []
    for passage, (start, end) in zip(passages, pairwise(starts), strict=True):
        starts_and_ends = [
            *(s.start for s in passage.sentences),
            *(s.end for s in passage.sentences),
        ]
        spans = array("I", starts_and_ends)
        text = document.text[start:end].encode()
        rows.append(PassageRecord(start, document.line_at(start), spans.tobytes(), text).pack())
    joined = [" ".join(terms(passage.text)) for passage in passages]
    count = sum(len(passage.sentences) for passage in passages)
    marks = write_marks(document)
    return PreparedDocument(rows, joined, marks, len(document.text), document.lines, count)


def _source(number: int, parcel: PreparedDocument) -> Source:
    # The order of their paths is the order of the passages.
    path = b"/%09d.txt" % number
    source = Source(number, path, path.decode(), 0, 0, 0, b"")
    return source._replace(passages=len(parcel.rows), length=parcel.length, terms=parcel.term_count)
