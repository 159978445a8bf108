"""A record that was given among the files of a new document: it is a whole document already."""

import streamlit as st

from corpora.contents import File
from corpora.errors import WorkbenchError
from reviews.records import read
from views import state, workroom
from views.labels import plain

KIND = ".json"


def is_one(file: File) -> bool:
    """True for a file that is read as a record."""
    return file.suffix == KIND


def show(file: File, key: str) -> None:
    """Shows what a record holds, and brings it in when the user says so."""
    try:
        history = read(file)
    except WorkbenchError as error:
        st.error(plain(str(error)))
        return
    names = ", ".join(version.id for version in history.versions)
    count = len(history.operations)
    st.text(
        f"{file.base}: a record of “{history.title}” with versions {names} and everything that was done to it "
        f"({count} {'operation' if count == 1 else 'operations'})."
    )
    if st.button("Bring the document in", key=f"record-{key}"):
        id = workroom.desk().store.put(history)
        state.begin_draft()
        state.open_document(id)
        state.say("The document was brought in with everything that was done to it.")
        st.switch_page(state.navigation("Read"), query_params={"doc": id})
