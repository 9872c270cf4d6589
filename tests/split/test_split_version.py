"""A saved index holds sentences and passages as they were cut: a new way is a new number."""

from __future__ import annotations

import hashlib
from pathlib import Path

from askdoc import split
from askdoc.split import cut

ROOT = Path(__file__).parents[2]
# Changed together, or an index from before gives citations that are cut in another way.
VERSION, DIGEST = 4, "eeab113490b04804"


def test_whoever_cuts_in_another_way_raises_the_version() -> None:
    texts = [*(ROOT / "tests" / "data").glob("sentences-*.txt"), *(ROOT / "seeds").glob("*.txt")]
    digest = hashlib.sha256()
    for path in sorted(texts, key=lambda path: path.name):
        found = cut(path.read_text(encoding="utf-8"), ())
        digest.update(repr([list(part) for part in found]).encode())
    assert (split.VERSION, digest.hexdigest()[:16]) == (VERSION, DIGEST)
