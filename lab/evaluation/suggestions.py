"""`python -m lab.evaluation.suggestions`: suggested questions, counted over whole documents.

    python -m lab.evaluation.suggestions                     askdoc's own documents
    python -m lab.evaluation.suggestions --texts FILE        a sample of FILE's as well
    python -m lab.evaluation.suggestions --show --kinds      with the questions, and kind by kind
    python -m lab.evaluation.suggestions --blind             totals of the blind set, nothing else

Each document is asked alone. `three` is how many have three suggestions, `asked` how many questions
were tried for them, and `from its sentence` how many suggestions cite the sentence that they were
made from first. A question is well formed where no check in `faults` speaks against it: they look
at spelling and grammar only, so that a question without a fault may still be a dull one. FILE has
one JSON object a line, gzipped, with `id`, `kind` and `text`; what the blind set names there is
never sampled.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from askdoc import Answer, Assistant
from askdoc.assistant import DEFAULT_READER
from askdoc.english.analyzer import STOP_WORDS
from askdoc.suggest.choose import made_from, suggest
from lab.evaluation.blind import own_suggestion_texts, references
from lab.table import table

ROOT = Path(__file__).parents[2]
FOLDERS = (
    "seeds", "tests/suggest/documents", "lab/evaluation/conversations/tuning",
    "lab/evaluation/conversations/measured",
)  # fmt: skip
WANTED = 3

_OPENS = re.compile(r"(?:What|Who|When|Where|Why|How) [a-z]")
_CHARACTERS = re.compile(r"[\w ,.;'’%$£€/&`+-]+\?")
_POINTS = frozenset("he she it they him them this that these those here you we us your our".split())
# "that" and "it" are right inside "what happens if the pump shows that it is empty".
_SUBORDINATE = re.compile(r" (?:when|if|after|before|once|while|as soon as|that) .*")
_HANGS = frozenset("a an the and or but nor very its their his her my than because".split())
_SUPPORT = re.compile(r"(?<!I )\b(?:did|does|do) (?!I\b)(?P<rest>.+)\?")
_SECOND = re.compile(r"\b(?:is|are|was|were|has|had|did|does)\b")
_TWICE = re.compile(r"\b(\w+) \1\b", re.I)
_AUXILIARY = re.compile(
    r"(?:do|does|did|is|are|was|were|has|have|had|can|could|may|might|must|shall|should|will"
    r"|would|cannot|happens|happened)"
)


def faults(question: str, sentence: str) -> list[str]:
    """What is wrong with the form of a question that was made from a sentence, in names."""
    words = question.rstrip("?").split()
    low = [word.lower() for word in words]
    main = _SUBORDINATE.sub("", question.rstrip("?"), count=1).lower().split()
    known = {word.lower()[:4] for word in re.findall(r"\w+", sentence)}
    content = [word for word in re.findall(r"\w+", question.lower()) if word not in STOP_WORDS]
    support = _SUPPORT.search(question)
    checks = {
        "opening": not _OPENS.match(question),
        "characters": not _CHARACTERS.fullmatch(question),
        "length": not 3 <= len(words) <= 11,
        "pointing": any(word in _POINTS for word in main),
        "hanging": low[-1] in _HANGS,
        "twice": _TWICE.search(question) is not None,
        "two verbs": bool(
            support and _SECOND.search(_SUBORDINATE.sub("", support["rest"], count=1))
        ),
        "no content": not content,
        # A verb in its base form may share little with its past: two words may differ.
        "own words": sum(word[:4] not in known for word in content) > 2,
        "no verb": len(words) > 2 and not any(
            _AUXILIARY.fullmatch(word) or low[0] in ("who", "what", "how") for word in low[1:]
        ),
    }  # fmt: skip
    return [name for name, wrong in checks.items() if wrong]


class Recorder(Assistant):
    """An assistant that keeps its answers, by their questions."""

    def __init__(self, text: str, name: str, reader: str) -> None:
        super().__init__(Assistant.from_texts({name: text}).documents, reader=reader)
        self.answers: dict[str, Answer] = {}

    def ask(self, question: str, **options: Any) -> Answer:
        """What `Assistant.ask` answers, kept."""
        self.answers[question] = answer = super().ask(question, **options)
        return answer


@dataclass(frozen=True)
class Suggested:
    """The suggestions for one document, how many questions were made and asked, and their kinds.

    `home` tells of each suggestion whether its own sentence is cited first, and `wrong` what is
    wrong with its form; `ill` counts the questions made that have a fault.
    """

    name: str
    made: int
    ill: int
    asked: int
    questions: tuple[str, ...]
    kinds: tuple[str, ...]
    home: tuple[bool, ...]
    wrong: tuple[tuple[str, ...], ...]


def suggested(text: str, name: str, reader: str = DEFAULT_READER) -> Suggested:
    """The suggestions for a document and what there is to say about them."""
    assistant = Recorder(text, name, reader)
    made = {one.question: one for one in made_from(list(assistant.documents))}
    found = suggest(assistant, WANTED)
    cited = [next(iter(assistant.answers[question].citations), None) for question in found]
    homes = [made[question].sentence for question in found]
    return Suggested(
        name, len(made),
        sum(bool(faults(one.question, one.sentence.text)) for one in made.values()),
        len(assistant.answers), tuple(found), tuple(made[question].kind for question in found),
        tuple(
            first is not None and (first.start, first.end) == (home.start, home.end)
            for first, home in zip(cited, homes, strict=True)
        ),
        tuple(
            tuple(faults(one, home.text)) for one, home in zip(found, homes, strict=True)
        ),
    )  # fmt: skip


def own_texts() -> dict[str, str]:
    """askdoc's documents that rules may be made with: path -> text."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).iterdir())]
    return {
        str(path.relative_to(ROOT)): path.read_text("utf-8")
        for path in paths
        if path.suffix in (".txt", ".md") and path.name != "README.md"
    }


