"""What the network's reading of a window says of each of its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from askdoc.model import Span
from askdoc.read.analysis import QuestionAnalysis
from askdoc.read.columns import answering, short_span
from askdoc.read.network import Reading
from askdoc.read.parts import SentenceParts
from askdoc.read.pieces import PassagePieces, Window
from askdoc.read.spans import best_span, whole_words
from askdoc.split import stamp

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class WindowView(NamedTuple):
    """What the best window that holds a sentence says of it."""

    best: float
    nothing: float
    answers: float
    liked: float
    start: NDArray[np.float32]
    end: NDArray[np.float32]
    spans: list[Span]
    borne: NDArray[np.float32]


def best_spans(view: Mapping[int, WindowView], count: int) -> Floats:
    """Best span, its lead and "answers" of each sentence; the lowest of each where not in view."""
    import numpy as np

    known = {at: (one.best, one.best - one.nothing, one.answers) for at, one in view.items()}
    lowest = np.array(list(known.values())).min(axis=0) if known else np.zeros(3)
    return np.array([known.get(at, lowest) for at in range(count)])


def borne_out(view: Mapping[int, WindowView], count: int) -> Floats:
    """The least and the mean of what each sentence's window bears out; the lowest of each where not
    in view."""
    import numpy as np

    known = {
        at: (float(one.borne.min()), float(one.borne.mean()))
        for at, one in view.items()
        if len(one.borne)
    }
    lowest = np.array(list(known.values())).min(axis=0) if known else np.zeros(2)
    return np.array([known.get(at, lowest) for at in range(count)])


def views_of(
    cut: PassagePieces, window: Window, reading: Reading, liked: float
) -> list[tuple[int, WindowView]]:
    """What a window's reading says of each of its sentences, by their numbers in the passage."""
    found = []
    for part in window.parts:
        at = slice(part.first, part.after)
        start, end = reading.start[at], reading.end[at]
        best = best_span(start, end)[0]
        spans = cut.spans[window.first + part.first : window.first + part.after]
        one = WindowView(
            best, reading.nothing, reading.answers, liked, start, end, spans, reading.borne
        )
        found.append((part.sentence, one))
    return found


def likeliest(
    asked: QuestionAnalysis, parts: SentenceParts, views: Sequence[WindowView]
) -> Span | None:
    """The likeliest span by all that was read of a sentence together, in a row of a table the cell
    that holds it; None: nothing was read, or nothing answers."""
    import numpy as np

    # A sentence that no window holds may have been read in other parts the second time.
    alike = [view for view in views if len(view.start) == len(views[0].start)]
    if not alike:
        return None
    start = np.sum([view.start for view in alike], axis=0)
    end = np.sum([view.end for view in alike], axis=0)
    spans, shift = alike[0].spans, parts.sentence.start
    sent, cells = stamp(parts.text), list[Span]()
    if sent is not None or parts.row is not None:
        places = np.array([span.start - shift for span in spans])
        out = np.zeros(len(spans), dtype=bool)
        if sent is not None:
            # When a message was sent is no answer to what it says.
            out |= (places >= sent[0]) & (places < sent[1])
        if parts.row is not None and (cells := answering(asked, parts.row)):
            out |= ~np.any([(places >= one.start) & (places < one.end) for one in cells], axis=0)
        if not out.all():
            start[out] = end[out] = -np.inf
    _, first, after = best_span(start, end)
    found = whole_words(parts.sentence, spans[first].start, spans[after - 1].end)
    if parts.row is None:
        return found
    cell = short_span(cells, Span(found.start - shift, found.end - shift), parts.text)
    return None if cell is None else Span(shift + cell.start, shift + cell.end)
