"""Questions that the documents can surely answer, for somebody who does not know what to ask.

Rules make questions from sentences of a few plain forms: `clauses` takes a sentence apart, `rules`
turns it round, `verbs` knows the forms of common verbs. What is offered was asked first (`choose`).
There are fewer questions than wanted, or none, where the texts have no such sentences: a clumsy
question would be worse than none.
"""

from askdoc.suggest.choose import suggest

__all__ = ["suggest"]
