"""What holds for every loader, whatever bytes it is given. A new format is tested by its row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.formats import LOADERS, loader_for
from askdoc.load.text.plain import load_plain
from askdoc.model import Document

SUFFIXES = sorted([*LOADERS, "", ".log"])

_PIECES = (
    "<h1> </h1> <h2> <p> </p> <td> <tr> <table> </table> <li> <ul> </ul> <pre> </pre> <nav> </nav> "
    "<div hidden> </div> <br> <title> </title> <script> </script> <!-- --> <a href=' \" > & &#x; "
    "&#xD800; &#55555; &#99999999999; <![CDATA[ ]]> <? <! </ # ## === --- ``` > - 1. * _ [a] (b) "
    "word Größe 世界 \ud7ff \xa0 \xad \ufeff \u2028 \x0b \x0c \x85 \x1c . ? !"
)
WORDS = st.sampled_from(_PIECES.split(" "))
SPACES = st.sampled_from(["", " ", "\n", "\r\n", "\r", "\n\n", "    ", "\t"])
PROSE = st.lists(st.tuples(WORDS, SPACES), max_size=40).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)
ENCODINGS = st.sampled_from(
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp1251", "gb18030", "cp932"]
)
MARKED_UP = st.builds(lambda text, encoding: text.encode(encoding, "ignore"), PROSE, ENCODINGS)
ANY_BYTES = st.binary(max_size=300)
SPLICED = st.builds(lambda a, b, c: a + b + c, MARKED_UP, st.binary(max_size=6), MARKED_UP)


def check(document: Document, source: str) -> None:
    text = document.text
    assert document.source == source
    assert text.strip()
    text.encode("utf-8")  # no lone surrogates, which could not be written anywhere
    end = 0
    for heading in document.headings:
        assert end <= heading.span.start < heading.span.end <= len(text)
        assert text[heading.span.start : heading.span.end].strip()
        assert heading.title == " ".join(heading.title.split()) != ""
        assert 1 <= heading.level <= 6
        heading.title.encode("utf-8")
        end = heading.span.end
    # Pages without text share their start with the next one, or stand at the end.
    assert list(document.page_starts) == sorted(document.page_starts)
    assert all(0 <= start <= len(text) for start in document.page_starts)
    assert not document.page_starts or document.page_starts[0] == 0
    starts = [place.start for place in document.places]
    assert starts == sorted(set(starts))
    assert all(0 <= start < len(text) for start in starts)
    assert all(place.name == " ".join(place.name.split()) for place in document.places)
    assert all(note and note[-1] != "." for note in document.notes)
    before = 0
    for (start, end), title, columns in document.tables:
        assert before <= start < end <= len(text)
        assert title or any(columns)
        assert all(one == " ".join(one.split()) for one in (title, *columns))
        assert len(title) <= 300
        "".join((title, *columns)).encode("utf-8")
        before = end


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(deadline=None)  # the first example may have to import a parser
@given(data=ANY_BYTES | MARKED_UP | SPLICED)
def test_any_bytes_give_a_sound_document_or_a_clear_refusal(suffix: str, data: bytes) -> None:
    source = f"some file{suffix}"
    load = loader_for(source)
    try:
        document = load(data, source)
    except (UnsupportedFormat, EmptySource) as problem:
        assert problem.what
        assert problem.where == source
        assert problem.remedy.endswith(".")
    else:
        check(document, source)
        again = load(data, source)
        assert (again.text, again.headings) == (document.text, document.headings)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_bytes_that_are_no_text_are_refused(suffix: str) -> None:
    for data in (
        b"\x00\x01\x02\x03" * 50,
        b"\x7fELF" + bytes(60),
        b"\x89PNG\r\n\x1a\n" + bytes(60),
    ):
        with pytest.raises(UnsupportedFormat):
            loader_for(f"a{suffix}")(data, f"a{suffix}")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_is_an_empty_source(suffix: str) -> None:
    for data in (b"", b" \n\t\r\n "):
        with pytest.raises(EmptySource):
            loader_for(f"a{suffix}")(data, f"a{suffix}")


def test_the_table_knows_suffixes_in_any_case_and_reads_the_rest_as_text() -> None:
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in LOADERS)
    assert loader_for("dir.md/A.HTML") is LOADERS[".html"]
    for name in ("notes", "a.log", "x.md/notes", ".md", "a.md.bak"):
        assert loader_for(name) is load_plain
