"""Which loader reads which kind of file. A new format is a new file here and a row in this table.

A loader is called with all bytes of a file and the name that its document gets, and raises
UnsupportedFormat or EmptySource (or another LoadError) where there is nothing to read.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from askdoc.load.text.markdown import load_markdown
from askdoc.load.text.plain import load_plain
from askdoc.load.web.html import load_html
from askdoc.model import Document

Loader = Callable[[bytes, str], Document]


def _later(module: str, name: str = "") -> Loader:
    """A loader that is imported when it is first needed: most questions need one or two of them.

    Args:
        module: where it stands, below `askdoc.load`.
        name: of its function, where that is not `load_` and the module's name.
    """
    name = name or f"load_{module.rpartition('.')[2]}"

    def load(data: bytes, source: str) -> Document:
        imported: Loader = getattr(import_module(f"askdoc.load.{module}"), name)
        return imported(data, source)

    return load


_TOLD = (".doc", ".dot", ".ppt", ".pps", ".pot", ".msg")

LOADERS: dict[str, Loader] = {
    **dict.fromkeys((".txt", ".text"), load_plain),
    **dict.fromkeys((".md", ".markdown"), load_markdown),
    **dict.fromkeys((".html", ".htm", ".xhtml"), load_html),
    **dict.fromkeys((".mht", ".mhtml"), _later("mail.mht")),
    ".eml": _later("mail.eml"),
    ".mbox": _later("mail.eml", "load_mbox"),
    **dict.fromkeys((".srt", ".vtt"), _later("text.subtitles")),
    **dict.fromkeys((".docx", ".docm", ".dotx"), _later("office.docx")),
    **dict.fromkeys((".odt", ".ott"), _later("office.odt")),
    ".fodt": _later("office.odt", "load_fodt"),
    ".rtf": _later("office.rtf"),
    ".epub": _later("web.epub"),
    ".pdf": _later("pdf.pdf"),
    **dict.fromkeys((".csv", ".tsv"), _later("sheets.csv")),
    ".json": _later("text.json"),
    **dict.fromkeys((".jsonl", ".ndjson"), _later("text.json", "load_jsonl")),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".potx"), _later("slides.pptx")),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx"), _later("sheets.xlsx")),
    **dict.fromkeys((".ods", ".ots"), _later("sheets.ods")),
    ".fods": _later("sheets.ods", "load_fods"),
    **dict.fromkeys((".odp", ".otp"), _later("slides.odp")),
    ".fodp": _later("slides.odp", "load_fodp"),
    **dict.fromkeys(_TOLD, _later("office.office97")),
    **dict.fromkeys((".xls", ".xlt"), _later("sheets.xls")),
    ".ipynb": _later("text.ipynb"),
}
"""Suffix, in lower case, to loader; load_plain reads any other file that proves to be text."""

READ_IN_PART = frozenset((".csv", ".tsv"))
"""Those whose files may be larger than what is read: each row says all it means by itself."""

ONLY_TOLD = frozenset(_TOLD)
"""Those of them whose loaders say what converts such a file."""


def suffix_of(name: str) -> str:
    """The suffix of a file's name in lower case, empty where it has none."""
    return PurePath(name).suffix.lower()


def loader_for(name: str) -> Loader:
    """The loader for a file of this name."""
    return LOADERS.get(suffix_of(name), load_plain)


def is_verbatim(name: str) -> bool:
    """Whether a document's text is its file, so that lines and offsets are those of an editor."""
    return loader_for(name) in (load_plain, load_markdown)


def kinds_read() -> str:
    """What askdoc reads, in words for an error's remedy."""
    read = sorted(LOADERS.keys() - ONLY_TOLD)
    return f"askdoc reads {', '.join(read)} and any other file that is plain text."
