"""The foot of the library: who works here, and where the documents are kept."""

import streamlit as st

from views import state, workroom


def show() -> None:
    """Shows the settings."""
    who, where = st.columns(2, gap="large")
    with who:
        name = st.text_input(
            "Your name", state.author(), key="your-name",
            help="It signs your notes and corrections from now on; what is signed already keeps its name.",
        )  # fmt: skip
        name = " ".join((name or "").split())
        if name != state.author():
            state.sign(name)
            state.say(f"Signed as {name} from now on." if name else "Not signed from now on.")
            st.rerun()
    with where, st.container(key="place"):
        st.caption("Everything is kept in this database:")
        st.text(workroom.desk().store.place)
