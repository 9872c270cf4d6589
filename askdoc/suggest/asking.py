"""A clause of any place in a line -> questions: all forms for `predicates`' clauses.

As in `rules`, nothing is reworded: a question keeps the subject, the verb and at most one phrase
behind the object, or it is not made.
"""

from __future__ import annotations

from askdoc.suggest import circumstances, objects
from askdoc.suggest.clauses import is_cut
from askdoc.suggest.phrases import Made
from askdoc.suggest.predicates import Predicate


def asked(found: Predicate) -> Made:
    """All questions that are made from a clause."""
    yield from circumstances.told(found)
    yield from circumstances.befell(found)
    if not found.words or is_cut(found.line.text, *found.span()):
        return
    yield from circumstances.felt(found)
    if found.verb == "be":
        yield from circumstances.of_be(found)
        return
    yield from circumstances.when(found)
    yield from circumstances.how(found)
    yield from circumstances.where(found)
    yield from circumstances.attached(found)
    yield from objects.counted(found)
    yield from objects.kind(found)
    yield from objects.by(found)
    if not found.passive:
        yield from objects.object(found)
        yield from objects.given(found)
        yield from objects.duty(found)
        yield from objects.did(found)
        yield from objects.who(found)
