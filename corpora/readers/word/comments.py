"""The comments of a Word file, with those that answer others."""

from collections.abc import Iterator
from typing import Any

from corpora.building import clean
from corpora.readers.flow import Comment, Flow
from corpora.readers.stated import in_utc
from corpora.readers.word.body import Body
from corpora.readers.word.numbering import Numbering
from corpora.readers.word.package import Package, attribute, short
from corpora.readers.word.styles import Styles


def comments(package: Package, styles: Styles) -> tuple[list[Comment], int]:
    """The comments, in the file's order, and how many of them are marked as resolved."""
    root = package.part("comments")
    found = [child for child in root if short(child.tag) == "w:comment"] if root is not None else []
    # A comment's name in the newer parts is that of its last paragraph.
    names = {attribute(child, "w:id"): _last_name(child) for child in found}
    ids = {name: id for id, name in names.items() if name}
    extended = {attribute(one, "w15:paraId"): one for one in _children(package, "commentsExtended")}
    times = _times(package)
    numbering = Numbering(package.part("numbering"))
    told, resolved = [], 0
    for child in found:
        id = attribute(child, "w:id")
        more = extended.get(names[id])
        parent = ids.get(attribute(more, "w15:paraIdParent"), "") if more is not None else ""
        resolved += more is not None and attribute(more, "w15:done") in ("1", "true", "on") and not parent
        body = Body(Flow(), styles, numbering)
        body.story(child)
        text = body.flow.builder.text.replace("\n\n", "\n")
        created = times.get(names[id], "") or in_utc(attribute(child, "w:date"))
        told.append(Comment(id, text, " ".join(clean(attribute(child, "w:author")).split()), created, parent))
    return told, resolved


def _last_name(comment: Any) -> str:
    names = [attribute(child, "w14:paraId") for child in comment.iter("{*}p")]
    return names[-1] if names else ""


def _children(package: Package, kind: str) -> Iterator[Any]:
    root = package.part(kind)
    yield from root if root is not None else ()


def _times(package: Package) -> dict[str, str]:
    """The times in UTC by the name of a comment; the older part has the local time of whoever wrote it."""
    durable = {
        attribute(one, "w16cid:durableId"): attribute(one, "w16cid:paraId") for one in _children(package, "commentsIds")
    }
    found = {}
    for one in _children(package, "commentsExtensible"):
        name = durable.get(attribute(one, "w16cex:durableId"), "")
        if name and (time := in_utc(attribute(one, "w16cex:dateUtc"))):
            found[name] = time
    return found
