"""The reading page: versions side by side, what changed between them, and everything people do to it."""

from typing import Any

import streamlit as st

from corpora.errors import WorkbenchError
from reviews.bench import Bench
from reviews.work import Work
from views import state, workroom
from views.acting import opened
from views.labels import plain
from views.reader import reader
from views.reader.courier import answered, courier

LEVELS = {"paragraph": "Paragraphs", "sentence": "Sentences"}
# What the toolbar and the navigation above the reader take of the window.
HEIGHT = "calc(100vh - 8rem)"


def show() -> None:
    """Shows the page."""
    document = state.document()
    bar = st.container(horizontal=True, vertical_alignment="center", key="toolbar")
    with bar:
        heading = st.empty()
        level = st.segmented_control(
            "Level", LEVELS, format_func=LEVELS.__getitem__, default=state.setting("level", "paragraph"),
            required=True, label_visibility="collapsed", key="level",
        )  # fmt: skip
    level, before = level or "paragraph", str(state.setting("level", "paragraph"))
    bench = opened(document, level)
    if level != before and (unit := state.selected()):
        state.select(same_place(unit, workroom.desk().bench(document, before).work, bench.work))
    # Only now: when a run is overtaken before this, the next one still knows that the level changed.
    state.keep("level", level)
    if level != before or state.has_turned():
        state.ask_for_selected()
        state.keep_page(_page(bench))
    title = workroom.desk().store.document(document).title
    doubt = bench.review().doubt
    heading.markdown(f"{f':orange[{plain(doubt)}] ' if doubt else ''}**{plain(title)}**", help=doubt or None)
    _reader({"page": state.page(), "document": document, "asked": state.asked()})
    _courier()


@st.fragment(key="reading")  # type: ignore[untyped-decorator]
def _reader(data: dict[str, Any]) -> None:
    """The reader. As a fragment it answers a selection alone, with the data it was given, which is not sent again.

    Streamlit knows a fragment by its place on the page: every run must write the same number of elements before it.
    """
    reader(data, key="reader", height=HEIGHT, on_select=lambda: state.select(state.value("reader").selected))


@st.fragment(key="courier")  # type: ignore[untyped-decorator]
def _courier() -> None:
    """The courier, which runs alone as well."""
    courier(state.answer(), key="courier", on_message=_answer)


def _answer() -> None:
    message = state.value("courier").message
    if message:
        state.keep_hand(message["page"])
        state.keep_answer(answered(message, state.author()))


def _page(bench: Bench) -> str:
    return workroom.sheets(bench.document, bench.level).page(bench)


def same_place(unit: str, old: Work, new: Work) -> str | None:
    """The unit at one level that holds the beginning of a unit at another level."""
    try:
        row = old.row(unit)
    except WorkbenchError:
        return None
    for version, side in zip(old.versions, row.sides, strict=True):
        if not len(side):
            continue
        start = version.segments[side.start].start
        place, segments = new.place(version.id), new.document.version(version.id).segments
        for other in new.rows:
            if any(segments[index].stop > start for index in other.sides[place].indexes):
                return other.id
    return None
