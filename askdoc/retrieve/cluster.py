"""The retriever over an index in a cluster: OpenSearch proposes passages, `bm25` scores them."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from askdoc.cluster.address import Address
from askdoc.cluster.catalog import ClusterCatalog
from askdoc.cluster.client import Client
from askdoc.cluster.credentials import Credentials
from askdoc.cluster.layout import COUNTS, NAMED, NUMBER, ROW, SOURCE, TERMS, WORDS, key
from askdoc.cluster.records import number_in
from askdoc.cluster.searching import Found, answer, failed, search
from askdoc.cluster.state import ClusterState
from askdoc.cluster.visible import Clause, hidden, one_of, passages, sources
from askdoc.errors import IndexChanged
from askdoc.model import Hit
from askdoc.retrieve.bm25 import K1
from askdoc.retrieve.names import MOST, MOST_LIKE_IT, beginning
from askdoc.retrieve.saved import SavedRetriever
from askdoc.store.files import GONE
from askdoc.store.sources import Source
from askdoc.store.statistics import Statistics
from askdoc.store.stored import StoredDocument
from askdoc.store.telling import changed, damaged

Read = TypeVar("Read")
_TRIES = 20
# OpenSearch takes 1,024 clauses in a query, of which some narrow it.
_MOST_CLAUSES, _MOST_TERMS = 960, 512
# It gives so many at a time.
_MOST_FOUND = 1_000
# It counts in single precision, so that each step may be off by half of this.
_STEP = 2.0**-23
_STEPS = 16
_MOST_KNOWN = 100_000
_MOST_COUNTED = 2**62
_ALL = "all"


class ClusterSnapshot:
    """One state of an index in a cluster, to be searched.

    Args:
        catalog: keeps what is found.
        found: the state.
        known: in how many passages terms stand, as far as that was asked for this edition.
    """

    def __init__(self, catalog: ClusterCatalog, found: ClusterState, known: dict[str, int]) -> None:
        self._catalog = catalog
        self._found = found
        self._known = known

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What must be known of all passages to score some of them, for these terms."""
        wanted = list(dict.fromkeys(terms))
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        unknown = [term for term in wanted if term not in self._known]
        for at in range(0, len(unknown), _MOST_TERMS):
            self._count(unknown[at : at + _MOST_TERMS])
        holding = {term: self._known[term] for term in wanted}
        state = self._found.state
        return Statistics(
            max(state.passages, max(holding.values(), default=0)), state.terms, holding
        )

    def _count(self, terms: Sequence[str]) -> None:
        """Count the passages that hold each of these terms, without those that do not count.

        All of it in one request, since a writer may add some between two. That which is not
        committed, or not any more, is little, so that it is faster counted apart.
        """
        filters: dict[str, Clause] = {
            f"{at}": {"term": {TERMS: key(term)}} for at, term in enumerate(terms)
        }
        holding = {"holding": {"filters": {"filters": filters | {_ALL: {"match_all": {}}}}}}
        # Said once for all terms, since it may be long.
        apart = {"filter": {"bool": {"should": hidden(self._found)}}, "aggs": holding}
        body = {"size": 0, "aggs": {**holding, "apart": apart}}
        client, catalog = self._catalog.client, self._catalog
        with catalog.translated():
            told = answer(client, catalog.passages_index, body)
        try:
            counts = told["aggregations"]["holding"]["buckets"]
            hidden_counts = told["aggregations"]["apart"]["holding"]["buckets"]
            found = {
                name: _counted(counts[name]) - _counted(hidden_counts[name])
                for name in (_ALL, *filters)
            }
        except (LookupError, TypeError, ValueError):
            raise failed(client, "its answer has another form") from None
        self._check(found.pop(_ALL) == self._found.state.passages)
        self._check(max(found.values(), default=0) > 0 or self._is_searchable())
        self._known |= {term: max(found[f"{at}"], 0) for at, term in enumerate(terms)}

    def _is_searchable(self) -> bool:
        """Whether passages can be found by their terms, as far as they have any.

        OpenSearch is not told to give these back, so that what it copies to another index, or
        updates by a query, is there without them.
        """
        body = {"size": 1, "_source": [NUMBER], "query": {"exists": {"field": TERMS}}}
        return not self._found.state.terms or bool(
            search(self._catalog.client, self._catalog.passages_index, body)
        )

    def _check(self, holds: bool) -> None:
        """Raise IndexDamaged where passages are missing: what they say would be said by nobody.

        A shard may have been lost and replaced by an empty one, an index restored in part.
        """
        if not holds:
            if self._catalog.has_left(self._found.state.edition):
                raise changed(self._catalog.data)
            raise damaged(self._catalog.data, "passages or their terms are missing")

    def clause(self, kept: Collection[int], left_out: Collection[int]) -> Clause | None:
        """What narrows a query to some sources, given by number.

        Args:
            kept: those that are asked.
            left_out: all others.

        Returns:
            None where there is nothing to be left out.
        """
        if not left_out:
            return None
        if len(kept) <= len(left_out):
            return self.among(kept)
        return {"bool": {"must_not": one_of(SOURCE, left_out)}}

    def among(self, sources: Collection[int]) -> Clause:
        """What narrows a query to the sources of these numbers."""
        clauses = one_of(SOURCE, sources)
        return {"bool": {"should": clauses}} if clauses else {"match_none": {}}

    def propose(
        self, worths: Mapping[str, float], mean_length: float, most: int, clause: Clause | None
    ) -> tuple[list[int], list[float], float]:
        """See `proposing.Searched.propose`; a question of very many terms takes several searches,
        each for some of them."""
        terms = list(worths.items())
        # Each hole counts as two, for the tree of numbers and for their column.
        at_once = max(1, min(_MOST_TERMS, _MOST_CLAUSES - 2 * len(self._found.holes)))
        parts = [
            self._best(dict(terms[at : at + at_once]), most, clause)
            for at in range(0, len(terms), at_once)
        ]
        # OpenSearch takes passages to be of typical length in the mean; the longer they are, the
        # higher is what each of them scores exactly.
        given = max(1.0, mean_length / self._found.typical)
        given *= 1.0 + (len(terms) + _STEPS) * _STEP
        scores, rest = self._joined(parts) if len(parts) != 1 else (dict(parts[0][0]), parts[0][1])
        numbers = sorted(scores, key=lambda number: -scores[number])
        return numbers, [scores[number] * given for number in numbers], rest * given

    @staticmethod
    def _joined(
        parts: Sequence[tuple[Sequence[tuple[int, float]], float]],
    ) -> tuple[dict[int, float], float]:
        """What several searches found: what each passage, and any other, has at most in all."""
        total = sum(max(rest, 0.0) for _, rest in parts)
        scores: dict[int, float] = {}
        for found, rest in parts:
            for number, score in found:
                # What others have found of it, or what they may have passed over.
                scores[number] = scores.get(number, total) + score - max(rest, 0.0)
        return scores, total if any(rest >= 0.0 for _, rest in parts) else -1.0

    def _best(
        self, worths: Mapping[str, float], most: int, clause: Clause | None
    ) -> tuple[list[tuple[int, float]], float]:
        """The best passages by some terms, each with its score; and what any other scores at most,
        below 0 where there is none."""
        should = [
            {"term": {TERMS: {"value": key(term), "boost": worth * (K1 + 1.0)}}}
            for term, worth in worths.items()
        ]
        narrowing = [passages(self._found)] + ([] if clause is None else [clause])
        query = {"bool": {"must": [{"bool": {"should": should}}], "filter": narrowing}}
        found: list[tuple[int, float]] = []
        after: dict[str, Any] = {}
        last: Found | None = None
        while len(found) < most:
            size = min(_MOST_FOUND, most - len(found))
            body = {"size": size, "_source": [ROW, COUNTS], "query": query, **after}
            if most > _MOST_FOUND:
                # Its scores hang on nothing that may change between two pages.
                body["sort"] = [{"_score": "desc"}, {NUMBER: "asc"}]
                body["track_scores"] = True
            with self._catalog.translated():
                some = search(self._catalog.client, self._catalog.passages_index, body)
            if last is not None and some and not _follows(some, last):
                raise failed(self._catalog.client, "its answer is in no order")
            numbers = self._catalog.keep(some)
            found += [(number, one.score) for number, one in zip(numbers, some, strict=True)]
            if len(found) > self._found.state.passages:
                raise failed(self._catalog.client, "it has more passages than were written")
            if len(some) < size:
                if clause is None:
                    self._check(len(found) >= max(self._known.get(term, 0) for term in worths))
                return found, -1.0
            last = some[-1]
            after = {"search_after": list(last.sort)}
        return found, found[-1][1]


