"""Everything that knows English: its words, their forms and classes, names, numbers and dates.

`analyzer` makes terms of words, for the index and for the question alike; `background` tells how
rare a term is in general English and which terms mean much the same. Nothing here knows of
documents.
"""
