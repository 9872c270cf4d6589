"""The child of `askdoc index`, with the loaders that crash, hang or hunger (hostile_child)."""

from __future__ import annotations

from hostile_child import FAKES

from askdoc.index.child import handle
from askdoc.load.formats import LOADERS
from askdoc.workers import serve

if __name__ == "__main__":
    LOADERS.update(FAKES)
    serve(handle)
