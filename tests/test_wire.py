"""What goes from one process to another arrives as it was, and nonsense is known for what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc import errors
from askdoc.errors import LoadError
from askdoc.model import Document, Heading, Place, Span, Table
from askdoc.wire import pack, unpack

# Lone surrogates too, which hypothesis leaves out of its own texts.
TEXT = st.text(st.characters() | st.sampled_from("\ud800\udfff\x00\r\n é中👩"), max_size=30)
OFFSET = st.integers(0, 2**40)
HEADINGS = st.builds(Heading, st.builds(Span, OFFSET, OFFSET), TEXT, st.integers(1, 6))
TABLES = st.builds(
    Table, st.builds(Span, OFFSET, OFFSET), TEXT, st.lists(TEXT, max_size=3).map(tuple)
)
DOCUMENTS = st.builds(
    Document,
    TEXT,
    TEXT,
    headings=st.lists(HEADINGS, max_size=5).map(tuple),
    page_starts=st.lists(OFFSET, max_size=5).map(tuple),
    notes=st.lists(TEXT, max_size=3).map(tuple),
    places=st.lists(st.builds(Place, OFFSET, TEXT), max_size=5).map(tuple),
    tables=st.lists(TABLES, max_size=3).map(tuple),
)
KINDS = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, LoadError)
]
ERRORS = st.builds(lambda kind, *parts: kind(*parts), st.sampled_from(KINDS), TEXT, TEXT, TEXT)


@given(DOCUMENTS)
def test_a_document_arrives_as_it_was(document: Document) -> None:
    arrived = unpack(pack(document))
    assert isinstance(arrived, Document)
    assert vars(arrived) == vars(document)
    assert all(type(heading.span) is Span for heading in arrived.headings)


@given(ERRORS)
def test_an_error_arrives_as_it_was(error: LoadError) -> None:
    arrived = unpack(pack(error))
    assert type(arrived) is type(error)
    assert vars(arrived) == vars(error)
    assert str(arrived) == str(error)


def test_every_kind_of_error_is_known() -> None:
    assert len(KINDS) >= 6
    for kind in KINDS:
        assert type(unpack(pack(kind("no", "a.txt", "Yes.")))) is kind


@given(st.binary(max_size=80))
def test_any_bytes_are_a_result_or_a_value_error(data: bytes) -> None:
    for packed in (data, b"D" + data, b"E" + data):
        try:
            assert isinstance(unpack(packed), Document | LoadError)
        except ValueError as error:
            assert str(error)


@given(DOCUMENTS | ERRORS, st.data())
def test_bytes_that_were_changed_or_cut(result: Document | LoadError, data: st.DataObject) -> None:
    packed = bytearray(pack(result))
    at = data.draw(st.integers(0, len(packed) - 1))
    cut = bytes(packed[:at])
    packed[at] ^= data.draw(st.integers(1, 255))
    for broken in (cut, bytes(packed)):
        try:
            assert isinstance(unpack(broken), Document | LoadError)
        except ValueError as error:
            assert str(error)


def test_what_is_cut_short_is_no_document() -> None:
    packed = pack(Document("Some text.", "a.txt", notes=("read as it was",)))
    for end in range(len(packed)):
        with pytest.raises(ValueError):
            unpack(packed[:end])
