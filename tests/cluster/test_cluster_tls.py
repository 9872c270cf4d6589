"""Whom a password is given to: to the cluster that it is for, known by its certificate."""

from __future__ import annotations

import datetime
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme
from answering import Time, answering, fine, silent

from askdoc.cluster.address import Address
from askdoc.cluster.client import Client
from askdoc.cluster.credentials import Credentials
from askdoc.errors import ClusterMisnamed, ClusterUnreachable

YEAR = datetime.timedelta(days=365)
NOW = datetime.datetime.now(datetime.UTC)
CA = trustme.CA()
OTHER = trustme.CA()


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    CA.cert_pem.write_to_path(str(path))
    return path


def serving(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def asking(
    port: int, pem: Path | None, time: Time, host: str = "127.0.0.1", **options: Any
) -> Client:
    there = Address.parse(f"https://{host}:{port}/docs")
    environ = {"ASKDOC_CLUSTER_TOKEN": "Geheim9"}
    if pem is not None:
        environ["ASKDOC_CLUSTER_CA"] = str(pem)
    found = Credentials.find(there, environ)
    return Client(there, found, clock=time.clock, sleep=time.sleep, **options)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_cluster_that_is_vouched_for_is_told_who_asks(pem: Path, time: Time, host: str) -> None:
    body = {"a": "é" * 200_000}
    context = serving(CA.issue_cert("localhost", "127.0.0.1"))
    with (
        answering(fine(body), context=context) as server,
        asking(server.port, pem, time, host) as cluster,
    ):
        for _ in range(3):
            assert cluster.request("POST", "/", body).body == body
    assert server.connections == 1 and len(server.asked) == 3
    assert server.asked[0].headers["authorization"] == "Bearer Geheim9"
    assert server.asked[0].headers["host"] == f"{host}:{server.port}"


UNTRUSTED = {
    "of another host": (CA.issue_cert("other.example"), True, "IP address mismatch"),
    "of another address": (CA.issue_cert("127.0.0.2"), True, "IP address mismatch"),
    "expired": (
        CA.issue_cert("127.0.0.1", not_before=NOW - 2 * YEAR, not_after=NOW - YEAR),
        True,
        "expired",
    ),
    "not valid yet": (
        CA.issue_cert("127.0.0.1", not_before=NOW + YEAR, not_after=NOW + 2 * YEAR),
        True,
        "not yet valid",
    ),
    "of an unknown authority": (OTHER.issue_cert("127.0.0.1"), True, "issuer"),
    "that the system does not know": (CA.issue_cert("127.0.0.1"), False, "issuer"),
}


@pytest.mark.parametrize("kind", UNTRUSTED)
def test_a_certificate_that_cannot_be_trusted_is_told_nothing(
    pem: Path, time: Time, kind: str
) -> None:
    certificate, with_authority, why = UNTRUSTED[kind]
    with answering(fine({}), context=serving(certificate)) as server:
        cluster = asking(server.port, pem if with_authority else None, time)
        with pytest.raises(ClusterUnreachable, match="cannot be trusted") as caught:
            cluster.request("GET", "/")
    assert why in caught.value.what and "ASKDOC_CLUSTER_CA" in caught.value.remedy
    assert "Geheim9" not in str(caught.value)
    assert not server.asked and not time.pauses


def test_where_no_tls_is_spoken_nothing_is_told(pem: Path, time: Time) -> None:
    with answering(fine({})) as server, pytest.raises(ClusterUnreachable) as caught:
        asking(server.port, pem, time).request("GET", "/")
    assert "TLS" in str(caught.value) or "cut" in str(caught.value)
    assert not server.asked


def test_where_tls_is_spoken_plain_words_are_an_error(time: Time) -> None:
    context = serving(CA.issue_cert("127.0.0.1"))
    with answering(fine({}), context=context) as server:
        there = Address.parse(f"http://127.0.0.1:{server.port}/docs")
        with pytest.raises(ClusterUnreachable):
            Client(there, clock=time.clock, sleep=time.sleep).request("GET", "/")
    assert not server.asked


def test_who_says_nothing_instead_of_a_certificate_is_not_waited_for(pem: Path, time: Time) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        cluster = asking(listening.getsockname()[1], pem, time, timeout=0.01, patience=1)
        with pytest.raises(ClusterUnreachable, match="in time"):
            cluster.request("GET", "/")
    assert time.pauses


def test_a_reply_over_tls_that_does_not_come_is_asked_for_again(pem: Path, time: Time) -> None:
    context = serving(CA.issue_cert("127.0.0.1"))
    with (
        answering(silent, fine({"a": 1}), context=context) as server,
        asking(server.port, pem, time, timeout=0.2) as cluster,
    ):
        assert cluster.request("GET", "/").body == {"a": 1}
    assert len(server.asked) == 2


@pytest.mark.parametrize("content", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nx\n"])
def test_a_file_without_certificates_is_an_error(
    tmp_path: Path, time: Time, content: bytes
) -> None:
    path = tmp_path / "ca.pem"
    path.write_bytes(content)
    with pytest.raises(ClusterMisnamed, match=r"ca\.pem"):
        asking(9, path, time)
