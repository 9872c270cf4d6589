"""The pictures of the page in the browser, taken from a real Chromium before a real server.

python -m lab.pictures.page lab/figures/page.svg
python -m lab.pictures.page --photos FOLDER [--ask QUESTION PATH...]

The first is the README's: where the browser puts each line of text and each box, as SVG. The second
takes photos in light, dark, narrow and printed, which are for whoever changes how the page looks.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

_SEEDS = Path(__file__).parents[2] / "seeds"
QUESTION = "What did Sheinbaum ask Trump for?"
_SIZE = {"width": 1120, "height": 560}
_PLACED = Path(__file__).with_name("placed.js")


@contextmanager
def _server(paths: Sequence[str], folder: Path) -> Iterator[str]:
    """The address of `askdoc serve` over some paths."""
    command = [sys.executable, "-P", "-m", "askdoc", "serve", "--port", "0", "--no-browser", *paths]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextmanager
def _chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def _asked(context: Any, address: str, question: str) -> Any:
    """A page on which a question was asked, and the source of the first sentence opened."""
    page = context.new_page()
    page.goto(address)
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.locator(".turn").wait_for(timeout=120_000)
    if page.locator("a.quote").count():
        page.locator("a.quote").first.click()
        page.locator(".panel-tools a").wait_for(timeout=120_000)
        page.get_by_text("Drawing the page").wait_for(state="hidden", timeout=120_000)
    return page


def render(placed: dict[str, Any], width: int, height: int) -> str:
    """What a browser shows in a window of a size, as SVG."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{escape(QUESTION)}">',
        f'<rect width="{width}" height="{height}" rx="8" fill="{placed["paper"]}"/>',
    ]
    for box in placed["boxes"]:
        if box["y"] < height and box["y"] + box["height"] > 0:
            left, top, wide, high, fill, stroke, round_ = box.values()
            parts.append(
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" '
                f'height="{min(high, height - top):.1f}" rx="{round_:.0f}" fill="{fill}" '
                f'stroke="{stroke}"/>'
            )
    for line in placed["lines"]:
        if 0 < line["y"] < height and line["text"]:
            family = "Georgia, 'DejaVu Serif', serif" if line["serif"] else "system-ui, sans-serif"
            long = f' textLength="{line["width"]:.1f}"' if line["width"] else ""
            parts.append(
                f'<text x="{line["x"]:.1f}" y="{line["y"]:.1f}"{long} font-family="{family}" '
                f'font-size="{line["size"]:.1f}" font-weight="{line["weight"]}" '
                f'fill="{line["fill"]}">{escape(line["text"])}</text>'
            )
    return "\n".join([*parts, "</svg>", ""])


def draw(picture: Path) -> None:
    """Write the README's picture."""
    with tempfile.TemporaryDirectory() as made:
        shutil.copytree(_SEEDS, Path(made) / "seeds")
        with _server(["seeds/"], Path(made)) as address, _chromium() as browser:
            context = browser.new_context(viewport=_SIZE, reduced_motion="reduce")
            page = _asked(context, address, QUESTION)
            placed = page.evaluate(_PLACED.read_text(encoding="utf-8"))
    picture.write_text(render(placed, **_SIZE), encoding="utf-8")


def take(folder: Path, question: str, paths: Sequence[str]) -> None:
    """Take photos of the page, as it is shown in several ways."""
    folder.mkdir(parents=True, exist_ok=True)
    with _server(paths, Path.cwd()) as address, _chromium() as browser:
        # The address has the token: it is the first page that gets the cookie.
        for scheme, width in (("light", 1360), ("dark", 1360), ("light", 320)):
            shape = {"width": width, "height": 900}
            context = browser.new_context(
                viewport=shape, color_scheme=scheme, reduced_motion="reduce"
            )
            page = _asked(context, address, question)
            page.screenshot(path=folder / f"{scheme}-{width}.png")
            if scheme == "light" and width == 1360:
                page.pdf(path=folder / "printed.pdf")
            context.close()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("picture", type=Path, nargs="?", help="the SVG file to write")
    parser.add_argument("--photos", type=Path, metavar="FOLDER", help="take photos instead")
    parser.add_argument("--ask", nargs="+", default=[QUESTION, str(_SEEDS)], metavar="QUESTION")
    options = parser.parse_args(arguments)
    if options.photos:
        take(options.photos, options.ask[0], options.ask[1:])
    elif options.picture:
        draw(options.picture)
    else:
        parser.error("name the SVG file, or --photos FOLDER")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
