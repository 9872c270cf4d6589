"""The description of the interface, OpenAPI 3.1, made from the table of routes and the models."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from askdoc import __version__
from askdoc.serve.models import ID_PATTERN, ChatProblem, ProblemDetails
from askdoc.serve.problems import CHAT, MEDIA_TYPE
from askdoc.serve.routes import BYTES, EVENTS, JSON, OPERATIONS, PNG, Operation

_REF = "#/components/schemas/{model}"
_EVENTS = "Events: searching, reading, then answer (its data is the other reply) or problem."
_CHAT_EVENTS = "The same as a stream, which is sent where `stream` is true."
_ALWAYS = (400, 401, 403, 421, 422)
_MEANINGS = {
    304: "Nothing has changed since the ETag that was sent.",
    400: "The request cannot be understood.",
    401: "The token is missing or wrong.",
    403: "Another site's page asked, or it is not allowed.",
    404: "There is no such thing.",
    409: "It does not go with what is there.",
    413: "Too many bytes.",
    415: "Not of a kind that is read.",
    421: "The server is not called so.",
    422: "It is understood, but not what can be done.",
    503: "Not now: too much is asked, or the index cannot be used.",
    507: "No room for more files.",
}


@cache
def description() -> dict[str, Any]:
    """The whole description."""
    schemas = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "askdoc",
            "version": __version__,
            "description": "Ask documents a question, get their own sentences back, verbatim and "
            "with their address. Offsets count code points of a document's text and are half-open.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def text() -> str:
    """The same as it is given out, and as the committed copy has it."""
    return json.dumps(description(), indent=1, ensure_ascii=False) + "\n"


def _schemas() -> dict[str, Any]:
    asked = {one.body for one in OPERATIONS if one.body}
    told = {model for one in OPERATIONS for _, model in one.replies if model}
    ordered = [
        *((model, "validation") for model in _sorted(asked)),
        *((model, "serialization") for model in _sorted({*told, ProblemDetails, ChatProblem})),
    ]
    _, whole = models_json_schema(ordered, ref_template=_REF)  # type: ignore[arg-type]
    found: dict[str, Any] = _plain(whole["$defs"])
    return found


def _plain(schema: Any) -> Any:
    """Without what pydantic said twice before 2.9: a lone reference in a list, a lone choice."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _plain(one) for name, one in schema.items()}
    if "const" in plain:
        plain.pop("enum", None)
    match plain.get("allOf"):
        case [{"$ref": _} as only]:
            del plain["allOf"]
            return only | plain
    return plain


def _sorted(models: set[type[BaseModel]]) -> list[type[BaseModel]]:
    return sorted(models, key=lambda model: model.__name__)


def _operation(one: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"operationId": one.name, "summary": one.does}
    parameters = [*_in_path(one), *_in_query(one)]
    if parameters:
        told["parameters"] = parameters
    if one.body:
        content = {JSON: {"schema": {"$ref": _ref(one.body, schemas, "Input")}}}
        told["requestBody"] = {"required": True, "content": content}
    elif one.takes_bytes:
        content = {BYTES: {"schema": {"type": "string", "format": "binary"}}}
        told["requestBody"] = {"required": True, "content": content}
    told["responses"] = _responses(one, schemas)
    if one.path in ("/healthz", "/readyz"):
        told["security"] = []
    return told


def _in_path(one: Operation) -> list[dict[str, Any]]:
    found = []
    for name in re.findall(r"{(\w+)}", one.path):
        schema: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 200}
        if name == "id":
            schema = {"type": "string", "pattern": ID_PATTERN}
        elif name == "page":
            schema = {"type": "integer", "minimum": 1, "maximum": 999_999}
        found.append({"name": name, "in": "path", "required": True, "schema": schema})
    return found


def _in_query(one: Operation) -> list[dict[str, Any]]:
    if one.query is None:
        return []
    schema = one.query.model_json_schema()
    found = []
    for name, field in schema["properties"].items() if "properties" in schema else ():
        needed = name in schema.get("required", ())
        told: dict[str, Any] = {"name": name, "in": "query", "required": needed}
        if "description" in field:
            told["description"] = field["description"]
        # What may be left out is no null in an address.
        kinds = [kind for kind in field.get("anyOf", [field]) if kind.get("type") != "null"]
        left_out = ("title", "description", "anyOf", *(["default"] if "anyOf" in field else []))
        told["schema"] = {
            key: value for key, value in {**field, **kinds[0]}.items() if key not in left_out
        }
        found.append(told)
    return found


def _responses(one: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    content = {kind: {"schema": _shown(kind, model, schemas)} for kind, model in one.replies}
    if EVENTS in content:
        told = _CHAT_EVENTS if one.path.startswith(CHAT) else _EVENTS
        content[EVENTS] = {"schema": {"description": told}}
    well: dict[str, Any] = {"description": one.does}
    if content:
        well["content"] = content
    if one.tagged:
        well["headers"] = {"ETag": {"schema": {"type": "string"}}}
    responses = {str(one.status): well}
    if one.takes_bytes:
        responses["200"] = {**well, "description": "The file took the place of another."}
    if one.tagged:
        responses["304"] = {"description": _MEANINGS[304]}
    kind, model = (JSON, ChatProblem) if one.path.startswith(CHAT) else (MEDIA_TYPE, ProblemDetails)
    problem = {kind: {"schema": {"$ref": _ref(model, schemas, "Output")}}}
    refused = [413, 415] if one.body else [413] if one.takes_bytes else []
    for status in sorted({*_ALWAYS, *refused, *one.problems}):
        responses[str(status)] = {"description": _MEANINGS[status], "content": problem}
    return responses


def _shown(kind: str, model: type[BaseModel] | None, schemas: dict[str, Any]) -> dict[str, Any]:
    if model is not None:
        return {"$ref": _ref(model, schemas, "Output")}
    if kind == JSON:
        return {"type": "object"}
    return {"type": "string", **({"format": "binary"} if kind in (BYTES, PNG) else {})}


def _ref(model: type[BaseModel], schemas: dict[str, Any], way: str) -> str:
    """Where a model is described: apart where what is sent differs from what is given."""
    name = f"{model.__name__}-{way}"
    return _REF.format(model=name if name in schemas else model.__name__)
