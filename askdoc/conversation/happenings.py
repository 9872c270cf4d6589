"""What "it" is after "What did Marsh propose?": Marsh's proposal.

Such a question names no thing that "it" could be, but what it asks for is one: the noun that goes
with its verb, or where there is none "what Marsh built".
"""

from __future__ import annotations

import re

from askdoc.conversation.mentions import Name, names, possessive
from askdoc.verbs import PARTICIPLES, PAST_OF, PASTS

_NOUNS = dict(
    pair.split(":")
    for pair in (
        "accuse:accusation admit:admission advise:advice agree:agreement announce:announcement "
        "answer:answer apologize:apology appeal:appeal apply:application argue:argument "
        "ask:request attempt:attempt award:award choose:choice claim:claim comment:comment "
        "complain:complaint conclude:conclusion decide:decision declare:declaration "
        "demand:demand deny:denial describe:description discover:discovery donate:donation "
        "explain:explanation give:gift invent:invention offer:offer order:order plan:plan "
        "predict:prediction promise:promise propose:proposal purchase:purchase "
        "recommend:recommendation refuse:refusal reply:reply report:report request:request "
        "respond:response state:statement suggest:suggestion threaten:threat warn:warning"
    ).split()
)
_ASKED = re.compile(
    r"\W*(?:(?:and|but|so) )?(?:(?P<what>what)|(?P<polar>did|does|has|have|had|will|would)) "
    r"(?P<rest>[^?]+?)\W*",
    re.I,
)
_DETERMINERS = frozenset("the a an this that his her its their my our your".split())
_AUXILIARY = re.compile(r"(?:did|does|do|has|have|had|will|would|is|was) ", re.I)
_LONGEST_REST = 4  # words behind the verb that are taken along


def asked_for(question: str) -> Name | None:
    """The thing that a question asks for, None where it asks for no such thing.

    "What did Marsh offer the town?" asks for Marsh's offer, and so does "Did Marsh offer help?".
    """
    asked = _ASKED.fullmatch(question)
    if asked is None:
        return None
    rest = asked["rest"]
    if asked["what"]:
        auxiliary = _AUXILIARY.match(rest)
        if auxiliary is None:
            return None
        rest = rest[auxiliary.end() :]
    doer, words = _doer(rest)
    verb = _base(words[0]) if words else ""
    if not doer or not verb:
        return None
    noun = _NOUNS.get(verb)
    if noun is not None:
        return Name(f"{possessive(doer)} {noun}", "thing", None, False)
    if not asked["what"] or len(words) > 1 + _LONGEST_REST:
        return None
    return Name(" ".join(["what", doer, PAST_OF[verb], *words[1:]]), "thing", None, False)


def _doer(rest: str) -> tuple[str, list[str]]:
    """Who or what does it, and the words from the verb on: a name, or "the" with some words."""
    for name in names(f"x {rest}")[:1]:
        before = rest[: name.start - 2].lower()
        if before in ("", "the "):
            return before + name.text, rest[name.end - 2 :].split()
    words = rest.split()
    if words[0].lower() not in _DETERMINERS:
        return "", []
    verbs = [at for at, word in enumerate(words[: 2 + _LONGEST_REST]) if at > 1 and _base(word)]
    return (" ".join(words[: verbs[0]]), words[verbs[0] :]) if verbs else ("", [])


def _base(verb: str) -> str:
    """The base form, "" of what is no form of a common verb."""
    low = verb.lower()
    if low in PAST_OF or low in _NOUNS:
        return low
    return PASTS.get(PARTICIPLES.get(low, low), "")
