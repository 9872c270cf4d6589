"""The facts that the lexical reader looks at: finite, within their ranges, and true."""

from __future__ import annotations

import json
import math
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import CORPORA, UNTIMED, as_documents, questions

from askdoc.load import load_text
from askdoc.model import Document, Hit
from askdoc.read.analysis import QuestionAnalysis
from askdoc.read.features import FEATURES, features
from askdoc.read.lexical import RANK_FEATURES, rank_features
from askdoc.read.parts import PassageParts
from askdoc.split import group, split


def rows(question: str, *documents: Document) -> list[dict[str, float]]:
    """The features of every sentence, in order."""
    passages = [passage for document in documents for passage in group(split(document))]
    hits = [Hit(passage, 1.0) for passage in passages]
    table = features(
        QuestionAnalysis(question), hits, [PassageParts(passage) for passage in passages]
    )
    return [dict(zip(FEATURES, row, strict=True)) for row in table.tolist()]


@UNTIMED
@given(data=st.data(), texts=CORPORA)
def test_features_are_finite_numbers_one_row_a_sentence(
    data: st.DataObject, texts: dict[str, str]
) -> None:
    documents = as_documents(texts)
    found = rows(data.draw(questions(texts)), *documents)
    assert len(found) == sum(len(block) for document in documents for block in split(document))
    for row in found:
        assert all(map(math.isfinite, row.values()))
        for share in ("exact", "soft", "local"):
            assert -1e-6 <= row[share] <= 1.0 + 1e-6


def test_a_sentence_that_holds_the_whole_question() -> None:
    (row,) = rows("Did the bridge fall?", Document("The bridge did fall.", "a"))
    assert row["exact"] == pytest.approx(1.0)
    assert row["soft"] == pytest.approx(1.0)
    (other,) = rows("Did the bridge fall?", Document("Nobody laughed at lunch.", "a"))
    assert other["exact"] == 0.0


def test_what_the_question_expects_is_looked_for() -> None:
    with_date, without = rows("When did it fall?", Document("It fell in 1998. It fell.", "a"))
    assert with_date["date"] > 0.0 > without["date"]
    (unasked,) = rows("What fell?", Document("It fell in 1998.", "a"))
    assert unasked["date"] == 0.0


def test_text_in_small_letters_does_not_lack_names() -> None:
    small, large = rows("Who fell?", Document("mary quint fell.\n\nThe Bridge fell.", "a"))[:2]
    assert small["person"] == 0.0
    assert large["person"] != 0.0


def test_a_neighbour_and_a_heading_lend_their_words() -> None:
    text = "# The lighthouse\n\nRuth sold it. She was glad."
    heading, ruth, she = rows("Was Ruth of the lighthouse glad?", load_text(text, "a.md"))
    assert ruth["context"] > 0.0
    assert she["context"] > 0.0
    assert she["reference"] == she["context"]
    assert heading["reference"] == 0.0


@pytest.mark.parametrize(
    ("text", "leftover"),
    [
        ("Sign up here.", 1.0),
        ("ADVERTISEMENT", 1.0),
        ("Subscribe to our newsletter", 1.0),
        ("Opens new tab", 1.0),
        ("The council signed the treaty.", 0.0),
        ("The adverse winter held.", 0.0),
        ("Subscribe to our newsletter for the best stories of the week.", 1.0),
        ("Please log in to continue.", 1.0),
        ("Privacy Policy | Terms of Use | Cookie settings", 1.0),
        ("This site uses cookies.", 1.0),
        ("By signing up, you agree to our Terms of Use.", 1.0),
        ("More stories", 1.0),
        # What documents say of such things answers like anything else that they say.
        ("You can leave the newsletter at any time, and your address is deleted.", 0.0),
        ("The cookie is kept for six hours.", 0.0),
        ("If this file exists, only root may log in.", 0.0),
        ("Log in to the server as root.", 0.0),
        ("A developer may not use advertising that misleads.", 0.0),
        ("The subscription is 8 euros per hectare and month.", 0.0),
        ("If you stand aside, skip to step 4.", 0.0),
        ("You accept these Terms of Service when you open an account.", 0.0),
        ("By: ____________", 1.0),
        ("Name:", 1.0),
        ("By:\nName: ______\nTitle (print): ....", 1.0),
        ("Name: Jane Roe", 0.0),
        ("/s/ Jane Roe", 0.5),
        ("By: /s/ Jane Roe", 0.5),
        ("The road C/s/12 is closed.", 0.0),
        ("IN WITNESS WHEREOF, the parties hereto have executed this Agreement.", 1.0),
        ("IN WITNESS WHEREOF, they have signed on 4 May 2020.", 0.0),
        ("[Signature page follows]", 1.0),
        ("[Remainder of page intentionally left blank]", 1.0),
        ("EXHIBIT A", 1.0),
        ("Exhibit A lists the fees.", 0.0),
        ("v.", 1.0),
        ("Defendants.", 1.0),
        ("The defendant paid.", 0.0),
        ("Date of birth: 4 May", 0.0),
        ("Figure 3: The tower after the storm.", 0.5),
        ("Fig. 2a – Visitors by month", 0.5),
        ("Table IV", 0.5),
        ("Figure 3 shows that the tower leans.", 0.0),
        ("Table 2 and its notes are kept.", 0.0),
        ("Source: harbour office, 2021.", 0.5),
        ("The source: harbour office.", 0.0),
        ("Photo: Ben Kern / Kesk Archive", 0.5),
        ("© Kesk Archive", 0.5),
        ("(c) the Supplier shall pay.", 0.0),
        ("Credit: 5,000 CHF", 0.0),
        ("Note: The agreement ends on 1 May.", 0.0),
    ],
)
def test_what_pages_leave_behind(text: str, leftover: float) -> None:
    assert rows("What?", Document(text, "a"))[0]["leftover"] == leftover


