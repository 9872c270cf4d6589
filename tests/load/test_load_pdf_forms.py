"""What was filled in, ticked or typed onto a PDF is read where it stands."""

from __future__ import annotations

import pytest
from pdf_made import FIRST, made_pdf

from askdoc.load.pdf.pdf import load_pdf

LABELS = (
    b"BT /F 12 Tf 72 770 Td (Application for a mooring) Tj 0 -40 Td (Applicant:) Tj "
    b"0 -40 Td (Boat:) Tj 0 -40 Td (Winter storage) Tj 0 -40 Td (Remarks) Tj ET "
)
_HELPED = b"/DA (/F 11 Tf 0 g) /F 4 /Subtype /Widget /Type /Annot"


def _field(kind: bytes, rect: bytes, entries: bytes) -> bytes:
    return b"<< %s /FT /%s /T (t%s) /Rect [%s] %s >>" % (_HELPED, kind, rect[:9], rect, entries)


def _form(
    fields: list[bytes], page: bytes = LABELS, more: bytes = b"", others: list[bytes] | None = None
) -> str:
    first = FIRST + len(others or [])
    listed = b" ".join(b"%d 0 R" % (first + at) for at in range(len(fields)))
    form = b"/AcroForm << /Fields [%s] /DA (/F 0 Tf 0 g) /DR << /Font << /F 3 0 R >> >> %s >>"
    data = made_pdf([page], others, annotations=fields, catalog=form % (listed, more))
    return load_pdf(data, "form.pdf").text


def test_values_stand_behind_their_labels() -> None:
    """Filled-in forms lost what was filled in."""
    fields = [
        _field(b"Tx", b"180 725 510 745", b"/V (Ingrid Solheim)"),
        _field(b"Tx", b"180 685 510 705", b"/V <FEFF004B00E5007200650020003900200151006D>"),
        _field(b"Btn", b"180 645 196 661", b"/V /Yes /AS /Yes"),
        _field(
            b"Ch", b"180 605 510 625", b"/Ff 131072 /V (b) /Opt [[(a) (By ship)] [(b) (By rail)]]"
        ),
    ]
    text = _form(fields)
    assert "Applicant: Ingrid Solheim\n" in text
    assert "Boat: Kåre 9 őm\n" in text
    assert "Winter storage ☒" in text
    assert "Remarks By rail" in text


@pytest.mark.parametrize(
    ("entries", "state"),
    [(b"/V /Yes /AS /Yes", "☒"), (b"/V /Off /AS /Off", "☐"), (b"", "☐"), (b"/V /On", "☒")],
)
def test_a_box_tells_whether_it_is_ticked(entries: bytes, state: str) -> None:
    assert f"Winter storage {state}" in _form([_field(b"Btn", b"180 645 196 661", entries)])


def test_a_value_takes_the_place_of_the_line_that_it_is_written_on() -> None:
    page = b"BT /F 12 Tf 72 730 Td (Applicant: ______________________) Tj ET "
    page += b"BT /F 12 Tf 72 690 Td (I,) Tj 20 0 Td (____________________) Tj "
    page += b"140 0 Td (declare that all of this is so.) Tj ET"
    fields = [
        _field(b"Tx", b"130 725 300 745", b"/V (Ingrid Solheim)"),
        _field(b"Tx", b"92 685 225 705", b"/V (Ingrid Solheim)"),
    ]
    text = _form(fields, page)
    assert "Applicant: Ingrid Solheim" in text
    assert "I, Ingrid Solheim declare that all of this is so." in text
    assert "_" not in text


def test_several_lines_are_read_one_after_the_other() -> None:
    value = b"/Ff 4096 /V (The old berth was closed.\\rWe need another one.)"
    text = _form([_field(b"Tx", b"180 545 510 625", value)])
    assert text.index("The old berth was closed.") < text.index("We need another one.")


def test_what_is_hidden_stays_hidden_and_so_does_a_password() -> None:
    fields = [
        _field(b"Tx", b"180 725 510 745", b"/V (unseen)").replace(b"/F 4 ", b"/F 2 "),
        _field(b"Tx", b"180 685 510 705", b"/Ff 8192 /V (secret)"),
    ]
    text = _form(fields)
    assert "unseen" not in text
    assert "secret" not in text


def test_what_was_typed_onto_a_page_stands_where_it_was_typed() -> None:
    typed = (
        b"<< /Type /Annot /Subtype /FreeText /F 4 /DA (0 g /F1 12 Tf) /Rect [%s] /Contents (%s) >>"
    )
    note = (
        b"<< /Type /Annot /Subtype /Text /F 4 /Rect [500 800 510 810]"
        b" /Contents (Moe\\rpromised it.) >>"
    )
    notes = [typed % (b"150 724 320 747", b"Ingrid Solheim"), note]
    text = load_pdf(made_pdf([LABELS], annotations=notes), "a.pdf").text
    assert "Applicant: Ingrid Solheim\nBoat:" in text
    assert text.endswith("\n\nNote: Moe promised it.")


def test_a_page_of_nothing_but_what_was_typed_on_is_read() -> None:
    """Such a file was refused as empty."""
    typed = (
        b"<< /Type /Annot /Subtype /FreeText /F 4 /DA (0 g /F1 12 Tf) /Rect [90 700 300 720]"
        b" /Contents <FEFF05D005D1002005D205D30020007800790020005A> >>"
    )
    text = load_pdf(made_pdf([b""], annotations=[typed]), "a.pdf").text
    assert text == "אב גד xy Z"
