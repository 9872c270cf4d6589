"""Very many sources, of which some are asked, and questions of very many words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from askdoc import Assistant
from askdoc.cluster.address import Address
from askdoc.index.cluster_place import ClusterPlace
from askdoc.index.committing import Batch
from askdoc.load import load_text
from askdoc.store.prepared import prepare
from askdoc.store.sources import Source
from askdoc.store.state import State
from lab.fuzzing.cluster.equality import found
from lab.fuzzing.fleet import Lost

_AT_ONCE = 10_000
_SHIPS = "ferry barge tug yacht schooner trawler dinghy steamer".split()
_TOWNS = "Kesk Vell Ostrava Calder Ellery Mirrin Halden Tarn".split()


def texts(random: Random, count: int) -> dict[str, str]:
    """Texts of a sentence each by name, of which many have most words in common."""
    return {
        f"/{number:06}.txt": f"The {random.choice(_SHIPS)} number{number % 997} left "
        f"{random.choice(_TOWNS)} on day {random.randrange(365)}."
        for number in range(count)
    }


def index(url: str, contents: dict[str, str]) -> None:
    """Index texts as `askdoc index` does files, without any files."""
    place = ClusterPlace(Address.parse(url))
    names = list(contents)
    with place.writing(), place.begun(State(), seen=True) as (_, commits):
        for at in range(0, len(names), _AT_ONCE):
            batch = Batch()
            for name in names[at : at + _AT_ONCE]:
                parcel = prepare(load_text(contents[name], name))
                number = commits.state.next_id + len(batch.read)
                source = Source(number, name.encode(), name, 0, 0, 0, b"")._replace(
                    passages=len(parcel.rows), sentences=parcel.sentences, lines=parcel.lines,
                    length=parcel.length, terms=parcel.term_count,
                )  # fmt: skip
                batch.read.append((source, parcel, None))
            commits.commit(batch, commits.state)


def compare(
    url: str, contents: dict[str, str], random: Random, shares: Sequence[float], questions: int
) -> Iterator[tuple[int, int]]:
    """Ask some of the sources of an index, and the same in memory.

    Args:
        url: of an index of these texts.
        contents: the texts.
        random: what decides.
        shares: how large a part of the sources is asked, one after the other.
        questions: how many each of them.

    Yields:
        How many sources were asked, and how many hits were compared.

    Raises:
        Lost: they say different things.
    """
    held = Assistant.from_texts(contents, reader="lexical")
    kept = Assistant.open(url, reader="lexical")
    for share in shares:
        names = random.sample(sorted(contents), round(share * len(contents)))
        both = held.only(names), kept.only(names)
        compared = 0
        for _ in range(questions):
            words = " ".join(random.choice(random.choice((_SHIPS, _TOWNS))) for _ in range(3))
            question = f"{words} number{random.randrange(997)}"
            expected = found(both[0], question)
            if found(both[1], question) != expected:
                raise Lost(f"of {len(names):,} sources {question!r} finds something else")
            compared += len(expected)
        yield len(names), compared
