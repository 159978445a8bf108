"""Which paragraphs of a web page are its text, and which are navigation, notices and other surroundings.

Three witnesses are heard: trafilatura (Barbaresi 2021), which finds the main text of most pages but leaves out what it
takes for repetition or ornament; the page's own structure and the names of its elements; and how a paragraph reads. What
trafilatura takes is text. So is everything in the part of the page that holds nearly all of that, but for what is named
as surroundings; and elsewhere running prose that is not. Doubt decides for the text: what is too much can be seen.

Measured on the 990 pages that trafilatura is tested with (docs/formats.md has the table).
"""

import copy
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from corpora.building import CONTROL
from corpora.readers.web.hypertext import tag_of
from corpora.readers.web.paragraph import Piece

Element = Any
# Elements and roles that hold no text of a page (HTML 4.3, WAI-ARIA 1.2).
SURROUND = frozenset(("nav", "footer", "dialog", "menu", "search"))
ROLES = frozenset(
    ("navigation", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tablist")
)
BESIDE = frozenset(("aside", "complementary"))
HEAD = frozenset(("header", "banner"))


def _names(words: str) -> re.Pattern[str]:
    """A pattern of whole words in the names and classes of elements."""
    return re.compile(rf"(?:^|[-_\s])(?:{words})(?=$|[-_\s])", re.IGNORECASE)


# What pages call what stands around their text.
AROUND = _names(
    r"nav(?:bar|igation)?|\w*navigation|menu|submenu|breadcrumb\w*|cookies?\w*|consent|gdpr|share\w*|sharing|social\w*|"
    r"shariff|related\w*|similar\w*|recommend\w*|comments?|commentlist|comment-?\w+|disqus\w*|respond|newsletter\w*|"
    r"subscri\w+|advert\w*|ads?|adsbygoogle|promo\w*|sponsor\w*|skip\w*|pagination|pager|paging|outbrain|taboola|login|"
    r"signup|search\w*|tag-?cloud|tags|copyright|imprint|impressum|footer\w*|most-?(?:read|popular)|popular\w*|trending|"
    r"more-?(?:news|from|on|stories)|read-?(?:more|next)|next-?(?:article|post)|prev\w*|toolbar|jp-\w+|widget-area|"
    r"sr-only|screen-reader\w*|visually-?hidden|no-?print|printfooter|catlinks|mw-editsection|editsection|toc|"
    r"sphinxsidebar\w*|masthead|top-?bar|site-?header|page-?header|rating|feedback|poll|survey|donat\w*|banner\w*"
)
# What they call what stands beside it: surroundings, unless trafilatura takes it.
ASIDE = _names(
    r"widget\w*|textwidget|side-?bar\w*|aside|meta|post-?meta\w*|entry-?meta|postmetadata|byline|author\w*|about-?author|"
    r"bio|reply|popup|modal|overlay|captcha\w*|tools?|links?|info-?box|categories|taglist|\w*related\w*|user-info|"
    r"latest|teaser-?list|follow\w*|hidden|print\w*|legal|disclaimer"
)
# What they call the head of a text, in which headings and sentences are text.
OVER = _names(r"\w*-?header\w*|teaser\w*|head")
# The part of the page must hold this share of the characters that trafilatura takes, and an element with more than
# this share of them is not around the text whatever it is called.
MOST, SOME = 0.9, 0.3
# Characters of a sentence within the text's part of the page, and of prose elsewhere; and how much of either may be links.
SENTENCE, PROSE, LINKED = 40, 80, 0.3
CLOSED = re.compile(r"[.!?…:;。？！][\"'”’“»«》」』)\]]*$")
# Beyond this many paragraphs trafilatura takes minutes.
MOST_PIECES = 20_000
# Letters of a script that no page is written in (cuneiform) number the paragraphs for trafilatura: it gives text only.
FIRST, DIGIT = 0x12000, 512
NUMBER = re.compile("[\U00012000-\U000121ff]{2}\U00012380")
QUIET = logging.NullHandler()


def text_of(root: Element, pieces: Sequence[Piece]) -> list[bool]:
    """For every paragraph of a page, whether it belongs to its text.

    Args:
        root: the page, an lxml.html.HtmlElement.
        pieces: its paragraphs.
    """
    taken = _taken(root, pieces) if len(pieces) <= MOST_PIECES else set()
    page = _Page(pieces, taken)
    return [page.is_text(number) for number in range(len(pieces))]


def _taken(root: Element, pieces: Sequence[Piece]) -> set[int]:
    """The numbers of the paragraphs that trafilatura takes for text."""
    import trafilatura
    from lxml import etree, html

    twin = copy.deepcopy(root)
    first = {piece.element: number for number, piece in reversed(list(enumerate(pieces)))}
    for element, other in zip(root.iter(), twin.iter(), strict=True):
        if (number := first.get(element)) is not None:
            _sign(other, f" {chr(FIRST + number // DIGIT)}{chr(FIRST + number % DIGIT)}\U00012380 ")
    logging.getLogger("trafilatura").addHandler(QUIET)
    if not isinstance(twin, html.HtmlElement):
        html.xhtml_to_html(twin)
        twin = html.fromstring(etree.tostring(twin, method="html", encoding="unicode"))
    try:
        found = trafilatura.bare_extraction(
            twin, favor_recall=True, include_comments=False, include_tables=True, deduplicate=False, with_metadata=False
        )
    except Exception:
        # It is one witness of three, and was written for well-behaved pages.
        return set()
    said = getattr(found, "text", None) or ""
    return {(ord(sign[0]) - FIRST) * DIGIT + ord(sign[1]) - FIRST for sign in NUMBER.findall(said)} & set(
        range(len(pieces))
    )


def _sign(element: Element, sign: str) -> None:
    """Puts a sign before the first characters of an element."""
    for one in element.iter():
        if one.text and one.text.strip():
            one.text = sign + CONTROL.sub("", one.text)
            return
        if one is not element and one.tail and one.tail.strip():
            one.tail = sign + CONTROL.sub("", one.tail)
            return


class _Page:
    """What is known of the paragraphs of a page together."""

    def __init__(self, pieces: Sequence[Piece], taken: set[int]) -> None:
        self._pieces, self._taken = pieces, taken
        self._inside: Counter[Element] = Counter()
        for number in taken:
            for element in _up(pieces[number].element):
                self._inside[element] += len(pieces[number].text)
        self._whole = sum(len(pieces[number].text) for number in taken)
        self._part = self._find_part()
        self._known: dict[Element, frozenset[str]] = {}
        self._links: dict[Element, float] = {}

    def _find_part(self) -> Element | None:
        """The smallest element that holds most of what was taken; of an article or main part, all of that."""
        most = [one for one, characters in self._inside.items() if characters >= MOST * self._whole]
        within = sorted(most, key=lambda one: -sum(1 for _ in one.iterancestors()))
        whole = [one for one in within if tag_of(one) in ("article", "main") or one.get("role") == "main"]
        return next(iter((*whole, *within)), None)

    def is_text(self, number: int) -> bool:
        piece = self._pieces[number]
        if number in self._taken or piece.note:
            return True
        around = self._around(piece.element)
        if "around" in around:
            return False
        if any(tag_of(one) == "h1" for one in (piece.element, *_few(piece.element))):
            return True
        linked = self._linked(piece.element) > LINKED
        if self._part is not None and self._part not in _up(piece.element):
            return len(piece.text) >= PROSE and not linked and bool(CLOSED.search(piece.text)) and "aside" not in around
        reads = piece.kind == "heading" or (len(piece.text) >= SENTENCE and not linked)
        return "aside" not in around and ("over" not in around or reads)

    def _around(self, element: Element) -> frozenset[str]:
        """What the element and those around it are called."""
        path = []
        for one in _up(element):
            if one in self._known:
                break
            path.append(one)
        for one in reversed(path):
            above = one.getparent()
            self._known[one] = self._known.get(above, frozenset()) | self._called(one)
        return self._known[element]

    def _called(self, element: Element) -> frozenset[str]:
        tag, role = tag_of(element), (element.get("role") or "").lower()
        if tag in ("body", "html") or (self._whole and self._inside[element] > SOME * self._whole):
            return frozenset()
        named = f"{element.get('id') or ''} {element.get('class') or ''}"
        if tag in SURROUND or role in ROLES or AROUND.search(named):
            return frozenset(("around",))
        if {tag, role} & BESIDE or ASIDE.search(named):
            return frozenset(("aside",))
        return frozenset(("over",)) if {tag, role} & HEAD or OVER.search(named) else frozenset()

    def _linked(self, element: Element) -> float:
        """How much of the text of an element is links."""
        if element not in self._links:
            whole = _size(element)
            links = sum(_size(link) for link in element.iter("{*}a"))
            inside = any(tag_of(one) == "a" for one in (element, *_few(element)))
            self._links[element] = 1.0 if inside else links / max(whole, 1)
        return self._links[element]


def _up(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _few(element: Element) -> list[Element]:
    return [one for one, _ in zip(element.iterancestors(), range(2), strict=False)]


def _size(element: Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())
