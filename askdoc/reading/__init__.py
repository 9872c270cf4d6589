"""Files -> documents, split and analysed: in child processes where that is safer or faster.

A file that needs a parser is read in a child, since a parser may crash or never come to an end.
`protocol` is what is said between the two: a `Job` for each file, and its `Result`, whose document
is a parcel as the index stores it. `child` is the program that does jobs, `pool` hands them out and
checks what comes back, `limits` says what a file may use up. `paths` reads what a question is asked
of; the index gives its own jobs to the same `pool`.
"""

from askdoc.reading.paths import Loaded, load_paths

__all__ = ["Loaded", "load_paths"]
