"""`python -m lab.evaluation.field`: questions on people's own documents, asked as a user asks.

    python -m lab.evaluation.field --texts ../shared/texts/texts.jsonl.gz [--folders]

The documents that nothing was trained on are written into a folder as files and indexed by name;
each question is asked of its document alone, or (`--folders`) of a folder of thirty mixed ones. An
answer is right where its first citation is the sentence that answers and the short answer marks the
words; "sentence" where the sentence is right and the words are others. Beside what a user is told
at the default threshold stands what a ranking gives: the right sentence first, in five, and how
well the confidence tells answerable questions from others.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from tqdm import tqdm

from askdoc import Answer, Assistant, Citation, Question
from askdoc.answer import compose
from askdoc.batches import extracted
from askdoc.english.analyzer import name_in_words
from askdoc.read import threshold
from lab.evaluation.measures import auroc, calibration_error, f1
from lab.evaluation.readers import make_reader
from lab.training.questions.placed import FieldDocument
from lab.training.questions.rows import (
    FieldRow,
    FieldText,
    all_rows,
    kept_documents,
    other_texts,
    own_texts,
)

RIGHT, SENTENCE, WRONG = "right", "sentence", "wrong"
REFUSED, RIGHTLY, DECEIVED = "refused wrongly", "refused rightly", "answered wrongly"
OUTCOMES = (RIGHT, SENTENCE, WRONG, REFUSED, RIGHTLY, DECEIVED)
# What was changed in a question so that its document does not answer.
SWAPS = ("verb", "party")
# As people are named: "Ada Quill", "Dr Brandvold".
_PERSON = re.compile(r"(?<!^)\b(?:(?:Dr|Mr|Mrs|Ms|Prof)\.? [A-Z]\w+|[A-Z][a-z]+ [A-Z][a-z]+)\b")
# A short answer is right that shares so much with the known one: "30 days" for "30 days' notice".
_SHORT_F1 = 0.5
FOLDER = 30
_DEPTH = 5
_LONGEST_TITLE = 80
# So many sentences are composed into an answer: more than any cites.
_READ = 60


@dataclass(frozen=True)
class Asked:
    """What came of one question.

    `rank` is the place of the right sentence in a ranking of five, 0 where it is not among them;
    `sure` the confidence of its first, and `fits` whether that marks the words that answer.
    """

    id: str
    kind: str
    type: str
    style: str
    question: str
    answerable: bool
    outcome: str
    rank: int
    sure: float
    fits: bool
    first: str
    short: str
    expected: str


class Known:
    """The documents of a folder as askdoc reads them, to find a question's answer in them."""

    def __init__(self, texts: Iterable[FieldText]) -> None:
        self._read = {text.id: (text, FieldDocument(text.name, text.text)) for text in texts}

    def is_right(self, row: FieldRow, citation: Citation) -> bool:
        """Whether a citation is a sentence that answers."""
        return self.holds_answer(row, citation.source, citation.start, citation.end)

    def holds_answer(self, row: FieldRow, source: str, start: int, end: int) -> bool:
        """Whether an answer begins in this range of a file's text."""
        text, document = self._read[row.doc]
        if Path(source).name != text.name:
            return False
        for words, at in row.answers:
            place = document.place(at, words)
            # An answer that goes over sentences is cited by the first of them.
            if place is not None and start <= place < end:
                return True
        return False


def judge(row: FieldRow, known: Known, ranked: Answer, given: Answer) -> Asked:
    """What came of a question: `ranked` at threshold 0.0, `given` at the default."""
    right = [known.is_right(row, citation) for citation in ranked.citations]
    first = given.citations[0] if given.citations else None
    # What opens a list is cited before the item that has the words.
    short = next((one.short.text for one in given.citations if one.short is not None), "")
    if not row.answerable:
        outcome = DECEIVED if given.answered else RIGHTLY
    elif first is None:
        outcome = REFUSED
    elif not any(known.is_right(row, citation) for citation in given.citations):
        outcome = WRONG
    else:
        outcome = RIGHT if _fits(row, short) else SENTENCE
    best = ranked.citations[0] if ranked.citations else None
    marked = best.short.text if best is not None and best.short is not None else ""
    return Asked(
        row.id, row.kind, row.type, row.style, row.question, row.answerable, outcome,
        right.index(True) + 1 if True in right else 0, ranked.confidence,
        right[:1] == [True] and _fits(row, marked), best.quote if best else "", marked,
        row.answers[0][0] if row.answers else "",
    )  # fmt: skip


