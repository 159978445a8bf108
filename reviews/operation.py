"""What a person did, as it is stored and replayed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Operation:
    """One act of a person on a document.

    `kind` is a name in `corrections.KINDS`; `values` are plain JSON values; `level` is the level it was made at;
    `id` counts the operations of a document from 1, in the order they were stored. `created` is ISO 8601, UTC.
    """

    id: int
    kind: str
    level: str
    values: Mapping[str, Any] = field(default_factory=dict)
    author: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """An operation with the name of the command that brought it: `run` of the page, and its `number` there."""

    operation: Operation
    run: str
    number: int


def hand(run: str) -> str:
    """Whose browser a run of a page belongs to, "" where that is not known: what stands before the full stop.

    >>> hand("k3x.p81"), hand("p81")
    ('k3x', '')
    """
    known, stop, _ = run.partition(".")
    return known if stop else ""


def time() -> str:
    """Now, as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
