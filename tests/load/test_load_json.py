"""JSON and JSON lines: records as lines, sections with headings, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import outline
from packing import DATA, sample

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.text.json import load_json, load_jsonl
from askdoc.model import Document


def read(text: str) -> Document:
    return load_json(text.encode(), "a.json")


def places(document: Document) -> dict[str, str]:
    """The first line in each place, by the place's name."""
    return {place.name: document.text[place.start :].split("\n")[0] for place in document.places}


def test_a_record_is_a_line() -> None:
    document = read(
        '[{"name": "Anna", "age": 12.50, "address": {"city": "Kesk", "zip": null}, "in": false},'
        '{"name": "Mart\\tB.", "tags": ["a", "b"], "age": 100000000000000000000000000000000}]'
    )
    assert places(document) == {
        "record 1": "name: Anna | age: 12.50 | address.city: Kesk | in: false",
        "record 2": "name: Mart B. | tags: a, b | age: 100000000000000000000000000000000",
    }


def test_long_texts_and_lists_stand_below_their_record() -> None:
    long = "The lamp was lit. " * 20
    text = json.dumps([{"id": 7, "body": long, "note": "one\ntwo", "lines": [{"n": 1}, {"n": 2}]}])
    document = read(text)
    assert document.text == (
        f"id: 7\n\nbody:\n\n{long.strip()}\n\nnote:\n\none\ntwo\n\nlines.n: 1\nlines.n: 2"
    )
    assert list(places(document)) == ["record 1", "record 1, lines[0]", "record 1, lines[1]"]


def test_an_object_is_sections() -> None:
    document = read(
        '{"orders": [{"id": 1e400, "items": [{"p": "Rope", "p": "Oil"}]}, {"id": NaN}],'
        '"open": true, "open": "no", "where": {"lat": 1.10, "lon": -2}, "": "x", "none": [], '
        '"catch": [["fish", "tonnes"], ["Cod", 1], ["Eel", 2]], "\\ud800": "\\u0000\\udc00."}'
    )
    assert outline(document) == [(1, "orders"), (1, "catch")]
    assert document.text.split("\n\n") == [
        "open: true\nopen: no\nwhere.lat: 1.10 | where.lon: -2\nx\n\ufffd: \ufffd.",
        "orders",
        "id: 1e400\nitems.p: Rope | items.p: Oil\nid: NaN",
        "catch",
        "fish | tonnes\nfish: Cod | tonnes: 1\nfish: Eel | tonnes: 2",
    ]
    assert places(document)["orders[0].items[0]"] == "items.p: Rope | items.p: Oil"
    assert places(document)["catch[1]"] == "fish: Cod | tonnes: 1"


def test_lists_of_lists_and_of_words() -> None:
    assert read('[["name", "age"], ["Anna", 1], ["Mart", 2]]').text == (
        "name | age\nname: Anna | age: 1\nname: Mart | age: 2"
    )
    assert read('["one", "two"]').text == "- one\n- two"
    assert read('"Just a text."').text == "Just a text."


@pytest.mark.parametrize(
    "text, line, column",
    [('{"a":\n 1 "b"}', 2, 4), ("[1,\n2,]", 2, 3), ("plain text", 1, 1), ("[1] 2", 1, 5)],
)
def test_what_is_no_json_is_said_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(UnsupportedFormat, match=f"line {line}, column {column} "):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        '{"a":' * 300 + "1" + "}" * 300,
        "[[" * 300 + '"x"' + "]]" * 300,
    ],
)
def test_what_is_nested_without_end_is_refused(text: str) -> None:
    for load in (load_json, load_jsonl):
        with pytest.raises(UnsupportedFormat, match="nested"):
            load(text.encode(), "a.json")


def test_deep_values_are_read() -> None:
    assert read('{"a":' * 150 + '"x"' + "}" * 150).text.endswith(": x")
    assert read("[" * 150 + '"x"' + "]" * 150).text == "x"


def test_nothing_said() -> None:
    for text in ("[]", "{}", "null", '[{"a": null}, ""]'):
        with pytest.raises(EmptySource):
            read(text)


def test_lines() -> None:
    text = '\ufeff{"a": 1, "b": "x"}\r\n\n{"a": \n[1, 2]\n{"a": 2, "b": "y"}'
    document = load_jsonl(text.encode(), "a.jsonl")
    assert places(document) == {"line 1": "a: 1 | b: x", "line 4": "1, 2", "line 5": "a: 2 | b: y"}
    assert document.notes == ("line 3 is no JSON and was left out",)
    with pytest.raises(UnsupportedFormat, match="line 2, column 1"):
        load_jsonl(b"\nnope\n", "a.jsonl")
    many = load_jsonl(b"1\n" + b"?\n" * 9, "a.jsonl")
    assert many.notes == ("9 lines are no JSON and were left out: 2, 3, 4, 5, 6 and others",)
    # Many programs give JSON lines the suffix of JSON.
    assert read('{"a": 1}\n{"a": 2}\n').text == "a: 1\na: 2"


def test_long_names_are_not_repeated_for_ever() -> None:
    inner = ",".join(['{"a": [{"b": 1, "c": [[[1]]]}]}'] * 300)
    document = read(f'{{"{"k" * 20_000}": [{inner}]}}')
    assert len(document.text) + sum(len(place.name) for place in document.places) < 500_000


@pytest.mark.parametrize("name", ["tides.json", "log.jsonl"])
def test_real_files(name: str) -> None:
    document = (load_jsonl if name.endswith("l") else load_json)(sample(name), name)
    assert document.text + "\n" == (DATA / f"{name}.expected.txt").read_text()


KEYS = st.text(st.sampled_from("abc é"), max_size=3)
TEXTS = st.text(st.sampled_from("abcé漢 \n.:|"), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)


def leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif value is not None:
        yield value if isinstance(value, str) else json.dumps(value)


@settings(deadline=None)
@given(VALUES)
def test_every_value_is_in_the_text(value: object) -> None:
    words = [word for leaf in leaves(value) for word in leaf.split()]
    try:
        text = read(json.dumps(value)).text
    except EmptySource:
        assert not words
        return
    for leaf in leaves(value):
        assert leaf.strip() in text or " ".join(leaf.split()) in text
    assert sum(map(len, words)) <= len(text)
