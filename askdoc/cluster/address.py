"""The address of a saved index in a cluster: `https://host:9200/NAME`.

An address is shown in messages, kept in histories and seen in lists of processes, so that nothing
secret may stand in it. What could be a password is refused, and not repeated in the refusal: an
error shows an address only once it is known to hold none.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from askdoc.errors import ClusterMisnamed

# Names of indices are made from this name, and OpenSearch allows them 255 bytes.
MOST_BYTES = 200
# Those of every URL.
_PORTS = {"http": 80, "https": 443}
_FORM = "An address looks like https://host:9200/NAME."
_SHAPE = re.compile(r"(https?)://([^/?#\\]*)(.*)", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:]+))(?::([0-9]{1,5}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# What `layout` makes of names; whoever makes the index of the shorter name anew removes these.
_PART = re.compile(r"-(passages|sources)-[0-9a-f]{12}\Z")
_NOT_IN_NAMES = frozenset('\\/*?"<>|,#:%')


class Address(NamedTuple):
    """Where a saved index stands in a cluster; as a string, what is shown of it everywhere.

    Attributes:
        scheme: "https", or "http" on this machine alone.
        host: a name in ASCII, or an IP address without brackets.
        port: 1 to 65535.
        name: what the index is called there.
    """

    scheme: str
    host: str
    port: int
    name: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Take an address apart.

        Args:
            text: such as `https://host:9200/NAME`; without a port it is 443, or 80 of http.

        Raises:
            ClusterMisnamed: it is no address of this form, or what it names is not allowed.
        """
        shape = _SHAPE.fullmatch(text)
        if shape is None:
            raise ClusterMisnamed("this is no cluster's address", remedy=_FORM)
        scheme, rest = shape[1].lower(), shape[3]
        # Whatever stands before it may be a password, also where a URL would end earlier.
        if "@" in text:
            raise ClusterMisnamed(
                "a user or password must not stand in a cluster's address",
                remedy="Set ASKDOC_CLUSTER_USER and _PASSWORD, or ASKDOC_CLUSTER_TOKEN, instead.",
            )
        host, port = _host_and_port(shape[2])
        found = cls(scheme, host, port or _PORTS[scheme], _name(rest, f"{scheme}://{shape[2]}"))
        if scheme == "http" and not found.is_loopback:
            raise ClusterMisnamed("TLS is on off loopback", str(found), "Use https://.")
        return found

    @property
    def is_loopback(self) -> bool:
        """Whether it is on this machine, so that what is sent passes through no network."""
        import ipaddress

        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def __fspath__(self) -> str:
        """So that it may stand wherever the folder of a saved index does."""
        return str(self)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}/{self.name}"


def is_address(text: str) -> bool:
    """Whether what `--index` names is in a cluster rather than in a folder."""
    return text[:8].lower().startswith(("http://", "https://"))


def location(index: str | os.PathLike[str]) -> Path | Address:
    """The folder or the address that a saved index was named by.

    Raises:
        ClusterMisnamed: it is no address of the form that it has to be.
    """
    if isinstance(index, Address):
        return index
    named = os.fspath(index)
    return Address.parse(named) if is_address(named) else Path(index)


def harmless(text: str, most: int = 200) -> str:
    """Text of others as one line without anything that a terminal would obey, cut where it is long.

    Args:
        text: any text.
        most: how many characters are left at most.
    """
    # One character more shows whether there were more.
    line = "".join(one if one.isprintable() else " " for one in text[: 4 * most])
    line = " ".join(line.split())
    return line if len(line) <= most else line[: most - 3] + "..."


def _host_and_port(authority: str) -> tuple[str, int | None]:
    """What stands between the scheme and the name; it is not shown, as it may be a password."""
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        if re.search(r":[^:\]]*\Z", authority):
            raise ClusterMisnamed("a cluster's port is a number from 1 to 65535", remedy=_FORM)
        raise ClusterMisnamed("no host is named in a cluster's address", remedy=_FORM)
    port = int(parts[3]) if parts[3] else None
    if port is not None and not 1 <= port <= 65535:
        raise ClusterMisnamed("a cluster's port is a number from 1 to 65535", remedy=_FORM)
    host = _ip6(parts[1]) if parts[1] else _named(parts[2])
    if host is None:
        raise ClusterMisnamed("the host in a cluster's address is no name of a host", remedy=_FORM)
    return host, port


def _ip6(text: str) -> str | None:
    import ipaddress

    try:
        return str(ipaddress.IPv6Address(text))
    except ValueError:
        return None


def _named(text: str) -> str | None:
    """A host's name in ASCII, or an IPv4 address; None where it is neither."""
    import ipaddress

    try:
        host = text.lower() if text.isascii() else text.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        return None
    # What ends in a number is an IP address to those who look names up: "127.1", "0x7f.0.0.1".
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            return None
    return host


def _name(rest: str, before: str) -> str:
    """The index's name, which is all that may follow the host.

    Args:
        rest: what follows the host.
        before: what stands before it, to be shown.
    """
    if "?" in rest or "#" in rest:
        # A token may stand there.
        what, where = "nothing may follow the name in a cluster's address", ""
    elif not rest.strip("/"):
        what, where = "the address names no index in the cluster", harmless(before)
    else:
        name = rest.removeprefix("/").removesuffix("/")
        wrong = _wrong_with(name)
        if not wrong:
            return name
        what, where = (
            f"an index in a cluster cannot have this name ({wrong})",
            harmless(before + rest),
        )
    raise ClusterMisnamed(what, where, _FORM)


def _wrong_with(name: str) -> str:
    """What OpenSearch has against an index's name; empty where it is allowed."""
    if any(one in _NOT_IN_NAMES or one.isspace() for one in name):
        return 'no blanks and none of \\ / * ? " < > | , # : % are allowed'
    if not name.isprintable():
        return "every character has to be visible"
    if name != name.lower():
        return "it has to be in lower case"
    if name[0] in "-_+":
        return "it must not start with -, _ or +"
    if name in (".", ".."):
        return "it is no name"
    if _PART.search(name):
        return "it looks like a part of another index"
    if len(name.encode()) > MOST_BYTES:
        return f"it has more than {MOST_BYTES} bytes"
    return ""
