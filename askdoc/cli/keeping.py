"""The saved index: `askdoc index`, `status` and `remove`; and `verify`, which may use one."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Sequence
from time import monotonic

from askdoc.cli import ANSWERED, FAILED, NOT_SAID
from askdoc.cli.asking import index_of
from askdoc.cli.options import STDIN, Request
from askdoc.cli.streams import is_limited, put, put_json, say
from askdoc.errors import AskdocError
from askdoc.present import style_for
from askdoc.present.sanitize import one_line

_NOTES = 20


def index(request: Request) -> int:
    """Make a saved index, or bring it up to date; 2 where a file that was named was not read."""
    if request.watch:
        from askdoc.cli import watching

        return watching.index(request)
    from askdoc.index import update
    from askdoc.present.keeping import report
    from askdoc.present.progress import bar

    begun = monotonic()
    with bar("Indexing", sys.stderr) as progress:
        done = update(
            index_of(request),
            request.paths,
            rebuild=request.rebuild,
            follow_links=request.follow_links,
            progress=progress,
        )
    tell(done.problems, done.notes, index_of(request))
    put(report(done, index_of(request), monotonic() - begun) + "\n")
    return FAILED if done.problems and not done.documents else ANSWERED


def tell(problems: Iterable[AskdocError], notes: Sequence[str], index: str) -> None:
    """Say what an update of an index could not read, and what not of what it read."""
    for problem in problems:
        say(f"askdoc: {one_line(str(problem))}")
    for note in notes[:_NOTES]:
        say(f"askdoc: {one_line(note)}.")
    if len(notes) > _NOTES:
        from askdoc.store.telling import option

        more = len(notes) - _NOTES
        say(f"askdoc: and {more:,} more such notes: askdoc status{option(index)}")


def remove(request: Request) -> int:
    """Take files out of the saved index; 2 where one was not in it."""
    from askdoc.index import remove as take_out
    from askdoc.present.counting import counted

    count, problems = take_out(index_of(request), request.paths)
    for problem in problems:
        say(f"askdoc: {one_line(str(problem))}")
    put(f"{counted(count, 'document')} removed from {one_line(index_of(request))}\n")
    return FAILED if problems else ANSWERED


def status(request: Request) -> int:
    """Say what the saved index holds."""
    from askdoc.index import status as survey
    from askdoc.present.keeping import as_json, as_text

    found = survey(index_of(request))
    if request.json:
        put_json(as_json(found))
    else:
        put(as_text(found) + "\n")
    return ANSWERED


def verify(request: Request) -> int:
    """Check a saved answer; 1 where something in it does not stand, 2 where it is none."""
    if request.watch:
        from askdoc.cli import watching

        return watching.verify(request)
    from askdoc import verify as checking
    from askdoc.present import verdicts as showing

    name = request.paths[0]
    answers = checking.read_answers(_content(name), one_line(name))
    locate = None
    if request.index is not None:
        shown = [one for answer in answers for one in (*answer.citations, *answer.nearest)]
        locate = checking.indexed(request.index, {one.source for one in shown})
    verdicts = checking.verify(answers, locate=locate, reveal=request.show_now)
    if request.json:
        put_json(showing.as_json(verdicts, ascii_only=is_limited()))
    else:
        style = style_for(sys.stdout, request.color)
        put(showing.as_text(verdicts, style, revealed=request.show_now) + "\n")
    return ANSWERED if checking.all_stand(verdicts) else NOT_SAID


def _content(name: str) -> bytes:
    """What stands in the file of an answer; a pipe that nobody writes to keeps nobody waiting."""
    from askdoc.verify import LONGEST_FILE

    if name == STDIN:
        data = sys.stdin.buffer.read(LONGEST_FILE + 1) if sys.stdin is not None else b""
    else:
        data = _of_file(name, LONGEST_FILE)
    if len(data) > LONGEST_FILE:
        raise AskdocError(
            f"not a saved answer (it is larger than {LONGEST_FILE // 2**20} MiB)",
            one_line(name),
            "Split it into smaller files.",
        )
    return data


def _of_file(name: str, longest: int) -> bytes:
    try:
        # Opening a device may do something already; after it was opened it is what it is.
        _check_kind(name, os.stat(name).st_mode)  # noqa: PTH116 (a Path would change the name)
        with open(name, "rb", opener=_open_at_once) as file:
            _check_kind(name, os.fstat(file.fileno()).st_mode)
            return file.read(longest + 1) or b""
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "no such file or directory").lower()
        raise AskdocError(reason, one_line(name), "Check the name.") from None


def _check_kind(name: str, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise AskdocError("is a directory", one_line(name), "Name the file of an answer.")
    if not stat.S_ISREG(mode):
        remedy = f"To read from a pipe, give {STDIN} and pipe it in."
        raise AskdocError("not a regular file", one_line(name), remedy)


def _open_at_once(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
