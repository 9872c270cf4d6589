"""What pages leave behind in a text, and forms of agreements that say nothing.

It weighs little, and stays citable. A sentence that only speaks of a newsletter, of cookies or of
logging in is none of it: privacy policies and manuals are about these.
"""

from __future__ import annotations

import re

_LONGEST = 160
# Wherever it stands: no sentence of a document has it.
_OF_A_PAGE = re.compile(
    r"opens? (?:in )?(?:a )?new (?:tab|window)|click here|all rights reserved|purchase licens"
    r"|\bad (?:box|choices)\b|skip to (?:the )?(?:main|content|navigation)"
    r"|\b(?:related|more) (?:stories|articles)\W*\Z"
    # The boxes that have to be clicked away.
    r"|\b(?:site|page)s?(?: also)? uses? cookies|\baccept (?:all |our )?cookies"
    r"|\bby (?:continuing|browsing|using this|signing up|subscribing|clicking)\b.*"
    r"(?:cookies|terms of (?:use|service)|privacy policy)",
    re.I,
)
# What asks a reader of the page for something, all in a few words.
_TO = (
    r"(?:\W*\Z|\W+(?:here|now|today|free|or)\b|\W+for (?:our|free|e-?mail|exclusive|alerts)\b"
    r"|\W+to (?:our|continue|read|comment|receive|unlock)\b|.*\bnewsletters?\b)"
)
_CALL = re.compile(
    rf"\W*(?:please )?(?:(?:sign|log) ?(?:up|in|on)|subscribe|register){_TO}"
    r"|\W*(?:read more|follow us|share this|download (?:the|our) app)\b",
    re.I,
)
# A label alone, or a row of them.
_LABEL = (
    r"(?:advert(?:isement|ising)?s?|sponsored|(?:our |the )?(?:e-?mail )?newsletters?"
    r"|subscriptions?|log ?in|sign up|terms of (?:use|service)|terms (?:and|&) conditions"
    r"|(?:manage |your )?(?:cookies?|privacy)(?: (?:policy|settings|preferences|notice))?"
    r"|about(?: us)?|contact(?: us)?|help|careers)"
)
_LABELS = re.compile(rf"\W*{_LABEL}(?:(?:\W+|\W*\band\W+){_LABEL}){{0,12}}\W*", re.I)
# What is left of a signature where nobody has signed, and what stands around it in agreements.
_UNFILLED = re.compile(
    r"(?:\s*+(?:by|its|name|(?:print|typed|full) ?name|title|dated?|signed?|signature|witness"
    r"|attest|place|(?:authori[sz]ed )?(?:signatory|representative))\b(?:\s*+\([a-z ]{1,30}\))?"
    r"\s*+:?(?:[\s_.…/-]*+))++",
    re.I,
)
_ONLY_RULES = re.compile(r"[\s_.…()*-]*+")
_AROUND_SIGNATURES = re.compile(
    r"\W*(?:(?:signature|remainder of) (?:page|this page)|(?:this )?(?:page|space) (?:is )?(?:left|"
    r"intentionally)|(?:intentionally|deliberately) (?:left blank|omitted|deleted))",
    re.I,
)
_TESTIMONIUM = re.compile(r"\W*IN (?:WITNESS|TESTIMONY|FAITH) WHEREOF\b", re.I)
# The label of what is attached, and what is alone in the caption of a case.
_LABEL_ALONE = re.compile(
    r"(?:exhibit|schedule|annex|appendix|attachment)\s+[\w.-]{1,8}\W*"
    r"|(?:plaintiff|defendant|petitioner|respondent|appellant|appellee|claimant)s?\W*"
    r"|v(?:s|ersus)?\.?|-?against-?|-?and-?|(?:case|docket|civil action)\s+no\.?:?",
    re.I,
)


def is_leftover(text: str) -> bool:
    """Whether it is what a page leaves behind, or a form of an agreement that says nothing.

    "Name: Jane Roe" says something, "Name: ____" and "IN WITNESS WHEREOF, the parties have executed
    this Agreement." do not; with a date in it the latter would.
    """
    if _TESTIMONIUM.match(text):
        return not any(map(str.isdigit, text))
    if len(text) > _LONGEST:
        return False
    return (
        _OF_A_PAGE.search(text) is not None
        or _CALL.match(text) is not None
        or _LABELS.fullmatch(text) is not None
        or _UNFILLED.fullmatch(text) is not None
        or _ONLY_RULES.fullmatch(text) is not None
        or _AROUND_SIGNATURES.match(text) is not None
        or _LABEL_ALONE.fullmatch(text) is not None
    )
