"""`askdoc mcp`: the tools of `askdoc.mcp` for a program that speaks the Model Context Protocol."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from askdoc.cli import ANSWERED
from askdoc.cli.asking import INDEX, is_saved, load, seeds
from askdoc.cli.options import STDIN, Request
from askdoc.cli.streams import put, say
from askdoc.errors import AskdocError, SourceNotFound, SourceUnreadable
from askdoc.present.sanitize import one_line
from askdoc.present.style import is_terminal

if TYPE_CHECKING:
    from askdoc.assistant import Assistant
    from askdoc.mcp.tools import Tools

_INSTALL = 'Install it: pip install "askdoc[mcp]"'
_PACKAGES = ("mcp", "mcp_types")


def mcp(request: Request) -> int:
    """Answer over standard input and output until the client closes them."""
    _check(request)
    if request.print_config:
        return _print_config(request)
    tools = _tools(request)
    from askdoc.mcp.server import make_server
    from askdoc.mcp.stdio import serve

    server = make_server(tools)
    if is_terminal(sys.stdin):
        say(
            "askdoc: an assistant starts this and speaks MCP with it; Ctrl-C ends it. "
            "How to put it into one: askdoc mcp --print-config claude"
        )
    serve(server)
    return ANSWERED


def _tools(request: Request) -> Tools:
    """The tools, over what was named.

    Raises:
        AskdocError: the extra that has the SDK is not installed, or what was named cannot be asked.
    """
    try:
        from mcp.server.mcpserver import MCPServer  # noqa: F401

        from askdoc.mcp.folders import allowed_folders
        from askdoc.mcp.tools import Tools
    except ImportError as error:
        if (error.name or "").split(".")[0] not in _PACKAGES:
            raise
        what = "askdoc mcp needs a package that is not installed, or a later version of it"
        raise AskdocError(what, error.name or "mcp", _INSTALL) from None
    folders = allowed_folders(request.allow_index)
    index = _index(request)
    opened: list[Assistant] = []
    if not request.paths and not (folders and not is_saved(index)):
        # An index is opened at once, so that whoever starts this sees what is wrong with it.
        opened.append(load(request))

    def make() -> Assistant:
        return opened.pop() if opened else load(request)

    return Tools(make, index, folders)


def _check(request: Request) -> None:
    """See that what was named can be asked, before a client waits for it."""
    if STDIN in request.paths:
        what = "askdoc mcp reads what its client says from standard input, and no document"
        raise SourceUnreadable(what, STDIN, "Save it to a file and name that.")
    for path in request.paths:
        if not os.path.lexists(path):
            raise SourceNotFound("no such file or folder", one_line(path), "Check the name.")
    if request.allow_index and request.paths:
        raise AskdocError(
            "what is indexed goes into a saved index, and paths are asked without one",
            request.allow_index[0],
            "Leave out the paths, or --allow-index.",
        )
    if request.allow_index and request.index is None and not is_saved(INDEX):
        # So that the folder in which a client happens to start it does not become an index.
        raise AskdocError(
            "there is no saved index here that could be brought up to date", INDEX,
            "Say where it is, or is to be: --index DIR",
        )  # fmt: skip


def _print_config(request: Request) -> int:
    """Print what a client's settings need, and say where these are."""
    from askdoc.mcp.clients import CLIENTS, starting

    options = [] if request.reader is None else ["--reader", request.reader]
    options += ["--follow-links"] if request.follow_links else []
    options += [] if request.cache else ["--no-cache"]
    for folder in request.allow_index:
        options += ["--allow-index", _absolute(folder)]
    paths = request.paths
    if not paths and (request.index is not None or is_saved(INDEX)):
        options += ["--index", _absolute(_index(request))]
    else:
        paths = paths or seeds()
    arguments = [*options, *map(_absolute, paths)]
    put(starting(request.print_config, arguments) + "\n")
    say(f"askdoc: put it into {CLIENTS[request.print_config]}")
    return ANSWERED


def _index(request: Request) -> str:
    return INDEX if request.index is None else request.index


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 (a link stays what it is called)
