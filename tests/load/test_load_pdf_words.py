"""The words of a PDF are those that stand on its pages, however a program wrote them there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_made import made_pdf, meanings

from askdoc.load.pdf.bidi import in_reading_order
from askdoc.load.pdf.pdf import load_pdf
from askdoc.load.pdf.word import Word

_FONTS = b"/Font << /F 3 0 R /G 4 0 R >>"
# Widths of Helvetica, in thousandths, for what is set letter by letter.
_WIDTHS = {"l": 222, "i": 222, "w": 722, "e": 556, "r": 333, "b": 556, "u": 556, "t": 278, " ": 278}


def text_of(pages: list[bytes], objects: list[bytes] | None = None) -> str:
    resources = _FONTS if objects else b"/Font << /F 3 0 R >>"
    return load_pdf(made_pdf(pages, objects, resources=resources), "a.pdf").text


def _letter_by_letter(text: str, size: float) -> bytes:
    x, parts = 72.0, []
    for letter in text:
        parts.append(b"BT /F %.1f Tf %.2f 700 Td (%s) Tj ET" % (size, x, letter.encode()))
        x += _WIDTHS[letter] * size / 1000
    return b"\n".join(parts)


@pytest.mark.parametrize("size", [6.0, 11.0, 40.0])
@pytest.mark.parametrize("twice", [False, True])
def test_a_letter_behind_its_equal_is_no_second_printing_of_it(size: float, twice: bool) -> None:
    """It was "wil": an l begins a quarter of its size behind the l before it."""
    page = _letter_by_letter("it will rebuilt", size)
    if twice:
        page += b"\nq 1 0 0 1 0.02 0 cm\n" + page + b"\nQ"
    assert text_of([page]) == "it will rebuilt"


def _ligature_font(code: int) -> list[bytes]:
    """A font with a sign at a code that its table of meanings leaves out."""
    known = {at: chr(at) for at in range(32, 127)}
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Serif /ToUnicode 5 0 R"
        b" /Encoding << /Type /Encoding /Differences [%d /g123] >> >>" % code
    )
    return [font, meanings(known)]


@pytest.mark.parametrize(
    ("code", "words", "right"),
    [
        (14, r"The di\016culties were su\016cient for an a\016davit.", "ffi"),
        (13, r"Under the in\015uence of the \015ood the town over\015owed.", "fl"),
        (3, r"The \003nal pro\003t was signi\003cant.", "fi"),
        (200, r"The \310nal pro\310t was signi\310cant.", "fi"),
    ],
)
def test_a_ligature_that_the_file_does_not_name_is_told_by_its_words(
    code: int, words: str, right: str
) -> None:
    """It was "diculties", or "in uence" where the code is that of a line's end."""
    page = b"BT /G 12 Tf 72 700 Td (%s) Tj ET" % words.encode()
    text = text_of([page], _ligature_font(code))
    assert text == words.replace(rf"\{code:03o}", right)


@pytest.mark.parametrize(
    ("told", "right", "words"),
    [
        ("\u019f", "ti", "The addi*onal sta*on opened in no*ceably good condi*on."),
        ("\u01a9", "tt", "The commi*ee had wri*en a le*er about it."),
        ("\uf001", "fi", "The *nal pro*t was signi*cant."),
        ("\ufffd", "ffi", "The di*culties were su*cient for an a*davit."),
        ("\x00", "ffi", "The di*culties were su*cient for an a*davit."),
        ("\u014c", "\u014c", "The so-called *saka of *tsu and *i."),
    ],
)
def test_a_ligature_that_the_file_takes_for_another_letter_is_told_by_its_words(
    told: str, right: str, words: str
) -> None:
    """It was "addi\u019fonal", as some word processors write it."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Serif /ToUnicode 5 0 R >>"
    letters = {at: chr(at) for at in range(32, 127)} | {ord("*"): told}
    page = b"BT /G 12 Tf 72 700 Td (%s) Tj ET" % words.encode()
    assert text_of([page], [font, meanings(letters)]) == words.replace("*", right)


def test_a_space_that_the_file_does_not_name_parts_words() -> None:
    words = rb"The\003theory\003of\003reasoned\003action\003has\003been\003read\003before."
    text = text_of([b"BT /G 12 Tf 72 700 Td (%s) Tj ET" % words], _ligature_font(3))
    assert text == "The theory of reasoned action has been read before."


def test_a_sign_that_no_word_tells_is_shown_as_unknown_and_not_left_out() -> None:
    page = rb"BT /G 12 Tf 72 700 Td (The value is 5 \003 7 and b\003x.) Tj ET"
    text = text_of([page], _ligature_font(3))
    assert text == "The value is 5 � 7 and b�x."


@pytest.mark.parametrize(
    ("told", "shown"), [("\uf0a8", "☐"), ("\uf0fe", "☑"), ("\uf0fd", "☒"), ("\u00a8", "☐")]
)
def test_a_box_of_a_font_of_pictures_tells_whether_it_is_ticked(told: str, shown: str) -> None:
    """It was a bullet."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Wingdings-Regular /ToUnicode 5 0 R >>"
    page = b"BT /G 12 Tf 72 700 Td (*) Tj /F 12 Tf 20 0 Td (Winter storage) Tj ET"
    assert text_of([page], [font, meanings({ord("*"): told})]) == f"{shown} Winter storage"


