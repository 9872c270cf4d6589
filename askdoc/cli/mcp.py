"""`askdoc mcp`: the tools of `askdoc.mcp` for a program that speaks the Model Context Protocol."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from askdoc.cli import ANSWERED
from askdoc.cli.asking import index_of, is_saved, load, seeds
from askdoc.cli.options import STDIN, Request
from askdoc.cli.streams import put, say
from askdoc.cluster.address import is_address
from askdoc.errors import AskdocError, IndexNotFound, SourceNotFound, SourceUnreadable
from askdoc.extras import install
from askdoc.present.sanitize import one_line
from askdoc.present.style import is_terminal

if TYPE_CHECKING:
    from askdoc.assistant import Assistant

_PACKAGES = ("mcp", "mcp_types")
_FOR_HTTP = {"host": "host", "port": "port", "allowed_hosts": "allow-host", "token": "no-token"}


def mcp(request: Request) -> int:
    """Answer over standard input and output until the client closes them, or over HTTP."""
    _check(request)
    if request.print_config:
        return _print_config(request)
    _check_extra()
    from askdoc.mcp.folders import allowed_folders

    folders = allowed_folders(request.allow_index)
    return _over_http(request, folders) if request.http else _over_stdio(request, folders)


def _over_stdio(request: Request, folders: list[str]) -> int:
    from askdoc.mcp.stdio import serve
    from askdoc.mcp.tools import Once, Tools

    index = index_of(request)
    opened: list[Assistant] = []
    if not request.paths:
        try:
            # At once, so that whoever starts this sees what is wrong with it.
            opened.append(load(request))
        except IndexNotFound:
            if not folders:
                raise
    once = Once(lambda: opened.pop() if opened else load(request), may_index=bool(folders))
    if is_terminal(sys.stdin):
        say(
            "askdoc: an assistant starts this and speaks MCP with it; Ctrl-C ends it. "
            "How to put it into one: askdoc mcp --print-config claude"
        )
    serve(Tools(once, index, folders))
    return ANSWERED


def _over_http(request: Request, folders: list[str]) -> int:
    from askdoc.cli.serving import check_extra, serve_with

    check_extra()
    from askdoc.mcp.http import PATH, extension
    from askdoc.serve import Settings
    from askdoc.serve.command import address

    def announced(settings: Settings) -> str:
        url = f"{address(request.host, settings.port, '').rstrip('/')}{PATH}"
        return f"{url}\nAuthorization: Bearer {settings.token}" if settings.token else url

    request.browser = False
    return serve_with(
        request, announced, lambda settings: [extension(settings, index_of(request), folders)]
    )


def _check_extra() -> None:
    try:
        import mcp.server.mcpserver  # noqa: F401
    except ImportError as error:
        if (error.name or "").split(".")[0] not in _PACKAGES:
            raise
        what = "askdoc mcp needs a package that is not installed, or a later version of it"
        raise AskdocError(what, error.name or "mcp", f"Run: {install('mcp')}") from None


def _check(request: Request) -> None:
    """See that what was named can be asked, before a client waits for it."""
    fresh = Request()
    given = [one for one in _FOR_HTTP if getattr(request, one) != getattr(fresh, one)]
    if given and not request.http:
        raise AskdocError("this is for a server", f"--{_FOR_HTTP[given[0]]}", "Add --http.")
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
    if request.allow_index and request.index is None and not is_saved(index_of(request)):
        # So that the folder in which a client happens to start it does not become an index.
        raise AskdocError(
            "there is no saved index that could be brought up to date", index_of(request),
            "Say where it is, or is to be: --index DIR|URL",
        )  # fmt: skip


def _print_config(request: Request) -> int:
    """Print what a client's settings need, and say where these are."""
    from askdoc.mcp.clients import ASKING, CLIENTS

    put((_finding(request) if request.http else _starting(request)) + "\n")
    say(f"askdoc: put it into {(ASKING if request.http else CLIENTS)[request.print_config]}")
    return ANSWERED


def _finding(request: Request) -> str:
    """For a client that asks a server that is started otherwise."""
    from askdoc.cli.serving import TOKEN, own_token
    from askdoc.mcp.clients import finding

    token = own_token(request)
    if token is None:
        what = "the server has a new token each time it starts, unless you choose one"
        raise AskdocError(what, TOKEN, f'Try: export {TOKEN}="$(openssl rand -hex 32)"')
    host = f"[{request.host}]" if ":" in request.host else request.host
    return finding(request.print_config, f"http://{host}:{request.port}/mcp", token)


def _starting(request: Request) -> str:
    """For a client that starts `askdoc mcp` itself."""
    from askdoc.mcp.clients import starting

    options = [] if request.reader is None else ["--reader", request.reader]
    options += ["--follow-links"] if request.follow_links else []
    options += [] if request.cache else ["--no-cache"]
    for folder in request.allow_index:
        options += ["--allow-index", _absolute(folder)]
    paths = request.paths
    if not paths and (request.index is not None or is_saved(index_of(request))):
        options += ["--index", _absolute(index_of(request))]
    else:
        paths = paths or seeds()
    return starting(request.print_config, [*options, *map(_absolute, paths)])


def _absolute(path: str) -> str:
    if is_address(path):
        return path
    return os.path.abspath(path)  # noqa: PTH100 (a link stays what it is called)
