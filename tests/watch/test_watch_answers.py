"""Saved answers that are checked again, and an index that cannot be asked meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from askdoc import Assistant
from askdoc.errors import AskdocError, ClusterUnreachable
from askdoc.verify.sources import Locate
from askdoc.watch import answers, watch_answers

LOG = "The ferry Halcyon carried forty cars to the island on Monday."
WHERE = "http://127.0.0.1:9/docs"


class Cluster:
    """Is there when it is asked first, and then not any more."""

    def __init__(self) -> None:
        self.asked = 0

    def indexed(self, index: str, names: Collection[str]) -> Locate:
        self.asked += 1
        if self.asked > 1:
            raise ClusterUnreachable("nothing answers there", index, "See that it runs.")
        return lambda name: None


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("log.md").write_text(LOG)
    answer = Assistant.from_paths("log.md", reader="lexical").ask("What did the ferry carry?")
    assert answer.citations
    path = tmp_path / "answer.json"
    path.write_text(answer.model_dump_json())
    return path


def test_a_cluster_that_is_gone_meanwhile_is_told_and_waited_for(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ended the watching, though a cluster comes back."""
    cluster, stop, told = Cluster(), threading.Event(), list[AskdocError]()
    monkeypatch.setattr(answers, "indexed", cluster.indexed)

    def on_notice(problem: AskdocError) -> None:
        told.append(problem)
        if isinstance(problem, ClusterUnreachable):
            stop.set()

    def on_check(now: object, changed: object) -> None:
        saved.with_name("other.json").write_bytes(saved.read_bytes())

    watch_answers(saved.parent, on_check=on_check, on_notice=on_notice, stop=stop, index=WHERE)
    assert cluster.asked == 2 and told[-1].where == WHERE


def test_one_that_is_not_there_when_it_begins_is_an_error(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = Cluster()
    cluster.asked = 1
    monkeypatch.setattr(answers, "indexed", cluster.indexed)
    nothing: Callable[..., None] = lambda *_: None  # noqa: E731
    with pytest.raises(ClusterUnreachable):
        watch_answers(
            saved, on_check=nothing, on_notice=nothing, stop=threading.Event(), index=WHERE
        )
