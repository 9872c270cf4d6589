"""`askdoc serve` over an index in a cluster, which follows its files; and without a cluster."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from running import ASK, LONGEST, QUOTE, TEXTS

from askdoc.errors import ClusterUnreachable
from askdoc.serve.problems import of_error
from lab.cluster import Cluster

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")


def test_it_answers_and_follows_the_files(
    tmp_path: Path, cluster: Cluster, index_name: str
) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    url = f"{cluster.url}/{index_name}"
    command = ["serve", *TEXTS, "--watch", "--index", url, "--port", "0", "--reader=lexical"]
    with subprocess.Popen(
        [sys.executable, "-m", "askdoc", *command], cwd=tmp_path, text=True,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(tmp_path)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None and process.stderr is not None
            line = process.stdout.readline().rstrip("\n")
            assert line, process.stderr.read()
            address, _, token = line.partition("?token=")
            asking = httpx.Client(
                headers={"Authorization": f"Bearer {token}"}, base_url=address, timeout=LONGEST
            )
            answer = asking.post("/api/ask", json={"question": ASK}).json()["answer"]
            assert answer["citations"][0]["quote"] == QUOTE
            changed = next(iter(TEXTS))
            (tmp_path / changed).write_text("The tug Calder was sold in 1911.\n")
            assert process.stderr.readline().startswith(f"askdoc: {url}: 1 changed; ")
            again = asking.post("/api/ask", json={"question": "When was the tug Calder sold?"})
            assert again.json()["answer"]["citations"][0]["source"] == changed
            process.send_signal(signal.SIGINT)
            assert process.wait(LONGEST) == 0
            assert "Traceback" not in process.stderr.read()
        finally:
            process.kill()


def test_a_cluster_that_is_not_there_may_be_there_in_a_moment() -> None:
    problem = of_error(ClusterUnreachable("nothing answers there", "http://127.0.0.1:9/docs"))
    assert problem.status == 503 and int(problem.headers["Retry-After"]) > 0
