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
from askdoc.cluster.address import is_address
from askdoc.errors import AskdocError
from askdoc.index import update
from askdoc.present.keeping import report
from askdoc.present.progress import bar
from askdoc.present.sanitize import one_line
from askdoc.present.watching import answers_now, news
from askdoc.store.telling import option
from askdoc.watch import Checked, Updated, watch, watch_answers

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# So long an update may go on after Ctrl-C: a cluster may not answer at all.
_PATIENCE_SECONDS = 3.0


def index(request: Request) -> int:
    """Keep a saved index up to date until stopped, which is how this ends well."""
    folder, is_first = index_of(request), True

    def on_update(updated: Updated) -> None:
        nonlocal is_first
        tell(updated.problems, updated.report.notes, folder)
        if is_first:
            put(report(updated.report, folder, updated.seconds) + "\n")
            say("askdoc: watching for changes; Ctrl-C ends it.")
        elif updated.changed:
            put(news(updated.report, folder, updated.seconds) + "\n")
        is_first = False

    with _until_stopped(asks_cluster=is_address(folder)) as stop:
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
        say(
            "askdoc: stopped; what was read is kept. "
            f"To read the rest: askdoc index{option(folder)}"
        )
    return ANSWERED


@contextmanager
def watched(folder: str, paths: Sequence[str], follow_links: bool, shown: str) -> Iterator[None]:
    """Keep a saved index up to date beside whatever asks it; it has all there is when this begins.

    Args:
        folder: where it is, or its address in a cluster.
        paths: what it is of; none for what it was of before.
        follow_links: whether links are followed.
        shown: what it is called.

    Raises:
        AskdocError: it cannot be made, or brought up to date.
    """
    with bar("Indexing", sys.stderr) as progress:
        done = update(folder, paths, follow_links=follow_links, progress=progress)
    tell(done.problems, done.notes, folder)
    stop = threading.Event()

    def on_update(updated: Updated) -> None:
        if updated.changed:
            tell(updated.problems, updated.report.notes, folder)
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

    # Whoever writes a folder comes to an end before this program does. A cluster may never answer,
    # and what was not committed there is nowhere seen.
    asks_cluster = is_address(folder)
    thread = threading.Thread(target=follow, name="watch", daemon=asks_cluster)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_PATIENCE_SECONDS if asks_cluster else None)


def verify(request: Request) -> int:
    """Check saved answers until stopped; 1 where something did not stand in the end."""
    fallen = 0

    def on_check(now: list[Checked], changed: list[Checked]) -> None:
        nonlocal fallen
        fallen = sum(len(one.fallen) for one in now)
        put(answers_now(now, changed) + "\n")

    asks_cluster = request.index is not None and is_address(request.index)
    with _until_stopped(asks_cluster=asks_cluster) as stop:
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
def _until_stopped(*, asks_cluster: bool) -> Iterator[threading.Event]:
    """Is set by Ctrl-C, and by whoever asks this process to end; a second time ends it at once.

    So it ends too where a cluster is asked that keeps it waiting for its answer.
    """
    stop, ended = threading.Event(), threading.Event()
    before = {one: signal.getsignal(one) for one in _SIGNALS}

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        for one in _SIGNALS:
            signal.signal(one, signal.default_int_handler)
        # Not here: whatever was interrupted may hold the lock that this takes.
        _thread.start_new_thread(set_and_wait, ())

    def set_and_wait() -> None:
        stop.set()
        if asks_cluster and not ended.wait(_PATIENCE_SECONDS):
            _interrupt()

    for one in _SIGNALS:
        signal.signal(one, ask_to_stop)
    try:
        yield stop
    finally:
        ended.set()
        for one, handler in before.items():
            signal.signal(one, handler)


def _interrupt() -> None:
    """As Ctrl-C does, also where the main thread waits for a reply."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, signal.SIGINT)
    else:
        _thread.interrupt_main()
