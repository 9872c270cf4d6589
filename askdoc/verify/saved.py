"""JSON -> answers: what `askdoc query --json` printed, however it was put into a file.

That is one answer, several one below the other, or a list of them; in UTF-8, or in the UTF-16 that
PowerShell writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import ValidationError

from askdoc.errors import AskdocError
from askdoc.model import Answer, Citation

_REMEDY = 'Try: askdoc query --json "QUESTION" PATH > answer.json'
# Files that were put together keep their byte order marks.
_BETWEEN = re.compile(r"[\s\ufeff]*")


def read_answers(data: bytes, where: str) -> list[Answer]:
    """The answers that a file holds, in order, at least one.

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
    try:
        answer = Answer.model_validate(value)
        answer.model_dump_json()
    except ValidationError as error:
        raise _no_answer(f"{which}{_in_words(error)}", where) from None
    except ValueError:
        raise _no_answer(f"{which}it has lone surrogates, which are no text", where) from None
    for at, citation in enumerate(answer.citations, start=1):
        if fault := _fault(citation):
            raise AskdocError(
                f"{which}citation {at} contradicts itself: {fault}",
                where,
                f"It was edited or damaged: save it anew. {_REMEDY}",
            )
    return answer


def _decoded(data: bytes, where: str) -> str:
    import json

    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        raise _no_answer("it is no text in UTF-8 or UTF-16", where) from None


def _values(text: str, where: str) -> Iterator[object]:
    """The JSON values that ought to be answers."""
    import json

    decoder = json.JSONDecoder()
    at = _skip(text, 0)
    if at == len(text):
        raise _no_answer("there is nothing in it", where)
    found = False
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            reason = f"it is not JSON: line {error.lineno}: {error.msg}"
            raise _no_answer(reason, where) from None
        except (ValueError, RecursionError):
            raise _no_answer("it is JSON with too long numbers or too deep", where) from None
        at = _skip(text, at)
        values = value if isinstance(value, list) else [value]
        found = found or bool(values)
        yield from values
    if not found:
        raise _no_answer("there is no answer in it", where)


def _skip(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _fault(citation: Citation) -> str:
    """What in a citation cannot be true of any source; empty if all can."""
    size, span = len(citation.quote), citation.end - citation.start
    if not size:
        return "its quote is empty"
    if citation.start < 0:
        return "its start is below 0"
    if citation.line < 1 or (citation.page is not None and citation.page < 1):
        return "its line or page is below 1"
    if span != size:
        return f"its quote has {_counted(size)}, its offsets have {span}"
    short = citation.short
    if short is None:
        return ""
    if not citation.start <= short.start <= short.end <= citation.end:
        return "its short answer is outside of its quote"
    size, span = len(short.text), short.end - short.start
    if span != size:
        return f"its short answer has {_counted(size)}, the short answer's offsets have {span}"
    return ""


def _counted(number: int) -> str:
    return "1 character" if number == 1 else f"{number} characters"


def _in_words(error: ValidationError) -> str:
    """The first thing that an answer has and this has not."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if not first["loc"]:
        return "it is JSON, but no object with a question, an answer and its citations"
    name = ".".join(map(str, first["loc"]))
    reason = first["msg"][:1].lower() + first["msg"][1:]
    return f"{name}: {reason}"


def _no_answer(reason: str, where: str) -> AskdocError:
    return AskdocError(f"not a saved answer ({reason})", where, _REMEDY)
