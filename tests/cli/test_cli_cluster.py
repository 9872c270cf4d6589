"""An index in a cluster through every door of the command line."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from guarded import PASSWORD, SECRETS, TOKEN, USER, Guarded, guarded
from program import ASK, ENVIRON, LACKING, LOG, OFF_TOPIC, QUOTE, Inside, askdoc

from askdoc.cluster import client
from lab.cluster import Cluster

PAGE = "<h1>Lighthouse</h1><p>Ada Brandt kept the lighthouse of Port Kesk for thirty years.</p>"
LEXICAL = ("--reader", "lexical")
NOBODY = "http://127.0.0.1:9/docs"
"""No program listens at this port."""
WITH_PASSWORD = "https://reader:s3cret-Passw0rd@127.0.0.1:9/docs"


def seconds_out(text: str) -> str:
    return re.sub(r"\(\d+\.\d s\)", "(N s)", text)


@pytest.fixture
def docs(folder: Path) -> Path:
    """Two files in `docs`, made long ago."""
    (folder / "docs").mkdir()
    (folder / "log.md").rename(folder / "docs" / "log.md")
    (folder / "docs" / "page.html").write_text(PAGE)
    for file in (folder / "docs").iterdir():
        os.utime(file, ns=(10**18, 10**18))
    return folder


@pytest.fixture(scope="module")
def made(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder whose `docs` the real program has indexed, and where: for tests that only ask."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "docs").mkdir()
    (folder / "docs" / "log.md").write_text(LOG)
    (folder / "docs" / "page.html").write_text(PAGE)
    name = f"made-{uuid4().hex[:12]}"
    url = f"{cluster.url}/{name}"
    code, out, err = askdoc(folder, "index", "docs", "--index", url)
    assert (code, seconds_out(out), err) == (
        0, f"{url}: 2 added; 2 documents, 2 passages in all (N s)\n", "",
    )  # fmt: skip
    yield folder, url
    cluster.ask("DELETE", f"/{name}*?expand_wildcards=all")


# Asking


def test_the_real_program_asks_it(made: tuple[Path, str]) -> None:
    folder, url = made
    code, out, err = askdoc(folder, "query", ASK, "--index", url, *LEXICAL)
    assert (code, err) == (0, "") and out.startswith(f"{QUOTE}\n    docs/log.md:5  ")
    code, out, err = askdoc(folder, "query", OFF_TOPIC, "--index", url, *LEXICAL)
    assert (code, out, err) == (1, "The documents don't say.\n", LACKING)


def test_it_says_what_an_index_in_a_folder_says(
    made: tuple[Path, str], inside: Inside, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder, url = made
    monkeypatch.chdir(folder)
    here = str(tmp_path / "index")
    assert inside("index", "docs", "--index", here)[0] == 0
    (tmp_path / "asked.txt").write_text(f"{ASK}\nWho kept the lighthouse?\n{OFF_TOPIC}\n")
    for command in (
        ("query", ASK, "--json", *LEXICAL),
        ("query", ASK, "--format", "csv", "-C", "1", "--addresses", "absolute", *LEXICAL),
        ("query", OFF_TOPIC, "--nearest", "--threshold", "0", *LEXICAL),
        ("query", "Who kept the lighthouse?", "--source", "page.*", *LEXICAL),
        ("query", "--questions", str(tmp_path / "asked.txt"), *LEXICAL),
        ("search", "lighthouse", "island"),
        ("search", "ships", "--json", "-n", "1"),
        ("search", "zeppelin"),
    ):
        told = inside(*command, "--index", url)
        assert told == inside(*command, "--index", here)
        assert told[0] in (0, 1) and told[1]


def test_status_in_words_and_as_json(made: tuple[Path, str], inside: Inside) -> None:
    _, url = made
    code, out, _ = inside("status", "--index", url)
    first, *others = out.splitlines()
    assert code == 0 and first.startswith(f"{url}: 2 documents, 2 passages, ")
    assert first.endswith(" MiB for one copy in the cluster") and "Made of: docs" in others
    code, out, _ = inside("status", "--index", url, "--json")
    told = json.loads(out)
    assert (code, told["folder"], told["documents"]) == (0, url, 2) and told["bytes"] > 0


def test_the_shell_asks_it_and_leaves_it_as_it_is(made: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = made
    (tmp_path / "tug.txt").write_text("The tug Calder was sold.")
    lines = [ASK, "/why", "/verify", "/sources", f"/add {tmp_path}/tug.txt", "Who sold the tug?"]
    done = subprocess.run(
        [sys.executable, "-m", "askdoc", "--index", url, *LEXICAL],
        cwd=folder, env={**ENVIRON, "HOME": str(folder)}, input="\n".join(lines).encode(),
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    out = done.stdout.decode()
    assert done.returncode in (0, 1) and not done.stderr
    assert out.startswith(QUOTE) and "1 of 1 citation stands." in out and "docs/page.html" in out
    assert f"The saved index is as it was: askdoc index PATH --index {url} would keep" in out
    assert "The tug Calder was sold." in out


def test_a_saved_answer_is_verified_from_elsewhere(
    made: tuple[Path, str], inside: Inside, tmp_path: Path
) -> None:
    _, url = made
    (tmp_path / "answer.json").write_text(inside("query", ASK, "--index", url, "--json")[1])
    assert inside("verify", "answer.json")[0] == 1, "its file is not found from here"
    code, out, _ = inside("verify", "answer.json", "--index", url)
    assert code == 0 and out.endswith("1 of 1 citation stands.\n")


def test_what_the_configuration_names_is_asked(
    made: tuple[Path, str], inside: Inside, folder: Path
) -> None:
    _, url = made
    (folder / ".config" / "askdoc").mkdir(parents=True)
    (folder / ".config" / "askdoc" / "config.toml").write_text(f'index = "{url}"\n')
    assert inside("query", ASK, *LEXICAL)[1].startswith(QUOTE)
    assert inside("status")[1].startswith(url)


# Changing it


def test_it_follows_its_files_and_tells_what_to_do_there(
    docs: Path, inside: Inside, cluster: Cluster, index_name: str
) -> None:
    url = f"{cluster.url}/{index_name}"
    at = ("--index", url)
    code, out, err = inside("status", *at)
    assert (code, out) == (2, "")
    assert err == (
        f"askdoc: there is no saved index: {url}. Make one: askdoc index PATH... --index {url}\n"
    )
    code, out, err = inside("index", *at)
    assert err == (
        f"askdoc: no documents were named. Name files or folders: askdoc index PATH... "
        f"--index {url}\n"
    )
    (docs / "docs" / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
    code, out, err = inside("index", "docs", *at)
    assert code == 0 and "docs/bad.pdf" in err
    assert seconds_out(out) == (
        f"{url}: 2 added, 1 could not be read; 2 documents, 2 passages in all (N s)\n"
    )
    assert f"(askdoc status --index {url} lists them; name one" in inside("index", *at)[1]
    (docs / "docs" / "log.md").write_text(LOG.replace("forty", "fifty"))
    code, out, err = inside("query", ASK, *at, *LEXICAL)
    assert "forty" in out and err.endswith(
        f"Bring the index up to date: askdoc index --index {url}\n"
    )
    assert f"  Run: askdoc index --index {url}\n" in inside("status", *at)[1]
    assert seconds_out(inside("index", *at)[1]).startswith(f"{url}: 1 changed, 1 unchanged, ")
    assert "fifty" in inside("query", ASK, *at, *LEXICAL)[1]
    code, out, err = inside("remove", "docs/log.md", "nowhere", *at)
    assert (code, out) == (2, f"1 document removed from {url}\n")
    assert err.endswith(f"nowhere. askdoc status --index {url} shows what is.\n")
    code, out, err = inside("index", "--rebuild", *at)
    assert (code, "2 added" in out) == (0, True)


def test_it_is_watched(docs: Path, cluster: Cluster, index_name: str) -> None:
    url = f"{cluster.url}/{index_name}"
    with subprocess.Popen(
        [sys.executable, "-m", "askdoc", "index", "docs", "--watch", "--index", url], cwd=docs,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**ENVIRON, "HOME": str(docs)},
    ) as program:  # fmt: skip
        try:
            assert program.stdout is not None and program.stderr is not None
            assert program.stdout.readline().startswith(f"{url}: 2 added; ")
            assert "watching for changes" in program.stderr.readline()
            (docs / "docs" / "tug.txt").write_text("The tug Calder was sold.")
            assert program.stdout.readline().startswith(f"{url}: 1 added; 3 documents in all (")
            program.send_signal(signal.SIGINT)
            assert program.communicate() == ("", "") and program.returncode == 0
        finally:
            program.kill()


# Where it cannot be asked


@pytest.mark.parametrize(
    "command",
    [
        ("query", ASK, *LEXICAL),
        ("query", "--questions", "log.md", *LEXICAL),
        ("search", "ferry"),
        ("status",),
        ("status", "--json"),
        ("index", "log.md"),
        ("index", "log.md", "--watch"),
        ("index", "--rebuild", "log.md"),
        ("remove", "log.md"),
        ("verify", "answer.json"),
        ("serve", "--port", "0", *LEXICAL),
        ("mcp", *LEXICAL),
        LEXICAL,
    ],
)
def test_that_nobody_answers_is_an_error_of_one_line(
    folder: Path, inside: Inside, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr(client, "_SEARCH_SECONDS", 0.0)
    if command[0] == "verify":
        answer = inside("query", ASK, "log.md", "--json", *LEXICAL)[1]
        (folder / "answer.json").write_text(answer)
    code, out, err = inside(*command, "--index", NOBODY)
    assert (code, out) == (2, "")
    assert err == (
        f"askdoc: nothing answers there (connection refused): {NOBODY}. "
        "See that the cluster runs and that the address is right.\n"
    )


@pytest.mark.parametrize(
    "command",
    [
        ("query", ASK, "log.md"),  # It is an error of another kind, which named the index.
        ("query", ASK),
        ("index", "log.md"),
        ("mcp", "--print-config", "claude"),
        ("completion", "bash"),
    ],
)
def test_a_password_in_an_address_is_refused_and_never_shown(
    folder: Path, inside: Inside, command: tuple[str, ...]
) -> None:
    """`askdoc mcp --print-config` wrote it into the settings that it printed."""
    code, out, err = inside(*command, "--index", WITH_PASSWORD)
    assert (code, out) == (2, "") and PASSWORD not in err and err.count("\n") == 1


def test_nor_one_in_the_configuration(folder: Path, inside: Inside) -> None:
    path = folder / ".config" / "askdoc" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f'index = "{WITH_PASSWORD}"\n')
    code, out, err = inside("status")
    assert (code, out) == (2, "") and PASSWORD not in err
    assert err.startswith("askdoc: index: a user or password must not stand") and str(path) in err


@pytest.mark.skipif(os.name == "nt", reason="no such signals there")
@pytest.mark.parametrize(
    "command",
    [
        ("query", ASK, *LEXICAL),
        ("index", "log.md"),
        # It waited for the end of the update, which took until the cluster was given up.
        ("index", "log.md", "--watch"),
    ],
)
def test_ctrl_c_ends_it_while_the_cluster_keeps_it_waiting(
    folder: Path, command: tuple[str, ...]
) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        subprocess.Popen(
            [sys.executable, "-m", "askdoc", *command, "--index",
             f"http://127.0.0.1:{silent.getsockname()[1]}/docs"],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**ENVIRON, "HOME": str(folder)},
            # Whoever is started in the background of a script is deaf to it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as program,
    ):  # fmt: skip
        try:
            connection, _ = silent.accept()
            with connection:
                assert connection.recv(1)
                program.send_signal(signal.SIGINT)
                out, err = program.communicate(timeout=25)
            assert (program.returncode, out, err) == (130, b"", b"\n")
        finally:
            program.kill()


# Who asks


@pytest.fixture(scope="module")
def gate(
    made: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Guarded, str, str]]:
    """The same cluster behind TLS and a password, the index's address there, who vouches for it."""
    _, url = made
    node, _, name = url.rpartition("/")
    pem = tmp_path_factory.mktemp("gate") / "ca.pem"
    with guarded(node, pem) as server:
        yield server, f"{server.url}/{name}", str(pem)


