"""The saved index: `askdoc index`, `status` and `remove`; and `verify`, which needs none."""

from __future__ import annotations

import sys
from time import monotonic

from askdoc.cli import ANSWERED, FAILED, NOT_SAID
from askdoc.cli.arguments import STDIN, Request
from askdoc.cli.asking import INDEX
from askdoc.cli.streams import is_limited, put, put_json, say
from askdoc.errors import AskdocError
from askdoc.present import style_for
from askdoc.present.harmless import one_line

_LONGEST_ANSWER = 64 * 2**20


def index(request: Request) -> int:
    """Make a saved index, or bring it up to date; 2 where a file that was named was not read."""
    from askdoc.index import update
    from askdoc.present.keeping import report
    from askdoc.present.progress import bar

    begun = monotonic()
    with bar("Indexing", sys.stderr) as progress:
        done = update(
            _folder(request),
            request.paths,
            rebuild=request.rebuild,
            follow_links=request.follow_links,
            progress=progress,
        )
    for problem in done.problems:
        say(f"askdoc: {one_line(str(problem))}")
    put(report(done, _folder(request), monotonic() - begun) + "\n")
    return FAILED if done.problems and not done.documents else ANSWERED


def remove(request: Request) -> int:
    """Take files out of the saved index; 2 where one was not in it."""
    from askdoc.index import remove as take_out
    from askdoc.present.counting import counted

    count, problems = take_out(_folder(request), request.paths)
    for problem in problems:
        say(f"askdoc: {one_line(str(problem))}")
    put(f"{counted(count, 'document')} removed from {one_line(_folder(request))}\n")
    return FAILED if problems else ANSWERED


def status(request: Request) -> int:
    """Say what the saved index holds."""
    from askdoc.index import status as survey
    from askdoc.present.keeping import as_json, as_text

    found = survey(_folder(request))
    if request.json:
        put_json(as_json(found))
    else:
        put(as_text(found) + "\n")
    return ANSWERED


def verify(request: Request) -> int:
    """Check the citations of a saved answer; 1 where one does not stand."""
    from askdoc import verify as checking
    from askdoc.present import verdicts as showing

    name = request.paths[0]
    verdicts = checking.verify(checking.read_answers(_content(name), name))
    if request.json:
        put_json(showing.as_json(verdicts, ascii_only=is_limited()))
    else:
        put(showing.as_text(verdicts, style_for(sys.stdout, request.color)) + "\n")
    return ANSWERED if checking.all_stand(verdicts) else NOT_SAID


def _folder(request: Request) -> str:
    return INDEX if request.index is None else request.index


def _content(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read() if sys.stdin is not None else b""
    try:
        with open(name, "rb") as file:  # noqa: PTH123 (a Path would change the name)
            return file.read(_LONGEST_ANSWER)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise AskdocError(reason, one_line(name), "Check the name.") from None
