"""More sources than OpenSearch takes values in a clause, and questions of very many words."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from askdoc import Assistant
from askdoc.cluster import visible
from askdoc.cluster.address import Address
from askdoc.cluster.client import Client
from askdoc.cluster.committed import look, replaced
from askdoc.index import update
from askdoc.retrieve.opening import retriever
from lab.cluster import Cluster
from lab.fuzzing.cluster import many
from lab.fuzzing.cluster.equality import found

# OpenSearch takes 65,536 values in a clause.
VERY_MANY = 70_000


@pytest.fixture
def url(cluster: Cluster, index_name: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ASKDOC_CLUSTER_SHARDS", "2")
    return f"{cluster.url}/{index_name}"


def test_of_very_many_sources_that_are_asked_or_have_gone_each_question_is_answered(
    url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in ("Halcyon", "Argo"):
        (folder / f"{name}.txt").write_text(f"The ferry {name} left Kesk in 1998.")
    update(url, folder, processes=0)
    with Client(Address.parse(url)) as client:
        now = look(client)
        first = now.found.state.next_id
        end = first + VERY_MANY
        edition = now.found.state.edition
        state = now.found.state._replace(next_id=end, generation=now.found.state.generation + 1)
        dead = tuple((number, edition) for number in range(first, end))
        replaced(client, now, now.found._replace(dead=dead, reserved=end, state=state))
    assert len(Assistant.open(url, reader="lexical").search("ferry")) == 2
    opened = retriever(url)
    assert len(opened.within(range(1, VERY_MANY), {"ferri": 1.0}, 10)) == 2
    assert len(opened.within(range(2, VERY_MANY), {"ferri": 1.0}, 10)) == 1
    # The next commit but one has them deleted.
    for year in (1999, 2000):
        (folder / "Argo.txt").write_text(f"The ferry Argo left Kesk in {year}.")
        update(url, folder, processes=0)
    (hit, _) = Assistant.open(url, reader="lexical").search("ferry 2000")
    assert hit.passage.text == "The ferry Argo left Kesk in 2000."
    with Client(Address.parse(url)) as client:
        assert len(look(client).found.dead) < 5


def test_some_of_many_sources_are_asked_with_the_same_scores_as_in_memory(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that a clause of so many takes several.
    monkeypatch.setattr(visible, "_AT_ONCE", 13)
    random = Random(6)
    contents = many.texts(random, 60)
    many.index(url, contents)
    compared = list(many.compare(url, contents, random, (0.1, 0.5, 0.9), 3))
    assert [asked for asked, _ in compared] == [6, 30, 54]
    assert sum(hits for _, hits in compared) > 40


def test_a_question_of_five_thousand_words_is_answered_as_from_memory(url: str) -> None:
    random = Random(7)
    contents = many.texts(random, 40)
    many.index(url, contents)
    words = [f"word{number}" for number in range(4_900)]
    words += random.sample(" ".join(contents.values()).split(), 100)
    random.shuffle(words)
    held = Assistant.from_texts(contents, reader="lexical")
    expected = found(held, " ".join(words))
    assert len(expected) == 20
    assert found(Assistant.open(url, reader="lexical"), " ".join(words)) == expected
