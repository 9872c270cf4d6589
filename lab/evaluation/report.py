"""What a run leaves behind: a table to read, JSON to compare with, a dump to look at errors in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lab.evaluation.asking import ArticleOutcome, FollowUpOutcome, ParagraphOutcome, RankingOutcome
from lab.evaluation.data import ReadingRow, Row
from lab.evaluation.figures import Figure
from lab.evaluation.run import Outcome
from lab.table import table

_HEADER = ("set", "measure", "n", "figure", "95% interval", "baseline", "")
_RIGHT = frozenset({2, 3, 5})


def _number(value: float | None, measure: str) -> str:
    if value is None:
        return "-"
    return f"{value:.1f}" if measure == "BLEU" else f"{value:.3f}"


def as_table(figures: Sequence[Figure]) -> str:
    """The figures as aligned plain text, in the order given."""
    rows = []
    for figure in figures:
        low, high = (_number(end, figure.measure) for end in (figure.low, figure.high))
        rows.append(
            (
                figure.set,
                figure.measure,
                str(figure.n),
                _number(figure.value, figure.measure),
                "-" if figure.low is None else f"{low} .. {high}",
                _number(figure.baseline, figure.measure) if figure.baseline is not None else "",
                figure.note,
            )
        )
    return table(_HEADER, rows, _RIGHT)


def write_json(path: Path, about: Mapping[str, Any], figures: Sequence[Figure]) -> None:
    """`about` (how the figures came to be) and the figures, unrounded, as one JSON object.

    Raises:
        OSError: the file cannot be written.
    """
    whole = {**about, "figures": [asdict(figure) for figure in figures]}
    path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


_KINDS = {
    ArticleOutcome: "article",
    ParagraphOutcome: "paragraph",
    RankingOutcome: "ranking",
    FollowUpOutcome: "follow-up",
}


def write_dump(
    path: Path, samples: Mapping[str, Sequence[Row]], outcomes: Mapping[str, Sequence[Outcome]]
) -> None:
    """One JSON object a question and way of asking: the row, and what was returned for it.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open("w", encoding="utf-8") as out:
        for name, rows in samples.items():
            by_id = {row.id: row for row in rows}
            for outcome in outcomes[name]:
                row = by_id[outcome.id]
                asked = asdict(row) | asdict(outcome)
                if isinstance(row, ReadingRow):
                    # The document is the article then, or as long as the rest together.
                    del asked["context"]
                line = {"set": name, "asked_of": _KINDS[type(outcome)], **asked}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")


def failures(outcomes: Mapping[str, Sequence[Outcome]]) -> list[str]:
    """What broke, one line a failure: set, id and error."""
    lines = []
    for name, of_set in outcomes.items():
        for outcome in of_set:
            if isinstance(outcome, ParagraphOutcome):
                broke = outcome.ranked.failure or outcome.given.failure
            elif isinstance(outcome, ArticleOutcome):
                broke = outcome.ranked.failure
            else:
                broke = outcome.failure
            if broke:
                lines.append(f"{name} {outcome.id}: {' '.join(broke.split())}")
    return lines
