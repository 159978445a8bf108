"""The courier: brings what a page asks for to the desk, and what changed back to the page.

Streamlit keeps only the last of several values that a component sets within one moment. So a page sends everything that
was not acknowledged yet, each command with its number, every time; a command that comes twice is done once.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from corpora.errors import WorkbenchError
from reviews.bench import Bench
from reviews.desk import Command, Receipt
from views import workroom
from views.reader import asks
from views.reader.files import SCRIPTS

DELETED = "This document was deleted meanwhile; what you do here is kept with it, and the Library can bring it back."


@lru_cache(maxsize=1)
def component() -> Callable[..., Any]:
    """The mounting function, registered with Streamlit once a process."""
    import streamlit

    return streamlit.components.v2.component("relay_courier", js=(SCRIPTS / "courier.js").read_text("utf-8"))


def courier(answer: str, *, key: str, on_message: Callable[[], None]) -> Any:
    """The courier after mounting it; `.message` is what the page said last.

    Args:
        answer: what `answered` returned last, "" at first.
        key: the Streamlit key.
        on_message: called when the page says something, before the rerun.
    """
    return component()(key=key, data={"answer": answer}, on_message_change=on_message)


def answered(message: Mapping[str, Any], author: str) -> str:
    """What to tell a page that sent a message, as JSON: receipts, what changed since, and what it asked for.

    Args:
        message: `page` and `beat` (which page says it, and its count of messages), `document`, `level`, `epoch` and `turn`
            (what it shows), `commands`, and `asks`, questions with their `number` and `kind`.
        author: who sits before the page.
    """
    told: dict[str, Any] = {name: message[name] for name in ("page", "beat", "document", "level")}
    parts = []
    try:
        told["receipts"] = [
            {"run": run, "number": one.number, "done": one.done, "said": one.said, "touched": one.touched}
            for run, one in _acted(message, author)
        ]
        bench = workroom.desk().bench(message["document"], message["level"])
        page = workroom.sheets(message["document"], message["level"])
        # First: an answer may be told in what changed.
        told["answers"] = [asks.answer(bench, ask) for ask in message.get("asks", ())]
        parts.append(f'"patch":{page.patch(bench, message["epoch"], message["turn"])}')
        told["undo"], told["redo"] = turns(bench, author, message["page"])
        told["others"] = bench.news(message.get("revision", bench.revision), message["page"])
        if workroom.desk().store.document(message["document"]).deleted:
            told["warning"] = DELETED
        told["author"] = author
        if bench.unmeasured()[1]:
            workroom.measure(message["document"], message["level"])
    except WorkbenchError as error:
        told["error"] = str(error)
    return "{" + ",".join([json.dumps(told, ensure_ascii=False)[1:-1], *parts]) + "}"


def turns(bench: Bench, author: str, run: str) -> tuple[str, str]:
    """What undoing and redoing would be about, "" where there is nothing."""
    with bench.lock:
        undo, redo = bench.to_undo(author, run), bench.to_redo(author, run)
        return (bench.said.get(undo.id, "") if undo else ""), (bench.said.get(redo.id, "") if redo else "")


def _acted(message: Mapping[str, Any], author: str) -> Iterator[tuple[str, Receipt]]:
    """What became of the commands, by their runs; some may come from another level, or from a page that was closed."""
    for one in message["commands"]:
        command = Command(one["number"], one["kind"], one["values"], one["seen"])
        for receipt in workroom.desk().act(one["document"], one["level"], [command], run=one["run"], author=author):
            yield one["run"], receipt
