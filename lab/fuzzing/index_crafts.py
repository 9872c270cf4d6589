"""Ways to make an index that does harm: what is wrong in it has all its checksums right.

Whoever opens it may be told anything or be refused; nothing else may come of it.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import zlib
from collections.abc import Callable
from contextlib import closing
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from askdoc.store.prepared import pack

_ODD: tuple[Any, ...] = (
    None, True, -1, 0, 2**31, 2**63, 10**30, 1.5, float("nan"), "", "x" * 100_000, "\ud800", "\0",
    "../../x", "\x1b]0;x\x07", [], {}, [[[]]], [None], {"a": 1},
)  # fmt: skip


def craft(index: Path, random: Random) -> str:
    """Make an index one that does harm; how."""
    ways: tuple[Callable[[Path, Random], str], ...] = (
        _segment, _segment, _segment, _segment, _state, _source, _marks, _row, _pages,
    )  # fmt: skip
    return random.choice(ways)(index / "data-1", random)


def _segment(data: Path, random: Random) -> str:
    """Change the content of a file of tantivy's, and both sums of it."""
    files = sorted(file for file in (data / "terms").iterdir() if file.stem.isalnum())
    file = random.choice([file for file in files if file.suffix != ".json"])
    content = bytearray(file.read_bytes())
    length, magic = struct.unpack("<II", content[-8:])
    body = content[: -8 - length]
    for _ in range(random.choice((1, 1, 1, 2, 5, 30))):
        at = random.randrange(len(body))
        way = random.randrange(4)
        if way == 0:
            body[at] ^= 1 << random.randrange(8)
        elif way == 1:
            body[at] = random.choice((0, 0x7F, 0x80, 0xFF))
        elif way == 2:
            body[at : at + 4] = random.choice((b"\xff" * 4, bytes(4), random.randbytes(4)))
        else:
            body[at:at] = random.randbytes(random.randrange(1, 9))
    footer = json.loads(content[-8 - length : -8])
    footer["crc"] = zlib.crc32(body)
    written = json.dumps(footer, separators=(",", ":")).encode()
    whole = bytes(body) + written + struct.pack("<II", len(written), magic)
    file.write_bytes(whole)

    def told(state: dict[str, Any]) -> None:
        for one in state["files"]:
            if one[0] == file.name:
                one[1:] = [len(whole), footer["crc"]]

    change_state(data, told)
    return f"content of {file.suffix}"


def _state(data: Path, random: Random) -> str:
    """Another value, or one field more or less."""
    name = ""

    def told(state: dict[str, Any]) -> None:
        nonlocal name
        name = random.choice(sorted(state))
        way = random.randrange(6)
        if way == 0:
            del state[name]
        elif way == 1:
            state["other"] = 1
        elif name == "listing" and way > 2:
            listing = json.loads(state[name])
            _changed(listing, random)
            state[name] = json.dumps(listing)
        elif isinstance(state[name], list) and state[name] and way > 3:
            _changed(state[name], random)
        else:
            state[name] = deepcopy(random.choice(_ODD))

    change_state(data, told)
    return f"state: {name}"


def _changed(value: Any, random: Random) -> None:
    """Put something odd somewhere into a list or an object."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = random.choice(keys)
        inner = value[key]
        if isinstance(inner, dict | list) and inner and random.random() < 0.8:
            value = inner
            continue
        value[key] = deepcopy(random.choice(_ODD))
        return


def _source(data: Path, random: Random) -> str:
    """A source with something odd in it."""
    with closing(sqlite3.connect(data / "sources.db")) as db, db:
        rows = db.execute("SELECT id, path, size, digest, facts FROM sources").fetchall()
        number, path, size, digest, facts = random.choice(rows)
        told = json.loads(facts)
        _changed(told, random)
        odd: tuple[bytes, ...] = (b"/etc/passwd", b"\0", b"/proc/self/mem", b"", b"/x" * 3000)
        if random.random() < 0.3:
            path = random.choice(odd)
        facts = json.dumps(told).encode("utf-8", "surrogatepass")
        total = zlib.crc32(pack((b"%d %d" % (number, size), path, digest, facts)))
        db.execute(
            "UPDATE sources SET path = ?, facts = ?, sum = ? WHERE id = ?",
            (path, facts, total, number),
        )
        ((sums,),) = db.execute("SELECT SUM(sum) FROM sources").fetchall()
    change_state(data, lambda state: state.update(sources_sum=sums % 2**64))
    return "a source"


def _marks(data: Path, random: Random) -> str:
    """Headings, pages, places and tables that are none."""
    marks: Any = [
        [[0, 5, "Title", 1]], [0], [[0, "row 1"]], ["a note"], [[0, 5, "Title", ["one", ""]]]
    ]  # fmt: skip
    for _ in range(random.randrange(1, 4)):
        _changed(marks, random)
    content = random.choice(
        (
            json.dumps(marks).encode("utf-8", "surrogatepass"),
            b"[" * 200_000,
            b" " * (100 * 2**20),
            b"[[" + b'[0,1,"",1],' * 20_000 + b'[0,1,"",1]],[],[],[],[]]',
        )
    )
    packed = zlib.compress(content)
    with closing(sqlite3.connect(data / "sources.db")) as db, db:
        whole = struct.pack("<I", zlib.crc32(packed)) + packed
        db.execute("UPDATE sources SET marks = ?", (whole,))
    return "marks"


def _row(data: Path, random: Random) -> str:
    """A passage whose spans or text are none."""
    with closing(sqlite3.connect(data / "sources.db")) as db, db:
        number, row = random.choice(db.execute("SELECT id, row FROM passages").fetchall())
        head, content = row[:8], bytearray(row[12:])
        for _ in range(random.randrange(1, 4)):
            at = random.randrange(len(content))
            content[at : at + 4] = random.choice((b"\xff" * 4, bytes(4), random.randbytes(4), b""))
        check = struct.pack("<I", zlib.crc32(content))
        db.execute("UPDATE passages SET row = ? WHERE id = ?", (head + check + content, number))
    return "a passage"


def _pages(data: Path, random: Random) -> str:
    """Pages of SQLite's that lead in circles."""
    file = data / "sources.db"
    content = bytearray(file.read_bytes())
    pages = len(content) // 4096
    for _ in range(random.randrange(1, 6)):
        at = 4096 * random.randrange(pages) + random.choice((0, 3, 5, 8, 12, 100, 4092))
        content[at : at + 4] = struct.pack(">I", random.randrange(pages + 2))
    file.write_bytes(content)
    return "pages of the catalogue"


def change_state(data: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what is committed; its sum is right again."""
    with closing(sqlite3.connect(data / "sources.db")) as db, db:
        ((content,),) = db.execute("SELECT content FROM state").fetchall()
        state = json.loads(content)
        change(state)
        content = json.dumps(state).encode("utf-8", "surrogatepass")
        db.execute("UPDATE state SET content = ?, sum = ?", (content, zlib.crc32(content)))
