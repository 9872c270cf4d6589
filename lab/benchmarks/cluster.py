"""`python -m lab.benchmarks.cluster`: an index in a cluster beside the same one on disk.

Three nodes on this machine, each a process of its own, hold the corpus of `--only scale`; one
client asks. Both answer the same questions by the same terms, and what they find is compared to
the last digit. Nodes and client share the machine's cores, and nothing goes over a network.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from askdoc.index import update
from askdoc.model import Hit
from askdoc.retrieve.index_corpus import IndexCorpus
from askdoc.retrieve.opening import retriever
from lab.benchmarks.corpus import Asked
from lab.benchmarks.gather import SEED, make
from lab.benchmarks.queries import draw
from lab.benchmarks.timing import p95
from lab.cluster import Cluster
from lab.cluster.process import MEASURING

_QUESTIONS, _LIMIT = 400, 20


@dataclass(frozen=True)
class Side:
    """What was measured of one of the two: seconds, and bytes.

    Attributes:
        build: of making it from files; 0.0 where it was there.
        size: bytes on disk, of one copy.
        first: opening and the first question.
        median, slow: p50 and p95 of the second half of the questions.
    """

    build: float
    size: int
    first: float
    median: float
    slow: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print what came out as JSON."""
    options = _options(arguments)
    work: Path = options.work
    corpus = make(work / str(options.passages), options.text, options.passages)
    questions = draw(corpus, _QUESTIONS, SEED)
    with Cluster(work / "nodes", 3, heap=options.heap, options=MEASURING) as cluster:
        url = f"{cluster.url}/scale-{options.passages}"
        built = _built(url, corpus.files, options.rebuild)
        nodes = [node.memory() for node in cluster.nodes]
        in_cluster, found = _asked(url, questions, built)
    folder = work / f"disk-{options.passages}"
    on_disk, expected = _asked(
        str(folder), questions, _built(str(folder), corpus.files, options.rebuild)
    )
    same = sum(one == other for one, other in zip(found, expected, strict=True))
    print(json.dumps({
        "corpus": asdict(about) if (about := corpus.about()) else None,
        "cluster": asdict(in_cluster), "disk": asdict(on_disk),
        "same": f"{same} of {len(questions)}", "memory of nodes": nodes,
        "bytes a passage": round(in_cluster.size / options.passages),
    }, indent=2))  # fmt: skip


def _built(index: str, files: Path, anew: bool) -> float:
    """Seconds that it took to make an index of some files; what is there already is kept."""
    began = time.perf_counter()
    update(index, [files], rebuild=anew)
    return time.perf_counter() - began


def _asked(
    index: str, questions: Sequence[Asked], build: float
) -> tuple[Side, list[list[tuple[float, str, int]]]]:
    """What an index takes to answer, and what it finds: score, source and offset."""
    began = time.perf_counter()
    opened = retriever(index)
    corpus = IndexCorpus(opened)
    corpus.search(dict.fromkeys(questions[0].terms, 1.0), _LIMIT)
    first = time.perf_counter() - began
    found: list[list[Hit]] = []
    times: list[float] = []
    for asked in questions:
        started = time.perf_counter()
        hits = corpus.search(dict.fromkeys(asked.terms, 1.0), _LIMIT)
        _ = [hit.passage.text for hit in hits]
        times.append(time.perf_counter() - started)
        found.append(hits)
    # The first half warms up what runs in the nodes. No question is asked twice: in how many
    # passages its words stand is then known.
    times = sorted(times[len(questions) // 2 :])
    told = [
        [(hit.score, hit.passage.document.source, hit.passage.start) for hit in hits]
        for hits in found
    ]
    side = Side(build, opened.size(), first, times[len(times) // 2], p95(times))
    return side, told


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m lab.benchmarks.cluster", description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--text", type=Path, action="append", help="folders with text")
    parser.add_argument("--work", type=Path, default=Path("lab/out/cluster"))
    parser.add_argument("--heap", type=int, default=1024, help="megabytes a node (1024)")
    parser.add_argument("--rebuild", action="store_true", help="load again what is there")
    options = parser.parse_args(arguments)
    options.text = options.text or [Path("/usr/share/doc")]
    options.work = options.work.absolute()
    return options


if __name__ == "__main__":
    main()
