"""Pages of a PDF that cannot be read are told by their numbers, and what is told is so."""

from __future__ import annotations

import string

import pytest
from pdf_made import made_pdf, meanings, stream

from askdoc.errors import EmptySource
from askdoc.load.pdf.noise import is_noise
from askdoc.load.pdf.pdf import load_pdf

TEXT = (
    b"BT /F 12 Tf 72 760 Td 16 TL (The ferry leaves the quay at nine and comes back at ten.) Tj T* "
    b"(Whoever misses it waits for the next one, which leaves in the afternoon and) Tj T* "
    b"(takes the longer way around the islands, so that nobody is home before dark.) Tj T* "
    b"(In winter there is no second boat at all, and the post stays where it is.) Tj ET "
)
STAMP = b"BT /F 9 Tf 72 810 Td (Case 1:20-cv-00123 Document 5-2 Filed 03/04/20 Page 3 of 14) Tj ET "


def picture(share: float) -> bytes:
    """A picture over so much of the page's height."""
    return b"q 595 0 0 %d 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x41 EI Q " % int(842 * share)


def test_scans_are_told_by_page_whether_they_are_stamped_or_not() -> None:
    """A stamp was all that was indexed of a scan, without a word."""
    pages = [TEXT, picture(1), picture(1) + STAMP, TEXT, picture(0.9) + STAMP]
    document = load_pdf(made_pdf(pages), "a.pdf")
    (note,) = document.notes
    assert note.startswith("3 of 5 pages are pictures without text (pages 2-3, 5). ")
    assert "ocrmypdf" in note
    assert document.text.count("The ferry leaves") == 2


def test_the_only_page_and_all_pages() -> None:
    (note,) = load_pdf(made_pdf([picture(1) + STAMP]), "a.pdf").notes
    assert note.startswith("its only page is a picture without text. ")
    stamped = [picture(1) + STAMP.replace(b"Case 1", b"Exhibit %d, case 1" % at) for at in (3, 8)]
    (note,) = load_pdf(made_pdf([picture(1), *stamped]), "a.pdf").notes
    assert note.startswith("all 3 pages are pictures without text. ")


def test_a_scan_of_a_form_that_was_typed_on_is_a_picture_still() -> None:
    typed = b"<< /Type /Annot /Subtype /FreeText /F 4 /Rect [72 %d 500 %d] /Contents (%s) >>"
    said = b"What was typed onto the scan of a form is all that there is to be read."
    notes = [typed % (700 - 40 * at, 720 - 40 * at, said) for at in range(5)]
    document = load_pdf(made_pdf([picture(1)], annotations=notes), "a.pdf")
    assert document.text.count("all that there is") == 5
    assert document.notes[0].startswith("its only page is a picture without text. ")


def test_the_strips_of_a_scan_are_one_picture() -> None:
    strip = b"q 595 0 0 85 0 %d cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x41 EI Q "
    page = b"".join(strip % (84 * at) for at in range(10)) + STAMP
    assert load_pdf(made_pdf([TEXT, page]), "a.pdf").notes[0].startswith("1 of 2 pages is")


def test_a_form_that_only_one_program_shows_is_told() -> None:
    wait = b"BT /F 12 Tf 72 700 Td (Please wait. If this is not replaced, get a reader.) Tj ET"
    form = b"/NeedsRendering true /AcroForm << /XFA 4 0 R /Fields [] >> "
    data = made_pdf([wait], [stream(b"<xdp:xdp/>")], catalog=form)
    assert any("XFA" in note for note in load_pdf(data, "a.pdf").notes)


def test_text_that_is_drawn_letter_by_letter_is_a_picture() -> None:
    curve = b"72 %d m 74 700 76 702 78 704 c 80 706 82 708 84 %d c 86 700 l f "
    drawn = b"".join(curve % (700 - at, 710 - at) for at in range(300))
    (note,) = load_pdf(made_pdf([TEXT, drawn]), "a.pdf").notes
    assert note.startswith("1 of 2 pages is a picture without text (page 2). ")


@pytest.mark.parametrize(
    "page",
    [
        TEXT + picture(0.4),
        TEXT + picture(1),
        b"BT /F 36 Tf 72 400 Td (Results of the second year) Tj ET " + picture(1),
        b"BT /F 12 Tf 3 Tr 72 700 Td (Recognized before.) Tj ET " + picture(1),
        b"72 72 400 600 re S",
        b"",
    ],
    ids=["figure", "background", "slide", "recognized", "frame", "blank"],
)
def test_other_pages_with_pictures_are_read_without_a_note(page: bytes) -> None:
    assert load_pdf(made_pdf([TEXT, page]), "a.pdf").notes == ()


