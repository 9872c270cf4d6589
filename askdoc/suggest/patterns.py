"""Questions from whole sentences: "If the bell rings, ...", "To stop the pump, ...", "X means ...".

A part of the sentence is taken into the question word by word, and the other part answers it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from askdoc.english.analyzer import STOP_WORDS
from askdoc.english.names import KnownNames
from askdoc.english.verb_frames import is_verb
from askdoc.english.verbs import ALL_PASTS, BASES
from askdoc.english.word_classes import AUXILIARIES
from askdoc.model import Span
from askdoc.suggest.clauses import clause
from askdoc.suggest.line import Line, as_reader, stands_alone, tokens
from askdoc.suggest.subjects import is_unknown

# "If the lamp blinks, unplug the pump."
_OPENING = re.compile(
    r"(?P<word>When|After|Before|If|As soon as|Once|Whenever|While) (?P<clause>[^,;:()\"“”]{8,80}),"
    r" (?:then )?(?P<main>[^\"“”;]{10,})"
)
# "The doors close when the bell rings."
_CLOSING = re.compile(
    r"(?P<main>.{12,}?)(?<![,\d]) (?P<word>when|if|after) (?P<clause>[^,;:()\"“”.]{10,80})[.!]$"
)
_PURPOSE = re.compile(
    r"To (?P<do>(?P<verb>[a-z]+) [^,;:()\"“”]{3,60}), (?P<main>(?P<first>[a-z]+) .{6,})"
)
_BECAUSE_FIRST = re.compile(r"(?:Because|Since|As) (?P<reason>[^,;:()\"“”]{8,90}), (?=[a-zA-Z])")
_MEANS = re.compile(
    r"(?:The (?:term|word|name) )?[\"“']?(?P<name>[A-Z][\w-]*(?: [A-Za-z][\w-]*){0,2})[\"”']? "
    r"(?P<verb>mean|stand(?=s for)|refer(?=s to))s(?P<rest> for| to|) (?P<what>[^.;]{6,})"
)
_DEFINES = re.compile(
    r"[`\"]?(?P<name>[a-zA-Z][\w.+-]{1,20})[`\"]? (?:\([^()]{2,60}\) )?is "
    r"(?P<what>(?:an?|the) [a-z][^.;]{10,})"
)
_POLITE = ("please", "simply", "just", "then", "first")


def questions(line: Line, names: KnownNames) -> Iterator[tuple[str, str, Span]]:
    """The words of each question, its kind, and the span in the line that answers it."""
    yield from _conditional(line, names)
    if match := _PURPOSE.match(line.text):
        told = match["first"] == "you" or _instructs(match["main"])
        if told and match["verb"] not in STOP_WORDS | {"mean", "say"}:
            yield f"how do I {as_reader(match['do'])}", "how", Span(*match.span("main"))
    if (match := _MEANS.match(line.text)) and _is_term(match["name"], names):
        asked = f"what does {match['name']} {match['verb']}{match['rest']}"
        yield asked, "means", Span(*match.span("what"))
    if (match := _DEFINES.match(line.text)) and _is_term(match["name"], names):
        yield f"what is {match['name']}", "is", Span(*match.span("what"))
    if match := _BECAUSE_FIRST.match(line.text):
        found = clause(line, tokens(line.text), _token_at(line, match.end()), names)
        reason = any(is_verb(word) for word in match["reason"].split())
        # "Since the war ended" may say when.
        surely = found and (line.text.startswith("Because") or found.tense != "past")
        if found and reason and surely and 0 < len(found.words) <= 7:
            yield f"why {found.ask(found.text())}", "why", Span(*match.span("reason"))


def _conditional(line: Line, names: KnownNames) -> Iterator[tuple[str, str, Span]]:
    """ "When the bell rings, the doors close" -> "What happens when the bell rings?" """
    match = _OPENING.match(line.text) or _CLOSING.match(line.text)
    if match is None:
        return
    word, said, span = match["word"].lower(), match["clause"], Span(*match.span("main"))
    if _instructs(match["main"]):
        past = any(part in ALL_PASTS or part in ("was", "were", "had") for part in said.split())
        gerund = said.split()[0].endswith("ing")
        if match.re is _OPENING and word != "while" and not past and not gerund:
            asked = re.sub(r"\bI are\b", "I am", as_reader(said))
            yield f"what should I do {word} {asked}", "do", span
        return
    tense = _tense(line, said, match.start("clause"), names)
    if tense and stands_alone(said) and not (word == "if" and tense == "past"):
        yield f"what {'happened' if tense == 'past' else 'happens'} {word} {said}", "happens", span


def _tense(line: Line, said: str, start: int, names: KnownNames) -> str | None:
    """The tense of words that are a clause of their own; None where they may be none."""
    parts = said.split()
    if not re.match(r"(?:the|an?) [a-z]", said) and not names.is_name(parts[0]):
        return None
    if len(parts) > 11 or parts[-1] in STOP_WORDS - {"up", "down", "off", "out", "on"}:
        return None
    words = tokens(line.text[: start + len(said)] + " .")
    found = clause(line, words, _token_at(line, start), names)
    conditional = ("should", "would", "could", "might")
    return None if found is None or found.tense in conditional else found.tense


def _instructs(main: str) -> bool:
    """True for an imperative: "please unplug the pump"."""
    parts = main.lower().split()
    first, *others = parts[1:] if parts[0] in _POLITE and len(parts) > 1 else parts
    if first in BASES and first not in AUXILIARIES:
        return True
    verb = first.isalpha() and first not in STOP_WORDS
    verb = verb and not first.endswith(("ed", "s", "ing", "ly"))
    return verb and bool(others) and others[0] in ("the", "a", "an", "your", "all")


def _token_at(line: Line, start: int) -> int:
    """The number of the token of a line that begins at an offset."""
    return sum(token.start < start for token in tokens(line.text))


def _is_term(name: str, names: KnownNames) -> bool:
    """True for a term at a line's start that a text may define: a name or an unknown word."""
    low = name.lower()
    if not stands_alone(name) or is_verb(low) or low in STOP_WORDS:
        return False
    if not name[0].isupper():
        return is_unknown(low) or any(mark.isdigit() for mark in name)
    return names.is_name(name) or name.isupper()
