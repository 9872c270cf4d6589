"""What the third tier counts on, asked of the engine itself."""

from __future__ import annotations

import base64
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from passages import bulk, create, passage, search

from lab.cluster import Cluster

_WORDS = [f"w{number}" for number in range(40)]
# One index serves all the examples of a property.
_SHARED = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _texts(count: int) -> list[list[str]]:
    """Passages of 1 to 60 words, rare ones and common ones."""
    draw = random.Random(7)
    weights = [1 / (rank + 1) for rank in range(len(_WORDS))]
    return [draw.choices(_WORDS, weights, k=draw.randint(1, 60)) for _ in range(count)]


def test_rows_come_back_byte_for_byte_and_terms_do_not_come_back(
    cluster: Cluster, index_name: str
) -> None:
    create(cluster, index_name)
    row = bytes(range(256)) * 5
    bulk(cluster, index_name, [passage(1, ["miller", "wheel"], row)])
    (hit,) = search(cluster, index_name, ["wheel"])["hits"]["hits"]
    assert base64.b64decode(hit["_source"].pop("row")) == row
    assert hit["_source"] == {"number": 1, "source": 0, "length": 2}


def test_a_field_that_nobody_named_is_refused_and_the_rest_of_the_bulk_is_written(
    cluster: Cluster, index_name: str
) -> None:
    create(cluster, index_name)
    wrong = {**passage(2, ["b"]), "other": 1}
    found = bulk(cluster, index_name, [passage(1, ["a"]), wrong, passage(3, ["c"])])
    assert [item["status"] for item in found] == [201, 400, 201]
    assert found[1]["error"]["type"] == "strict_dynamic_mapping_exception"
    assert cluster.ask("GET", f"/{index_name}/_count").body["count"] == 2


@pytest.fixture
def analysed(cluster: Cluster, index_name: str) -> tuple[Cluster, str]:
    create(cluster, index_name)
    return cluster, index_name


_SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters=" ")
_TERM = st.text(_SIGNS, min_size=1, max_size=200)


@_SHARED
@given(terms=st.lists(_TERM, min_size=1, max_size=20))
def test_terms_of_any_signs_are_the_engines_terms_if_a_blank_stands_between(
    analysed: tuple[Cluster, str], terms: list[str]
) -> None:
    cluster, name = analysed
    asked = {"analyzer": "terms", "text": " ".join(terms)}
    tokens = cluster.ask("POST", f"/{name}/_analyze", asked).body["tokens"]
    assert [token["token"] for token in tokens] == terms


def test_the_tokenizer_cuts_long_terms_where_no_length_is_given(cluster: Cluster) -> None:
    """200 signs outside the first plane are 400 of the engine's; so a length has to be given."""
    tokenizer = {"type": "char_group", "tokenize_on_chars": [" "]}
    asked = {"tokenizer": tokenizer, "text": "\N{GRINNING FACE}" * 200}
    tokens = cluster.ask("POST", "/_analyze", asked).body["tokens"]
    assert len(tokens) == 2


def test_three_shards_score_as_one_by_statistics_of_all_and_not_by_their_own(
    cluster: Cluster, index_name: str
) -> None:
    texts = _texts(600)
    for shards in (1, 3):
        create(cluster, f"{index_name}-{shards}", shards=shards)
        documents = [passage(number, terms) for number, terms in enumerate(texts)]
        bulk(cluster, f"{index_name}-{shards}", documents)

    def scores(shards: int, terms: list[str], how: str = "") -> dict[str, float]:
        hits = search(cluster, f"{index_name}-{shards}", terms, len(texts), how)["hits"]["hits"]
        return {hit["_id"]: hit["_score"] for hit in hits}

    questions = [["w0", "w7"], ["w39"], ["w3", "w12", "w38"], ["w1", "w1", "w25"]]
    for terms in questions:
        assert scores(3, terms) == pytest.approx(scores(1, terms), rel=1e-6)
    own = [scores(3, terms, "query_then_fetch") for terms in questions]
    assert own != [pytest.approx(scores(1, terms), rel=1e-3) for terms in questions]


def test_who_writes_by_an_old_number_is_refused_and_changes_nothing(
    cluster: Cluster, index_name: str
) -> None:
    path = f"/{index_name}-state/_doc/state"
    first = cluster.ask("PUT", path, {"generation": 1}).body
    expected = f"if_seq_no={first['_seq_no']}&if_primary_term={first['_primary_term']}"
    statuses = [
        cluster.ask("PUT", f"{path}?{expected}", {"generation": generation}).status
        for generation in (2, 3)
    ]
    assert statuses == [200, 409]
    assert cluster.ask("GET", path).body["_source"] == {"generation": 2}
    again = cluster.ask("PUT", f"/{index_name}-state/_create/state", {"generation": 4})
    assert again.status == 409