class ClusterRetriever(SavedRetriever):
    """A saved index in a cluster.

    Args:
        address: where it is.
        client: speaks to the cluster; None: one that is made for the address.

    Raises:
        IndexNotFound, IndexOutdated, IndexDamaged: it cannot be used.
        ClusterError: the cluster does not answer, or not in full; all methods raise it.
    """

    catalog: ClusterCatalog

    def __init__(self, address: Address, client: Client | None = None) -> None:
        self._client = client or Client(address, Credentials.find(address))
        super().__init__(address)

    def _open(self) -> None:
        self.catalog = ClusterCatalog(self._client)
        self._known: dict[str, int] = {}
        self._look()

    def _refresh(self) -> None:
        try:
            version = self.catalog.version()
        except IndexChanged:
            self._open()  # It was made anew.
            return
        if version != self._version:
            if self.catalog.state().edition != self._state.edition:
                self._known = {}
            self._look()

    def _look(self) -> None:
        state = self.catalog.state()
        snapshot = ClusterSnapshot(self.catalog, self.catalog.found, self._known)
        self._seen(state.generation, state, snapshot)

    @contextmanager
    def reading(self) -> Iterator[tuple[ClusterCatalog, int]]:
        """See `SavedRetriever.reading`."""
        with self._one_asks:
            self._refresh()
            with self.catalog.reading():
                yield self.catalog, self._state.edition

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """See `SavedRetriever.statistics`."""
        wanted = list(terms)
        return self._of_one_state(lambda: SavedRetriever.statistics(self, wanted))

    def within(
        self,
        sources: Collection[int],
        weights: Mapping[str, float],
        limit: int,
        beside: Statistics | None = None,
    ) -> list[Hit]:
        """See `SavedRetriever.within`."""
        with self.snapshot():
            return super().within(sources, weights, limit, beside)

    def named(self, terms: Collection[str]) -> list[StoredDocument]:
        """See `SavedRetriever.named`."""
        return self._of_one_state(lambda: self._named(terms))

    def _of_one_state(self, ask: Callable[[], Read]) -> Read:
        for _ in range(_TRIES):
            with suppress(IndexChanged), self.snapshot():
                return ask()
        raise changed(self.catalog.data)

    def _named(self, terms: Collection[str]) -> list[StoredDocument]:
        with self._one_asks:
            found = set[int]()
            visible = sources(self.catalog.found)
            for term in dict.fromkeys(terms):
                query = {"bool": {"filter": [visible, {"term": {NAMED: key(term)}}]}}
                body = {"size": MOST + 1, "_source": [SOURCE], "query": query}
                with self.catalog.translated():
                    some = search(self._client, self.catalog.sources_index, body)
                    if 0 < len(some) <= MOST and not self._has_many_like(term, visible):
                        found.update(map(_source_in, some))
            self._records.want(found)
            documents = [self._document(number) for number in sorted(found)]
            return [document for document in documents if not document.stored.problem]

    def _has_many_like(self, term: str, visible: Clause) -> bool:
        like = {"bool": {"filter": [visible, {"prefix": {WORDS: beginning(term)}}]}}
        return self._client.count(self.catalog.sources_index, {"query": like}) > MOST_LIKE_IT

    def change_of(self, source: Source) -> str:
        """See `SavedRetriever.change_of`; a file whose folder is not there is on another
        machine."""
        change = super().change_of(source)
        is_here = change != GONE or Path(os.fsdecode(source.path)).parent.is_dir()
        return change if is_here else ""

    def size(self) -> int:
        """See `SavedRetriever.size`: of one copy of all."""
        catalog = self.catalog
        path = f"/{catalog.passages_index},{catalog.sources_index}/_stats/store"
        told = self._client.request("GET", path).body
        try:
            return int(told["_all"]["primaries"]["store"]["size_in_bytes"])
        except (LookupError, TypeError, ValueError, ArithmeticError):
            raise failed(self._client, "its answer has another form") from None


def _source_in(found: Found) -> int:
    number = found.source[SOURCE]
    if type(number) is not int or number < 0:
        raise ValueError("what was found is of no source")
    return number


def _counted(bucket: Any) -> int:
    """How many passages a part of an aggregation counted.

    Raises:
        LookupError, TypeError, ValueError: it is no such part.
    """
    count = bucket["doc_count"]
    if type(count) is not int or not 0 <= count < _MOST_COUNTED:
        raise ValueError("no count")
    return count


def _follows(some: Sequence[Found], last: Found) -> bool:
    """Whether a page goes on where the one before has ended, so that there is an end to them."""
    return some[0].score < last.score or (
        some[0].score == last.score and number_in(some[0]) > number_in(last)
    )
