"""Text that is at hand becomes a document as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc.load import load_text


@settings(deadline=None)  # the first example may have to import a parser
@given(st.text(), st.sampled_from(["a", "a.txt", "a.md", "A.Markdown", "a.html", "-", ""]))
def test_the_text_is_kept_exactly(text: str, source: str) -> None:
    document = load_text(text, source)
    assert (document.text, document.source) == (text, source)
    for heading in document.headings:
        assert 0 <= heading.span.start < heading.span.end <= len(text)


@pytest.mark.parametrize("source", ["notes.md", "dir/NOTES.MARKDOWN"])
def test_markdown_headings_are_marked_by_the_name(source: str) -> None:
    assert [h.title for h in load_text("# One\n", source).headings] == ["One"]


@pytest.mark.parametrize("source", ["notes.txt", "notes", "page.html"])
def test_other_names_mark_nothing(source: str) -> None:
    document = load_text("# One\n<h1>Two</h1>", source)
    assert document.headings == ()
    assert document.text == "# One\n<h1>Two</h1>"


def test_lone_surrogates_are_replaced_and_the_notes_say_so() -> None:
    """No JSON could be made of an answer that quoted them."""
    document = load_text("# A \ud800\n\nb\udfffc", "\udc80.md")
    assert (document.text, document.source) == ("# A \ufffd\n\nb\ufffdc", "\ufffd.md")
    assert [heading.title for heading in document.headings] == ["A \ufffd"]
    assert len(document.notes) == 1
    assert load_text("a \U0001f600", "a.md").notes == ()
