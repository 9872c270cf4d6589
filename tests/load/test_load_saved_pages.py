"""Pages as browsers and document programs save them: the article whole, its machinery gone."""

from __future__ import annotations

import pytest
from packing import DATA, sample

from askdoc.load.web.html import extract, load_html


@pytest.mark.parametrize("name", ["wiki.html", "story.html", "guide.html"])
def test_a_saved_page_reads_as_on_the_screen(name: str) -> None:
    text = load_html(sample(name), name).text
    assert text + "\n" == (DATA / f"{name}.expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("wiki.html", ["Vigsund light", "History", "The lamp", "Keepers", "References"]),
        ("story.html", ["Ferry line sold for 41\u2009million", "More on this"]),
        ("guide.html", ["Mooring guide", "Before you come in", "Fees"]),
    ],
)
def test_headings_of_a_saved_page_say_no_more_than_their_words(
    name: str, titles: list[str]
) -> None:
    found = [heading.title for heading in load_html(sample(name), name).headings]
    assert found == [" ".join(title.split()) for title in titles]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("channel 12.<sup><a href=#n>3</a></sup> The", "channel 12.[3] The"),
        ("12.<a role=doc-noteref href=#n><sup>3</sup></a> The", "12.[3] The"),
        ("1876.<sup><a><span>[</span>1<span>]</span></a></sup> Its", "1876.[1] Its"),
        ("10<sup>6</sup> m<sup>2</sup>, x<sup>&minus;1</sup>", "10⁶ m², x⁻¹"),
        ("the 1<sup>st</sup>, a<sup>2n</sup>", "the 1st, a2n"),
        ("<a href=x>7</a> and <a href=y>2026</a>", "7 and 2026"),
        ("a<sup>2", "a²"),
    ],
)
def test_raised_numbers_do_not_run_into_the_text(html: str, shown: str) -> None:
    assert extract(html)[0] == shown


@pytest.mark.parametrize(
    "banner",
    [
        "<div id=cookie-banner>We use cookies.</div>",
        "<div class='x cookieConsent'><p>We use cookies.</div>",
        "<div role=dialog aria-modal=true>Subscribe!</div>",
        "<section id=onetrust-consent-sdk>We use cookies.</section>",
        "<div class=cookie-notice>Never ended<article>",
    ],
)
def test_what_lies_over_a_page_is_not_read(banner: str) -> None:
    assert extract(f"{banner}<p>The story.")[0] == "The story."


@pytest.mark.parametrize(
    "html",
    [
        "<article class=cookie-banner>The story.</article>",
        "<body class=has-cookie-banner>The story.",
        "<div role=dialog>The story.</div>",
        "<div class=cookie-recipes>The story.</div>",
        "<div id=cookie-banner>The story.</div>",
    ],
)
def test_a_story_is_kept_whatever_its_page_calls_it(html: str) -> None:
    assert extract(html)[0] == "The story."
