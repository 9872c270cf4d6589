"""Which commands there are, and what `/help` says of them."""

from __future__ import annotations

from difflib import get_close_matches

from askdoc.errors import AskdocError
from askdoc.present import harmless

HELP = """\
Type a question in plain words. The answer is a sentence of your documents,
and the place where it stands. What you ask may lean on what was said before.

Answers
  /more             the next best sentences, less sure
  /open [N]         sentence N of the answer, in its surroundings
  /why [N]          what led to it: the words, the passage, the reader
  /exact QUESTION   ask as typed, whatever was said before
Documents
  /sources [NAME]   what was read, and what was skipped
  /use NAME...      ask only some; /use all asks all again
  /add PATH...      read others as well; /remove NAME... leaves some out
The conversation
  /history          what was asked, how it was understood, and the answers
  /save FILE        keep it: FILE.md to read, FILE.json for askdoc verify
  /verify           whether the quotes still stand in their files
  /reset            forget it; the documents stay
  /help, /quit      this text, and to leave (so does Ctrl-D)

Tab completes, the right arrow takes a suggestion, the up arrow brings back
what you asked, Ctrl-C clears the line."""

COMMANDS = (
    "/add",
    "/exact",
    "/help",
    "/history",
    "/more",
    "/open",
    "/quit",
    "/remove",
    "/reset",
    "/save",
    "/sources",
    "/use",
    "/verify",
    "/why",
)

ALIASES = {
    "/": "/help",
    "/?": "/help",
    "/bye": "/quit",
    "/exit": "/quit",
    "/h": "/help",
    "/next": "/more",
    "/q": "/quit",
    "/source": "/sources",
    ":q": "/quit",
    "?": "/help",
    "bye": "/quit",
    "exit": "/quit",
    "help": "/help",
    "history": "/history",
    "more": "/more",
    "open": "/open",
    "q": "/quit",
    "quit": "/quit",
    "reset": "/reset",
    "sources": "/sources",
    "verify": "/verify",
    "why": "/why",
}
"""Other names of commands; those without a slash only where they are the whole line."""


def unknown(name: str) -> AskdocError:
    """What is said of a command that there is not."""
    near = get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
    remedy = f"Did you mean {near[0]}?" if near else "/help lists the commands."
    return AskdocError("there is no such command", harmless(name), remedy)
