"""Whatever happened to the files, in whatever order: an updated index is one made from nothing.

The scores are a little different, since tantivy counts the lengths of passages that were deleted
until it merges their files; where it has none of these, they are the same.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from states import OLD, contents, cut, opened
from strategies import MARKDOWN, PARAGRAPHS, PROSE, questions

from askdoc import Assistant
from askdoc.cluster.address import Address
from askdoc.index import indexer, remove, update
from askdoc.model import Hit

EXAMPLES = int(os.environ.get("ASKDOC_HISTORIES", "20"))
"""How many histories are tried; set the variable for a longer search."""

FOLDERS = st.sampled_from(["", "a", "a/b", "c"])
FILES = st.builds(
    os.path.join, FOLDERS, st.sampled_from(["one.txt", "two.txt", "three.md", "four.md", "x"])
)
TEXTS = st.one_of(PROSE, PARAGRAPHS, MARKDOWN, st.sampled_from(["", "Same.", "Sama.", "\x00"]))


class History(RuleBasedStateMachine):
    """Files that come, change and go, and an index that follows them now and then."""

    @initialize()
    def begin(self) -> None:
        self.place = Path(mkdtemp())
        self.docs, self.index = self.place / "docs", self._new_index()
        self.docs.mkdir()
        self.clock = OLD

    def teardown(self) -> None:
        if hasattr(self, "place"):
            shutil.rmtree(self.place)

    def _new_index(self) -> os.PathLike[str]:
        return self.place / "index"

    def _is_index(self) -> bool:
        return Path(self.index).exists()

    def _files(self) -> list[Path]:
        return sorted(path for path in self.docs.rglob("*") if path.is_file())

    def _any(self, data: st.DataObject, paths: list[Path]) -> Path | None:
        return data.draw(st.sampled_from(paths)) if paths else None

    # What happens to files

    @rule(name=FILES, text=TEXTS)
    def write(self, name: str, text: str) -> None:
        path = self.docs / name
        if path.is_dir() or any(above.is_file() for above in path.parents):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        self.clock += 1
        os.utime(path, ns=(self.clock, self.clock))

    @rule(data=st.data())
    def change_a_letter(self, data: st.DataObject) -> None:
        path = self._any(data, self._files())
        if path is not None:
            self.write(str(path.relative_to(self.docs)), path.read_text()[1:] + "e")

    @rule(data=st.data())
    def touch(self, data: st.DataObject) -> None:
        path = self._any(data, self._files())
        if path is not None:
            self.clock += 1
            os.utime(path, ns=(self.clock, self.clock))

    @rule(data=st.data(), name=FILES, way=st.sampled_from([shutil.copy2, os.rename, os.link]))
    def copy_or_move(
        self, data: st.DataObject, name: str, way: Callable[[Path, Path], object]
    ) -> None:
        path, to = self._any(data, self._files()), self.docs / name
        if path is not None and not to.exists():
            to.parent.mkdir(parents=True, exist_ok=True)
            way(path, to)

    @rule(data=st.data())
    def unlink(self, data: st.DataObject) -> None:
        path = self._any(data, self._files())
        if path is not None:
            path.unlink()

    @rule(data=st.data(), to=FOLDERS.filter(bool))
    def move_folder(self, data: st.DataObject, to: str) -> None:
        folder = self._any(data, [path for path in self.docs.iterdir() if path.is_dir()])
        if folder is not None and not (self.docs / to).exists() and folder.name != to[0]:
            (self.docs / to).parent.mkdir(exist_ok=True)
            folder.rename(self.docs / to)

    # What is done about it

    @rule(data=st.data(), rebuild=st.sampled_from([False, False, False, True]), often=st.booleans())
    def update(self, data: st.DataObject, rebuild: bool, often: bool) -> None:
        with pytest.MonkeyPatch.context() as patch:
            if often:
                patch.setattr(indexer, "_BATCH_BYTES", 1)
            report = update(self.index, self.docs, rebuild=rebuild, processes=0)
        fresh = self.place / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        expected = update(fresh, self.docs, processes=0)
        assert (report.documents, report.passages) == (expected.documents, expected.passages)
        self._compare(data, fresh)

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        path = self._any(data, self._files())
        if path is not None and self._is_index():
            remove(self.index, [path])
            saved = opened(self.index)
            assert str(path) not in contents(saved.documents)
            assert len(list(saved.passages)) == len(saved.passages)

    def _compare(self, data: st.DataObject, fresh: Path) -> None:
        one, other = opened(self.index), opened(fresh)
        whole = contents(one.documents)
        assert whole == contents(other.documents)
        assert cut(one.passages) == cut(other.passages)
        assert one.extents == other.extents
        if not whole:
            return
        asked = data.draw(questions({name: text for name, (text, _) in whole.items()}))
        most = len(one.passages) + 1
        found, expected = one.search(asked, limit=most), other.search(asked, limit=most)
        if isinstance(self.index, Path) and _deleted(self.index):
            key = _place
            assert sorted(map(key, found)) == sorted(map(key, expected))
            assert all(hit.score > 0.0 for hit in found)
        else:
            assert list(map(_place, found)) == list(map(_place, expected))
            scores = [hit.score for hit in expected]
            assert [hit.score for hit in found] == pytest.approx(scores, rel=1e-5)
        memory = Assistant.from_paths(self.docs, reader="lexical")
        assert _cited(one, asked) == _cited(memory, asked)


def _place(hit: Hit) -> tuple[str, int, str]:
    return hit.passage.document.source, hit.passage.start, hit.passage.text


def _cited(assistant: Assistant, asked: str) -> set[str]:
    answer = assistant.ask(asked, limit=10_000, threshold=0.0)
    for citation in answer.citations:
        (document,) = (d for d in assistant.documents if d.source == citation.source)
        assert document.text[citation.start : citation.end] == citation.quote
    return {citation.quote for citation in answer.citations}


def _deleted(index: Path) -> int:
    """How many passages tantivy has deleted and not merged away."""
    (meta,) = index.glob("data-*/terms/meta.json")
    segments = json.loads(meta.read_bytes())["segments"]
    return sum(one["deletes"]["num_deleted_docs"] for one in segments if one["deletes"])


class ClusterHistory(History):
    """The same of an index in a cluster, the one of the history before, with nothing in it."""

    def _new_index(self) -> os.PathLike[str]:
        (address,) = _shared
        remove(address, [os.sep])
        return address

    def _is_index(self) -> bool:
        return True


_shared: list[Address] = []


@pytest.fixture
def _in_a_cluster(shared_place: Address) -> Iterator[None]:
    _shared.append(shared_place)
    yield
    _shared.clear()


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=16,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


TestHistory = History.TestCase
TestHistory.settings = _settings(EXAMPLES)


@pytest.mark.usefixtures("_in_a_cluster")
def test_history_in_a_cluster() -> None:
    run_state_machine_as_test(ClusterHistory, settings=_settings(-(-EXAMPLES // 4)))