def sampled(path: Path, size: int, seed: int) -> dict[str, str]:
    """Some documents of a file, none of them a table or named by the blind set: name -> text."""
    blind = {one["id"] for one in references()}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["kind"] != "table"]
    drawn = sorted(
        (row for row in rows if row["id"] not in blind),
        key=lambda row: hashlib.sha256(f"{seed}:{row['id']}".encode()).digest(),
    )
    return {f"{row['kind']} {row['id']}": row["text"] for row in drawn[:size]}


def totals(name: str, found: Sequence[Suggested]) -> list[str]:
    """The figures of a group of documents, as the cells of a row."""
    three = sum(len(one.questions) == WANTED for one in found)
    questions = sum(len(one.questions) for one in found)
    home = sum(sum(one.home) for one in found)
    clean = sum(not wrong for one in found for wrong in one.wrong)
    made = sum(one.made for one in found)
    well = made - sum(one.ill for one in found)
    asked = sum(one.asked for one in found)
    return [
        name, f"{three} of {len(found)}", str(questions), str(asked), f"{home} of {questions}",
        f"{clean} of {questions}", f"{well} of {made}",
    ]  # fmt: skip


HEADER = (
    "documents", "three", "suggestions", "asked", "from its sentence", "well formed",
    "of all made",
)  # fmt: skip


def shown(found: Iterable[Suggested]) -> Iterator[str]:
    """The suggestions of each document, with their kinds and faults, line by line."""
    for one in found:
        yield f"{one.name} ({one.made} made, {one.asked} asked)"
        for question, kind, wrong in zip(one.questions, one.kinds, one.wrong, strict=True):
            yield f"    {question}  [{kind}]{'  !! ' + ', '.join(wrong) if wrong else ''}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=Path, help="gzipped lines of JSON, to sample as well")
    parser.add_argument("--sample", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print the suggestions as well")
    parser.add_argument("--kinds", action="store_true", help="count the suggestions of each kind")
    parser.add_argument("--blind", action="store_true", help="only the blind set, totals only")
    parser.add_argument("--reader", default=DEFAULT_READER)
    asked = parser.parse_args()
    groups = {"blind": own_suggestion_texts()} if asked.blind else {"own": own_texts()}
    if asked.texts and not asked.blind:
        groups["sampled"] = sampled(asked.texts, asked.sample, asked.seed)
    found: defaultdict[str, list[Suggested]] = defaultdict(list)
    for group, texts in groups.items():
        for name, text in texts.items():
            found[group].append(suggested(text, name, asked.reader))
    everything = [one for some in found.values() for one in some]
    if asked.show and not asked.blind:
        print("\n".join(shown(everything)), end="\n\n")
    if asked.kinds and not asked.blind:
        counted = Counter(kind for one in everything for kind in one.kinds)
        print(", ".join(f"{kind} {count}" for kind, count in counted.most_common()), end="\n\n")
    rows = [totals(group, some) for group, some in found.items()]
    print(table(HEADER, rows, frozenset(range(1, len(HEADER)))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
