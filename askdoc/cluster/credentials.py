"""Who asks a cluster: from the environment or from a netrc file, never from the address.

    ASKDOC_CLUSTER_USER, ASKDOC_CLUSTER_PASSWORD    a user
    ASKDOC_CLUSTER_TOKEN                            or a token, as `Authorization: Bearer`
    ASKDOC_CLUSTER_CA                               a PEM file: who may vouch for the cluster
    NETRC, or .netrc in the home folder             a user, where none of the above names one

They belong to the address that they were looked up for, and go nowhere else. In a netrc file only
an entry of the host's own name is taken, not `default`: that is for whoever comes along.
"""

from __future__ import annotations

import base64
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from askdoc.cluster.address import Address
from askdoc.errors import ClusterMisnamed

USER, PASSWORD = "ASKDOC_CLUSTER_USER", "ASKDOC_CLUSTER_PASSWORD"
TOKEN, CA = "ASKDOC_CLUSTER_TOKEN", "ASKDOC_CLUSTER_CA"
_LARGEST_NETRC = 1 << 20
_OTHERS = 0o077
_HAS_OWNERS = hasattr(os, "geteuid")


class Credentials:
    """Who asks one cluster, and who may vouch for it. Nothing secret is in its `repr`.

    Attributes:
        address: the cluster that they are for.
        authorization: the header's value; None where nobody in particular asks.
        authority: a PEM file with the certificates that may vouch for the cluster; None for those
            that the system trusts.
    """

    __slots__ = ("_secrets", "address", "authority", "authorization")

    def __init__(
        self,
        address: Address,
        *,
        user: str = "",
        password: str = "",
        token: str = "",
        authority: Path | None = None,
    ) -> None:
        """A user and password, or a token, or neither.

        Raises:
            ClusterMisnamed: there is half a pair, both a user and a token, or what no header holds.
        """
        if token and (user or password):
            raise _wrong("both a user and a token are given", "Give one of the two.")
        if bool(user) != bool(password):
            lacking = "password" if user else "user"
            raise _wrong(f"a cluster's {lacking} is missing", f"Set both {USER} and {PASSWORD}.")
        if token and not re.fullmatch(r"[!-~]+", token):
            raise _wrong("the cluster's token has characters that no token has", f"See {TOKEN}.")
        if ":" in user or not user.isprintable():
            raise _wrong("the cluster's user has a colon or control characters", f"See {USER}.")
        self.address, self.authority = address, authority
        self.authorization: str | None = None
        self._secrets: tuple[str, ...] = ()
        if token:
            self.authorization, self._secrets = f"Bearer {token}", (token,)
        elif user:
            # Bytes of the environment that are no UTF-8 go out as they came in.
            pair = base64.b64encode(
                f"{user}:{password}".encode("utf-8", "surrogateescape")
            ).decode()
            self.authorization, self._secrets = f"Basic {pair}", (pair, password)

    @classmethod
    def find(cls, address: Address, environ: Mapping[str, str] = os.environ) -> Credentials:
        """Look up who asks a cluster.

        Args:
            address: the cluster.
            environ: the environment variables. One that is empty counts as not there.

        Raises:
            ClusterMisnamed: what is there is incomplete or cannot be read, or others can read the
                netrc file that has the password.
        """
        user, password = environ.get(USER, ""), environ.get(PASSWORD, "")
        token = environ.get(TOKEN, "")
        authority = _authority(environ.get(CA, ""))
        if not (user or password or token):
            user, password = _from_netrc(address.host, environ)
        return cls(address, user=user, password=password, token=token, authority=authority)

    def hidden(self, text: str) -> str:
        """A text of others without what is secret: a cluster may repeat what it was sent."""
        for secret in self._secrets:
            text = text.replace(secret, "[hidden]")
        return text

    def __repr__(self) -> str:
        scheme = self.authorization.split(" ")[0] if self.authorization else "nobody"
        return f"<Credentials for {self.address.host}: {scheme}>"


def _wrong(what: str, remedy: str, where: str = "") -> ClusterMisnamed:
    return ClusterMisnamed(what, where, remedy)


def _authority(named: str) -> Path | None:
    if not named:
        return None
    path = Path(named)
    if not path.is_file():
        raise _wrong("there is no such file of certificates", f"See {CA}.", named)
    return path


def _from_netrc(host: str, environ: Mapping[str, str]) -> tuple[str, str]:
    """The user and password of a host; both empty where there is no entry for it."""
    path = _netrc_path(environ)
    if path is None:
        return "", ""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return "", ""
    except OSError as error:
        raise _wrong(
            f"cannot be read ({error.strerror})", "See that it can be.", str(path)
        ) from None
    # "/dev/null" is how one says that there is none.
    if not stat.S_ISREG(status.st_mode):
        return "", ""
    if status.st_size > _LARGEST_NETRC:
        raise _wrong("too large for a netrc file", "See NETRC.", str(path))
    found = _entry(path, host)
    if found is None:
        return "", ""
    if _HAS_OWNERS and status.st_uid not in (os.geteuid(), 0):
        raise _wrong(
            "this netrc file belongs to another user", f"Set {USER} and {PASSWORD}.", str(path)
        )
    if _HAS_OWNERS and status.st_mode & _OTHERS:
        raise _wrong(
            "other users can read or change the password in this file",
            "Take their rights away: chmod 600.",
            str(path),
        )
    if not all(found):
        raise _wrong(
            f"the netrc file has no login or no password for {host}", "Give both.", str(path)
        )
    return found


def _netrc_path(environ: Mapping[str, str]) -> Path | None:
    if named := environ.get("NETRC", ""):
        return Path(named)
    home = environ.get("HOME") or environ.get("USERPROFILE")
    return Path(home, ".netrc") if home else None


def _entry(path: Path, host: str) -> tuple[str, str] | None:
    """The login and password of a host in a netrc file; None where it has no entry."""
    import netrc

    try:
        hosts = netrc.netrc(str(path)).hosts
    except netrc.NetrcParseError as error:
        # What it says of the line may be a password.
        what = f"line {error.lineno} of this netrc file cannot be understood"
        raise _wrong(what, "See NETRC.", str(path)) from None
    except (OSError, ValueError):
        raise _wrong("this netrc file cannot be read", "See NETRC.", str(path)) from None
    for machine, (login, _, password) in hosts.items():
        if machine.lower() == host and machine != "default":
            return login or "", password or ""
    return None
