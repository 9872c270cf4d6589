"""Answers in the shapes that others have for citations: pure functions of an answer.

So programs that were written for a model's interface can ask askdoc, as a model that only quotes.
Offsets stay askdoc's own: code points of a document's text, half-open.
"""
