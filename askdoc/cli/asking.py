"""Questions: `askdoc query`, `askdoc search` and the shell."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from askdoc.cli import ANSWERED, FAILED, NOT_SAID
from askdoc.cli.options import STDIN, Request
from askdoc.cli.streams import say
from askdoc.errors import NoDocuments
from askdoc.present.progress import patience
from askdoc.present.sanitize import one_line
from askdoc.present.style import is_terminal

if TYPE_CHECKING:
    from askdoc.assistant import Assistant
    from askdoc.cache import Cache
    from askdoc.model import Answer

SEEDS, INDEX = "seeds", "index"
_READING = "Reading ..."
_FOUND = 10


def query(request: Request) -> int:
    """One question; that the documents don't say is an answer, and goes where answers go."""
    if request.questions:
        from askdoc.cli.many import ask_all

        return ask_all(request)
    assistant = load(request)
    with patience(_READING, sys.stderr):
        answer = ask(assistant, request, request.question)
    from askdoc.cli.showing import show

    show(request, assistant, answer)
    warn_of_changes(assistant.changes(answer), assistant)
    if not (answer.answered or answer.no_question) and assistant.index is not None:
        _warn_of_unread(assistant)
    return code(assistant, answer.answered)


def ask(assistant: Assistant, request: Request, question: str) -> Answer:
    """What is answered to a question as it was typed, asked as the request says."""
    return assistant.ask(
        _without_surrogates(question), limit=request.limit, threshold=request.threshold
    )


def search(request: Request) -> int:
    """The passages of the saved index that share most with some words."""
    from askdoc.cli.showing import show_passages

    assistant = load(request)
    limit = _FOUND if request.limit is None else request.limit
    hits = assistant.search(_without_surrogates(request.question), limit=limit)
    show_passages(request, assistant, hits)
    warn_of_changes(assistant.changes(hits), assistant)
    return code(assistant, bool(hits))


def shell(request: Request) -> int:
    """Many questions."""
    from askdoc.shell import converse, where_to_ask

    questions = where_to_ask(documents_on_stdin=STDIN in request.paths)
    assistant = load(request)
    if assistant.unfinished:
        from askdoc.present.unfinished import incomplete

        say(incomplete(assistant.index, assistant.unfinished))
    return converse(assistant, questions, suggestions=request.suggestions, nearest=request.nearest)


def code(assistant: Assistant, found: bool) -> int:
    """The exit code; where nothing was found and not all was read, nobody knows what they say."""
    unfinished = assistant.unfinished
    if not unfinished:
        return ANSWERED if found else NOT_SAID
    from askdoc.present.unfinished import incomplete

    say(incomplete(assistant.index, unfinished))
    return ANSWERED if found else FAILED


def load(request: Request) -> Assistant:
    """What is asked: the paths, or the saved index, or the seeds; of these, the sources named."""
    from askdoc.assistant import DEFAULT_READER, Assistant

    reader = DEFAULT_READER if request.reader is None else request.reader
    index = index_of(request)
    if not request.paths and (request.index is not None or is_saved(index)):
        assistant = Assistant.open(index, reader=reader)
    elif request.command == "search":
        # Whoever searches the seeds would learn nothing that he cannot see.
        assistant = Assistant.open(index, reader=reader)
    else:
        assistant = _read(request, reader)
    if request.sources:
        from askdoc.cli.sources import restricted

        return restricted(assistant, request.sources)
    return assistant


def index_of(request: Request) -> str:
    """Where the saved index is: as said, or here if there is one here, or the user's own."""
    if request.index is not None:
        return request.index
    return INDEX if is_saved(INDEX) or not request.default_index else request.default_index


def is_saved(index: str) -> bool:
    """Whether there is a saved index; one in a cluster is taken to be there."""
    if "://" in index:
        from askdoc.cluster.address import is_address

        if is_address(index):
            return True
    # Spelt out, since `askdoc.store` would be imported for every question to a file.
    return (Path(index) / "index.json").is_file()


def _read(request: Request, reader: str) -> Assistant:
    """Read the paths, or the seeds where none are named, and say what was not read as it stands."""
    from askdoc.assistant import Assistant

    paths, cache = request.paths, _cache(request)
    if STDIN in paths and is_terminal(sys.stdin):
        say("askdoc: reading what you type or paste; Ctrl-D at the start of a line ends it.")
        # Read up to the first Ctrl-D; whoever reads until nothing comes would need a second.
        assistant = Assistant.from_paths(
            paths,
            stdin=BytesIO(sys.stdin.buffer.read()),
            reader=reader,
            cache=cache,
            follow_links=request.follow_links,
        )
    else:
        with patience(_READING, sys.stderr) as progress:
            assistant = Assistant.from_paths(
                paths or seeds(),
                reader=reader,
                cache=cache,
                progress=progress,
                follow_links=request.follow_links,
            )
    for document in assistant.documents:
        for note in document.notes:
            say(f"askdoc: {one_line(document.source)}: {one_line(note)}.")
    for problem in assistant.problems:
        say(f"askdoc: {one_line(str(problem))}")
    return assistant


def _cache(request: Request) -> Cache | None:
    """What was read before, None where it is not to be used; and if it cannot be, why."""
    if not request.cache:
        return None
    from askdoc.cache import Cache

    cache = Cache()
    if cache.refusal:
        say(f"askdoc: the cache is not used: {one_line(cache.refusal)}")
    return cache


def seeds() -> list[str]:
    """What is asked where nothing else is.

    Raises:
        NoDocuments: there are none here.
    """
    if not Path(SEEDS).is_dir():
        raise NoDocuments(
            "nothing to read, since no path was named and there is neither a saved index nor a "
            "folder here",
            f"{SEEDS}/",
            'Try: askdoc query "QUESTION" PATH, or: askdoc PATH, or first: askdoc index PATH',
        )
    return [SEEDS]


def warn_of_changes(changes: Mapping[str, str], assistant: Assistant) -> None:
    """Say which of the cited files are no longer as they were read."""
    if not changes or assistant.index is None:
        return
    from askdoc.store.telling import option

    for source, change in changes.items():
        say(
            f"askdoc: {one_line(source)}: it {change} since it was indexed. "
            f"Bring the index up to date: askdoc index{option(assistant.index)}"
        )


def _warn_of_unread(assistant: Assistant) -> None:
    """Say what was not read of the documents; where they were read just now it has been said."""
    from askdoc import index
    from askdoc.present.unread import unread
    from askdoc.store.telling import option

    assert assistant.index is not None
    where = f"askdoc status{option(assistant.index)}"
    line = unread(assistant.extents, index.unread(assistant.index), where)
    if line:
        say(f"askdoc: {line}")


def _without_surrogates(text: str) -> str:
    """Arguments may hold bytes that are not UTF-8, which Python keeps as lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")
