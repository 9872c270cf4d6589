"""After a refusal it is said what was not read: what was asked for may stand there."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import ASK, LOG, OFF_TOPIC, Inside, askdoc

from lab.fuzzing.hostile.tiny_pdf import tiny_pdf

PICTURE = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x41 EI Q"
TEXT = b"BT /F 12 Tf 72 700 Td (The crane was painted in June.) Tj ET"
NOTE = "scan.pdf: 1 of 2 pages is a picture without text (page 2)"


@pytest.fixture
def scans(folder: Path) -> Path:
    """A folder with a PDF whose second page is a picture, and a text."""
    scans = folder / "scans"
    scans.mkdir()
    (scans / "scan.pdf").write_bytes(tiny_pdf([TEXT, PICTURE]))
    (scans / "gone.pdf").write_bytes(tiny_pdf([PICTURE]))
    (scans / "log.md").write_text(LOG, "utf-8")
    (scans / "old.txt").write_bytes("Straße, Ærø und Møn. ".encode("latin-1") * 8)
    return scans


def test_a_question_to_files_tells_of_pictures_before_it_is_answered(
    scans: Path, inside: Inside
) -> None:
    code, _, err = inside("query", OFF_TOPIC, "scans")
    assert code == 1
    assert NOTE in err
    assert err.count("scan.pdf") == 1


def test_a_saved_index_tells_of_them_when_it_is_made_and_after_a_refusal(
    scans: Path, inside: Inside
) -> None:
    code, _, err = inside("index", "scans")
    assert code == 0
    assert NOTE in err
    assert "ocrmypdf" in err
    code, out, err = inside("query", OFF_TOPIC)
    assert code == 1
    assert "picture" not in out
    gone = "scans/gone.pdf: there are pictures in it only, no text, as in a scan"
    assert f"askdoc: Not everything was read: {gone}; scans/{NOTE}." in err
    assert "old.txt" not in err, "a guessed encoding loses nothing"
    code, _, err = inside("query", ASK)
    assert (code, err) == (0, "")


def test_the_shell_tells_of_them_after_a_refusal_beside_the_answers(scans: Path) -> None:
    typed = f"{ASK}\n{OFF_TOPIC}\n".encode()
    _, out, err = askdoc(scans.parent, "scans/scan.pdf", "scans/log.md", stdin=typed)
    assert "Not everything" not in out
    assert err.count(f"askdoc: Not everything was read: scans/{NOTE}.") == 1
