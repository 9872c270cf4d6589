"""Which elements of a page nobody reads: what is hidden, menus, controls."""

from __future__ import annotations

import re
from enum import Enum, auto

from askdoc.load.markup import Tag

NEVER_SHOWN = frozenset(
    (
        "script style template noscript iframe noembed noframes audio video canvas datalist "
        "metadata desc annotation annotation-xml xml"
    ).split()
)
CONTROLS = frozenset(("label", "button", "select", "textarea"))
# Where one of these begins, a menu was not ended.
NEVER_IN_MENUS = frozenset(("article", "main"))

_MENUS = frozenset(("nav", "menu"))
_MENU_ROLES = frozenset(("navigation", "menu", "menubar"))
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.I)


class Shown(Enum):
    """What becomes of an element and all that is in it."""

    YES = auto()
    HIDDEN = auto()
    MENU = auto()


def shown(tag: Tag) -> Shown:
    """Whether the reader of a page reads what stands in the element that this tag starts."""
    name = tag.name
    if name in NEVER_SHOWN or name in ("title", "head"):
        return Shown.HIDDEN
    attributes = tag.attributes() if tag.raw_attributes else {}
    if name in _MENUS or attributes.get("role", "").lower() in _MENU_ROLES:
        return Shown.MENU
    hidden = (
        attributes.get("hidden", "until-found").lower() != "until-found"
        or (name == "dialog" and "open" not in attributes)
        or _HIDING_STYLE.search(attributes.get("style", "")) is not None
    )
    return Shown.HIDDEN if hidden else Shown.YES
