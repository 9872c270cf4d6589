"""Children that crash, hang, hunger and lie cost the message at hand, and nothing stays behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc.workers import Failure, Outcome, Workers
from askdoc.workers.process import Job

CRASHED = Outcome(None, Failure.CRASHED)
OUT_OF_MEMORY = Outcome(None, Failure.OUT_OF_MEMORY)
MODULE = "misbehaving"
HERE = Path(__file__).parent
SMALL = 2**28
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    with Workers(MODULE, count=2, memory=SMALL) as workers:
        yield workers


def one(workers: Workers, message: bytes) -> Outcome:
    outcomes = list(workers.run([message]))
    assert len(outcomes) == 1
    return outcomes[0]


def process(workers: Workers) -> int:
    return int(one(workers, b"process").reply or b"0")


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_replies_come_in_the_order_of_the_jobs(pool: Workers) -> None:
    jobs = [b"echo %d" % number for number in range(500)]
    assert [outcome.reply for outcome in pool.run(jobs)] == [job[5:] for job in jobs]
    assert list(pool.run([])) == []


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.sampled_from(["echo a", "echo ", "give 70000", "exit 0", "eat 999", "nonsense"]),
        max_size=8,
    ),
    st.integers(1, 9),
)
def test_what_fails_fails_alone(acts: list[str], ahead: int) -> None:
    expected = {
        "echo a": Outcome(b"a"),
        "echo ": Outcome(b""),
        "give 70000": Outcome(b"x" * 70000),
        "exit 0": CRASHED,
        "eat 999": OUT_OF_MEMORY,
        "nonsense": CRASHED,
    }
    with Workers(MODULE, count=2, memory=SMALL) as workers:
        jobs = (act.encode() for act in acts)
        assert list(workers.run(jobs, ahead)) == [expected[act] for act in acts]


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["echo a", "give 70000", "give 40000000", "exit 0", "eat 999"]),
            min_size=1,
            max_size=6,
        ),
        max_size=4,
    ),
    st.integers(1, 3),
)
def test_what_fails_among_jobs_that_are_handed_over_together_fails_alone(
    portions: list[list[str]], ahead: int
) -> None:
    expected = {
        "echo a": (None, 1),
        "give 70000": (None, 70_000),
        "give 40000000": (None, 40_000_000),  # two of these are more than is held at a time
        "exit 0": (Failure.CRASHED, 0),
        "eat 999": (Failure.OUT_OF_MEMORY, 0),
    }
    with Workers(MODULE, count=2, memory=SMALL) as workers:
        jobs = ([act.encode() for act in portion] for portion in portions)
        outcomes = [
            (outcome.failure, len(outcome.reply or b""))
            for outcome in workers.run_portions(jobs, ahead)
        ]
    assert outcomes == [expected[act] for portion in portions for act in portion]


def test_jobs_that_are_handed_over_together_go_to_one_child(pool: Workers) -> None:
    outcomes = pool.run_portions([[b"process"] * 50, [b"process"] * 50])
    processes = [outcome.reply for outcome in outcomes]
    assert len(set(processes[:50])) == len(set(processes[50:])) == 1


def test_each_of_the_jobs_that_are_handed_over_together_has_a_time_of_its_own() -> None:
    jobs = [b"echo before", b"spin", b"use 0.4", b"use 0.4", b"use 0.4", b"echo after"]
    with Workers(MODULE, count=1, seconds=lambda job: 0.2 if job == b"spin" else 1.0) as workers:
        outcomes = list(workers.run_portions([jobs]))
    failures = [None, Failure.TIMED_OUT, None, None, None, None]
    assert [outcome.failure for outcome in outcomes] == failures


def test_whoever_stops_listening_ends_a_portion_that_was_begun() -> None:
    with Workers(MODULE, count=1, seconds=600.0) as workers:
        outcomes = workers.run_portions([[b"echo a", b"spin", b"echo b"]])
        assert next(outcomes).reply == b"a"
        outcomes.close()  # type: ignore[attr-defined]
        assert one(workers, b"echo next") == Outcome(b"next")


@pytest.mark.parametrize(
    ("message", "failure"),
    [
        (b"crash %d" % signal.SIGSEGV, Failure.CRASHED),
        (b"crash %d" % signal.SIGABRT, Failure.CRASHED),
        (b"crash %d" % signal.SIGTERM, Failure.CRASHED),
        (b"exit 0", Failure.CRASHED),
        (b"leave 3", Failure.CRASHED),
        (b"recurse x", Failure.CRASHED),
        (b"lie", Failure.CRASHED),
        (b"eat 1000", Failure.OUT_OF_MEMORY),
    ],
)
def test_how_a_child_is_lost(pool: Workers, message: bytes, failure: Failure) -> None:
    outcomes = list(pool.run([b"echo before", message, b"echo after"]))
    assert outcomes == [Outcome(b"before"), Outcome(None, failure), Outcome(b"after")]


@pytest.mark.parametrize(
    ("module", "message"), [(MODULE, b"spin"), (MODULE, b"spin-in-c"), ("uncounted", b"spin")]
)
def test_an_endless_loop_is_ended(module: str, message: bytes) -> None:
    with Workers(module, count=1, seconds=lambda job: 0.2 if b"spin" in job else 60.0) as workers:
        jobs = [b"echo before", message, b"echo after"]
        failed = Outcome(None, Failure.TIMED_OUT)
        assert list(workers.run(jobs)) == [Outcome(b"before"), failed, Outcome(b"after")]


def test_each_message_has_a_time_of_its_own() -> None:
    """A child may use up more than one job's time with many."""
    with Workers(MODULE, count=1, seconds=1.0) as workers:
        outcomes = list(workers.run([b"use 0.4"] * 6))
    used = [float(outcome.reply or b"0") for outcome in outcomes]
    assert used == sorted(used) and used[0] > 0.4 and used[-1] > 6 * 0.4


