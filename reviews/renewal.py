"""A document with another text in the place of one version's: a new document, that begins as the one before stands."""

from collections.abc import Iterator
from typing import Any

from corpora.chain import assemble
from corpora.document import Document, Version
from reviews.desk import Desk
from reviews.operation import Operation, Stored, time

# What is told of the tree of the versions; assembling a document begins it anew.
OF_TREE = ("source", "how_known")
# The page that the first operations of such a document come from, and their level, which does not matter.
RUN, LEVEL = "renewal", "paragraph"


def with_another_text(desk: Desk, document: str, new: Version, title: str, *, author: str) -> str:
    """The id of a new document with a version replaced by the one of its id; the other texts are as they stand now.

    What people said of the tree of the versions is said of the new ones, too. Where segments were cut or joined by hand
    they are cut by the machine again.
    """
    before = assemble(desk.store.versions(document))
    levels = sorted(desk.store.aligned().get(document, ()))
    now = desk.look(document, levels[0]).work.document if levels else before
    id = desk.store.add([new if old.id == new.id else old for old in now.versions], title)
    with desk.store.writing(id) as pen:
        for number, values in enumerate(_said_by_hand(before, now, new.id), 1):
            pen.write(Stored(Operation(number, "describe", LEVEL, values, author, time()), RUN, number))
    return id


def _said_by_hand(before: Document, now: Document, replaced: str) -> Iterator[dict[str, Any]]:
    """The values of what has to be said for the versions to be made from one another as they are now."""
    # From the originals down, so that no version is made from itself on the way.
    for version in sorted(now.versions, key=lambda one: len(now.chain(one.id))):
        old = before.version(version.id)
        fields = {name: getattr(version, name) for name in OF_TREE if getattr(version, name) != getattr(old, name)}
        if version.id == replaced:
            # How the source of the text that was here was known says nothing of the one that came.
            fields = {"source": version.source, "how_known": "unknown"} if "source" in fields else {}
        if fields:
            yield {"version": version.id, "fields": fields}
