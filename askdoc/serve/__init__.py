"""The documents over HTTP: a JSON interface, and what a page in the browser is served by.

Needs the extra `serve`, and is imported by `askdoc serve` alone. `routes` is the table of
what can be asked for, from which both the application (`app`) and its description (`openapi`) are
made; `security` decides who is let in and `limits` how much at a time; `library` holds what is
asked. What goes wrong is told as a problem (`problems`). All that takes long is done in threads.
"""

from __future__ import annotations

from askdoc.serve.app import Extension, create_app
from askdoc.serve.serving import Serving
from askdoc.serve.settings import Settings

__all__ = ["Extension", "Serving", "Settings", "create_app"]
