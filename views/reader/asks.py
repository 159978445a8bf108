"""What a page may ask: questions whose answers are not on every page because they are long, slow or rare."""

from collections.abc import Callable, Mapping
from typing import Any

from corpora.errors import UnknownName
from reviews.desk import Bench


def history(bench: Bench, ask: Mapping[str, Any]) -> dict[str, Any]:
    """What was done to a unit: when, by whom, and what. Asked with `unit`."""
    with bench.lock:
        found = bench.history(ask["unit"])
    return {
        "unit": ask["unit"],
        "history": [{"at": one.created, "by": one.author, "said": said} for one, said in reversed(found)],
    }


ASKS: dict[str, Callable[[Bench, Mapping[str, Any]], dict[str, Any]]] = {"history": history}


def answer(bench: Bench, ask: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a question, with its kind; `ready` is false in it when it takes longer and is to be asked again."""
    kind = ask["kind"]
    if kind not in ASKS:
        raise UnknownName("question", kind, ASKS)
    return {"kind": kind, "ready": True, **ASKS[kind](bench, ask)}
