"""What is typed that no quotation can answer: "summarize the case", "thanks", "you are wrong".

Whoever asks askdoc to write, rewrite or judge something, or talks to it as to a person, is told
that it only quotes; a sentence that shares a word with "write me an e-mail" is no answer. What a
sentence may answer is left alone, also where it is put as a request ("list the parties", "tell me
who signed") or is words for a search ("late payment charge", "draft agreement"). So a word alone
decides nothing that is a noun as well: "draft" asks for something where an object follows that is
written or made ("draft a reply"). In doubt it is a question.
"""

from __future__ import annotations

import re

# What is longer says more than a request does.
_LONGEST = 300
_PARTS = re.compile(r"(?<=[.!?;])\s+")
_MARKS = " \t.,;:!?…-–—\"'“”‘()*"

# What the tables below say by a name.
_NAMES = {
    "OWN": r"(?:this|that|it|these|those|them|my|our|your)",
    # a text, or a part of it
    "PIECE": r"(?:(?:the|this|that|these|those|my|our|your|all|whole|entire|full|first|second"
    r"|third|last|next|following|above|of) ?){1,4}(?:texts?|documents?|docs?|files?|pages?"
    r"|articles?|papers?|reports?|contracts?|agreements?|leases?|letters?|e-?mails?|messages?"
    r"|minutes|cases?|stor(?:y|ies)|chapters?|sections?|clauses?|paragraphs?|sentences?|tables?"
    r"|lists?|slides?|notes|threads?|conversations?|transcripts?|books?|polic(?:y|ies)|manuals?"
    r"|answers?|quotes?|wording)\b",
    # what is written or made, and no fact that a document states
    "WORK": r"(?:e-?mails?|letters?|repl(?:y|ies)|responses?|messages?|poems?|songs?"
    r"|stor(?:y|ies)|jokes?|limericks?|haikus?|reports?|essays?|presentations?|slides?"
    r"|summar(?:y|ies)|outlines?|abstracts?|recaps?|speech(?:es)?|posts?|tweets?|articles?"
    r"|scripts?|code|programs?|diagrams?|charts?|graphs?|pictures?|images?|drawings?"
    r"|quiz(?:zes)?|flash ?cards?|plans?|reviews?|translations?|version)\b",
    "LITTLE": r"(?:[\w'-]+ ){0,3}?",
    "US": r"(?: (?:me|us))?",
    "EASY": r"(?:simple|simpler|plain|easy|easier|layman's|everyday|other|fewer|(?:your|my) own)",
    "VERY": r"(?:(?:just|so|all|completely|totally|still|simply|clearly|quite|very|really"
    r"|absolutely) )*",
    "IS": r"(?:you are|you're|youre|that is|that's|thats|this is|it is|it's|that was|this was"
    r"|it was)",
    "GOOD": r"(?:great|good|nice|well done|excellent|perfect|awesome|amazing|brilliant|impressive"
    r"|helpful|useful|fine|cool|wonderful|fantastic|lovely|interesting)",
    "BAD": r"(?:wrong|incorrect|not (?:right|correct|true|it|helpful|good|funny)|mistaken|false"
    r"|useless|nonsense|bad|terrible|stupid|rubbish|confusing|ridiculous|right|correct|true)",
    "IT": r"(?:this|that|it|these|those|them)",
    "FOR": r"(?: (?:it|this|that|me|us))?",
}


def _any_of(table: str) -> re.Pattern[str]:
    """Whatever one of the lines of a table matches."""
    joined = "|".join(line.strip() for line in table.strip().splitlines())
    for name, pattern in _NAMES.items():
        joined = joined.replace(f"<{name}>", pattern)
    return re.compile(joined)


# Words before a request, or before a question, that are neither.
_LEAD = re.compile(
    r"(?:(?:hello|hi|hey|greetings|good (?:morning|afternoon|evening|night|day))"
    r"(?: (?:there|all|everyone))?|thanks|thank you|thx|cheers|okay|ok|yes|yep|yeah|no|nope|great"
    r"|wow|sorry|please|well|so|and|but|now|then|sure|perfect|cool|awesome|hmm+|right|actually"
    r"|just)(?: (?:a lot|so much|very much|again))?[ ,.!:–—-]+"
)
_FRAME = re.compile(
    r"(?:(?:can|could|will|would) you(?: (?:please|kindly|maybe|possibly|just|also|now))*"
    r"|i(?: want| need|'d like| would like)(?: you to| to have)?|would you mind"
    r"|you (?:should|must|have to|need to)|help me(?: to)?|let's|let us|kindly) "
)
_TAIL = re.compile(r"[ ,]+(?:please|for me|for us|thanks|thank you|now|again|asap)$")

