"""Forty documents to make corpora of, and beside them what must not be read."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

DOCUMENTS, PARAGRAPHS = 40, 3


def _paragraphs() -> Iterator[str]:
    """Paragraphs of five sentences each, whose words tell them apart."""
    chance = Random(7)
    syllables = "ba bor dun fel gar hol kin lor mar nov pel rud sol tam vor wen".split()
    words = sorted({"".join(chance.choices(syllables, k=3)) for _ in range(700)})
    for _ in range(DOCUMENTS * PARAGRAPHS):
        drawn = [(chance.sample(words, 6), chance.sample(words, 5)) for _ in range(5)]
        yield " ".join(f"The {' '.join(one)} was at the {' '.join(two)}." for one, two in drawn)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 documents: text, gzipped text and web pages; and what is not to be read."""
    folder = tmp_path_factory.mktemp("texts")
    paragraphs = _paragraphs()
    for number in range(DOCUMENTS):
        parts = list(islice(paragraphs, PARAGRAPHS))
        place = folder / f"package{number % 7}"
        place.mkdir(exist_ok=True)
        text = "\n\n".join(parts) + "\n"
        if number % 3 == 0:
            (place / f"README{number}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
        elif number % 3 == 1:
            body = "".join(f"<p>{part}</p>" for part in parts)
            (place / f"page{number}.html").write_text(f"<html><body>{body}</body></html>")
        else:
            (place / f"notes{number}.txt").write_text(text)
            (place / f"again{number}.txt").write_text(text)
    odd = folder / "odd"
    odd.mkdir()
    (odd / "changelog.gz").write_bytes(gzip.compress(b"Changed wheels and levers. " * 40))
    (odd / "copyright").write_text("Licensed wheels and levers. " * 40)
    (odd / "broken.txt.gz").write_bytes(b"\x1f\x8b wheels and levers")
    (odd / "short.txt.gz").write_bytes(gzip.compress(b"wheels and levers " * 99)[:-20])
    (odd / "binary.txt").write_bytes(b"wheels\0and\0levers" * 99)
    (odd / "code.c").write_text("wheels = levers;\n" * 99)
    (odd / "whole.txt").write_text("Wheels and levers. " * 9000)
    (odd / "link.txt").symlink_to("whole.txt")
    return folder
