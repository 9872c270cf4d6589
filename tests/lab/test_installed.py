"""What weighs in an installation: every package once, with who needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lab.installed import packages, report

ROOT = Path(__file__).parents[2]


def test_every_package_has_its_size_and_who_needs_it() -> None:
    found = {one.name: one for one in packages()}
    assert [one.size for one in packages()] == sorted(
        (one.size for one in found.values()), reverse=True
    )
    assert found["onnxruntime"].size > 10_000_000
    assert "askdoc" in found["onnxruntime"].needed_by
    assert {"onnxruntime", "rank-bm25"} <= set(found["numpy"].needed_by)


def test_the_table_has_the_large_ones_apart_and_the_whole_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\0" * 2_500_000)
    lines = report(packages(), tmp_path).splitlines()
    assert any(line.startswith("| onnxruntime ") for line in lines)
    assert not any(line.startswith("| mdurl ") for line in lines)
    assert "mdurl" in lines[-2]
    assert lines[-1] == "| all files of the environment | 2.5 |  |"


def test_the_command_prints_the_table_of_its_own_environment() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lab.installed"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("| package | MB | needed by |")
    assert done.stderr == ""
