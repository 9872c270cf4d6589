"""Questions that the documents can surely answer, for somebody who does not know what to ask.

Sentences of plain forms become questions: `clauses` takes a sentence apart, `questions` turns it
round. What is offered was asked first (`choose`).
There are fewer questions than wanted, or none, where the texts have no such sentences: a clumsy
question would be worse than none.
"""

from askdoc.suggest.choose import suggest

__all__ = ["suggest"]
