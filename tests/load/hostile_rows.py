"""The table of files that are broken on purpose, and what askdoc is to say of each."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from packing import sample

from lab.fuzzing.hostile import files
from lab.fuzzing.hostile.files import FEWER, LAMP, MAIN, MANY

READ = "read like any other"
SILENT = "passed over without a word"

PIPE = "To read from a pipe, give - and pipe it in."
DAMAGED = "It may be damaged: open it in its own program and save it again, or as plain text."
ALONE = "Split it, or name it alone to try again: then it may take 4 times as long."
SMALLER = "Save it as plain text, or split it into smaller files."
ELSEWHERE = "Check it, or copy it elsewhere and name the copy."
NOT_TEXT = "Save it as text, Markdown or HTML, or leave it out."
SOME = "Give a file that has some, or leave this one out."
SPLIT = "Split it into smaller files."
WHOLE = "Get a whole copy of it, or leave it out."
OUT = "No program writes such files; leave it out."
UNLOCKED = "Save a copy without a password and name that."
IN_PARTS = "Split it into smaller parts, or leave it out."
LOCKED = "it is protected by a password"
DEEP = "its XML is nested more than 256 deep"
DEEP_JSON = "it is nested more than 200 deep"
ENTITIES = "its XML declares entities or a document type, which documents do not need"
TRUSTED = "Open it in the program that made it and save it again, if you trust it."
NO_PAGE = "the PDF is damaged, and no page of it can be read"
AGAIN = "Get the file again."


class Row(NamedTuple):
    """A file's name, what makes it, what is said of it (READ, SILENT), and what it is advised."""

    name: str
    make: Callable[[Path], object]
    what: str
    remedy: str = ""


def put(content: bytes | str) -> Callable[[Path], object]:
    data = content.encode() if isinstance(content, str) else content
    return lambda path: path.write_bytes(data)


