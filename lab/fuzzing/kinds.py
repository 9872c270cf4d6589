"""How each kind of file is broken: its tokens, its words, and which edits suit it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from lab.fuzzing.archives import AnyGrowth, ArchiveGrowth, edit_archive
from lab.fuzzing.edits import TokenEdits, edit_bytes
from lab.fuzzing.json_values import edit_json
from lab.fuzzing.markup import edit_markup, grow_markup
from lab.fuzzing.pdfs import edit_pdf, grow_pdf
from lab.fuzzing.samples import archives, known_names, samples

ARCHIVES = (".docx", ".pptx", ".xlsx", ".odt", ".ods", ".odp", ".epub")
_FLAT = (".fodt", ".fods", ".fodp")

_TAGS = tuple(
    b"<p> </p> <h1> </h1> <h2> <div> </div> <table> </table> <tr> </tr> <td> <td rowspan=65534> "
    b"<td colspan=9999> <th> <ul> <ol> <ol start=-5> <li> </li> </ul> <dl> <dt> <dd> <pre> </pre> "
    b"<br> <hr> <a> </a> <span> <b> </b> <title> </title> <nav> <aside> <main> <article> <header> "
    b"<footer> <script> </script> <style> </style> <template> <svg> </svg> <math> <select> "
    b"<option> <textarea> <noscript> <iframe> <frameset> <caption> <details> <summary> <ruby> <rt> "
    b"<img> <!-- --> <!--> <! <? <![CDATA[ ]]> <!DOCTYPE < > </ /> & &# &#x &amp &amp; &lt; &#65; "
    b"&notit; &#xD800; = \" ' hidden style=display:none class=nav charset=utf-7 charset=x".split()
)
_MAIL = (
    *b"From: From To: Cc: Subject: Date: MIME-Version: Content-Type: Content-Transfer-Encoding: "
    b"Content-Disposition: Content-ID: Received: text/plain text/html text/rtf application/pdf "
    b"message/rfc822 message/partial message/delivery-status multipart/mixed multipart/digest "
    b"multipart/related multipart/alternative multipart/signed application/octet-stream base64 "
    b"quoted-printable 7bit 8bit binary x-uuencode attachment inline boundary= boundary=\"\" "
    b"boundary=\"a\" filename=a.docx filename*=utf-8''%ff filename*0*=a filename*1=b "
    b"name=\"a.zip\" format=flowed delsp=yes charset= -- --a --a-- =?utf-8?b?4pyTIMOg? "
    b"=?utf-8?q?=ff?= =?x?q?a?= = =3D =ZZ <a@b> \"a\" ( ) : ; , @ > >> utf-8 utf-7 utf-16 "
    b"utf-32 us-ascii iso-8859-2 iso-2022-jp gb2312 cp037 idna punycode rot13 hex zip bz2 uu "
    b"undefined "
    b"unicode_escape mbcs raw_unicode_escape oem unknown-8bit x-none".split(),
    b"\r\n", b"\n", b"\r", b"\r\n\r\n", b"\n ", b"\n\t", b"\n\n", b"\n-- \n", b"\nFrom a@b\n",
    b"=\r\n", b"begin 644 a.txt\n", b"<a@b>, (c", b"Mon, 32 Foo 99999 25:61:61 +9999",
)  # fmt: skip
_RTF = tuple(
    rb"{ } \ \par \pard \plain \tab \cell \row \trowd \cellx \intbl \itap \nestcell \nestrow "
    rb"\nesttableprops \clmgf \clmrg \clvmgf \clvmrg \trhdr \bin \bin9 \bin-1 \bin2147483647 \u "
    rb"\u-1 \u55357 \u56832 \u65536 \u-99999 \uc \uc0 \uc9999 \uc-1 \upr \ud \'ff \'zz \'e \' \mac "
    rb"\ansicpg \ansicpg932 \ansicpg65001 \ansicpg1200 \ansicpg99999 \deff \f \fcharset128 \pc "
    rb"\fcharset2 \fcharset255 \fonttbl \stylesheet \s \outlinelevel \sbasedon \listtext \pntext "
    rb"\listtable \ls \ilvl \levelnfc \v \v0 \deleted \* \footnote \field \fldinst \fldrslt \shp "
    rb"\shptxt \shpinst \object \result \header \info \title \page \sect \column \line \~ \_ \- "
    rb"\| \: \rtf1 \ansi \pca \objdata \pict \caps \b \i \ltrch \chpgn \annotation \mmath".split()
)
_JSON = (
    *b'{ } [ ] , : " "a": {"a": [[ {} [] "" null true false NaN -Infinity 1e999 -0 -'.split(),
    b"\\u0000", b"\\ud800", b"\\", b"\n", b"9" * 5000, b'"\\ud83d\\ude00"', b'{"a":[1,{"b":2}]}',
)  # fmt: skip
_CSV = (
    b",", b";", b"\t", b"|", b'"', b'""', b'"""', b"\n", b"\r\n", b"\r", b"'", b"a,b\n", b'"\n',
    b"sep=;\n", b",,,,,", b"1,5", b"1.5", b"2026-01-01", b"\\", b'"a', b'a"', b" ", b"\x00",
)  # fmt: skip
_TIMES = (
    b"-->", b" --> ", b"00:00:01,000", b"99:99:99,999", b"00:01.000 --> 00:00.000", b"-1:00:00.0",
    b"WEBVTT", b"NOTE", b"STYLE", b"REGION", b"\n", b"\n\n", b"\r\n", b"\r",
    b"1", b"<v A>", b"</v>", b"<c.x>", b"<00:07.100>", b"<i>", b"{\\an8}", b"&amp;", b"&", b"<",
    b">",
    b"{", b"}", b"::cue(",
)  # fmt: skip
_MARKDOWN = (
    *b"# ## ###### === --- *** ``` ~~~ > >> - + * 1. 1) 999999999. 0. [ ] ( ) [a]: [^1]: ![ ](a) "
    b"<http://a> **a** __ _ ` `` ~~ | |-| |:-:| \\ <b> </b> <!-- --> &amp; {#a} :: $$ :::".split(),
    b"\n", b"\n\n", b"    ", b"\t", b"  \n", b"\r\n", b"\x0c",
)  # fmt: skip

