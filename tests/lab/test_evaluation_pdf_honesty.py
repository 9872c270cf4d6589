"""The measure of a PDF's text finds what is put together, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.evaluation.pdf_honesty import compared, measured
from lab.fuzzing.hostile.tiny_pdf import tiny_pdf

_PAGE = (
    "The drill locks by itself once the arms are up.\n\nRemote control is switched off\n"
    "after a quarter of an hour.\n"
)


def test_what_the_page_has_is_honest_whatever_the_lines() -> None:
    ours = "The drill locks by itself once the arms are up.\n\nRemote control is switched off after"
    found = compared("a", f"{ours} a quarter of an hour.", [_PAGE])
    assert (found.new, found.inside, found.lost) == (0.0, 0.0, 0.0)


def test_a_sentence_of_two_half_lines_is_told() -> None:
    ours = "The drill locks by itself is switched off after a quarter of an hour."
    found = compared("a", ours, [_PAGE])
    assert found.invented == ("locks by itself is switched off",)
    assert 0 < found.inside == found.new
    assert set(found.missing) >= {"remote", "control", "once", "arms"}


def test_paragraphs_in_another_order_are_new_only_between_them() -> None:
    first, second = _PAGE.strip().split("\n\n")
    found = compared("a", f"{second}\n\n{first}", [_PAGE])
    assert found.new > 0.0
    assert found.inside == 0.0


def test_rows_hyphens_marks_and_the_ends_of_pages_are_left_aside() -> None:
    page = "a well-\nknown end to the inter-\nruption3 of trade\n4\n\fGazette\nthat nobody saw\n"
    ours = "a well-known end to the interruption[3] of trade that nobody saw\nYear: 2023 | Sum: 5"
    found = compared("a", ours, [page])
    assert (found.new, found.lost) == (0.0, 1 / 9)


def test_words_that_are_parted_otherwise_are_not_lost() -> None:
    page = "The ap plication was sent to the har bour.\n"
    assert compared("a", "The application was sent to the harbour.", [page]).lost == 0.0
    assert compared("a", "The application was sent.", [page]).missing == ("har", "bour")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
def test_what_stands_outside_of_the_shown_box_is_not_asked_for(tmp_path: Path) -> None:
    page = b"BT /F 10 Tf 72 700 Td (Shown to all who read) Tj 0 110 Td (Proof of a printer) Tj ET"
    data = tiny_pdf([page]).replace(
        b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 595 842] /CropBox [20 20 575 780]"
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    found = measured(path)
    assert found is not None
    assert (found.lost, found.new) == (0.0, 0.0)


def test_an_o_that_stands_for_a_bullet_is_no_word() -> None:
    page = "What is needed:\no a boat and oars\no a rope\n"
    assert compared("a", "What is needed:\n- a boat and oars\n- a rope", [page]).new == 0.0


@given(st.text(alphabet="ab \n-", max_size=60))
def test_a_text_is_honest_to_itself(text: str) -> None:
    assert compared("a", text, [text]).new == 0.0
