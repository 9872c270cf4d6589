"""Real files that are quoted, then edited, moved, locked or exchanged: what is said of each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TEXTS, UNTIMED

from askdoc import Assistant, load_paths
from askdoc.model import Answer, Citation, Document, Question, ShortAnswer, Span
from askdoc.split import split
from askdoc.verify import Standing, Verdict, all_stand, verify

LOG = """# Port log

The pilot boarded at 4 a.m. He asked for two tugs
to hold the stern, because the wind had risen.

## Costs

The pilotage came to 1,250 crowns. Nobody was hurt.
Die Schäden an der Brücke – 12 % – trägt Žofie Nováková.
北京的领航员说港口很安全。
"""
TUGS = "He asked for two tugs\nto hold the stern, because the wind had risen."
COST = "The pilotage came to 1,250 crowns."
HURT = "Nobody was hurt."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a log in it."""
    monkeypatch.chdir(tmp_path)
    write("log.md", LOG)
    return tmp_path


def write(name: str, text: str | bytes) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def cite(name: str | os.PathLike[str], words: str, short: str = "") -> Citation:
    """A citation of a file's words, as askdoc reads that file now."""
    (document,) = load_paths(name).documents
    start = document.text.index(words)
    at = document.text.index(short, start)
    return Citation(
        quote=words,
        source=document.source,
        start=start,
        end=start + len(words),
        line=document.line_at(start),
        page=document.page_at(start),
        heading=document.heading_at(start),
        place=document.place_at(start),
        confidence=0.8,
        short=ShortAnswer(text=short, start=at, end=at + len(short)) if short else None,
    )


def answer_of(*citations: Citation) -> Answer:
    return Answer(
        question=Question(asked="What?", resolved="What?"),
        answered=bool(citations),
        confidence=0.8 if citations else 0.0,
        citations=citations,
    )


def verdict_on(citation: Citation) -> Verdict:
    (verdict,) = verify([answer_of(citation)], reveal=True)
    assert verdict.citation == citation
    return verdict


def test_what_nobody_touched_stands(here: Path) -> None:
    answer = Assistant.from_paths(["log.md"], reader="lexical").ask(
        "How much was the pilotage?", limit=5, threshold=0.0
    )
    verdicts = verify([answer])
    assert len(verdicts) == len(answer.citations) == 5
    assert all_stand(verdicts)
    for verdict, citation in zip(verdicts, answer.citations, strict=True):
        assert verdict.standing is Standing.STANDS
        assert verdict.detail == "" and verdict.nearest is None
        assert verdict.now is not None
        assert verdict.now.model_dump() == citation.model_dump(
            exclude={"source", "confidence", "short"}
        )


def test_lines_inserted_above_move_it(here: Path) -> None:
    citation = cite("log.md", COST, "1,250 crowns")
    write("log.md", LOG.replace("## Costs\n", "The tide turned.\n\nIt rained.\n\n## Bills\n"))
    verdict = verdict_on(citation)
    assert verdict.standing is Standing.MOVED
    assert verdict.detail == "from line 8"
    assert verdict.now is not None
    assert (verdict.now.line, verdict.now.heading) == (12, "Bills")
    assert Path("log.md").read_text()[verdict.now.start : verdict.now.end] == COST
    assert not all_stand([verdict])


def test_words_inserted_before_it_move_it_in_its_line(here: Path) -> None:
    citation = cite("log.md", HURT)
    write("log.md", LOG.replace(COST, "The pilotage came to 900 crowns in the end."))
    assert verdict_on(citation).detail == "9 characters on in its line"
    write("log.md", LOG.replace(COST + " ", ""))
    assert verdict_on(citation).detail == "35 characters back in its line"


def test_of_several_places_it_has_moved_to_the_nearest(here: Path) -> None:
    write("a.txt", f"{HURT}\n" + "x\n" * 100 + f"{HURT}\n" + "y\n" * 20 + f"\n{HURT}\n")
    text = Path("a.txt").read_text()
    middle = text.index(HURT, 5)
    for start, place in (
        (middle + 20, middle),
        (middle - 20, middle),
        (len(text), text.rindex(HURT)),
    ):
        citation = cite("a.txt", HURT).model_copy(update={"start": start, "end": start + len(HURT)})
        now = verdict_on(citation).now
        assert now is not None and now.start == place
        assert text[now.start : now.end] == HURT