_RECORDS = (
    b"\x09\x08\x10\x00", b"\x0a\x00\x00\x00", b"\x04\x02", b"\x03\x02", b"\xfc\x00", b"\xfd\x00",
    b"\x3c\x00", b"\x85\x00", b"\xe5\x00", b"\xff\xff", b"\x00\x00", b"\xff\x7f", b"\x08\x02",
    b"\x06\x00",
)  # fmt: skip

_TOKENS = {
    ".txt": TokenEdits(rb"\w+|\s+", _MARKDOWN),
    ".doc": TokenEdits(rb"\w+|\s+", _MARKDOWN),
    ".xls": TokenEdits(rb"(?s)[\x04\x05\x06]\x02|.", _RECORDS),
    ".md": TokenEdits(rb"\w+|[^\w\s]+|\n|[^\S\n]+", _MARKDOWN),
    ".html": TokenEdits(rb"<[^<>]*>|[^<>\s]+|\s+", _TAGS),
    ".mht": TokenEdits(rb"[\w+/-]+|\r?\n|[^\w\r\n]", _MAIL),
    ".eml": TokenEdits(rb"[\w+/-]+|\r?\n|[^\w\r\n]", _MAIL),
    ".mbox": TokenEdits(rb"[\w+/-]+|\r?\n|[^\w\r\n]", _MAIL),
    ".rtf": TokenEdits(rb"\\[a-z]+-?\d* ?|\\'..|\\.|[{}]|[^\\{}]+", _RTF),
    ".json": TokenEdits(rb'"(?:\\.|[^"\\])*"|[-+\w.]+|\s+', _JSON),
    ".jsonl": TokenEdits(rb'"(?:\\.|[^"\\])*"|[-+\w.]+|\s+', _JSON),
    ".ipynb": TokenEdits(rb'"(?:\\.|[^"\\])*"|[-+\w.]+|\s+', _JSON),
    ".csv": TokenEdits(rb"[^,\"\r\n]+|\r?\n", _CSV),
    ".tsv": TokenEdits(rb"[^\t\"\r\n]+|\r?\n", _CSV),
    ".srt": TokenEdits(rb"\d+|\w+|\n|<[^>]*>", _TIMES),
    ".vtt": TokenEdits(rb"\d+|\w+|\n|<[^>]*>", _TIMES),
}
KINDS = (*_TOKENS, *ARCHIVES, *_FLAT, ".pdf")
"""The suffixes that have a way of being broken, one for each loader."""


def broken(suffix: str, rng: Random) -> bytes:
    """A sample of this kind, broken in one way or several."""
    if suffix in ARCHIVES:
        choices = archives(suffix)
        return edit_archive(rng, rng.choice(choices), rng.choice(choices), known_names(suffix))
    data = rng.choice(samples(suffix))
    if suffix == ".pdf":
        return edit_pdf(rng, data)
    edits = _edits(suffix)
    for _ in range(rng.choice((1, 1, 2, 3, 5, 12))):
        data = edit_bytes(rng, data) if rng.random() < 0.2 else rng.choice(edits)(rng, data)
    return data


def growing(suffix: str, rng: Random) -> AnyGrowth:
    """A sample of this kind of which one piece grows."""
    if suffix in ARCHIVES:
        return ArchiveGrowth(rng, rng.choice(archives(suffix)))
    data = rng.choice(samples(suffix))
    if suffix == ".pdf":
        return grow_pdf(rng, data)
    if suffix in _FLAT or (suffix in (".html", ".mht") and rng.random() < 0.4):
        return grow_markup(rng, data)
    if rng.random() < 0.3:
        data = data[: rng.randrange(1, 200)]
    return _TOKENS[suffix].growth(rng, data)


def _edits(suffix: str) -> list[Callable[[Random, bytes], bytes]]:
    if suffix in _FLAT:
        names = known_names(suffix)
        return [lambda rng, data: edit_markup(rng, data, names=names)]
    tokens = _TOKENS[suffix].edit
    if suffix in (".json", ".jsonl", ".ipynb"):
        return [tokens, edit_json, edit_json, edit_json]
    return [tokens, edit_markup] if suffix in (".html", ".mht") else [tokens]
