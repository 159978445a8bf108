"""The side-by-side reader: versions in columns, hops between them, reasons beside them."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SCRIPTS = ("parts.js", "pane.js", "scroll.js", "reader.js")  # joined in this order: Streamlit takes one module
HEIGHTS = ("stretch", "content")  # the words for a height that Streamlit itself knows


def nothing() -> None:
    """Returns nothing: stands in for a callback, so that the result always has `selected`."""


@lru_cache(maxsize=1)
def component() -> Callable[..., Any]:
    """The mounting function, registered with Streamlit once a process."""
    import streamlit

    return streamlit.components.v2.component(
        "relay_reader",
        html=(FOLDER / "reader.html").read_text("utf-8"),
        css=(FOLDER / "reader.css").read_text("utf-8"),
        js="\n".join((FOLDER / name).read_text("utf-8") for name in SCRIPTS),
    )


def reader(data: Mapping[str, Any], *, key: str, height: int | str, on_select: Callable[[], None] = nothing) -> Any:
    """The reader's state after mounting it; `.selected` is the id of the unit a person chose, or None.

    Args:
        data: versions, hops, metrics and units as the page reads them. With "selected", a unit's id and the
            number of the request, the reader goes to that unit, once for each number.
        key: the Streamlit key; without one a change of data would lose scroll and selection.
        height: pixels, "stretch", "content" or any other CSS length, such as "calc(100vh - 9rem)".
        on_select: called after a selection, before the rerun.
    """
    # As one string: Streamlit loads pandas, a second's work, to ask whether a list or dict is a table.
    page = {"page": json.dumps(data, ensure_ascii=False)}
    if isinstance(height, str) and height not in HEIGHTS:
        page, height = {**page, "height": height}, "content"
    return component()(key=key, data=page, height=height, on_selected_change=on_select)
