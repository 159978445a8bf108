"""The side-by-side reader: versions in columns, hops between them, reasons beside them."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from views.reader.files import SCRIPTS, STYLES

PAGE = Path(__file__).with_name("reader.html")
# Joined in this order: Streamlit takes one module.
PARTS = (
    "elements.js", "keep.js", "model.js", "rows.js", "head.js", "find.js", "notes.js", "pane.js", "bar.js", "cursor.js", "aids.js",
    "scroll.js", "edit.js", "queue.js", "commands.js", "draw.js", "selection.js", "events.js",
    "reader.js",
)  # fmt: skip
HEIGHTS = ("stretch", "content")  # the words for a height that Streamlit itself knows


def nothing() -> None:
    """Returns nothing: stands in for a callback, so that the result always has `selected`."""


@lru_cache(maxsize=1)
def component() -> Callable[..., Any]:
    """The mounting function, registered with Streamlit once a process."""
    import streamlit

    return streamlit.components.v2.component(
        "relay_reader",
        html=PAGE.read_text("utf-8"),
        css="\n".join(file.read_text("utf-8") for file in sorted(STYLES.glob("*.css"))),
        js="\n".join((SCRIPTS / name).read_text("utf-8") for name in PARTS),
    )


def reader(data: Mapping[str, Any], *, key: str, height: int | str, on_select: Callable[[], None] = nothing) -> Any:
    """The reader's state after mounting it; `.selected` is the id of the unit a person chose, or None.

    Args:
        data: `page`, what `Sheets.page` made; `document`, its id; `asked`, a unit's id and the number of the request: the
            reader goes to that unit, once for each number.
        key: the Streamlit key; without one a change of data would lose scroll and selection.
        height: pixels, "stretch", "content" or any other CSS length, such as "calc(100vh - 9rem)".
        on_select: called after a selection, before the rerun.
    """
    page: dict[str, Any] = dict(data)
    if isinstance(height, str) and height not in HEIGHTS:
        page, height = {**page, "height": height}, "content"
    return component()(key=key, data=page, height=height, on_selected_change=on_select)
