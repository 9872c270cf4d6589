"""JSON -> answers: what `askdoc query --json` printed, however it was put into a file.

That is one answer, several one below the other, or a list of them; in UTF-8, or in the UTF-16 that
PowerShell writes. An answer is taken only as askdoc writes it: with all its fields and no others,
each once; only the fields of a later version may be missing, all together. A field that one reader
of the JSON would see and another would not (a key that stands twice, a number that is none) could
show one answer to a person and another to whoever checks it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NoReturn

from pydantic import BaseModel, ValidationError

from askdoc.errors import AskdocError
from askdoc.model import Answer, Citation, Missing
from askdoc.verify.consistency import fault_of_answer, fault_of_citation

LONGEST_FILE = 16 * 2**20
"""Bytes of a file of answers: tens of thousands of citations, which take some thirty times as much
in memory."""

_REMEDY = 'Try: askdoc query --json "QUESTION" PATH > answer.json'
# Files that were put together keep their byte order marks.
_BETWEEN = re.compile(r"[\s\ufeff]*")
_LISTS: dict[str, type[BaseModel]] = {
    "citations": Citation,
    "nearest": Citation,
    "missing": Missing,
}
# Answers that were saved before there were these fields have none of them.
_LATER = frozenset(
    ("threshold", "perhaps_threshold", "missing", "no_question", "incomplete", "verdict")
)
_LONGEST_NUMBER = 30  # characters; askdoc writes up to 23: -2.2250738585072014e-308
_SHOWN = 40  # characters of a name that somebody else gave a field


class _Odd(ValueError):
    """JSON that askdoc does not write; the message says what is odd about it."""


def read_answers(data: bytes, where: str) -> list[Answer]:
    """The answers that a file holds, in order, at least one; none contradicts itself.

    Args:
        data: all of the file.
        where: what errors call it.

    Raises:
        AskdocError: they are not answers, or not as askdoc gives them.
    """
    values = list(_values(_decoded(data, where), where))
    if len(values) == 1:
        return [_answer(values[0], "", where)]
    return [_answer(value, f"answer {at}: ", where) for at, value in enumerate(values, start=1)]


def _answer(value: object, which: str, where: str) -> Answer:
    """The answer that a JSON value is; errors say which one it is of several."""
    answer = _validated(value, which, where)
    written = answer.model_dump(mode="json")
    if isinstance(value, dict) and _LATER.isdisjoint(value):
        written = {name: part for name, part in written.items() if name not in _LATER}
    if odd := _odd_field(value, written, ""):
        raise _no_answer(f"{which}{odd}", where)
    for kind, citations in (("citation", answer.citations), ("nearest", answer.nearest)):
        for at, citation in enumerate(citations, start=1):
            if fault := fault_of_citation(citation):
                raise _contradicted(f"{which}{kind} {at}", fault, where)
    if isinstance(value, dict):
        for name in Answer.model_computed_fields:
            if name not in written:
                continue
            if (type(value[name]), value[name]) != (type(written[name]), written[name]):
                fault = f"its {name} is not what its citations give"
                raise _contradicted(f"{which}the answer", fault, where)
    if fault := fault_of_answer(answer):
        raise _contradicted(f"{which}the answer", fault, where)
    return answer


def _validated(value: object, which: str, where: str) -> Answer:
    """The answer that a JSON value is, if its fields are of the right types."""
    place: list[str] = []
    try:
        fields = _with_parts(value, place) if isinstance(value, dict) else value
        answer = Answer.model_validate(fields, strict=True)
        answer.model_dump_json()
    except ValidationError as error:
        raise _no_answer(f"{which}{_in_words(error, place)}", where) from None
    except ValueError:
        raise _no_answer(f"{which}it has lone surrogates, which are no text", where) from None
    return answer


def _with_parts(value: dict[str, object], place: list[str]) -> dict[str, object]:
    """The fields of an answer with its lists validated; `place` has that of the last part.

    One by one, up to the first that is none: pydantic would list the faults of all, millions in a
    file that was made to be a burden.
    """
    fields = dict(value)
    for name, kind in _LISTS.items():
        parts = value.get(name)
        if isinstance(parts, list):
            found: list[BaseModel] = []
            for at, part in enumerate(parts):
                place[:] = [name, str(at)]
                found.append(kind.model_validate(part, strict=True))
            fields[name] = tuple(found)
    place.clear()
    return fields


def _odd_field(value: object, written: object, path: str) -> str:
    """The first field that an answer has and askdoc would not write, or the other way round.

    Args:
        value: as it was read.
        written: the same as askdoc writes it; it differs in fields only.
        path: where the two stand.
    """
    parts: list[tuple[str, object, object]] = []
    if isinstance(value, list) and isinstance(written, list):
        pairs = zip(value, written, strict=True)
        parts = [(str(at), one, other) for at, (one, other) in enumerate(pairs)]
    elif isinstance(value, dict) and isinstance(written, dict):
        for name in value:
            if name not in written:
                return f"{path}{_shown(name)}: no field that askdoc writes"
        for name in written:
            if name not in value:
                return f"{path}{name}: field required"
        parts = [(name, value[name], written[name]) for name in written]
    found = (_odd_field(one, other, f"{path}{name}.") for name, one, other in parts)
    return next(filter(None, found), "")


def _decoded(data: bytes, where: str) -> str:
    import json

    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        raise _no_answer("it is no text in UTF-8 or UTF-16", where) from None


def _values(text: str, where: str) -> Iterator[object]:
    """The JSON values that ought to be answers."""
    import json

    decoder = json.JSONDecoder(
        object_pairs_hook=_object,
        parse_int=_whole,
        parse_float=_real,
        parse_constant=_no_number,
    )
    at = _skip(text, 0)
    if at == len(text):
        raise _no_answer("there is nothing in it", where)
    found = False
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except _Odd as error:
            raise _no_answer(str(error), where) from None
        except json.JSONDecodeError as error:
            reason = f"it is not JSON: line {error.lineno}: {error.msg}"
            raise _no_answer(reason, where) from None
        except RecursionError:
            raise _no_answer("it is nested too deep", where) from None
        at = _skip(text, at)
        values = value if isinstance(value, list) else [value]
        found = found or bool(values)
        yield from values
    if not found:
        raise _no_answer("there is no answer in it", where)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _Odd(f"one object has the key {_shown(name)} twice")
        found[name] = value
    return found


def _whole(number: str) -> int:
    if len(number) > _LONGEST_NUMBER:
        raise _Odd("it has too long numbers")
    return int(number)


def _real(number: str) -> float:
    if len(number) > _LONGEST_NUMBER:
        raise _Odd("it has too long numbers")
    if not math.isfinite(value := float(number)):
        raise _Odd(f"it has a number beyond all numbers: {number}")
    return value


def _no_number(name: str) -> NoReturn:
    raise _Odd(f"it has {name} for a number, which is not JSON")


def _skip(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _shown(name: str) -> str:
    """The name of a field as somebody else gave it, in few and plain characters."""
    short = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}..."
    return ascii(short)


def _in_words(error: ValidationError, place: list[str]) -> str:
    """The first thing that an answer, or what is at a place in it, has and this has not."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    steps = [*place, *map(str, first["loc"])]
    if not steps:
        return "it is JSON, but no object with a question, an answer and its citations"
    name = ".".join(steps)
    if first["type"] == "string_unicode":
        return f"{name}: it has lone surrogates, which are no text"
    if first["type"] == "model_type":
        return f"{name}: input should be an object"
    reason = (first["msg"][:1].lower() + first["msg"][1:]).replace("tuple", "list")
    return f"{name}: {reason}"


def _no_answer(reason: str, where: str) -> AskdocError:
    return AskdocError(f"not a saved answer ({reason})", where, _REMEDY)


def _contradicted(what: str, fault: str, where: str) -> AskdocError:
    remedy = f"It was edited or damaged: save it anew. {_REMEDY}"
    return AskdocError(f"{what} contradicts itself: {fault}", where, remedy)
