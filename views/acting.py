"""What the pages beside the reader share: the document as it stands, doing something to it, and going to a unit."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from corpora.document import Document
from corpora.errors import WorkbenchError
from reviews.bench import Bench
from reviews.desk import Command
from views import state, workroom
from views.labels import plain
from views.summaries.words import Quote, stand_ins, version_names

One = TypeVar("One")


def opened(document: str, level: str) -> Bench:
    """A document at a level, with a progress bar while it is being aligned."""
    place = st.empty()

    def progress(share: float, step: str) -> None:
        place.progress(share, text=step)

    try:
        return workroom.desk().bench(document, level, progress)
    finally:
        place.empty()


def bench() -> Bench:
    """The session's document at the level it is read at; what changed in it is measured in the background."""
    document, level = state.document(), str(state.setting("level", "paragraph"))
    if state.has_turned():
        state.keep_outcome("", "", done=True)
    made = opened(document, level)
    if made.unmeasured()[1]:
        workroom.measure(document, level)
    return made


def revision() -> int:
    """The revision of the session's document at this moment."""
    return workroom.desk().bench(state.document(), str(state.setting("level", "paragraph"))).revision


def act(kind: str, values: Mapping[str, Any], *, seen: int, about: str = "") -> bool:
    """True when something was done to the session's document; the page then says what, and otherwise why not.

    Args:
        kind: of the command.
        values: what it says.
        seen: the revision that the page showed.
        about: the id of the unit or note beside which a refusal is shown.
    """
    document, level = state.document(), str(state.setting("level", "paragraph"))
    command = Command(state.next_number(), kind, values, seen)
    try:
        (receipt,) = workroom.desk().act(document, level, [command], run=state.run(), author=state.author())
    except WorkbenchError as error:
        state.keep_outcome(about, str(error), done=False)
        return False
    state.keep_outcome(about, receipt.said, done=receipt.done)
    return receipt.done


def header(made: Bench, lead: str) -> None:
    """The head of a page: whose document it is, what the page shows, what stands in for archival texts, and undo."""
    title = workroom.desk().store.document(made.document).title
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(title)}** by {made.level}s", width="content")
        if told := stand_ins(made.work.document):
            st.badge(plain(told), color="orange")
        _undo(made)
    st.caption(lead)
    if waiting := len(made.unmeasured()[1]):
        what = "unit has" if waiting == 1 else "units have"
        st.caption(f"{waiting} {what} changed and must be measured again, which goes on in the background.")
        st.button("Look again", key="look-again", type="tertiary")


def refusal(about: str) -> None:
    """Why what was asked last of this unit or note was not done, where it was not."""
    of, reason, done = state.outcome()
    if not done and of == about:
        st.error(plain(reason))


def refusal_elsewhere(shown: Collection[str]) -> None:
    """The same, where neither the unit nor the note is among those shown."""
    of, reason, done = state.outcome()
    if not done and of not in shown:
        st.error(plain(reason))


def read_in_context(unit: str, key: str) -> None:
    """A button that turns to the reader, at a unit."""
    if st.button("Read in context", key=key, type="tertiary", icon=":material/menu_book:"):
        state.select(unit)
        st.switch_page(state.navigation("Read"))


def quotes(found: Iterable[Quote], document: Document, key: str) -> None:
    """Quoted words in the reader's letters, a line each; `key` is part of the keys of their boxes."""
    names = version_names(document)
    for place, one in enumerate(found):
        language = next((each.language for each in document.versions if each.id == one.version), "und")
        with st.container(key=f"quote-{language}-{key}-{place}"):
            st.markdown(f"**{plain(names.get(one.version, one.version))}:** {quoted(one)}")


def quoted(one: Quote) -> str:
    """The words as Markdown: on a ground of their own where others stand about them."""
    if not one.words:
        return "*no counterpart*"
    words = plain(one.words)
    if one.gone:
        return f"“{words}” *(gone from the text)*"
    if not one.before and not one.after:
        return words
    return f"{plain(one.before)}:orange-background[**{words}**]{plain(one.after)}"


def paged(found: Sequence[One], size: int, key: str) -> Sequence[One]:
    """The part of a list that is shown; `pager` turns to the others. The list called `key` begins with its first part."""
    turn = _turn(len(found), size, key)
    return found[(turn - 1) * size : turn * size]


def pager(count: int, size: int, key: str, *, where: str) -> None:
    """The numbers of the parts of a list of `count` entries, where there is more than one; `where` is "above" or "below"."""
    pages, now = -(-count // size), _turn(count, size, key)
    if pages > 1:
        # Under another key after every turn: the number shown is the one kept, also when the list has grown shorter.
        widget = f"pager-{where}-{key}-{pages}-{now}"
        st.pagination(pages, default=now, key=widget, on_change=lambda: state.keep(key, str(state.value(widget))))


def _turn(count: int, size: int, key: str) -> int:
    return min(int(state.setting(key, "1")), max(1, -(-count // size)))


def _undo(made: Bench) -> None:
    """What was done last on this page, and a button that takes back what its author did last anywhere in the document."""
    with made.lock:
        one = made.to_undo(state.author(), state.run())
        said = made.said.get(one.id, "") if one else ""
    _, told, done = state.outcome()
    # The button says it already, unless it was an undo.
    if done and told and told.casefold().rstrip(".") != said.casefold():
        st.markdown(plain(told), width="content")
    if one:
        st.button(
            f"Undo: {plain(said)}", key="undo", icon=":material/undo:", on_click=act, args=("undo", {}),
            kwargs={"seen": made.revision},
        )  # fmt: skip