def _wide_font(told: str) -> list[bytes]:
    """A font whose signs are all 6 points wide at 10, in which * means something."""
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Serif /ToUnicode 5 0 R"
        b" /FirstChar 32 /LastChar 126 /Widths [%s] >>" % b" ".join([b"600"] * 95)
    )
    return [font, meanings({at: chr(at) for at in range(32, 127)} | {ord("*"): told})]


def _placed(parts: list[tuple[float, str]]) -> bytes:
    return b"\n".join(b"BT /G 10 Tf %.2f 700 Td (%s) Tj ET" % (x, t.encode()) for x, t in parts)


@pytest.mark.parametrize(("before", "told", "behind"), [("di", "ff", "erent"), ("", "Th", "eory")])
def test_a_space_inside_of_a_ligature_parts_no_word(before: str, told: str, behind: str) -> None:
    """It was "diff erent" and "Th eory", as InDesign leaves the space of a hyphenation in."""
    end = 72 + 6 * len(before) + 6
    page = _placed([(72, f"{before}*"), (end - 3.5, " "), (end, f"{behind} ways")])
    assert text_of([page], _wide_font(told)) == f"{before}{told}{behind} ways"


def test_a_space_behind_a_ligature_parts_words() -> None:
    page = _placed([(72, "o*"), (84, " "), (90, "the coast")])
    assert text_of([page], _wide_font("ff")) == "off the coast"


@pytest.mark.parametrize(
    ("parts", "accent", "right"),
    [
        ([(72, "M"), (78, "*"), (78, "uller")], "\u00a8", "Müller"),
        ([(72, "fianc"), (102, "e"), (102, "*"), (108, "s")], "\u00b4", "fiancés"),
        ([(72, "Fran"), (96, "*"), (96, "cois")], "\u00b8", "François"),
        ([(72, "M*uller")], "\u00a8", "M\u00a8uller"),
        ([(72, "Levi*s")], "\u00b4", "Levi\u00b4s"),
    ],
)
def test_an_accent_over_a_letter_makes_one_letter_with_it_and_beside_it_none(
    parts: list[tuple[float, str]], accent: str, right: str
) -> None:
    """It was "M¨uller", which nobody who looks for Müller finds."""
    assert text_of([_placed(parts)], _wide_font(accent)) == right