def checked(folder: Path, *arguments: str, **environ: str) -> tuple[int, str, str]:
    """The real program, which shows no secret whatever happens."""
    code, out, err = askdoc(folder, *arguments, environ=environ)
    assert not any(secret in out + err for secret in SECRETS)
    return code, out, err


def test_a_user_and_a_token_are_let_in(
    made: tuple[Path, str], gate: tuple[Guarded, str, str]
) -> None:
    folder, (server, url, pem) = made[0], gate
    before = server.turned_away
    user = {"ASKDOC_CLUSTER_USER": USER, "ASKDOC_CLUSTER_PASSWORD": PASSWORD}
    query = ("query", ASK, "--index", url, *LEXICAL)
    code, out, err = checked(folder, *query, ASKDOC_CLUSTER_CA=pem, **user)
    assert (code, err) == (0, "") and out.startswith(QUOTE)
    code, out, err = checked(
        folder, "index", "docs", "--index", url,
        ASKDOC_CLUSTER_CA=pem, ASKDOC_CLUSTER_TOKEN=TOKEN, ASKDOC_CLUSTER_SHARDS="1",
    )  # fmt: skip
    assert (code, err) == (0, "") and "2 unchanged" in out
    config = checked(folder, "mcp", "--print-config", "claude", "--index", url, **user)
    assert config[0] == 0 and url in config[1]
    assert server.turned_away == before