@pytest.mark.parametrize(
    "edit",
    [
        ("1,250", "1,350"),
        ("came to", "did not come to"),
        ("The pilotage came", "Pilotage came"),
        ("1,250 crowns.", "1,250 crowns, which Žofie paid in June."),
        ("The pilotage came to 1,250", "The pilotage\ncame to 1,300"),
    ],
)
def test_an_edited_sentence_is_changed_and_shown_as_it_is_now(
    here: Path, edit: tuple[str, str]
) -> None:
    citation = cite("log.md", COST)
    edited = "\n".join(LOG.split("\n")).replace(*edit)
    write("log.md", "A line above.\n\n" + edited)
    verdict = verdict_on(citation)
    assert verdict.standing is Standing.CHANGED
    assert verdict.detail == "the source no longer has this sentence"
    assert verdict.now is None and verdict.nearest is not None
    assert verdict.nearest.quote == COST.replace(*edit)
    assert verdict.nearest.line == 10
    text = Path("log.md").read_text()
    assert text[verdict.nearest.start : verdict.nearest.end] == verdict.nearest.quote


def test_a_sentence_that_was_taken_out_has_nothing_near_it(here: Path) -> None:
    citation = cite("log.md", COST)
    write("log.md", LOG.replace(COST, ""))
    verdict = verdict_on(citation)
    assert verdict.standing is Standing.CHANGED
    assert verdict.nearest is None


def test_a_number_that_got_a_digit_in_front_has_changed_and_not_moved(here: Path) -> None:
    write("a.txt", "12 boats sank.\n")
    citation = cite("a.txt", "12 boats sank.")
    for text in ("112 boats sank.", "1,12 boats sank.", "-12 boats sank.", "x12 boats sank."):
        write("a.txt", text)
        verdict = verdict_on(citation)
        assert verdict.standing is Standing.CHANGED, text
    for text in ("It rained. 12 boats sank. It rained.", "It rained.\n\n12 boats sank."):
        write("a.txt", text)
        assert verdict_on(citation).standing is Standing.MOVED, text
    for text in ('"12 boats sank."', "(12 boats sank.)", "* 12 boats sank.", "**12 boats sank.**"):
        write("a.txt", text)
        assert verdict_on(citation).standing is Standing.PART, text


def test_new_line_ends_move_what_is_on_one_line_and_change_what_is_on_two(here: Path) -> None:
    one, two = cite("log.md", COST), cite("log.md", TUGS)
    first = cite("log.md", "The pilot boarded at 4 a.m.")
    write("log.md", LOG.replace("\n", "\r\n"))
    verdict = verdict_on(one)
    assert verdict.standing is Standing.MOVED
    assert verdict.detail == "7 characters on in its line"
    assert verdict_on(first).standing is Standing.MOVED
    verdict = verdict_on(two)
    assert verdict.standing is Standing.CHANGED
    assert verdict.detail == "only its white space is different"
    assert verdict.nearest is not None
    assert verdict.nearest.quote == TUGS.replace("\n", "\r\n")
    assert verdict.nearest.line == 3


def test_text_that_was_wrapped_anew_is_found(here: Path) -> None:
    citation = cite("log.md", TUGS)
    wrapped = LOG.replace(
        "two tugs\nto hold the stern, because", "two\n  tugs to hold the stern,\n  because"
    )
    write("log.md", "New.  \n\n\n" + wrapped)
    verdict = verdict_on(citation)
    assert verdict.detail == "only its white space is different"
    assert verdict.nearest is not None
    assert verdict.nearest.quote.split() == TUGS.split()
    assert verdict.nearest.line == 6


def test_several_citations_of_several_files_keep_their_order(here: Path) -> None:
    write("notes/a.txt", "The lamp was lit. The bell rang.")
    write("notes/b.html", "<h1>Bells</h1><p>It weighs <b>40</b> stone.</p>")
    write("gone.txt", "It was here.")
    citations = [
        cite("log.md", COST),
        cite("notes/a.txt", "The bell rang."),
        cite("gone.txt", "It was here."),
        cite("log.md", HURT),
        cite("notes/b.html", "It weighs 40 stone."),
        cite("notes/a.txt", "The lamp was lit."),
    ]
    Path("gone.txt").unlink()
    write("notes/a.txt", "The bell rang. The lamp was out.")
    verdicts = verify([answer_of(*citations[:2]), answer_of(), answer_of(*citations[2:])])
    assert [verdict.citation for verdict in verdicts] == citations
    assert [verdict.standing.value for verdict in verdicts] == [
        "stands",
        "moved",
        "gone",
        "stands",
        "stands",
        "changed",
    ]
    assert verdicts[4].now is not None and verdicts[4].now.heading == "Bells"


def test_each_source_is_loaded_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.txt", "The lamp was lit.")
    citations = [cite("log.md", COST), cite("a.txt", "The lamp was lit."), cite("log.md", HURT)]
    read: list[object] = []

    def counting(paths: list[str]) -> object:
        read.extend(paths)
        return load_paths(paths)

    monkeypatch.setattr("askdoc.verify.sources.load_paths", counting)
    assert all_stand(verify([answer_of(*citations), answer_of(*citations)]))
    assert read == ["log.md", "a.txt"]


