"""How a server is to behave: who is let in, and how much it does at a time."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field

TOKEN_BYTES = 32
MIB = 2**20


@dataclass(frozen=True)
class Settings:
    """What a server goes by.

    Attributes:
        token: what a client must know; "" lets in everybody who reaches the port.
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


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine reach a server that listens there."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
