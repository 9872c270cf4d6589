"""When it is looked, under a clock and hints of our own: nothing that is hinted at is forgotten."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc.errors import AskdocError, NotWatched
from askdoc.watch.events import Events
from askdoc.watch.loop import PACE, Hints, Looked, Loop, Pace

END = 2_000.0


class Clock:
    """Time that passes only while something is waited for, or looked at."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Told(Events):
    """Hints at given moments, and everything is stopped some time after the last."""

    def __init__(self, clock: Clock, stop: threading.Event, told: Sequence[tuple[float, Hints]]):
        super().__init__(stop)
        self.clock, self.stop = clock, stop
        self.told = sorted(told, key=lambda one: one[0])
        self.watched: list[Collection[str]] = []
        self.refusal: NotWatched | None = None

    def watch(self, folders: Collection[str], roots: Collection[str]) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.watched.append(folders)

    def take(self, seconds: float) -> Hints:
        assert seconds > 0
        due = self.clock.now + seconds
        if self.told and self.told[0][0] <= due:
            self.clock.now = max(self.clock.now, self.told[0][0])
            taken: Hints = frozenset()
            while self.told and self.told[0][0] <= self.clock.now:
                self.told_at, hints = self.told.pop(0)
                taken = None if taken is None or hints is None else taken | hints
            return taken
        self.clock.now = due
        if due >= END:
            self.stop.set()
        return frozenset()


class Looks:
    """A subject that notes when it is looked, and where."""

    def __init__(self, clock: Clock, *paths: str, takes: float = 0.0) -> None:
        self.clock, self.names, self.takes = clock, paths, takes
        self.looks: list[tuple[float, Hints]] = []
        self.busy: list[float] = []

    def paths(self) -> Sequence[str]:
        return self.names

    def look(self, hints: Hints) -> Looked:
        self.looks.append((self.clock.now, hints))
        self.clock.now += self.takes
        if self.busy:
            return Looked(again=self.busy.pop(0))
        return Looked(seconds=self.takes)


def followed(
    subject: Looks, told: Sequence[tuple[float, Hints]], *, pace: Pace = PACE
) -> tuple[Told, list[AskdocError]]:
    stop, notices = threading.Event(), list[AskdocError]()
    events = Told(subject.clock, stop, told)
    Loop(subject, stop, notices.append, events=events, pace=pace, clock=subject.clock).run()
    return events, notices


