"""`askdoc index`, `status`, `search`, `remove` and `verify`, and questions to what they keep."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from program import ASK, LACKING, LOG, OFF_TOPIC, QUOTE, Inside, askdoc

PAGE = """<h1>Lighthouse</h1><p>Ada Brandt kept the lighthouse of Port Kesk for thirty years.</p>"""
TABLE = "Ship,Captain\nHalcyon,Mira Olsen\nPetrel,Jonas Lind\n"


@pytest.fixture
def docs(folder: Path) -> Path:
    (folder / "docs").mkdir()
    (folder / "log.md").rename(folder / "docs" / "log.md")
    (folder / "docs" / "page.html").write_text(PAGE)
    (folder / "docs" / "crew.csv").write_text(TABLE)
    age(folder)
    return folder


def age(folder: Path) -> None:
    """Make the files older than the resolution of any time stamp, so that time tells a change."""
    for file in (folder / "docs").iterdir():
        os.utime(file, ns=(10**18, 10**18))


def seconds_out(text: str) -> str:
    return re.sub(r"\(\d+\.\d s\)", "(N s)", text)


def test_what_was_indexed_is_asked_without_naming_it(docs: Path) -> None:
    code, out, err = askdoc(docs, "index", "docs")
    assert (code, err) == (0, "")
    assert seconds_out(out) == "index: 3 added; 3 documents, 3 passages in all (N s)\n"
    code, out, err = askdoc(docs, "query", ASK, "--reader", "lexical")
    assert (code, err) == (0, "")
    assert out.startswith(f"{QUOTE}\n    docs/log.md:5  ")
    code, out, err = askdoc(docs, "query", OFF_TOPIC, "--reader", "lexical")
    assert (code, out, err) == (1, "The documents don't say.\n", LACKING)


def test_again_reads_only_what_changed(docs: Path, inside: Inside) -> None:
    assert inside("index", "docs")[0] == 0
    assert seconds_out(inside("index")[1]) == (
        "index: 3 unchanged; 3 documents, 3 passages in all (N s)\n"
    )
    (docs / "docs" / "log.md").write_text(LOG.replace("forty", "fifty"))
    (docs / "docs" / "page.html").rename(docs / "docs" / "light.html")
    (docs / "docs" / "crew.csv").unlink()
    (docs / "docs" / "new.txt").write_text("The tower is of brick.\n")
    assert seconds_out(inside("index")[1]) == (
        "index: 1 added, 1 changed, 1 moved, 1 removed; 3 documents, 3 passages in all (N s)\n"
    )
    code, out, _ = inside("query", "Who kept the lighthouse?", "--reader", "lexical")
    assert code == 0 and "docs/light.html:3" in out
    assert "fifty" in inside("query", ASK, "--reader", "lexical")[1]


def test_who_is_asked_says_that_a_file_has_changed_since(docs: Path, inside: Inside) -> None:
    inside("index", "docs")
    (docs / "docs" / "log.md").write_text("Nothing.")
    code, out, err = inside("query", ASK, "--reader", "lexical")
    assert code == 0 and out.startswith(QUOTE)
    assert err == (
        "askdoc: docs/log.md: it has changed since it was indexed. "
        "Bring the index up to date: askdoc index\n"
    )
    (docs / "docs" / "log.md").unlink()
    assert "docs/log.md: it is gone since" in inside("query", ASK, "--reader", "lexical")[2]
    assert "docs/log.md: it is gone since" in inside("search", "ferry")[2]


def test_the_index_may_be_anywhere(docs: Path, inside: Inside) -> None:
    assert inside("index", "docs", "--index", "kept/here")[0] == 0
    assert inside("query", ASK, "--index", "kept/here", "--reader", "lexical")[0] == 0
    assert inside("status", "--index", "kept/here")[0] == 0
    code, out, err = inside("query", ASK, "--index", "elsewhere")
    assert (code, out) == (2, "")
    assert err == ("askdoc: there is no saved index: elsewhere. Make one: askdoc index PATH...\n")


def test_status_tells_what_there_is(docs: Path, inside: Inside) -> None:
    (docs / "docs" / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (docs / "docs" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    age(docs)
    code, out, err = inside("index", "docs")
    assert code == 0 and "docs/bad.pdf" in err
    assert "1 file of other kinds passed over, 1 could not be read" in out
    (docs / "docs" / "log.md").write_text("Changed.")
    (docs / "docs" / "page.html").unlink()
    code, out, err = inside("status")
    assert (code, err) == (0, "")
    assert out.startswith("index: 3 documents, 3 passages, ")
    for line in ("Made of: docs", ": docs/bad.pdf", "  docs/log.md", "  docs/page.html"):
        assert line in out
    code, out, _ = inside("status", "--json")
    told = json.loads(out)
    assert (told["documents"], told["changed"], told["gone"]) == (
        3,
        ["docs/log.md"],
        ["docs/page.html"],
    )
    assert told["kinds"] == {".csv": 1, ".html": 1, ".md": 1} and told["passed_over"] == 1
    assert "1 still cannot be read" in inside("index")[1]


def test_status_tells_how_documents_were_read(docs: Path, inside: Inside) -> None:
    (docs / "docs" / "mill.txt").write_bytes("Straße, Ærø und Møn. ".encode("latin-1") * 8)
    inside("index", "docs")
    (told,) = [one for one in inside("query", ASK, "docs")[2].splitlines() if "mill.txt" in one]
    note = told.removeprefix("askdoc: ").removesuffix(".")
    assert f"To be known (1):\n  {note}" in inside("status")[1]
    assert json.loads(inside("status", "--json")[1])["notes"] == [note]


def test_status_and_index_tell_of_what_another_version_has_read(
    docs: Path, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside("index", "docs")
    assert "another version" not in inside("status")[1]
    monkeypatch.setattr("askdoc.load.VERSION", 99)
    assert (
        "Read by another version of askdoc: 3 documents\n  Run: askdoc index"
        in (inside("status")[1])
    )
    assert json.loads(inside("status", "--json")[1])["outdated"] == 3
    assert seconds_out(inside("index")[1]) == (
        "index: 3 read again, as this version reads them; 3 documents, 3 passages in all (N s)\n"
    )
    assert json.loads(inside("status", "--json")[1])["outdated"] == 0


def test_search_gives_passages(docs: Path, inside: Inside) -> None:
    inside("index", "docs")
    code, out, err = inside("search", "mira", "olsen")
    assert (code, err) == (0, "")
    first, place = out.splitlines()[:2]
    assert "Mira Olsen" in first and re.match(r"    docs/(crew\.csv|log\.md):\d+  ch", place)
    found = json.loads(inside("search", "Olsen", "--json")[1])
    assert {hit["source"] for hit in found} == {"docs/crew.csv", "docs/log.md"}
    for hit in found:
        assert "Olsen" in hit["text"] and hit["score"] > 0
    assert len(json.loads(inside("search", "Olsen", "-n", "1", "--json")[1])) == 1
    assert inside("search", "zebra") == (1, "No passage has any of these words.\n", "")


def test_remove_forgets(docs: Path, inside: Inside) -> None:
    inside("index", "docs")
    assert inside("remove", "docs/log.md") == (0, "1 document removed from index\n", "")
    assert inside("query", ASK, "--reader", "lexical")[0] == 1
    code, out, err = inside("remove", "nowhere")
    assert (code, out) == (2, "0 documents removed from index\n")
    assert err == ("askdoc: it is not in the saved index: nowhere. askdoc status shows what is.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["index"], "no documents were named. Name files or folders: askdoc index PATH..."),
        (
            ["index", "gone"],
            "no such file or folder: gone. Check the name; askdoc remove takes what is gone out "
            "of the index.",
        ),
        (
            ["index", "-"],
            "standard input cannot be kept in an index: -. Save it to a file and name that.",
        ),
        (["status"], "there is no saved index: index. Make one: askdoc index PATH..."),
        (["search", "x"], "there is no saved index: index. Make one: askdoc index PATH..."),
        (["remove", "x"], "there is no saved index: index. Make one: askdoc index PATH..."),
    ],
)
def test_without_an_index_there_is_one_line(
    folder: Path, inside: Inside, arguments: list[str], said: str
) -> None:
    assert inside(*arguments) == (2, "", f"askdoc: {said}\n")
    assert not (folder / "index").exists()


def test_a_saved_answer_is_verified(docs: Path) -> None:
    answer = askdoc(docs, "query", ASK, "docs", "--json", "--reader", "lexical")[1]
    (docs / "answer.json").write_text(answer)
    code, out, err = askdoc(docs, "verify", "answer.json")
    assert (code, err) == (0, "") and out.endswith("1 of 1 citation stands.\n")
    (docs / "docs" / "log.md").write_text("Gone.")
    assert askdoc(docs, "verify", "answer.json")[0] == 1
    assert askdoc(docs, "verify", "-", stdin=answer.encode())[0] == 1
    code, out, err = askdoc(docs, "verify", "docs/crew.csv")
    assert (code, out) == (2, "") and err.startswith("askdoc: ") and err.count("\n") == 1


def test_the_second_question_to_a_file_reads_nothing_again(docs: Path) -> None:
    first = askdoc(docs, "query", ASK, "docs", "--reader", "lexical")
    kept = list((docs / ".cache" / "askdoc").iterdir())
    assert len(kept) == 3
    assert (docs / ".cache" / "askdoc").stat().st_mode & 0o077 == 0
    assert askdoc(docs, "query", ASK, "docs", "--reader", "lexical") == first
    for entry in kept:
        entry.write_bytes(entry.read_bytes()[:-1])
    assert askdoc(docs, "query", ASK, "docs", "--reader", "lexical") == first
    for entry in (docs / ".cache" / "askdoc").iterdir():
        entry.unlink()
    assert askdoc(docs, "query", ASK, "docs", "--reader", "lexical", "--no-cache") == first
    assert list((docs / ".cache" / "askdoc").iterdir()) == []


def test_a_changed_file_is_read_again(docs: Path) -> None:
    log = docs / "docs" / "log.md"
    assert "forty" in askdoc(docs, "query", ASK, "docs/log.md", "--reader", "lexical")[1]
    status = log.stat()
    log.write_text(LOG.replace("forty", "fifty"))
    os.utime(log, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert "fifty" in askdoc(docs, "query", ASK, "docs/log.md", "--reader", "lexical")[1]


def test_the_shell_asks_the_saved_index_too(docs: Path) -> None:
    askdoc(docs, "index", "docs")
    lines = f"{ASK}\n/open 1\n/sources\n".encode()
    code, out, err = askdoc(docs, "--reader", "lexical", stdin=lines)
    assert (code, err) == (0, "")
    assert out.startswith(f"{QUOTE}\n    docs/log.md:5")
    assert "> 5  >>The ferry Halcyon carried forty cars" in out
    assert re.search(r"3 documents, \d+ sentences\n  docs/crew.csv ", out)


def test_the_text_that_lines_count_in_is_named_where_it_is_not_the_file(docs: Path) -> None:
    lines = b"Who kept the lighthouse?\n/open 1\n"
    out = askdoc(docs, "docs/page.html", "--reader", "lexical", stdin=lines)[1]
    assert "docs/page.html:3" in out and "in the text as it was read" in out
