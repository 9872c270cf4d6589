"""What a user has set once and for all: `askdoc/config.toml` in the folder of the XDG standard.

    index = "~/notes/index"      # asked where no path is named and the current folder has none
    reader = "lexical"
    addresses = "absolute"

Each key is the field of an option of the command line, which has the last word. The file may be
anybody's: whatever stands in it is an error that names the file and the line or the key.
"""

from __future__ import annotations

import os
import stat

from askdoc.cli.options import OPTIONS, Request
from askdoc.errors import AskdocError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

INDEX = "index"
KEYS = (INDEX, "reader", "addresses", "color", "nearest", "suggestions", "cache")
"""What can be set, each the field of an option."""

_LARGEST = 2**16  # bytes
_SHOWN = 80
_REMEDY = "Correct it, or take it away."


def configure(request: Request, environ: Mapping[str, str] = os.environ) -> None:
    """Put into a request what the user has set, for its command, and the arguments have not.

    Raises:
        AskdocError: the file cannot be read, or something in it is wrong.
    """
    path = place(environ)
    content = _content(path) if path else None
    if content is None:
        return
    for key, value in _parsed(content, path).items():
        if key not in KEYS:
            raise _no_such_key(key, path)
        if key == INDEX:
            request.default_index = _index(value, path)
        else:
            _set(request, key, value, path)


def place(environ: Mapping[str, str]) -> str:
    """Where the file is, or would be; "" where the user has no place for such things."""
    folder = environ.get("XDG_CONFIG_HOME", "")
    # The standard says that a relative path is to be ignored.
    if not os.path.isabs(folder):  # noqa: PTH117
        home = os.path.expanduser("~")  # noqa: PTH111
        if not os.path.isabs(home):  # noqa: PTH117
            return ""
        folder = os.path.join(home, ".config")  # noqa: PTH118
    return os.path.join(folder, "askdoc", "config.toml")  # noqa: PTH118


def _content(path: str) -> bytes | None:
    """What stands in the file, None where there is none; a pipe there keeps nobody waiting."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise AskdocError(f"cannot read the configuration ({reason})", path, _REMEDY) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise AskdocError("the configuration is no regular file", path, _REMEDY)
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise AskdocError(f"the configuration has more than {_LARGEST:,} bytes", path, _REMEDY)
    return content


def _parsed(content: bytes, path: str) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"line {line} is not UTF-8"
    except tomllib.TOMLDecodeError as error:
        last = content.count(b"\n") + 1
        told = str(error).replace("at end of document", f"at line {last}, its end")
        reason = f"it is not TOML: {_clipped(told)}"
    except RecursionError:
        reason = "it is nested too deep"
    except ValueError as error:  # A number of thousands of digits, a date that there never was.
        reason = f"it is not TOML: {_clipped(str(error))}"
    raise AskdocError(f"the configuration cannot be used ({reason})", path, _REMEDY)


def _set(request: Request, key: str, value: object, path: str) -> None:
    option = next(one for one in OPTIONS if one.field == key)
    if not option.value and not isinstance(value, bool):
        raise _wrong(key, "true or false", value, path)
    if option.value and value not in option.choices:
        *others, last = option.choices
        raise _wrong(key, f"{', '.join(others)} or {last}", value, path)
    if request.command in option.commands and key not in request.given:
        setattr(request, key, value)


def _index(value: object, path: str) -> str:
    from askdoc.cluster.address import Address, is_address

    takes = (
        "the path of a folder, absolute or from ~ on, or a cluster's address, between quotation "
        "marks"
    )
    if not isinstance(value, str) or "\0" in value:
        raise _wrong(INDEX, takes, value, path)
    if is_address(value):
        try:
            return str(Address.parse(value))
        except AskdocError as error:
            # The value may have a password in it, and the error says nothing of it then.
            where = f" ({error.where})" if error.where else ""
            raise AskdocError(f"{INDEX}: {error.what}{where}", path, error.remedy) from None
    folder = os.path.expanduser(value)  # noqa: PTH111
    if not os.path.isabs(folder):  # noqa: PTH117
        raise _wrong(INDEX, takes, value, path)
    return folder


def _wrong(key: str, takes: str, value: object, path: str) -> AskdocError:
    shown = {True: "true", False: "false"}.get(value) if isinstance(value, bool) else repr(value)
    return AskdocError(f"{key} takes {takes}, not {_clipped(str(shown))}", path, _REMEDY)


def _no_such_key(key: str, path: str) -> AskdocError:
    from difflib import get_close_matches

    near = get_close_matches(key, KEYS, n=1)
    remedy = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(KEYS)}."
    return AskdocError(f"the configuration has no key {_clipped(repr(key))}", path, remedy)


def _clipped(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
