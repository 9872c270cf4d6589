"""Edits of zip archives, of their parts and of the bytes between them."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Sequence
from random import Random

from lab.fuzzing.edits import Growth, edit_bytes
from lab.fuzzing.markup import edit_markup, grow_markup
from lab.fuzzing.values import nasty

Parts = list[tuple[str, bytes]]

_MADE = (2026, 1, 1, 0, 0, 0)
_SUFFIXES = (".xml", ".rels", ".xhtml", ".html", ".opf", ".ncx")
_READ_MOST = (
    "document.xml",
    "content.xml",
    "sheet1.xml",
    "slide1.xml",
    "styles.xml",
    "numbering.xml",
)


def packed(parts: Parts) -> bytes:
    """A zip archive of these parts, in order; names may stand twice."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as archive:
        warnings.simplefilter("ignore")
        for name, part in parts:
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _MADE), part, kind, compresslevel=1)
    return buffer.getvalue()


def edit_archive(rng: Random, parts: Parts, others: Parts, names: Sequence[bytes] = ()) -> bytes:
    """The archive with some of its parts edited.

    Args:
        rng: decides which.
        parts: those of the archive.
        others: those of another archive of the kind.
        names: of elements and attributes that the loader knows.
    """
    parts = list(parts)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        if rng.random() < 0.12:
            _edit_parts(rng, parts, others)
        elif parts:
            _edit_part(rng, parts, others, names)
    data = packed(parts)
    return edit_bytes(rng, data) if rng.random() < 0.08 else data


class ArchiveGrowth:
    """An archive of which one part grows."""

    def __init__(self, rng: Random, parts: Parts) -> None:
        self._parts = list(parts)
        self._at = _which(rng, parts)
        self._growth = grow_markup(rng, parts[self._at][1])

    def times(self, count: int) -> bytes:
        parts = list(self._parts)
        parts[self._at] = (parts[self._at][0], self._growth.times(count))
        return packed(parts)

    def count_for(self, size: int) -> int:
        return self._growth.count_for(size)


AnyGrowth = Growth | ArchiveGrowth


def _which(rng: Random, parts: Parts) -> int:
    """Where a part stands that is worth an edit."""
    most = [at for at, (name, _) in enumerate(parts) if name.endswith(_READ_MOST)]
    marked = [at for at, (name, _) in enumerate(parts) if name.endswith(_SUFFIXES)]
    if most and rng.random() < 0.5:
        return rng.choice(most)
    return rng.choice(marked or range(len(parts)))


def _edit_part(rng: Random, parts: Parts, others: Parts, names: Sequence[bytes]) -> None:
    at = _which(rng, parts)
    name, part = parts[at]
    like = [one for other, one in others if other.rpartition("/")[2] == name.rpartition("/")[2]]
    if rng.random() < 0.06:
        part = edit_bytes(rng, part)
    else:
        part = edit_markup(rng, part, rng.choice([part, *like]), names)
    parts[at] = (name, part)


def _edit_parts(rng: Random, parts: Parts, others: Parts) -> None:
    if not parts:
        return
    at, other = rng.randrange(len(parts)), rng.randrange(len(parts))
    match rng.randrange(6):
        case 0:
            del parts[at]
        case 1:
            (first, one), (second, two) = parts[at], parts[other]
            parts[at], parts[other] = (first, two), (second, one)
        case 2:
            parts.append((parts[at][0], parts[other][1]))
        case 3:
            parts[at] = (rng.choice(("../", "/", "C:\\", "", "x/../")) + parts[at][0], parts[at][1])
        case 4:
            parts[at] = (parts[at][0], nasty(rng))
        case _ if others:
            parts.append(rng.choice(others))