# How a sentence begins that asks for something to be put otherwise, written or done.
_ASKED = _any_of(r"""
    (?:summari[sz]e|paraphrase|rephrase|reword|proofread|proof-read|recap|tl;?dr)\b(?! of\b)
    sum (?:<LITTLE>)?up\b
    (?:translate|rewrite|re-write|shorten|simplify|convert) (?:<OWN>\b|<PIECE>|(?:me|everything)\b)
    (?:transform|improve|analy[sz]e|evaluate|critique|review) (?:<OWN>\b|<PIECE>|everything\b)
    (?:edit|format|correct|fix|polish|outline|interpret) (?:<OWN>\b|<PIECE>|(?:me|everything)\b)
    (?:fix|correct|check|improve) (?:the|my|its|all) (?:spelling|grammar|typos|mistakes|style)
    (?:turn|put|change|break|bring|rework) (?:<OWN>|<PIECE>) (?:in|into|to|down)\b
    make (?:<OWN>|<PIECE>) (?:in|into|to|sound|read|look|a bit|much|more|less|shorter|longer)\b
    make (?:<OWN>|<PIECE>) (?:simpler|clearer|better|nicer|friendlier|formal|polite)\b
    (?:explain|put|say|describe|tell) .*\b(?:like i'?m|as if i|as though i)\b
    (?:explain|put|say|describe|tell) .*\bin <EASY> (?:words|terms|english|language)\b
    how (?:do|would|can|should) (?:you|i|we|one) (?:say|spell|translate|pronounce) .*\bin [a-z]+$
    (?:write|compose|draft|generate)<US> (?:a|an|some|another|my|our|the) <LITTLE><WORK>
    (?:create|make|prepare|produce|design)<US> (?:a|an|some|another|my|our|the) <LITTLE><WORK>
    write (?:me|us)\b
    (?:give|send|get|provide|make|show|tell)<US>(?: with)? (?:a|an|another) <LITTLE><WORK>(?!'s)
    (?:give|send|get|provide|tell)<US> (?:the )?(?:gist|takeaways?|(?:key|main) points|highlights)\b
    (?:give|send|get|provide|tell)<US> (?:a|an) <LITTLE>(?:overview|rundown|synopsis)\b
    (?:give|send|get|provide|tell)<US> (?:your|some) (?:opinion|view|thoughts|advice)\b
    (?:a|an) <LITTLE>(?:summary|recap|overview|translation|synopsis)\b
    (?:(?:short|brief|quick) )?(?:summary|recap|overview|translation) of (?:<OWN>$|<PIECE>$)
    (?:sing|rap)(?: (?:me|us|it|a|something)\b|$)
    play(?: me)? (?:a|some|the) (?:\w+ )?(?:song|music|game)\b
    (?:send|e-?mail|mail|forward|print|save|open|close|delete) (?:<IT>|everything)\b
    (?:download|upload|share|copy|post|read|attach) (?:<IT>|everything)\b
    remind me\b
    set (?:a|an) (?:timer|alarm|reminder)\b
    (?:google|search|look)\b.*\b(?:on|in)? ?the (?:web|internet|net)\b
    google (?:it|this)\b
""")