def test_a_netrc_file_lets_in(
    made: tuple[Path, str], gate: tuple[Guarded, str, str], tmp_path: Path
) -> None:
    _, url, pem = gate
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine 127.0.0.1 login {USER} password {PASSWORD}\n")
    netrc.chmod(0o600)
    told = checked(
        made[0], "search", "ferry", "--index", url, ASKDOC_CLUSTER_CA=pem, NETRC=str(netrc)
    )
    assert told[0] == 0 and "forty cars" in told[1]


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"ASKDOC_CLUSTER_PASSWORD": f"{PASSWORD}x", "ASKDOC_CLUSTER_USER": USER}, "who asks"),
        ({}, "who asks"),
        ({"ASKDOC_CLUSTER_USER": USER}, "password is missing"),
        ({"ASKDOC_CLUSTER_CA": "", "ASKDOC_CLUSTER_TOKEN": TOKEN}, "certificate"),
        ({"ASKDOC_CLUSTER_CA": "nowhere.pem", "ASKDOC_CLUSTER_TOKEN": TOKEN}, "nowhere.pem"),
    ],
)
def test_who_is_not_let_in_is_told_so_in_one_line(
    made: tuple[Path, str], gate: tuple[Guarded, str, str], environ: dict[str, str], said: str
) -> None:
    _, url, pem = gate
    code, out, err = checked(
        made[0], "query", ASK, "--index", url, *LEXICAL, **{"ASKDOC_CLUSTER_CA": pem, **environ}
    )
    assert (code, out) == (2, "") and said in err
    assert err.startswith("askdoc: ") and err.count("\n") == 1
