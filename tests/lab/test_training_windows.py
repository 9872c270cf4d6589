"""What the network is trained on: right places marked, nothing marked where nothing answers."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tokenizing import reference

from lab.training.neural.texts import Asked, read_questions
from lab.training.neural.unanswerable import Changer
from lab.training.neural.windows import LONGEST_QUESTION, LONGEST_WINDOW, Batch, Sampler

TOWNS = ["Ellery", "Calder", "Ostrava", "Lund", "Morwen", "Tarbet"]
TEXTS = {
    town: (
        f"Port {town} sold its lighthouse on Monday. The council voted {number} to two for it. "
        f"Mayor Ruth Callan said the tower could not be painted every spring. "
        f"The lamp was put out in {1990 + number} because ships no longer needed it. "
        f"A fisherman, Owen Lindqvist, bought the lighthouse for {number}0,000 pounds."
    )
    for number, town in enumerate(TOWNS, 3)
}


def row(number: int, town: str, question: str, *answers: str) -> dict[str, object]:
    context = TEXTS[town]
    found = [{"text": answer, "start": context.index(answer)} for answer in answers]
    return {
        "id": str(number), "title": "coast", "context": context, "question": question,
        "answers": found, "set": "made",
    }  # fmt: skip


ROWS = [
    made
    for number, town in enumerate(TOWNS, 3)
    for made in (
        row(number, town, "When was the lamp put out?", str(1990 + number)),
        row(number, town, "Who bought the lighthouse?", "Owen Lindqvist", "A fisherman"),
        row(number, town, "How much did Owen Lindqvist pay?", f"{number}0,000 pounds"),
        row(number, town, "Who painted the moon?"),
    )
]


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return read_questions(ROWS, reference())


@pytest.fixture(scope="module")
def batches(asked: list[Asked]) -> list[Batch]:
    sampler = Sampler([(one, 1.0) for one in asked * 8], Changer(asked), reference(), tokens=700)
    assert sampler.pools(0) == 1
    return sampler.batches(0, 0)


def test_spans_cover_the_answers_letter_by_letter(asked: list[Asked]) -> None:
    for one in asked:
        for first, after, _ in one.spans:
            words = one.text.raw[one.text.starts[first] : one.text.ends[after - 1]]
            assert words in one.answers


def test_rivals_are_other_texts_that_hold_no_answer(asked: list[Asked]) -> None:
    lamps = [one for one in asked if one.question.startswith("When")]
    assert all(one.rivals for one in lamps)
    for one in asked:
        for rival in one.rivals:
            assert rival is not one.text
            assert not any(answer in rival.raw for answer in one.answers)


def test_targets_are_distributions_over_the_passage_or_no_answer(batches: list[Batch]) -> None:
    for batch in batches:
        for target in (batch.start, batch.end):
            assert np.allclose(target.sum(axis=1), 1.0)
            allowed = batch.passage.copy()
            allowed[:, 0] = 1.0
            assert not (target * (1.0 - allowed)).any()
        assert set(np.unique(batch.start[:, 0])) <= {0.0, 1.0}
        assert (batch.start[:, 0] == batch.end[:, 0]).all()
        assert (batch.mask.sum(axis=1) <= LONGEST_QUESTION + LONGEST_WINDOW + 3).all()


def test_what_is_marked_is_an_answer_and_no_answer_stands_where_none_is_marked(
    batches: list[Batch],
) -> None:
    decode = reference().decode
    seen = {"answer": 0, "nothing": 0}
    for batch in batches:
        for number in range(len(batch.ids)):
            passage = decode(batch.ids[number][batch.passage[number] == 1].tolist())
            question = decode(batch.ids[number][(batch.mask - batch.passage)[number] == 1].tolist())
            if batch.start[number, 0] == 0:
                seen["answer"] += 1
                first = int(np.flatnonzero(batch.start[number])[0])
                last = int(np.flatnonzero(batch.end[number])[0])
                words = decode(batch.ids[number][first : last + 1].tolist())
                if "put out" in question:
                    assert words.isdecimal()
            else:
                seen["nothing"] += 1
                if "when was the lamp put out" in question and "needed it" in passage:
                    # The same sentence of another port: its year is no answer to this question.
                    assert batch.group[number] in batch.group[:number]
    assert min(seen.values()) > 20


def test_the_same_seed_draws_the_same(asked: list[Asked], batches: list[Batch]) -> None:
    again = Sampler(
        [(one, 1.0) for one in asked * 8], Changer(asked), reference(), tokens=700
    ).batches(0, 0)
    assert all((one.ids == other.ids).all() for one, other in zip(batches, again, strict=True))


def test_a_changed_question_is_another_question(asked: list[Asked]) -> None:
    changer, chance = Changer(asked), random.Random(1)
    changed = [changer.change(one, chance) for one in asked]
    assert sum(made is not None for made in changed) >= len(asked) / 2
    assert all(made != one.question for made, one in zip(changed, asked, strict=True))
