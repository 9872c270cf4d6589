"""Everything that knows English: its words, their forms and classes, names, numbers and dates.

`analyzer` makes terms of words, for the index and for the question alike; `background` tells how
rare a term is in general English and which terms mean much the same. Each table of words stands
once: closed classes, titles and nouns of people in `word_classes`, verbs in `verbs`, the calendar
in `dates`, number words and units in `numbers`. Nothing here knows of documents.
"""
