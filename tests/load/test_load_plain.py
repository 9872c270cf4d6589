"""Plain text is the file, exactly."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.text.plain import load_plain


def test_line_ends_and_white_space_stay() -> None:
    text = "  One.\r\n\r\nTwo.\rThree.\n\n\tFour.\f\u2028Five.  \n"
    document = load_plain(text.encode(), "a.txt")
    assert document.text == text
    assert (document.source, document.headings, document.page_starts) == ("a.txt", (), ())
    assert document.notes == ()


def test_markup_is_text_in_a_text_file() -> None:
    assert load_plain(b"# Not a heading\n<p>Not &amp; a page</p>", "a.txt").headings == ()


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_any_utf8_text_comes_back(text: str) -> None:
    data = text.encode()
    try:
        read = load_plain(data, "a.txt").text
    except EmptySource:
        assert not text.removeprefix("\ufeff").strip()
    except UnsupportedFormat:
        assert text.startswith(("%PDF-", "{\\rtf"))
    else:
        assert read == text.removeprefix("\ufeff")