def test_other_scripts_and_marks(here: Path) -> None:
    quotes = [
        "Die Schäden an der Brücke – 12 % – trägt Žofie Nováková.",
        "北京的领航员说港口很安全。",
    ]
    answer = answer_of(*(cite("log.md", quote) for quote in quotes))
    assert all_stand(verify([answer]))
    write("log.md", "Ö𝄞\n" + LOG)
    for verdict, quote in zip(verify([answer]), quotes, strict=True):
        assert verdict.standing is Standing.MOVED
        assert verdict.now is not None and verdict.now.quote == quote
    write("log.md", LOG.replace("12 %", "15 %").replace("很安全", "不安全"))
    for verdict in verify([answer], reveal=True):
        assert verdict.standing is Standing.CHANGED
        assert verdict.nearest is not None
        assert verdict.nearest.quote in {
            quotes[0].replace("12", "15"),
            quotes[1].replace("很", "不"),
        }


def test_an_encoding_that_changed_moves_nothing(here: Path) -> None:
    citation = cite("log.md", COST)
    write("log.md", LOG.encode("utf-16"))
    assert verdict_on(citation).standing is Standing.STANDS


def test_a_short_answer_that_was_tampered_with_does_not_stand(here: Path) -> None:
    citation = cite("log.md", COST, "1,250 crowns")
    assert verdict_on(citation).standing is Standing.STANDS
    assert citation.short is not None
    for change in ({"text": "9,250 crowns"}, {"start": 0, "end": 12}, {"end": citation.end + 9}):
        short = citation.short.model_copy(update=change)
        verdict = verdict_on(citation.model_copy(update={"short": short}))
        assert verdict.standing is Standing.CONTRADICTS
        assert "short answer" in verdict.detail


def test_offsets_that_are_none_of_the_text_do_not_stand(here: Path) -> None:
    citation = cite("log.md", COST)
    at, size = citation.start, len(LOG)
    assert LOG[at - size : citation.end - size] == COST, "as Python slices"
    for start, end in ((-5, 0), (at, at), (at, at + 1), (10**30, 10**30 + len(COST)),
                       (at - size, citation.end - size)):  # fmt: skip
        other = citation.model_copy(update={"start": start, "end": end})
        assert verdict_on(other).standing is Standing.CONTRADICTS
    for start in (0, at - 1, at + 1, size, 2**31):
        other = citation.model_copy(update={"start": start, "end": start + len(COST)})
        assert verdict_on(other).standing is Standing.MOVED


# Sources


def test_what_is_not_there_is_gone(here: Path) -> None:
    citation = cite("log.md", COST)
    Path("log.md").rename("diary.md")
    verdict = verdict_on(citation)
    assert verdict.standing is Standing.GONE
    assert verdict.detail == "no such file or folder"
    Path("log.md").symlink_to("nowhere.md")
    assert verdict_on(citation).detail == "a link to what is not there"


def test_a_folder_in_its_place_is_not_read(here: Path) -> None:
    citation = cite("log.md", COST)
    Path("log.md").unlink()
    write("log.md/log.md", LOG)
    verdict = verdict_on(citation)
    assert verdict.standing is Standing.UNREADABLE
    assert verdict.detail == "a folder is there now"


def test_what_is_no_text_any_more_is_unreadable(here: Path) -> None:
    write("log.txt", LOG)
    citation = cite("log.txt", COST)
    write("log.txt", b"\x89PNG\r\n\x1a\n" + bytes(100))
    verdict = verdict_on(citation)
    assert (verdict.standing, verdict.detail) == (Standing.UNREADABLE, "not a text file")
    write("log.txt", b" \n")
    verdict = verdict_on(citation)
    assert (verdict.standing, verdict.detail) == (Standing.UNREADABLE, "there is no text in it")
    Path("log.txt").unlink()
    os.mkfifo("log.txt")
    verdict = verdict_on(citation)
    assert (verdict.standing, verdict.detail) == (Standing.UNREADABLE, "not a regular file")


