"""What a page has beside its article: menus, related links, boxes that ask for something.

Nothing of it is left out, since no rule knows for sure; it is marked, so that readers trust it
less. Pages tell it by the names of their elements, and by their text being links and little else.
Where most of a page would be marked, its article is in there, and nothing is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from askdoc.load.common.markup import Tag
from askdoc.model import Span

_ELEMENTS = frozenset("aside footer header section div ul ol dl form table p center".split())
_LISTS = frozenset(("ul", "ol"))
_BESIDE = frozenset(("aside", "footer"))
_BESIDE_ROLES = frozenset(("complementary", "contentinfo"))
_ARTICLES = frozenset(("article", "main", "h1"))
# Names of boxes, whatever stands in them.
_BOX = re.compile(
    r"(?:^|[\s_-])(?:newsletter|subscri(?:be|ption)|sign-?up|advert(?:isement)?|sponsored|promo"
    r"|paywall|outbrain|taboola|(?:share|social)(?:-?(?:bar|buttons?|links?|icons?|tools|media))?"
    r")(?:-?(?:box|form|block|banner|widget|cta|container|wrapper|module|inline))?(?:\s|$)",
    re.IGNORECASE,
)
# Names of lists of links, where links are what stands in them.
_LINKS = re.compile(
    r"(?:^|[\s_-])(?:related|recommend(?:ed|ations?)|trending|most-?(?:read|popular|viewed)|popular"
    r"|more|also|read-?next|up-?next|breadcrumbs?|menu|nav(?:bar|igation)?|side-?bar|site-?footer"
    r"|footer|tags|teasers?|see-?also)(?:$|[\s_-])",
    re.IGNORECASE,
)
# One of these is in the attributes of all that any of the above are said of.
_HINT = re.compile(
    r"news|subscri|sign|advert|sponsor|promo|paywall|brain|taboola|share|social|relate|recommend"
    r"|trend|most|popular|more|also|next|crumb|menu|nav|bar|footer|tag|teaser|compl|contentinfo",
    re.IGNORECASE,
)
_NAMED_SHARE, _PLAIN_SHARE = 0.4, 0.7
_FEWEST_LINKS = 3
_LONGEST_BOX = 1500
_MOST_OF_PAGE = 0.5


@dataclass(slots=True)
class _Open:
    """An element that may be beside the article, and what there was of the page before it."""

    depth: int
    kind: str
    start: int
    links: int
    linked: int
    articles: int
    in_article: bool


class Asides:
    """Follows the elements of a page that are open."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._links = self._linked = self._articles = 0
        self._in_link = False
        self._article_depths: list[int] = []
        self._found: list[Span] = []

    def link(self, tag: Tag) -> None:
        """A link begins or ends."""
        self._in_link = not tag.closing
        self._links += self._in_link

    def text(self, text: str) -> None:
        """A text is shown."""
        if self._in_link:
            self._linked += len(text.strip())

    def start(self, tag: Tag, depth: int, at: int) -> None:
        """An element begins, below so many others, where so much of the text is written."""
        if tag.name in _ARTICLES:
            self._articles += 1
            if tag.name != "h1":
                self._article_depths.append(depth)
        if tag.name in _ELEMENTS:
            inside = bool(self._article_depths)
            kind = _kind(tag, inside)
            if kind:
                counts = self._links, self._linked, self._articles
                self._open.append(_Open(depth, kind, at, *counts, inside))

    def end(self, depth: int, at: int) -> None:
        """The element that was below so many others ends."""
        if self._article_depths and self._article_depths[-1] == depth:
            self._article_depths.pop()
        if not self._open or self._open[-1].depth != depth:
            return
        one = self._open.pop()
        length = at - one.start
        if length <= 0 or one.articles != self._articles:
            return
        share = (self._linked - one.linked) / length
        if one.kind == "box":
            is_aside = length <= _LONGEST_BOX
        else:
            least = _NAMED_SHARE if one.kind == "links" else _PLAIN_SHARE
            enough = one.kind == "links" or self._links - one.links >= _FEWEST_LINKS
            is_aside = enough and share >= least
        if is_aside:
            while self._found and self._found[-1].start >= one.start:
                self._found.pop()  # Elements inside it.
            self._found.append(Span(one.start, at))

    def spans(self, text: str) -> tuple[Span, ...]:
        """Where in the whole text these are, without white space around them."""
        spans = [span for one in self._found if (span := _trimmed(text, one)) is not None]
        share = sum(span.end - span.start for span in spans) / max(1, len(text))
        return tuple(spans) if share <= _MOST_OF_PAGE else ()


def _kind(tag: Tag, in_article: bool) -> str:
    """What may be said of an element: "box", "links" by its name, "plain" by its kind, or ""."""
    attributes = tag.attributes() if _HINT.search(tag.raw_attributes) else {}
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}".strip()
    if names and _BOX.search(names):
        return "box"
    if names and _LINKS.search(names):
        return "links"
    if tag.name in _BESIDE or attributes.get("role", "").lower() in _BESIDE_ROLES:
        return "plain"
    return "plain" if tag.name in _LISTS and not in_article else ""


def _trimmed(text: str, span: Span) -> Span | None:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip())) if piece.strip() else None
