"""Edits of XML and HTML by element, so that what comes out is still read to its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from lab.fuzzing.edits import Growth
from lab.fuzzing.values import nasty

_TOKEN = re.compile(rb"<!--.*?-->|<[^<>]*>|[^<]+|<", re.DOTALL)
_NAME = re.compile(rb"</?([^\s<>/]+)")
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_MOST_NESTED = 300


class Markup:
    """The tokens of a document, and where its elements begin and end."""

    def __init__(self, data: bytes) -> None:
        self.tokens = _TOKEN.findall(data)
        self.elements = self._matched()

    def _matched(self) -> list[tuple[int, int]]:
        """First and last token of each element that is closed, or closes itself."""
        found, open_ = [], []
        for at, token in enumerate(self.tokens):
            if token[:1] != b"<" or token[1:2] in (b"!", b"?"):
                continue
            if token.endswith(b"/>"):
                found.append((at, at))
            elif token[1:2] != b"/":
                open_.append(at)
            else:
                while open_ and _name(self.tokens[open_[-1]]) != _name(token):
                    open_.pop()
                if open_:
                    found.append((open_.pop(), at))
        return found

    def element(self, rng: Random) -> tuple[int, int]:
        """An element, more often a small one."""
        chosen = [rng.choice(self.elements) for _ in range(rng.choice((1, 2, 3)))]
        return min(chosen, key=lambda element: element[1] - element[0])

    def piece(self, rng: Random) -> bytes:
        start, end = self.element(rng)
        return b"".join(self.tokens[start : end + 1])


def edit_markup(rng: Random, data: bytes, other: bytes = b"", names: Sequence[bytes] = ()) -> bytes:
    """Delete, repeat, nest, move or rename an element, or change an attribute or a text.

    Args:
        rng: decides what.
        data: the document.
        other: a document of the same kind, from which elements and values come as well.
        names: of elements and attributes that the loader knows, put in besides.
    """
    markup = Markup(data)
    if not markup.elements:
        return data + nasty(rng)
    if names and rng.random() < 0.3:
        return _with_name(rng, markup, data, names)
    if rng.random() < 0.4:
        return _with_attribute(rng, markup, other or data)
    tokens = markup.tokens
    start, end = markup.element(rng)
    piece = tokens[start : end + 1]
    match rng.randrange(9):
        case 0:
            del tokens[start : end + 1]
        case 1:
            tokens[start:start] = piece * rng.choice((1, 2, 60))
        case 2:  # in itself
            inside = rng.choice((1, 5, _MOST_NESTED))
            tokens[start : end + 1] = piece[:1] * inside + piece + piece[-1:] * inside
        case 3:
            at = rng.randrange(len(tokens))
            tokens[at:at] = piece
        case 4:
            tokens[start : end + 1] = piece[1:-1]
        case 5 | 6:
            at = rng.randrange(len(tokens))
            source = Markup(other)
            tokens[at:at] = [source.piece(rng)] if source.elements else piece
        case 7:
            name = _name(tokens[rng.choice(markup.elements)[0]])
            for at in {start, end}:
                tokens[at] = _NAME.sub(
                    lambda old: old[0][: -len(old[1])] + name, tokens[at], count=1
                )
        case _:
            tokens[start:start] = [nasty(rng)]
    return b"".join(tokens)


def grow_markup(rng: Random, data: bytes) -> Growth:
    """An element again and again, or in itself, or its beginning alone."""
    markup = Markup(data)
    if not markup.elements:
        return Growth(data, b"<a>", b"", b"", b"")
    tokens = markup.tokens
    start, end = markup.element(rng)
    head, tail = b"".join(tokens[:start]), b"".join(tokens[end + 1 :])
    piece = b"".join(tokens[start : end + 1])
    match rng.randrange(5):
        case 0 if start != end:  # nested, as deep as XML may be, and that again and again
            inside = rng.choice((1, 20, 120))
            deep = tokens[start] * inside + b"".join(tokens[start + 1 : end]) + tokens[end] * inside
            return Growth(head, deep, b"", b"", tail)
        case 1 if start != end:
            return Growth(head, tokens[start], b"".join(tokens[start + 1 : end]), tokens[end], tail)
        case 2:
            text = rng.choice((nasty(rng), b"a ", b"a"))
            return Growth(
                head + tokens[start], text or b"a", b"", b"", b"".join(tokens[start + 1 :])
            )
        case 3:
            count = rng.randrange(1, len(piece) + 1)
            return Growth(head, piece[:count], b"", b"", piece + tail)
        case _:
            return Growth(head, piece, b"", b"", tail)


def _with_name(rng: Random, markup: Markup, data: bytes, names: Sequence[bytes]) -> bytes:
    """An element that the loader knows, empty or around another, with attributes that it knows."""

    def known() -> bytes:
        name = rng.choice(names)
        prefix, _, local = name.rpartition(b":")
        return name if b"xmlns:" + prefix + b"=" in data else local

    tag = known()
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        tag += b" " + known() + b'="' + nasty(rng).replace(b'"', b"&quot;") + b'"'
    start, end = markup.element(rng)
    if rng.random() < 0.5:
        markup.tokens[start:start] = [b"<" + tag + b"/>"]
    else:
        markup.tokens.insert(end + 1, b"</" + tag.split()[0] + b">")
        markup.tokens.insert(start, b"<" + tag + b">")
    return b"".join(markup.tokens)


def _with_attribute(rng: Random, markup: Markup, other: bytes) -> bytes:
    tokens = markup.tokens
    at = rng.choice(markup.elements)[0]
    attributes = list(_ATTRIBUTE.finditer(tokens[at]))
    if not attributes or rng.random() < 0.15:
        return _with_more(rng, markup, at, other)
    chosen = rng.choice(attributes)
    values = [found[2][1:-1] for found in _ATTRIBUTE.finditer(other) if found[1] == chosen[1]]
    if values and rng.random() < 0.5:
        value = rng.choice(values)  # one that refers to something, perhaps to itself
    else:
        value = nasty(rng).replace(b'"', b"&quot;")
    new = b"" if rng.random() < 0.1 else chosen[1] + b'="' + value + b'"'
    tokens[at] = tokens[at][: chosen.start()] + new + tokens[at][chosen.end() :]
    return b"".join(tokens)


def _with_more(rng: Random, markup: Markup, at: int, other: bytes) -> bytes:
    """An attribute that another element has."""
    found = _ATTRIBUTE.findall(other)
    name = rng.choice(found)[0] if found else b"id"
    token = markup.tokens[at]
    value = nasty(rng).replace(b'"', b"&quot;")
    end = len(_NAME.match(token)[0])  # type: ignore[index]  # it is a tag
    markup.tokens[at] = token[:end] + b" " + name + b'="' + value + b'"' + token[end:]
    return b"".join(markup.tokens)


def _name(tag: bytes) -> bytes:
    found = _NAME.match(tag)
    return found[1] if found else b"a"
