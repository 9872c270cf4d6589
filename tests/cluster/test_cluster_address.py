"""What names a saved index in a cluster, what does not, and that no password is ever repeated."""

from __future__ import annotations

import traceback

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from askdoc.cluster.address import MOST_BYTES, Address, harmless, is_address
from askdoc.errors import ClusterMisnamed

NAMES = st.from_regex(r"[a-z0-9.][a-z0-9._=-]{0,40}", fullmatch=True).filter(
    lambda name: name not in (".", "..")
)
LABELS = st.from_regex(r"[a-z](?:[a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
HOSTS = st.one_of(
    st.lists(LABELS, min_size=1, max_size=4).map(".".join),
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(str),
)


def refusal(text: str) -> ClusterMisnamed:
    with pytest.raises(ClusterMisnamed) as caught:
        Address.parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://", True),
        ("HTTPS://host/x", True),
        ("http://host", True),
        ("hTTp://", True),
        ("https:/host", False),
        ("https", False),
        ("", False),
        ("./https://host", False),
        ("ftp://host/x", False),
        ("index", False),
    ],
)
def test_an_address_is_told_from_a_folder(text: str, expected: bool) -> None:
    assert is_address(text) is expected


@given(st.sampled_from(["https", "HTTPS", "Https"]), HOSTS, st.integers(1, 65535), NAMES)
def test_an_address_is_shown_as_it_is_read(scheme: str, host: str, port: int, name: str) -> None:
    inside = f"[{host}]" if ":" in host else host
    found = Address.parse(f"{scheme}://{inside}:{port}/{name}")
    assert found == ("https", host, port, name)
    assert str(found) == f"https://{inside}:{port}/{name}"
    assert Address.parse(str(found)) == found


@given(st.text(), st.booleans())
@example("https://[::1%25eth0]:1/n", False)
@example("\ud83d", True)
@example("h" * 300, True)
@example("ß" * 70 + "/n", True)
def test_any_text_is_an_address_or_refused(text: str, with_scheme: bool) -> None:
    text = f"https://{text}" if with_scheme else text
    try:
        found = Address.parse(text)
    except ClusterMisnamed as error:
        assert str(error).isprintable()
    else:
        assert is_address(text)
        assert Address.parse(str(found)) == found
        assert str(found).isprintable() and str(found).startswith("https://")


@given(
    st.sampled_from(["https", "HTTP"]),
    st.text(),
    st.text().map(lambda text: f"Geheim9{text}Geheim9"),
    st.sampled_from(["{u}:{p}@host:9200/n", "{p}@host/n", "host/{u}:{p}@n", "[::1]/?x={u}:{p}@y"]),
)
@example("https", "", "Geheim9/#?\\[Geheim9", "{u}:{p}@host:9200/n")
def test_a_password_is_refused_and_not_repeated(
    scheme: str, user: str, password: str, form: str
) -> None:
    error = refusal(f"{scheme}://" + form.format(u=user, p=password))
    shown = "".join(traceback.format_exception(error)) + repr(error) + str(error.args)
    assert "Geheim9" not in shown
    assert "ASKDOC_CLUSTER_USER" in error.remedy


@pytest.mark.parametrize(
    "text",
    [
        "https://user:Geheim9",
        "https://user:Geheim9/n",
        "https://Geheim9:/n",
        "https://[Geheim9]/n",
        "https://user%3AGeheim9/n",
        "https://host/n?token=Geheim9",
        "https://host/n#Geheim9",
    ],
)
def test_what_may_be_a_secret_is_not_repeated(text: str) -> None:
    assert "Geheim9" not in "".join(traceback.format_exception(refusal(text)))


@pytest.mark.parametrize("name", list('\\/*?"<>|,#:% \t\n\u00a0\u2028\x00\u202e\ud83d'))
def test_a_name_without_what_opensearch_forbids(name: str) -> None:
    refusal(f"https://host:9200/a{name}b")


@pytest.mark.parametrize(
    "name", ["", "/", "//", ".", "..", "-a", "_a", "+a", "A", "aB", "É", "a/b", "a//", "/a"]
)
def test_a_name_that_no_index_has(name: str) -> None:
    refusal(f"https://host:9200/{name}")


def test_a_name_may_be_long_but_leaves_room_for_what_is_added() -> None:
    assert Address.parse("https://h/" + "a" * MOST_BYTES).name == "a" * MOST_BYTES
    refusal("https://h/" + "a" * (MOST_BYTES + 1))
    refusal("https://h/" + "é" * (MOST_BYTES // 2 + 1))


@pytest.mark.parametrize(
    "port", ["", "0", "65536", "99999", "-1", "+1", "1e3", "９２００", " 9", "1_0"]
)
def test_a_port_is_a_number_that_there_is(port: str) -> None:
    refusal(f"https://host:{port}/n")


@pytest.mark.parametrize(
    "host",
    ["", "a..b", "-a", "a-", "a b", "[::1", "::1", "[1.2.3.4]", "[fe80::1%25eth0]", "127.1",
     "1.2.3.256", "2130706433", "0x7f000001", "0x7f.0.0.1", "a" * 64, "host.", "a%62"],
)  # fmt: skip
def test_a_host_is_a_name_or_an_ip_address(host: str) -> None:
    refusal(f"https://{host}:9200/n")


def test_ports_are_those_of_the_scheme_where_none_is_named() -> None:
    assert Address.parse("https://host/n").port == 443
    assert Address.parse("http://localhost/n").port == 80


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "[::1]"])
def test_this_machine_needs_no_tls(host: str) -> None:
    assert Address.parse(f"http://{host}:9200/n").is_loopback


@pytest.mark.parametrize(
    "host", ["host", "localhost.example", "0.0.0.0", "[::]", "10.0.0.1", "[::ffff:10.0.0.1]"]
)
def test_any_other_machine_needs_tls(host: str) -> None:
    assert "TLS is on off loopback" in str(refusal(f"http://{host}:9200/n"))
    assert not Address.parse(f"https://{host}:9200/n").is_loopback


def test_a_host_of_other_letters_is_shown_as_it_is_looked_up() -> None:
    assert str(Address.parse("https://bücher.example:1/n")) == "https://xn--bcher-kva.example:1/n"


@given(st.text(), st.integers(3, 50))
def test_what_others_say_is_one_short_line(text: str, most: int) -> None:
    line = harmless(text, most)
    assert len(line) <= most and line.isprintable()
    assert harmless(line, most) == line
