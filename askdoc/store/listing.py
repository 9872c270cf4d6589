"""tantivy's list of what the inverted index consists of, read and checked.

The list is committed with the sources, in the catalogue: the one in the folder is only tantivy's
copy. Nothing in it may have tantivy do what askdoc does not have it do.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from askdoc.store.gate import KINDS
from askdoc.store.schema import (
    BLANKS,
    FREQUENCIES,
    PASSAGE_FIELD,
    SCHEMA,
    SOURCE_FIELD,
    TERMS_FIELD,
)
from askdoc.store.state import State

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST_PASSAGES = 2**31
_MOST_SEGMENTS = 1000
# Nothing of it is ever looked at, and not all of tantivy's versions may write it.
_SPARED = ("pos",)
_NOT_PACKED = "none"

EMPTY = json.dumps(
    {
        # Unpacking takes on trust how much room it needs; and there is nothing to pack.
        "index_settings": {"docstore_compression": _NOT_PACKED, "docstore_blocksize": 16384},
        "segments": [],
        "schema": SCHEMA,
        "opstamp": 0,
    }
)
"""The list of an inverted index that holds nothing."""


class Segment(NamedTuple):
    """A part of the inverted index: what its files begin with, how many passages it holds.

    `deletes` is the end of the name of the file that tells which of them were deleted, "" for none.
    """

    stem: str
    passages: int
    deletes: str

    @property
    def postings(self) -> str:
        """The name of the file that tells which passages have a term."""
        return f"{self.stem}.idx"

    @property
    def files(self) -> list[str]:
        """The names of the files that it may consist of."""
        names = [f"{self.stem}.{kind}" for kind in KINDS]
        return [*names, f"{self.stem}.{self.deletes}"] if self.deletes else names


def segments(listing: str) -> list[Segment]:
    """What the inverted index consists of.

    Raises:
        ValueError: this is no list that tantivy makes for askdoc.
    """
    try:
        found = json.loads(listing)
        _check_settings(found)
        parts = [_segment(one) for one in found["segments"]]
    except (LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"the list of its files was changed ({error})") from None
    if len(parts) > _MOST_SEGMENTS or len({part.stem for part in parts}) != len(parts):
        raise ValueError("the list of its files was changed")
    return parts


def check_state(state: State) -> list[Segment]:
    """The same for a committed state, whose files must be those of the list.

    Raises:
        ValueError: they are not.
    """
    parts = segments(state.listing)
    names = {file.name for file in state.files}
    may = {name for part in parts for name in part.files}
    must = {name for name in may if not name.endswith(_SPARED)}
    if len(names) != len(state.files) or not must <= names <= may:
        raise ValueError("the list of its files was changed")
    return parts


def _check_settings(found: dict[str, Any]) -> None:
    fields = {field["name"]: field for field in found["schema"]}
    terms = fields[TERMS_FIELD]["options"]["indexing"]
    numbers = [fields[name] for name in (PASSAGE_FIELD, SOURCE_FIELD)]
    if not (
        len(found["schema"]) == len(fields) == 1 + len(numbers)
        and found["index_settings"]["docstore_compression"] == _NOT_PACKED
        and fields[TERMS_FIELD]["type"] == "text"
        and (terms["record"], terms["tokenizer"], terms["fieldnorms"])
        == (FREQUENCIES, BLANKS, True)
        and all(field["type"] == "u64" for field in numbers)
        and fields[PASSAGE_FIELD]["options"]["fast"] is True
        and fields[SOURCE_FIELD]["options"]["indexed"] is True
        and not any(field["options"].get("stored") for field in fields.values())
    ):
        raise ValueError("what its lists say of fields was changed")


def _segment(found: dict[str, Any]) -> Segment:
    number, passages, deletes = found["segment_id"], found["max_doc"], found["deletes"]
    if not (_ID.fullmatch(number) and type(passages) is int and 0 < passages < _MOST_PASSAGES):
        raise ValueError("the list of its files was changed")
    if deletes is None:
        return Segment(number.replace("-", ""), passages, "")
    stamp, gone = deletes["opstamp"], deletes["num_deleted_docs"]
    if not (type(stamp) is type(gone) is int and 0 < gone <= passages and 0 <= stamp < 2**64):
        raise ValueError("the list of its files was changed")
    return Segment(number.replace("-", ""), passages, f"{stamp}.del")
