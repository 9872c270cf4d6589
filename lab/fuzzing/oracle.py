"""What a loader may make of any bytes: a sound document, or an error of ours that helps."""

from __future__ import annotations

import traceback
from dataclasses import fields
from time import process_time
from typing import NamedTuple

from askdoc.errors import LoadError
from askdoc.load.formats import loader_for
from askdoc.model import Document
from lab.fuzzing.archives import AnyGrowth
from lab.fuzzing.edits import MOST_BYTES

MOST_SECONDS = 5.0
_NOTICED = 0.25  # seconds of work that tell how time grows
_GROWS = 3.0  # what twice the input may take, times; a square takes four


class Broken(NamedTuple):
    """What a loader did wrong."""

    what: str
    """A line that is the same for the same fault."""
    details: str = ""


def judge(data: bytes, suffix: str) -> Broken | None:
    """Read some bytes, twice; None where the loader did as it should."""
    start = process_time()
    first = _read(data, suffix)
    if isinstance(first, Broken):
        return first
    taken = process_time() - start
    if taken > MOST_SECONDS:
        return Broken("too slow", f"{taken:.1f} s for {len(data):,} bytes")
    if _read(data, suffix) != first:
        return Broken("another result the second time")
    return None


def judge_growth(growth: AnyGrowth, suffix: str) -> Broken | None:
    """Read an input of growing size, as long as time is not noticed."""
    most = growth.count_for(MOST_BYTES)
    times: list[tuple[int, float]] = []
    for count in (most // 8, most // 4, most // 2, most):
        data = growth.times(max(1, count))
        start = process_time()
        read = _read(data, suffix)
        taken = process_time() - start
        if isinstance(read, Broken):
            return read
        if taken > MOST_SECONDS:
            return Broken("too slow", f"{taken:.1f} s for {len(data):,} bytes")
        times.append((count, taken))
    # Two doublings in a row: one alone may meet a collection of garbage.
    (_, one), (_, two), (_, four) = times[1:]
    if one > _NOTICED / 4 and two > _GROWS * one and four > _GROWS * two:
        return Broken("time grows with the square", ", ".join(f"{n}: {t:.2f} s" for n, t in times))
    return None


def _read(data: bytes, suffix: str) -> Broken | tuple[object, ...]:
    source = f"a{suffix}"
    try:
        document = loader_for(source)(data, source)
    except LoadError as problem:
        if not problem.what or problem.where != source or not problem.remedy.endswith("."):
            return Broken(f"an error that does not help: {problem!r}")
        return (type(problem), str(problem))
    except Exception as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "askdoc" in f.filename]
        where = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
        return Broken(f"{type(error).__name__} at {where}", traceback.format_exc())
    wrong = fault(document, source)
    if wrong:
        return Broken(f"unsound: {wrong}")
    return tuple(getattr(document, field.name) for field in fields(document))


def fault(document: Document, source: str) -> str | None:
    """What is wrong with a document, None where it keeps the rules that all documents keep."""
    text = document.text
    if document.source != source or not text.strip():
        return "no text, or another's"
    try:
        for part in (text, *document.notes, *(place.name for place in document.places)):
            part.encode()
        for table in document.tables:
            "".join((table.title, *table.columns)).encode()
    except UnicodeEncodeError:
        return "a lone surrogate"
    pages, places = document.page_starts, [place.start for place in document.places]
    if list(pages) != sorted(pages) or not all(0 <= at <= len(text) for at in pages):
        return "pages out of order"
    if pages and pages[0] != 0:
        return "no first page"
    if places != sorted(set(places)) or not all(0 <= at < len(text) for at in places):
        return "places out of order"
    if any(place.name != " ".join(place.name.split()) for place in document.places):
        return "white space in a place's name"
    if any(not note or note.endswith(".") for note in document.notes):
        return "a note that is no note"
    return _faulty_heading(document) or _faulty_table(document)


def _faulty_table(document: Document) -> str | None:
    before = 0
    for (start, end), title, columns in document.tables:
        if not before <= start < end <= len(document.text):
            return "tables out of order"
        if not (title or any(columns)):
            return "a table of which there is nothing to say"
        for text in (title, *columns):
            if text != " ".join(text.split()) or len(text) > 300:
                return "white space in a table's title or columns, or a long text"
        before = end
    return None


def _faulty_heading(document: Document) -> str | None:
    end = 0
    for heading in document.headings:
        start, before = heading.span.start, end
        end = heading.span.end
        if not before <= start < end <= len(document.text):
            return "headings out of order"
        if not document.text[start:end].strip():
            return "a heading without text"
        if not heading.title or heading.title != " ".join(heading.title.split()):
            return "white space in a heading's title"
        if not 1 <= heading.level <= 6:
            return "a heading's level"
    return None