MOMENTS = st.lists(
    st.tuples(
        st.floats(0.0, 300.0),
        st.none() | st.frozensets(st.sampled_from(["/r/a", "/r/b/c", "/r", "/q", "/r/.h"])),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(MOMENTS, st.sampled_from([0.0, 0.3, 2.5, 40.0]), st.lists(st.just(1.0), max_size=3))
def test_whatever_is_hinted_at_is_looked_at_soon_and_never_before_it_is_quiet(
    told: list[tuple[float, Hints]], takes: float, busy: list[float]
) -> None:
    subject = Looks(Clock(), "/r", takes=takes)
    subject.busy = list(busy)
    followed(subject, told)
    done = subject.looks[len(busy) :]
    for moment, hints in told:
        if hints is None:
            assert any(at >= moment and where is None for at, where in done)
            continue
        for path in hints:
            if path in ("/q", "/r/.h"):
                continue  # Nothing is looked at there.
            covering = [at for at, where in done if at >= moment and covers(where, path)]
            assert covering
            waits = PACE.longest + PACE.quiet + 2 * takes + PACE.settle + 1e-6
            assert covering[0] <= moment + waits + len(busy) * (1 + takes)


def covers(where: Hints, path: str) -> bool:
    return where is None or path in where


def test_it_is_looked_when_it_has_been_quiet_and_everywhere_soon_after() -> None:
    subject = Looks(Clock(), "/r", takes=3.0)
    hints = [frozenset({f"/r/{number}"}) for number in range(3)]
    followed(subject, [(10.0, hints[0]), (10.5, hints[1]), (11.4, hints[2])])
    assert subject.looks[:3] == [
        (0.0, None),
        (12.4, frozenset({"/r/0", "/r/1", "/r/2"})),
        (12.4 + 3.0 + 30.0, None),
    ]
    # And then every ten minutes.
    assert subject.looks[3][0] == subject.looks[2][0] + 3.0 + PACE.sweep


def test_a_small_folder_is_looked_through_at_every_hint() -> None:
    subject = Looks(Clock(), "/r", takes=0.1)
    followed(subject, [(10.0, frozenset({"/r/a"}))])
    assert {hints for _, hints in subject.looks} == {None}


def test_a_log_that_is_written_all_the_time_keeps_nothing_waiting() -> None:
    subject = Looks(Clock(), "/r")
    hint = frozenset({"/r/log.txt"})
    followed(subject, [(10.0 + at / 2, hint) for at in range(200)])
    moments = [at for at, _ in subject.looks if 10.0 < at < 110.0]
    assert max(b - a for a, b in zip([10.0, *moments], moments, strict=False)) <= PACE.longest + 1


def test_what_is_hinted_at_while_somebody_else_writes_is_not_forgotten() -> None:
    subject = Looks(Clock(), "/r", takes=3.0)
    events = [(10.0, frozenset({"/r/a"})), (13.5, frozenset({"/r/b"}))]
    subject.busy = [0.0]
    original = subject.look

    def look(hints: Hints) -> Looked:
        subject.busy = [1.0] if 9.0 < subject.clock.now < 14.0 else []
        return original(hints)

    subject.look = look  # type: ignore[method-assign]
    followed(subject, events)
    done = [hints for at, hints in subject.looks if at >= 14.0]
    assert done[0] == frozenset({"/r/a", "/r/b"})


def test_after_something_was_lost_all_is_watched_anew_and_looked_at() -> None:
    subject = Looks(Clock(), "/r", takes=3.0)
    events, _ = followed(subject, [(10.0, None)])
    assert subject.looks[1] == (11.0, None)
    assert len(events.watched) > 2


def test_a_folder_that_is_another_now_is_watched_anew(tmp_path: Path) -> None:
    root = str(tmp_path)
    for hint, anew in [(root + "/a.txt", False), (root, True)]:
        subject = Looks(Clock(), root, takes=3.0)
        subject.looks.clear()
        events, _ = followed(subject, [(10.0, frozenset({hint}))], pace=Pace(settle=END))
        # At the start, at the hint if it names the folder, and with each sweep.
        sweeps = sum(hints is None for _, hints in subject.looks)
        assert len(events.watched) == sweeps + anew


def test_where_the_system_refuses_it_is_said_once_and_looked_every_few_seconds() -> None:
    subject = Looks(Clock(), "/r", takes=0.5)
    stop, notices = threading.Event(), list[AskdocError]()
    events = Told(subject.clock, stop, [])
    events.refusal = NotWatched("no room", "here", "Make some.")
    Loop(subject, stop, notices.append, events=events, clock=subject.clock).run()
    assert [str(one) for one in notices] == [
        "no room: here. Instead, files are looked at every 2 seconds or more. Make some."
    ]
    pauses = {
        round(b - a, 6)
        for (a, _), (b, _) in zip(subject.looks[1:], subject.looks[2:], strict=False)
    }
    assert pauses == {0.5 + PACE.share * 0.5}
    assert {hints for _, hints in subject.looks} == {None}


def test_when_the_system_no_longer_refuses_it_is_watched() -> None:
    subject = Looks(Clock(), "/r")
    stop = threading.Event()
    events = Told(subject.clock, stop, [])

    def notice(problem: AskdocError) -> None:
        events.refusal = None

    events.refusal = NotWatched("no room")
    Loop(subject, stop, notice, events=events, clock=subject.clock).run()
    assert events.watched
    assert subject.looks[-1][0] - subject.looks[-2][0] == PACE.sweep
