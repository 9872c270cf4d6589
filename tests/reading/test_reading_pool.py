"""How files are handed over to children, some at a time, among what needs none."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st
from strategies import UNTIMED

from askdoc.reading import pool
from askdoc.reading.pool import _MOST_AHEAD, _MOST_BYTES, _MOST_FILES, _Begun, _portions
from askdoc.reading.protocol import Job, Result

JOBS = st.builds(
    lambda size, apart: Job("a", "a", size, apart=apart),
    st.integers(0, 20) | st.integers(0, 2 * _MOST_BYTES),
    st.sampled_from([False, False, False, True]),
)


@UNTIMED
@given(st.lists(JOBS | st.none(), max_size=150))
@example([Job("a", "a", 0), Job("a", "a", 9, apart=True)])  # behind an empty file it was not apart
def test_each_job_is_handed_over_once_and_what_needs_none_is_made_once(
    jobs: list[Job | None],
) -> None:
    made: list[int] = []
    begun = [_Begun(number, job) for number, job in enumerate(jobs)]

    def make(number: int) -> Result:
        made.append(number)
        return Result()

    portions: list[list[Job]] = []
    for messages in _portions(iter(begun), make):
        # What stands behind a job that is not handed over yet does not delay it.
        handed = sum(map(len, portions))
        first = [number for number, job in enumerate(jobs) if job is not None][handed]
        assert max(made, default=-1) < first
        portions.append([Job.from_bytes(message) for message in messages])
    assert [job for portion in portions for job in portion] == [job for job in jobs if job]
    assert made == [number for number, job in enumerate(jobs) if job is None]
    for portion in portions:
        assert 0 < len(portion) <= _MOST_FILES
        assert len(portion) == 1 or sum(job.size for job in portion) <= _MOST_BYTES
        assert len(portion) == 1 or not any(job.apart for job in portion)


def test_what_needs_no_child_is_made_when_it_is_given_out_if_not_before() -> None:
    one = _Begun("a", None)
    results = [one.made(lambda item: Result(bytes(16))) for _ in range(2)]
    assert results[0] is results[1]
    assert list(pool.read("ab", lambda item: None, lambda item: Result(item.encode()))) == [
        ("a", Result(b"a")),
        ("b", Result(b"b")),
    ]


def test_a_job_before_very_many_items_that_need_none_does_not_keep_all_of_these_back() -> None:
    # One table before ten thousand notes: nothing was given out until the last of them was read.
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(10 * _MOST_AHEAD):
            taken = number
            yield number

    def job_of(number: int) -> Job | None:
        return Job("no such file", "a", 9) if number in (0, 3 * _MOST_AHEAD) else None

    results = pool.read(items(), job_of, processes=1)
    for number, (item, result) in enumerate(results):
        assert item == number
        assert (result.problem is not None) == (job_of(item) is not None)
        assert taken <= number + 2 * _MOST_AHEAD
    assert taken == item == 10 * _MOST_AHEAD - 1
