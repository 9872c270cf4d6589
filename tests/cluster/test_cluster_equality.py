"""The same files give the same answers from memory, from disk and from a cluster."""

from __future__ import annotations

from pathlib import Path
from random import Random

from lab.cluster import Cluster
from lab.fuzzing.cluster.equality import Copies, Files, any_texts


def test_answers_are_the_same_from_memory_disk_and_any_number_of_shards_also_after_updates(
    cluster: Cluster, index_name: str, tmp_path: Path
) -> None:
    random = Random(3)
    texts = {**any_texts(random, 29), "a-feb-report.md": "The bridge and the tower stood."}
    files = Files(tmp_path / "docs", random, texts)
    copies = Copies(files, tmp_path / "index", cluster, index_name, [1, 5])
    copies.update()
    asked = [*files.questions(7), "What does the February report say of the bridge?"]
    assert list(copies.compare(asked)) == []
    assert files.replace(0.3) == 9
    copies.update()
    # What is gone is deleted by the next update but one, and cleared up by a merge at the latest.
    for _ in range(2):
        files.replace(0.05)
        copies.update()
    questions = files.questions(7)
    assert list(copies.compare(questions)) == []
    copies.merge()
    assert list(copies.compare(questions)) == []
