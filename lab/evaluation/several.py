"""`python -m lab.evaluation.several`: are the sentences cited that a question needs?

The questions stand in `sets/`, in parts that were used in different ways (each file tells): some
need several sentences, most one, and pairs of documents agree or disagree about what is asked.
Precision and recall are of the cited sentences over all questions of a kind, so that an unanswered
question costs recall and nothing else.

`--data FOLDER` puts questions of squad2a besides, each paragraph of an article a document of its
own: nearly all ask for one thing, whose first citation must be what ranks first, and no two
paragraphs of an article disagree.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from askdoc import Answer, Assistant
from lab.evaluation.data import ReadingRow, articles, load, sample

SETS = Path(__file__).parent / "sets"
_NAMES = ("one.txt", "other.txt")


@dataclass(frozen=True)
class Needed:
    """A question, the documents that are asked, and the words with which its sentences begin.

    `cites` are needed; `also` may be cited besides, and count neither for nor against.
    """

    question: str
    texts: dict[str, str]
    cites: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A question over two documents, and whether these disagree about it."""

    question: str
    texts: dict[str, str]
    disagree: bool


@dataclass
class Tally:
    """Sentences found: how many were cited, needed, and both; questions, and all right."""

    cited: int = 0
    needed: int = 0
    both: int = 0
    questions: int = 0
    exact: int = 0
    lone: int = 0

    @property
    def precision(self) -> float:
        return self.both / self.cited if self.cited else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.needed if self.needed else 1.0

    def add(self, needed: Needed, answer: Answer) -> bool:
        """Count an answer; whether it cites exactly what is needed."""
        quotes = [citation.quote for citation in answer.citations]
        counted = [quote for quote in quotes if not quote.startswith(needed.also or ("\0",))]
        found = sum(any(quote.startswith(words) for quote in counted) for words in needed.cites)
        right = found == len(counted) == len(needed.cites)
        self.cited += len(counted)
        self.needed += len(needed.cites)
        self.both += found
        self.questions += 1
        self.exact += right
        self.lone += len(quotes) == 1
        return right


def load_needed(name: str) -> list[Needed]:
    """The questions of `sets/several-NAME.toml`."""
    return [
        Needed(
            asked["question"], case["texts"], tuple(asked["cites"]), tuple(asked.get("also", ()))
        )
        for case in _table(f"several-{name}.toml", "case")
        for asked in case["asked"]
    ]


def load_pairs(name: str) -> list[Pair]:
    """The pairs of `sets/disagreements-NAME.toml`."""
    return [
        Pair(row["question"], dict(zip(_NAMES, row["texts"], strict=True)), row["disagree"])
        for row in _table(f"disagreements-{name}.toml", "pair")
    ]


def _table(name: str, key: str) -> list[Any]:
    with (SETS / name).open("rb") as file:
        rows: list[Any] = tomllib.load(file)[key]
    return rows


def measure_several(name: str, reader: str, tell: bool = False) -> Iterator[str]:
    """Lines of figures: questions that need several sentences, and those that need one."""
    many, one = Tally(), Tally()
    asked: dict[int, Assistant] = {}
    for needed in load_needed(name):
        key = id(needed.texts)
        if key not in asked:
            asked[key] = Assistant.from_texts(needed.texts, reader=reader)
        answer = asked[key].ask(needed.question)
        right = (many if len(needed.cites) > 1 else one).add(needed, answer)
        if tell and not right:
            yield f"  {needed.question}\n" + _told(answer)
    for label, tally in (("several", many), ("one", one)):
        yield (
            f"{name}, {label} needed: {tally.questions} questions, precision {tally.precision:.3f},"
            f" recall {tally.recall:.3f}, exactly right {tally.exact / tally.questions:.3f},"
            f" one sentence {tally.lone / tally.questions:.3f}"
        )


def measure_pairs(name: str, reader: str, tell: bool = False) -> Iterator[str]:
    """A line of figures: how many of the pairs are told apart rightly."""
    pairs = load_pairs(name)
    said: list[bool] = []
    for pair in pairs:
        answer = Assistant.from_texts(pair.texts, reader=reader).ask(pair.question)
        said.append(answer.disagreement)
        if tell and answer.disagreement is not pair.disagree:
            yield f"  {pair.question} ({pair.disagree})\n" + _told(answer)
    hits = sum(pair.disagree and told for pair, told in zip(pairs, said, strict=True))
    wanted = sum(pair.disagree for pair in pairs)
    yield (
        f"{name}, disagreements: {len(pairs)} pairs, {hits} of {wanted} found,"
        f" {sum(said) - hits} of {len(pairs) - wanted} false alarms"
    )


def measure_single(folder: Path, size: int, reader: str, tell: bool = False) -> Iterator[str]:
    """A line of figures over `size` questions of squad2a, drawn by the seed 1."""
    rows = [row for row in load(folder, "squad2a") if isinstance(row, ReadingRow)]
    texts = {
        title: {f"{number:03}.txt": text for number, text in enumerate(article.starts)}
        for title, article in articles(rows).items()
    }
    asked: dict[str, Assistant] = {}
    answered = lone = first = differing = 0
    for row in sample(rows, size, 1):
        assert isinstance(row, ReadingRow)
        if row.title not in asked:
            asked[row.title] = Assistant.from_texts(texts[row.title], reader=reader)
        answer = asked[row.title].ask(row.question)
        if not answer.answered:
            continue
        best = asked[row.title].ask(row.question, limit=1, threshold=0.0).citations[0]
        answered += 1
        lone += len(answer.citations) == 1
        first += answer.citations[0] == best
        differing += answer.disagreement
        if tell and len(answer.citations) > 1:
            yield f"  {row.question}\n" + _told(answer)
    many = answered or 1
    yield (
        f"squad2a: {size} questions, {answered} answered, one sentence {lone / many:.3f},"
        f" first as ranked {first / many:.3f}, disagreements {differing / many:.4f}"
    )


def _told(answer: Answer) -> str:
    return "\n".join(
        f"    {mark} {one.confidence:.3f} [{one.short and one.short.text}] {one.quote[:90]!r}"
        for mark, many in (("*", answer.citations), ("?", answer.nearest))
        for one in many
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures of one part."""
    parser = argparse.ArgumentParser("python -m lab.evaluation.several", description=__doc__)
    parser.add_argument("part", choices=("tune", "held", "blind"))
    parser.add_argument("--reader", default="neural")
    parser.add_argument("--tell", action="store_true", help="print what was not right")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="put questions of squad2a too")
    parser.add_argument("--sample", type=int, default=300, metavar="N", help="so many (300)")
    options = parser.parse_args(argv)
    for measure in (measure_several, measure_pairs):
        for line in measure(options.part, options.reader, options.tell):
            print(line)
    if options.data is not None:
        for line in measure_single(options.data, options.sample, options.reader, options.tell):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
