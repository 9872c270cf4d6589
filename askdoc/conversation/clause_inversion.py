"""Questions taken apart, and "Who sold the mill?" with its answer turned round: "did Pell sell".

A fragment like "Why?" or "For how much?" goes in front of what is left.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc.conversation.history import says_something
from askdoc.english import word_classes as en
from askdoc.english.verbs import PARTICIPLES, PAST_OF, PASTS

_SHORT_ANSWER = 8  # words
_LONGEST_AGENT = 6
_NO_AGENT = en.PREPOSITIONS | {"because", "when"}
_ENDS_PHRASE = _NO_AGENT - {"of"} | en.CONJUNCTIONS | {"that", "which", "who", "while"}
_AUXILIARIES = en.AUXILIARIES - en.DO
# "In which year did the mill close?", "Did Marsh sell it?"
_CLAUSE = re.compile(
    rf"\W*(?:(?P<asked>(?:{en.PREPOSITION} )?{en.QUESTION_WORD}"
    rf"(?: (?!{en.AUXILIARY}\b)[^? ]+){{0,4}}?) )?"
    rf"(?P<auxiliary>{en.AUXILIARY}(?:n['’]t)?|won['’]t|can['’]t) (?P<rest>[^?]+?)\W*",
    re.I,
)
# "And who sold the mill?"
_SUBJECT = re.compile(
    r"\W*(?:and )?(?:who|what) (?!else\b)(?P<verb>[a-z]+) (?P<rest>[^?]+?)\W*", re.I
)
_HAPPENS = re.compile(r"\b(?:happen|happens|happened|became of|become of)\b", re.I)


class Clause(NamedTuple):
    """A question in parts: "How long", "did", "Jonas Pell live there"; `asked` may be ""."""

    asked: str
    auxiliary: str
    rest: str

    @property
    def is_copular(self) -> bool:
        """True where something is something, and nothing is done: "is the roof red"."""
        copula = self.auxiliary in en.BE
        return copula and not any(map(is_participle, self.rest.split()))


def parse(question: str) -> Clause | None:
    """The parts of a question with an auxiliary and a subject, None where it has none."""
    found = _CLAUSE.fullmatch(question)
    # "What will happen to it?" asks for the subject.
    if found is None or found["rest"].split()[0].lower() in PAST_OF:
        return None
    return Clause(found["asked"] or "", found["auxiliary"].lower(), found["rest"])


def clipped(answer: str) -> str:
    """A short answer to be put into a question: whole, or up to where a phrase ends; or ""."""
    short = answer.strip().rstrip(" .,;:")
    words = short.split()
    if len(words) <= _SHORT_ANSWER:
        return short
    ends = [at for at in range(2, _SHORT_ANSWER + 1) if words[at].lower() in _ENDS_PHRASE]
    return " ".join(words[: ends[-1]]).rstrip(" ,;:") if ends else ""


def inverted(before: str, answer: str) -> Clause | None:
    """A question for the agent with its answer in place, None where it is no such question."""
    asked = _SUBJECT.fullmatch(before)
    agent = _agent(answer)
    if asked is None or not agent or _HAPPENS.search(before):
        return None
    verb, rest = asked["verb"].lower(), asked["rest"]
    if verb in _AUXILIARIES:
        first = rest.split()[0].lower()
        if verb in en.BE and not (is_participle(first) or first in ("for", "against")):
            return None
        return Clause("", verb, f"{agent} {rest}")
    if verb in PASTS:
        return Clause("", "did", f"{agent} {PASTS[verb]} {rest}")
    return None


def is_participle(word: str) -> bool:
    """True of what may stand behind "was": "sold", "opened"."""
    return word.lower() in PARTICIPLES or word.lower().endswith("ed")


def _agent(answer: str) -> str:
    """The answer as a subject, "" for what is none."""
    words = clipped(answer).split() if says_something(answer) else []
    acts = [at for at, word in enumerate(words) if at and word in _AUXILIARIES | PASTS.keys()]
    words = words[: acts[0]] if acts else words
    if not words or len(words) > _LONGEST_AGENT or words[0].lower() in _NO_AGENT | en.PERSONAL:
        return ""
    short = " ".join(words)
    if words[0] in PASTS or words[0] in en.BE:
        return ""
    if words[0].lower() in en.ARTICLES | en.POSSESSIVES:
        return f"{short[0].lower()}{short[1:]}"
    return short if short[0].isupper() else f"the {short}" if short[0].isalpha() else ""
