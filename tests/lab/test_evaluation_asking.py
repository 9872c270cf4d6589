"""What counts as right, and the order of candidates."""

from __future__ import annotations

from fake_asker import CrashingAsker, FakeAsker, MisquotingAsker, build, build_without_shorts

from lab.evaluation.asking import ask_article, ask_paragraph, rank, resolve_follow_up
from lab.evaluation.data import FollowUpRow, RankingRow, ReadingRow

FIRST = "The harbour lies in the north. Boats land herring there."
SECOND = "The north wind is cold. Nobody lands herring in winter."


def question(text: str, context: str, *answers: str) -> ReadingRow:
    return ReadingRow("q", text, "Harbour", context, answers, "")


def test_a_sentence_of_another_paragraph_is_wrong_even_if_it_holds_the_answer() -> None:
    article = f"{FIRST}\n\n{SECOND}"
    start = len(FIRST) + 2
    asked = "lands herring in winter"
    (own,) = ask_article(build, article, [(question(asked, SECOND, "herring"), start)])
    assert own.ranked.citations[0].quote == "Nobody lands herring in winter."
    # Best first: the sentence about winter, two that share a word with the question, in their
    # order, of which one is of the other paragraph; the cold wind shares none.
    assert own.right == (True, False, False)
    (other,) = ask_article(build, article, [(question(asked, FIRST, "herring"), 0)])
    assert other.right == (False, False, True)


def test_no_more_than_ten_citations_of_an_article_count() -> None:
    text = " ".join(f"Line {number} of the log." for number in range(20))
    (outcome,) = ask_article(build, text, [(question("log", text, "19"), 0)])
    assert outcome.right == (False,) * 10


def test_the_prediction_is_the_short_answer() -> None:
    row = question("Boats land herring there", FIRST, "there")
    (outcome,) = ask_paragraph(build, FIRST, [row])
    assert (outcome.ranked_right, outcome.given_right) == (True, True)
    assert outcome.prediction == "there"


def test_without_a_short_answer_the_prediction_is_the_quote_and_never_a_refusal() -> None:
    row = question("Boats land herring there", FIRST, "there")
    (outcome,) = ask_paragraph(build_without_shorts, FIRST, [row])
    assert outcome.prediction == "Boats land herring there."


def test_below_the_threshold_the_prediction_is_empty_but_the_ranking_remains() -> None:
    row = question("Which boats sank off Iceland", FIRST, "Boats")
    (outcome,) = ask_paragraph(build, FIRST, [row])
    assert outcome.prediction == ""
    assert (outcome.ranked_right, outcome.given_right) == (True, False)
    assert outcome.ranked.confidence == 0.2


def test_an_unanswerable_question_is_never_right() -> None:
    (outcome,) = ask_paragraph(build, FIRST, [question("Boats land herring there", FIRST)])
    assert outcome.given.answered
    assert (outcome.ranked_right, outcome.given_right) == (False, False)


def test_a_question_without_words_is_a_refusal_and_no_failure() -> None:
    (outcome,) = ask_paragraph(build, FIRST, [question("???", FIRST, "north")])
    assert outcome.ranked.failure is None
    assert not outcome.given.answered
    assert outcome.ranked.confidence == 0.0


def test_a_crash_and_a_quote_out_of_place_are_failures() -> None:
    (crashed,) = ask_paragraph(CrashingAsker, FIRST, [question("crash", FIRST, "north")])
    assert crashed.ranked.failure == "ZeroDivisionError: division by zero"
    (misquoted,) = ask_paragraph(MisquotingAsker, FIRST, [question("north", FIRST, "north")])
    assert misquoted.ranked.failure is not None
    assert "not at its place" in misquoted.ranked.failure


def test_an_asker_that_cannot_be_built_fails_each_question() -> None:
    def broken(texts: dict[str, str]) -> FakeAsker:
        raise MemoryError("too large")

    rows = [question("north", FIRST, "north")] * 2
    outcomes = ask_paragraph(broken, FIRST, rows)
    assert [o.given.failure for o in outcomes] == ["MemoryError: too large"] * 2
    row = RankingRow("r", "north", ("A.", "B."), (True, False))
    assert rank(broken, row).order == (0, 1)


def test_candidates_are_ranked_by_their_first_citation_and_the_rest_come_last() -> None:
    candidates = (
        "Nothing of the kind.",  # not returned
        "Snow fell. Herring is a fish.",  # second sentence holds one word
        "  ",  # blank: cannot be returned
        "Nor here.",  # not returned
        "Herring live in the north. Herring is eaten.",  # two words, then one
    )
    row = RankingRow("r", "herring north", candidates, (False,) * 5)
    assert rank(build, row).order == (4, 1, 0, 2, 3)


def test_blank_candidates_alone_keep_their_order() -> None:
    row = RankingRow("r", "herring", (" ", ""), (False, True))
    outcome = rank(build, row)
    assert (outcome.order, outcome.failure) == ((0, 1), None)


def test_a_follow_up_is_resolved_with_its_history() -> None:
    row = FollowUpRow("f", "Why?", ("Page", "Section"), "Why is it a page?")
    joined = resolve_follow_up(lambda asked, history: " ".join([asked, *history]), row)
    assert joined.resolved == "Why? Page Section"
