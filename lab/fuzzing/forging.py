"""Saved answers, forged: one field changed, dropped or doubled, quotes cut, spliced and swapped.

`unseen` knows which changes no source can tell; every other one has to be found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from random import Random
from typing import Any, NamedTuple

from askdoc.model import Document
from lab.fuzzing.unseen import AGAIN, Path, Saved, leaves, may_stand, written

_NO_VALUES: tuple[object, ...] = (
    None,
    True,
    False,
    "",
    "x",
    [],
    {},
    -1,
    10**12,
    10**25,
    0.5,
    "\ud800",
)
_LETTERS = "aZ 9é\x00中\u202e"


class Forgery(NamedTuple):
    """A forged answer as JSON, how it was forged, and whether it may be taken for honest."""

    how: str
    text: str
    may_stand: bool


def forge(rng: Random, answer: Saved, documents: Mapping[str, Document]) -> Forgery:
    """An answer with one thing about it changed.

    Args:
        rng: all chance there is.
        answer: an honest one.
        documents: what was asked, by source.
    """
    while True:
        how = rng.choice(list(_WAYS))
        text = _WAYS[how](rng, deepcopy(answer))
        if text is not None and text != written(answer):
            return Forgery(how, text, may_stand(answer, text, documents))


def _put(answer: Saved, path: Path, value: object) -> str:
    holder: Any = answer
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return written(answer)


def _objects(answer: Saved) -> list[Saved]:
    shown = [*answer["citations"], *answer["nearest"]]
    shorts = [one["short"] for one in shown if one["short"]]
    return [answer, answer["question"], *shown, *shorts]


def _change_value(rng: Random, answer: Saved) -> str:
    path, value = rng.choice(list(leaves(answer)))
    if rng.random() < 0.25:
        return _put(answer, path, rng.choice(_NO_VALUES))
    match value:
        case bool():
            other: object = not value
        case int():
            other = rng.choice((value + 1, value - 1, value * 2, -value, float(value), str(value)))
        case float():
            other = rng.choice((rng.random(), value / 2, 1 - value, 1 + value, -value, int(value)))
        case str():
            other = _changed_text(rng, value)
        case _:
            other = rng.choice(("x", 1, 7, {}, [], False))
    return _put(answer, path, other)


def _changed_text(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return rng.choice(
        (
            text[:at] + rng.choice(_LETTERS) + text[at:],
            text[:at] + text[at + 1 :],
            text[:at] + rng.choice(_LETTERS) + text[at + 1 :],
            text.swapcase(),
            text + text,
            " ".join(text.split()),
        )
    )


def _other_source(rng: Random, answer: Saved) -> str | None:
    shown = [*answer["citations"], *answer["nearest"]]
    if len(shown) < 2:
        return None
    one, other = rng.sample(shown, 2)
    one["source"] = other["source"]
    return written(answer)


def _drop_key(rng: Random, answer: Saved) -> str:
    holder = rng.choice(_objects(answer))
    del holder[rng.choice(list(holder))]
    return written(answer)


def _add_key(rng: Random, answer: Saved) -> str:
    rng.choice(_objects(answer))[rng.choice(("verified", "Text", "quote ", "", "start"))] = 1
    return written(answer)


def _double_key(rng: Random, answer: Saved) -> str:
    holder = rng.choice(_objects(answer))
    name = rng.choice(list(holder))
    value = rng.choice((holder[name], "x", 0, None))
    entries = list(holder.items())
    entries.insert(rng.randrange(len(entries) + 1), (name + AGAIN, value))
    holder.clear()
    holder.update(entries)
    return written(answer)


def _swap(rng: Random, answer: Saved) -> str | None:
    shown = answer[rng.choice(("citations", "nearest"))]
    if len(shown) < 2:
        return None
    one, other = rng.sample(range(len(shown)), 2)
    shown[one], shown[other] = shown[other], shown[one]
    return written(answer)


def _repeat(rng: Random, answer: Saved) -> str | None:
    shown = answer[rng.choice(("citations", "nearest"))]
    if not shown:
        return None
    shown.append(rng.choice(shown))
    return _consistent(answer)


def _move_shown(rng: Random, answer: Saved) -> str | None:
    """What came near is given for an answer, or the other way round."""
    answer["citations"], answer["nearest"] = answer["nearest"], answer["citations"]
    if rng.random() < 0.5:
        return written(answer) if answer["citations"] or answer["nearest"] else None
    answer["citations"], answer["nearest"] = [], []
    return _consistent(answer)


def _splice(rng: Random, answer: Saved) -> str | None:
    """A quote with an end of another's, and all that goes with it."""
    shown = [*answer["citations"], *answer["nearest"]]
    if not shown:
        return None
    one, other = rng.choice(shown), rng.choice(shown)
    words, ends = one["quote"].split(" "), other["quote"].split(" ")
    quote = " ".join(words[: rng.randrange(1, len(words) + 1)] + ends[rng.randrange(len(ends)) :])
    return _with_quote(answer, one, one["start"], quote)


def _cut(rng: Random, answer: Saved) -> str | None:
    """A part of a quote, and all that goes with it: "He would not go" without "not go"."""
    shown = [*answer["citations"], *answer["nearest"]]
    if not shown:
        return None
    one = rng.choice(shown)
    size = len(one["quote"])
    start, end = sorted(rng.choices(range(size + 1), k=2))
    if start == end or end - start == size:
        return None
    return _with_quote(answer, one, one["start"] + start, one["quote"][start:end])


def _with_quote(answer: Saved, citation: Saved, start: int, quote: str) -> str | None:
    if quote == citation["quote"]:
        return None
    citation.update(quote=quote, start=start, end=start + len(quote), short=None)
    return _consistent(answer)


def _consistent(answer: Saved) -> str:
    answer["text"] = "\n".join(one["quote"] for one in answer["citations"])
    return written(answer)


def _damage(rng: Random, answer: Saved) -> str:
    text = written(answer)
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(('"', "", ",", "0", "{", "\\", "e", "NaN", "\n")) + text[at + 1 :]


_WAYS: dict[str, Callable[[Random, Saved], str | None]] = {
    "a value changed": _change_value,
    "another source": _other_source,
    "a key dropped": _drop_key,
    "a key added": _add_key,
    "a key doubled": _double_key,
    "two sentences swapped": _swap,
    "a sentence repeated": _repeat,
    "cited and near exchanged": _move_shown,
    "quotes spliced": _splice,
    "a quote cut": _cut,
    "a character damaged": _damage,
}
WAYS = tuple(_WAYS)
