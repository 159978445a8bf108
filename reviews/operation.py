"""What a person did, as it is stored and replayed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
