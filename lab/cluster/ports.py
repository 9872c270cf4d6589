"""Ports of loopback for servers that keep them while they are down."""

from __future__ import annotations

import random
import socket

# Below what systems give to outgoing connections, one of which could take the port of a node that
# is killed before it is started again.
_LOWEST, _HIGHEST = 20_000, 32_000
_TRIES = 1000


def free(count: int) -> list[int]:
    """So many different ports that nobody listens at now; another may take one at any time.

    Raises OSError where none is found.
    """
    found: list[int] = []
    # Two runs that start at once must not draw the same.
    draw = random.SystemRandom()
    for _ in range(_TRIES):
        port = draw.randrange(_LOWEST, _HIGHEST)
        if port not in found and is_free(port):
            found.append(port)
        if len(found) == count:
            return found
    raise OSError(f"no {count} free ports between {_LOWEST} and {_HIGHEST}")


def is_free(port: int) -> bool:
    """Whether nobody listens at a port of loopback now."""
    with socket.socket() as one:
        # As the engine binds: what a connection of before left behind is not in the way.
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
