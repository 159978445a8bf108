"""All that is kept of a document, as one value that goes into another store and comes out the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from aligners.alignment import Alignment
from corpora.document import Document, Version
from corpora.errors import ReadError, ScoreError
from divergence.context import context
from divergence.score import Divergence
from reviews.machine import Machine
from reviews.operation import Operation, Stored

# Counts the forms of the values; one that a program does not know was written by a newer one.
FORM = 1
Measures = Mapping[str, tuple[Divergence, ...]]


@dataclass(frozen=True, slots=True)
class History:
    """A document as it was given, everything people did to it, and what the machine found.

    `levels` are the machine's findings by level, `measures` those of units that people made, by level and what they hold.
    """

    title: str
    created: str
    changed: str
    versions: tuple[Version, ...]
    operations: tuple[Stored, ...] = ()
    levels: Mapping[str, Machine] = field(default_factory=dict)
    measures: Mapping[str, Measures] = field(default_factory=dict)


def to_values(history: History) -> dict[str, Any]:
    """The history as plain values, which JSON holds without loss."""
    return {
        "form": FORM,
        "title": history.title,
        "created": history.created,
        "changed": history.changed,
        "versions": msgspec.to_builtins([replace(version, segments=()) for version in history.versions]),
        "operations": [
            {**msgspec.to_builtins(one.operation), "run": one.run, "number": one.number} for one in history.operations
        ],
        "levels": {level: _found_values(found) for level, found in history.levels.items()},
        "measures": {
            level: {key: _measured_values(found) for key, found in of_units.items()}
            for level, of_units in history.measures.items()
        },
    }


def from_values(values: object, where: str) -> History:
    """The history that plain values hold.

    Args:
        values: as made by `to_values`.
        where: how the user knows them, for messages.

    Raises:
        ReadError: they are none, or of a newer program.
    """
    form = values.get("form") if isinstance(values, Mapping) else None
    if not isinstance(values, Mapping) or not isinstance(form, int):
        raise ReadError(f"{where} holds no record of a review; give a JSON file that the workbench wrote.")
    if form > FORM:
        raise ReadError(f"{where} was written by a newer version of the program; read it with that one.")
    try:
        return History(
            title=msgspec.convert(values["title"], str),
            created=msgspec.convert(values["created"], str),
            changed=msgspec.convert(values["changed"], str),
            versions=msgspec.convert(values["versions"], tuple[Version, ...]),
            operations=tuple(_stored(one) for one in values["operations"]),
            levels={level: _found(one) for level, one in values["levels"].items()},
            measures={
                level: {key: _measured(found) for key, found in of_units.items()}
                for level, of_units in values["measures"].items()
            },
        )
    except ScoreError:
        raise ReadError(
            f"{where} was written by another release, which measured otherwise; read it with that one."
        ) from None
    except (msgspec.ValidationError, KeyError, TypeError, AttributeError, ValueError) as error:
        told = " ".join(str(error).split())
        raise ReadError(f"{where} is no whole record of a review ({told:.100}); export the document again.") from None


def _found_values(found: Machine) -> dict[str, Any]:
    return {
        "document": msgspec.to_builtins(found.document),
        "alignment": msgspec.to_builtins(found.alignment, enc_hook=float),
        "divergences": _measured_values(found.divergences),
        "context": msgspec.to_builtins(found.context.record, enc_hook=float),
    }


def _found(values: Mapping[str, Any]) -> Machine:
    return Machine(
        msgspec.convert(values["document"], Document),
        msgspec.convert(values["alignment"], Alignment),
        _measured(values["divergences"]),
        context(values["context"]),
    )


def _measured_values(found: Sequence[Divergence]) -> list[dict[str, Any]]:
    """Divergences as plain values; JSON has no keys of several words, so the triangles are pairs."""
    # Numbers that numpy made are told as plain ones.
    values = msgspec.to_builtins([replace(one, triangles={}) for one in found], enc_hook=float)
    for one, made in zip(found, values, strict=True):
        made["triangles"] = msgspec.to_builtins(list(one.triangles.items()), enc_hook=float)
    return values


def _measured(values: Sequence[Mapping[str, Any]]) -> tuple[Divergence, ...]:
    return tuple(
        msgspec.convert({**one, "triangles": {tuple(names): scores for names, scores in one["triangles"]}}, Divergence)
        for one in values
    )


def _stored(values: Mapping[str, Any]) -> Stored:
    operation = msgspec.convert({k: v for k, v in values.items() if k not in ("run", "number")}, Operation)
    return Stored(operation, msgspec.convert(values["run"], str), msgspec.convert(values["number"], int))
