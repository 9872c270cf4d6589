"""The commands and options of the command line: one row each.

From these tables the arguments are parsed, `askdoc --help` is written and mistakes are told. A new
option is a row in `OPTIONS` and a field of `Request` here, and what the command does with it.

Nothing is imported here: `--help`, which reads the tables, costs no more than starting Python.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

QUERY, SHELL, SERVE, MCP, STDIN = "query", "shell", "serve", "mcp", "-"
COMPLETION, SHELLS = "completion", ("bash", "zsh", "fish")
"""The shells that can be made to complete askdoc."""


class Request:
    """What the arguments ask for; None where the library's default holds.

    `given` are the fields that options have set. `default_index` is the user's own, which the
    configuration names; "" for none.
    """

    def __init__(self) -> None:
        self.command = SHELL
        self.question = ""
        self.paths: list[str] = []
        self.index: str | None = None
        self.limit: int | None = None
        self.threshold: float | None = None
        self.reader: str | None = None
        self.format = ""
        self.nearest = False
        self.rebuild = False
        self.follow_links = False
        self.cache = True
        self.suggestions = True
        self.show_now = False
        self.http = False
        self.allow_index: list[str] = []
        self.print_config = ""
        self.watch = False
        self.color = "auto"
        self.host = "127.0.0.1"
        self.port = 8765
        self.browser = True
        self.uploads = False
        self.token = True
        self.questions = ""
        self.sources: list[str] = []
        self.context = 0
        self.addresses = "given"
        self.default_index = ""
        self.given: set[str] = set()
        self.allowed_hosts: tuple[str, ...] = ()

    @property
    def json(self) -> bool:
        """Whether JSON is asked for."""
        return self.format == "json"


class Command:
    """A command, and the module of `askdoc.cli` in which a function of its name carries it out.

    The shell is the one that is not named on the command line.
    """

    def __init__(self, name: str, arguments: str, module: str, help: str) -> None:
        self.name, self.arguments, self.module, self.help = name, arguments, module, help


COMMANDS = (
    Command(QUERY, "QUESTION [PATH...]", "asking", "one question"),
    Command(SHELL, "[PATH...]", "asking", "many questions, in a shell"),
    Command(
        "index", "[PATH...]", "keeping",
        "read files once, ask them for ever; run it again when they have changed",
    ),
    Command("search", "WORDS", "asking", "passages of the saved index, unread"),
    Command("status", "", "keeping", "what the saved index holds"),
    Command("remove", "PATH...", "keeping", "take files out of the saved index"),
    Command(
        SERVE, "[PATH...]", "serving",
        "a page in the browser, and JSON for programs (docs/server.md)",
    ),
    Command(
        "verify", "FILE", "keeping",
        "whether a saved answer, FILE as --json gives it, still stands in its sources",
    ),
    Command(COMPLETION, "SHELL", "completing", "what makes bash, zsh or fish complete askdoc"),
    Command(MCP, "[PATH...]", "mcp", "answer an assistant that speaks MCP (docs/mcp.md)"),
)  # fmt: skip
NAMED = tuple(command.name for command in COMMANDS if command.name != SHELL)
"""The commands that are named on the command line."""
EVERY = (*(name for name in NAMED if name != COMPLETION), SHELL)
"""The commands that have to do with documents."""
_ASKING, _GIVING = (QUERY, SHELL), (QUERY, "search", "status", "verify")
LOADING = (*_ASKING, SERVE, MCP)
"""The commands that ask paths, or else a saved index."""
_LISTENING = (SERVE, MCP)


class Option:
    """An option: what it is called, which commands it is for, and which field it sets.

    Args:
        name: with its dashes; one dash for a single letter.
        value: what `--help` calls the value that it takes; "" for a flag.
        commands: those that it is for.
        field: the field of `Request` that it sets, or adds to where that is a list.
        help: what it does, for `--help`, which puts the commands before it.
        to: what a flag sets the field to, or what makes the value from what was typed, and raises
            AskdocError where that makes none.

    Attributes:
        choices: the values that it takes, where these are few; else empty.
    """

    def __init__(
        self,
        name: str,
        value: str,
        commands: tuple[str, ...],
        field: str,
        help: str,
        to: bool | Callable[[str, str], object],
    ) -> None:
        self.name, self.value, self.commands = name, value, commands
        self.field, self.help, self._to = field, help, to
        self.choices: tuple[str, ...] = to.choices if isinstance(to, _OneOf) else ()

    def set(self, request: Request, typed: str) -> None:
        """Set the request's field; `typed` is the value as it was typed, "" for a flag.

        Raises:
            AskdocError: the option takes no such value.
        """
        value = self._to if isinstance(self._to, bool) else self._to(self.name, typed)
        before = getattr(request, self.field)
        setattr(request, self.field, [*before, value] if isinstance(before, list) else value)
        request.given.add(self.field)


def _text(name: str, typed: str) -> str:
    return typed


def _index(name: str, typed: str) -> str:
    """A folder, or an address; one that may hold a password goes no further than here."""
    from askdoc.cluster.address import Address, is_address

    return str(Address.parse(typed)) if is_address(typed) else typed


class _OneOf:
    """Takes one of some words."""

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def __call__(self, name: str, typed: str) -> str:
        if typed in self.choices:
            return typed
        *others, last = self.choices
        raise _no_such_value(f"{name} takes {', '.join(others)} or {last}", typed)


def _json(name: str, typed: str) -> str:
    return "json"


def _count(name: str, typed: str) -> int:
    if typed.isascii() and typed.isdigit() and len(typed) < 10 and int(typed) > 0:
        return int(typed)
    raise _no_such_value(f"{name} takes a number from 1 up", typed, f"For example: {name} 3")


def _port(name: str, typed: str) -> int:
    if typed.isascii() and typed.isdigit() and len(typed) < 6 and int(typed) < 2**16:
        return int(typed)
    raise _no_such_value(f"{name} takes a number from 0 to 65535", typed, f"For example: {name} 0")


def _names(name: str, typed: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip().lower() for one in typed.split(","))))


def _probability(name: str, typed: str) -> float:
    try:
        number = float(typed)
    except ValueError:
        number = -1.0
    if 0.0 <= number <= 1.0:
        return number
    raise _no_such_value(f"{name} takes a number from 0 to 1", typed, f"For example: {name} 0.5")


def _no_such_value(takes: str, typed: str, remedy: str = "") -> Exception:
    from askdoc.errors import AskdocError

    return AskdocError(f"{takes}, not", typed, remedy)


OPTIONS = (
    Option(
        "--index", "DIR|URL", EVERY, "index",
        "where the saved index is: a folder, or an address in an OpenSearch cluster, "
        "https://HOST:9200/NAME (index; verify: none)",
        _index,
    ),
    Option(
        "--reader", "NAME", LOADING, "reader",
        "neural, a network that reads, or lexical, by shared words alone, much faster, and finds "
        "less (neural)",
        _OneOf("neural", "lexical"),
    ),
    Option("-n", "N", (QUERY, "search"), "limit", "give at most N (5; 10)", _count),
    Option(
        "--questions", "FILE", (QUERY,), "questions",
        "ask each line of FILE (- for standard input) and give a line of JSON for each", _text,
    ),
    Option(
        "--format", "FORMAT", _GIVING, "format",
        "text, json, markdown or csv (text; status, verify: text or json)",
        _OneOf("text", "json", "markdown", "csv"),
    ),
    Option("--json", "", _GIVING, "format", "give everything as JSON: --format json", _json),
    Option(
        "--source", "GLOB", (*_ASKING, "search"), "sources",
        "only documents whose name, or the end of it, is like GLOB; may be given several times",
        _text,
    ),
    Option(
        "-C", "N", (QUERY,), "context", "give N sentences before and after each, too", _count,
    ),
    Option(
        "--addresses", "HOW", (QUERY, "search"), "addresses",
        "names of files as given when they were read, absolute, or relative to where you are "
        "(given)",
        _OneOf("given", "absolute", "relative"),
    ),
    Option(
        "--threshold", "X", (QUERY,), "threshold",
        "how sure to be, from 0 (never refuse) to 1", _probability,
    ),
    Option(
        "--nearest", "", _ASKING, "nearest",
        "where the documents don't say, give a pipe, too, the sentences that came near", True,
    ),
    Option("--rebuild", "", ("index",), "rebuild", "read everything again", True),
    Option(
        "--follow-links", "", (*LOADING, "index"), "follow_links",
        "also follow links that lead out of a folder named as PATH", True,
    ),
    Option("--no-cache", "", LOADING, "cache", "keep nothing of the files that are read", False),
    Option("--no-suggestions", "", (SHELL,), "suggestions", "suggest no questions", False),
    Option("--port", "N", _LISTENING, "port", "listen there; 0 for any that is free (8765)", _port),
    Option(
        "--host", "NAME", _LISTENING, "host",
        "listen at this address of the machine (127.0.0.1: only its own programs reach it)", _text,
    ),
    Option(
        "--allow-host", "NAME", _LISTENING, "allowed_hosts",
        "also answer where it is called by this name, or these, with commas between", _names,
    ),
    Option("--no-browser", "", (SERVE,), "browser", "open no browser", False),
    Option("--uploads", "", (SERVE,), "uploads", "take files that are handed in", True),
    Option(
        "--no-token", "", _LISTENING, "token",
        "let every program of this machine in; ASKDOC_TOKEN sets a token of your own", False,
    ),
    Option(
        "--show-now", "", ("verify",), "show_now",
        "show what the files have now instead of a quote", True,
    ),
    Option(
        "--http", "", (MCP,), "http",
        "answer at /mcp of a server, as askdoc serve has it, not over standard input", True,
    ),
    Option(
        "--allow-index", "DIR", (MCP,), "allow_index",
        "let the assistant index what is below DIR; may be given several times", _text,
    ),
    Option(
        "--print-config", "APP", (MCP,), "print_config",
        "print what goes into the settings of claude, cursor or vscode",
        _OneOf("claude", "cursor", "vscode"),
    ),
    Option(
        "--watch", "", ("index", "verify", "serve"), "watch",
        "go on until Ctrl-C, again whenever a file changes; verify: all saved answers in a folder",
        True,
    ),
    Option(
        "--color", "WHEN", _GIVING, "color",
        "auto, always or never (auto; NO_COLOR=1 means never)",
        _OneOf("auto", "always", "never"),
    ),
)  # fmt: skip

HELP, VERSION = ("-h", "--help"), ("--version",)
"""Options that are told before anything is parsed, whatever else is wrong."""
EVERYWHERE = (
    (", ".join(HELP), "this text"),
    (", ".join(VERSION), "the version"),
    ("--", "what follows is no option, even if it begins with -"),
)
"""What holds for all commands, and what `--help` says of it."""
