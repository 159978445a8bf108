"""Files being read, in the background where that takes long: how far each is, stopping it, and what it brought."""

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass, field, replace

from corpora import apart
from corpora.contents import Contents, File
from corpora.errors import WorkbenchError

LOG = logging.getLogger(__name__)
# Files whose contents are kept at hand, those asked for last.
KEPT = 24
# Seconds that a page waits for a file before it shows how far the reading is.
PATIENCE = 0.8


class Stopped(Exception):
    """The user stopped the reading."""


@dataclass(eq=False)
class Task:
    """A file being read. `found` is what it brought, `problem` the sentence that says why it cannot be used."""

    share: float = 0.0
    found: Contents | None = None
    problem: str = ""
    stopped: bool = False
    done: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Ends the reading; nothing of the file is kept."""
        self.stopped = True

    def _told(self, share: float) -> None:
        if self.stopped:
            raise Stopped
        self.share = share

    def read(self, file: File) -> None:
        """Reads the file to its end, or until it is stopped."""
        try:
            self.found = apart.read(replace(file, progress=self._told))
        except WorkbenchError as error:
            self.problem = str(error)
        except Stopped:
            self.problem = f"The reading of “{file.base}” was stopped."
        except Exception:
            LOG.exception("a file could not be read")
            self.problem = (
                f"“{file.base}” could not be read; save it in another format, such as plain text, and give that."
            )
        finally:
            self.done.set()


_tasks: OrderedDict[File, Task] = OrderedDict()
_lock = threading.Lock()


def task(file: File) -> Task:
    """The reading of a file, begun if it was not; done already where it takes less than PATIENCE."""
    with _lock:
        known = _tasks.get(file)
        begun = known or _tasks.setdefault(file, Task())
        _tasks.move_to_end(file)
        for old in [one for one, other in _tasks.items() if other.done.is_set()][:-KEPT]:
            del _tasks[old]
    if known is None:
        threading.Thread(target=begun.read, args=(file,), daemon=True).start()
        begun.done.wait(PATIENCE)
    return begun


def again(file: File) -> None:
    """Forgets a reading that was stopped, so that it can begin anew."""
    with _lock:
        _tasks.pop(file, None)


def whole(file: File) -> Contents:
    """What a file brings, waited for.

    Raises:
        WorkbenchError: it cannot be used.
    """
    reading = task(file)
    reading.done.wait()
    if reading.found is None:
        raise WorkbenchError(reading.problem)
    return reading.found
