"""`--watch`: what is kept up to date until Ctrl-C, and what is said meanwhile."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from askdoc.cli import ANSWERED, NOT_SAID
from askdoc.cli.asking import index_of
from askdoc.cli.keeping import tell
from askdoc.cli.options import Request
from askdoc.cli.streams import put, say
from askdoc.errors import AskdocError
from askdoc.index import update
from askdoc.present.keeping import report
from askdoc.present.progress import bar
from askdoc.present.sanitize import one_line
from askdoc.present.watching import answers_now, news
from askdoc.watch import Checked, Updated, watch, watch_answers

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def index(request: Request) -> int:
    """Keep a saved index up to date until stopped, which is how this ends well."""
    folder, is_first = index_of(request), True

    def on_update(updated: Updated) -> None:
        nonlocal is_first
        tell(updated.problems, updated.report.notes)
        if is_first:
            put(report(updated.report, folder, updated.seconds) + "\n")
            say("askdoc: watching for changes; Ctrl-C ends it.")
        elif updated.changed:
            put(news(updated.report, folder, updated.seconds) + "\n")
        is_first = False

    with _until_stopped() as stop:
        is_whole = watch(
            folder,
            request.paths,
            on_update=on_update,
            on_notice=_notice,
            stop=stop,
            rebuild=request.rebuild,
            follow_links=request.follow_links,
            progress=lambda: bar("Indexing", sys.stderr),
        )
    if not is_whole:
        say("askdoc: stopped; what was read is kept. To read the rest: askdoc index")
    return ANSWERED


@contextmanager
def watched(folder: str, paths: Sequence[str], follow_links: bool, shown: str) -> Iterator[None]:
    """Keep a saved index up to date beside whatever asks it; it has all there is when this begins.

    Args:
        folder: where it is.
        paths: what it is of; none for what it was of before.
        follow_links: whether links are followed.
        shown: what it is called.

    Raises:
        AskdocError: it cannot be made, or brought up to date.
    """
    with bar("Indexing", sys.stderr) as progress:
        done = update(folder, paths, follow_links=follow_links, progress=progress)
    tell(done.problems, done.notes)
    stop = threading.Event()

    def on_update(updated: Updated) -> None:
        if updated.changed:
            tell(updated.problems, updated.report.notes)
            say(f"askdoc: {news(updated.report, shown, updated.seconds)}")

    def follow() -> None:
        try:
            watch(
                folder,
                paths,
                on_update=on_update,
                on_notice=_notice,
                stop=stop,
                follow_links=follow_links,
            )
        except AskdocError as error:
            _notice(error)

    thread = threading.Thread(target=follow, name="watch")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def verify(request: Request) -> int:
    """Check saved answers until stopped; 1 where something did not stand in the end."""
    fallen = 0

    def on_check(now: list[Checked], changed: list[Checked]) -> None:
        nonlocal fallen
        fallen = sum(len(one.fallen) for one in now)
        put(answers_now(now, changed) + "\n")

    with _until_stopped() as stop:
        watch_answers(
            request.paths[0],
            on_check=on_check,
            on_notice=_notice,
            stop=stop,
            index=request.index,
        )
    return NOT_SAID if fallen else ANSWERED


def _notice(problem: AskdocError) -> None:
    say(f"askdoc: {one_line(str(problem))}")


@contextmanager
def _until_stopped() -> Iterator[threading.Event]:
    """Is set by Ctrl-C, and by whoever asks this process to end; a second time ends it at once."""
    stop = threading.Event()
    before = {one: signal.getsignal(one) for one in _SIGNALS}

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        for one in _SIGNALS:
            signal.signal(one, signal.default_int_handler)
        # Not here: whatever was interrupted may hold the lock that this takes.
        _thread.start_new_thread(stop.set, ())

    for one in _SIGNALS:
        signal.signal(one, ask_to_stop)
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
