"""The server: `askdoc serve`. What it needs besides is an extra, and imported here alone."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

from askdoc.cli import ANSWERED
from askdoc.cli.asking import load
from askdoc.cli.options import Request
from askdoc.cli.streams import put, say
from askdoc.errors import AskdocError
from askdoc.present.style import is_terminal

TOKEN = "ASKDOC_TOKEN"
_NEEDED = ("starlette", "uvicorn")
_LEAST_TOKEN = 32


def serve(request: Request) -> int:
    """Serve until a signal ends it; 0 then."""
    _check_extra()
    from askdoc.serve import Settings, page
    from askdoc.serve.command import address, bound, check_host, run

    token = _token(request)
    check_host(request.host, token)
    with bound(request.host, request.port) as listening:
        assistant = load(request)
        if assistant.unfinished:
            from askdoc.present.unfinished import incomplete

            say(incomplete(assistant.index, assistant.unfinished))
        settings = Settings.of(
            listening, token=token, hosts=request.allowed_hosts, uploads=request.uploads
        )

        def announce() -> None:
            put(f"{address(request.host, settings.port, settings.token)}\n")
            if request.browser and is_terminal(sys.stdout):
                import webbrowser

                webbrowser.open(address(request.host, settings.port, settings.entry))

        run(assistant, settings, listening, announce, [page.extension()])
    return ANSWERED


def _check_extra() -> None:
    if any(find_spec(name) is None for name in _NEEDED):
        raise AskdocError(
            "the server's libraries are not installed",
            " and ".join(_NEEDED),
            'Run: pip install "askdoc[serve]"',
        )


def _token(request: Request) -> str | None:
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
