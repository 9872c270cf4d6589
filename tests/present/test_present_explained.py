"""What led to an answer is told in words."""

from __future__ import annotations

from askdoc.present.explained import _MEANINGS
from askdoc.read import neural


def test_each_mark_of_the_network_is_told_in_words_not_by_its_name_in_the_source() -> None:
    assert not [name for name in neural.SURE if name not in _MEANINGS]
