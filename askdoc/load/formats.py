"""Which loader reads which kind of file. A new format is a new file here and a row in this table.

A loader is called with all bytes of a file and the name that its document gets, and raises
UnsupportedFormat or EmptySource (or another LoadError) where there is nothing to read.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from askdoc.load.html import load_html
from askdoc.load.markdown import load_markdown
from askdoc.load.plain import load_plain
from askdoc.model import Document

Loader = Callable[[bytes, str], Document]


def _later(module: str, loader: str) -> Loader:
    """A loader that is imported when it is first needed: most questions need one or two of them."""

    def load(data: bytes, source: str) -> Document:
        imported: Loader = getattr(import_module(f"askdoc.load.{module}"), loader)
        return imported(data, source)

    return load


_docx, _pptx, _xlsx = (_later(name, f"load_{name}") for name in ("docx", "pptx", "xlsx"))
_odt, _fodt = _later("odt", "load_odt"), _later("odt", "load_fodt")
_ods, _fods = _later("ods", "load_ods"), _later("ods", "load_fods")
_odp, _fodp = _later("odp", "load_odp"), _later("odp", "load_fodp")
_csv, _pdf = _later("csv", "load_csv"), _later("pdf", "load_pdf")
_json, _jsonl = _later("json", "load_json"), _later("json", "load_jsonl")
_mht, _eml, _mbox = _later("mht", "load_mht"), _later("eml", "load_eml"), _later("eml", "load_mbox")
_subtitles = _later("subtitles", "load_subtitles")

_TOLD = (".doc", ".dot", ".ppt", ".pps", ".pot", ".msg")

LOADERS: dict[str, Loader] = {
    **dict.fromkeys((".txt", ".text"), load_plain),
    **dict.fromkeys((".md", ".markdown"), load_markdown),
    **dict.fromkeys((".html", ".htm", ".xhtml"), load_html),
    **dict.fromkeys((".mht", ".mhtml"), _mht),
    ".eml": _eml,
    ".mbox": _mbox,
    **dict.fromkeys((".srt", ".vtt"), _subtitles),
    **dict.fromkeys((".docx", ".docm", ".dotx"), _docx),
    **dict.fromkeys((".odt", ".ott"), _odt),
    ".fodt": _fodt,
    ".rtf": _later("rtf", "load_rtf"),
    ".epub": _later("epub", "load_epub"),
    ".pdf": _pdf,
    **dict.fromkeys((".csv", ".tsv"), _csv),
    ".json": _json,
    **dict.fromkeys((".jsonl", ".ndjson"), _jsonl),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".potx"), _pptx),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx"), _xlsx),
    **dict.fromkeys((".ods", ".ots"), _ods),
    ".fods": _fods,
    **dict.fromkeys((".odp", ".otp"), _odp),
    ".fodp": _fodp,
    **dict.fromkeys(_TOLD, _later("office97", "load_office97")),
    **dict.fromkeys((".xls", ".xlt"), _later("xls", "load_xls")),
    ".ipynb": _later("ipynb", "load_ipynb"),
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
