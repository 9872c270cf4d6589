"""What a document says of itself once, for all of its sentences.

A contract says "this Agreement" and "the Company"; a question asks "under the Bramble Cloud Terms"
and "of Orrin Ltd". What the file is called, its title, and the parties that it defines need not
stand again in the sentence that answers.
"""

from __future__ import annotations

import re
from weakref import WeakKeyDictionary

from askdoc.english.analyzer import name_in_words, terms
from askdoc.model import Document
from askdoc.read.context import title_of

# In code points: as far down as parties are defined and a company's name stands.
_OPENING = 3000
_WORD = r"[A-Z][\w&'’.-]{0,30}"
_NAME = rf"(?<![\w&'’.-]){_WORD}(?:[ ,]{{1,3}}(?:(?:of|and|the|de|du|van|von|&)[ ])?{_WORD}){{0,6}}"
# "Orrin Ltd", "Bramble Cloud, Inc."
_COMPANY = re.compile(
    rf"({_NAME}),?[ ]+(?:Ltd|Limited|Inc|Incorporated|Corp|Corporation|Company|Co|LLC|L\.L\.C|LLP"
    r"|LP|PLC|plc|GmbH|AG|SE|S\.A|SA|N\.V|NV|B\.V|BV|AB|AS|ASA|Oy|Oyj|S\.p\.A|Pty|Trust|Association"
    r"|Foundation|University|Council|Society|Cooperative|Club)\b"
)
# 'Jane Roe ("the Tenant")', 'Jane Roe (the "Tenant")', 'Jane Roe (hereinafter "Tenant")'
_DEFINED = re.compile(
    rf"({_NAME})[^()\"“”\n]{{0,80}}\((?:the |each,? |hereinafter |hereafter |together )*"
    r"[\"“](?:the )?[A-Z][\w ]{0,40}[\"”]\)"
)

_known: WeakKeyDictionary[Document, frozenset[str]] = WeakKeyDictionary()


def said_terms(document: Document) -> frozenset[str]:
    """The terms that count as said in each sentence of a document."""
    found = _known.get(document)
    if found is None:
        opening = document.opening(_OPENING)
        found = _said(document.source, title_of(document), opening)
        _known[document] = found
    return found


def _said(source: str, title: str, opening: str) -> frozenset[str]:
    parties = [match[1] for of in (_COMPANY, _DEFINED) for match in of.finditer(opening)]
    return frozenset(terms("\n".join((name_in_words(source), title, *parties))))