def test_code_in_a_font_of_its_own_is_not_taken_out_of_its_sentence() -> None:
    """It was "where denotes the list": letters with signs between them were taken for noise."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"
    calls = ["subst[x;y]", "car[x]", "f[x;y;z]", "g[a;b]", "eq[x;y]", "h[q;q]"]
    line = (
        "BT /F 10 Tf 72 %d Td (The name ) Tj /G 10 Tf (%s) Tj /F 10 Tf ( stands for a list.) Tj ET"
    )
    page = "\n".join(line % (700 - 20 * at, call) for at, call in enumerate(calls * 2))
    text = text_of([page.encode()], [font])
    assert all(text.count(f"The name {call} stands for a list.") == 2 for call in calls)


def test_labels_at_a_side_of_a_page_were_one_sentence_together() -> None:
    upright = b"BT /F 12 Tf 72 %d Td (The sloop lies at the quay until the third of May.) Tj ET\n"
    labels = b"BT /F 9 Tf 0 1 -1 0 40 %d Tm (%s) Tj ET\n"
    page = b"".join(upright % y for y in (700, 680, 660))
    page += labels % (620, b"Please print") + labels % (673, b"or type.")
    page += labels % (300, b"Other taxes") + b"BT /F 9 Tf 0 1 -1 0 51 300 Tm (and fees) Tj ET"
    paragraphs = text_of([page]).split("\n\n")
    assert "Please print or type." in paragraphs
    assert "Other taxes and fees" in paragraphs


_HEBREW = {code: chr(0x5D0 + code - ord("A")) for code in range(ord("A"), ord("Z") + 1)}


def _hebrew_font() -> list[bytes]:
    letters = {at: chr(at) for at in range(32, 127)} | _HEBREW
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Hebrew /ToUnicode 5 0 R"
        b" /FirstChar 32 /LastChar 126 /Widths [%s] >>" % b" ".join([b"500"] * 95)
    )
    return [font, meanings(letters)]


def _hebrew(text: str) -> str:
    return "".join(_HEBREW.get(ord(letter), letter) for letter in text)


def test_lines_that_run_to_the_left_are_read_from_the_right() -> None:
    """Their words came in reverse."""
    # As it is seen, from left to right: letters and words are the other way round.
    page = b"BT /G 12 Tf 72 700 Td (FEDC BA) Tj ET BT /G 12 Tf 72 686 Td (.LKJI HG) Tj ET"
    assert text_of([page], _hebrew_font()).split() == [
        _hebrew(word) for word in ("AB", "CDEF", "GH", "IJKL.")
    ]


def test_figures_and_latin_words_in_a_line_that_runs_to_the_left_keep_their_direction() -> None:
    page = b"BT /G 12 Tf 72 700 Td (IH windows 10 GF 2,019 EDC:12 BA) Tj ET"
    right = _hebrew("AB 12:CDE 2,019 FG windows 10 HI")
    assert text_of([page], _hebrew_font()) == right


def test_words_of_the_other_direction_in_a_line_that_runs_to_the_right() -> None:
    page = b"BT /G 12 Tf 72 700 Td (the phrase DC BA means peace to all of you) Tj ET"
    right = _hebrew("the phrase AB CD means peace to all of you")
    assert text_of([page], _hebrew_font()) == right


_texts = st.text("ab1.א ב", min_size=1, max_size=4).filter(str.strip)


@given(st.lists(_texts, max_size=8), st.booleans())
def test_no_word_is_lost_or_made_on_the_way_to_the_order_of_reading(
    texts: list[str], rtl: bool
) -> None:
    words = [
        Word(text, 10.0 * at, 10.0 * at + 9, 0.0, 10.0, False, at) for at, text in enumerate(texts)
    ]
    found = in_reading_order(words, rtl)
    assert sorted(word.at for word in found) == list(range(len(words)))
    assert sorted("".join(word.text for word in found)) == sorted("".join(texts))
    if not any("א" <= letter <= "ב" for text in texts for letter in text):
        assert in_reading_order(words) == words


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("(The limit is 10) Tj /F 7 Tf 5 Ts (6) Tj", "The limit is 10⁶"),
        ("(The limit is 10) Tj 4 Ts (6) Tj", "The limit is 10⁶"),
        ("(It is 1.5 x10) Tj /F 7 Tf 5 Ts (-12) Tj", "It is 1.5 x10⁻¹²"),
        ("(It is 1.5x10) Tj /F 7 Tf 5 Ts (12) Tj", "It is 1.5x10¹²"),
        ("(It covers 30 km) Tj /F 7 Tf 5 Ts (2) Tj", "It covers 30 km²"),
        ("(It cost $19) Tj /F 7 Tf 5 Ts (99) Tj", "It cost $19⁹⁹"),
        ("(The ferry) Tj /F 7 Tf 5 Ts (3) Tj", "The ferry[3]"),
        ("(It was in 2019) Tj /F 7 Tf 5 Ts (4) Tj", "It was in 2019[4]"),
        ("(It cost 1,250) Tj /F 7 Tf 5 Ts (2) Tj", "It cost 1,250[2]"),
        ("(It holds H) Tj /F 7 Tf -2 Ts (2) Tj 0 Ts /F 12 Tf (O) Tj", "It holds H2O"),
        ("(It was the 4) Tj /F 7 Tf 5 Ts (th) Tj", "It was the 4th"),
    ],
)
def test_a_raised_figure_never_runs_into_the_number_before_it(drawn: str, read: str) -> None:
    """It was "106" where the figure is raised and no smaller, and "1.5x10[12]"."""
    page = b"BT /F 12 Tf 72 700 Td %s 0 Ts /F 12 Tf ( in all.) Tj ET" % drawn.encode()
    assert text_of([page]) == f"{read} in all."


@pytest.mark.parametrize("at", [146.2, 147.0, 148.5])
def test_a_raised_figure_that_is_set_apart_belongs_to_its_number(at: float) -> None:
    """It was "10 [6]"."""
    page = (
        b"BT /F 12 Tf 72 700 Td (The limit is 10) Tj ET BT /F 7 Tf %.1f 705 Td (6) Tj ET "
        b"BT /F 12 Tf 156 700 Td (cells per litre.) Tj ET" % at
    )
    assert text_of([page]) == "The limit is 10⁶ cells per litre."
