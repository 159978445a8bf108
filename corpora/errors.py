"""Every error the workbench raises on purpose.

    WorkbenchError
    ├── ReadError          a file or a pasted text cannot be read
    │   └── EncodingError  the encoding of a text file has to be chosen
    ├── SegmentationError  a text cannot be cut into segments
    ├── UnknownName        a method, encoder, language or format that is not registered
    ├── AlignmentError     versions cannot be aligned
    ├── ScoreError         an alignment cannot be scored
    ├── StoreError         the store cannot be read or written
    │   └── ConflictError  somebody else changed it first
    └── ExportError        a file cannot be written

A message is one sentence: what, where, what to do. The errors are caught at the edges: `views/terminal.py` and
`views/screens.py` catch whatever comes; a page catches what belongs beside the field or button that it is about.
"""

from collections.abc import Iterable


class WorkbenchError(Exception):
    """The root of every deliberate error; its text is one sentence for the user."""


class ReadError(WorkbenchError):
    """A file or a pasted text cannot be read."""


class EncodingError(ReadError):
    """The encoding of a text file cannot be told, or the one that was chosen does not fit: it has to be chosen."""


class SegmentationError(WorkbenchError):
    """A text cannot be cut into segments."""


class UnknownName(WorkbenchError):
    """A name that no dict of variants knows."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f'There is no {what} called "{name}"; known are: {", ".join(known)}.')


class AlignmentError(WorkbenchError):
    """Versions cannot be aligned."""


class ScoreError(WorkbenchError):
    """An alignment cannot be scored."""


class StoreError(WorkbenchError):
    """The store cannot be read or written."""


class ConflictError(StoreError):
    """Somebody else changed the same thing first."""


class ExportError(WorkbenchError):
    """A file cannot be written."""
