"""Word pieces are those of `tokenizers`, with which the network was trained, for whatever text."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TEXTS, UNTIMED
from tokenizing import reference

from askdoc.model import Span
from askdoc.read.network import network
from askdoc.read.wordpiece import WordPiece
from lab.training import characters

SEEDS = Path(__file__).parents[2] / "seeds"
POINTS = [point for point in range(0x110000) if not 0xD800 <= point < 0xE000]
MARKS = [point for point in POINTS if unicodedata.combining(chr(point))]
SCRIPTS = [
    range(0x20, 0x7F), range(0x80, 0x250), range(0x250, 0x370), range(0x370, 0x530),
    range(0x590, 0x780), range(0x900, 0xE00), range(0x1100, 0x1200), range(0x1E00, 0x2000),
    range(0x2000, 0x2C00), range(0x3000, 0x3400), range(0x4E00, 0x4F00), range(0xAC00, 0xD7A4),
    range(0xF900, 0x10000), range(0x1F300, 0x1FB00), range(0x2F800, 0x2FA20),
    range(0xE0000, 0xE01F0),
]  # fmt: skip
HOSTILE = [
    *"\x00\t\r\x1c\x85\xa0\xad\u200b\u200d\u202e\ufeff\ufffd\ufe0f\u0345\u0344\u302e\u0f73"
    "\u2260\u037e\u1fefİıſßŉΣςÅﬁ힣\U0001d165\U0001f469\U0001f1e9",
    "[UNK]", "[SEP]", "##", "##ing", "a" * 99, "a" * 100, "a" * 101, "é" * 100, "e\u0301" * 101,
]  # fmt: skip


def ours(text: str) -> tuple[list[int], list[Span]]:
    return network().tokenizer.encode(text)


def theirs(text: str) -> tuple[list[int], list[Span]]:
    encoding = reference().encode(text, add_special_tokens=False)
    return encoding.ids, [Span(*offsets) for offsets in encoding.offsets]


def _any(chance: random.Random) -> str:
    return "".join(chr(chance.choice(POINTS)) for _ in range(chance.randint(0, 30)))


def _mixed(chance: random.Random) -> str:
    some = chance.choices(SCRIPTS, k=3)
    return "".join(chr(chance.choice(chance.choice(some))) for _ in range(chance.randint(0, 60)))


def _marked(chance: random.Random) -> str:
    letters: Sequence[int] = [*range(0x61, 0x7B), 0x20, 0x4E2D, 0x3C, 0xAC01, 0xE9]
    picks = (chance.choice(letters if chance.random() < 0.3 else MARKS) for _ in range(40))
    return "".join(map(chr, picks))


def _hostile(chance: random.Random) -> str:
    return "".join(chance.choice(["", " ", "ab"]) + chance.choice(HOSTILE) for _ in range(8))


def _glued(chance: random.Random) -> str:
    """Words of the vocabulary, put together, capitalized and accented."""
    pieces = chance.choices(list(network().tokenizer.vocabulary), k=chance.randint(1, 12))
    made = [
        chance.choice([str.upper, str.title, str.lower])(piece.removeprefix("##"))
        + chance.choice(["", "", "\u0301", "\u0323\u0308"])
        for piece in pieces
    ]
    return chance.choice(["", " ", "-"]).join(made)


def _sentence(chance: random.Random) -> str:
    """A piece of real text, some characters of it replaced."""
    text = (SEEDS / "sheinbaum-trump-call.txt").read_text("utf-8")
    start = chance.randrange(len(text))
    found = list(text[start : start + chance.randint(1, 200)])
    for _ in range(chance.randint(0, 4)):
        found[chance.randrange(len(found))] = chance.choice([*HOSTILE, chr(chance.choice(POINTS))])
    return "".join(found)


KINDS: tuple[Callable[[random.Random], str], ...] = (
    _any, _mixed, _marked, _hostile, _glued, _sentence
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_pieces_and_places_are_those_of_tokenizers_over_twenty_thousand_texts(
    kind: Callable[[random.Random], str],
) -> None:
    chance = random.Random(kind.__name__)
    for _ in range(20_000 // len(KINDS) + 1):
        text = kind(chance)
        assert ours(text) == theirs(text), repr(text)


def test_code_points_count_for_what_they_count_in_tokenizers() -> None:
    """Of tokenizers' tables, which are older than Python's, and the same with all its versions.

    In large blocks where nearly all are alike every thirty-first is asked.
    """
    uniform = (range(0x3400, 0xA000), range(0xAC00, 0xF900), range(0x20000, 0x110000))
    alike = {point for block in uniform for point in block if point % 31}
    points = sorted(set(POINTS) - alike)
    for start in range(0, len(points), 20):
        block = map(chr, points[start : start + 20])
        text = " ".join(f"a{character}b {character}" for character in block)
        assert ours(text) == theirs(text), hex(points[start])


@UNTIMED
@given(text=TEXTS)
def test_pieces_of_texts_of_every_kind_are_those_of_tokenizers(text: str) -> None:
    assert ours(text) == theirs(text)


@UNTIMED
@given(text=st.one_of(TEXTS, st.text(st.characters(), max_size=60)), start=st.integers(0, 10**9))
def test_places_lie_in_the_text_and_never_go_back(text: str, start: int) -> None:
    """Whatever the text, half a surrogate pair included, which `tokenizers` does not take."""
    ids, spans = network().tokenizer.encode(text, start)
    assert len(ids) == len(spans)
    assert set(ids) <= set(network().tokenizer.vocabulary.values())
    assert all(start <= span.start < span.end <= start + len(text) for span in spans)
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    assert [span.end for span in spans] == sorted(span.end for span in spans)


def test_what_is_kept_of_words_is_bounded_and_changes_nothing() -> None:
    tokenizer = WordPiece(network().tokenizer.vocabulary)
    words = [f"Word{number}" for number in range(40_000)]
    first = [tokenizer.encode(word) for word in words[:50]]
    tokenizer.encode(" ".join(words))
    tokenizer.encode(" ".join(word * 30 for word in words[:100]))
    kept = tokenizer._known.cache_info()
    assert kept.maxsize is not None
    assert 0 < kept.currsize <= kept.maxsize < len(words)
    assert [tokenizer.encode(word) for word in words[:50]] == first


def test_the_table_of_characters_is_what_its_maker_makes() -> None:
    """Of the lower code points, since all take some seconds."""
    end = 0x3100
    rows = [line for line in characters.TARGET.read_text("utf-8").splitlines() if line[0] != "#"]
    made = characters.table(range(end))
    assert len(rows) == len(made)
    for line in rows:
        name, ranges = line.split("\t")
        pairs = [[int(point, 16) for point in pair.split("-")] for pair in ranges.split()]
        assert made[name] == [(first, min(last, end - 1)) for first, last in pairs if first < end]
