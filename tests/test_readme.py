"""The documentation runs: commands and code of README.md and docs/ do what stands there.

In a `console` block each line that begins with `$ ` is a command, and what follows is its standard
output. A `python` block is run as it stands, all blocks of a page in one namespace; a line
`# -> value` says what the line above it gives.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SURE = re.compile(r"confidence (\d+)%")
DOCS = sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))
MOST_LINES = 150
PAGES = [
    "README.md",
    *DOCS,
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "seeds/README.md",
    "index/README.md",
    "lab/benchmarks/README.md",
    "lab/training/neural/README.md",
    "askdoc/read/model/CARD.md",
]


def blocks(language: str, page: str = "README.md") -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands() -> list[tuple[str, str]]:
    found = []
    shown = [block for page in ("README.md", *DOCS) for block in blocks("console", page)]
    for block in shown:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output.strip("\n")))
    return found


def test_the_readme_shows_commands_and_code() -> None:
    assert len(commands()) >= 2
    assert any("# -> " in block for block in blocks("python"))


def sittings() -> list[list[str]]:
    """The screens of the shell that the page shows, line by line, after the command for it."""
    found = [block.strip("\n").split("\n") for block in blocks("text")]
    return [lines for lines in found if lines[0].startswith("$ askdoc")]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
@pytest.mark.parametrize("shown", sittings())
def test_a_conversation_goes_as_the_readme_shows(shown: list[str], tmp_path: Path) -> None:
    from lab.pictures.__main__ import is_ready
    from lab.pictures.sitting import Sitting

    command, *lines = shown
    home = {"HOME": str(tmp_path), "NO_COLOR": "1"}
    with Sitting(shlex.split(command)[2:], ROOT, home) as sitting:
        sitting.wait(is_ready)
        for line in lines:
            if line.startswith("> "):
                sitting.type(line.removeprefix("> ") + "\r")
                sitting.wait(is_ready)
        seen = sitting.screen.everything.split("\n")
    sure = re.compile(r"\d+% sure")
    expected = [sure.sub("", line) for line in lines]
    assert [sure.sub("", line) for line in seen[: len(lines)]] == expected


def test_the_readme_shows_a_conversation() -> None:
    (shown,) = sittings()
    assert sum(line.startswith("> ") for line in shown) > 2
    assert any(line.startswith("asking: ") for line in shown)


@pytest.mark.parametrize(("command", "output"), commands())
def test_a_command_prints_what_the_readme_shows(command: str, output: str) -> None:
    words = shlex.split(command)
    assert words[0] == "askdoc"
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    printed = done.stdout.strip("\n")
    assert SURE.sub("", printed) == SURE.sub("", output), done.stderr
    # Without VNNI a processor's sums of the network's 8-bit products saturate: of 400 questions the
    # confidence differed by up to 15 points. Where the sentence is the same, that is allowed for.
    for shown, found in zip(SURE.findall(output), SURE.findall(printed), strict=True):
        assert abs(int(shown) - int(found)) <= 15


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("page", [page for page in ("README.md", *DOCS) if blocks("python", page)])
def test_code_runs_and_gives_what_a_page_shows(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for block in blocks("python", page):
        lines = block.splitlines()
        for at, line in enumerate(lines):
            shown = line.removeprefix("# -> ")
            if shown != line:
                assert repr(eval(lines[at - 1], names)) == shown
            else:
                following = lines[at + 1] if at + 1 < len(lines) else ""
                if not following.startswith("# -> "):
                    exec(line, names)


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:askdoc|lab|tests|seeds|index)/[\w./-]*)`", text)
    made = "lab/out/"  # by who runs what the page tells
    missing = [n for n in named if not n.startswith(made) and not (ROOT / n).exists()]
    linked = re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", text)
    missing += [n for n in linked if not ((ROOT / page).parent / n).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES)
def test_every_section_that_a_page_links_to_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for name, section in re.findall(r"\]\(([\w./-]*)#([\w-]+)\)", text):
        linked = (ROOT / page).parent / name if name else ROOT / page
        titles = re.findall(r"^#+ (.*)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
        assert section in [re.sub(r"[^\w -]", "", t).lower().replace(" ", "-") for t in titles]
