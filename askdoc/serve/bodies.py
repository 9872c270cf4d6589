"""What a request brings -> a model of `models`: JSON as strictly as it is written, or a query.

JSON that two readers may take for two things (a key twice, NaN, a number that no program holds) is
none here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar, get_origin

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from askdoc.serve.problems import Problem

M = TypeVar("M", bound=BaseModel)
_LONGEST_NUMBER = 30  # characters
_SHOWN = 40


async def json_body(request: Request, model: type[M]) -> M:
    """The model that the body of a request holds.

    Raises:
        Problem: it is no JSON, or not what is asked for.
    """
    body = await request.body()
    parsed(body)
    # Of a model that is strict all parts are, also those that are not where they are used else.
    strict = model.model_config.get("strict")
    return _checked(lambda: model.model_validate_json(body, strict=strict))


def query_of(request: Request, model: type[M]) -> M:
    """The model that the query in the address is.

    Raises:
        Problem: it is not what is asked for.
    """
    found: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        field = model.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is tuple:
            found.setdefault(name, []).append(value)
        elif name in found:
            raise Problem(
                "invalid", "it stands twice in the address", _shown(name), "Give it once."
            )
        else:
            found[name] = value
    return _checked(lambda: model.model_validate(found))


def values_as(values: Mapping[str, object], model: type[M]) -> M:
    """The model of values that were not sent as JSON, as those of a form.

    Raises:
        Problem: they are not what is asked for.
    """
    return _checked(lambda: model.model_validate(values))


def _checked(validate: Callable[[], M]) -> M:
    """What is validated.

    Raises:
        Problem: it is not as it is to be.
    """
    try:
        return validate()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        if first["type"] == "json_invalid":
            raise _bad("it has lone surrogates, or is nested too deep") from None
        if first["type"] == "model_type":
            what = "it is no object"
        else:
            what = first["msg"][:1].lower() + first["msg"][1:].replace("tuple", "list")
        remedy = "/openapi.json tells what is asked for."
        raise Problem("invalid", what, _shown(where), remedy) from None


def parsed(body: bytes) -> object:
    """The JSON value in a body.

    Raises:
        Problem: there is none, or another program might take it for something else.
    """
    try:
        text = body.decode("utf-8")
        decoder = json.JSONDecoder(
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_real,
            parse_constant=_no_number,
        )
        return decoder.decode(text)
    except UnicodeDecodeError:
        raise _bad("it is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise _bad(f"line {error.lineno}, column {error.colno}: {error.msg.lower()}") from None
    except RecursionError:
        raise _bad("it is nested too deep") from None


def _object(pairs: list[tuple[str, object]]) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _bad(f"one object has the key {_shown(name)} twice")
        found[name] = value
    return found


def _whole(number: str) -> int:
    if len(number) > _LONGEST_NUMBER:
        raise _bad("it has too long numbers")
    return int(number)


def _real(number: str) -> float:
    if len(number) > _LONGEST_NUMBER or not math.isfinite(value := float(number)):
        raise _bad("it has a number beyond what is counted with")
    return value


def _no_number(name: str) -> NoReturn:
    raise _bad(f"it has {name} for a number")


def _shown(name: str) -> str:
    """What somebody else called something, in few and plain characters."""
    return ascii(name if len(name) <= _SHOWN else f"{name[:_SHOWN]}...")[1:-1]


def _bad(reason: str) -> Problem:
    return Problem("bad-request", f"the body is not JSON ({reason})", "", "Send one JSON object.")
