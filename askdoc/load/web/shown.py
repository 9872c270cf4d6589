"""Which elements of a page nobody reads: what is hidden, menus, controls."""

from __future__ import annotations

import re
from enum import Enum, auto

from askdoc.load.common.markup import Tag

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
# What wikis and document programs put beside a text to move about in it or to change it.
_TOOL_CLASSES = frozenset(
    (
        "mw-editsection mw-cite-backlink mw-jump-link skip-link headerlink footnote-back "
        "footnote-backref reversefootnote"
    ).split()
)
_DIALOGS = frozenset(("dialog", "alertdialog"))
# Banners that ask a reader's consent before the page can be read.
_CONSENT = re.compile(
    r"(?:cookie|consent|gdpr)s?[-_]?(?:banner|bar|notice|consent|dialog|modal|overlay|popup)"
    r"|cookieconsent|onetrust",
    re.IGNORECASE,
)
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
    role = attributes.get("role", "").lower()
    if name in _MENUS or role in _MENU_ROLES or _is_overlay(role, attributes, name):
        return Shown.MENU
    if role == "doc-backlink" or not _TOOL_CLASSES.isdisjoint(attributes.get("class", "").split()):
        return Shown.HIDDEN
    hidden = (
        attributes.get("hidden", "until-found").lower() != "until-found"
        or (name == "dialog" and "open" not in attributes)
        or _HIDING_STYLE.search(attributes.get("style", "")) is not None
    )
    return Shown.HIDDEN if hidden else Shown.YES


def _is_overlay(role: str, attributes: dict[str, str], name: str) -> bool:
    """Whether an element lies over the page until the reader has answered it."""
    if name in ("html", "body", *NEVER_IN_MENUS):
        return False
    if role in _DIALOGS and attributes.get("aria-modal", "").lower() == "true":
        return True
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}"
    return len(names) > 1 and _CONSENT.search(names) is not None