@pytest.mark.parametrize(
    ("question", "leftovers"),
    [
        ("When did the lamp room burn?", [0.0, 0.5, 0.0, 0.0, 0.5, 0.5]),
        ("What does figure 3 show?", [0.0, 0.0, 0.0, 0.0, 0.5, 0.5]),
        ("What does figure 4 show?", [0.0, 0.5, 0.0, 0.0, 0.5, 0.5]),
        ("What is in the figure?", [0.0, 0.0, 0.0, 0.0, 0.5, 0.5]),
        ("Who took the photo?", [0.0, 0.0, 0.0, 0.0, 0.0, 0.5]),
        ("What does the note say?", [0.0, 0.5, 0.0, 0.0, 0.5, 0.0]),
    ],
)
def test_a_caption_counts_where_it_is_asked_for(question: str, leftovers: list[float]) -> None:
    text = (
        "The lamp room burnt in 1902.\n\nFigure 3: The lamp room in 1902.\n\n"
        "Year | Visitors\nYear: 2019 | Visitors: 4,120\n\nPhoto: Ben Kern\n\n"
        "Note: Children are not counted."
    )
    assert [row["leftover"] for row in rows(question, Document(text, "a"))] == leftovers


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Who fell?", 1.0),
        ('"Who fell?"', 1.0),
        ("**Who fell?**", 1.0),
        ("Qui est tombé ?", 1.0),
        ("He fell.", 0.0),
        ('He asked, "Who fell?"', 0.0),
        ("He asked, “Who fell?”", 0.0),
        # What is left of a dash in a text that was decoded wrongly is no question mark.
        ("It stood from 1902 ???", 0.0),
        ('"Who fell?" he asked.', 0.0),
    ],
)
def test_which_sentences_are_questions(text: str, asks: float) -> None:
    assert rows("What?", Document(text, "a"))[0]["asks"] == asks


def test_a_score_of_zero_divides_nothing() -> None:
    (passage,) = group(split(Document("It fell.", "a")))
    table = features(QuestionAnalysis("Who fell?"), [Hit(passage, 0.0)], [PassageParts(passage)])
    assert table[0, FEATURES.index("rank")] == 0.0
    assert np.isfinite(table).all()


def test_a_unit_inside_the_number_is_still_counted() -> None:
    (row,) = rows("How many weeks did it take?", Document("It took six weeks to mend.", "a"))
    assert row["counted"] == 1.0
    assert row["miscounted"] == 0.0


def test_margins_are_to_the_best_of_the_others() -> None:
    table = rank_features(np.array([3.0, 1.0, 2.0]))
    assert table.shape == (3, len(RANK_FEATURES))
    margins = table[:, RANK_FEATURES.index("margin")]
    assert margins.tolist() == [1.0, -2.0, -1.0]
    assert rank_features(np.array([5.0]))[0, RANK_FEATURES.index("margin")] > 0.0
    assert rank_features(np.array([2.0, 2.0]))[:, RANK_FEATURES.index("margin")].tolist() == [
        0.0,
        0.0,
    ]


def test_the_weights_that_ship_are_of_these_features() -> None:
    data = json.loads(resources.files("askdoc.data").joinpath("lexical.json").read_text("utf-8"))
    assert set(data["rank"]) <= set(FEATURES)
    assert set(data["confidence"]) <= {*FEATURES, *RANK_FEATURES, "bias"}
    assert all(map(math.isfinite, [*data["rank"].values(), *data["confidence"].values()]))
