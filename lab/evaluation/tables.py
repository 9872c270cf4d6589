"""`python -m lab.evaluation.tables`: is a question about one row of a table answered from that row?

    python -m lab.evaluation.tables [--reader lexical] [--seed 7]

A table of people is made up: names of two words, each of which many of them have, a manager who is
one of them, cells that are empty, and rows in any order. Asked is about people of the table, about
people whom it lacks though it has others of either name, by half a name, and for what no row tells
(how many there are, who earns most, sums). An answer is right where the row is and the short answer
is the cell; questions without an answer are to be refused.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from askdoc import Answer, Assistant
from lab.evaluation.readers import NEURAL, make_reader
from lab.table import table

RIGHT, ROW, WRONG, REFUSED = "right", "right row, other words", "wrong row", "refused"
FORMATS = ("csv", "md", "html")
_COLUMNS = ("Staff no.", "Name", "Team", "Extension", "E-mail", "Hired", "Salary (EUR)", "Manager")
_TEAMS = ("Quarry", "Kiln", "Dispatch", "Drawing office", "Accounts")
_ASKED = {
    "Team": ("Which team is {} in?", "What is {}'s team?", "{} team"),
    "Extension": ("What is {}'s extension?", "What is the extension of {}?"),
    "E-mail": ("What is the e-mail address of {}?", "What is {}'s e-mail?"),
    "Hired": ("When was {} hired?", "What is the hire date of {}?"),
    "Salary (EUR)": ("What is {}'s salary?", "How much does {} earn?", "{} salary"),
    "Manager": ("Who is {}'s manager?",),
}
_NO_ROW = (
    "How many people are there?", "How many staff work in the Kiln?", "Who earns the most?",
    "What is the highest salary?", "What is the average salary?", "What is the total salary?",
    "Who was hired first?", "Which team has the lowest salary?", "What is the salary?",
    "What is the extension?",
)  # fmt: skip
_SYLLABLES = "ar bel cor dan el fen gar hol is jor kel lun mar nor os pel quin ros sil tor".split()


class TableQuestion(NamedTuple):
    """A question, what it is about, and the row and cell that answer it; "" where none does."""

    kind: str
    question: str
    name: str = ""
    cell: str = ""


Rows = list[dict[str, str]]


def staff(rng: random.Random, size: int) -> Rows:
    """So many people, in any order."""
    words = [a + b for a in _SYLLABLES for b in _SYLLABLES if a != b]
    rng.shuffle(words)
    given = [word.capitalize() for word in words[:14]]
    surnames = [word.capitalize() for word in words[14:40]]
    names = [f"{one} {other}" for one in given for other in surnames]
    rng.shuffle(names)
    rows = []
    for number, name in enumerate(names[:size], 1):
        cells = (
            f"S{1000 + number}", name, rng.choice(_TEAMS), f"4{number:03}",
            f"{name.lower().replace(' ', '.')}@example.org",
            f"20{rng.randrange(10, 24)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}",
            str(1000 * rng.randrange(30, 95)), rng.choice(names[:size]),
        )  # fmt: skip
        rows.append(dict(zip(_COLUMNS, cells, strict=True)))
    for row in rng.sample(rows, size // 8):
        row[rng.choice(("Extension", "Hired"))] = ""
    return rows


def questions(rng: random.Random, rows: Rows, count: int) -> Iterator[TableQuestion]:
    """So many questions of each kind."""
    names = {row["Name"] for row in rows}
    given, surnames = ([name.split()[at] for name in sorted(names)] for at in (0, 1))
    lacking = sorted({f"{one} {other}" for one in given for other in surnames} - names)
    for number in range(count):
        column = list(_ASKED)[number % len(_ASKED)]
        row = rng.choice([row for row in rows if row[column]])
        form = rng.choice(_ASKED[column])
        yield TableQuestion("a row", form.format(row["Name"]), row["Name"], row[column])
        low = rng.choice([row for row in rows if row[column]])
        asked = form.format(low["Name"].lower()).lower()
        yield TableQuestion("in small letters", asked, low["Name"], low[column])
        yield TableQuestion("nobody", form.format(rng.choice(lacking)))
        yield TableQuestion("half a name", form.format(rng.choice([*given, *surnames])))
        column = rng.choice(("Extension", "Hired"))
        row = rng.choice([row for row in rows if not row[column]])
        yield TableQuestion("empty cell", rng.choice(_ASKED[column]).format(row["Name"]))
    for question in _NO_ROW:
        yield TableQuestion("no row", question)


def write(rows: Rows, path: Path) -> None:
    """The table as a file, of the format that its suffix tells."""
    lines = [list(_COLUMNS), *(list(row.values()) for row in rows)]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
        return
    if path.suffix == ".md":
        written = ["| " + " | ".join(line) + " |" for line in lines]
        written.insert(1, "|" + "---|" * len(_COLUMNS))
    else:
        cells = ["".join(f"<td>{cell}</td>" for cell in line) for line in lines]
        cells[0] = cells[0].replace("td>", "th>")
        written = ["<table>", *(f"<tr>{line}</tr>" for line in cells), "</table>"]
    path.write_text("\n".join(written) + "\n", "utf-8")


def judged(asked: TableQuestion, answer: Answer) -> str:
    """What came of a question."""
    if not answer.answered:
        return REFUSED
    first = answer.citations[0]
    cells = first.quote.replace("Name: ", "").split(" | ")
    if not asked.name or cells[1] != asked.name:
        return WRONG
    return RIGHT if first.short is not None and first.short.text == asked.cell else ROW


def report(outcomes: Sequence[tuple[TableQuestion, str]]) -> str:
    """How many questions of each kind came to what."""
    kinds = list(dict.fromkeys(asked.kind for asked, _ in outcomes))
    lines = []
    for kind in (*kinds, "all"):
        counts = Counter(what for asked, what in outcomes if kind in (asked.kind, "all"))
        lines.append([kind, *(str(counts[what]) for what in (RIGHT, ROW, WRONG, REFUSED))])
    return table(["kind", RIGHT, ROW, WRONG, REFUSED], lines, frozenset({1, 2, 3, 4}))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--reader", default=NEURAL)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--people", type=int, default=240)
    parser.add_argument("--questions", type=int, default=22, help="of each kind")
    parser.add_argument("--format", choices=FORMATS, default="csv")
    parser.add_argument("--wrong", action="store_true", help="print those answered wrongly")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    rows = staff(rng, options.people)
    outcomes = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"people.{options.format}"
        write(rows, path)
        assistant = Assistant.from_paths(path, reader=make_reader(options.reader, None))
        for asked in questions(rng, rows, options.questions):
            answer = assistant.ask(asked.question)
            outcomes.append((asked, judged(asked, answer)))
            if options.wrong and outcomes[-1][1] in (WRONG, ROW):
                first = answer.citations[0]
                print(asked, first.quote, first.short and first.short.text, sep="\n  ")
    print(report(outcomes))


if __name__ == "__main__":
    main()