# What is said as to a person, from its beginning to its end.
_SAID = _any_of(r"""
    (?:hello|hi|hey|greetings|howdy)(?: (?:there|all|everyone|again|askdoc))?
    good (?:morning|afternoon|evening|night|day|bye)|goodbye|bye(?: bye)?|cheers|ciao
    see you(?: (?:later|soon|tomorrow|then))?|have a (?:nice|good|great) (?:day|one|evening|weekend)
    (?:many )?(?:thanks|thx|thank you|thank u|ty)(?: (?:a lot|so much|very much|again|anyway|all))?
    (?:thanks|thank you) for (?:the|your|all|that|this)(?: \w+){0,2}|merci|danke|gracias
    okay|ok|k|yes|yep|yeah|no|nope|great|wow|lol|rofl|ha(?:ha)+|hmm*|awesome|perfect|cool|please
    sorry|excuse me|pardon(?: me)?|oops|whatever|i see|got it|understood|alright|all right
    no (?:problem|worries)|you're welcome|you are welcome|never ?mind|forget (?:it|that)
    my (?:mistake|bad|fault)|welcome back|nice to meet you
    (?:very |so |how |really )?<GOOD> (?:work|job|answer|one|bot|stuff|point|thing)
    impressive|amazing|excellent|brilliant|well done|bad bot|wrong answer|nonsense
    <IS> <VERY>(?:a )?(?:<GOOD>|<BAD>)(?: (?:answer|help|again|here|there|then|too|at all))?
    you(?:'re| are) <VERY>(?:wrong|mistaken|incorrect|right)(?: (?:about|on|with|here|again)\b.*)?
    (?:<IS> )?not what i (?:asked|meant|wanted|said|am looking for|was looking for)(?: for)?
    (?:<IS> )?not (?:an answer|the answer|my question)
    you (?:did not|didn't|do not|don't|cannot|can't) (?:answer|understand|listen|help|read|get)\b.*
    you (?:have not|haven't|never) (?:answered|understood|helped|read)\b.*
    i (?:do not|don't|can't|cannot|still don't) (?:understand|get|believe|like|agree|care)<FOR>
    i (?:do not|don't) (?:understand|believe|agree with) (?:you|your answer|the answer)
    i (?:love|like|hate) (?:it|this|that|you)
    (?:that|this|it) (?:makes|made) (?:no|little|perfect|a lot of) sense
    (?:that|this|it) (?:helps|helped|works|worked)(?: a lot)?
    (?:that|this|it) (?:does not|doesn't|did not|didn't) (?:help|work|make (?:any )?sense)
    (?:that|this|it) (?:does not|doesn't|did not|didn't) answer (?:it|this|(?:my|the) question)
    are you (?:sure|certain)(?: about (?:it|this|that))?
    are you (?:kidding|serious|joking|there|real|human|ok|okay|listening|stupid)
    are you (?:a|an) (?:ai|bot|robot|human|person|machine|computer|language model)
    (?:what|who) are you|what(?:'s| is) your name|who (?:made|built|created) you
    what (?:can|could|do) you do(?: for (?:me|us))?|what can i (?:do here|ask(?: (?:here|you))?)
    how are you(?: (?:doing|today|doing today))?|how's it going|what's up|how do you work
    what do you think(?: (?:of|about)\b.*)?|what(?:'s| is) your (?:opinion|view|take|advice)\b.*
    (?:do|don't|did) you (?:like|agree|understand|hear|love|hate|think so)(?: with)?<FOR>
    do you speak (?:english|german|french|spanish)
    (?:can|could|will|would) you (?:help|hear)(?: (?:me|us))?(?: with (?:this|that|it|something))?
    (?:i need )?help(?: me)?(?: with (?:this|that|it))?
    (?:try|do it|say it|answer) (?:again|differently|better)|one more time|start over
""")


def is_request(typed: str) -> bool:
    """Whether what was typed asks for no quotation, in all of its sentences.

    Args:
        typed: what was typed where a question is expected.
    """
    if len(typed) > _LONGEST:
        return False
    line = " ".join(typed.replace("’", "'").split()).lower()
    said = [part for part in (part.strip(_MARKS) for part in _PARTS.split(line)) if part]
    return bool(said) and all(map(_asks_for_no_quote, said))


def _asks_for_no_quote(said: str) -> bool:
    """Whether a sentence, without the marks around it, asks for none; words before it may go."""
    while True:
        bare, shorter = "", said
        while shorter != bare:
            bare, shorter = shorter, _TAIL.sub("", shorter)
            if _SAID.fullmatch(bare) or _ASKED.match(bare):
                return True
        lead = _LEAD.match(said) or _FRAME.match(said)
        if lead is None:
            return False
        said = said[lead.end() :]
