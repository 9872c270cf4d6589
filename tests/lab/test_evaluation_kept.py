"""What is measured on was not trained on, and what was not trained on is measured on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.evaluation.data import FollowUpRow, RankingRow, ReadingRow, Row
from lab.evaluation.kept import FOLDS, held_out, is_kept, unseen

titles = st.lists(st.text(max_size=3), min_size=1, max_size=12)


def rows(named: list[str], contexts: int = 1) -> list[Row]:
    return [
        ReadingRow(f"q{at}-{number}", "?", title, f"{title} {number}", ("x",), "")
        for at, title in enumerate(named)
        for number in range(contexts)
    ]


def test_what_is_held_out_is_about_what_was_asked_for() -> None:
    share = sum(held_out(f"title {number}", 0.05) for number in range(4000)) / 4000
    assert 0.03 < share < 0.07


@given(titles)
def test_the_folds_share_the_articles_out_whole(named: list[str]) -> None:
    asked = rows(named, contexts=2)
    folds = [unseen("squad2a", asked, fold) for fold in range(FOLDS)]
    assert sorted(row.id for fold in folds for row in fold) == sorted(row.id for row in asked)
    held = [{row.title for row in fold if isinstance(row, ReadingRow)} for fold in folds]
    assert sum(map(len, held)) == len(set(named)), "no article is in two folds"
    assert max(map(len, held)) - min(map(len, held)) <= 1
    assert unseen("squad2a", asked, None) == []


@given(titles)
def test_other_sets_are_kept_by_title_and_shifts_by_paragraph_too(named: list[str]) -> None:
    asked = rows([f"{at} {title}" for at, title in enumerate(named * 8)], contexts=3)
    by_title = {row.id for row in asked if isinstance(row, ReadingRow) and held_out(row.title)}
    by_either = by_title | {
        row.id for row in asked if isinstance(row, ReadingRow) and held_out(row.context)
    }
    for fold in (None, 0, FOLDS - 1):
        assert {row.id for row in unseen("qamr", asked, fold)} == by_title
        assert {row.id for row in unseen("fairytale", asked, fold)} == by_title
        assert {row.id for row in unseen("shifts", asked, fold)} == by_either


def test_what_was_never_trained_on_is_whole() -> None:
    ranking: list[Row] = [RankingRow("r", "?", ("a", "b"), (True, False))]
    follow_ups: list[Row] = [FollowUpRow("f", "?", ("page", "section"), "What?")]
    assert unseen("wikiqa", ranking, None) == ranking
    assert unseen("followups", follow_ups, 2) == follow_ups


def test_training_leaves_out_what_is_kept() -> None:
    """By the name under which training knows each set."""
    pytest.importorskip("torch")
    import numpy as np

    from lab.training.neural.__main__ import FILES, to_train_on
    from lab.training.neural.texts import Asked, Text

    names = [f"title {number}" for number in range(60)]
    every = [
        Asked("?", Text(t, f"{t} {n}", np.zeros(0, np.int32), [], [], [], []), [], "made")
        for t in names
        for n in range(3)
    ]
    measured = {"squad": "squad2a"}
    for name in FILES:
        for fold in (None, 1):
            trained = {(one.text.title, one.text.raw) for one in to_train_on(name, every, fold)}
            for one in every:
                place = one.text.title, one.text.raw
                kept = is_kept(measured.get(name, name), *place, set(names), fold)
                assert (place in trained) != kept
            assert 0 < len(trained) <= len(every)
