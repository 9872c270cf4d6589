"""Where a password comes from, and where it never goes."""

from __future__ import annotations

import base64
import os
import traceback
from collections.abc import Mapping
from pathlib import Path

import pytest

from askdoc.cluster.address import Address
from askdoc.cluster.credentials import Credentials
from askdoc.errors import ClusterMisnamed

ADDRESS = Address.parse("https://search.example:9200/docs")
SECRET = "Geheim9"
OWNERS = pytest.mark.skipif(os.name == "nt", reason="no mode bits there")


def find(environ: Mapping[str, str]) -> Credentials:
    return Credentials.find(ADDRESS, environ)


def refusal(environ: Mapping[str, str]) -> ClusterMisnamed:
    with pytest.raises(ClusterMisnamed) as caught:
        find(environ)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    return caught.value


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.fixture
def netrc(tmp_path: Path) -> Path:
    path = tmp_path / ".netrc"
    path.touch(mode=0o600)
    return path


def test_a_user_and_a_token_are_taken_from_the_environment() -> None:
    pair = {"ASKDOC_CLUSTER_USER": "Käthe", "ASKDOC_CLUSTER_PASSWORD": "p:ä ß"}
    assert find(pair).authorization == basic("Käthe", "p:ä ß")
    assert find({"ASKDOC_CLUSTER_TOKEN": SECRET}).authorization == f"Bearer {SECRET}"
    assert find({}).authorization is None
    # As a variable is taken back in many a script.
    assert find({"ASKDOC_CLUSTER_USER": "", "ASKDOC_CLUSTER_TOKEN": ""}).authorization is None


def test_a_password_in_other_bytes_than_utf8_goes_out_as_it_came_in() -> None:
    environ = {"ASKDOC_CLUSTER_USER": "u", "ASKDOC_CLUSTER_PASSWORD": os.fsdecode(b"\xe9\xff")}
    found = find(environ).authorization
    assert found is not None and base64.b64decode(found.split()[1]) == b"u:\xe9\xff"


@pytest.mark.parametrize(
    "environ",
    [
        {"ASKDOC_CLUSTER_USER": "u"},
        {"ASKDOC_CLUSTER_PASSWORD": SECRET},
        {"ASKDOC_CLUSTER_USER": "u", "ASKDOC_CLUSTER_PASSWORD": ""},
        {"ASKDOC_CLUSTER_USER": "u", "ASKDOC_CLUSTER_TOKEN": SECRET},
        {
            "ASKDOC_CLUSTER_USER": "u",
            "ASKDOC_CLUSTER_PASSWORD": SECRET,
            "ASKDOC_CLUSTER_TOKEN": SECRET,
        },
        {"ASKDOC_CLUSTER_USER": "u:v", "ASKDOC_CLUSTER_PASSWORD": SECRET},
        {"ASKDOC_CLUSTER_USER": "u\n", "ASKDOC_CLUSTER_PASSWORD": SECRET},
        {"ASKDOC_CLUSTER_TOKEN": f"{SECRET}\r\nX-Other: 1"},
        {"ASKDOC_CLUSTER_TOKEN": f"{SECRET} {SECRET}"},
        {"ASKDOC_CLUSTER_TOKEN": f"{SECRET}é"},
        {"ASKDOC_CLUSTER_CA": "/no/such/file.pem"},
    ],
)
def test_half_a_pair_and_what_no_header_holds_are_errors(environ: Mapping[str, str]) -> None:
    refusal(environ)


def test_nothing_secret_is_shown() -> None:
    found = Credentials(ADDRESS, user="u", password=SECRET)
    shown = [repr(found), str(found), f"{found}", f"{[found]}"]
    assert found.authorization is not None
    assert not any(SECRET in one or found.authorization.split()[1] in one for one in shown)


def test_a_reply_that_repeats_what_was_sent_gives_nothing_away() -> None:
    found = Credentials(ADDRESS, user="u", password=SECRET)
    assert found.authorization is not None
    said = found.hidden(f"no user for {found.authorization} ({SECRET})")
    assert said == "no user for Basic [hidden] ([hidden])"


def test_an_entry_of_the_host_is_taken_from_a_netrc_file(netrc: Path) -> None:
    netrc.write_text(
        "machine other.example login no password no\n"
        f'machine Search.Example\n login "u v"\n password {SECRET}\n'
        "default login no password no\n"
    )
    assert find({"HOME": str(netrc.parent)}).authorization == basic("u v", SECRET)
    assert find({"NETRC": str(netrc)}).authorization == basic("u v", SECRET)
    # What is named for askdoc goes first.
    token = {"NETRC": str(netrc), "ASKDOC_CLUSTER_TOKEN": "t"}
    assert find(token).authorization == "Bearer t"


def test_the_default_of_a_netrc_file_is_not_for_a_cluster(netrc: Path) -> None:
    netrc.write_text(f"default login u password {SECRET}\n")
    assert find({"NETRC": str(netrc)}).authorization is None
    of_that_name = Address("https", "default", 9200, "docs")
    assert Credentials.find(of_that_name, {"NETRC": str(netrc)}).authorization is None


@OWNERS
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o666])
def test_a_password_that_others_can_read_is_refused(netrc: Path, mode: int) -> None:
    netrc.write_text(f"machine search.example login u password {SECRET}\n")
    netrc.chmod(mode)
    assert "chmod 600" in refusal({"NETRC": str(netrc)}).remedy
    # What others see in it is none of this cluster's.
    netrc.write_text(f"machine other.example login u password {SECRET}\n")
    assert find({"NETRC": str(netrc)}).authorization is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives away")
def test_another_users_netrc_file_is_refused(netrc: Path) -> None:
    netrc.write_text(f"machine search.example login u password {SECRET}\n")
    os.chown(netrc, 65534, 65534)
    assert "another user" in str(refusal({"NETRC": str(netrc)}))


@pytest.mark.parametrize(
    "content",
    [
        f"machine search.example login u\n{SECRET}\n",
        f"{SECRET}\n",
        "machine search.example login u\n",
        f"machine search.example password {SECRET}\n",
        "machine search.example\n",
        f"machine search.example login u password {SECRET}\n\x00",
        f"machine search.example login u password {SECRET}\n" * 40_000,
    ],
)
def test_a_damaged_netrc_file_is_an_error_that_repeats_nothing(netrc: Path, content: str) -> None:
    netrc.write_text(content)
    refusal({"NETRC": str(netrc)})


def test_a_netrc_file_that_is_none_is_as_if_there_were_none(tmp_path: Path) -> None:
    assert find({"HOME": str(tmp_path)}).authorization is None
    assert find({"NETRC": str(tmp_path)}).authorization is None
    assert find({"NETRC": str(tmp_path / "no" / "such")}).authorization is None
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / ".netrc")
        assert find({"HOME": str(tmp_path)}).authorization is None


def test_a_netrc_file_in_no_encoding_is_read_or_refused(netrc: Path) -> None:
    netrc.write_bytes(b"machine search.example login u password \xff\xfe\n")
    try:
        assert find({"NETRC": str(netrc)}).authorization
    except ClusterMisnamed as error:
        assert "netrc" in str(error)
