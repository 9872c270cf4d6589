"""Ways to damage a saved index: what a disk, a cable or a hand does to its files."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

_WAYS = (
    *("flip",) * 5, *("byte",) * 2, "cut", "zeros", "more", "block", "empty", "swapped", "removed",
)  # fmt: skip


def damage(index: Path, random: Random) -> str:
    """Damage one of an index's files, or have two change places; what was done."""
    files = sorted(
        file for file in index.rglob("*") if file.is_file() and not file.name.endswith("lock")
    )
    file, other = random.choice(files), random.choice(files)
    way = random.choice(_WAYS)
    if way == "removed":
        file.unlink()
        return f"removed {file.name}"
    if way == "swapped":
        # Most telling between files of one kind.
        alike = [one for one in files if one.suffix == file.suffix and one != file]
        other = random.choice(alike) if alike else other
        aside = file.with_name("aside")
        shutil.move(file, aside)
        if other != file:
            shutil.move(other, file)
        shutil.move(aside, other)
        return f"swapped {file.name} and {other.name}"
    return _changed(file, way, random)


def _changed(file: Path, way: str, random: Random) -> str:
    content = bytearray(file.read_bytes())
    size = len(content)
    at = random.randrange(size) if size else 0
    if not size:
        way = "more"
    if way == "flip":
        content[at] ^= 1 << random.randrange(8)
    elif way == "byte":
        content[at] = random.randrange(256)
    elif way == "cut":
        del content[at:]
    elif way == "zeros":
        content[at : at + 64] = bytes(len(content[at : at + 64]))
    elif way == "more":
        content += random.randbytes(random.randrange(1, 100))
    elif way == "block":
        other = random.randrange(size)
        content[at : at + 64] = content[other : other + len(content[at : at + 64])]
    else:
        content.clear()
    file.write_bytes(content)
    return f"{way} at {at} of {size} in {file.name}"
