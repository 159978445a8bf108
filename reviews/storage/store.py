"""The store: documents as they were given, what people did to them, and what the machine found."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import sqlalchemy as sa

from corpora.document import Version
from corpora.errors import StoreError
from reviews import machine as kept
from reviews.history import History
from reviews.operation import Operation, Stored, time
from reviews.storage import database
from reviews.storage.tables import documents, machine, measures, operations, settings, versions


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the list: what it is called, where it comes from ("example" or ""), and when it changed last."""

    id: str
    title: str
    origin: str
    created: str
    changed: str
    deleted: str
    revision: int


class Pen:
    """A document being written to: nobody else writes to it meanwhile."""

    def __init__(self, connection: sa.Connection, document: str, revision: int) -> None:
        self._connection, self._document, self.revision = connection, document, revision

    def after(self, revision: int) -> list[Stored]:
        """The operations that came after this one."""
        return _operations(self._connection, self._document, revision) if self.revision > revision else []

    def known(self, run: str, number: int) -> int | None:
        """The id of the operation that a command became, None when it has not come yet."""
        where = (operations.c.document == self._document, operations.c.run == run, operations.c.number == number)
        return self._connection.execute(sa.select(operations.c.id).where(*where)).scalar()

    def write(self, stored: Stored) -> None:
        """Stores an operation, whose id must be the one after the last."""
        one = stored.operation
        if one.id != self.revision + 1:
            raise StoreError(f"Operation {one.id} does not follow operation {self.revision}; reload the page.")
        self._connection.execute(
            operations.insert().values(
                document=self._document, id=one.id, kind=one.kind, level=one.level, values=dict(one.values),
                author=one.author, created=one.created, run=stored.run, number=stored.number,
            )
        )  # fmt: skip
        self._connection.execute(
            documents.update().where(documents.c.id == self._document).values(revision=one.id, changed=one.created)
        )
        self.revision = one.id


