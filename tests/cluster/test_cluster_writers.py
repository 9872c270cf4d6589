"""Several who write an index in a cluster, at once and one after the other, and those who ask."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from threading import Event

import pytest

from askdoc import Assistant
from askdoc.cluster import writing
from askdoc.cluster.address import Address
from askdoc.cluster.client import Client
from askdoc.cluster.committed import look, replaced
from askdoc.errors import IndexBusy, IndexUnwritable
from askdoc.index import update
from lab.cluster import Cluster
from lab.fuzzing.cluster.life import Clock, Life, before, living
from lab.fuzzing.cluster.whole import check_whole
from lab.fuzzing.fleet import Fleet
from lab.fuzzing.together import Convoy


@pytest.fixture
def url(cluster: Cluster, index_name: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ASKDOC_CLUSTER_SHARDS", "2")
    return f"{cluster.url}/{index_name}"


def test_a_second_writer_is_told_that_there_is_one_and_the_first_goes_on(
    url: str, tmp_path: Path
) -> None:
    fleet = Fleet(tmp_path / "docs", Random(2), 4)
    told: list[str] = []

    def write_beside(step: str) -> None:
        for rebuild in (False, True):
            with pytest.raises(IndexBusy) as caught:
                update(url, fleet.folder, rebuild=rebuild, processes=0)
            told.append(str(caught.value))

    with living(Life(before(2, "_bulk", write_beside)), Clock()):
        update(url, fleet.folder, processes=0)
    assert len(told) == 2 and all("somebody else is writing" in one for one in told)
    check_whole(fleet, url)


def test_two_who_write_at_once_and_try_again_lose_nothing_of_each_other(
    url: str, tmp_path: Path
) -> None:
    words = {"left": "harbour", "right": "lantern"}

    def write(side: str) -> int:
        busy = 0
        for number in range(3):
            folder = tmp_path / side
            folder.mkdir(exist_ok=True)
            (folder / f"{number}.txt").write_text(f"The {words[side]} has the number {number}.")
            while True:
                try:
                    update(url, folder, processes=0)
                    break
                except IndexBusy:
                    busy += 1
        return busy

    with ThreadPoolExecutor() as pool:
        list(pool.map(write, words))
    saved = Assistant.open(url, reader="lexical")
    assert len(saved.documents) == 6
    for word in words.values():
        found = [hit.passage.text for hit in saved.search(word)]
        assert sorted(found) == [f"The {word} has the number {n}." for n in range(3)]


def test_every_answer_of_those_who_ask_while_others_write_is_of_one_state(
    url: str, tmp_path: Path
) -> None:
    convoy = Convoy(tmp_path / "docs", 6)
    convoy.update(url)
    done = Event()

    def ask(number: int) -> list[set[str]]:
        opened, seen = Assistant.open(url, reader="lexical"), []
        while not done.is_set():
            answer = opened.ask("When did the ship leave the port?", limit=200, threshold=0.0)
            left = [one for one in answer.citations if "left" in one.quote]
            assert {one.heading for one in answer.citations} == {"Log"}
            assert len({one.source for one in left}) == 6
            seen.append({one.quote.split()[-1] for one in left})
        return seen

    with ThreadPoolExecutor() as pool:
        readers = [pool.submit(ask, number) for number in range(3)]
        try:
            for rebuild in (False, False, False, True, False):
                convoy.go_on()
                update(url, convoy.folder, rebuild=rebuild, processes=0)
        finally:
            done.set()
        seen = [one for reader in readers for one in reader.result()]
    assert all(len(one) == 1 for one in seen)
    assert len(set().union(*seen)) > 1


def test_of_very_many_writers_that_were_killed_each_question_is_answered_until_all_is_made_anew(
    url: str, tmp_path: Path
) -> None:
    """Each left numbers that questions pass over: after a thousand none was answered any more."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text("The ferry Halcyon left Kesk in 1998.")
    update(url, folder, processes=0)
    (folder / "a.txt").write_text("The ferry Halcyon left Kesk in 1999.")
    question = " ".join(["ferry", "Halcyon", *(f"word{n}" for n in range(600))])

    def leave(holes: int) -> None:
        with Client(Address.parse(url)) as client:
            now = look(client)
            first = now.found.state.next_id
            end = first + 2 * holes
            state = now.found.state._replace(next_id=end, generation=now.found.state.generation + 1)
            gaps = tuple((at, at + 1) for at in range(first, end, 2))
            replaced(client, now, now.found._replace(holes=gaps, reserved=end, state=state))

    leave(writing._MOST_HOLES)
    update(url, folder, processes=0)
    (hit,) = Assistant.open(url, reader="lexical").search(question)
    assert hit.passage.text.endswith("1999.")
    leave(writing._MOST_HOLES + 1)
    with pytest.raises(IndexUnwritable) as caught:
        update(url, folder, processes=0)
    assert "--rebuild" in caught.value.remedy
    update(url, folder, rebuild=True, processes=0)
    assert len(Assistant.open(url, reader="lexical").search(question)) == 1