@contextmanager
def without_rights() -> Iterator[None]:
    """Nobody's rights, also where the tests are run by root, whom no mode bits stop."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no mode bits here")
def test_what_may_not_be_read_is_unreadable(here: Path) -> None:
    citation = cite("log.md", COST)
    here.chmod(0o755)
    Path("log.md").chmod(0)
    with without_rights():
        if os.access("log.md", os.R_OK, effective_ids=True):
            pytest.skip("mode bits do not count here")
        verdict = verdict_on(citation)
    assert verdict.standing is Standing.UNREADABLE
    assert verdict.detail == "no permission to read it"


def test_a_name_is_looked_up_where_the_caller_says(here: Path) -> None:
    citation = cite("log.md", COST)
    other = cite("log.md", HURT).model_copy(update={"source": "notes.txt"})
    Path("elsewhere").mkdir()
    Path("log.md").rename("elsewhere/log.md")
    write("notes.txt", f"{'x' * other.start}\n\n{HURT}")
    known = {"log.md": str(here / "elsewhere" / "log.md")}
    verdicts = verify([answer_of(citation, other)], locate=known.get)
    assert [verdict.standing for verdict in verdicts] == [Standing.STANDS, Standing.MOVED]


@pytest.mark.parametrize("name", ["(standard input)", "-", ""])
def test_what_is_no_file_cannot_be_checked(
    here: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    verdict = verdict_on(cite("log.md", COST).model_copy(update={"source": name}))
    assert verdict.standing is Standing.UNCHECKABLE
    assert verdict.detail and not all_stand([verdict])


def test_a_file_that_is_called_like_standard_input(here: Path) -> None:
    write("-", LOG)
    assert verdict_on(cite("./-", COST)).standing is Standing.STANDS
    located = verify([answer_of(cite("./-", COST))], locate=lambda name: "-")
    assert all_stand(located)


@pytest.mark.skipif(os.name != "posix", reason="names are text here")
@pytest.mark.parametrize(
    "name", [b"caf\xe9.txt", b"a\nb.txt", b"\x7f\xff\\x41.txt", b"d\xff/e\x01"]
)
def test_a_name_that_was_shown_with_escapes_is_found_again(here: Path, name: bytes) -> None:
    path = os.fsdecode(name)
    try:
        write(path, LOG)
    except OSError:
        pytest.skip("this file system has no such names")
    citation = cite(path, COST)
    assert "\\" in citation.source
    assert verdict_on(citation).standing is Standing.STANDS
    write(citation.source, "Another file, whose name has these backslashes.")
    verdict = verdict_on(citation)
    assert verdict.standing is Standing.UNCHECKABLE
    assert verdict.detail == "two files are shown by this name"
    Path(path).unlink()
    assert verdict_on(citation).standing is Standing.CHANGED, "the other one is a file as well"


def test_a_name_with_backslashes_is_itself(here: Path) -> None:
    write("a\\x0ab.txt", LOG)
    assert verdict_on(cite("a\\x0ab.txt", COST)).standing is Standing.STANDS
    Path("a\\x0ab.txt").unlink()
    citation = cite("log.md", COST).model_copy(update={"source": "a\\udcc3\\udca9.txt"})
    write("aé.txt", LOG)
    assert verdict_on(citation).standing is Standing.GONE, "é is shown as itself"


# Any text, any edit


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str, Span, int]:
    """A text, the same after an edit, a span of the first, and an offset that a citation claims."""
    text = draw(TEXTS)
    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    cut, to = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    inserted = draw(st.one_of(st.just(""), st.just("\n"), st.just(text[start:end]), TEXTS))
    claimed = draw(st.one_of(st.just(start), st.integers(-5, len(text) + 5)))
    return text, text[:cut] + inserted + text[to:], Span(start, end), claimed


@UNTIMED
@given(edits())
def test_a_verdict_is_true_of_any_text_after_any_edit(
    case: tuple[str, str, Span, int],
) -> None:
    from unittest.mock import patch

    text, edited, (start, end), claimed = case
    quote = text[start:end]
    document = Document(edited, "x")
    line = document.line_at(claimed) if claimed >= 0 else 1
    citation = Citation(
        quote=quote, source="x", start=claimed, end=claimed + len(quote), line=line, confidence=0.8
    )
    with patch("askdoc.verify.check.read", lambda path: document):
        (verdict,) = verify([answer_of(citation)], reveal=True)
    if not quote or claimed < 0:
        assert verdict.standing is Standing.CONTRADICTS
        return
    is_there = edited[claimed : claimed + len(quote)] == quote
    if verdict.now is not None:
        # Sentences as they are cut elsewhere: everything but white space is in one of them.
        bounds = [(s.start, s.end) for block in split(document) for s in block]
        is_whole = any(start == verdict.now.start for start, _ in bounds) and any(
            end == verdict.now.end for _, end in bounds
        )
        assert (verdict.standing is not Standing.PART) == is_whole
    assert (verdict.standing is Standing.STANDS) == (is_there and is_whole)
    for found in (verdict.now, verdict.nearest):
        if found is not None:
            assert edited[found.start : found.end] == found.quote
            assert found.line == document.line_at(found.start)
    if verdict.standing is Standing.MOVED:
        assert verdict.now is not None and verdict.now.quote == quote
        assert verdict.now.start != claimed
    elif verdict.standing is Standing.CHANGED:
        assert verdict.now is None and not is_there
        if verdict.detail == "only its white space is different":
            assert verdict.nearest is not None
            assert verdict.nearest.quote.split() == quote.split()
    else:
        assert verdict.standing in (Standing.STANDS, Standing.PART)