class Store:
    """Documents in a database.

    Args:
        url: an address such as postgresql://user@host/name, or the path of an SQLite file; "" for the one that
            WORKBENCH_DATABASE names, or a file in the user's data folder.

    Raises:
        StoreError: the database cannot be opened.
    """

    def __init__(self, url: str = "") -> None:
        address = database.address(url)
        self.place = database.shown(address)
        # Whole, with the password, and the same from any folder.
        self.address = database.written(address)
        self._engine = database.opened(address)

    def documents(self, *, deleted: bool = False) -> list[Entry]:
        """The documents, the one changed last first; the deleted ones instead where these are asked for."""
        wanted = documents.c.deleted != "" if deleted else documents.c.deleted == ""
        with self._reading() as connection:
            rows = connection.execute(sa.select(documents).where(wanted).order_by(documents.c.changed.desc()))
            return [Entry(**row._mapping) for row in rows]

    def document(self, id: str) -> Entry:
        """One document, deleted or not.

        Raises:
            StoreError: there is none with this id.
        """
        with self._reading() as connection:
            row = connection.execute(sa.select(documents).where(documents.c.id == id)).one_or_none()
        if row is None:
            raise StoreError("This document is not in the library; choose one there.")
        return Entry(**row._mapping)

    def add(self, given: Sequence[Version], title: str, *, origin: str = "") -> str:
        """Stores a new document and returns its id."""
        id, now = uuid.uuid4().hex, time()
        with self._writing() as connection:
            connection.execute(
                documents.insert().values(
                    id=id, title=title, origin=origin, created=now, changed=now, deleted="", revision=0
                )
            )
            _insert_versions(connection, id, given)
        return id

    def versions(self, id: str) -> list[Version]:
        """The versions of a document as they were given, in chain order."""
        with self._reading() as connection:
            return _versions(connection, id)

    def history(self, id: str) -> History:
        """All that is kept of a document, at one moment."""
        with self._reading() as connection:
            row = connection.execute(sa.select(documents).where(documents.c.id == id)).one_or_none()
            if row is None:
                raise StoreError("This document is not in the library; choose one there.")
            given = _versions(connection, id)
            done = _operations(connection, id, 0)
            found = connection.execute(sa.select(machine).where(machine.c.document == id)).all()
            known = connection.execute(sa.select(measures).where(measures.c.document == id)).all()
        levels = {one.level: kept.unpacked(one.payload) for one in found}
        of_units: dict[str, dict[str, Any]] = {}
        for one in known:
            of_units.setdefault(one.level, {})[one.key] = kept.unpacked_measures(one.payload)
        return History(row.title, row.created, row.changed, tuple(given), tuple(done), levels, of_units)

    def put(self, history: History) -> str:
        """Stores all that was kept of a document elsewhere as a new one, and returns its id."""
        id = uuid.uuid4().hex
        with self._writing() as connection:
            revision = history.operations[-1].operation.id if history.operations else 0
            connection.execute(
                documents.insert().values(
                    id=id, title=history.title, origin="", created=history.created, changed=history.changed,
                    deleted="", revision=revision,
                )
            )  # fmt: skip
            _insert_versions(connection, id, history.versions)
            pen = Pen(connection, id, 0)
            for stored in history.operations:
                pen.write(stored)
            connection.execute(documents.update().where(documents.c.id == id).values(changed=history.changed))
            for level, found in history.levels.items():
                payload = {"made_by": found.alignment.signature, "payload": kept.packed(found)}
                connection.execute(machine.insert().values(document=id, level=level, **payload))
            for level, of_units in history.measures.items():
                for key, one in of_units.items():
                    connection.execute(
                        measures.insert().values(document=id, level=level, key=key, payload=kept.packed_measures(one))
                    )
        return id

    def rename(self, id: str, title: str) -> None:
        """Gives a document another title."""
        self._set(id, title=title)

    def delete(self, id: str) -> None:
        """Takes a document out of the list; `restore` brings it back."""
        self._set(id, deleted=time())

    def restore(self, id: str) -> None:
        """Brings a deleted document back."""
        self._set(id, deleted="")

    def duplicate(self, id: str, title: str) -> str:
        """Stores a copy of a document with everything that was done to it, and returns its id."""
        made, now = uuid.uuid4().hex, time()
        with self._writing() as connection:
            old = connection.execute(sa.select(documents).where(documents.c.id == id)).one()._mapping
            new = {**old, "id": made, "title": title, "origin": "", "created": now, "changed": now, "deleted": ""}
            connection.execute(documents.insert().values(new))
            for table in (versions, operations, machine, measures):
                columns = [sa.literal(made) if one.name == "document" else one for one in table.c]
                copied = sa.select(*columns).where(table.c.document == id)
                connection.execute(table.insert().from_select(list(table.c), copied))
        return made

    def operations(self, id: str, after: int = 0) -> list[Stored]:
        """What was done to a document after an operation, in order."""
        with self._reading() as connection:
            return _operations(connection, id, after)

    @contextmanager
    def writing(self, id: str) -> Iterator[Pen]:
        """A pen for a document; what it wrote is stored when the block ends, and not at all if it fails.

        Raises:
            StoreError: there is no such document, or the database cannot be written to.
        """
        with self._alone(id) as connection:
            revision = connection.execute(sa.select(documents.c.revision).where(documents.c.id == id)).scalar_one()
            yield Pen(connection, id, revision)

    def machine(self, id: str, level: str) -> tuple[str, bytes] | None:
        """What made the machine's findings at a level, and the findings; None when they are not there."""
        with self._reading() as connection:
            where = (machine.c.document == id, machine.c.level == level)
            row = connection.execute(sa.select(machine.c.made_by, machine.c.payload).where(*where)).one_or_none()
        return None if row is None else (row.made_by, row.payload)

    def aligned(self) -> dict[str, set[str]]:
        """The levels at which each document was aligned, by its id; one that never was is not in it."""
        found: dict[str, set[str]] = {}
        with self._reading() as connection:
            for row in connection.execute(sa.select(machine.c.document, machine.c.level)):
                found.setdefault(row.document, set()).add(row.level)
        return found

    def keep_machine(self, id: str, level: str, made_by: str, payload: bytes) -> None:
        """Stores the machine's findings at a level unless some are there."""
        with self._alone(id) as connection:
            where = (machine.c.document == id, machine.c.level == level)
            if connection.execute(sa.select(machine.c.level).where(*where)).scalar() is None:
                connection.execute(machine.insert().values(document=id, level=level, made_by=made_by, payload=payload))

    def measures(self, id: str, level: str) -> dict[str, bytes]:
        """The measures of units that people made, by what these hold."""
        with self._reading() as connection:
            where = (measures.c.document == id, measures.c.level == level)
            return {row.key: row.payload for row in connection.execute(sa.select(measures).where(*where))}

    def keep_measures(self, id: str, level: str, found: dict[str, bytes]) -> None:
        """Stores measures that are not there yet."""
        with self._alone(id) as connection:
            where = (measures.c.document == id, measures.c.level == level, measures.c.key.in_(found))
            there = set(connection.execute(sa.select(measures.c.key).where(*where)).scalars())
            rows = [{"document": id, "level": level, "key": key, "payload": payload} for key, payload in found.items()]
            if new := [row for row in rows if row["key"] not in there]:
                connection.execute(measures.insert(), new)

    def setting(self, name: str, default: str = "") -> str:
        """A setting of this database."""
        with self._reading() as connection:
            found = connection.execute(sa.select(settings.c.value).where(settings.c.name == name)).scalar()
        return default if found is None else str(found)

    def keep_setting(self, name: str, value: str) -> None:
        """Keeps a setting of this database."""
        with self._writing() as connection:
            connection.execute(settings.delete().where(settings.c.name == name))
            connection.execute(settings.insert().values(name=name, value=value))

    def _set(self, id: str, **values: Any) -> None:
        with self._writing() as connection:
            connection.execute(documents.update().where(documents.c.id == id).values(**values))

    def _reading(self) -> Any:
        return self._connected(lambda: self._engine.execution_options(writes=False).begin())

    def _writing(self) -> Any:
        return self._connected(self._engine.begin)

    @contextmanager
    def _alone(self, id: str) -> Iterator[sa.Connection]:
        """A transaction during which nobody else writes to a document."""
        with self._writing() as connection:
            wanted = sa.select(documents.c.id).where(documents.c.id == id).with_for_update()
            if connection.execute(wanted).scalar() is None:
                raise StoreError("This document is not in the library any more; choose one there.")
            yield connection

    @contextmanager
    def _connected(self, begin: Callable[[], Any]) -> Iterator[sa.Connection]:
        """A transaction whose failures are told in a sentence."""
        try:
            with begin() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as error:
            raise StoreError(
                f"The database {self.place} could not be used ({database.reason(error)}); nothing was changed, try again."
            ) from error


def _versions(connection: sa.Connection, id: str) -> list[Version]:
    rows = connection.execute(sa.select(versions).where(versions.c.document == id).order_by(versions.c.place)).all()
    return [msgspec.convert({**row.sheet, "id": row.sign, "text": row.text}, Version) for row in rows]


def _operations(connection: sa.Connection, id: str, after: int) -> list[Stored]:
    where = (operations.c.document == id, operations.c.id > after)
    rows = connection.execute(sa.select(operations).where(*where).order_by(operations.c.id))
    return [
        Stored(
            Operation(row.id, row.kind, row.level, row._mapping["values"], row.author, row.created), row.run, row.number
        )
        for row in rows
    ]


def _insert_versions(connection: sa.Connection, id: str, given: Sequence[Version]) -> None:
    rows = []
    for place, version in enumerate(given):
        sheet = msgspec.to_builtins(replace(version, segments=()))
        sign, text = sheet.pop("id"), sheet.pop("text")
        rows.append({"document": id, "place": place, "sign": sign, "text": text, "sheet": sheet})
    connection.execute(versions.insert(), rows)
