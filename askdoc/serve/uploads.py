"""Files that are handed in: read by a child process as any others are, and held in memory.

A child reads a file, so for as long as it reads there is one, in a folder that nobody else may look
into. What the child says is checked as always.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from askdoc.model import Document
from askdoc.reading.pool import read
from askdoc.reading.protocol import Job
from askdoc.serve.library import Upload, uploaded
from askdoc.serve.models import DocumentSummary
from askdoc.serve.problems import Problem, model_reply
from askdoc.serve.serving import Serving, serving_of

# A name, and no path: nothing that a system or a terminal takes for anything else.
_NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f/\\\ud800-\udfff]{1,200}")


async def put_endpoint(request: Request) -> Response:
    """Take a file in, in the place of one of its name that was handed in before."""
    serving, name = serving_of(request), _named(request)
    source = uploaded(name)
    is_new = not serving.library.is_held(source)
    await serving.look(lambda: serving.library.check_room(source, 0))
    with serving.taking_in():
        content = await request.body()
        summary = await serving.readings.run(lambda stop: _take_in(serving, name, content))
    return model_reply(summary, status=201 if is_new else 200)


async def delete_endpoint(request: Request) -> Response:
    """Ask a file no more that was handed in."""
    serving, name = serving_of(request), _named(request)
    await serving.look(lambda: serving.library.remove(uploaded(name)))
    return Response(status_code=204)


def _named(request: Request) -> str:
    if not serving_of(request).settings.uploads:
        raise Problem(
            "uploads-are-off",
            "the server takes no files",
            "",
            "Start it so: askdoc serve --uploads",
        )
    name = str(request.path_params["name"])
    if not _NAME.fullmatch(name) or name in (".", "..") or name.startswith("."):
        raise Problem(
            "invalid", "this is not the name of a file", ascii(name[:80])[1:-1], "Rename it."
        )
    return name


def _take_in(serving: Serving, name: str, content: bytes) -> DocumentSummary:
    source, library = uploaded(name), serving.library
    library.check_room(source, len(content))
    library.add(source, Upload(_read(name, source, content), content))
    listing = library.listing()
    return listing.entry(listing.ids[source]).summary


def _read(name: str, source: str, content: bytes) -> Document:
    """The document of a file's bytes.

    Raises:
        LoadError: there is nothing to read in it.
    """
    with tempfile.TemporaryDirectory(prefix="askdoc-") as folder:
        # Only what its name ends in says something of it.
        path = Path(folder) / f"file{Path(name).suffix[:20]}"
        path.write_bytes(content)
        job = Job(str(path), source, len(content), alone=True)
        ((_, result),) = read([job], lambda job: job, processes=1)
    if result.document is None:
        assert result.problem is not None
        raise result.problem
    return result.document
