"""Questions as a person writes them, turned into rows.

    python -m lab.training.questions.written lab/training/questions/documents/bylaws/club.q ...

A file of questions stands beside its document, with `.q` behind the document's whole name while it
is being written, and is removed once it has been turned into rows:

    Q who plain | Who may call a special meeting?
    A The commodore or any twelve members
    E The commodore or any twelve members may call a special meeting
    N party | Which officer of the yacht league may call a special meeting?

`Q` gives type and style, `A` the words that answer as they stand in the document, `E` (needed only
where these stand in several places, or where the answer is put together) a stretch that stands
there once and holds them, `N` the twin that the document does not answer and how it was made so.
What is written here on one line may go over several in the document. A pair without `A` gives an
unanswerable question alone: then `E` tells what it is near to.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from lab.training.questions.rows import FOLDER, FieldRow, as_json, read_rows

_LINE = re.compile(r"(?P<mark>[QAEN]) (?P<rest>.+)")
_QUESTION = re.compile(r"(?P<words>[\w-]+(?: [\w-]+)?) \| (?P<question>.+)")


def rows_of(written: str, document: str, kind: str, text: str) -> list[FieldRow]:
    """The rows of one document's questions.

    Raises:
        ValueError: a block cannot be used; says which and why. Several complaints come together.
    """
    made: list[FieldRow] = []
    complaints = []
    for number, block in enumerate(_blocks(written), 1):
        try:
            made.extend(_pair(block, document, kind, text, f"{document}#{number}"))
        except ValueError as error:
            complaints.append(f"{document}, block {number} ({block.get('Q', '')[:60]}): {error}")
    if complaints:
        raise ValueError("\n".join(complaints))
    return made


def _blocks(written: str) -> Iterator[dict[str, str]]:
    block: dict[str, str] = {}
    for line in written.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise ValueError(f"not a line of a block: {line!r}")
        if found["mark"] == "Q" and block:
            yield block
            block = {}
        block[found["mark"]] = found["rest"].strip()
    if block:
        yield block


def _pair(
    block: dict[str, str], document: str, kind: str, text: str, name: str
) -> Iterator[FieldRow]:
    asked = _QUESTION.fullmatch(block.get("Q", ""))
    if asked is None or " " not in asked["words"]:
        raise ValueError("Q needs a type, a style and a question: Q who plain | Who ...?")
    type_, style = asked["words"].split()
    evidence = _evidence(block, text)
    answers: tuple[tuple[str, int], ...] = ()
    if "A" in block:
        found = _places(block["A"], text, *evidence)
        if not found:
            raise ValueError("A does not stand within E")
        start, end = found[0]
        answers = ((text[start:end], start),)
    twin = _QUESTION.fullmatch(block["N"]) if "N" in block else None
    if "N" in block and (twin is None or " " in twin["words"]):
        raise ValueError("N needs how it was made and a question: N year | When ...?")
    other = f"{name}t" if twin else ""
    yield FieldRow(name, document, kind, asked["question"], answers, evidence, type_, style, other)
    if twin:
        yield FieldRow(
            f"{name}t", document, kind, twin["question"], (), evidence, type_, twin["words"], name
        )


def _evidence(block: dict[str, str], text: str) -> tuple[int, int]:
    words = block.get("E") or block.get("A")
    if not words:
        raise ValueError("neither A nor E")
    found = _places(words.replace("\\n", "\n"), text, 0, len(text))
    if len(found) != 1:
        what = "E" if "E" in block else "A"
        raise ValueError(f"{what} stands {len(found)} times in the document: {words[:60]!r}")
    start, end = found[0]
    if "E" not in block:
        # The whole line: sentences are cut elsewhere, and a line holds them.
        start, end = text.rfind("\n", 0, start) + 1, text.find("\n", end) % (len(text) + 1)
    return start, end


def _places(words: str, text: str, first: int, last: int) -> list[tuple[int, int]]:
    """Where words stand in a range of a text, however its lines break."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    return [found.span() for found in pattern.finditer(text, first, last)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    wrong = False
    for path in options.files:
        of = path.with_suffix("")
        kind = of.parent.name
        try:
            made = rows_of(
                path.read_text("utf-8"), f"{kind}/{of.name}", kind, of.read_text("utf-8")
            )
        except ValueError as error:
            print(error)
            wrong = True
            continue
        print(f"{path.name}: {len(made)} questions")
        if not options.check:
            _store(FOLDER / f"{kind}.jsonl", made)
            path.unlink()
    raise SystemExit(wrong)


def _store(path: Path, made: list[FieldRow]) -> None:
    """Put the rows of a document in the place of those that it had."""
    documents = {row.doc for row in made}
    kept = read_rows(path) if path.exists() else []
    rows = sorted([row for row in kept if row.doc not in documents] + made, key=lambda row: row.doc)
    path.write_text("".join(f"{as_json(row)}\n" for row in rows), "utf-8")


if __name__ == "__main__":
    main()
