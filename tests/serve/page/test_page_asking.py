"""A question is asked in a browser, and its answer looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import ReaderOf, ask, browser, served, visiting
from fixed_reader import FixedReader

from askdoc.assistant import Assistant
from askdoc.index import update
from askdoc.model import Answer
from askdoc.present.markdown import escaped

if TYPE_CHECKING:
    from browsing import Visit
    from playwright.sync_api import Browser

_BRIDGE = "The Hollins bridge was opened by Mary Fox in 1931."
_OTHER = "The Hollins bridge was opened in 1934 by Mary Fox."
_TOLL = "Mary Fox said that a toll of 2 pence would be taken."
_MILL = "Below it stood once a mill."
_LONG = "\n\n".join(
    f"Paragraph {number} of this text tells of something else." for number in range(120)
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("asked")
    (made / "bridge.txt").write_text(f"{_LONG}\n\n{_BRIDGE}\n\n{_TOLL}\n\n{_LONG}\n")
    (made / "other.md").write_text(f"# Notes\n\n{_OTHER}\n")
    (made / "broken.pdf").write_bytes(b"%PDF-1.4 no more")
    return made


@pytest.fixture(scope="module")
def address(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    saved = tmp_path_factory.mktemp("saved") / "index"
    update(saved, [folder])
    reader = ReaderOf({"toll": {"2 pence": 0.72}, "open": {"1931": 0.93, "1934": 0.8}})
    with served(Assistant.open(saved, reader=reader)) as at:
        yield at


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    with visiting(chromium, address, permissions=["clipboard-read", "clipboard-write"]) as visit:
        yield visit


def test_a_sentence_is_shown_verbatim_with_what_answers_marked(visit: Visit) -> None:
    page = visit.open()
    ask(page, "What toll would be taken?")
    cite = page.locator(".cite").first
    assert cite.locator("a.quote").inner_text() == _TOLL
    assert cite.locator("mark").all_inner_texts() == ["2 pence"]
    said = cite.locator(".address").inner_text()
    assert said.endswith("bridge.txt, line 243 · sure, 72%")
    assert _TOLL in page.locator("#progress").text_content()  # type: ignore[operator]
    assert page.locator("#progress").get_attribute("role") == "status"
    assert page.title() == "What toll would be taken? · askdoc"


def test_documents_that_disagree_stand_side_by_side(visit: Visit) -> None:
    page = visit.open()
    ask(page, "When was the Hollins bridge opened?")
    assert page.locator(".verdict").inner_text() == "The documents disagree:"
    boxes = [one.bounding_box() for one in page.locator(".beside .cite").all()]
    assert len(boxes) == 2
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] == boxes[1]["y"]
    assert page.locator(".beside mark").all_inner_texts() == ["1931", "1934"]


def test_what_comes_near_is_called_no_answer(visit: Visit) -> None:
    page = visit.open()
    ask(page, "What zarzuela does this paragraph tell of?")
    assert page.locator(".verdict").inner_text() == "The documents don't say."
    assert "“zarzuela”" in page.locator(".lacking").inner_text()
    assert page.locator(".turn mark").count() == 0
    assert "The documents don't say." in str(page.locator("#progress").text_content())


def test_a_chance_is_called_perhaps(chromium: Browser) -> None:
    assistant = Assistant.from_texts({"mill.txt": _MILL}, reader=FixedReader({"a mill": 0.3}))
    with served(assistant) as address, visiting(chromium, address) as visit:
        page = visit.open()
        ask(page, "Where stood a mill?")
        assert page.locator(".verdict").inner_text() == "Perhaps:"
        assert page.locator(".address").inner_text() == "mill.txt, line 1 · less sure, 30%"


def test_a_follow_up_is_shown_as_it_was_understood_and_asked_as_typed(visit: Visit) -> None:
    page = visit.open()
    ask(page, "Who opened the Hollins bridge?")
    ask(page, "When did she open it?")
    understood = page.locator(".turn").first.locator(".understood")
    assert understood.locator("bdi").inner_text() == "When did Mary Fox open it?"
    understood.locator("button").click()
    page.locator(".turn").nth(2).wait_for()
    newest = page.locator(".turn").first
    assert newest.locator("h2").inner_text() == "When did she open it?"
    assert newest.locator(".understood").count() == 0


def test_all_of_it_goes_by_the_keyboard_alone(visit: Visit) -> None:
    page = visit.open()
    page.locator("body").press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.press("/")
    page.keyboard.type("When was the Hollins bridge opened?")
    page.keyboard.press("Enter")
    page.locator(".turn").wait_for()
    page.keyboard.press("Tab")
    for key, quote in (("j", _BRIDGE), ("j", _OTHER), ("j", _OTHER), ("k", _BRIDGE)):
        page.keyboard.press(key)
        assert page.locator("a.quote:focus").inner_text() == quote
    page.keyboard.press("Enter")
    page.locator(".text mark").first.wait_for()
    assert page.locator("#panel-title:focus").count() == 1
    page.keyboard.press("j")
    page.locator("#panel-title .file", has_text="other.md").wait_for()
    assert page.locator("a.quote:focus").inner_text() == _OTHER
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert page.locator("a.quote:focus").inner_text() == _OTHER
    page.keyboard.press("/")
    assert page.locator("#question:focus").count() == 1


def test_from_the_question_one_key_leads_to_the_answer_since_j_is_a_letter_there(
    visit: Visit,
) -> None:
    page = visit.open()
    page.press("#question", "ArrowDown")
    assert page.locator("#question:focus").count() == 1
    ask(page, "When was the Hollins bridge opened?")
    assert page.locator("#question:focus").count() == 1
    page.keyboard.press("ArrowDown")
    assert page.locator("a.quote:focus").inner_text() == _BRIDGE
    page.keyboard.press("j")
    assert page.locator("a.quote:focus").inner_text() == _OTHER


def test_going_back_to_an_answer_does_not_ask_it_again(visit: Visit) -> None:
    page = visit.open()
    questions = ("What toll would be taken?", "When was the Hollins bridge opened?")
    for question in questions:
        ask(page, question)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.go_back()
    page.wait_for_function("asked => document.title.startsWith(asked)", arg=questions[0])
    assert page.input_value("#question") == questions[0]
    assert page.locator(".turn h2").all_inner_texts() == [*reversed(questions)]
    page.go_forward()
    page.wait_for_function("asked => document.title.startsWith(asked)", arg=questions[1])
    page.locator("a.quote").first.click()
    page.locator(".text mark").first.wait_for()
    page.go_back()
    page.locator("#panel").wait_for(state="hidden")
    assert page.locator(".turn").count() == 2
    assert not [one for one in sent if one.endswith("/api/ask")]


def test_a_source_opens_at_its_place_and_the_address_leads_there_again(visit: Visit) -> None:
    page = visit.open()
    ask(page, "What toll would be taken?")
    page.locator("a.quote").first.click()
    sentence = page.locator(".text > mark")
    sentence.wait_for()
    assert sentence.inner_text() == _TOLL
    assert sentence.locator("mark").inner_text() == "2 pence"
    shared = page.url
    again = visit.open(shared.removeprefix(visit.address))
    again.locator(".text > mark").wait_for()
    assert again.locator(".text > mark").inner_text() == _TOLL
    assert again.locator("a.quote").first.inner_text() == _TOLL
    again.reload()
    again.locator(".text > mark").wait_for()
    assert again.url == shared
    page.go_back()
    page.locator("#panel").wait_for(state="hidden")
    page.go_forward()
    page.locator(".text > mark").wait_for()


def test_the_text_before_and_behind_is_had_by_a_click(visit: Visit) -> None:
    page = visit.open()
    ask(page, "What toll would be taken?")
    page.locator("a.quote").first.click()
    text = page.locator(".text")
    text.wait_for()
    for name in ("Earlier text", "Later text"):
        page.get_by_role("button", name=name).click()
        page.get_by_role("button", name=name).wait_for(state="hidden")
    expected = f"{_LONG}\n\n{_BRIDGE}\n\n{_TOLL}\n\n{_LONG}\n"
    assert text.text_content() == expected
    assert page.locator(".text > mark").inner_text() == _TOLL


def test_an_answer_is_copied_as_text_markdown_and_json(visit: Visit) -> None:
    page = visit.open()
    ask(page, "When was the Hollins bridge opened?")

    def copied(name: str) -> str:
        button = page.get_by_role("button", name=name)
        number = page.locator(".actions button").all_inner_texts().index(name)
        button.click()
        page.locator(".actions button").nth(number).filter(has_text="Copied").wait_for()
        return str(page.evaluate("navigator.clipboard.readText()"))

    answer = Answer.model_validate_json(copied("Copy JSON"))
    assert [one.quote for one in answer.citations] == [_BRIDGE, _OTHER]
    text = copied("Copy text")
    assert f"“{_BRIDGE}”" in text
    first, second = answer.citations
    assert f"{second.source}, under “Notes”, line 3" in text
    markdown = copied("Copy as Markdown")
    assert markdown.startswith(f"> {escaped(_BRIDGE)}[^1]\n\n> {escaped(_OTHER)}[^2]\n\n[^1]: ")
    assert f"{escaped(first.source)}, line 241, characters {first.start}-{first.end}" in markdown


def test_quotes_are_checked_against_their_files(visit: Visit, folder: Path) -> None:
    page = visit.open()
    ask(page, "When was the Hollins bridge opened?")
    page.get_by_role("button", name="Check quotes").click()
    page.locator(".standing.good").nth(1).wait_for()
    before = (folder / "other.md").read_text()
    try:
        (folder / "other.md").write_text(before.replace("1934", "1935"))
        page.get_by_role("button", name="Check quotes").click()
        page.locator(".standing.alert").wait_for()
        ask(page, "When was the Hollins bridge opened?")
        assert "other.md" in page.locator(".changed").inner_text()
    finally:
        (folder / "other.md").write_text(before)


def test_documents_are_found_ticked_and_asked_alone(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("button", name="2 documents").click()
    page.locator(".documents li").nth(1).wait_for()
    page.fill("#filter", "OTHER")
    page.locator(".documents li", has_text="bridge.txt").wait_for(state="detached")
    page.locator(".documents input").check()
    assert "other.md" in page.locator("#restricted").inner_text()
    ask(page, "When was the Hollins bridge opened?")
    assert page.locator("a.quote").all_inner_texts() == [_OTHER]
    page.get_by_role("button", name="Ask all").click()
    ask(page, "When was the Hollins bridge opened?")
    assert page.locator(".turn").first.locator("a.quote").count() == 2
    page.locator(".problems summary").click()
    assert "broken.pdf" in page.locator(".problems li").inner_text()
    assert "damaged" in page.locator(".problems li").inner_text()


def test_what_is_shown_in_the_page_is_what_the_interface_gives(visit: Visit) -> None:
    page = visit.open()
    ask(page, "When was the Hollins bridge opened?")
    asked = {"question": "When was the Hollins bridge opened?"}
    reply = visit.context.request.post(f"{visit.address}api/ask", data=asked).json()
    cited = reply["answer"]["citations"]
    assert [one["quote"] for one in cited] == page.locator("a.quote").all_inner_texts()


def test_a_printed_page_has_footnotes(visit: Visit) -> None:
    page = visit.open()
    ask(page, "What toll would be taken?")
    ask(page, "When was the Hollins bridge opened?")
    page.emulate_media(media="print")
    notes = page.locator("#footnotes li")
    assert notes.count() == 3
    assert all(one.is_visible() for one in notes.all())
    assert page.locator("#ask").is_hidden()
    assert "line 243" in notes.first.inner_text()
    tops = [one.bounding_box() for one in page.locator(".turn").all()]
    assert tops[0] is not None
    assert tops[1] is not None
    assert tops[1]["y"] < tops[0]["y"]  # what was asked first is printed first
