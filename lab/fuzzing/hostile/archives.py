"""Hostile zip archives, whatever stands in them: each format that is one, bombed and broken."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import partial

from lab.fuzzing.hostile import files
from lab.fuzzing.hostile.case import Case
from lab.fuzzing.hostile.files import MAIN, parts_of, zipped
from lab.fuzzing.samples import sample

_MB = 1_000_000


def _filled(name: str, count: int) -> bytes:
    """A sample with so many blanks after its main part."""
    return files.changed(name, lambda part: part + b" " * count)


def _long_attribute(name: str, count: int) -> bytes:
    """A sample whose root has a huge attribute."""
    value = b' x="' + b"a" * count + b'"'

    def changed(part: bytes) -> bytes:
        at = part.index(b">", part.index(b"?>") + 2 if part.startswith(b"<?xml") else 0)
        return part[:at] + value + part[at:]

    return files.changed(name, changed)


def _changed(name: str, change: Callable[[bytes], bytes], _: int) -> bytes:
    return files.changed(name, change)


def _locked(name: str, _: int) -> bytes:
    return files.encrypted(sample(name))


def _many_parts(count: int) -> bytes:
    return zipped([*parts_of("survey.docx").items(), *((f"p{n}.xml", b"") for n in range(count))])


def _lying_size(count: int) -> bytes:
    """An archive whose parts unpack to more than they say."""
    data = bytearray(files.changed("survey.docx", lambda part: part + b" " * count))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 100)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _overlapping(count: int) -> bytes:
    """An archive whose directory names the same bytes again and again."""
    data = sample("survey.docx")
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    listed = data[start:end] * count
    tail = bytearray(data[end:])
    tail[12:16] = struct.pack("<I", len(listed))
    return data[:start] + listed + bytes(tail)


def _of_each_format() -> Iterator[Case]:
    for name in MAIN:
        suffix = name[name.index(".") :]
        yield Case(f"bomb{suffix}", 65 * 2**20, partial(_filled, name))
        yield Case(f"full{suffix}", 60 * 2**20, partial(_filled, name))
        yield Case(f"laughs{suffix}", 1, partial(_changed, name, files.billion_laughs))
        yield Case(f"nested{suffix}", 1, partial(_changed, name, files.nested_xml))
        yield Case(f"locked{suffix}", 1, partial(_locked, name))
        yield Case(f"attribute{suffix}", 20 * _MB, partial(_long_attribute, name))


CASES = [
    *_of_each_format(),
    Case("parts.docx", 30_000, _many_parts),
    Case("some parts.docx", 19_000, _many_parts),
    Case("lying.docx", 60 * 2**20, _lying_size),
    Case("overlapping.docx", 1_000, _overlapping),
    Case("archives.docx", 1, lambda _: files.nested_bomb()),
    Case("escaping.docx", 1, lambda _: files.escaping("../../")),
    Case("protected.docx", 1, lambda _: files.protected_office()),
    Case("twice.docx", 1, lambda _: files.twice()),
]
