"""The library on the command line: documents brought in, and files of them written."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpora.errors import ReadError, StoreError
from views.commands import reading
from views.commands.options import Chain, Database, Encoding, Hop, Into, Level, Only, Output, in_chain, named
from views.commands.working import bar, put, stoppable, tell

if TYPE_CHECKING:
    from reviews.desk import Desk
    from reviews.storage.store import Entry, Store

RECORD = ".json"
# The address of a database that lasts as long as the command.
IN_MEMORY = "sqlite://"
Title = Annotated[str, typer.Option(help="What the document is called; without it, what its papers say.")]
Files = Annotated[
    list[str],
    typer.Argument(
        help="Versions in chain order, the original first: FILE, or ID=FILE such as ko=a.txt; files may hold several "
        "versions, aligned or not; or one .json record that the workbench wrote."
    ),
]


def bring_in(
    files: Files,
    chain: Chain = "",
    title: Title = "",
    encoding: Encoding = "",
    into: Into = "",
    try_only: Annotated[bool, typer.Option("--try", help="With --into: only say what would be changed.")] = False,
    database: Database = "",
) -> None:
    """Bring texts, aligned or not, a whole record, or an edited table into the library."""
    with stoppable():
        from reviews.storage.store import Store

        store = Store(database)
        if into:
            _given_back(store, _found(store.documents(), into), files, try_only)
            return
        entry = store.document(_brought_in(store, files, chain, title, encoding))
    print(f'{entry.id}: "{entry.title}" is in the library.')


def _given_back(store: "Store", document: str, files: Sequence[str], try_only: bool) -> None:
    """Does what an edited table changes in a document, and says what of it no longer fits."""
    if len(files) > 1:
        raise ReadError("An edited table is given back alone; give one file.")
    from corpora import file_at
    from reviews import find
    from reviews.desk import Desk
    from reviews.returned import changes, level_of
    from reviews.returned.applied import apply

    file = file_at(Path(files[0]))
    level = level_of(file)
    desk = Desk(store, find)
    bench = desk.bench(document, level)
    found, refused = changes(file, bench.review())
    for change in found:
        print(f"Row {', '.join(map(str, change.rows))}: {change.said}.")
    for refusal in refused:
        print(f"Not taken, row {refusal.row}: {refusal.reason}", file=sys.stderr)
    if try_only:
        print(f"{_changes(len(found))} would be made; nothing was changed.")
        return
    receipts = apply(desk, document, level, found, seen=bench.revision, author=store.setting("author"))
    for receipt in receipts:
        if not receipt.done:
            print(f"Not done: {receipt.said}", file=sys.stderr)
    print(f"{_changes(sum(receipt.done for receipt in receipts))} made.")


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count} changes"


def export(
    document: Annotated[str, typer.Argument(help="Its id, the beginning of it, or its title.")],
    output: Output,
    level: Level = "paragraph",
    only: Only = "",
    hop: Hop = "",
    database: Database = "",
) -> None:
    """Write a document of the library into a file, as people corrected it."""
    with stoppable():
        from exports import check_path
        from reviews import find
        from reviews.desk import Desk
        from reviews.storage.store import Store

        check_path(output)
        store = Store(database)
        _write(Desk(store, find), _found(store.documents(), document), output, level, only, hop)


def convert(
    files: Files,
    output: Output,
    chain: Chain = "",
    level: Level = "paragraph",
    only: Only = "",
    hop: Hop = "",
    encoding: Encoding = "",
) -> None:
    """Read files and write another format; what came aligned stays as it came, and nothing goes into the library."""
    with stoppable():
        from exports import check_path
        from reviews import find
        from reviews.desk import Desk
        from reviews.storage.store import Store

        check_path(output)
        reading.check_apart(output, files)
        store = Store(IN_MEMORY)
        _write(Desk(store, find), _brought_in(store, files, chain, "", encoding), output, level, only, hop)


def _brought_in(store: "Store", files: Sequence[str], names: str, title: str, encoding: str) -> str:
    """The id of the document that files become in a library."""
    records = [file for file in files if named(file)[1].suffix.lower() == RECORD]
    if records:
        if len(files) > 1:
            raise ReadError("A record is a whole document; give it alone.")
        return _recorded(store, named(files[0])[1], title)
    from reviews import intake

    found = reading.opened(files, encoding)
    reading.tell(found)
    return intake.bring_in(store, intake.in_chain(found, in_chain(names)) if names else found, title)


def _recorded(store: "Store", path: Path, title: str) -> str:
    from corpora import file_at
    from reviews.records import read

    id = store.put(read(file_at(path)))
    if title:
        store.rename(id, title)
    return id


def _found(entries: Sequence["Entry"], name: str) -> str:
    """The id of the one document of this name.

    Raises:
        StoreError: there is none, or several.
    """
    called = [entry for entry in entries if name in (entry.id, entry.title)]
    called = called or [entry for entry in entries if name and entry.id.startswith(name)]
    if len(called) == 1:
        return called[0].id
    if called:
        told = ", ".join(f'{entry.id[:8]} ("{entry.title}")' for entry in called)
        raise StoreError(f'Several documents are called "{name}": {told}; name one by its id.')
    known = ", ".join(f'{entry.id[:8]} ("{entry.title}")' for entry in entries[:10]) or "none at all"
    raise StoreError(f'There is no document "{name}" in the library; there are {known}.')


def _write(desk: "Desk", document: str, output: Path, level: str, only: str, hop: str) -> None:
    """Writes a file of a document and says what is in it."""
    from exports import Selection

    with bar() as progress:
        review = desk.review(document, level, progress)
    put(Selection(review, only, hop), output)
    tell(review, output)
