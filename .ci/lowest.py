"""Prints constraints for pip: the lowest release of each dependency that pyproject.toml admits."""

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"

for requirement in tomllib.loads(PROJECT.read_text("utf-8"))["project"]["dependencies"]:
    found = re.fullmatch(r"([\w.-]+)>=([\w.]+)(,.*)?", requirement)
    if found is None:
        raise SystemExit(f"pyproject.toml: {requirement} names no lowest release")
    print(f"{found[1]}=={found[2]}")
