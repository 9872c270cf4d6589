"""Which loader reads which kind of file. A new format is a new file here and a row in this table.

A loader is called with all bytes of a file and the name that its document gets, and raises
UnsupportedFormat or EmptySource (or another LoadError) where there is nothing to read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from askdoc.load.csv import load_csv
from askdoc.load.docx import load_docx
from askdoc.load.eml import load_eml, load_mbox
from askdoc.load.epub import load_epub
from askdoc.load.html import load_html
from askdoc.load.json import load_json, load_jsonl
from askdoc.load.markdown import load_markdown
from askdoc.load.mht import load_mht
from askdoc.load.ods import load_fods, load_ods
from askdoc.load.odt import load_fodt, load_odt
from askdoc.load.pdf import load_pdf
from askdoc.load.plain import load_plain
from askdoc.load.pptx import load_pptx
from askdoc.load.rtf import load_rtf
from askdoc.load.subtitles import load_subtitles
from askdoc.load.xlsx import load_xlsx
from askdoc.model import Document

Loader = Callable[[bytes, str], Document]

LOADERS: dict[str, Loader] = {
    ".txt": load_plain,
    ".text": load_plain,
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".html": load_html,
    ".htm": load_html,
    ".xhtml": load_html,
    ".mht": load_mht,
    ".mhtml": load_mht,
    ".eml": load_eml,
    ".mbox": load_mbox,
    ".srt": load_subtitles,
    ".vtt": load_subtitles,
    ".docx": load_docx,
    ".docm": load_docx,
    ".dotx": load_docx,
    ".odt": load_odt,
    ".ott": load_odt,
    ".fodt": load_fodt,
    ".rtf": load_rtf,
    ".epub": load_epub,
    ".pdf": load_pdf,
    ".csv": load_csv,
    ".tsv": load_csv,
    ".json": load_json,
    ".jsonl": load_jsonl,
    ".ndjson": load_jsonl,
    ".pptx": load_pptx,
    ".pptm": load_pptx,
    ".ppsx": load_pptx,
    ".potx": load_pptx,
    ".xlsx": load_xlsx,
    ".xlsm": load_xlsx,
    ".xltx": load_xlsx,
    ".ods": load_ods,
    ".ots": load_ods,
    ".fods": load_fods,
}
"""Suffix, in lower case, to loader; load_plain reads any other file that proves to be text."""


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
    return f"askdoc reads {', '.join(sorted(LOADERS))} and any other file that is plain text."
