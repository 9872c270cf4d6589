"""What to put into a client's settings so that it starts, or finds, askdoc.

Clients start a program in any folder and with few variables of the environment, so everything here
is an absolute path.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

CLIENTS = {
    "claude": "claude_desktop_config.json, or .mcp.json of a project",
    "cursor": "~/.cursor/mcp.json, or .cursor/mcp.json of a project",
    "vscode": ".vscode/mcp.json of a workspace",
}
"""The clients that are known, and where their settings are."""

# The settings of Claude's desktop program have room only for servers that it starts.
ASKING = {**CLIENTS, "claude": ".mcp.json of a project (Claude's desktop program takes no address)"}
"""Where the settings are of a client that asks a server that runs already."""

_SERVERS = {"vscode": "servers"}  # All others say mcpServers.
NAME = "askdoc"


def starting(client: str, arguments: Sequence[str]) -> str:
    """JSON for a client that starts `askdoc mcp` itself.

    Args:
        client: one of `CLIENTS`.
        arguments: those of `askdoc mcp`, their paths absolute.
    """
    kind = {"type": "stdio"} if client == "vscode" else {}
    # -P: nothing is imported from the folder that a client happens to start it in.
    command = {"command": sys.executable, "args": ["-P", "-m", "askdoc", "mcp", *arguments]}
    return _settings(client, {**kind, **command})


def finding(client: str, url: str, token: str) -> str:
    """JSON for a client that asks a server that runs already.

    Args:
        client: one of `CLIENTS`.
        url: where it is.
        token: what it wants as a bearer token; "" for none.
    """
    server: dict[str, object] = {"url": url}
    if token:
        server["headers"] = {"Authorization": f"Bearer {token}"}
    return _settings(client, server if client == "cursor" else {"type": "http", **server})


def _settings(client: str, server: dict[str, object]) -> str:
    return json.dumps({_SERVERS.get(client, "mcpServers"): {NAME: server}}, indent=2)
