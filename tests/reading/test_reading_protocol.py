"""What a child is told and says arrives as it was, and nonsense and lies are not believed."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import DOCUMENTS, UNTIMED

from askdoc import errors
from askdoc.errors import LoadError
from askdoc.model import Document, Heading, Place, Span, Table
from askdoc.reading.protocol import Job, Result
from askdoc.store.files import digest
from askdoc.store.marks import write_marks
from askdoc.store.parcel import Parcel, Row, pack, prepare

# What errors and names hold may be any characters: lone surrogates too, which hypothesis leaves out
# of its own texts.
TEXT = st.text(st.characters() | st.sampled_from("\ud800\udfff\x00\r\n é中👩"), max_size=30)
TITLE = st.text(max_size=20)
OFFSET = st.integers(0, 2**40)
SPAN = st.builds(Span, OFFSET, OFFSET)
MARKED = st.builds(
    replace,
    DOCUMENTS,
    headings=st.lists(st.builds(Heading, SPAN, TITLE, st.integers(1, 6)), max_size=4).map(tuple),
    page_starts=st.lists(OFFSET, max_size=4).map(tuple),
    notes=st.lists(TITLE, max_size=3).map(tuple),
    places=st.lists(st.builds(Place, OFFSET, TITLE), max_size=4).map(tuple),
    tables=st.lists(
        st.builds(Table, SPAN, TITLE, st.lists(TITLE, max_size=3).map(tuple)), max_size=3
    ).map(tuple),
    asides=st.lists(SPAN, max_size=3).map(tuple),
)
KINDS = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, LoadError)
]
ERRORS = st.builds(lambda kind, *parts: kind(*parts), st.sampled_from(KINDS), TEXT, TEXT, TEXT)
CONTENT = b"what the file held"
DIGEST = digest(CONTENT)
SAID = "The lamp is lit. It is red.\n\nThe ferry left at nine.\n"


def fields(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in Document.__dataclass_fields__}


def result(parcel: Parcel) -> Result:
    """What arrives of a parcel that a child sends."""
    return Result.from_bytes(Result(DIGEST, parcel).to_bytes())


@UNTIMED
@given(MARKED)
def test_a_document_arrives_as_it_was_and_is_not_split_again(document: Document) -> None:
    parcel = prepare(document)
    assume(parcel.rows)
    arrived = result(parcel)
    assert (arrived.digest, arrived.problem) == (DIGEST, None)
    assert arrived.parcel == parcel
    read = arrived.parcel.document(document.source)
    assert fields(read) == fields(document)
    assert all(type(heading.span) is Span for heading in read.headings)
    assert prepare(read) is arrived.parcel


def test_a_document_that_was_changed_is_split_anew() -> None:
    read = result(prepare(Document(SAID, "a.txt"))).parcel
    assert read is not None
    changed = replace(read.document("a.txt"), text="Another text.")
    assert prepare(changed).document("a.txt").text == "Another text."


@UNTIMED
@given(ERRORS, st.sampled_from([b"", DIGEST]))
def test_an_error_arrives_as_it_was(error: LoadError, content: bytes) -> None:
    arrived = Result.from_bytes(Result(content, problem=error).to_bytes())
    assert (arrived.digest, arrived.parcel, arrived.same) == (content, None, False)
    assert type(arrived.problem) is type(error)
    assert vars(arrived.problem) == vars(error)
    assert str(arrived.problem) == str(error)


def test_every_kind_of_error_is_known() -> None:
    assert len(KINDS) >= 6
    for kind in KINDS:
        arrived = Result.from_bytes(Result(problem=kind("no", "a.txt", "Yes.")).to_bytes())
        assert type(arrived.problem) is kind


@UNTIMED
@given(st.builds(Job, TEXT, TEXT, st.integers(0, 2**40), TEXT, TEXT, st.booleans(), st.booleans()))
def test_a_job_arrives_as_it_was(job: Job) -> None:
    assert Job.from_bytes(job.to_bytes()) == job


def test_a_content_is_only_the_same_as_the_one_that_was_asked_for() -> None:
    reply = Result(DIGEST, same=True).to_bytes()
    assert Result.from_bytes(reply, DIGEST.hex()).same
    for asked in ("", digest(b"other").hex()):
        with pytest.raises(ValueError):
            Result.from_bytes(reply, asked)


@UNTIMED
@given(st.binary(max_size=80), st.sampled_from([b"", b"same", b"read", b"failed"]))
def test_any_bytes_are_a_result_or_a_value_error(data: bytes, kind: bytes) -> None:
    for packed in (data, pack((kind, data)), pack((kind, DIGEST, data))):
        with pytest.raises(ValueError):
            Result.from_bytes(packed, DIGEST.hex())


@pytest.mark.parametrize(
    "said",
    [
        ["LoadError", "no", "a.txt"],
        ["LoadError", "no", "a.txt", 4],
        ["IndexBusy", "no", "a.txt", "Yes."],
        ["annotations", "no", "a.txt", "Yes."],
        {"LoadError": 1, "no": 2, "a.txt": 3, "Yes.": 4},
        None,
    ],
)
def test_an_error_that_is_none_is_a_value_error(said: object) -> None:
    for packed in (json.dumps(said).encode(), b"[" * 100_000):
        with pytest.raises(ValueError):
            Result.from_bytes(pack((b"failed", b"", packed)))


@UNTIMED
@given(MARKED, st.data())
def test_bytes_that_were_changed_or_cut(document: Document, data: st.DataObject) -> None:
    parcel = prepare(document)
    assume(parcel.rows)
    packed = bytearray(Result(DIGEST, parcel).to_bytes())
    at = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(ValueError):
        Result.from_bytes(bytes(packed[:at]))
    packed[at] ^= data.draw(st.integers(1, 255))
    try:
        arrived = Result.from_bytes(bytes(packed)).parcel
    except ValueError as error:
        assert str(error)
    else:
        # A digest, a count of lines or a term may be another; the text and its sentences are not.
        assert arrived is not None
        assert arrived.rows == parcel.rows


def with_row(change: Callable[[Row], Row]) -> Callable[[Parcel], Parcel]:
    def changed(parcel: Parcel) -> Parcel:
        rows = [change(Row.unpack(row)).pack() for row in parcel.rows]
        return parcel._replace(rows=rows)

    return changed


def spans(*offsets: int) -> bytes:
    return array("I", offsets).tobytes()


MARKS = write_marks(Document(SAID, "a.txt", notes=("read in part",), page_starts=(-1,)))


@pytest.mark.parametrize(
    "lie",
    [
        with_row(lambda row: row._replace(start=row.start + 1)),
        with_row(lambda row: row._replace(line=2**40)),
        with_row(lambda row: row._replace(line=0)),
        with_row(lambda row: row._replace(spans=b"")),
        with_row(lambda row: row._replace(spans=row.spans + b"1234")),
        with_row(lambda row: row._replace(spans=spans(0, 2**32 - 1))),
        with_row(lambda row: row._replace(spans=spans(5, 2))),
        with_row(lambda row: row._replace(spans=spans(0, 0, 9, 9))),
        with_row(lambda row: row._replace(text=b"\xff" * len(row.text))),
        with_row(lambda row: row._replace(text=row.text + b"more")),
        lambda parcel: parcel._replace(rows=parcel.rows * 2, terms=parcel.terms * 2),
        lambda parcel: parcel._replace(rows=[], terms=[]),
        lambda parcel: parcel._replace(terms=[*parcel.terms, "lamp"]),
        lambda parcel: parcel._replace(length=2**63),
        lambda parcel: parcel._replace(lines=2**63),
        lambda parcel: parcel._replace(sentences=parcel.sentences + 1),
        lambda parcel: parcel._replace(marks=b"no marks"),
        lambda parcel: parcel._replace(marks=MARKS),
    ],
)
def test_a_parcel_that_was_made_to_look_sound_is_a_value_error(
    lie: Callable[[Parcel], Parcel],
) -> None:
    parcel = prepare(Document(SAID, "a.txt"))
    assert result(parcel).parcel == parcel
    with pytest.raises(ValueError):
        result(lie(parcel))