def link(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        # Bound by a short name: the whole path may be too long for a socket's.
        before = Path.cwd()
        os.chdir(path.parent)
        try:
            server.bind(path.name)
        finally:
            os.chdir(before)


def _nested_folders(path: Path) -> None:
    for _ in range(200):
        path.mkdir()
        path /= "d"
    path.with_name("leaf.txt").write_text(LAMP)


def _closed(path: Path) -> None:
    path.write_text(LAMP)
    path.chmod(0)


def _other_kind(name: str, content: bytes | str, words: str, suffix: str) -> Row:
    said = f"it is {words}, whatever its name says"
    return Row(name, put(content), said, f"Give its name the suffix {suffix}.")


def _archives() -> Iterator[Row]:
    """What is done to each format that is a zip archive."""
    for name in MAIN:
        suffix = name[name.index(".") :]
        whole = sample(name)
        yield _other_kind(f"text{suffix}", LAMP, "plain text", ".txt")
        yield _other_kind(f"page{suffix}", files.page(""), "a web page", ".html")
        yield Row(f"nothing{suffix}", put(b""), "there is no text in it", SOME)
        yield Row(f"cut{suffix}", put(whole[: len(whole) // 2]), "the file is damaged", WHOLE)
        yield Row(f"locked{suffix}", put(files.encrypted(whole)), LOCKED, UNLOCKED)
        if suffix not in (".xlsx", ".ods"):  # These are read in pieces, and blanks do no harm.
            bomb = put(files.flat_bomb(name))
            yield Row(f"bomb{suffix}", bomb, "it unpacks to more than 64 MiB", SPLIT)
        laughs, outside, nested = (
            put(files.changed(name, change))
            for change in (files.billion_laughs, files.external_entity, files.nested_xml)
        )
        # A book's chapters are pages: no entity is known there, and nesting does no harm.
        page = suffix == ".epub"
        yield Row(f"laughs{suffix}", laughs, *((READ,) if page else (ENTITIES, TRUSTED)))
        yield Row(f"outside{suffix}", outside, *((READ,) if page else (ENTITIES, TRUSTED)))
        yield Row(f"nested{suffix}", nested, *((READ,) if page else (DEEP, OUT)))


_MIME = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
_CUE = "00:00:01.000 --> 00:00:02.000\n"
_QUOTED = LAMP.strip()
_FLAT = sample("lease.fodt")
_WORD = sample("survey.docx")
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)

SPECIAL = [
    Row("pipe.txt", os.mkfifo, "not a regular file", PIPE),
    Row("pipe.html", os.mkfifo, "not a regular file", PIPE),
    Row("sock.md", _socket, "not a regular file", PIPE),
    Row("zero.txt", link("/dev/zero"), "not a regular file", PIPE),
    Row("random.pdf", link("/dev/urandom"), "not a regular file", PIPE),
    Row("terminal.crash", link("/dev/tty"), "not a regular file", PIPE),
    Row("loop.txt", link("loop.txt"), "too many levels of symbolic links", ELSEWHERE),
    Row("gone.txt", link("nowhere"), "a link to what is not there", "Mend or remove the link."),
    Row("up", link("."), SILENT),
    Row("deep", _nested_folders, READ),
    Row("caf\udce9.txt", put(LAMP), READ),
    Row("caf\udce9.docx", put(files.escaping("./")), READ),
    Row("\x1b[31mred\n.txt", put(LAMP), READ),
    Row("nul.html", put(bytes(2**21)), "not a text file", NOT_TEXT),
    Row("nothing.txt", put(b""), "there is no text in it", SOME),
    Row("nothing.pdf", put(b""), "there is no text in it", SOME),
    Row("nothing.json", put(b""), "there is no text in it", SOME),
    Row("a.crash", put("x"), "reading it crashed", DAMAGED),
    Row("a.bug", put("x"), "reading it crashed", DAMAGED),
    Row("a.hang", put("x"), "reading it took longer than 2 s of processor time", ALONE),
    Row("a.hunger", put("x"), "reading it needs more than 1 GiB of memory", SMALLER),
    Row("a.vanishing", put(LAMP), "no such file or folder", "Check the name."),
    Row("a.sound", put(LAMP), READ),
    Row("b.sound", put(LAMP), READ),
]
if os.geteuid() != 0:  # nothing is closed to root
    SPECIAL.append(Row("closed.txt", _closed, "permission denied", "Ask for the right to read it."))

NESTED = [
    Row("nested.html", put(files.page("<div>" * FEWER + "</div>" * FEWER)), READ),
    Row("nested.xhtml", put(files.page("<b>" * FEWER)), READ),
    Row("unclosed.html", put(f"<p>{LAMP}</p>" + "<table><tr><td>" * FEWER), READ),
    Row("nested.mht", put(_MIME.encode() + files.page("<div>" * FEWER)), READ),
    Row("nested.eml", put(files.multiparts(LAMP)), READ),
    Row("nested.mbox", put("From a@b Thu Jan  1 00:00:00 1970\n" + files.multiparts(LAMP)), READ),
    Row("quotes.md", put(">" * MANY + LAMP), READ),
    Row("brackets.md", put(f"{LAMP}\n" + "[" * MANY), READ),
    Row("stars.md", put(f"{LAMP}\n" + "*a " * MANY), READ),
    Row(
        "nested.rtf",
        put(r"{\rtf1 " + "{" * MANY + LAMP + "}" * MANY + "}"),
        "its groups are nested more than 10000 deep",
        OUT,
    ),
    Row("nested.json", put("[" * MANY + f'"{_QUOTED}"' + "]" * MANY), DEEP_JSON, IN_PARTS),
    Row("objects.json", put('{"a":' * MANY + "1" + "}" * MANY), DEEP_JSON, IN_PARTS),
    Row("nested.jsonl", put("[" * MANY + "]" * MANY), DEEP_JSON, IN_PARTS),
    Row("nested.csv", put(f"a,b\n{_QUOTED},x\n" + '"' * MANY), READ),
    Row("nested.srt", put(f"1\n{_CUE}" + "<i>" * MANY + LAMP), READ),
    Row("nested.vtt", put(f"WEBVTT\n\n{_CUE}" + "<c>" * MANY + LAMP), READ),
    Row("nested.fodt", put(files.nested_xml(_FLAT)), DEEP, OUT),
    Row("states.pdf", put(files.pdf(b"q " * MANY)), READ),
    Row("arrays.pdf", put(files.pdf(b"[" * MANY)), READ),
    Row("boxes.pdf", put(files.pdf().replace(b"[0 0", b"[" * MANY + b"]" * MANY + b"[0 0")), READ),
    Row("kids.pdf", put(files.pdf().replace(b"[4 0 R]", b"[2 0 R]")), NO_PAGE, AGAIN),
]
DECLARED = [
    Row("laughs.fodt", put(files.billion_laughs(_FLAT)), ENTITIES, TRUSTED),
    Row("outside.fodt", put(files.external_entity(_FLAT)), ENTITIES, TRUSTED),
    Row("laughs.xhtml", put(files.billion_laughs(files.page(""))), READ),
    Row("laughs.svg", put(files.billion_laughs(files.drawing())), READ),
    Row("outside.svg", put(files.external_entity(files.drawing())), READ),
]
PACKED = [
    Row("protected.docx", put(files.protected_office()), LOCKED, UNLOCKED),
    Row("protected.xlsx", put(files.protected_office()), LOCKED, UNLOCKED),
    Row("nested bomb.zip", put(files.nested_bomb()), SILENT),
    Row(
        "nested bomb.docx",
        put(files.nested_bomb()),
        "not a Word document, or a damaged one",
        "Check what it is, or leave it out.",
    ),
    Row("locked.zip", put(files.encrypted(_WORD)), SILENT),
    Row("leaves.docx", put(files.escaping("../../")), READ),
    Row("absolute.docx", put(files.escaping("/")), READ),
    Row("twice.docx", put(files.twice()), READ),
]
PDFS = [
    Row("cut.pdf", put(files.cut_pdf()), NO_PAGE, AGAIN),
    Row("tail lost.pdf", put(files.pdf()[:-20]), READ),
    Row("garbage.pdf", put(b"%PDF-1.4\n" + b"x" * 500), NO_PAGE, AGAIN),
    Row("locked.pdf", put(files.LOCKED), LOCKED, "Save it without one, and give that file."),
    Row("owned.pdf", put(files.OWNED), READ),
]
MISNAMED = [
    Row("png.pdf", put(_PNG), "it is no PDF, whatever its name says", "Give the PDF itself."),
    Row("png.txt", put(_PNG), "not a text file", NOT_TEXT),
    _other_kind("pdf.txt", files.pdf(), "a PDF", ".pdf"),
    _other_kind("pdf.html", files.pdf(), "a PDF", ".pdf"),
    _other_kind("pdf.eml", files.pdf(), "a PDF", ".pdf"),
    _other_kind("pdf.docx", files.pdf(), "a PDF", ".pdf"),
    _other_kind("page.pdf", files.page(""), "a web page", ".html"),
    _other_kind("rtf.txt", r"{\rtf1 Text}", "an RTF document", ".rtf"),
    _other_kind("rtf.docx", r"{\rtf1 Text}", "an RTF document", ".rtf"),
    _other_kind("text.rtf", LAMP, "plain text", ".txt"),
    _other_kind("word.pdf", _WORD, "a Word document", ".docx"),
    _other_kind("word.xlsx", _WORD, "a Word document", ".docx"),
    _other_kind("word.csv", _WORD, "a Word document", ".docx"),
    _other_kind("sheet.docx", sample("harbour.xlsx"), "an Excel workbook", ".xlsx"),
    _other_kind("slides.odt", sample("talk.pptx"), "a PowerPoint presentation", ".pptx"),
    _other_kind("book.odt", sample("survey.epub"), "an electronic book", ".epub"),
    _other_kind("odt.docx", sample("survey.odt"), "an OpenDocument text", ".odt"),
    _other_kind("ods.odt", sample("harbour.ods"), "an OpenDocument spreadsheet", ".ods"),
]
TABLE = [*SPECIAL, *NESTED, *DECLARED, *PACKED, *_archives(), *PDFS, *MISNAMED]
