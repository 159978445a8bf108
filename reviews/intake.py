"""What files bring -> a document of the library, with their comments as notes."""

from collections.abc import Iterator, Sequence
from typing import Any

from corpora.chain import assemble, numbered
from corpora.contents import Contents, Remark, arranged
from corpora.document import Document, Version
from corpora.errors import ReadError
from corpora.linking import linked
from reviews.corrections.notes import FIXED
from reviews.notes.note import LONGEST, checked
from reviews.operation import Operation, Stored, time
from reviews.storage.store import Store

# The page that the notes of a file come from, and their level, which does not matter.
RUN, LEVEL = "intake", "paragraph"


def bring_in(store: Store, found: Contents, title: str = "", *, author: str = "") -> str:
    """The id of the new document that these contents make; their versions in chain order.

    Args:
        store: where it is kept.
        found: two or more versions, and remarks on them.
        title: what it is called, "" for the title that a paper says.
        author: who brings it in; a remark keeps the author that its file names.

    Raises:
        WorkbenchError: the versions make no document; nothing is stored then.
    """
    found = linked(found)
    versions = numbered(found.versions)
    document = assemble(versions)
    wanted = [note for remark in found.remarks for note in _notes(document, versions[remark.version], remark, author)]
    id = store.add(versions, title or document.title)
    with store.writing(id) as pen:
        for number, (values, by, at) in enumerate(wanted, 1):
            pen.write(Stored(Operation(number, "note", LEVEL, values, by, at), RUN, number))
    return id


def _notes(
    document: Document, version: Version, remark: Remark, author: str
) -> Iterator[tuple[dict[str, Any], str, str]]:
    """The notes that a remark becomes, several where it is longer than a note may be: values, author, and time."""
    place = {"version": version.id, "start": remark.start, "stop": remark.stop}
    body = remark.text.strip()
    for start in range(0, len(body), LONGEST["body"]):
        made = checked({"anchors": [place], "body": body[start : start + LONGEST["body"]]}, document=document)
        values = {name: value for name, value in made.items() if name not in (*FIXED, "changed")}
        yield values, remark.author or author, remark.created or time()


def in_chain(found: Contents, names: Sequence[str]) -> Contents:
    """The contents with only these versions, in this order.

    Raises:
        ReadError: there is no such version.
    """
    ids = [version.id for version in found.versions]
    for name in names:
        if name not in ids:
            raise ReadError(f"There is no version {name} among {', '.join(ids)}; name those with --chain.")
    return arranged(found, [ids.index(name) for name in names])