def test_a_passage_stands_where_its_source_is_routed(cluster: Cluster, index_name: str) -> None:
    """Without the routing a document is neither written, nor found, nor deleted by its number."""
    create(cluster, index_name, shards=3)
    documents = [passage(number, ["a"]) for number in range(100)]
    assert {item["status"] for item in bulk(cluster, index_name, documents)} == {201}
    lost = cluster.ask("POST", f"/{index_name}/_bulk", [{"index": {"_id": "100"}}, documents[0]])
    assert lost.body["items"][0]["index"]["error"]["type"] == "routing_missing_exception"
    for source in range(10):
        path = f"/{index_name}/_search?routing={source}&size=100"
        query = {"query": {"term": {"source": source}}}
        reply = cluster.ask("POST", path, query).body
        assert reply["_shards"]["total"] == 1
        assert {hit["_source"]["number"] // 10 for hit in reply["hits"]["hits"]} == {source}
        assert reply["hits"]["total"]["value"] == 10
    gone = [{"delete": {"_id": "57", "routing": "5"}}, {"delete": {"_id": "58"}}]
    found = cluster.ask("POST", f"/{index_name}/_bulk?refresh=true", gone).body["items"]
    assert [item["delete"]["status"] for item in found] == [200, 400]
    assert cluster.ask("GET", f"/{index_name}/_count").body["count"] == 99


def test_the_same_number_with_another_routing_is_another_document(
    cluster: Cluster, index_name: str
) -> None:
    """So an identifier is unique in its shard only: the routing must follow from the number."""
    create(cluster, index_name, shards=3)
    for source in range(20):
        bulk(cluster, index_name, [{**passage(1, ["a"]), "source": source}])
    assert cluster.ask("GET", f"/{index_name}/_count").body["count"] == 3


def test_vectors_of_terms_are_not_given_for_terms_outside_the_source(
    cluster: Cluster, index_name: str
) -> None:
    """Statistics cannot come from there: the writer has to keep them."""
    create(cluster, index_name)
    bulk(cluster, index_name, [passage(1, ["a", "b"])])
    path = f"/{index_name}/_termvectors/1?routing=0&fields=terms&term_statistics=true"
    reply = cluster.ask("GET", path)
    assert reply.body["found"]
    assert reply.body["term_vectors"] == {}


def test_a_point_in_time_is_paged_through_while_the_index_changes(
    cluster: Cluster, index_name: str
) -> None:
    create(cluster, index_name, shards=3)
    bulk(cluster, index_name, [passage(number, ["a"]) for number in range(50)])
    opened = cluster.ask("POST", f"/{index_name}/_search/point_in_time?keep_alive=1m")
    numbers: list[int] = []
    page: dict[str, Any] = {
        "size": 7, "sort": [{"number": "asc"}], "query": {"match": {"terms": "a"}},
        "pit": {"id": opened.body["pit_id"], "keep_alive": "1m"},
    }  # fmt: skip
    while hits := cluster.ask("POST", "/_search", page).body["hits"]["hits"]:
        numbers += [hit["_source"]["number"] for hit in hits]
        page["search_after"] = hits[-1]["sort"]
        bulk(cluster, index_name, [passage(1000 + len(numbers), ["a"])])
        query = {"query": {"range": {"number": {"lt": 50}}}}
        gone = [{"delete": {"_id": str(numbers[-1] + 1), "routing": str((numbers[-1] + 1) // 10)}}]
        assert cluster.ask("POST", f"/{index_name}/_bulk?refresh=true", gone).status == 200
        assert cluster.ask("POST", f"/{index_name}/_count", query).body["count"] < 50
    assert numbers == list(range(50))
    closed = cluster.ask("DELETE", "/_search/point_in_time", {"pit_id": [opened.body["pit_id"]]})
    assert closed.status == 200


def test_an_alias_moves_at_once_and_a_bulk_can_insist_on_one(
    cluster: Cluster, index_name: str
) -> None:
    """A bulk to a name that is gone makes an index of that name, unless it insists on an alias."""
    alias, old, new = f"{index_name}-alias", f"{index_name}-1", f"{index_name}-2"
    create(cluster, old)
    create(cluster, new)
    first = {"add": {"index": old, "alias": alias}}
    moved = [{"remove": {"index": old, "alias": alias}}, {"add": {"index": new, "alias": alias}}]
    for actions in ([first], moved):
        assert cluster.ask("POST", "/_aliases", {"actions": actions}).status == 200
    bulk(cluster, alias, [passage(1, ["a"])])
    assert search(cluster, alias, ["a"])["hits"]["hits"][0]["_index"] == new
    lines = [{"index": {"_id": "1", "routing": "0"}}, passage(1, ["a"])]
    for name in (f"{index_name}-gone", old):
        reply = cluster.ask("POST", f"/{name}/_bulk?require_alias=true", lines)
        assert [item["index"]["status"] for item in reply.body["items"]] == [404]
    assert cluster.ask("GET", f"/{index_name}-gone").status == 404
