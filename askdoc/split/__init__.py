"""Cut a document into the sentences that can be cited and the passages that are retrieved.

Layout first (`layout`: blank lines, headings, list items, one-line paragraphs against lines that
were wrapped), then the ends of sentences inside each stretch of running text (`boundaries`), then
adjacent sentences into passages (`passages`). Every step works on offsets of the original text, so
that whatever comes out can be found again where it stood. Nothing but white space is left out.

`group(split(document))` gives objects; `cut` gives the same as numbers, which are made faster and
can be stored as they are.
"""

from askdoc.split.leads import is_title
from askdoc.split.leads import lead as clause_lead
from askdoc.split.messages import stamp
from askdoc.split.passages import Cut, cut, group
from askdoc.split.sentences import split

__all__ = ["VERSION", "Cut", "clause_lead", "cut", "group", "is_title", "split", "stamp"]

VERSION = 4
"""Raised with every change of what comes out: a saved index holds sentences and passages as cut."""
