"""Documents are shown beside the answer, on a PDF's own page, and files are handed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from browsing import ask, browser, served, visiting
from fixed_reader import FixedReader

from askdoc.assistant import Assistant
from lab.fuzzing.hostile.tiny_pdf import tiny_pdf

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, FloatRect, Locator

_QUESTION = "When was the Hollins bridge opened?"
_LINES = ("The Hollins bridge was opened by Mary Fox, whom", "many had come to see, in 1931.")
_QUOTE = " ".join(_LINES)


def _page(*lines: str) -> bytes:
    shown = [f"BT /F 12 Tf 72 {500 - 16 * at} Td ({line}) Tj ET" for at, line in enumerate(lines)]
    return "\n".join(shown).encode()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pdf = tiny_pdf([_page("The first page says another thing."), _page(*_LINES)])
    (tmp_path / "bridge.pdf").write_bytes(pdf)
    return tmp_path


def _assistant(folder: Path) -> Assistant:
    reader = FixedReader({"1931": 0.93, "forty rooms": 0.9})
    return Assistant.from_paths([folder], reader=reader)


def _box(one: Locator) -> FloatRect:
    found = one.bounding_box()
    assert found is not None
    return found


def test_on_a_pdf_the_words_are_marked_on_the_pages_picture(
    chromium: Browser, folder: Path
) -> None:
    with (
        served(_assistant(folder)) as address,
        visiting(chromium, address, reduced_motion="reduce") as visit,
    ):
        page = visit.open()
        ask(page, _QUESTION)
        assert page.locator("a.quote").inner_text() == _QUOTE
        page.locator("a.quote").click()
        rects = page.locator(".sheet rect")
        rects.first.wait_for()
        assert rects.count() == 2
        assert page.locator(".panel-tools").inner_text().startswith("Page\nText")
        assert "page 2 of 2" in page.locator(".panel-tools").inner_text()
        image, (first, second) = _box(page.locator(".sheet img")), map(_box, rects.all())
        # 12 points high, 342 from the top of 842 and 72 from the left of 595, as it was set.
        assert image["width"] > 300
        assert (first["x"] - image["x"]) / image["width"] == pytest.approx(72 / 595, abs=0.005)
        assert (first["y"] - image["y"]) / image["height"] == pytest.approx(333 / 842, abs=0.005)
        assert first["y"] < second["y"]
        page.get_by_role("button", name="Page before").click()
        page.get_by_text("page 1 of 2").wait_for()
        page.get_by_role("button", name="Text", exact=True).click()
        page.locator(".text > mark").wait_for()
        assert " ".join(page.locator(".text > mark").inner_text().split()) == _QUOTE


@pytest.mark.parametrize("made_up", ["p=1000000000", "p=-5", "p=0.5", "p=Infinity", "p=", "p=x"])
def test_an_address_with_a_page_that_is_not_there_leads_to_one_that_is(
    chromium: Browser, folder: Path, made_up: str
) -> None:
    # It said that the file was gone, or another one now, and led to no page that is there.
    assistant = _assistant(folder)
    at = assistant.documents[0].page_starts[1]
    with served(assistant) as address, visiting(chromium, address) as visit:
        id = httpx.get(f"{address}api/documents").json()["documents"][0]["id"]
        page = visit.open(f"#d={id}&s={at}-{at + 10}&{made_up}")
        page.locator(".sheet rect").first.wait_for()
        assert "page 2 of 2" in page.locator(".panel-tools").inner_text()


def test_an_address_far_behind_a_document_shows_it_all_the_same(
    chromium: Browser, folder: Path
) -> None:
    (folder / "bridge.pdf").unlink()
    (folder / "a.txt").write_text(_QUOTE)
    with served(_assistant(folder)) as address, visiting(chromium, address) as visit:
        id = httpx.get(f"{address}api/documents").json()["documents"][0]["id"]
        page = visit.open(f"#d={id}&s=999999999999-999999999999")
        page.get_by_text(_QUOTE).wait_for()


def test_a_pdf_that_is_another_one_now_is_shown_as_text(chromium: Browser, folder: Path) -> None:
    with served(_assistant(folder)) as address, visiting(chromium, address) as visit:
        page = visit.open()
        ask(page, _QUESTION)
        (folder / "bridge.pdf").write_bytes(tiny_pdf([_page("Nothing of it."), _page("is left.")]))
        page.locator("a.quote").click()
        page.locator(".text > mark").wait_for()
        assert "cannot be drawn" in page.locator(".note").inner_text()
        visit.complaints = [one for one in visit.complaints if "409" not in one]


def test_files_are_handed_in_and_refused_by_name(chromium: Browser, folder: Path) -> None:
    with (
        served(_assistant(folder), uploads=True) as address,
        visiting(chromium, address) as visit,
    ):
        page = visit.open()
        page.get_by_role("button", name="1 document").click()
        files: list[FilePayload] = [
            {"name": "inn.txt", "mimeType": "", "buffer": b"The inn has forty rooms."},
            {"name": "odd.bin", "mimeType": "", "buffer": bytes(range(256))},
        ]
        page.locator('input[type="file"]').set_input_files(files)
        refused = page.locator(".sent .alert")
        refused.wait_for()
        assert "odd.bin" in page.locator(".sent li", has=page.locator(".alert")).inner_text()
        page.locator(".sent li", has_text="inn.txt is asked from now on.").wait_for()
        page.locator(".documents li", has_text="inn.txt").wait_for()
        assert page.locator("#show-documents").inner_text() == "2 documents"
        ask(page, "How many rooms has the inn?")
        assert "The inn has forty rooms." in page.locator("a.quote").all_inner_texts()
        page.get_by_role("button", name="Remove uploaded/inn.txt").click()
        page.locator(".documents li", has_text="inn.txt").wait_for(state="detached")
        assert page.locator("#show-documents").inner_text() == "1 document"
        visit.complaints = [one for one in visit.complaints if "415" not in one]


def test_files_can_be_dropped_where_they_are_taken(chromium: Browser, folder: Path) -> None:
    drop = """([kind]) => {
        const held = new DataTransfer();
        held.items.add(new File(["The inn has forty rooms."], "inn.txt"));
        const told = { dataTransfer: held, bubbles: true, cancelable: true };
        return document.body.dispatchEvent(new DragEvent(kind, told));
    }"""
    with (
        served(_assistant(folder), uploads=True) as address,
        visiting(chromium, address) as visit,
    ):
        page = visit.open()
        page.get_by_role("button", name="1 document").wait_for()
        assert not page.evaluate(drop, ["dragover"])  # the browser is not to open it
        assert page.locator("#drop").is_visible()
        page.evaluate(drop, ["drop"])
        page.locator(".documents li", has_text="inn.txt").wait_for()
        assert page.locator("#drop").is_hidden()
    with served(_assistant(folder)) as address, visiting(chromium, address) as visit:
        page = visit.open()
        page.get_by_role("button", name="1 document").wait_for()
        assert page.evaluate(drop, ["dragover"])
        assert page.locator("#drop").is_hidden()


def test_without_scripts_a_question_is_answered_too(chromium: Browser, folder: Path) -> None:
    with (
        served(_assistant(folder)) as address,
        visiting(chromium, address, java_script_enabled=False) as visit,
    ):
        page = visit.open()
        page.fill("#question", _QUESTION)
        page.press("#question", "Enter")
        page.locator(".turn").wait_for()
        assert page.locator("a.quote").inner_text() == _QUOTE
        assert page.locator("mark").inner_text() == "1931"
        assert (
            page.locator(".address")
            .inner_text()
            .endswith("bridge.pdf, page 2, line 3 · very sure, 93%")
        )
        conversation = page.locator('input[name="conversation"]').get_attribute("value")
        with page.expect_popup() as opened:
            page.locator("a.quote").click()
        source = opened.value
        assert " ".join(source.locator("mark").inner_text().split()) == _QUOTE
        source.locator(".sheet img").wait_for()
        page.fill("#question", "When did she open it?")
        page.press("#question", "Enter")
        page.locator(".understood").wait_for()
        assert page.locator('input[name="conversation"]').get_attribute("value") == conversation


def test_who_has_no_token_is_told_what_to_open(chromium: Browser, folder: Path) -> None:
    token = "t" * 40
    with (
        served(_assistant(folder), token=token) as address,
        visiting(chromium, address) as visit,
    ):
        page = visit.open()
        assert "Open the address that askdoc serve printed" in page.locator("p").inner_text()
        page.goto(f"{address}?token={token}")
        assert page.url == address
        page.get_by_role("button", name="1 document").wait_for()
        ask(page, _QUESTION)
        visit.complaints = [one for one in visit.complaints if "401" not in one]
