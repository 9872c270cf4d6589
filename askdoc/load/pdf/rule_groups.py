"""Which of the ruled lines on a page belong together, as those of one table do."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from askdoc.load.pdf.rules import Rule

NEAR = 3.0
"""Points: what stands as near as this stands in one place."""

_BESIDE = 15.0
_MOST_RULES = 500


def merged(rules: list[Rule]) -> list[Rule]:
    """The rules, those that go on each other in one: shaded cells have edges by the hundred."""
    found: list[Rule] = []
    for level in (True, False):
        at = (1, 0) if level else (0, 1)  # where a rule stands, and where it begins
        for rule in sorted(
            (rule for rule in rules if rule.level is level),
            key=lambda one: (round(one[at[0]]), one[at[1]]),
        ):
            last = found[-1] if found else None
            if (
                last is not None and last.level is level
                and abs(rule[at[0]] - last[at[0]]) <= 1
                and rule[at[1]] <= last[at[1] + 2] + NEAR
            ):  # fmt: skip
                found[-1] = Rule(last.x0, last.y0, max(last.x1, rule.x1), max(last.y1, rule.y1))
            else:
                found.append(rule)
    return sorted(found, key=lambda rule: (rule.y0, rule.x0))


def _touching(rules: list[Rule]) -> Iterator[tuple[int, int]]:
    """The pairs of rules that touch; the rules come from the top."""
    near: list[tuple[int, float, float, float]] = []  # what may reach down to the next one
    for at, (x0, y0, x1, y1) in enumerate(rules):
        near = [other for other in near if y0 <= other[3]]
        for before, left, right, _ in near:
            if x0 <= right and left <= x1 + NEAR:
                yield at, before
        near.append((at, x0, x1 + NEAR, y1 + NEAR))


def _as_wide(rules: list[Rule]) -> Iterator[tuple[int, int]]:
    """Pairs of level rules that begin and end below each other: all of them, or a chain."""
    places: dict[tuple[float, float], int] = {}
    for at, rule in enumerate(rules):
        if rule.level:
            before = places.setdefault((rule.x0, rule.x1), at)
            if before != at:
                yield at, before
    near: list[tuple[float, float, int]] = []
    for (x0, x1), at in sorted(places.items()):
        near = [other for other in near if x0 - other[0] < NEAR]
        for _, end, before in near:
            if abs(x1 - end) < NEAR:
                yield at, before
        near.append((x0, x1, at))


def groups_of(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that touch, or level ones of the same width below each other; grids first."""
    rules = merged(rules)[:_MOST_RULES]
    owner = list(range(len(rules)))

    def root(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    for at, before in itertools.chain(_touching(rules), _as_wide(rules)):
        owner[root(at)] = root(before)
    groups: dict[int, list[Rule]] = {}
    for at, rule in enumerate(rules):
        groups.setdefault(root(at), []).append(rule)
    large = [group for group in groups.values() if len(group) > 2]
    return sorted(_side_by_side(large), key=lambda group: (group[0].y0, group[0].x0))


def _side_by_side(groups: list[list[Rule]]) -> list[list[Rule]]:
    """Groups that reach as high and as low as the one beside them, put together: shaded columns."""
    found: list[list[Rule]] = []
    for group in sorted(groups, key=lambda one: min(rule.x0 for rule in one)):
        x0, y0, _, y1 = bounds_of(group)
        for before in found:
            _, top, right, bottom = bounds_of(before)
            if abs(top - y0) < NEAR and abs(bottom - y1) < NEAR and 0 <= x0 - right < _BESIDE:
                before += group
                break
        else:
            found.append(group)
    return found


def bounds_of(group: list[Rule]) -> tuple[float, float, float, float]:
    return (
        min(rule.x0 for rule in group), min(rule.y0 for rule in group),
        max(rule.x1 for rule in group), max(rule.y1 for rule in group),
    )  # fmt: skip


def steps_of(values: list[float]) -> list[float]:
    """The values in order, those that lie near each other once."""
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > NEAR:
            steps.append(value)
    return steps
