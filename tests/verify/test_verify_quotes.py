"""Words looked for in a text: found nearest, found whole, and in a time that hostile texts keep."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from strategies import TEXTS, UNTIMED

from askdoc.model import Document
from askdoc.verify.quotes import Search

_LETTERS = st.text("ab1 .,\n", max_size=40)


def search(text: str) -> Search:
    return Search(Document(text, "x"))


@given(_LETTERS, st.text("ab1 .,\n", min_size=1, max_size=4), st.integers(0, 50))
def test_the_nearest_is_the_nearest_of_all(text: str, quote: str, near: int) -> None:
    """Against every offset tried one by one, by rules that are put down in another way."""
    padded = f" {text} "

    def is_inside(at: int) -> bool:
        before, after = padded[: at + 1], padded[at + 1 :]
        if before[-1].isalnum() and after[0].isalnum():
            return True
        left, right = before[-2:], after[:2]
        return (left[-1].isdigit() and right[0] in ".," and right[1:].isdigit()) or (
            left[0].isdigit() and left[-1] in ".," and right[0].isdigit() and len(left) == 2
        )

    places = [
        at
        for at in range(len(text) - len(quote) + 1)
        if text.startswith(quote, at) and not is_inside(at) and not is_inside(at + len(quote))
    ]
    nearest = min(places, key=lambda at: (abs(at - near), at), default=None)
    assert search(text).nearest(quote, near) == nearest


@UNTIMED
@given(TEXTS, st.data())
def test_white_space_does_not_keep_words_from_being_found(text: str, data: st.DataObject) -> None:
    words = text.split()
    if not words:
        assert search(text).nearest_but_for_space(" \n", 0) is None
        return
    first = data.draw(st.integers(0, len(words) - 1))
    chosen = words[first : data.draw(st.integers(first + 1, len(words)))]
    quote = data.draw(st.sampled_from([" ", "\n", "\r\n", " \t "])).join(chosen)
    span = search(text).nearest_but_for_space(quote, data.draw(st.integers(0, len(text))))
    assert span is not None
    assert text[span.start : span.end].split() == chosen


def test_the_likest_sentence_is_found_across_pieces_of_a_long_text() -> None:
    filler = "".join(f"Berth {number} lay empty on that day.\n" for number in range(9000))
    sentence = "The harbour master closed the eastern lock in March."
    text = f"{filler}{filler}{sentence}\n{filler}"
    assert len(filler) > 2**18
    found = search(text)
    quote = "The harbour master had closed the eastern lock in May."
    for near in (2 * len(filler) - 200_000, 2 * len(filler) + 200_000):
        span = found.likest(quote, near)
        assert span is not None and text[span.start : span.end] == sentence
    assert found.likest(quote, 0) is None, "too far away to be taken for it"
    assert found.likest("Gulls sang.", len(filler)) is None
    assert found.likest("It was on that of the.", len(filler)) is None
    assert found.likest("...", 0) is None


def test_of_equally_like_sentences_the_nearest_is_taken() -> None:
    text = "Berth 1 lay empty.\n\n" * 3
    span = search(text).likest("Berth 2 lay empty.", 22)
    assert span is not None and span.start == 20


def test_a_hostile_text_is_searched_as_fast_as_any() -> None:
    size = 300_000
    for text, quote in (
        ("a" * size, "a" * 500),
        ("a" * size, "b" + "a" * 500),
        ("a" * size, "a" * 500 + "b"),
        ("a " * size, "a " * 500 + "b"),
        (" " * size, "a b"),
        ("a" + " " * size + "c", "a b"),
    ):
        found = search(text)
        assert found.nearest(quote, size // 2) is None
        assert found.nearest_but_for_space(quote, size // 2) is None
