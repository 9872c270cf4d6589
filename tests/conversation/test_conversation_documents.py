"""Follow-ups as people type them over documents, each named by what went wrong with it."""

from __future__ import annotations

import pytest

from askdoc.conversation import Talk, Turn, resolve_in
from askdoc.conversation.known import Known, known_from

TEXT = """\
Mayor Petra Holm has asked the water board to keep the old mill. "Nobody asked us," she told a crowd
on Monday. She said she had written to Ewald twice. The board's director, Jonas Ewald, said he was
ill. Ivo Brandt, a retired miller, started a petition. In 1912 Holm's aunt married Duarte Reis.

Ewald thought that the mill was too small. The Lyse coach, Mette Krogh, disagreed with him.
"""
KNOWN = known_from([TEXT])


def understood(question: str, *turns: Turn, known: Known = KNOWN) -> str:
    return resolve_in(question, Talk(turns=turns, known=known)).text


def test_a_pronoun_before_a_name_is_not_whoever_the_name_names() -> None:
    # "She said she had written to Ewald" once told that Ewald is a woman.
    assert KNOWN.people("f")[0].text == "Petra Holm"
    assert KNOWN.people("m")[0].text == "Jonas Ewald"


def test_a_surname_that_opens_a_sentence_is_a_name() -> None:
    assert KNOWN.times(next(n for n in KNOWN.people("m") if n.text == "Jonas Ewald")) == 3


def test_names_typed_without_capitals_are_names() -> None:
    said = Turn(KNOWN.cased("what did ewald offer"), ("the keys",), typed="what did ewald offer")
    assert said.question == "what did Ewald offer"
    assert understood("why did she reject it", said) == "why did Holm reject Ewald's offer?"


def test_words_that_are_no_names_keep_their_small_letters() -> None:
    assert KNOWN.cased("what is the mayor of the old mill to us") == (
        "what is the mayor of the old mill to us"
    )
    assert KNOWN.cased("Did Holm see the board?") == "Did Holm see the board?"


@pytest.mark.parametrize(
    ("before", "answer", "question", "alone"),
    [
        # A who-question is turned round, whatever its tense.
        (
            "Who bought the mill?",
            "Jonas Ewald",
            "for how much",
            "For how much did Jonas Ewald buy the mill?",
        ),
        (
            "Who opened the first mill?",
            "Holm",
            "in what year",
            "In what year did Holm open the first mill?",
        ),
        (
            "Who insures the mill?",
            "The board",
            "against what",
            "Against what does the board insure the mill?",
        ),
        ("Who has to fix the roof?", "board", "why", "Why does the board have to fix the roof?"),
        ("Who was dismissed?", "Ewald", "when", "When was Ewald dismissed?"),
        # Where something is, is where "why?" asks about.
        ("Where is the boat?", "in the garage", "why", "Why is the boat in the garage?"),
        ("Where was Petra Holm born?", "in Lyse", "when", "When was Petra Holm born?"),
        ("How high is the tower?", "30 metres", "where", "Where is the tower?"),
        ("When did Duarte Reis die?", "1915", "what of", "What did Duarte Reis die of?"),
        # What is counted.
        (
            "How many nurses does the clinic have?",
            "four",
            "and doctors",
            "How many doctors does the clinic have?",
        ),
        (
            "When were the mills built?",
            "1788",
            "how many were there by 1830",
            "how many mills were there by 1830?",
        ),
        (
            "Who opened the first cotton mill?",
            "Holm",
            "how many were lost",
            "how many mills were lost?",
        ),
        (
            "Which hotels were built?",
            "two",
            "which one burned down",
            "Which of the hotels burned down?",
        ),
        ("Can I keep a cat?", "yes", "how many", "How many cats can I keep?"),
        (
            "What does Petra Holm have to repair?",
            "roof",
            "and the tenant",
            "What does the tenant have to repair?",
        ),
        # What "it" and "they" are.
        ("Which stand did the fair give us?", "stand 14", "how big is it", "how big is the stand?"),
        (
            "When did the railway reach Lyse?",
            "1871",
            "what did it bring",
            "what did the railway bring?",
        ),
        (
            "How many people died of the plague?",
            "700",
            "when did it come",
            "when did the plague come?",
        ),
        (
            "Why won't the shelves fit?",
            "too high",
            "how high are they",
            "how high are the shelves?",
        ),
        ("How much do tickets cost?", "25", "when can i buy them", "when can i buy the tickets?"),
        (
            "How much do the leaflets cost?",
            "9",
            "when can they deliver them",
            "when can they deliver the leaflets?",
        ),
        (
            "What was Holm's best known picture?",
            "The Grey Quay",
            "who bought it",
            "who bought the Grey Quay?",
        ),
        # Somebody without a name.
        (
            "What happened to the last abbot?",
            "",
            "what was his name",
            "what was the last abbot's name?",
        ),
        # Where "there" is.
        (
            "Where did Holm speak?",
            "in Lyse",
            "how many people were there",
            "how many people were in Lyse?",
        ),
        ("When did Holm move to Lisbon?", "1904", "who lived there", "who lived in Lisbon?"),
        (
            "Who ran the summer school?",
            "Holm",
            "when did girls go there",
            "when did girls go to the summer school?",
        ),
    ],
)
def test_a_terse_follow_up_is_understood(
    before: str, answer: str, question: str, alone: str
) -> None:
    assert understood(question, Turn(before, (answer,))) == alone


