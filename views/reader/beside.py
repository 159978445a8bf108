"""Two versions in one language that no step joins, side by side: what differs word by word, unit by unit."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from corpora.errors import StoreError
from divergence.changes import between
from reviews.work import Row, Work, texts
from views.reader.places import across

# Units whose differences are kept: those of a long book, at both levels.
REMEMBERED = 16384


def differences(work: Work, pairs: Collection[tuple[str, str]]) -> bool:
    """True, when what differs between these versions is known for every unit.

    Raises:
        StoreError: two of them are not in one language.
    """
    for a, b in pairs:
        one, other = (work.versions[work.place(id)].language for id in (a, b))
        if _code(one) != _code(other):
            raise StoreError(
                f"Words are compared in one language only, and {a} and {b} are in two; choose other columns."
            )
    for row in work.rows:
        for a, b in pairs:
            difference(work, row, a, b)
    return True


def difference(work: Work, row: Row, a: str, b: str) -> tuple[dict[str, Any], ...]:
    """What differs between two versions in a unit: kinds and places of changes, as in the hops of a page."""
    versions = [(work.versions[place], row.sides[place]) for place in map(work.place, (a, b))]
    if not all(len(side) for _, side in versions):
        return ()
    code = _code(versions[0][0].language)
    return _difference(code, *((version.id, tuple(texts(version, side))) for version, side in versions))


@lru_cache(maxsize=REMEMBERED)
def _difference(
    code: str, one: tuple[str, tuple[str, ...]], other: tuple[str, tuple[str, ...]]
) -> tuple[dict[str, Any], ...]:
    of_version = dict((one, other))
    found = between((one[0], " ".join(one[1])), (other[0], " ".join(other[1])), code)
    return tuple(
        {
            "kind": change.kind,
            "places": [
                {"version": place.version, "text": place.text, "segment": segment, "start": start, "stop": stop}
                for place in change.places
                for segment, start, stop in across(of_version[place.version], place.start, place.stop)
            ],
        }
        for change in found
    )


def _code(language: str) -> str:
    return language.split("-")[0].lower()
