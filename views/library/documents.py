"""The list of documents: opening, renaming, copying, deleting and bringing back."""

from collections.abc import Callable, Collection

import streamlit as st

from corpora.normalise import digest
from reviews.storage.store import Entry
from views import state, workroom
from views.labels import moment, plain
from views.library import shelf

# Documents shown at once; whoever has more looks for a title.
SHOWN = 30


def show(look_at_versions: Callable[[str], None]) -> None:
    """Shows the list; `look_at_versions` is called with the id of a document whose versions are asked for."""
    store = workroom.desk().store
    entries, deleted = store.documents(), store.documents(deleted=True)
    gone = [entry for entry in deleted if entry.id in state.just_deleted()]
    shown = sorted([*entries, *gone], key=lambda entry: entry.changed, reverse=True)
    if len(shown) > SHOWN:
        wanted = st.text_input("Find a title", key="find-title", type="search") or ""
        shown = [entry for entry in shown if wanted.casefold() in entry.title.casefold()]
        if len(shown) > SHOWN:
            st.caption(f"The {SHOWN} that changed last, of {len(shown)}.")
    if not shown:
        st.caption("There is no document here.")
    aligned = store.aligned()
    for entry in shown[:SHOWN]:
        if entry.deleted:
            _deleted(entry)
        else:
            _row(entry, aligned.get(entry.id, ()), look_at_versions)
    _example()
    if others := [entry for entry in deleted if entry not in gone]:
        with st.expander(f"Deleted documents ({len(others)})", key="deleted"):
            st.caption("With everything that was done to them.")
            for entry in others:
                _deleted(entry)


def _row(entry: Entry, levels: Collection[str], look_at_versions: Callable[[str], None]) -> None:
    """One document of the list."""
    standing = shelf.standing(entry, levels)
    with st.container(key=f"document-{entry.id}"):
        what, how, when, act = st.columns([4, 2.9, 2, 3.1], vertical_alignment="center")
        with what:
            st.text(entry.title)
            if standing.chain:
                st.markdown(_chain(standing.chain))
        how.caption(plain(standing.told))
        when.caption(f"Changed {plain(moment(entry.changed))}")
        with act, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            if st.button("Open", key=f"open-{entry.id}"):
                _read(entry.id)
            st.button("Versions", key=f"versions-{entry.id}", on_click=look_at_versions, args=(entry.id,))
            # Under another key once it has another title: the menu closes when it has done its work.
            with st.popover("More", key=f"more-{entry.id}-{digest(entry.title)[:8]}"):
                _more(entry)


def _chain(links: Collection[shelf.Link]) -> str:
    """The chain as Markdown, placeholders with the tag that they wear everywhere."""
    parts = []
    for one in links:
        parts += [one.joint] if one.joint else []
        parts.append(plain(one.name) + (" :orange-badge[placeholder]" if one.is_placeholder else ""))
    return " ".join(parts)


def _more(entry: Entry) -> None:
    store = workroom.desk().store
    title = st.text_input("Title", entry.title, key=f"rename-{entry.id}-{digest(entry.title)[:8]}") or ""
    if st.button("Rename", key=f"rename-now-{entry.id}", width="stretch"):
        if not title.strip():
            st.error("A document needs a title; write one.")
        elif title.strip() != entry.title:
            store.rename(entry.id, " ".join(title.split()))
            st.rerun()
    if st.button(
        "Duplicate", key=f"duplicate-{entry.id}", width="stretch", help="A copy with everything that was done to it."
    ):
        store.duplicate(entry.id, f"{entry.title}, a copy")
        state.say("The copy stands in the list with everything that was done to it.")
        st.rerun()
    if st.button("Delete", key=f"delete-{entry.id}", width="stretch", help="It can be brought back at any time."):
        store.delete(entry.id)
        state.just_deleted().add(entry.id)
        if state.is_open(entry.id):
            state.close_document()
        st.rerun()


def _deleted(entry: Entry) -> None:
    """A deleted document, which can be brought back."""
    with st.container(key=f"document-{entry.id}"):
        what, when, act = st.columns([4, 4.9, 3.1], vertical_alignment="center")
        what.text(entry.title)
        when.caption(f"Deleted {plain(moment(entry.deleted))}")
        with act, st.container(horizontal=True, horizontal_alignment="right"):
            here = entry.id in state.just_deleted()
            if st.button("Undo" if here else "Restore", key=f"restore-{entry.id}"):
                workroom.desk().store.restore(entry.id)
                state.just_deleted().discard(entry.id)
                state.say("The document is back, with everything that was done to it.")
                st.rerun()


def _example() -> None:
    """The 1955 chain, however it was left, and as it comes with the workbench."""
    with st.container(horizontal=True, vertical_alignment="center", key="example"):
        st.caption(
            "The example: the Korean party document of 31 January 1955, its English with placeholders for Russian and Korean."
        )
        if st.button("Open the 1955 chain", key="restore", help="As you left it; brought back if it was deleted."):
            id = workroom.the_example()
            state.just_deleted().discard(id)
            _read(id)
        if st.button(
            "A fresh copy of it", key="fresh-example", help="A new document, without what was done to the other."
        ):
            _read(workroom.fresh_example())


def _read(id: str) -> None:
    """Turns to the reader with a document; its address leads there again."""
    state.open_document(id)
    st.switch_page(state.navigation("Read"), query_params={"doc": id})
