"""What all sessions of the server share: the desk with its store, the pages made from it, and work in the background."""

import logging
import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import platformdirs

from corpora import example
from corpora.errors import WorkbenchError
from reviews import find
from reviews.bench import Bench
from reviews.desk import Desk, Find
from reviews.notes.categories import CategorySet
from reviews.notes.categories import sets as category_sets
from reviews.storage.store import Store
from views.reader.sheets import Sheets

# What the example is called among the origins of documents.
EXAMPLE = "example"
EXAMPLE_TITLE = "The 1955 chain"
# A file of the user's own categories, beside the database.
CATEGORIES = "categories.toml"

# Answers that are kept, so that pages that ask for the same thing have it worked out once.
ANSWERS = 256

_making = Lock()
_pages: dict[tuple[str, str], Sheets] = {}
_waiting: set[tuple[str, str]] = set()
_answers: OrderedDict[Hashable, "Future[Any]"] = OrderedDict()


@cache
def desk() -> Desk:
    """The desk of this server, with the database that `--database` or WORKBENCH_DATABASE names."""
    return Desk(Store(), find)


@cache
def sets() -> tuple[CategorySet, ...]:
    """The sets of categories that notes may use: the shipped ones, as the user's file changes them."""
    folder = Path(os.environ.get("RELAY_CONFIG") or platformdirs.user_config_path("relay", appauthor=False))
    path = folder / CATEGORIES
    return category_sets(path if path.exists() else None)


def the_example() -> str:
    """The id of the 1955 chain in the library: brought back with all that was done to it if it was deleted.

    It is put there when it never was.
    """
    with _making:
        known = _example(deleted=False)
        if known is None and (known := _example(deleted=True)):
            desk().store.restore(known)
        return known or desk().store.add(example.versions(), EXAMPLE_TITLE, origin=EXAMPLE)


def fresh_example() -> str:
    """The id of a new document: the 1955 chain as it comes with the workbench, beside the one that was worked on."""
    return desk().store.add(example.versions(), f"{EXAMPLE_TITLE}, a fresh copy")


def furnish(find: Find) -> Bench | None:
    """The 1955 chain of the library, aligned; put into one that never had it. None where it was deleted: it stays so."""
    if _example(deleted=True) and not _example(deleted=False):
        return None
    return desk().bench(the_example(), "paragraph", find=find)


def _example(*, deleted: bool) -> str | None:
    found = desk().store.documents(deleted=deleted)
    return next((one.id for one in found if one.origin == EXAMPLE), None)


def newest() -> str:
    """The id of the document that was worked on last; the example where there is none."""
    entries = desk().store.documents()
    return entries[0].id if entries else the_example()


def sheets(document: str, level: str) -> Sheets:
    """The page of a document at a level."""
    with _making:
        return _pages.setdefault((document, level), Sheets(sets()))


@cache
def hands() -> ThreadPoolExecutor:
    """Who works in the background: one, so that the pages keep the other half of a small computer."""
    return ThreadPoolExecutor(1, "background")


def measure(document: str, level: str) -> None:
    """Has the units that changed measured in the background; asked again meanwhile, it is done once more after that."""
    with _making:
        if (document, level) in _waiting:
            return
        _waiting.add((document, level))

    def measured() -> None:
        with _making:
            _waiting.discard((document, level))
        # The page says what is not measured; whatever went wrong is met again when a page asks next.
        with suppress(WorkbenchError):
            desk().measure(document, level)

    hands().submit(measured)


def worked_out(key: Hashable, work: Callable[[], Any]) -> Any | None:
    """What something comes to; None as long as it is being worked out in the background.

    Args:
        key: says everything that the result depends on.
        work: what returns the result, never None; not called where the key is known.

    Raises:
        WorkbenchError: it failed; asked again, it is tried once more.
    """
    with _making:
        job = _answers.get(key)
        if job is None:
            job = _answers[key] = hands().submit(work)
        _answers.move_to_end(key)
        for old in [each for each, one in _answers.items() if one.done()][: max(0, len(_answers) - ANSWERS)]:
            del _answers[old]
        if not job.done():
            return None
        if (error := job.exception()) is None:
            return job.result()
        _answers.pop(key, None)
    if isinstance(error, WorkbenchError):
        raise error
    logging.getLogger(__name__).error("Something went wrong in the background.", exc_info=error)
    raise WorkbenchError("This could not be worked out; the log of the server says why. Try it once more.")
