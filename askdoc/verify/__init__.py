"""Whether the citations of a saved answer still stand: `document.text[start:end] == quote`.

Sources change after they were quoted, and a saved answer may have been edited, or made up to harm
whoever checks it. So each citation gets a verdict of its own: `saved` reads answers back from JSON,
`consistency` tells what contradicts itself, `sources` finds and loads what they cite, `quotes`
looks for words in a text, and `check` judges.

What no source can tell is not judged: how the question was worded, and whether it was one; how sure
a sentence is that is not the surest, as long as the order is right, and which thresholds there
were, as long as the sentences fit them; which words of a sentence are its short answer, or that
there is none; in which order sentences stand that are equally sure; whether documents disagree
whose short answers differ; which words of the question were missing; whether an index was complete;
and whether something was left out.
"""

from __future__ import annotations

from askdoc.verify.check import Found, Standing, Verdict, all_stand, verify
from askdoc.verify.saved import LONGEST_FILE, read_answers
from askdoc.verify.sources import Locate, indexed

__all__ = [
    "LONGEST_FILE",
    "Found",
    "Locate",
    "Standing",
    "Verdict",
    "all_stand",
    "indexed",
    "read_answers",
    "verify",
]
