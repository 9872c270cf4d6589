"""The documents that are broken: those of the loaders' own tests, and what can be made of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from lab.fuzzing.archives import Parts, packed
from lab.fuzzing.biff import Row, book
from lab.fuzzing.pdfs import opened

_FOLDER = Path(__file__).parents[2] / "tests" / "data" / "load"
_LOADERS = Path(__file__).parents[2] / "askdoc" / "load"
_NAME = re.compile(r"\b([a-z]+:[A-Za-z][\w-]*)\b")
_ODF = ("office", "text", "table", "style", "draw", "presentation", "xlink", "svg", "dc")
_PREFIXES = {
    ".docx": ("w", "r", "a", "wps", "mc", "v", "wp", "m"),
    ".pptx": ("p", "a", "r", "mc", "c", "dgm"),
    ".xlsx": ("x", "r"),
    ".epub": ("opf", "ocf", "ncx", "epub"),
    **dict.fromkeys((".odt", ".ods", ".odp", ".fodt", ".fods", ".fodp"), _ODF),
}
_MHT = (
    b"From: <Saved by Blink>\r\nSubject: A page\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="--b--"\r\n\r\n----b--\r\n'
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    b"Content-Location: http://example.org/a\r\n\r\n%s\r\n----b----\r\n"
)
_FEES: list[Row] = [
    ["Ship", "Tons"], ["Kesk", 40], [None, 55.5], ["Vell", (44000, 2)], ["Halcyon", True],
]  # fmt: skip
_SRT = b"1\n00:00:01,000 --> 00:00:04,000\n<i>The council voted</i>\nseven to two.\n\n" * 3


def archives(suffix: str) -> list[Parts]:
    """The parts of each sample of this kind that is a zip archive; none for other kinds."""
    return [_parts(path) for path in sorted(_FOLDER.glob(f"*{suffix}")) if path.is_dir()]


def sample(name: str) -> bytes:
    """The bytes of one sample, such as "report.docx"."""
    path = _FOLDER / name
    return packed(_parts(path)) if path.is_dir() else path.read_bytes()


@cache
def samples(suffix: str) -> list[bytes]:
    """The bytes of each sample of this kind."""
    match suffix:
        case ".txt" | ".md" | ".doc":
            names = sorted(_FOLDER.glob("*.expected.txt"))[:: 2 if suffix == ".md" else 3]
            return [path.read_bytes() for path in names]
        case ".xls":
            return [book(("Fees", _FEES), hidden_rows=(2,), merged=((1, 2, 0, 0),))]
        case ".pdf":
            return [opened(data) for data in _plain(".pdf")]
        case ".mht":
            return [_MHT % page for page in _plain(".html")] + _plain(".eml")[:1]
        case ".mbox":
            return [
                b"".join(b"From a@b Mon Jan  1 00:00:00 2026\n" + m + b"\n" for m in _plain(".eml"))
            ]
        case ".tsv":
            return [data.replace(b",", b"\t") for data in _plain(".csv")]
        case ".srt":
            return [_SRT]
        case ".fods" | ".fodp":
            in_parts = "." + suffix[2:]
            contents = [
                part
                for parts in archives(in_parts)
                for name, part in parts
                if name == "content.xml"
                for parts in archives(in_parts)
                for name, part in parts
                if name == "content.xml"
            ]
            return [
                part.replace(b"office:document-content", b"office:document") for part in contents
            ]
        case _:
            return _plain(suffix) or [packed(parts) for parts in archives(suffix)]


@cache
def known_names(suffix: str) -> tuple[bytes, ...]:
    """The names of elements and attributes that stand in the loaders' own sources.

    Those with prefixes: `w:val`, `text:h`; x: is the prefix of worksheets there.
    """
    found: set[str] = set()
    for path in _LOADERS.rglob("*.py"):
        found.update(_NAME.findall(path.read_text(encoding="utf-8")))
    prefixes = _PREFIXES[suffix]
    return tuple(sorted(name.encode() for name in found if name.split(":")[0] in prefixes))


def _plain(suffix: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(_FOLDER.glob(f"*{suffix}")) if path.is_file()]


def _parts(folder: Path) -> Parts:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    files.sort(key=lambda path: path.name != "mimetype")
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]
