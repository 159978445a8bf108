"""Markup that is put together without a chance for text to become markup: every string is escaped but what `element` made."""

import html
from collections.abc import Iterable, Mapping

from corpora.building import CONTROL

# Elements without an end tag (HTML Living Standard, 13.1.2).
VOID = frozenset(("br", "col", "hr", "img", "link", "meta"))


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def element(name: str, attributes: Mapping[str, str | int | None] | None = None, *children: "str | None") -> Markup:
    """An element with its children in order; None and "" are left out, any text that is no `Markup` is escaped.

    >>> element("p", {"class": "x", "id": None}, "a < b", element("br"))
    '<p class="x">a &lt; b<br></p>'
    """
    said = "".join(
        f' {key}="{html.escape(_shown(str(value)))}"' for key, value in (attributes or {}).items() if value is not None
    )
    if name in VOID:
        return Markup(f"<{name}{said}>")
    return Markup(f"<{name}{said}>{joined(children)}</{name}>")


def joined(children: "Iterable[str | None]") -> Markup:
    """Children one behind the other, text among them escaped."""
    return Markup("".join(one if isinstance(one, Markup) else html.escape(_shown(one)) for one in children if one))


def _shown(text: str) -> str:
    return CONTROL.sub("", text)
