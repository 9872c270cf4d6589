"""The forms of an English word that stand in texts for it: "sold" for "sell", "children", "colour".

Terms are stems, which unite most forms, but neither irregular ones ("went") nor spellings, and now
and then not even "bus" and "buses". Who says that a word stands nowhere has to know of all of them;
so what might be a form counts as one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from askdoc.english.analyzer import terms
from askdoc.english.verbs import ALL_PARTICIPLES, ALL_PASTS, PAST_OF

# Beside the verbs of `askdoc.english.verbs`: forms that no rule makes, each group of one word.
_GROUPS = """
arise arose arisen; beat beaten; bet; bid bade bidden; bind bound; dream dreamt; fling flung;
forecast; foresee foresaw foreseen; forgive forgave forgiven; grind ground; hang hung hanged; lean
leant; learn learnt; mistake mistook mistaken; prove proven; quit; rid; saw sawn; sew sewn; shed;
sling slung; smell smelt; sow sown; speed sped; spell spelt; spill spilt; spit spat; spoil spoilt;
stick stuck; sting stung; stink stank stunk; stride strode; strive strove striven; swell swollen;
swing swung; thrust; tread trod trodden; undergo underwent undergone; uphold upheld; upset; weave
wove woven; wed; wind wound; wring wrung; child children; man men; woman women; person people
persons; foot feet; tooth teeth; goose geese; mouse mice; louse lice; ox oxen; die dice; penny pence
pennies; life lives; wife wives; knife knives; leaf leaves; half halves; calf calves; shelf shelves;
wolf wolves; loaf loaves; thief thieves; hoof hooves; wharf wharves; scarf scarves; self selves;
roof rooves; dwarf dwarves; analysis analyses; basis bases; crisis crises; thesis theses; hypothesis
hypotheses; diagnosis diagnoses; prognosis prognoses; synthesis syntheses; axis axes; oasis oases;
criterion criteria; phenomenon phenomena; datum data; medium media; bacterium bacteria; curriculum
curricula; memorandum memoranda; addendum addenda; erratum errata; stratum strata; index indices;
appendix appendices; matrix matrices; vertex vertices; alumnus alumni; fungus fungi; nucleus nuclei;
radius radii; stimulus stimuli; locus loci; cactus cacti; formula formulae; larva larvae; antenna
antennae; vertebra vertebrae; genus genera; corpus corpora; opus opera; bureau bureaux; plateau
plateaux; good well better best; bad worse worst ill; little less least; much many more most; far
farther further farthest furthest; old elder eldest; late later latter last latest; near next
nearest
"""
# Two spellings of one word: what stands at its end or in it, either way.
_SPELLINGS = (
    (r"our", "or"), (r"or", "our"), (r"is(?=e|ing|ation)", "iz"), (r"iz(?=e|ing|ation)", "is"),
    (r"ys(?=e|ing)", "yz"), (r"yz(?=e|ing)", "ys"), (r"re$", "er"), (r"er$", "re"),
    (r"ence$", "ense"), (r"ense$", "ence"), (r"ogue$", "og"), (r"og$", "ogue"), (r"mme$", "m"),
    (r"m$", "mme"), (r"ll", "l"), (r"l(?=ed|ing|er|or)", "ll"), (r"l$", "ll"), (r"[ao]e", "e"),
    (r"ph", "f"), (r"gement", "gment"), (r"gment", "gement"), (r"que", "ck"),
)  # fmt: skip
_ENDINGS = ("s", "es", "d", "ed", "ing")
_SIBILANT = re.compile(r"(?:[sxz]|[cs]h)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
# "plan" doubles its last letter, "plain" does not.
_DOUBLING = re.compile(r"(?:^|[^aeiou])[aeiouy]([^aeiouwxy])$")
# What a word is without its ending, where it may be of a group or a comparative.
_ENDED = re.compile(r"(?P<y>i(?:es|ed|er|est))$|(?P<compared>er|est)$|(?:es|s|ed|d|ing)$")
_SHORTEST = 3


@lru_cache(maxsize=2_000)
def forms(word: str) -> frozenset[str]:
    """The terms of a word, and of whatever may be a form or another spelling of it."""
    plain = word.lower()
    bare = {plain, *(plain.removesuffix(ending) for ending in _ENDINGS)}
    bases = {re.sub(pattern, other, one) for one in bare for pattern, other in _SPELLINGS} - bare
    bases.add(plain)
    for one in list(bases):
        bases |= _without_ending(one)
    for one in list(bases):
        bases |= _groups().get(one, frozenset())
    every = bases | {ended for one in bases for ended in _with_endings(one)}
    return frozenset(term for one in (word, *sorted(every)) for term in terms(one))


def _without_ending(word: str) -> set[str]:
    """What a word may be a form of, as far as its term does not tell."""
    ended = _ENDED.search(word)
    if ended is None or ended.start() < _SHORTEST - 1:
        return set()
    stem = word[: ended.start()]
    if ended["y"]:
        return {stem + "y"}
    found = {stem, stem + "e"} | ({stem[:-1]} if stem[-1] == stem[-2] else set())
    if ended["compared"] or (ended.group() == "es" and _SIBILANT.search(stem)):
        return found
    # Of all others stems are as good.
    return {one for one in found if one in _groups()}


def _with_endings(word: str) -> list[str]:
    """The forms that rules make of a word."""
    endings = ("ed", "ing", "er", "est")
    if _CONSONANT_Y.search(word):
        return [word[:-1] + ending for ending in ("ies", "ied", "ier", "iest")] + [word + "ing"]
    if word.endswith("e"):
        return [word + ending for ending in ("s", "d", "r", "st")] + [word[:-1] + "ing"]
    plural = word + ("es" if _SIBILANT.search(word) else "s")
    doubled = word + word[-1:] if _DOUBLING.search(word) else word
    return [plural, *(stem + ending for stem in {word, doubled} for ending in endings)]


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Each irregular form -> all of its word."""
    groups = [frozenset(group.split()) for group in _GROUPS.split(";")]
    # "Fed" and "sought", but not "walked".
    irregular = (
        (base, past)
        for past, base in ALL_PASTS.items()
        if not past.endswith("ed") or len(past) <= len(base)
    )
    for base, past in (*PAST_OF.items(), *irregular):
        participles = {one for one, of in ALL_PARTICIPLES.items() if of == past}
        groups.append(frozenset({base, past, *participles}))
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        for form in group:
            found[form] = found.get(form, frozenset()) | group
    return found
