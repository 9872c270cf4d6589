"""How a server is to behave: who is let in, and how much it does at a time."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from askdoc.workers import processors

TOKEN_BYTES = 32
MIB = 2**20
# More threads than these share one another's memory more than they gain.
_MOST_WORKERS = 8


@dataclass(frozen=True)
class Settings:
    """What a server goes by.

    Attributes:
        token: what a client must know; "" lets in everybody who reaches the port.
        entry: what opens the page once in the token's place: the address that a browser is started
            with is seen by all who may list programs.
        hosts: names, lower case and without a port, by which the server may be called besides
            `localhost` and the addresses of this machine itself.
        addresses: whether it may be called by any address in numbers, as it must where it listens
            on the network. No name leads to those, so nobody can be sent here by a name of theirs.
        uploads: whether files may be handed in.
        port: the port that clients see, which the cookie is called by.
        workers: questions that are answered at a time.
        waiting: questions that wait for their turn; more are refused.
        seconds: how long a question may take, its waiting included.
        body: bytes of a request's body.
        upload: bytes of a file that is handed in; `held` of all of them together.
    """

    token: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES), repr=False)
    entry: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES), repr=False)
    hosts: frozenset[str] = frozenset()
    addresses: bool = False
    uploads: bool = False
    port: int = 8765
    workers: int = 2
    waiting: int = 64
    seconds: float = 30.0
    body: int = MIB
    upload: int = 64 * MIB
    held: int = 256 * MIB

    @classmethod
    def of(
        cls,
        listening: socket.socket,
        *,
        token: str | None = None,
        hosts: Iterable[str] = (),
        uploads: bool = False,
    ) -> Settings:
        """The settings of a server that listens at a socket.

        Args:
            listening: the socket.
            token: None for a new one, "" for none.
            hosts: names, lower case, by which it may be called besides.
            uploads: whether files may be handed in.
        """
        place, port = listening.getsockname()[:2]
        settings = cls(
            hosts=frozenset(hosts),
            addresses=not is_loopback(place),
            uploads=uploads,
            port=port,
            workers=max(1, min(_MOST_WORKERS, processors())),
        )
        if token is None:
            return settings
        return replace(settings, token=token, entry=settings.entry if token else "")


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine reach a server that listens there."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
