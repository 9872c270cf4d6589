"""The page is usable by everybody, and what a hostile document says stays text in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import ask, browser, served, visiting
from fixed_reader import FixedReader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askdoc.assistant import Assistant
from askdoc.present.sanitize import one_line, sanitize
from lab.fuzzing.hostile.tiny_pdf import tiny_pdf

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_BRIDGE = "The Hollins bridge was opened by Mary Fox in 1931."
_OTHER = "The Hollins bridge was opened in 1934 by Mary Fox."
_QUESTION = "When was the Hollins bridge opened?"
_HOSTILE = (
    "The Hollins bridge <script>document.title='taken'</script> was <img src=x onerror=alert(1)> "
    "opened \u202eni\u202c \x1b[31m\x07 \u2066x\u2069 \ufff9y\ufffb \U000e0041 in &lt;b&gt; 1931."
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("for-all")
    (folder / "a.txt").write_text(_BRIDGE)
    (folder / "b.txt").write_text(_OTHER)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 no more")
    toll = b"BT /F 12 Tf 72 500 Td (Mary Fox said that a toll of 2 pence would be taken.) Tj ET"
    (folder / "c.pdf").write_bytes(tiny_pdf([toll]))
    reader = FixedReader({"1931": 0.93, "1934": 0.8, "2 pence": 0.98})
    with served(Assistant.from_paths([folder], reader=reader), uploads=True) as at:
        yield at


def _violations(page: Page) -> list[str]:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_to_object_to(
    chromium: Browser, address: str, scheme: str, width: int
) -> None:
    shape = {"width": width, "height": 800}
    # axe is put into the page, which its policy keeps everybody else from.
    with visiting(
        chromium, address, color_scheme=scheme, viewport=shape, bypass_csp=True,
        reduced_motion="reduce",
    ) as visit:  # fmt: skip
        page = visit.open()
        page.get_by_role("button", name="3 documents").wait_for()
        assert _violations(page) == []
        ask(page, _QUESTION)
        ask(page, "What zarzuela was sung?")
        ask(page, "What toll would be taken?")
        page.locator("a.quote", has_text="toll").first.click()
        page.locator(".sheet rect").wait_for()
        assert _violations(page) == []
        page.get_by_role("button", name="Text", exact=True).click()
        page.locator(".text > mark").wait_for()
        assert _violations(page) == []
        page.get_by_role("button", name="3 documents").click()
        page.locator(".problems summary").click()
        assert _violations(page) == []


# 320 pixels are also what there is of 1,280 at 400%.
@pytest.mark.parametrize("width", [320, 1024, 1280])
def test_nothing_is_wider_than_the_window(chromium: Browser, address: str, width: int) -> None:
    shape = {"width": width, "height": 700}
    with visiting(chromium, address, viewport=shape) as visit:
        page = visit.open()
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0
        ask(page, _QUESTION)
        ask(page, "What toll would be taken?")
        assert page.evaluate(wide) == 0
        page.locator("a.quote", has_text="toll").first.click()
        page.locator(".sheet rect").wait_for()
        assert page.evaluate(wide) == 0
        page.get_by_role("button", name="3 documents").click()
        page.locator(".documents li").first.wait_for()
        assert page.evaluate(wide) == 0


def test_who_wants_no_motion_sees_none(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, reduced_motion="reduce") as visit:
        page = visit.open()
        style = "getComputedStyle(document.getElementById('progress'), '::before').animationName"
        page.evaluate("document.getElementById('progress').classList.add('busy')")
        assert page.evaluate(style) == "none"


def test_a_hostile_document_is_shown_as_the_terminal_shows_it(chromium: Browser) -> None:
    name = "a\u202e<b>.txt"
    assistant = Assistant.from_texts({name: _HOSTILE}, reader=FixedReader({"1931": 0.9}))
    with served(assistant) as address, visiting(chromium, address) as visit:
        page = visit.open()
        ask(page, _QUESTION)
        assert page.locator("a.quote").text_content() == one_line(_HOSTILE)
        assert str(page.locator(".address").text_content()).startswith(sanitize(name))
        page.locator("a.quote").click()
        page.locator(".text > mark").wait_for()
        assert page.locator(".text").text_content() == sanitize(_HOSTILE)
        page.locator("#show-documents").click()
        page.locator(".documents li").wait_for()
        assert page.locator(".documents .open").text_content() == sanitize(name)
        assert page.locator("main script, aside script, main img, aside img, main b").count() == 0
        assert page.title() == f"{_QUESTION} · askdoc"


@pytest.fixture(scope="module")
def blank(chromium: Browser, address: str) -> Iterator[Page]:
    with visiting(chromium, address) as visit:
        yield visit.open()


_ANY = st.text(st.characters(codec=None), max_size=60)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_ANY, min_size=20, max_size=60))
def test_any_text_is_shown_in_the_page_as_in_a_terminal(blank: Page, texts: list[str]) -> None:
    # As UTF-16, since what carries it to the browser may take no half of a pair.
    units = [
        list(memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")) for text in texts
    ]
    shown = blank.evaluate(
        """async (units) => {
            const { oneLine } = await import("/static/dom.js");
            return units.map((one) => oneLine(String.fromCharCode(...one)));
        }""",
        units,
    )
    # A pair in halves is one letter in a browser.
    whole = [
        text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        for text in texts
    ]
    assert shown == [one_line(text) for text in whole]


def test_all_of_the_page_is_small_and_loads_nothing_from_elsewhere() -> None:
    folder = Path(__file__).parents[3] / "askdoc" / "serve" / "static"
    files = list(folder.iterdir())
    assert sum(one.stat().st_size for one in files) < 60_000
    for one in files:
        text = one.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text
        assert "https://" not in text
        assert " style=" not in text
        assert "innerHTML" not in text
