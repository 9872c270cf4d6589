"""A server as it is started, and a real browser before it, which may ask nobody else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from fixed_reader import FixedReader
from running import running

from askdoc.assistant import Assistant
from askdoc.model import Extract, Hit, Question
from askdoc.serve.page import extension

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATIENCE = 30_000  # milliseconds, for a busy machine


class ReaderOf(FixedReader):
    """A reader that is told for each of some questions, by a word in it, what it says."""

    def __init__(self, told: Mapping[str, Mapping[str, float]]) -> None:
        super().__init__({})
        self._told = told

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Extract]:
        known = (said for word, said in self._told.items() if word in question.resolved)
        return FixedReader(next(known, {})).read(question, hits)


@contextmanager
def served(assistant: Assistant, *, uploads: bool = False, token: str = "") -> Iterator[str]:
    """The address of a server with the page, which ends with the block."""
    with running(assistant, [extension()], token=token, uploads=uploads) as found:
        yield f"{found.address}/"


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium; without it, or without Playwright, tests are skipped."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=arguments)
        try:
            yield chromium
        finally:
            chromium.close()


@dataclass
class Visit:
    """Pages that are opened in one go, and what they did that they should not have."""

    context: BrowserContext
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, at: str = "") -> Page:
        """A page of the server, as soon as it has all its parts."""
        page = self.context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda told: self.complaints.append(f"{told.type}: {told.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.address + at)
        return page


@contextmanager
def visiting(chromium: Browser, address: str, **options: Any) -> Iterator[Visit]:
    """A visit whose pages ask this server alone, and have nothing to complain about."""
    context = chromium.new_context(**options)
    try:
        visit = Visit(context, address)
        yield visit
    finally:
        context.close()
    assert [url for url in visit.asked if not url.startswith(address)] == []
    assert visit.complaints == []


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the answer."""
    turns = page.locator(".turn")
    before = turns.count()
    page.fill("#question", question)
    page.press("#question", "Enter")
    turns.nth(before).wait_for()
