"""Several questions at once, and updates beside them: each answer is of one state of the index."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from fixed_reader import FixedReader

from askdoc import Answer, Assistant, Citation, load_text
from askdoc.index import update
from askdoc.model import Extract, Hit, Question, Step

SHIPS = 8
# The name that stands in the files of every other version, and in no file of the others.
NAMES = ("Zorvan", "Quillam")
ALSO = ("Which ship left?", "What left the port?")
PASTED = "Nobody knows when the last ship left the port."
Make = Callable[[Path], Assistant]


def text_of(number: int, version: int) -> str:
    name = NAMES[version % 2]
    return f"{name} saw ship {number} leave the port in year {version}. It was cold."


def set_out(folder: Path, version: int) -> None:
    """All files of a version: each says which one it is of."""
    folder.mkdir(exist_ok=True)
    for number in range(SHIPS):
        (folder / f"{number}.txt").write_text(text_of(number, version), encoding="utf-8")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    set_out(tmp_path / "docs", 0)
    update(tmp_path / "index", tmp_path / "docs", processes=0)
    return tmp_path / "docs"


def commit(docs: Path, version: int) -> None:
    set_out(docs, version)
    update(docs.parent / "index", docs, processes=0)


def over(docs: Path, reader: object) -> Assistant:
    return Assistant.open(docs.parent / "index", reader=reader)  # type: ignore[arg-type]


def joined(docs: Path, reader: object) -> Assistant:
    return over(docs, reader).adding([load_text(PASTED, "pasted")])


def in_memory(docs: Path, reader: object) -> Assistant:
    return Assistant.from_paths(docs, reader=reader)  # type: ignore[arg-type]


OVER_AN_INDEX = pytest.mark.parametrize("make", [over, joined])


class Calling(FixedReader):
    """Does something before it reads for the first so many times."""

    def __init__(
        self, confidences: dict[str, float], first: Callable[[], object], times: int = 1
    ) -> None:
        super().__init__(confidences)
        self._first = first
        self.times = times

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Extract]:
        if len(self.asked) < self.times:
            self.asked.append("")
            self._first()
            self.asked.pop()
        return super().read(question, hits)


def version_of(citations: Sequence[Citation]) -> int:
    """The one version that all of these are of."""
    versions = set(re.findall(r"year (\d+)", "\n".join(citation.quote for citation in citations)))
    assert len(versions) == 1, versions
    return int(versions.pop())


def in_threads(*works: Callable[[], object]) -> Callable[[], None]:
    """Start these, each in a thread; what is returned waits for them and raises what one raised."""
    failures: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()

    def end() -> None:
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]

    return end


@pytest.mark.parametrize("make", [over, joined, in_memory])
def test_two_questions_are_read_at_once(
    docs: Path, make: Callable[[Path, object], Assistant]
) -> None:
    """A lock was held through the reading: the second began when the first had its answer."""
    both = threading.Barrier(2, timeout=60)
    assistant = make(docs, Calling({"It was cold.": 0.9}, both.wait, times=2))
    answers: list[Answer] = []
    in_threads(*[lambda: answers.append(assistant.ask("Was it cold?"))] * 2)()
    assert [answer.text for answer in answers] == ["It was cold."] * 2


@OVER_AN_INDEX
def test_somebody_commits_while_an_answer_is_read(
    docs: Path, make: Callable[[Path, object], Assistant]
) -> None:
    """All that the answer needs was looked up before: it is of the state that was asked."""

    def meddle() -> None:
        (docs / "3.txt").rename(docs / "three.txt")
        update(docs.parent / "index", docs, processes=0)

    reader = Calling({"ship 3": 0.9}, meddle)
    assistant = make(docs, reader)
    citation = assistant.ask("When did ship 3 leave the port?").citations[0]
    assert Path(citation.source).name == "3.txt"
    assert len(reader.asked) == 1
    again = assistant.ask("When did ship 3 leave the port?").citations[0]
    assert Path(again.source).name == "three.txt"


@OVER_AN_INDEX
def test_what_is_missing_is_of_the_state_that_was_read(
    docs: Path, make: Callable[[Path, object], Assistant]
) -> None:
    """Words are looked up after the reading: where that is another state it is asked again."""
    reader = Calling({"port": 0.3}, lambda: commit(docs, 1))
    answer = make(docs, reader).ask("Where did Zorvan and Quillam see the port?")
    assert version_of(answer.nearest) == 1
    assert [missing.word for missing in answer.missing] == ["Zorvan"]
    assert len(reader.asked) == 2


def test_an_index_that_changes_with_every_reading_is_answered_from_all_the_same(
    docs: Path,
) -> None:
    """In the end whoever updates it waits."""
    versions = iter(range(1, 100))
    reader = Calling({"port": 0.3}, lambda: commit(docs, next(versions)), times=5)
    answer = over(docs, reader).ask("Where did Zorvan and Quillam see the port?")
    assert version_of(answer.nearest) == 5
    assert [missing.word for missing in answer.missing] == ["Zorvan"]


def test_an_explanation_is_of_one_state(docs: Path) -> None:
    reader = Calling({"ship 3": 0.9}, lambda: None)
    assistant = over(docs, reader)
    answer = assistant.ask("When did ship 3 leave the port?")
    commit(docs, 1)
    told = assistant.explain(answer)
    assert told.citation == answer.citations[0]
    assert told.rank is None  # Its sentence has left the index.


def test_a_renamed_document_is_known_by_its_new_name_alone(docs: Path) -> None:
    """What a document is called was kept from before the rename, as long as it was known."""
    assistant = over(docs, "neural")
    assert (
        Path(assistant.ask("When did ship 3 leave the port?").citations[0].source).name == "3.txt"
    )
    (docs / "3.txt").rename(docs / "bramble.txt")
    (docs / "4.txt").rename(docs / "orrin.txt")
    update(docs.parent / "index", docs, processes=0)
    question = "When did the ship in the Orrin report leave the port?"
    assert assistant.ask(question) == over(docs, "neural").ask(question)


def test_the_steps_of_an_answer_are_told_and_an_error_gives_it_up(docs: Path) -> None:
    reader = FixedReader({"ship 3": 0.9})
    assistant = over(docs, reader)
    steps: list[Step] = []
    assistant.ask("When did ship 3 leave the port?", on_step=steps.append)
    assert steps == ["searching", "reading"]

    class GoneError(Exception):
        pass

    def give_up(step: Step) -> None:
        steps.append(step)
        if steps.count("reading") == 3:
            raise GoneError

    with pytest.raises(GoneError):
        assistant.ask("When did ship 3 leave the port?", also=ALSO, on_step=give_up)
    assert steps[2:] == ["searching", "reading", "reading"]
    assert len(reader.asked) == 2  # Neither the last wording nor what would come after was read.
    commit(docs, 1)  # Nobody has to wait for it.
    assert assistant.ask("When did ship 3 leave the port?", on_step=steps.append).answered


def test_many_ask_at_once_while_it_is_updated(docs: Path) -> None:
    """Each answer is of one state: its sentences, where they stand, and what it says is missing."""
    reader = FixedReader({"It was cold.": 0.0, "leave the port": 0.9})
    refusing = FixedReader({"port": 0.3})
    assistant, part = over(docs, reader), joined(docs, reader)
    nobody = over(docs, refusing)
    ended = threading.Event()

    def until_the_end(ask: Callable[[], object]) -> Callable[[], None]:
        def work() -> None:
            for _ in range(2):
                while ask() is None and not ended.is_set():
                    pass

        return work

    def all_of_it() -> None:
        answer = assistant.ask("What left the port?", limit=99, threshold=0.0)
        assert len(answer.citations) == 2 * SHIPS
        check(answer.citations)

    def with_others() -> None:
        known = load_text("It was cold.", "known")
        first = part.ask("What left the port?", limit=3, also=ALSO)
        more = part.adding([known]).ask("What left the port?", without=first.citations, also=ALSO)
        assert set(more.citations).isdisjoint(first.citations)
        for answer in (first, more):
            check([one for one in answer.citations if one.source != "pasted"])

    def refused() -> None:
        answer = nobody.ask("Where did Zorvan and Quillam see the port?")
        missing = [NAMES[(version_of(answer.nearest) + 1) % 2]]
        assert [one.word for one in answer.missing] == missing

    def explained() -> None:
        told = assistant.explain(assistant.ask("When did ship 3 leave the port?"))
        assert told.citation is not None

    def check(citations: Sequence[Citation]) -> None:
        version = version_of(citations)
        for one in citations:
            text = text_of(int(Path(one.source).stem), version)
            assert text[one.start : one.end] == one.quote

    end = in_threads(*map(until_the_end, (all_of_it, with_others, refused, explained)))
    try:
        for version in range(1, 6):
            commit(docs, version)
    finally:
        ended.set()
        end()
