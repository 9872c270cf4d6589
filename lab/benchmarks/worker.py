"""Asks questions in a process of its own, and reports what that took.

A plain file that the Python of any environment runs: askdoc and Haystack live in different ones,
and are to be measured by the same lines. It imports the system that is asked for, and nothing else
beyond the standard library. Standard input is one JSON object, all of it optional:

    imports    names of modules to import first
    system     "askdoc" or "haystack"
    reader     askdoc: "neural" or "lexical"
    texts      askdoc: name -> text, what is asked
    passages   Haystack: the same, as a list of passages
    model      Haystack: the folder of a BertForQuestionAnswering
    questions  what to ask, each once, in order
    installed  names of distributions whose size on disk is wanted, with all that they need

Standard output is one JSON object:

    imported     seconds that importing took
    loaded       seconds that loading the reader took, after that
    answered_at  the time of day, in seconds, when the first question was answered
    seconds      one for each question
    busy         seconds of processor time, one for each question
    cold_busy    seconds of processor time from the start of the process to the first answer
    peak         the most memory that this process ever held, in bytes
    disk         bytes on disk
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

Ask = Callable[[str], object]


def _askdoc(request: dict[str, Any]) -> Ask:
    """askdoc with its reader loaded; the texts are cut and indexed with the first question."""
    from askdoc import Assistant
    from askdoc.read import reader

    assistant = Assistant.from_texts(request["texts"], reader=reader(request["reader"]))
    return assistant.ask


def _haystack(request: dict[str, Any]) -> Ask:
    """Haystack's retriever by BM25 and its extractive reader, both as they come, on one thread."""
    import_module("torch").set_num_threads(1)
    haystack = import_module("haystack")
    stores = import_module("haystack.document_stores.in_memory")
    skip = import_module("haystack.document_stores.types").DuplicatePolicy.SKIP
    retrievers = import_module("haystack.components.retrievers.in_memory")
    cpu = import_module("haystack.utils").ComponentDevice.from_str("cpu")
    store = stores.InMemoryDocumentStore()
    documents = [haystack.Document(content=passage) for passage in request["passages"]]
    store.write_documents(documents, policy=skip)
    reader = _haystack_reader()(model=request["model"], device=cpu)
    reader.warm_up()
    pipeline = haystack.Pipeline()
    pipeline.add_component("retriever", retrievers.InMemoryBM25Retriever(document_store=store))
    pipeline.add_component("reader", reader)
    pipeline.connect("retriever.documents", "reader.documents")

    def ask(question: str) -> object:
        return pipeline.run({"retriever": {"query": question}, "reader": {"query": question}})

    return ask


def _haystack_reader() -> Any:
    """The reader's class: since version 3 it has a distribution of its own."""
    place = "haystack_integrations.components.readers.transformers"
    try:
        return import_module(place).TransformersExtractiveReader
    except ModuleNotFoundError as error:
        # Where it is there but lacks something of its own, that is to be heard of.
        if error.name is None or not place.startswith(error.name):
            raise
    try:
        return import_module("haystack.components.readers").ExtractiveReader
    except ModuleNotFoundError:
        raise ModuleNotFoundError("No module named 'transformers-haystack'") from None


_SYSTEMS: dict[str, Callable[[dict[str, Any]], Ask]] = {"askdoc": _askdoc, "haystack": _haystack}


def peak_memory() -> int:
    """The most memory that this process ever held, in bytes.

    On Linux not by `getrusage`: what that gives begins with the peak of the process that started
    this one.
    """
    with contextlib.suppress(OSError):
        found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
        if found:
            return 1024 * int(found[1])
    resource: Any = import_module("resource")
    peak: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def _disk(names: Iterable[str]) -> int:
    """Bytes that distributions, and all that they need and that is installed, take on disk."""
    left, seen = [(name, frozenset[str]()) for name in names], set()
    files: set[Path] = set()
    while left:
        name, extras = left.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # Not needed on this system.
        files.update(Path(str(found.locate_file(file))).resolve() for file in found.files or ())
        left.extend(needed(found.requires or (), extras))
        # Installed in place (pip install -e), a distribution lists none of its package's files.
        for folder in (Path(spot) for spot in getattr(sys.modules.get(name), "__path__", ())):
            files.update(file.resolve() for file in folder.rglob("*"))
    return sum(file.stat().st_size for file in files if file.is_file())


def needed(
    requirements: Iterable[str], extras: frozenset[str]
) -> Iterable[tuple[str, frozenset[str]]]:
    """The names in requirements as a distribution states them, each with the extras it is for."""
    for requirement in requirements:
        named, _, condition = requirement.partition(";")
        extra = re.search(r"extra\s*==\s*['\"]([^'\"]+)", condition)
        if extra and extra[1] not in extras:
            continue
        found = re.match(r"\s*([\w.-]+)\s*(?:\[([^\]]*)\])?", named)
        if found:
            wanted = frozenset(filter(None, re.split(r"[\s,]+", found[2] or "")))
            yield found[1], wanted


def _report(request: dict[str, Any]) -> dict[str, Any]:
    began = time.perf_counter()
    for name in request.get("imports", ()):
        import_module(name)
    imported = time.perf_counter()
    report: dict[str, Any] = {"imported": imported - began, "seconds": [], "busy": []}
    if "system" in request:
        ask = _SYSTEMS[request["system"]](request)
        report["loaded"] = time.perf_counter() - imported
        for question in request.get("questions", ()):
            asked, busy = time.perf_counter(), time.process_time()
            ask(question)
            report["seconds"].append(time.perf_counter() - asked)
            report["busy"].append(time.process_time() - busy)
            report.setdefault("answered_at", time.time())
            report.setdefault("cold_busy", time.process_time())
    report["peak"] = peak_memory()
    if "installed" in request:
        report["disk"] = _disk(request["installed"])
    return report


def main() -> None:
    # What a library prints is not the report.
    with contextlib.redirect_stdout(sys.stderr):
        report = _report(json.load(sys.stdin))
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    main()
