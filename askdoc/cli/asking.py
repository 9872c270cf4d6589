"""Questions: `askdoc query`, `askdoc search` and the shell."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from askdoc.cli import ANSWERED, FAILED, NOT_SAID
from askdoc.cli.options import STDIN, Request
from askdoc.cli.streams import is_limited, put, put_json, say
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
    assistant = load(request)
    from askdoc.present import as_json, as_text, style_for
    from askdoc.present.refusing import aside

    with patience(_READING, sys.stderr):
        answer = assistant.ask(
            _without_surrogates(request.question),
            limit=request.limit,
            threshold=request.threshold,
        )
    style = style_for(sys.stdout, request.color)
    if request.json:
        put_json(as_json(answer, indent=2 if style.width else None, ascii_only=is_limited()))
    else:
        put(as_text(answer, style, nearest=request.nearest) + "\n")
        if not style.person and (told := aside(answer)):
            say(told)
    _warn_of_changes(assistant, answer)
    if not (answer.answered or answer.no_question) and assistant.index is not None:
        _warn_of_unread(assistant)
    return _code(assistant, answer.answered)


def search(request: Request) -> int:
    """The passages of the saved index that share most with some words."""
    from askdoc.present import style_for
    from askdoc.present.passages import as_json, as_text

    assistant = load(request)
    limit = _FOUND if request.limit is None else request.limit
    hits = assistant.search(_without_surrogates(request.question), limit=limit)
    if request.json:
        put_json(as_json(hits, ascii_only=is_limited()))
    else:
        put(as_text(hits, style_for(sys.stdout, request.color)) + "\n")
    return _code(assistant, bool(hits))


def shell(request: Request) -> int:
    """Many questions."""
    from askdoc.shell import converse, where_to_ask

    questions = where_to_ask(documents_on_stdin=STDIN in request.paths)
    assistant = load(request)
    if assistant.unfinished:
        from askdoc.present.unfinished import incomplete

        say(incomplete(assistant.index, assistant.unfinished))
    return converse(assistant, questions, suggestions=request.suggestions, nearest=request.nearest)


def _code(assistant: Assistant, found: bool) -> int:
    """The exit code; where nothing was found and not all was read, nobody knows what they say."""
    unfinished = assistant.unfinished
    if not unfinished:
        return ANSWERED if found else NOT_SAID
    from askdoc.present.unfinished import incomplete

    say(incomplete(assistant.index, unfinished))
    return ANSWERED if found else FAILED


def load(request: Request) -> Assistant:
    """What is asked: the paths, or the saved index, or the seeds."""
    from askdoc.assistant import DEFAULT_READER, Assistant

    reader = DEFAULT_READER if request.reader is None else request.reader
    index = INDEX if request.index is None else request.index
    if not request.paths and (request.index is not None or _is_saved(index)):
        return Assistant.open(index, reader=reader)
    if request.command == "search":
        # Whoever searches the seeds would learn nothing that he cannot see.
        return Assistant.open(index, reader=reader)
    return _read(request, reader)


def _is_saved(folder: str) -> bool:
    # Spelt out, since `askdoc.store` would be imported for every question to a file.
    return (Path(folder) / "index.json").is_file()


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
                paths or _seeds(),
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


def _seeds() -> list[str]:
    if not Path(SEEDS).is_dir():
        raise NoDocuments(
            "nothing to read, since no path was named and there is neither a saved index nor a "
            "folder here",
            f"{SEEDS}/",
            'Try: askdoc query "QUESTION" PATH, or: askdoc PATH, or first: askdoc index PATH',
        )
    return [SEEDS]


def _warn_of_changes(assistant: Assistant, answer: Answer) -> None:
    """Say which of the cited files are no longer as they were read."""
    for source, change in assistant.changes(answer).items():
        say(
            f"askdoc: {one_line(source)}: it {change} since it was indexed. "
            "Bring the index up to date: askdoc index"
        )


def _warn_of_unread(assistant: Assistant) -> None:
    """Say what was not read of the documents; where they were read just now it has been said."""
    from askdoc import index
    from askdoc.present.unread import unread

    assert assistant.index is not None
    line = unread(assistant.extents, index.unread(assistant.index), "askdoc status")
    if line:
        say(f"askdoc: {line}")


def _without_surrogates(text: str) -> str:
    """Arguments may hold bytes that are not UTF-8, which Python keeps as lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")
