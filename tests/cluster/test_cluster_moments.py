"""Single moments at which writers and readers get into each other's way, one by one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from histories import TOUCHED, Change, History, read, write
from interleaving import Actor, Fate
from simulated import ADDRESS

from askdoc.errors import ClusterError, ClusterUnreachable, IndexBusy
from askdoc.retrieve.cluster import ClusterRetriever

LEASE = 61


@pytest.fixture
def history() -> History:
    """An index with a file in it."""
    made = History()
    done(writer(made, {"mint": "river tower"}))
    return made


def writer(history: History, *changes: Change, rebuild: bool = False) -> Actor:
    return Actor(history.line, lambda one: write(history, one, changes, rebuild))


def reader(history: History) -> Actor:
    return Actor(history.line, lambda one: read(history, one, 1))


def done(actor: Actor) -> None:
    """Have somebody come to the end, and without an error."""
    actor.finish()
    assert actor.error is None, repr(actor.error)


def until(actor: Actor, method: str, part: str = "") -> None:
    """Go on until somebody is about to ask for this."""
    while actor.waiting and not (actor.asks.startswith(method) and part in actor.asks):
        actor.step()
    assert actor.waiting, f"it never asked for {method} {part}: {actor.error!r}"


def requests(history: History, make: Callable[[], Actor]) -> int:
    """How many requests somebody sends who is not disturbed."""
    actor, count = make(), 0
    while actor.waiting:
        actor.step()
        count += 1
    assert actor.error is None
    return count


def sound(history: History) -> None:
    """What was committed last is there, and can be gone on from."""
    for _ in range(3):
        history.clock += LEASE
        done(reader(history))
        done(writer(history, {"fig": "lamp"}))
    done(reader(history))


@pytest.mark.parametrize("rebuilding", [False, True])
def test_a_writer_that_was_halted_anywhere_does_not_remove_what_another_has_rebuilt(
    rebuilding: bool,
) -> None:
    """It removed what was of another epoch than its own, and that was the one everybody read."""
    at = 0
    while True:
        history = History()
        done(writer(history, {"mint": "river tower"}))
        halted = writer(history, {"plum": "lamp"}, rebuild=rebuilding)
        for _ in range(at):
            if halted.waiting:
                halted.step()
        if not halted.waiting:
            break
        history.clock += LEASE
        done(writer(history, {"mint": "river", "plum": "mill"}, rebuild=True))
        halted.finish()
        sound(history)
        at += 1
    assert at > 5


def test_what_was_just_made_is_not_removed_when_another_is_faster_to_write_to_it() -> None:
    history = History()
    first = writer(history, {"mint": "river tower"})
    until(first, "PUT", "/docs-written/_doc/state?op_type=create")
    first.step()
    second = writer(history, {"plum": "lamp"})
    until(second, "POST", "_bulk")
    first.finish()
    assert isinstance(first.error, IndexBusy)
    done(second)
    sound(history)


def test_what_was_just_made_is_not_removed_when_another_has_it_and_the_reply_was_lost() -> None:
    history = History()
    first = writer(history, {"mint": "river tower"})
    until(first, "PUT", "/docs-written/_doc/state?op_type=create")
    first.step(Fate.REPLY_LOST)
    second = writer(history, {"plum": "lamp"})
    until(second, "POST", "_bulk")
    first.finish()
    done(second)
    assert isinstance(first.error, IndexBusy)
    sound(history)


def test_what_was_published_is_not_removed_when_nobody_could_say_so(history: History) -> None:
    rebuilding = writer(history, {"mint": "lamp", "plum": "mill"}, rebuild=True)
    until(rebuilding, "POST", "_count")
    until(rebuilding, "PUT", "/docs-written/_doc/state?if_seq_no")
    rebuilding.step(Fate.REPLY_LOST)
    while rebuilding.waiting and "DELETE" not in rebuilding.asks:
        rebuilding.step(Fate.LOST if "_doc/state" in rebuilding.asks else Fate.DONE)
    rebuilding.finish()
    assert isinstance(rebuilding.error, ClusterUnreachable)
    sound(history)


def test_what_may_yet_be_published_is_not_removed(history: History) -> None:
    """The request that publishes it arrives when nobody waits for it any more."""
    rebuilding = writer(history, {"mint": "lamp", "plum": "mill"}, rebuild=True)
    until(rebuilding, "POST", "_count")
    until(rebuilding, "PUT", "/docs-written/_doc/state?if_seq_no")
    rebuilding.step(Fate.DELAYED)
    while rebuilding.waiting and "DELETE" not in rebuilding.asks:
        rebuilding.step(Fate.LOST if "_doc/state" in rebuilding.asks else Fate.DONE)
    while rebuilding.waiting:
        rebuilding.step(Fate.LOST if "_doc/state" in rebuilding.asks else Fate.DONE)
    while history.line.underway:
        history.line.arrive(0)
    sound(history)


def test_an_index_that_is_not_there_can_be_made_anew() -> None:
    """In a folder it could, in a cluster there was nothing to take the right of."""
    history = History()
    done(writer(history, {"mint": "river tower"}, rebuild=True))
    sound(history)


def test_what_was_sent_twice_and_arrives_when_it_was_removed_stays_away(history: History) -> None:
    """Passages that were removed and cleared away came back, and were found by everybody."""
    first = writer(history, {"plum": "lamp tower"})
    until(first, "POST", "/_bulk")
    first.step(Fate.DELAYED)
    done(first)
    changes: list[Change] = [{"plum": None}, {"fig": "mill"}, {"fig": "lamp"}]
    for change in changes:
        done(writer(history, change))
    history.line.arrive(0)
    sound(history)


def test_the_same_of_a_source_of_which_something_else_was_known_later(history: History) -> None:
    first = writer(history, {"plum": "lamp tower"})
    until(first, "POST", "/_bulk")
    first.step(Fate.DELAYED)
    done(first)
    changes: list[Change] = [{"plum": TOUCHED}, {"fig": "mill"}, {"fig": "lamp"}]
    for change in changes:
        done(writer(history, change))
    history.line.arrive(0)
    sound(history)


def test_a_writer_knows_its_own_right_when_the_reply_that_prolonged_it_was_lost(
    history: History,
) -> None:
    """It took its own state for that of another, who had taken over."""
    first = writer(history, {"plum": "lamp"})
    until(first, "POST", "/_bulk")
    first.step(Fate.PROLONGED)
    assert "_doc/state" in first.asks
    first.step(Fate.REPLY_LOST)
    while "_doc/state" in first.asks:
        first.step(Fate.LOST)
    done(first)
    sound(history)


def test_a_right_that_lasts_for_years_is_none(history: History) -> None:
    """Whoever had a clock that was wrong and was killed kept all others out until then."""
    history.clock += 10 * 365 * 86_400
    killed = writer(history, {"plum": "lamp"})
    until(killed, "POST", "/_bulk")
    killed.step(Fate.STOPPED)
    history.clock -= 10 * 365 * 86_400
    sound(history)


def test_an_index_that_was_deleted_is_not_made_again_without_what_was_in_it(
    history: History,
) -> None:
    """It was, by the next commit: "The documents don't say." """
    epoch = history.state().epoch
    later = writer(history, {"plum": "lamp"})
    until(later, "POST", "/_bulk")
    del history.line.cluster.indices[f"docs-passages-{epoch}"]
    later.finish()
    assert isinstance(later.error, ClusterError)
    assert f"docs-passages-{epoch}" not in history.line.cluster.indices


def test_a_reader_of_what_was_just_replaced_asks_again(history: History) -> None:
    """It was told that there was no such index."""
    for at in range(1, 12):
        reading = reader(history)
        for _ in range(at):
            if reading.waiting:
                reading.step()
        done(writer(history, {"mint": "river", "plum": "mill"}, rebuild=True))
        done(reading)


def test_what_is_counted_is_of_one_state(history: History) -> None:
    """Passages that were removed, and cleared away before they were counted, were not counted."""
    counted = []

    def count(one: Actor) -> None:
        retriever = ClusterRetriever(ADDRESS, one.client)
        counted.append(retriever.statistics(["tower"]))

    for at in range(1, 6):
        counting = Actor(history.line, count)
        for _ in range(at):
            if counting.waiting:
                counting.step()
        done(writer(history, {"mint": None}, {"fig": "mill"}, {"fig": "lamp"}, {"fig": "mill"}))
        done(counting)
        passages, _, holding = counted.pop()
        assert (passages, holding["tower"]) in ((1, 1), (2, 1), (1, 0))
        done(writer(history, {"fig": None}, {"mint": "river tower"}))


@pytest.mark.parametrize("commits", [1, 2, 3, 4])
def test_a_reader_that_was_halted_anywhere_reads_one_state_whatever_was_committed(
    commits: int,
) -> None:
    """What is gone is cleared away when no reader needs it; who still does asks again."""
    changes: list[Change] = [{"mint": None}, {"fig": "lamp"}, {"plum": None}, {"fig": "river mill"}]
    at = 0
    while True:
        history = History()
        done(writer(history, {"mint": "river tower", "plum": "tower"}))
        reading = reader(history)
        for _ in range(at):
            if reading.waiting:
                reading.step()
        if not reading.waiting:
            break
        done(writer(history, *changes[:commits]))
        done(reading)
        assert history.reads == 1
        at += 1
    assert at > 5


@pytest.mark.parametrize("at", [3, 5, 7])
def test_nothing_is_cleared_away_that_a_reader_of_the_state_before_needs(at: int) -> None:
    """However far the next commit has come, which clears away what two states do not have."""
    for reached in range(40):
        history = History()
        done(writer(history, {"mint": "river tower", "plum": "tower"}))
        reading = reader(history)
        for _ in range(at):
            reading.step()
        done(writer(history, {"mint": None}))
        committing = writer(history, {"fig": "lamp"})
        for _ in range(reached):
            if committing.waiting:
                committing.step()
        done(reading)
        assert history.reads == 1
        if not committing.waiting:
            return
    raise AssertionError("it goes on for ever")
