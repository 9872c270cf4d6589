"""Whoever writes and reads at once, whatever gets lost and whoever is stopped: what is read is what
was committed at one moment, and what was committed stays."""

from __future__ import annotations

from functools import partial

from histories import TOUCHED, WORDS, Change, History, read, write
from hypothesis import given, note, settings
from hypothesis import strategies as st
from interleaving import Actor, Fate

from askdoc.errors import AskdocError, IndexDamaged, IndexNotFound, IndexOutdated

_LEASE = 61
_NAMES = st.sampled_from(["mint", "plum", "fig"])
_TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
_CHANGES = st.lists(
    st.dictionaries(_NAMES, st.one_of(_TEXTS, st.just(TOUCHED), st.none()), min_size=1),
    min_size=1, max_size=3,
)  # fmt: skip
_FATES = st.one_of(st.just(Fate.DONE), st.sampled_from(Fate))
_MOST_STEPS = 60


def _is_to_be_expected(error: BaseException | None) -> bool:
    """Whether that may come of what was lost and of who was faster: it is told, and no damage."""
    damage = IndexDamaged, IndexNotFound, IndexOutdated
    return error is None or (isinstance(error, AskdocError) and not isinstance(error, damage))


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_what_is_read_was_committed_and_what_was_committed_stays(data: st.DataObject) -> None:
    history = History()
    actors: list[Actor] = []
    writer = Actor(history.line, lambda one: write(history, one, [{"mint": "river tower"}], False))
    writer.finish()
    for _ in range(data.draw(st.integers(1, _MOST_STEPS))):
        _one_step(history, actors, data)
    for actor in actors:
        while actor.waiting:
            actor.step(Fate.STOPPED)
    while history.line.underway:
        history.line.arrive(0)
    _see_the_end(history)
    for actor in actors:
        assert _is_to_be_expected(actor.error), repr(actor.error)


def _one_step(history: History, actors: list[Actor], data: st.DataObject) -> None:
    waiting = [actor for actor in actors if actor.waiting]
    things = ["writer", "rebuild", "reader"] if len(waiting) < 3 else []
    things += ["step", "steps", "finish"] * 2 if waiting else []
    things += ["arrive"] if history.line.underway else []
    what = data.draw(st.sampled_from([*things, "time"]))
    if what in ("writer", "rebuild"):
        changes = data.draw(_CHANGES)
        rebuild = what == "rebuild"
        actors.append(Actor(history.line, lambda one: write(history, one, changes, rebuild)))
    elif what == "reader":
        actors.append(Actor(history.line, lambda one: read(history, one, 2)))
    elif what == "time":
        history.clock += _LEASE
    elif what == "arrive":
        history.line.arrive(data.draw(st.integers(0, len(history.line.underway) - 1)))
    else:
        actor = data.draw(st.sampled_from(waiting))
        fate = data.draw(_FATES) if what == "step" else Fate.DONE
        count = data.draw(st.integers(1, 30)) if what == "steps" else 1
        for _ in range(1_000 if what == "finish" else count):
            if actor.waiting:
                actor.step(fate)
        if actor.error is not None:
            note(f"{actors.index(actor)}: {actor.error!r}")


def _see_the_end(history: History) -> None:
    """Whoever comes then reads what was committed last, and can go on from it."""
    changes: list[Change] = [{}, {"fig": "lamp"}, {"fig": "lamp tower"}, {"fig": None}]
    for change in changes:
        history.clock += _LEASE
        reader = Actor(history.line, lambda one: read(history, one, 1))
        reader.finish()
        assert reader.error is None, reader.error
        work = partial(write, history, changes=[change], rebuild=False)
        writer = Actor(history.line, work)
        writer.finish()
        assert writer.error is None, writer.error
    epoch = history.state().epoch
    assert set(history.line.cluster.indices) == {
        "docs", f"docs-passages-{epoch}", f"docs-sources-{epoch}"
    }  # fmt: skip