@needs_pipes
@pytest.mark.parametrize("module", [MODULE, "uncounted"])
def test_a_busy_machine_costs_a_job_nothing(module: str, tmp_path: Path) -> None:
    """By the clock it takes longer than it may, while it uses up no processor time."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    limit = 0.1

    def others_work() -> None:
        with pipe.open("wb") as gate:  # Opens when the child waits there.
            begun = monotonic()
            while monotonic() - begun < 2 * limit:
                pass
            gate.write(b"at last")

    with Workers(module, count=1, seconds=lambda job: limit if b"await" in job else 60.0) as pool:
        assert one(pool, b"echo ready") == Outcome(b"ready")
        others = Thread(target=others_work, daemon=True)
        others.start()
        assert one(pool, b"await " + os.fsencode(pipe)) == Outcome(b"at last")
        others.join()


@needs_pipes
def test_what_waits_for_ever_is_ended_by_the_clock(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    jobs = [b"echo before", b"await " + os.fsencode(pipe), b"echo after"]
    stalled = Outcome(None, Failure.STALLED)
    with Workers(
        MODULE, count=1, seconds=lambda job: 0.01 if b"await" in job else 60.0, stop_seconds=0.1
    ) as workers:
        assert list(workers.run(jobs)) == [Outcome(b"before"), stalled, Outcome(b"after")]


def test_messages_of_any_size(pool: Workers) -> None:
    jobs = [b"size " + bytes(size) for size in (0, 1, 65535, 65536, 20_000_000)]
    replies = [b"0", b"1", b"65535", b"65536", b"20000000"]
    assert [outcome.reply for outcome in pool.run(jobs)] == replies
    # More than what is held at a time, and all of it comes.
    big = pool.run([b"give 30000000"] * 8, ahead=8)
    assert [len(outcome.reply or b"") for outcome in big] == [30_000_000] * 8


def test_what_a_library_prints_or_reads_is_kept_from_the_connection(
    pool: Workers, capfd: pytest.CaptureFixture[str]
) -> None:
    assert one(pool, b"chatter and this") == Outcome(b"read and this")
    assert capfd.readouterr() == ("", "")


def test_a_child_that_earlier_jobs_filled_is_not_held_against_a_job() -> None:
    with Workers(MODULE, count=1, memory=SMALL) as workers:
        kept = [int(outcome.reply or b"0") for outcome in workers.run([b"keep 60"] * 9)]
    assert max(kept) > 1, "the child was not used again"
    assert kept.count(1) > 1, "the child was never filled"


def test_no_more_children_are_started_than_there_is_work_for() -> None:
    with Workers(MODULE, count=4) as workers:
        assert len({process(workers) for _ in range(5)}) == 1


def test_a_child_that_was_killed_while_it_had_nothing_to_do_is_replaced() -> None:
    with Workers(MODULE, count=1) as workers:
        first = process(workers)
        os.kill(first, signal.SIGKILL)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
        assert process(workers) != first


def test_jobs_are_taken_only_when_there_is_room(pool: Workers) -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"echo %d" % taken

    outcomes = pool.run(endless(), ahead=3)
    for number in range(1, 20):
        assert next(outcomes).reply == b"%d" % number
        assert taken <= number + 3
    outcomes.close()  # type: ignore[attr-defined]
    assert one(pool, b"echo next") == Outcome(b"next")


def test_whoever_stops_listening_ends_what_was_going_on() -> None:
    with Workers(MODULE, count=2, seconds=600.0) as workers:
        outcomes = workers.run([b"process", b"spin", b"spin-in-c", b"spin"])
        assert next(outcomes).reply
        outcomes.close()  # type: ignore[attr-defined]
        assert one(workers, b"echo next") == Outcome(b"next")


def test_an_error_of_the_jobs_is_raised_and_costs_nothing_else(pool: Workers) -> None:
    def broken() -> Iterator[bytes]:
        yield b"echo a"
        raise LookupError("no more")

    with pytest.raises(LookupError):
        list(pool.run(broken()))
    assert one(pool, b"echo b") == Outcome(b"b")


def test_one_run_at_a_time_and_none_after_the_end(pool: Workers) -> None:
    first = pool.run([b"echo a", b"echo b"], ahead=1)
    next(first)
    with pytest.raises(RuntimeError):
        next(pool.run([b"echo c"]))
    assert [outcome.reply for outcome in first] == [b"b"]
    with Workers(MODULE) as closed:
        pass
    with pytest.raises(RuntimeError):
        next(closed.run([b"echo a"]))


def test_what_cannot_be_started_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    not_started = Outcome(None, Failure.NOT_STARTED)
    with Workers("no_such_module") as workers:
        assert list(workers.run([b"a", b"b"])) == [not_started] * 2
    for executable in ("", "/no/such/python"):
        monkeypatch.setattr(sys, "executable", executable)
        with Workers(MODULE) as workers:
            assert one(workers, b"echo a") == not_started


def test_modules_of_the_current_folder_are_not_taken_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("signal", "queue", "threading", "runpy"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    with Workers(MODULE, count=1) as workers:
        assert one(workers, b"echo a") == Outcome(b"a")


def test_nothing_is_left_when_the_workers_are() -> None:
    with Workers(MODULE, count=2, seconds=600.0) as workers:
        processes = [int(o.reply or b"0") for o in workers.run([b"process"] * 20)]
        outcomes = workers.run([b"echo a", b"spin", b"spin-in-c"], ahead=3)
        next(outcomes)
    assert not any(map(is_there, processes))


# What goes wrong in the parent


@pytest.mark.parametrize(
    ("threads", "failure"),
    [
        ({"_work": 0, "_run": 1}, Failure.NOT_STARTED),
        ({"_work": 2, "_run": 0}, Failure.NOT_STARTED),
        ({"_work": 1, "_run": 1}, None),  # The one child does what there is to do.
    ],
)
def test_a_system_that_gives_no_more_threads_fails_jobs_and_not_the_program(
    threads: dict[str, int], failure: Failure | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = Thread.start

    def refuse(thread: Thread) -> None:
        kind = thread.name.partition("(")[2].rstrip(")")
        threads[kind] -= 1
        if threads[kind] < 0:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(Thread, "start", refuse)
    with Workers(MODULE, count=2) as workers:
        outcomes = list(workers.run_portions([[b"echo a", b"echo a"], [b"echo a"]]))
    assert outcomes == [Outcome(None if failure else b"a", failure)] * 3


def test_after_an_error_on_the_way_no_reply_is_taken_for_that_to_another_job(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise LookupError("on the way")

    with Workers(MODULE, count=1) as workers:
        assert one(workers, b"echo before") == Outcome(b"before")
        with monkeypatch.context() as patched:
            patched.setattr("askdoc.workers.process._receive", broken)
            with pytest.raises(LookupError):
                one(workers, b"echo lost")
        assert one(workers, b"echo next") == Outcome(b"next")


def test_jobs_that_are_none_do_not_leave_a_run_that_never_ends(pool: Workers) -> None:
    with pytest.raises(TypeError):
        list(pool.run_portions(None))  # type: ignore[arg-type]
    assert one(pool, b"echo next") == Outcome(b"next")


def test_a_ctrl_c_while_a_job_is_handed_over_leaves_no_room_taken() -> None:
    # A child had taken the job already, and nobody knew of it: its reply was held for ever, and
    # as it is more than is held at a time, no other job was begun any more.
    class Interrupted(Workers):
        def _submit(self, job: Job) -> None:
            super()._submit(job)
            if job.messages[0].content == b"give 70000000":
                with self._changed:
                    self._awaited = job
                    while not job.outcomes:
                        self._changed.wait()
                raise KeyboardInterrupt

    with Interrupted(MODULE, count=1, memory=SMALL) as workers:
        with pytest.raises(KeyboardInterrupt):
            list(workers.run([b"give 70000000"]))
        assert workers._held == 0
        assert one(workers, b"echo next") == Outcome(b"next")


# The parent's end

PARENT = """
import signal, sys
from askdoc.workers import Workers
# Whoever runs the tests in a shell's background has them, and so this, not hear Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
with Workers("misbehaving", count=1, seconds=600.0) as workers:
    print(next(iter(list(workers.run([b"process"])))).reply.decode(), flush=True)
    if sys.argv[1] == "idle":
        sys.stdin.read()
    list(workers.run([sys.argv[1].encode()]))
"""
needs_pidfd = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="no pidfd here")


def parent(act: str) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join([str(HERE), str(HERE.parents[1])])
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, act],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
        start_new_session=True,
    )


def ends(pidfd: int) -> bool:
    """Whether a process ends; asked for so long only that a test that fails comes to an end."""
    return bool(select.select([pidfd], [], [], 30.0)[0])


@needs_pidfd
@pytest.mark.parametrize("act", ["idle", "spin"])
def test_children_end_with_a_parent_that_is_killed(act: str) -> None:
    with parent(act) as program:
        assert program.stdout is not None
        child = os.pidfd_open(int(program.stdout.readline()))
        program.kill()
        assert ends(child)
        os.close(child)


@needs_pidfd
@pytest.mark.parametrize("act", ["idle", "spin", "spin-in-c"])
def test_ctrl_c_ends_the_parent_and_all_children(act: str) -> None:
    with parent(act) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        child = os.pidfd_open(int(program.stdout.readline()))
        os.killpg(program.pid, signal.SIGINT)
        assert program.wait(30.0) == -signal.SIGINT
        assert ends(child)
        os.close(child)
        said = program.stderr.read().decode()
        assert said.count("Traceback") == 1 and said.rstrip().endswith("KeyboardInterrupt")
