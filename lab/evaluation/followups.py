"""Follow-ups made to stand alone: what tuning reached, by kind, and what is changed needlessly.

    python -m lab.evaluation.followups --data ../shared/qa --half tuning

Rules and weights are tuned on the conversations of one half; the other half is only measured. The
half of a conversation follows from a hash of its page, so that both halves never share a page.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import cast

from askdoc.conversation import resolve
from lab.evaluation.bleu import bleu_counts, corpus_bleu
from lab.evaluation.data import FollowUpRow, RankingRow, ReadingRow, load

_SEED = 1
_ALONE = ("squad2a", "qamr", "shifts", "selqa", "wikiqa", "trecqa")
_MOST_ALONE = 3_000

_PERSONAL = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs)(?:['’]\w+)?\b", re.I
)
_OTHER = re.compile(r"\b(?:other|others|else|another)\b", re.I)
_POINTING = re.compile(r"\b(?:this|that|these|those|there)\b", re.I)
_WORD = re.compile(r"[^\W_]+")


def conversation(row: FollowUpRow) -> str:
    """The page that a follow-up's conversation is about: the same in both of its conversations."""
    return row.id.rsplit("_", 1)[0]


def _place(page: str) -> tuple[int, bytes]:
    digest = hashlib.sha256(f"{_SEED}:{page}".encode()).digest()
    return digest[0] % 2, digest


def halves(rows: Sequence[FollowUpRow]) -> tuple[list[FollowUpRow], list[FollowUpRow]]:
    """The rows to tune on and the rows to measure on, split by page.

    Pages are ordered by a seeded hash (its first byte's last bit before the rest), and the first
    half of them is for tuning.
    """
    pages = sorted({conversation(row) for row in rows}, key=_place)
    tuning = set(pages[: len(pages) // 2])
    return (
        [row for row in rows if conversation(row) in tuning],
        [row for row in rows if conversation(row) not in tuning],
    )


def kind(row: FollowUpRow) -> str:
    """What kind of follow-up a question is, by its own words alone."""
    words = {word.lower() for word in _WORD.findall(row.question)}
    topic = {word.lower() for word in _WORD.findall(row.history[0]) if len(word) > 2}
    if _OTHER.search(row.question):
        return "other, else"
    if _PERSONAL.search(row.question):
        return "personal pronoun"
    if words & topic:
        return "names the topic"
    return "this, that, there" if _POINTING.search(row.question) else "no sign"


def bleu(rows: Sequence[FollowUpRow], questions: Sequence[str]) -> float:
    """Corpus BLEU in [0, 100] of the questions against what people made of them."""
    return corpus_bleu(bleu_counts(questions, [row.rewrite for row in rows])) or 0.0


def _by_kind(rows: Sequence[FollowUpRow], resolved: Sequence[str]) -> Iterable[str]:
    for name in sorted({kind(row) for row in rows}):
        at = [number for number, row in enumerate(rows) if kind(row) == name]
        some = [rows[number] for number in at]
        before = bleu(some, [row.question for row in some])
        after = bleu(some, [resolved[number] for number in at])
        yield f"  {name:<18} n={len(at):<5} as asked {before:5.2f}  resolved {after:5.2f}"


def _rate(changed: Iterable[bool]) -> str:
    found = list(changed)
    return f"{100 * sum(found) / max(1, len(found)):5.2f}% of {len(found)}"


def needless(
    folder: Path, histories: Sequence[Sequence[str]], resolve: Callable[[str, Sequence[str]], str]
) -> Iterable[str]:
    """How many questions of other sets are changed after a random history, line by line.

    Some of them hold a pronoun that nothing in them explains, and so don't stand alone; the second
    figure leaves out all with a pronoun.
    """
    draw = random.Random(_SEED)
    for name in _ALONE:
        rows = cast("list[ReadingRow | RankingRow]", load(folder, name))
        drawn = draw.sample(rows, min(_MOST_ALONE, len(rows)))
        changed = [
            (row.question, resolve(row.question, draw.choice(histories)) != row.question)
            for row in drawn
        ]
        plain = [was for question, was in changed if not _PERSONAL.search(question)]
        yield f"  {name:<8} {_rate(was for _, was in changed)}; without pronouns {_rate(plain)}"


def _report(rows: Sequence[FollowUpRow], folder: Path) -> Iterable[str]:
    began = time.process_time()
    resolved = [resolve(row.question, list(row.history)) for row in rows]
    took = 1000 * (time.process_time() - began) / len(rows)
    yield f"BLEU as asked {bleu(rows, [row.question for row in rows]):.2f}"
    yield f"BLEU resolved {bleu(rows, resolved):.2f}  (n={len(rows)}, {took:.2f} ms a question)"
    yield from _by_kind(rows, resolved)
    again = [
        resolve(done, list(row.history)) != done for done, row in zip(resolved, rows, strict=True)
    ]
    yield f"changed when resolved again: {_rate(again)}"
    alone = [row for row in rows if row.question == row.rewrite]
    yield "changed though a person left it as it is:"
    kept = [resolve(row.question, list(row.history)) != row.question for row in alone]
    first = [was for was, row in zip(kept, alone, strict=True) if len(row.history) == 2]
    yield f"  {_rate(kept)}; first questions {_rate(first)}"
    histories = [row.history for row in rows if len(row.history) > 2]
    draw = random.Random(_SEED)
    away = [resolve(row.question, draw.choice(histories)) != row.question for row in alone]
    yield f"  after the history of another: {_rate(away)}"
    yield "changed after a random history:"
    yield from needless(folder, histories, resolve)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--half", choices=("tuning", "measured", "both"), default="tuning")
    asked = parser.parse_args()
    rows = cast("list[FollowUpRow]", load(asked.data, "followups"))
    tuning, measured = halves(rows)
    chosen = {"tuning": tuning, "measured": measured, "both": rows}[asked.half]
    for line in _report(chosen, asked.data):
        print(line)


if __name__ == "__main__":
    main()