def test_whom_a_pronoun_meant_it_goes_on_to_mean() -> None:
    turn = Turn("who taught Petra Holm to draw", ("Agnes",), typed="who taught her to draw")
    first = Turn("Where was Petra Holm born?", ("Lyse",))
    assert understood("when did she die", first, turn) == "when did Holm die?"


def test_who_somebody_is_tells_whom_the_next_question_is_about() -> None:
    before = Turn("What did Jonas Ewald think?", ("that the mill was too small",))
    asked = Turn("Who was Duarte Reis?", ("a doctor",))
    assert understood("how did he die", before, asked) == "how did Duarte Reis die?"
    named = Turn("Who is the Lyse coach?", ("Mette Krogh",))
    assert understood("what did she say", before, named) == "what did Mette Krogh say?"


def test_two_who_were_talked_of_stay_two_though_a_quote_names_others() -> None:
    met = Turn("What did Petra Holm ask Jonas Ewald?", ("to keep the mill",))
    asked = Turn("When did Ewald die?", ("1915", "Ewald died in 1915, as Ivo Brandt said."))
    assert understood("did they agree", met, asked) == "did Holm and Ewald agree?"


def test_a_mention_does_not_reach_over_the_end_of_a_quote() -> None:
    turn = Turn("Which hotels were built?", ("the Abbey Hotel", "Two hotels were built."))
    assert "Abbey" not in understood("which one burned down", turn)


@pytest.mark.parametrize(
    "question",
    [
        "When a bill is passed, what does it become?",
        "Who lost its colonies?",
        "Which band released the album \"Let It Be\"?",
        "In what year did Oliver Evans patent his device?",
        "How much did it cost to build the stadium?",
        "What does it mean when prices are left to float?",
        "How far is it from Lyse to Leith?",
        "Why is the room arranged as it is?",
        "who was the last king of Norway",
        "how many moons does jupiter have",
        "which river flows through Leith",
        "What happened in the harbour in 1987?",
        "Where is the town hall?",
    ],
)  # fmt: skip
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    turns = (
        Turn("What did Holm propose?", ("a mill",)),
        Turn("Who reads the Lyse Times?", ("Ewald", "Ewald reads the Lyse Times.")),
    )
    assert understood(question, *turns) == question


def test_a_name_within_the_question_is_whom_its_pronoun_means_only_if_it_is_a_name_by_itself() -> (
    None
):
    turn = Turn("Who scored the winner?", ("Ivo Brandt",))
    assert understood("What did the Lyse coach say about it?", turn) == (
        "What did the Lyse coach say about the winner?"
    )
