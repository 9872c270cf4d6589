"""Sample documents made by real programs, kept so that a person can read their differences.

A file that is a zip archive (docx, epub, ...) is kept as a folder of its parts, named like the
file, and packed again when a test needs it. PDF files are kept with their streams in ASCII. What
pictures and fonts a file had is left out where nothing reads it.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "load"
_MADE = (2026, 1, 1, 0, 0, 0)


def sample(name: str) -> bytes:
    """The bytes of a sample document, such as "report.docx"."""
    path = DATA / name
    return packed(path) if path.is_dir() else path.read_bytes()


def packed(folder: Path) -> bytes:
    """A zip archive of a folder; `mimetype` comes first and as it is, as EPUB and ODF ask for."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    files.sort(key=lambda path: path.name != "mimetype")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in files:
            name = path.relative_to(folder).as_posix()
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _MADE), path.read_bytes(), kind)
    return buffer.getvalue()


def unpack(file: Path, folder: Path) -> None:
    """What made a folder of parts: the archive's files, but for pictures and fonts."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.endswith(
                (".xml", ".rels", ".xhtml", ".html", ".css", ".opf", ".ncx", "mimetype")
            ):
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
