"""The description of the interface: as it is committed, and as the server replies."""

from __future__ import annotations

from pathlib import Path

from running import Running

from askdoc.serve import openapi
from askdoc.serve.routes import OPERATIONS

COPY = Path(__file__).parents[2] / "docs" / "openapi.json"
RENEW = (
    "python -c \"from askdoc.serve.openapi import text; print(text(), end='')\" > docs/openapi.json"
)


def test_the_committed_copy_is_what_the_models_give(server: Running) -> None:
    assert COPY.read_text(encoding="utf-8") == openapi.text(), f"Renew it: {RENEW}"
    assert server.client.get("/openapi.json").text == openapi.text()


def test_every_row_is_described_and_every_reference_leads_somewhere() -> None:
    described = openapi.description()
    for one in OPERATIONS:
        operation = described["paths"][one.path][one.method.lower()]
        assert operation["operationId"] == one.name
        assert str(one.status) in operation["responses"]
    names = [operation.name for operation in OPERATIONS]
    assert len(set(names)) == len(names)
    text = openapi.text()
    for part in text.split('"$ref": "#/components/schemas/')[1:]:
        assert part.partition('"')[0] in described["components"]["schemas"]
