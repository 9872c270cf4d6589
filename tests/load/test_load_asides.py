"""What a page has beside its article is marked, stays citable, and beats no sentence of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc import Assistant
from askdoc.load import load_bytes
from askdoc.model import Document
from askdoc.store.prepared import prepare

ARTICLE = (
    "<p>The harbour of Kesk closes on 4 May for repairs, the council said. The ferry will sail "
    "from Vell until June, and buses run between the two towns.</p><p>The repairs cost 40 million "
    "crowns. The county pays for them, which has owned the quay since 1998.</p>"
)
LINKS = "".join(
    f'<li><a href="/{at}">{words}</a></li>'
    for at, words in enumerate(
        ["Kesk harbour closes for repairs", "Ferry fares rise", "County sells the old quay"]
    )
)


def read(*pieces: str) -> Document:
    page = f"<html><head><title>Kesk</title></head><body>{''.join(pieces)}</body></html>"
    return load_bytes(page.encode(), "a.html", "a.html")


def asides(document: Document) -> list[str]:
    return [document.text[span.start : span.end] for span in document.asides]


@pytest.mark.parametrize(
    "beside",
    [
        f"<aside><h3>Elsewhere</h3><ul>{LINKS}</ul></aside>",
        f"<ul>{LINKS}</ul>",
        f"<footer><ul>{LINKS}</ul></footer>",
        f'<div class="teasers related-stories">{LINKS}<p>A short word.</p></div>',
        f'<section id="most-read"><ol>{LINKS}</ol></section>',
        f'<div role="complementary"><ul>{LINKS}</ul></div>',
        '<div class="newsletter-box"><p>Get the harbour news each morning.</p></div>',
        '<form class="signup"><p>Get the harbour news each morning.</p></form>',
        f'<div class="side-bar"><div class="menu"><ul>{LINKS}</ul></div></div>',
    ],
)
def test_menus_related_links_and_boxes_are_found(beside: str) -> None:
    for page in (f"<article>{ARTICLE}</article>{beside}", f"{beside}<main>{ARTICLE}</main>"):
        document = read("<h1>Kesk</h1>", page)
        (found,) = asides(document)
        assert document.text.count(found) == 1
        assert "The harbour of Kesk" not in found
        assert ("Ferry fares" in found) or ("each morning" in found)
        assert not document.is_aside(document.text.index("The repairs cost"))
        assert document.is_aside(document.text.index(found) + len(found) - 1)


@pytest.mark.parametrize(
    "page",
    [
        f"<article>{ARTICLE}<ul>{LINKS}</ul></article>",  # its own list of links
        f'<div class="page with-side-bar"><article>{ARTICLE}</article></div>',
        f"{ARTICLE}<aside><p>The quay was built by Ada Quill, who drew it in a night.</p></aside>",
        f'{ARTICLE}<section class="related-party"><p>The county owns the ferry.</p></section>',
        f'{ARTICLE}<div class="menu"><p>Soup 5 crowns.</p><p>Fish 9 crowns.</p></div>',
        f'<div class="newsletter">{ARTICLE * 8}</div>',
        f"<ul>{LINKS}</ul><ul>{LINKS}</ul>",  # a page of links and nothing else
        f'{ARTICLE}<div id="share-price"><p>A share costs 40 crowns.</p></div>',
    ],
)
def test_what_may_be_the_article_is_not_marked(page: str) -> None:
    assert read(page).asides == ()


def test_a_headline_of_another_story_does_not_beat_the_article() -> None:
    document = read(f"<ul>{LINKS}</ul><article>{ARTICLE}</article>")
    answer = Assistant([document], reader="lexical").ask("Which harbour closes for repairs?")
    assert answer.citations[0].quote.startswith("The harbour of Kesk closes on 4 May")
    found = Assistant([document], reader="lexical").ask("Who sells the old quay?", threshold=0.0)
    assert any("County sells the old quay" in one.quote for one in found.citations)


def test_the_marks_come_through_a_process_and_an_index() -> None:
    document = read(f"<ul>{LINKS}</ul><article>{ARTICLE}</article>")
    assert document.asides
    assert prepare(document).document("a.html").asides == document.asides


PIECES = st.sampled_from(
    ["<ul>", "</ul>", "<li>", "<a href=x>", "</a>", "<aside>", "</aside>", "<div class=related>",
     "<div class=newsletter>", "</div>", "<article>", "</article>", "<h1>", "</h1>", "word ", "<p>",
     "<table><tr><td>", "</table>", "<footer>", "<nav>", " \n"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_marks_stand_in_order_inside_any_page(pieces: list[str]) -> None:
    document = read("The lamp is lit. ", *pieces)
    spans = document.asides
    assert all(0 <= span.start < span.end <= len(document.text) for span in spans)
    assert all(one.end <= after.start for one, after in pairwise(spans))
