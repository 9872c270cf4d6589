"""Make what askdoc knows of given names: which are nearly always a woman's, which a man's.

    python -m lab.training.given_names FEMALE MALE

FEMALE and MALE are the files `dist.female.first` and `dist.male.first` of the United States Census
of 1990, which are in the public domain (the census bureau gives them away, and so does the package
`names` on PyPI). Each line holds a name and, second, how many women (men) of a hundred bear it.
Writes `askdoc/data/given_names.tsv`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

TARGET = Path(__file__).parents[2] / "askdoc" / "data" / "given_names.tsv"
# So many times as common with the one as with the other.
_CLEAR = 9.0
_HEAD = """\
# what: sex, given names that are nearly always theirs; made by lab/training/given_names.py
# from: United States Census 1990, names files (public domain)
"""


def shares(file: Path) -> dict[str, float]:
    """Name -> how many of a hundred bear it."""
    rows = (line.split() for line in file.read_text("ascii").splitlines())
    return {row[0].title(): float(row[1]) for row in rows if row}


def clear(shares: dict[str, float], others: dict[str, float]) -> list[str]:
    """The names in `shares` that hardly anybody of the others bears, in alphabetical order."""
    return sorted(name for name, share in shares.items() if share >= _CLEAR * others.get(name, 0.0))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("female", type=Path)
    parser.add_argument("male", type=Path)
    asked = parser.parse_args()
    female, male = shares(asked.female), shares(asked.male)
    lines = [f"f\t{' '.join(clear(female, male))}\n", f"m\t{' '.join(clear(male, female))}\n"]
    TARGET.write_text(_HEAD + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
