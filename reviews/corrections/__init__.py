"""Operation -> Work: what people do, replayed over what the machine found."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from corpora.errors import StoreError, UnknownName
from reviews.corrections import alignment, anew, marks, notes, sheet, text
from reviews.corrections.outcome import Outcome
from reviews.operation import Operation
from reviews.work import Work

__all__ = ["KINDS", "LEVELLED", "Outcome", "apply", "replay", "wished"]

# Which units there are and what was said of them differs by level; these say nothing at any other.
LEVELLED: dict[str, Callable[[Work, Operation], Outcome]] = {**alignment.KINDS, **anew.KINDS, **marks.KINDS}
KINDS: dict[str, Callable[[Work, Operation], Outcome]] = {**LEVELLED, **text.KINDS, **notes.KINDS, **sheet.KINDS}

# What a page sends is completed before it is stored, so that it is replayed as it was meant.
WISHES: dict[str, Callable[[Work, Mapping[str, Any]], dict[str, Any]]] = {
    **marks.WISHES,
    **text.WISHES,
    **notes.WISHES,
    **sheet.WISHES,
}


def wished(work: Work, kind: str, wish: Mapping[str, Any]) -> dict[str, Any]:
    """The values to store of an operation of this kind, from what a page sends.

    Raises:
        WorkbenchError: something in it is wrong, or does not fit the work any more.
    """
    if kind not in KINDS:
        raise UnknownName("kind of operation", kind, KINDS)
    with _complete(kind):
        return WISHES[kind](work, wish) if kind in WISHES else dict(wish)


def apply(work: Work, operation: Operation) -> Outcome:
    """The work after an operation; the same work where it was made at another level and says nothing here.

    Raises:
        UnknownName: there is no such kind of operation.
        WorkbenchError: it cannot be done to this work; the message says why.
    """
    if operation.kind not in KINDS:
        raise UnknownName("kind of operation", operation.kind, KINDS)
    if operation.kind in LEVELLED and operation.level != work.level:
        return Outcome(work, (), "")
    with _complete(operation.kind):
        return KINDS[operation.kind](work, operation)


def replay(work: Work, operations: Iterable[Operation]) -> Work:
    """The work after some operations, one after the other."""
    for operation in operations:
        work = apply(work, operation).work
    return work


@contextmanager
def _complete(kind: str) -> Iterator[None]:
    """Work on values that a page sent, which may lack something."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoreError(f'What the page asked for ("{kind}") is incomplete; reload the page and try again.') from error
