"""What a page may ask: questions whose answers are not on every page because they are long, slow or rare."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from corpora.errors import UnknownName, WorkbenchError
from reviews.bench import Bench
from reviews.realignment import realigned
from views import workroom
from views.reader import aids
from views.reader.beside import differences


def history(bench: Bench, ask: Mapping[str, Any]) -> dict[str, Any]:
    """What was done to a unit: when, by whom, and what. Asked with `unit`."""
    with bench.lock:
        found = bench.history(ask["unit"])
    return {
        "unit": ask["unit"],
        "history": [{"at": one.created, "by": one.author, "said": said} for one, said in reversed(found)],
    }


def realign(bench: Bench, ask: Mapping[str, Any]) -> dict[str, Any]:
    """The units for the correction `realign`, where they are other ones. Asked with `first` and `last`, ids of units."""
    first, last = ask["first"], ask["last"]
    with bench.lock:
        work, revision = bench.work, bench.revision
    key = ("realign", bench.document, bench.level, revision, first, last)
    units = workroom.worked_out(key, partial(realigned, work, first, last))
    if units is None:
        return {"ready": False}
    start, stop = work.index(first), work.index(last)
    held = [[side.indexes for side in row.sides] for row in work.rows[start : stop + 1]]
    if [[range(*side) for side in unit["sides"]] for unit in units] == held:
        return {"said": f"Units {start + 1} to {stop + 1} come out as they are; nothing was changed."}
    return {"first": first, "last": last, "units": units}


def difference(bench: Bench, ask: Mapping[str, Any]) -> dict[str, Any]:
    """That the units say from now on what differs word by word. Asked with `pairs` of versions, each in one language."""
    pairs = frozenset((one, other) for one, other in ask["pairs"])
    with bench.lock:
        work, revision = bench.work, bench.revision
    key = ("difference", bench.document, bench.level, revision, pairs)
    if not workroom.worked_out(key, partial(differences, work, pairs)):
        return {"ready": False}
    workroom.sheets(bench.document, bench.level).compare(pairs)
    return {}


ASKS: dict[str, Callable[[Bench, Mapping[str, Any]], dict[str, Any]]] = {
    "history": history,
    "realign": realign,
    "words": aids.answer,
    "difference": difference,
}


def answer(bench: Bench, ask: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a question, with its kind, its number and the unit it is about.

    `ready` is false in it when it takes longer and is to be asked again; `said` is a sentence, above all where there is no
    answer.
    """
    told = {name: ask[name] for name in ("kind", "number", "unit") if name in ask}
    try:
        if ask["kind"] not in ASKS:
            raise UnknownName("question", ask["kind"], ASKS)
        return {**told, "ready": True, **ASKS[ask["kind"]](bench, ask)}
    except WorkbenchError as error:
        return {**told, "ready": True, "said": str(error)}
    except (KeyError, TypeError, ValueError, AttributeError):
        return {**told, "ready": True, "said": "What the page asked for is incomplete; reload the page and try again."}
