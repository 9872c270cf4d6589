"""Whether the citations of a saved answer still stand: `document.text[start:end] == quote`.

Sources change after they were quoted, and a saved answer may have been edited as well. So each
citation gets a verdict of its own: `saved` reads answers back from JSON, `sources` finds and loads
what they cite, `quotes` looks for words in a text, and `check` judges.
"""

from __future__ import annotations

from askdoc.verify.check import Found, Standing, Verdict, all_stand, verify
from askdoc.verify.saved import read_answers

__all__ = ["Found", "Standing", "Verdict", "all_stand", "read_answers", "verify"]
