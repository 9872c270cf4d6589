"""The tests' child on a system that counts no processor time for a message, as Windows."""

from __future__ import annotations

from misbehaving import handle

from askdoc.workers import serve, serving

if __name__ == "__main__":
    serving._SYSTEM_COUNTS = False
    serve(handle)
