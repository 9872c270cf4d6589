"""`python -m lab.evaluation.pdf_marks FOLDER`: do the marks on a page's picture mark the quotation?

Of each PDF in a folder some sentences are drawn by lot. PDFium is asked what stands in the middle
of the rectangles that are given for each, and its letters and digits are compared with those of the
sentence. `same` are those where they are equal, `row` rows of tables, which name their columns and
so have more than the page has at that place; `wrong` has letters that the sentence has not.
"""

from __future__ import annotations

import argparse
import ctypes
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from askdoc.errors import LoadError
from askdoc.load.pdf.marks import Mark, marks_on
from askdoc.load.pdf.pdf import load_pdf
from askdoc.load.pdf.stream import letters_of
from askdoc.model import Document, Sentence
from askdoc.split import split

_STEPS = 100_000  # into which a page is parted to ask for a place on it


def below(data: bytes, page: int, marks: Sequence[Mark]) -> str:
    """What PDFium says stands in the middle of each rectangle on a page."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    handle = pdfium.PdfDocument(data)[page - 1]
    letters = handle.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    found = ""
    for mark in marks:
        corners = []
        for across, down in ((mark.left, mark.top), (mark.right, mark.bottom)):
            at = round(across * _STEPS), round(down * _STEPS)
            raw.FPDF_DeviceToPage(handle, 0, 0, _STEPS, _STEPS, 0, *at, x, y)
            corners.append((x.value, y.value))
        (x0, x1), (y0, y1) = (sorted(sides) for sides in zip(*corners, strict=True))
        # The boxes of lines touch each other, and those of letters beside.
        dx, dy = min(0.4, (x1 - x0) / 10), (y1 - y0) / 3
        found += letters.get_text_bounded(x0 + dx, y0 + dy, x1 - dx, y1 - dy)
    return found


def judged(data: bytes, document: Document, sentence: Sentence) -> str:
    """What came of marking a sentence on the page where it begins."""
    page = document.page_at(sentence.start)
    assert page is not None
    first, last = [*document.page_starts, len(document.text)][page - 1 : page + 1]
    end = min(sentence.end, last)
    marks = marks_on(data, page, document.text[first:last], sentence.start - first, end - first)
    if not marks:
        return "none"
    quoted = Counter(letters_of(document.text[sentence.start : end]))
    marked = Counter(letters_of(below(data, page, marks)))
    if quoted == marked:
        return "same"
    return "row" if " | " in sentence.text and marked <= quoted else "wrong"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sentences", type=int, default=6, help="of each PDF")
    parser.add_argument("--pages", type=int, default=60, help="longer PDFs are passed over")
    options = parser.parse_args(arguments)
    lot = random.Random(7)
    count: Counter[str] = Counter()
    seconds = 0.0
    for path in sorted(options.folder.glob("*.pdf")):
        data = path.read_bytes()
        try:
            document = load_pdf(data, path.name)
        except LoadError:
            continue
        if len(document.page_starts) > options.pages:
            continue
        sentences = [sentence for block in split(document) for sentence in block]
        for sentence in lot.sample(sentences, min(options.sentences, len(sentences))):
            start = time.process_time()
            came = judged(data, document, sentence)
            seconds += time.process_time() - start
            count[came] += 1
            if came in ("none", "wrong"):
                print(f"{came}: {path.name}: {sentence.text[:100]!r}", file=sys.stderr)
    total = count.total()
    told = ", ".join(f"{many} {came}" for came, many in count.most_common())
    print(f"{total} sentences: {told}; {1000 * seconds / max(1, total):.0f} ms each")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
