"""What a reader sees of a page, on realistic pages and on hostile ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.web.html import extract, load_html

DATA = Path(__file__).parent.parent / "data" / "load"
MANY = 100_000


def text_of(html: str, **options: bool) -> str:
    return extract(html, **options)[0]


def test_a_news_page_reads_as_on_the_screen() -> None:
    document = load_html((DATA / "news.html").read_bytes(), "news.html")
    assert document.text + "\n" == (DATA / "news.expected.txt").read_text(encoding="utf-8")
    assert document.notes == ()
    assert [(h.level, h.title) for h in document.headings] == [
        (1, "Night ferry returns to the bay"),
        (2, "What a crossing costs"),
        (2, "Before you board"),
        (3, "The boat in figures"),
    ]
    spans = [document.text[h.span.start : h.span.end] for h in document.headings]
    assert spans[0] == "Night ferry returns\nto the bay"
    assert spans[1:] == [h.title for h in document.headings[1:]]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("one <b>two</b>\n\n three", "one two three"),
        ("<p>un<b>brok</b>en</p>", "unbroken"),
        ("a<p>b</p>c<div>d</div>", "a\n\nb\n\nc\n\nd"),
        ("<p>a</p><p>&nbsp;</p><p> </p><div></div><p>b</p>", "a\n\nb"),
        ("a<br>b<br><br><br>c<br>", "a\nb\n\nc"),
        ("<p>a<hr>b", "a\n\nb"),
        ("</p>a</p>b", "a\n\nb"),
        ("<dl><dt>Term<dd>Meaning<dt>Next<dd>More</dl>", "Term\nMeaning\nNext\nMore"),
        ("5 < 6 & 7 > 3 <3 AT&T &lt;b&gt; &#x41;&#66;", "5 < 6 & 7 > 3 <3 AT&T <b> AB"),
        ("<p title='a > b' data-x=\"<p>\">c", "c"),
        ("<p title=it's>c</p><p>d's", "c\n\nd's"),
        ("<P CLASS=x>a</P><Script>no</sCRIPT >b", "a\n\nb"),
        ("a<!-- no > no -->b<!---->c<!-->d<!doctype html>e<?php no ?>f</>g</ no>h", "abcdefgh"),
        ("<![CDATA[x <b> & y]]>z", "x <b> & yz"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
        ("in <ruby>Edo<rt>Tokyo</rt></ruby> now", "in Edo(Tokyo) now"),
        ("<ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby>", "漢(kan)字(ji)"),
        ("<ruby><rb>漢<rb>字<rtc><rt>kan<rt>ji</ruby> x", "漢字(kan)(ji) x"),
        ("<ruby>漢<rp>【<rt>kan<rp>】</ruby>", "漢(kan)"),
        ("<ruby>漢<rt></rt></ruby>", "漢"),
        ("<ruby>a<rt>b<p>c", "a(b)\n\nc"),
        ("H<sub>2</sub>O<wbr>x", "H2Ox"),
        ("<pre>\n\n  a\n   b\r\n\n c  \n\n</pre>d", "  a\n   b\n\n c\n\nd"),
        ("a<pre><code>b\n<i> c</i></code></pre>", "a\n\nb\n c"),
        ("<pre>a<br>b</pre>", "a\nb"),
        ("<ul><li><ul><li>a</ul><li><li>b</ul>", "- a\n- b"),
        ("<p>List:<ul><li>a</ul>after", "List:\n\n- a\n\nafter"),
        ("<details><summary>More</summary>Folded.</details>", "More\n\nFolded."),
        ("<p>a<video>No video here.</video>b<canvas>no</canvas>", "ab"),
        ("<select><option>One<option>Two</select>a<textarea>b</textarea>", "a"),
        ("<math><mi>x</mi><annotation>\\TeX</annotation></math>", "x"),
        ("&#xD800;&#0;a", "\ufffd\ufffda"),
    ],
)
def test_text(html: str, shown: str) -> None:
    assert text_of(html) == shown


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ("<tr><th>a<th>b<tr><td>c<td>d", "a | b\nc | d"),
        ("<tr><td></td><td>2010</td></tr><tr><td>x</td><td>1</td></tr>", "| 2010\nx | 1"),
        ("<tr><td>a</td><td></td><td>c</td><td></td></tr>", "a | | c"),
        ("<tr><td></td></tr><tr><td>a</td></tr><tr></tr><tr><td>b</td></tr>", "a\nb"),
        ("<tr><td><p>a</p></td><td><div>b</div></td></tr><tr><td><p>c</p></td></tr>", "a | b\nc"),
        ("<tr><td>a<br>b</td><td>c</td></tr>", "a\nb | c"),
        ("<tr><td>One.<p>Two.</td><td>Side.</td></tr><tr><td>x", "One.\n\nTwo.\n\nSide.\n\nx"),
        ("<tr><td>a<td><table><tr><td>b<td>c<tr><td>d</table><td>e", "a\n\nb | c\nd\n\ne"),
        ("<tr><td>menu</td><td><h2>News</h2>Text</td></tr>", "menu\n\nNews\n\nText"),
        ("<td>a</td>", "a"),
    ],
)
def test_a_row_is_a_line_unless_its_cells_hold_blocks(rows: str, shown: str) -> None:
    assert text_of(f"<table>{rows}</table>") == shown


def test_hidden_elements_are_dropped_with_all_that_is_in_them() -> None:
    html = (
        "a<div hidden>no<div>no</div>no</div>b<span hidden>no<span>no</span>no</span>c"
        "<p style='color:red; visibility:hidden'>no</p><dialog>no</dialog>"
        "<p hidden>no<p>d<p hidden>no"
    )
    assert text_of(html) == "abc\n\nd"


def test_what_only_looks_hidden_is_kept() -> None:
    html = (
        "<p class='hidden md:block'>a</p><p title='hidden'>b</p><p data-hidden>c</p>"
        "<dialog open>d</dialog><p hidden='until-found'>e</p><p aria-hidden=true>f</p>"
    )
    assert text_of(html) == "a\n\nb\n\nc\n\nd\n\ne\n\nf"


def test_an_inline_tag_that_ends_in_the_wrong_place_changes_nothing() -> None:
    html = "<b><table><tr><td>a</b></td><td>b</div></td></tr></table></b><p>c</p>"
    assert text_of(html) == "a | b\n\nc"


@pytest.mark.parametrize(
    "html",
    [
        "<nav>Menu<article>The article.</article>",
        "<div><nav>Menu</div>The article.",
        "<nav>Menu</nav>The article.<nav>Menu</nav>",
        "<nav><ul><li>Menu</nav>The article.",
    ],
)
def test_a_menu_is_dropped_and_the_article_is_not(html: str) -> None:
    assert text_of(html) == "The article."


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<nav><p>All there is.</p></nav>", "All there is."),
        ("<nav>Menu <p>An article after a menu that never ends.", "Menu"),
        ("<body style='visibility:hidden'><p>Shown by a script.</body>", "Shown by a script."),
        ("<label>Only a label</label>", "Only a label"),
        ("<form><p>The whole page is a form.</p></form>", "The whole page is a form."),
        ("<head><title>T</title>No end of the head", "No end of the head"),
        ("<p>Quote <a href='x>never</a> closed.</p><p>More.", "never closed.\n\nMore."),
        ("<title>Never ended<p>Text", "Never ended\n\nText"),
        ("<noscript>Never ended<p>Text</noscript", "Never ended"),
    ],
)
def test_nothing_of_a_faulty_page_is_out_of_reach(html: str, shown: str) -> None:
    assert shown in text_of(html)


def test_an_unended_tag_at_the_end_is_not_text() -> None:
    assert text_of("<p>Cut off here <a href='http://exam") == "Cut off here"


def test_text_in_the_head_is_not_shown() -> None:
    assert text_of("<head>no<meta name=x><link>no</head><body>a") == "a"
    assert text_of("<head><base>no<p>a") == "a"


def test_the_title_is_a_heading_where_the_page_has_none() -> None:
    text, headings, *_ = extract("<title>Bay &amp; harbour \n news</title><h2>Prices</h2><p>Five.")
    assert text == "Bay & harbour news\n\nPrices\n\nFive."
    assert [(text[h.span.start : h.span.end], h.level) for h in headings] == [
        ("Bay & harbour news", 1),
        ("Prices", 2),
    ]


@pytest.mark.parametrize(
    "body", ["<h1>Story</h1>x", "<h2>STORY</h2>x", "<h2>a</h2><h1>Other</h1>x"]
)
def test_the_title_is_left_out_where_a_heading_says_it(body: str) -> None:
    assert not text_of(f"<title>Story</title>{body}").startswith("Story\n\nStory")
    assert text_of(f"<title>A title</title>{body}<h1>y</h1>").find("A title") == -1


def test_a_title_inside_a_drawing_is_not_the_pages() -> None:
    html = "<svg><title>Icon</title><desc/><text>Label</text></svg><p>a"
    assert text_of(html) == "Label\n\na"


def test_a_heading_ends_where_its_text_does() -> None:
    text, headings, *_ = extract("<h2>Open<p>Text<h3><div>In</div><div>two</div></h3><h4></h4>End")
    assert [(h.title, h.level) for h in headings] == [("Open", 2), ("In two", 3)]
    assert text == "Open\n\nText\n\nIn\ntwo\n\nEnd"


def test_self_closing_tags_count_in_xhtml_only() -> None:
    html = "<script src='x'/><p>a</p>"
    assert text_of(html, xml=True) == "a"
    assert text_of(f"<?xml version='1.0'?>{html}") == "a"
    assert load_html(html.encode(), "page.xhtml").text == "a"
    assert text_of(html) == ""


@pytest.mark.parametrize(
    ("head", "encoding", "note"),
    [
        ("<meta charset=windows-1251>", "cp1251", "not UTF-8; read as cp1251"),
        ("<META content='text/html; charset=Shift_JIS'>", "cp932", "not UTF-8; read as cp932"),
        ("<meta charset='gb2312'>", "gb18030", "not UTF-8; read as gb18030"),
        ("<?xml version='1.0' encoding='koi8-r'?>", "koi8_r", "not UTF-8; read as koi8_r"),
        ("<meta charset='utf-16'>", "utf-8", None),
        ("<meta charset='iso-8859-1'>", "utf-8", None),
        ("<meta charset='windows-1251'>", "utf-8-sig", None),
        ("<meta charset='rot13'>", "utf-8", None),
        ("<meta charset='unicode_escape'>", "utf-8", None),
    ],
)
def test_charset(head: str, encoding: str, note: str | None) -> None:
    words = "日本語の文" if encoding in ("cp932", "gb18030") else "Мир дому"
    document = load_html(f"{head}<p>{words}".encode(encoding), "a.html")
    assert document.text == words
    assert document.notes == ((note,) if note else ())


def test_a_page_without_text_is_empty() -> None:
    for html in (b"<p></p>", b"<title>Only a title</title><div id=app></div>", b"<img src=x>"):
        with pytest.raises(EmptySource, match=r"the page shows no text: a\.html\. If a script"):
            load_html(html, "a.html")
    with pytest.raises(UnsupportedFormat):
        load_html(b"<p>\x00\x01\x02</p>", "a.html")


# Each of these, at this size, keeps a quadratic reader busy for minutes or ends a recursive one.
HOSTILE = {
    "nested": "<div>" * MANY + "x" + "</div>" * MANY,
    "unclosed": "x" + "<b><i><p>" * MANY,
    "angles": "<" * MANY + " x",
    "unended tags": "x" + "<a" * MANY,
    "unended values": "x" + '<a b="' * MANY,
    "mixed quotes": "x" + "<a b=\"'><a c='\">" * MANY,
    "comments": "x" + "<!--" * MANY,
    "declarations": "x" + "<!" * MANY + "<![" * MANY,
    "cdata": "x" + "<![CDATA[>" * MANY,
    "references": "x" + "&" * MANY + "&#" * MANY + "&#x" + "1" * MANY + "&#" + "9" * MANY + ";",
    "scripts": "x" + "<script>" * MANY,
    "titles": "x" + "<title>" * MANY,
    "noscripts": "x" + "<noscript>" * MANY,
    "attributes": "<p " + 'a="b" ' * MANY + ">x",
    "spaces": "<p" + " " * MANY + "=" * MANY + ">x",
    "huge attribute": '<p style="' + "display " * MANY + '" hidden=' + "'" * MANY + ">x",
    "stray ends": "x" + "<p>" * 300 + "</i></div>" * MANY,
    "tables": "<table><tr><td>" * MANY + "x" + "</div>" * MANY,
    "lists": "<ul><li>" * MANY + "x",
    "hidden": "x" + "<div hidden>" * MANY,
    "menus": "x<nav>" + "<div>" * 2000 + "</nav>" * MANY,
    "breaks": "x<pre>" + "\n<br><b></b>" * MANY + "y",
    "headings": "<h1>x" * MANY,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read(name: str) -> None:
    text, headings, *_ = extract(HOSTILE[name])
    assert "x" in text
    assert len(headings) == (MANY if name == "headings" else 0)
