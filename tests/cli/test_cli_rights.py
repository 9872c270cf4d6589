"""What the program says where others could write, and of links that lead out of a folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from program import ASK, LOG, QUOTE, askdoc

if os.name == "nt":
    pytest.skip("no mode bits there", allow_module_level=True)

LACKING = "askdoc: 'ferry' and 'Halcyon' stand nowhere in the documents.\n"
LEXICAL = "--reader=lexical"
NOT_FOLLOWED = (
    "askdoc: 1 link that leads out of this folder was not followed (link): docs. "
    "Use --follow-links to follow it.\n"
)


@pytest.fixture
def docs(folder: Path) -> Path:
    """Somebody else's folder, with a link to the log, which is not in it."""
    docs = folder / "docs"
    docs.mkdir()
    (docs / "bridge.txt").write_text("The bridge opened in May.\n")
    (docs / "link").symlink_to("../private")
    (folder / "private").mkdir()
    (folder / "log.md").rename(folder / "private" / "log.md")
    return docs


def test_a_question_follows_links_out_only_where_that_is_asked_for(
    folder: Path, docs: Path
) -> None:
    arguments = ("query", ASK, "docs", LEXICAL)
    assert askdoc(folder, *arguments) == (1, "The documents don't say.\n", NOT_FOLLOWED + LACKING)
    code, out, err = askdoc(folder, *arguments, "--follow-links")
    assert (code, out.splitlines()[0], err) == (0, QUOTE, "")
    # The second time from the cache, and no more of it than the first time.
    assert askdoc(folder, *arguments) == (1, "The documents don't say.\n", NOT_FOLLOWED + LACKING)


def test_the_shell_follows_links_out_only_where_that_is_asked_for(folder: Path, docs: Path) -> None:
    lines = f"{ASK}\n/add docs --follow-links\n{ASK}\n".encode()
    code, out, err = askdoc(folder, "docs", LEXICAL, stdin=lines)
    assert (code, err) == (0, NOT_FOLLOWED + LACKING)
    refused, added, answered = out.split("\n\n")
    assert refused == "The documents don't say."
    assert added == "Added docs/link/log.md: 4 sentences.\nRead again docs/bridge.txt: 1 sentence."
    assert answered.startswith(QUOTE)
    code, out, err = askdoc(folder, "docs", LEXICAL, "--follow-links", stdin=ASK.encode())
    assert (code, out.splitlines()[0], err) == (0, QUOTE, "")


def test_an_index_follows_links_out_only_where_that_is_asked_for(folder: Path, docs: Path) -> None:
    code, out, err = askdoc(folder, "index", "docs")
    assert (code, err) == (0, NOT_FOLLOWED) and "1 document," in out
    assert askdoc(folder, "query", ASK, LEXICAL)[0] == 1
    code, out, err = askdoc(folder, "index", "--follow-links")
    assert (code, err) == (0, "") and "2 documents," in out
    assert askdoc(folder, "query", ASK, LEXICAL)[1].startswith(QUOTE)
    code, out, err = askdoc(folder, "index")
    assert (code, err) == (0, NOT_FOLLOWED) and "1 removed, 1 unchanged" in out


@pytest.mark.parametrize("command", ["search", "status", "remove", "verify"])
def test_where_nothing_is_looked_for_there_are_no_links_to_follow(
    folder: Path, command: str
) -> None:
    words = [] if command == "status" else ["x"]
    assert askdoc(folder, command, *words, "--follow-links") == (
        2,
        "",
        f"askdoc: askdoc {command} has no such option: --follow-links. "
        "askdoc --help tells what there is.\n",
    )


# The cache


def test_a_cache_that_others_can_write_to_is_not_used_and_that_is_said_once(folder: Path) -> None:
    shared = folder / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    environ = {"XDG_CACHE_HOME": str(shared)}
    code, out, err = askdoc(folder, "query", ASK, "log.md", LEXICAL, environ=environ)
    assert (code, out.splitlines()[0]) == (0, QUOTE)
    assert err == (
        f"askdoc: the cache is not used: other users can write to this folder: {shared}. Make it "
        "private to you, name a folder of your own in XDG_CACHE_HOME, or use --no-cache.\n"
    )
    assert list(shared.iterdir()) == []
    code, _, err = askdoc(folder, "query", ASK, "log.md", LEXICAL, "--no-cache", environ=environ)
    assert (code, err) == (0, "")
    shared.chmod(0o1777)  # as /tmp, where a folder of one's own stays one's own
    code, _, err = askdoc(folder, "query", ASK, "log.md", LEXICAL, environ=environ)
    assert (code, err) == (0, "")
    assert stat.S_IMODE((shared / "askdoc").stat().st_mode) == 0o700
    (shared / "askdoc").chmod(0o777)
    lines = f"{ASK}\n{ASK}\n".encode()
    code, _, err = askdoc(folder, "log.md", LEXICAL, stdin=lines, environ=environ)
    assert code == 0
    assert err.count("the cache is not used") == 1 and f"{shared}/askdoc" in err


def test_a_name_of_the_cache_that_could_steer_a_terminal_is_said_harmlessly(folder: Path) -> None:
    shared = folder / "s\x1b[2J\u202e"
    shared.mkdir()
    shared.chmod(0o777)
    environ = {"XDG_CACHE_HOME": str(shared)}
    err = askdoc(folder, "query", ASK, "log.md", LEXICAL, environ=environ)[2]
    assert "the cache is not used" in err
    assert err.removesuffix("\n").isprintable()


@pytest.mark.parametrize("home", ["/dev/null/home", "relative"])
def test_without_a_place_for_the_cache_questions_are_answered(folder: Path, home: str) -> None:
    (folder / "docs").mkdir()
    (folder / "docs" / "log.md").write_text(LOG)
    code, out, err = askdoc(folder, "query", ASK, "docs", LEXICAL, environ={"HOME": home})
    assert (code, out.splitlines()[0], err) == (0, QUOTE, "")
    assert {path.name for path in folder.iterdir()} == {"docs", "log.md"}
