"""JSON records that the workbench wrote, read back whole."""

from collections.abc import Mapping

import msgspec

from corpora.chain import assemble
from corpora.contents import File
from corpora.errors import ReadError, WorkbenchError
from reviews.bench import Bench
from reviews.history import History, from_values


def read(file: File) -> History:
    """The history in a JSON record; what was done can be done again.

    Raises:
        ReadError: it is no record, is damaged, or was written by another release.
    """
    where = f'"{file.base}"'
    try:
        record = msgspec.json.decode(file.data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ReadError(f"{where} is not JSON, or is cut off; export the document again.") from None
    history = from_values(record.get("history") if isinstance(record, Mapping) else None, where)
    try:
        _replay(history)
    except WorkbenchError as error:
        raise ReadError(f"{where} does not fit together and was left as it is: {error}") from None
    except Exception:
        # Whatever a changed record leads to, nothing of it is stored.
        raise ReadError(f"{where} is no whole record of a review; export the document again.") from None
    return history


def _replay(history: History) -> None:
    """Does all that was done again, at every level."""
    assemble(history.versions)
    for number, stored in enumerate(history.operations, 1):
        if stored.operation.id != number:
            raise ReadError(f"Operation {stored.operation.id} stands in the place of operation {number}.")
    for level, found in history.levels.items():
        bench = Bench("", found, level, history.measures.get(level, {}))
        for stored in history.operations:
            bench.add(stored)