def _shifted(step: int) -> bytes:
    """What says that each letter is the one so many further on."""
    letters = {at: chr(at) for at in range(32, 127)}
    for alphabet in (string.ascii_lowercase, string.ascii_uppercase):
        for at, letter in enumerate(alphabet):
            letters[ord(letter)] = alphabet[(at + step) % 26]
    return meanings(letters)


_NOISY = b"<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Noise /ToUnicode 5 0 R >>"
_FONTS = b"/Font << /F 3 0 R /G 4 0 R >>"


@pytest.mark.parametrize("step", range(1, 26))
def test_letters_that_make_no_words_are_left_out_and_told_by_page(step: int) -> None:
    """Noise was indexed without a word."""
    noise = TEXT.replace(b"/F", b"/G")
    short = b"BT /G 12 Tf 72 700 Td (Nobody was there in the morning.) Tj ET"
    pages = [TEXT, noise, TEXT + short]
    document = load_pdf(made_pdf(pages, [_NOISY, _shifted(step)], resources=_FONTS), "a.pdf")
    (note,) = document.notes
    assert note.startswith("letters on 2 of 3 pages make no words and were left out")
    assert "(pages 2-3)" in note
    assert "ocrmypdf --force-ocr" in note
    assert document.text.count("the quay") == 2


def test_a_file_of_nothing_but_noise_is_refused_with_the_way_out() -> None:
    page = TEXT.replace(b"/F", b"/G")
    with pytest.raises(EmptySource, match=r"make no words.*ocrmypdf"):
        load_pdf(made_pdf([page], [_NOISY, _shifted(7)], resources=_FONTS), "a.pdf")


@pytest.mark.parametrize(
    "text",
    [
        "Die Fähre verlässt den Kai um neun Uhr und kehrt erst am späten Nachmittag zurück, "
        "weshalb niemand vor Einbruch der Dunkelheit zu Hause ankommt und die Post liegen bleibt.",
        "Prom odpływa z nabrzeża o dziewiątej i wraca dopiero późnym popołudniem, przez co nikt "
        "nie przychodzi do domu przed zmrokiem, a przesyłki czekają do następnego dnia w porcie.",
        "Trajekt odplouvá od nábřeží v devět hodin a vrací se až pozdě odpoledne, takže nikdo "
        "nepřijde domů před setměním a pošta zůstává ležet v přístavu do příštího dne.",
        "Lautta lähtee laiturista yhdeksältä ja palaa vasta myöhään iltapäivällä, joten kukaan ei "
        "ehdi kotiin ennen pimeän tuloa ja posti jää odottamaan seuraavaa päivää satamaan.",
        "A komp kilenckor indul a rakpartról, és csak késő délután tér vissza, ezért senki sem ér "
        "haza sötétedés előtt, a posta pedig a kikötőben marad a következő napig.",
        "Vapur iskeleden saat dokuzda kalkar ve ancak öğleden sonra geç saatlerde döner, bu yüzden "
        "kimse hava kararmadan eve varamaz ve postalar ertesi güne kadar limanda bekler.",
        "Phà rời bến lúc chín giờ và chỉ quay lại vào cuối buổi chiều, vì vậy không ai về nhà "
        "trước khi trời tối và thư từ phải nằm lại ở cảng cho đến ngày hôm sau.",
        "Паром отходит от причала в девять часов и возвращается только под вечер, поэтому никто не "
        "приходит домой до темноты, а почта лежит в порту до следующего дня.",
        "Το πλοίο φεύγει από την προκυμαία στις εννέα και επιστρέφει αργά το απόγευμα, γι' αυτό "
        "κανείς δεν φτάνει στο σπίτι πριν νυχτώσει και τα γράμματα μένουν στο λιμάνι.",
        "フェリーは九時に岸壁を離れ、午後遅くに戻ります。 "
        "Windows版は二月に出ます。 港で手紙は次の日まで待ちます。",
        "AAPL MSFT NVDA GOOG TSLA BRKB XOM JNJ PG V MA HD CVX MRK ABBV PEP KO COST AVGO TMO MCD "
        "WMT CSCO ACN LIN DHR NEE TXN PM UPS MS RTX HON QCOM LOW INTU SPGI IBM GS CAT BA",
        "1,250.00 (19,800) 2019 2020 2021 US0378331005 12.05.2019 A-113/b XK-9 7/12 4% 5,5 n/a - -",
        "https://example.org/a?b=c&d=e mail@example.org def f(x): return x['a'] + y[1:2] x=1; y=2",
    ],
)
def test_text_of_other_languages_and_of_none_is_no_noise(text: str) -> None:
    assert not is_noise(text.split() * 4)
