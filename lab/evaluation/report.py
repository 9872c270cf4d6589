"""What a run leaves behind: a table to read, JSON to compare with, a dump to look at errors in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from lab.evaluation.asking import ArticleOutcome, FollowUpOutcome, ParagraphOutcome, RankingOutcome
from lab.evaluation.compare import Difference
from lab.evaluation.data import ReadingRow, Row
from lab.evaluation.figures import Figure
from lab.evaluation.run import Outcome, Outcomes
from lab.table import table

Found = Mapping[str, Sequence[Figure]]  # by reader; of the same rows, and so in the same order


def _number(value: float | None, measure: str, sign: str = "") -> str:
    if value is None:
        return "-"
    return f"{value:{sign}.1f}" if measure == "BLEU" else f"{value:{sign}.3f}"


def _interval(one: Figure | Difference, sign: str = "") -> str:
    low, high = (_number(end, one.measure, sign) for end in (one.low, one.high))
    return "-" if one.low is None else f"{low} .. {high}"


def as_table(found: Found, differences: Sequence[Difference] = ()) -> str:
    """The figures as aligned plain text, a row a set and measure, in the order given.

    Readers stand side by side, each with its figure and interval; then come their differences.
    """
    names = list(found)
    single = len(names) == 1
    known = {(d.set, d.measure, d.reader): d for d in differences}
    header = ["set", "measure", "n"]
    for name in names:
        header += ["figure" if single else name, "95% interval"]
    for name in names[1:]:
        header += [f"{name} - {names[0]}", "95% interval"]
    rows = []
    for row in zip(*found.values(), strict=True):
        first = row[0]
        cells = [first.set, first.measure, ", ".join(dict.fromkeys(str(f.n) for f in row))]
        for figure in row:
            cells += [_number(figure.value, figure.measure), _interval(figure)]
        for name in names[1:]:
            gap = known.get((first.set, first.measure, name))
            cells += (
                [_number(gap.value, gap.measure, "+"), _interval(gap, "+")] if gap else ["", ""]
            )
        baseline = "" if first.baseline is None else _number(first.baseline, first.measure)
        rows.append([*cells, baseline, first.note])
    right = {2, *range(3, len(header), 2), len(header)}
    return table([*header, "baseline", ""], rows, frozenset(right))


def _without_statistic(figure: Figure) -> dict[str, Any]:
    names = (field.name for field in fields(figure) if field.name != "statistic")
    return {name: getattr(figure, name) for name in names}


def write_json(
    path: Path, about: Mapping[str, Any], found: Found, differences: Sequence[Difference] = ()
) -> None:
    """`about` (how the figures came to be), figures and differences, unrounded, as one object.

    Raises:
        OSError: the file cannot be written.
    """
    figures = [
        {"reader": reader, **_without_statistic(figure)}
        for reader, of_reader in found.items()
        for figure in of_reader
    ]
    whole = {**about, "figures": figures, "differences": [asdict(one) for one in differences]}
    path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


_KINDS = {
    ArticleOutcome: "article",
    ParagraphOutcome: "paragraph",
    RankingOutcome: "ranking",
    FollowUpOutcome: "follow-up",
}


def write_dump(path: Path, samples: Mapping[str, Sequence[Row]], outcomes: Outcomes) -> None:
    """One JSON object a reader, question and way of asking: the row, and what came back for it.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open("w", encoding="utf-8") as out:
        for reader, of_reader in outcomes.items():
            for name, rows in samples.items():
                by_id = {row.id: row for row in rows}
                for outcome in of_reader[name]:
                    about = {"reader": reader, "set": name, "asked_of": _KINDS[type(outcome)]}
                    line = {**about, **_asked(by_id[outcome.id], outcome)}
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _asked(row: Row, outcome: Outcome) -> dict[str, Any]:
    asked = asdict(row) | asdict(outcome)
    if isinstance(row, ReadingRow):
        # The document is the article then, or as long as the rest together.
        del asked["context"]
    return asked


def failures(outcomes: Outcomes) -> list[str]:
    """What broke, one line a failure: set, id, reader and error."""
    lines = []
    for reader, of_reader in outcomes.items():
        for name, of_set in of_reader.items():
            for outcome in of_set:
                if isinstance(outcome, ParagraphOutcome | ArticleOutcome):
                    broke = outcome.ranked.failure
                else:
                    broke = outcome.failure
                if broke:
                    lines.append(f"{name} {outcome.id}, {reader}: {' '.join(broke.split())}")
    return lines
