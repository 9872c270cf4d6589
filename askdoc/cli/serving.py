"""The server: `askdoc serve`. What it needs besides is an extra, and imported here alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from askdoc.cli import ANSWERED
from askdoc.cli.asking import index_of, load
from askdoc.cli.options import Request
from askdoc.cli.streams import put, say
from askdoc.cli.watching import watched
from askdoc.errors import AskdocError
from askdoc.extras import install
from askdoc.present.style import is_terminal

if TYPE_CHECKING:
    from askdoc.assistant import Assistant
    from askdoc.serve import Extension, Settings

TOKEN = "ASKDOC_TOKEN"
_NEEDED = ("starlette", "uvicorn")
_LEAST_TOKEN = 32


def serve(request: Request) -> int:
    """Serve until a signal ends it; 0 then."""
    check_extra()
    from askdoc.serve.command import address

    return serve_with(request, lambda one: address(request.host, one.port, one.token))


def serve_with(
    request: Request,
    announced: Callable[[Settings], str],
    extensions: Callable[[Settings], Sequence[Extension]] = lambda settings: (),
) -> int:
    """Serve until a signal ends it.

    Args:
        request: what is asked, and where.
        announced: what is printed once it can be asked.
        extensions: what else the server gives out.
    """
    from askdoc.serve import Settings, page
    from askdoc.serve.command import address, bound, check_host, run

    token = own_token(request)
    check_host(request.host, token)
    with bound(request.host, request.port) as listening, ExitStack() as kept:
        assistant = _asked(request, kept)
        if assistant.unfinished:
            from askdoc.present.unfinished import incomplete

            say(incomplete(assistant.index, assistant.unfinished))
        settings = Settings.of(
            listening, token=token, hosts=request.allowed_hosts, uploads=request.uploads
        )

        def announce() -> None:
            put(f"{announced(settings)}\n")
            if request.browser and is_terminal(sys.stdout):
                import webbrowser

                webbrowser.open(address(request.host, settings.port, settings.entry))

        run(
            assistant,
            settings,
            listening,
            announce,
            [page.extension(), *extensions(settings)],
            ended=kept.close,
        )
    return ANSWERED


def _asked(request: Request, kept: ExitStack) -> Assistant:
    """What is asked; with `--watch` a saved index that follows the files, one of its own where none
    is named, for as long as `kept` is open."""
    if request.watch:
        shown = request.index
        if request.paths and request.index is None:
            request.index = kept.enter_context(TemporaryDirectory(prefix="askdoc-"))
            shown = ", ".join(request.paths)
        paths, request.paths, request.index = request.paths, [], index_of(request)
        following = watched(request.index, paths, request.follow_links, shown or request.index)
        kept.enter_context(following)
    return load(request)


def check_extra() -> None:
    if any(find_spec(name) is None for name in _NEEDED):
        raise AskdocError(
            "the server's libraries are not installed",
            " and ".join(_NEEDED),
            f"Run: {install('serve')}",
        )


def own_token(request: Request) -> str | None:
    """The token that the user chose; None for a new one, "" for none at all."""
    if not request.token:
        return ""
    token = os.environ.get(TOKEN)
    if token is None:
        return None
    if len(token) < _LEAST_TOKEN or not all("!" <= letter <= "~" for letter in token):
        # It is not shown: what was meant may be nearly right.
        raise AskdocError(
            f"the token must have at least {_LEAST_TOKEN} letters, digits or marks, and no spaces",
            TOKEN,
            'Try: export ASKDOC_TOKEN="$(openssl rand -hex 32)"',
        )
    return token
