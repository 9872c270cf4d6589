"""Builds or asks one system in a process of its own, and reports what that took.

Standard input is one JSON object:

    system     a name of `systems.SYSTEMS`
    folder     where its index stands, or is to be built
    corpus     to build: the folder of the corpus
    questions  to ask: each once, in order; as `corpus.Asked` in JSON
    limit      at most so many passages each
    patience   after so many seconds no further question is asked, but for the first few

Standard output is one JSON object:

    imported   seconds that its imports took
    bare       the most memory that the process held when they were done, in bytes
    built      seconds
    cold       seconds from there to the first answer: opening, and that question
    seconds    one for each question
    answers    the digests of the passages found, a list for each question
    peak       the most memory that the process, or one that it started, ever held, in bytes
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from lab.benchmarks.corpus import Asked, Corpus, digest
from lab.benchmarks.systems import System, system
from lab.benchmarks.worker import peak_memory

_LEAST = 10


def _ask(opened: System, folder: Path, request: dict[str, Any]) -> dict[str, Any]:
    questions = [Asked.from_json(told) for told in request["questions"]]
    found: list[list[str]] = []
    times: list[float] = []
    began = time.perf_counter()
    opened.open(folder)
    cold = 0.0
    for asked in questions:
        started = time.perf_counter()
        if len(times) >= _LEAST and started - began > request["patience"]:
            break
        texts = opened.search(asked, request["limit"])
        ended = time.perf_counter()
        times.append(ended - started)
        cold = cold or ended - began
        found.append([digest(text) for text in texts])
    return {"cold": cold, "seconds": times, "answers": found}


def _report(request: dict[str, Any]) -> dict[str, Any]:
    chosen, folder = system(request["system"]), Path(request["folder"])
    began = time.perf_counter()
    for name in chosen.imports:
        import_module(name)
    imported = time.perf_counter()
    report: dict[str, Any] = {"imported": imported - began, "bare": peak_memory()}
    if "corpus" in request:
        _use_all_cores()
        imported = time.perf_counter()
        chosen.build(Corpus(Path(request["corpus"])), folder)
        report["built"] = time.perf_counter() - imported
    else:
        report |= _ask(chosen, folder, request)
    return {**report, "peak": max(peak_memory(), _childrens_peak())}


def _use_all_cores() -> None:
    """Building is what machines have several cores for; questions come one at a time."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))


def _childrens_peak() -> int:
    """The most memory that one child which has ended held; 0 where there was none."""
    resource: Any = import_module("resource")
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak: int = usage.ru_maxrss if sys.platform == "darwin" else 1024 * usage.ru_maxrss
    return peak


def main() -> None:
    """Do what standard input asks for."""
    # What a library prints is not the report.
    with contextlib.redirect_stdout(sys.stderr):
        report = _report(json.load(sys.stdin))
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    main()