def _fits(row: FieldRow, short: str) -> bool:
    return f1(short, [words for words, _ in row.answers]) >= _SHORT_F1


def ask_folder(
    work: tuple[Sequence[FieldText], Sequence[FieldRow]], model: Path | None, reader: str
) -> list[Asked]:
    """Ask all questions of a folder with these documents."""
    texts, rows = work
    known = Known(texts)
    with TemporaryDirectory() as folder:
        for text in texts:
            (Path(folder) / text.name).write_text(text.text, "utf-8", newline="")
        assistant = Assistant.from_paths(folder, reader=make_reader(reader, model))
        return [judge(row, known, *ask(assistant, row.question)) for row in rows]


def ask(assistant: Assistant, question: str) -> tuple[Answer, Answer]:
    """The best five sentences, and what a user is told: one reading composed in two ways."""
    asked = Question(asked=question, resolved=question)
    found = extracted(asked, assistant._corpus, assistant._reader, unmatched=False)
    extracts = list(islice(found, _READ))
    told = threshold(assistant._reader, asked)
    return (
        compose(asked, extracts, limit=_DEPTH, threshold=0.0),
        compose(asked, extracts, limit=_DEPTH, threshold=told),
    )


def folders(
    texts: Mapping[str, FieldText], rows: Sequence[FieldRow], size: int = FOLDER
) -> list[tuple[list[FieldText], list[FieldRow]]]:
    """The work: each document alone, or mixed ones together, kinds spread over the folders."""
    by_document: dict[str, list[FieldRow]] = defaultdict(list)
    for row in rows:
        by_document[row.doc].append(row)
    asked = sorted(by_document, key=lambda name: (texts[name].kind, name))
    count = -(-len(asked) // size)
    made: list[tuple[list[FieldText], list[FieldRow]]] = []
    for number in range(count):
        chosen: dict[str, FieldText] = {}
        for name in asked[number::count]:
            chosen.setdefault(texts[name].name, texts[name])
        inside = {text.id for text in chosen.values()}
        of = [row for name in asked[number::count] if name in inside for row in by_document[name]]
        made.append((list(chosen.values()), of))
    return made


def naming(row: FieldRow, text: FieldText) -> FieldRow:
    """The same question, asked of its document by name: by its title, else its file's name."""
    title = " ".join(text.title.split())[:_LONGEST_TITLE] or name_in_words(text.name)
    return replace(row, question=f"{row.question.rstrip('? ')} according to {title}?")


def report(made: Sequence[Asked]) -> str:
    """The figures, over all and by kind."""
    lines = []
    kinds = sorted({one.kind for one in made})
    for name in (*kinds, "all"):
        of = [one for one in made if name in (one.kind, "all")]
        counts = Counter(one.outcome for one in of)
        able = [one for one in of if one.answerable]
        unable = len(of) - len(able)
        told = ", ".join(f"{outcome} {counts[outcome]}" for outcome in OUTCOMES)
        lines.append(f"{name}: {len(able)} answerable, {unable} not: {told}")
    able = [one for one in made if one.answerable]
    answerable = np.array([one.answerable for one in made])
    sure = np.array([one.sure for one in made])
    correct = np.array([one.rank == 1 for one in made])
    either = correct | ~answerable
    counts = Counter(one.outcome for one in made)
    given = counts[RIGHT] + counts[SENTENCE] + counts[WRONG] + counts[DECEIVED]
    lines += [
        f"right {counts[RIGHT] / len(able):.3f}, "
        f"refused wrongly {counts[REFUSED] / len(able):.3f}, "
        f"refused rightly {counts[RIGHTLY] / max(1, len(made) - len(able)):.3f}, "
        f"of those given right {counts[RIGHT] / max(1, given):.3f} "
        f"(sentence right {(counts[RIGHT] + counts[SENTENCE]) / max(1, given):.3f})",
        f"unrefused: right sentence first {np.mean([one.rank == 1 for one in able]):.3f}, "
        f"in five {np.mean([one.rank > 0 for one in able]):.3f}",
        f"AUROC: answerable or not {auroc(sure, answerable) or 0:.3f}, right first or unanswerable "
        f"{auroc(sure[either], answerable[either]) or 0:.3f}; "
        f"calibration error {calibration_error(sure, correct):.3f}",
        _libels(made),
    ]
    fits = np.array([one.fits for one in made])
    for least in np.arange(0.1, 0.65, 0.05):
        kept = sure >= least
        lines.append(
            f"at {least:.2f}: right {fits[kept].sum() / len(able):.3f}, refused wrongly "
            f"{1 - kept[answerable].mean():.3f}, refused rightly {1 - kept[~answerable].mean():.3f}"
            f", of those given right {fits[kept].mean():.3f} "
            f"(sentence right {correct[kept].mean():.3f})"
        )
    return "\n".join(lines)


def is_tuned_on(document: str) -> bool:
    """Whether a kept document is of the half on which weights and thresholds are chosen, and whose
    errors are read; the other is only measured."""
    return sha256(document.encode()).digest()[1] % 2 == 0


def _libels(made: Sequence[Asked]) -> str:
    """How often something is said of a person that the document says of another, or not at all."""
    about = [
        one
        for one in made
        if not one.answerable and one.style in SWAPS and _PERSON.search(one.question)
    ]
    told = sum(one.outcome == DECEIVED for one in about)
    return f"verb or party swapped, a person named: answered wrongly {told} of {len(about)}"


def chosen(
    texts: Path | None,
    kinds: set[str] | None,
    half: str | None = None,
    share: float = 1.0,
    documents: Set[str] | None = None,
) -> tuple[dict[str, FieldText], list[FieldRow]]:
    """The kept documents whose texts are at hand, and their questions.

    Args:
        texts: the file of the documents of others, None: our own alone.
        kinds: only these.
        half: "tuning" or "measured"; None is both.
        share: of the pairs of questions of each document, chosen by their hash.
        documents: only these, by id.

    Raises:
        ValueError: one of `documents` is not kept, or its text is not at hand.
    """
    known = own_texts() | (other_texts(texts) if texts else {})
    kept = kept_documents()
    if documents is not None and (lost := documents - (kept & known.keys())):
        raise ValueError(f"not kept, or without a text: {', '.join(sorted(lost))}")
    rows = [
        row
        for row in all_rows()
        if row.doc in kept
        and row.doc in known
        and (kinds is None or row.kind in kinds)
        and (documents is None or row.doc in documents)
        and (half is None or is_tuned_on(row.doc) == (half == "tuning"))
        and sha256("".join(sorted((row.id, row.twin))).encode()).digest()[0] < 256 * share
    ]
    return {row.doc: known[row.doc] for row in rows}, rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--texts", type=Path, help="the texts of the documents of others")
    parser.add_argument("--folders", action="store_true", help=f"folders of {FOLDER} documents")
    parser.add_argument("--named", action="store_true", help="name the document in each question")
    parser.add_argument("--kinds", help="only these, with commas between")
    parser.add_argument("--documents", type=Path, help="only those that this file names by line")
    parser.add_argument("--half", choices=("tuning", "measured"))
    parser.add_argument("--share", type=float, default=1.0, help="of the questions")
    parser.add_argument("--reader", default="neural")
    parser.add_argument("--model", type=Path, help="the folder of another network")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--dump", type=Path, help="write what came of each question")
    options = parser.parse_args()
    kinds = set(options.kinds.split(",")) if options.kinds else None
    documents = (
        frozenset(options.documents.read_text("utf-8").splitlines()) - {""}
        if options.documents
        else None
    )
    texts, rows = chosen(options.texts, kinds, options.half, options.share, documents)
    if options.named:
        rows = [naming(row, texts[row.doc]) for row in rows]
    work = folders(texts, rows, FOLDER if options.folders else 1)
    asking = partial(ask_folder, model=options.model, reader=options.reader)
    made: list[Asked] = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for of in tqdm(pool.map(asking, work), total=len(work)):
            made.extend(of)
    if options.dump:
        options.dump.write_text("".join(json.dumps(asdict(one)) + "\n" for one in made), "utf-8")
    print(report(made))


if __name__ == "__main__":
    main()
