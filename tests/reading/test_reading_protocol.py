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
from askdoc.reading import protocol
from askdoc.reading.protocol import Job, Result
from askdoc.store.annotations import write_marks
from askdoc.store.files import digest
from askdoc.store.prepared import PassageRecord, PreparedDocument, pack, prepare

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


def arrived(reply: bytes, digest: str = "") -> Result:
    """What arrives of a reply, to who asked whether a content is the known one."""
    return Result.from_bytes(reply, Job("/a.txt", "a.txt", 9, digest))


def document_of(parcel: PreparedDocument) -> Document:
    """What arrives of a parcel that a child sends."""
    document = arrived(protocol.read(DIGEST, parcel)).document
    assert document is not None
    return document


@UNTIMED
@given(MARKED)
def test_a_document_arrives_as_it_was_and_is_not_split_again(document: Document) -> None:
    parcel = prepare(document)
    assume(parcel.rows)
    result = arrived(protocol.read(DIGEST, parcel))
    assert (result.digest, result.problem) == (DIGEST, None)
    assert result.document is not None
    assert fields(result.document) == {**fields(document), "source": "a.txt"}
    assert all(type(heading.span) is Span for heading in result.document.headings)
    assert prepare(result.document) == parcel
    assert prepare(result.document) is prepare(result.document)


def test_a_document_that_was_changed_is_split_anew() -> None:
    changed = replace(document_of(prepare(Document(SAID, "a.txt"))), text="Another text.")
    assert prepare(changed).document("a.txt").text == "Another text."


@UNTIMED
@given(ERRORS, st.sampled_from([b"", DIGEST]))
def test_an_error_arrives_as_it_was(error: LoadError, content: bytes) -> None:
    result = arrived(protocol.failed(content, error))
    assert (result.digest, result.document, result.same) == (content, None, False)
    assert type(result.problem) is type(error)
    assert vars(result.problem) == vars(error)
    assert str(result.problem) == str(error)


def test_every_kind_of_error_is_known() -> None:
    assert len(KINDS) >= 6
    for kind in KINDS:
        assert type(arrived(protocol.failed(b"", kind("no", "a.txt", "Yes."))).problem) is kind


@UNTIMED
@given(st.builds(Job, TEXT, TEXT, st.integers(0, 2**40), TEXT, TEXT, st.booleans(), st.booleans()))
def test_a_job_arrives_as_it_was(job: Job) -> None:
    assert Job.from_bytes(job.to_bytes()) == job


def test_a_content_is_only_the_same_as_the_one_that_was_asked_for() -> None:
    reply = protocol.same(DIGEST)
    assert arrived(reply, DIGEST.hex()).same
    for asked in ("", digest(b"other").hex()):
        with pytest.raises(ValueError):
            arrived(reply, asked)


@UNTIMED
@given(st.binary(max_size=80), st.sampled_from([b"", b"same", b"read", b"failed"]))
def test_any_bytes_are_a_result_or_a_value_error(data: bytes, kind: bytes) -> None:
    for packed in (data, pack((kind, data)), pack((kind, DIGEST, data))):
        with pytest.raises(ValueError):
            arrived(packed, DIGEST.hex())


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
            arrived(pack((b"failed", b"", packed)))


@UNTIMED
@given(MARKED, st.data())
def test_bytes_that_were_changed_or_cut(document: Document, data: st.DataObject) -> None:
    parcel = prepare(document)
    assume(parcel.rows)
    packed = bytearray(protocol.read(DIGEST, parcel))
    at = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(ValueError):
        arrived(bytes(packed[:at]))
    packed[at] ^= data.draw(st.integers(1, 255))
    try:
        read = arrived(bytes(packed)).document
    except ValueError as error:
        assert str(error)
    else:
        # A digest, a count of lines or a term may be another; the text and its sentences are not.
        assert read is not None
        assert prepare(read).rows == parcel.rows


def with_row(
    change: Callable[[PassageRecord], PassageRecord],
) -> Callable[[PreparedDocument], PreparedDocument]:
    def changed(parcel: PreparedDocument) -> PreparedDocument:
        rows = [change(PassageRecord.unpack(row)).pack() for row in parcel.rows]
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
    lie: Callable[[PreparedDocument], PreparedDocument],
) -> None:
    parcel = prepare(Document(SAID, "a.txt"))
    assert prepare(document_of(parcel)) == parcel
    with pytest.raises(ValueError):
        document_of(lie(parcel))
