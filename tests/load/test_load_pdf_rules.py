"""Which ruled lines of a PDF make one table: those that hang together, each compared with all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from askdoc.load.pdf.rule_groups import NEAR, groups_of, merged
from askdoc.load.pdf.rules import Rule

_place = st.integers(0, 60).map(lambda number: number * 2.5)
_length = st.sampled_from((0.0, 2.5, 5.0, 20.0, 50.0))
_rule = st.builds(lambda x, y, w, h: Rule(x, y, x + w, y + h), _place, _place, _length, _length)
_rules = st.lists(_rule, max_size=14)


def _belong(one: Rule, other: Rule) -> bool:
    touch = (
        one.x0 <= other.x1 + NEAR and other.x0 <= one.x1 + NEAR
        and one.y0 <= other.y1 + NEAR and other.y0 <= one.y1 + NEAR
    )  # fmt: skip
    as_wide = abs(one.x0 - other.x0) < NEAR and abs(one.x1 - other.x1) < NEAR
    return touch or (one.level and other.level and as_wide)


@given(_rules)
def test_rules_that_hang_together_are_in_one_group_and_no_others(rules: list[Rule]) -> None:
    groups = [set(group) for group in groups_of(rules)]
    parts = [set(part) for part in _parts(merged(rules)) if len(part) > 2]
    assert set().union(*groups) == set().union(*parts)
    assert all(sum(part <= group for group in groups) == 1 for part in parts)
    # Shaded columns beside each other are put together though they do not touch.
    for group in groups:
        tops = [min(rule.y0 for rule in part) for part in parts if part <= group]
        assert max(tops) - min(tops) <= NEAR * (len(tops) - 1)


def _parts(rules: list[Rule]) -> list[list[Rule]]:
    """Compared one by one with all others."""
    left, parts = list(rules), []
    while left:
        part = [left.pop()]
        for rule in part:
            near = [other for other in left if _belong(rule, other)]
            left = [other for other in left if other not in near]
            part += near
        parts.append(part)
    return parts
