"""What an extra needs, in the words that have pip install it."""

from __future__ import annotations

from importlib import import_module


def install(extra: str) -> str:
    """The command that installs what one of askdoc's extras needs.

    It names the packages. "askdoc[serve]" would do only where pip sees this installation: the
    name askdoc is another project's on PyPI, whose package pip would fetch otherwise.

    Args:
        extra: its name in pyproject.toml.
    """
    metadata = import_module("importlib.metadata")  # 20 ms, and only an error needs it
    try:
        said = metadata.requires("askdoc") or []
    except metadata.PackageNotFoundError:  # run from its source, uninstalled
        said = []
    marks = (f"extra == '{extra}'", f'extra == "{extra}"')
    pairs = [one.partition(";") for one in said]
    needed = [f'"{spec.strip()}"' for spec, _, marker in pairs if marker.strip() in marks]
    return " ".join(["pip install", *(needed or [f'".[{extra}]"'])])
