"""Follow-ups made to stand alone: what holds of all, how many are understood, and past mistakes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc import resolve
from askdoc.conversation import History, Turn, resolve_in
from askdoc.conversation.entities import entities_of
from lab.evaluation.dialogs import histories
from lab.evaluation.talks import asked_differently, dialogs

PIECES = st.sampled_from(
    "who what why when where how did was is are the a any other else he she it they his their them "
    "this that there which one many and of in with about to said mill Ada Marsh St. Leith Holm "
    "album , . ? \n 1997 ( ) ' \" “ ” 's x".split(" ")
)
LINES = st.one_of(st.lists(PIECES, max_size=16).map(" ".join), st.text(max_size=60))
TURNS = st.lists(
    st.builds(lambda q, a, t: Turn(q, tuple(a), t), LINES, st.lists(LINES, max_size=3), LINES),
    max_size=5,
)
TOLD = ["Ada Marsh", "Early life", "Where was she born?", "In Leith.", "Did she write?", "Plays."]


@settings(max_examples=200, deadline=None)
@given(LINES, st.lists(LINES, max_size=7))
def test_the_result_is_one_line_and_always_the_same(question: str, history: list[str]) -> None:
    resolved = resolve(question, history)
    assert len(resolved.splitlines()) <= 1
    assert resolved == resolve(question, list(history))


@settings(max_examples=200, deadline=None)
@given(LINES, TURNS, st.lists(LINES, max_size=4).map("\n".join))
def test_the_same_holds_over_documents(question: str, turns: list[Turn], text: str) -> None:
    first, again = (
        resolve_in(question, History(turns=tuple(turns), entities=entities_of([text])))
        for _ in range(2)
    )
    assert first == again
    assert len(first.splitlines()) <= 1


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=80))
def test_without_history_nothing_changes(question: str) -> None:
    expected = question if question.isprintable() else " ".join(question.split())
    assert resolve(question, []) == expected
    assert resolve(question, ["", "  "]) == expected


@pytest.mark.parametrize(
    "hostile",
    [
        "he " * 20_000 + "?",
        "?" * 50_000,
        "(" * 9_000 + "it",
        "\x00\x1b[31mshe\x07?",
        "\ud800 did she?",
        "And in " + "in " * 300 + "?",
        "did the " * 120 + "?",
        "A." * 450 + "'s " * 30,
        "who is made " + "it a " * 190,
    ],
)
def test_hostile_strings_do_no_harm(hostile: str) -> None:
    assert len(resolve(hostile, TOLD).splitlines()) <= 1
    assert len(resolve("Where was she born?", [hostile] * 60).splitlines()) <= 1
    assert resolve(hostile, [hostile] * 4) == resolve(hostile, [hostile] * 4)


def test_most_follow_ups_are_understood_and_hardly_any_other_question_is_changed() -> None:
    rows = [one for dialog in dialogs("tuning") for one in histories(dialog)]
    resolved = [(row, resolve_in(row.question, history)) for row, history in rows]
    understood = [row.accepts(text) for row, text in resolved if not row.alone]
    changed = [asked_differently(text, row.question) for row, text in resolved if row.alone]
    assert sum(understood) >= 0.6 * len(understood)
    assert sum(changed) <= 0.02 * len(changed)


@pytest.mark.parametrize(
    ("history", "question", "alone"),
    [
        # Pronouns of each class, as subject, object and owner; under headings and without.
        (TOLD[:2], "Who was her father?", "Who was Ada Marsh's father?"),
        (["The Tin Lanterns"], "When did they split up?", "When did The Tin Lanterns split up?"),
        (["When did the bridge fall?", "In 1987."], "Who built it?", "Who built the bridge?"),
        (
            ["Why did Sheinbaum reject Donald's offer?", "She said that it is not for sale."],
            "What did she say to him?",
            "What did Sheinbaum say to Donald?",
        ),
        # Fragments: a question word, a date, a name and a noun phrase.
        (["Did Ada Marsh sell the mill?", "Yes."], "Why?", "Why did Ada Marsh sell the mill?"),
        (["Did Ada Marsh sell it?", "No."], "Why not?", "Why didn't Ada Marsh sell it?"),
        (["Who sold it?", "Jonas Pell"], "For how much?", "For how much did Jonas Pell sell it?"),
        (["What did Trump propose?", "a swap"], "When was that?", "When did Trump propose a swap?"),
        (["What did Trump propose?"], "And Sheinbaum?", "What did Sheinbaum propose?"),
        (["How old is the wall?", "9"], "And the roof?", "How old is the roof?"),
        # A fragment after a fragment, and after a pronoun.
        (
            ["What were the sales in May?", "12 tons", "And in June?", "9 tons"],
            "And in July?",
            "What were the sales in July?",
        ),
        ([*TOLD[:3], "In Leith."], "When?", "When was Ada Marsh born?"),
    ],
)
def test_each_kind_of_follow_up(history: list[str], question: str, alone: str) -> None:
    assert resolve(question, history) == alone


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "Which battle was fought at Sedan in 1870?",
        "What other instruments did Mozart play?",
        "When did Jonas Pell sell his boat?",
        "Why did the mayor say that he would resign?",
        "Did the sailors get their wages?",
        "Is it true that cod is rare?",
        "How long does it take to sail to Leith?",
        "When a bill is passed, what does it become?",
        'Which band released the album "Let It Be"?',
    ],
)
def test_a_question_that_explains_its_own_pronouns_stays(question: str) -> None:
    assert resolve(question, TOLD) == question


def test_a_resolved_question_is_not_changed_again() -> None:
    for question in ("Where did she live?", "Why?", "What about her father?", "And in 1912?"):
        resolved = resolve(question, TOLD)
        assert resolve(resolved, TOLD) == resolved


def test_a_saint_is_part_of_the_name() -> None:
    # "Did she accept?" once asked for "Pierre".
    for before in ("What did St. Pierre offer?", "Who is Ada St. Pierre?"):
        resolved = resolve("Did she accept?", [before, "The house."])
        assert resolved.endswith("St. Pierre accept?")
    told = "Mayor Ada St. Pierre spoke. St. Pierre said she had accepted. St. Pierre left."
    history = History(turns=(Turn("What did St. Pierre say?"),), entities=entities_of([told]))
    assert resolve_in("did she accept", history) == "did St. Pierre accept?"


def test_a_heading_in_capitals_is_nobodys_name_and_a_signature_in_capitals_is() -> None:
    # "What does she repair?" once became "What does LEASE AGREEMENT repair?".
    for answer, she in (
        ("LEASE AGREEMENT between the landlord and the tenant", "the landlord"),
        ("NOTICE OF TERMINATION", "the landlord"),
        ("JANE ROE", "JANE ROE"),
        ("Jane Roe of Mill Lane", "Jane Roe"),
    ):
        resolved = resolve("What does she repair?", ["Who is the landlord?", answer])
        assert resolved == f"What does {she} repair?"


def test_an_occupation_is_no_it() -> None:
    history = ["Who is the landlord?", "LEASE AGREEMENT"]
    assert resolve("When does it end?", history) == "When does it end?"


def test_what_about_a_newspaper_makes_english() -> None:
    history = ["What did the Times say about the deal?", "Nothing."]
    expected = "What did the Guardian say about the deal?"
    assert resolve("What about the Guardian?", history) == expected
    alone = "What about the Guardian?"
    assert resolve(alone, ["When did the strike begin?", "In May."]) == alone


def test_what_happened_to_somebody_is_not_asked_why_with_two_verbs() -> None:
    assert resolve("Why?", ["What will happen to the doctor?", "He will go."]) == "Why?"
    history = ["Against what does the landlord insure the building?", "fire"]
    assert resolve("And the tools?", history) == "Against what does the landlord insure the tools?"


def test_a_title_is_no_question_though_it_opens_like_one() -> None:
    history = ["Who Framed the Dean", "Plot", "Who is the hero?", "Jonas Pell"]
    assert resolve("When was he born?", history) == "When was Jonas Pell born?"


def test_a_pronoun_goes_on_to_mean_what_it_meant() -> None:
    history = [*TOLD[:2], "Who was Tom Pell?", "A cook.", "What did he write?", "A cookery book."]
    assert resolve("When did he die?", history) == "When did Tom Pell die?"
    assert resolve("When did she die?", history) == "When did Ada Marsh die?"
