"""`askdoc query --questions FILE`: each line is a question; the documents are read once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO

from askdoc.cli import FAILED
from askdoc.cli.asking import ask, code, load, warn_of_changes
from askdoc.cli.options import STDIN, Request
from askdoc.cli.showing import around_of
from askdoc.cli.sources import renamed
from askdoc.cli.streams import is_limited, put_json, put_lines, say
from askdoc.errors import AskdocError, QuestionError
from askdoc.present import as_json
from askdoc.present.sanitize import one_line
from askdoc.present.style import is_terminal

if TYPE_CHECKING:
    from askdoc.assistant import Assistant
    from askdoc.model import Answer, Citation
    from askdoc.present.context import Around

_LONGEST = 8_000  # characters of a question; UTF-8 has up to four bytes for each
_EVERY_SECONDS = 0.2


def ask_all(request: Request) -> int:
    """Ask each line, and give an answer as soon as there is one.

    Returns:
        2 where a line could not be asked, else as for one question: 0 where any was answered, 1
        where none was.
    """
    found, skipped, done = False, 0, 0
    changes: dict[str, str] = {}
    with _opened(request.questions) as lines:
        assistant = load(request)
        give = {"markdown": _Markdown, "csv": _Csv}.get(request.format, _Json)(request, assistant)
        progress = _Progress()
        for number, line in enumerate(_lines(lines), start=1):
            if line is not None and not line.strip():
                continue
            try:
                answer = ask(assistant, request, _question(line))
            except QuestionError as error:
                progress.wipe()
                say(f"askdoc: line {number} is skipped: {one_line(str(error))}")
                skipped += 1
                continue
            progress.wipe()
            give.answer(answer)
            changes |= assistant.changes(answer)
            found, done = found or answer.answered, done + 1
            progress.tell(done)
        progress.wipe()
        give.end()
    warn_of_changes(changes, assistant)
    if not (done or skipped):
        where = one_line(request.questions)
        raise AskdocError("there is no question in it", where, "Write one on each line.")
    return FAILED if skipped else code(assistant, found)


class _Json:
    """A line of JSON for each answer, as `--json` gives it."""

    def __init__(self, request: Request, assistant: Assistant) -> None:
        self.request, self.assistant = request, assistant

    def answer(self, answer: Answer) -> None:
        """Give an answer."""
        shown = renamed(answer, self.assistant, self.request.addresses)
        put_json(as_json(shown, ascii_only=is_limited()))

    def end(self) -> None:
        """Give what comes at the end."""


class _Csv(_Json):
    """One table."""

    _begun = False

    def answer(self, answer: Answer) -> None:
        from askdoc.present.table import header, rows

        shown = renamed(answer, self.assistant, self.request.addresses)
        around = around_of(self.request, self.assistant, answer, shown)
        lines = rows(shown, nearest=self.request.nearest, around=around)
        put_lines(lines if self._begun else header() + lines)
        self._begun = True


class _Markdown(_Json):
    """One page, whose footnotes stand at its end."""

    def __init__(self, request: Request, assistant: Assistant) -> None:
        super().__init__(request, assistant)
        self._answers: list[tuple[Answer, Answer]] = []

    def answer(self, answer: Answer) -> None:
        shown = renamed(answer, self.assistant, self.request.addresses)
        self._answers.append((answer, shown))

    def end(self) -> None:
        from askdoc.present.markdown import as_markdown

        around: dict[Citation, Around] = {}
        if self.request.context:
            for answer, shown in self._answers:
                of = around_of(self.request, self.assistant, answer, shown)
                around |= {one: of(one) for one in (*shown.citations, *shown.nearest)}
        answers = [shown for _, shown in self._answers]
        if around:
            put_lines(as_markdown(answers, around=around.__getitem__))
        elif answers:
            put_lines(as_markdown(answers))


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == STDIN:
        if sys.stdin is None:
            raise AskdocError("standard input is closed", STDIN, "Name a file.")
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 (below)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "no such file or directory").lower()
        raise AskdocError(reason, one_line(name), "Check the name.") from None
    with file:
        yield file


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines; None for one that is longer than any question, however long it is."""
    most = 4 * _LONGEST + 2
    while line := file.readline(most):
        if line.endswith(b"\n") or len(line) < most:
            yield line
            continue
        while (rest := file.readline(most)) and not rest.endswith(b"\n"):
            pass
        yield None


def _question(line: bytes | None) -> str:
    """The question that a line is.

    Raises:
        QuestionError: it is none.
    """
    try:
        text = "" if line is None else line.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise QuestionError("it is not UTF-8", remedy="Save the file as UTF-8.") from None
    if line is None or len(text) > _LONGEST:
        raise QuestionError(f"it has more than {_LONGEST:,} characters", remedy="Ask in few words.")
    return text


class _Progress:
    """On a terminal, how many questions were answered, a few times a second."""

    def __init__(self) -> None:
        self._stream = sys.stderr if is_terminal(sys.stderr) else None
        self._begun = self._last = monotonic()
        self._shown = 0

    def tell(self, done: int) -> None:
        """Show how many were answered."""
        now = monotonic()
        if self._stream is None or now - self._last < _EVERY_SECONDS:
            return
        self._last = now
        line = f"{done:,} answered, {done / max(now - self._begun, 1e-3):.1f} a second"
        self._stream.write("\r" + line.ljust(self._shown))
        self._stream.flush()
        self._shown = len(line)

    def wipe(self) -> None:
        """Take it away, so that something else can be written there."""
        if self._stream is not None and self._shown:
            self._stream.write("\r" + " " * self._shown + "\r")
            self._stream.flush()
            self._shown = 0
