"""The app: navigation, the frame around every page, and the one place where an error becomes a message."""

from collections.abc import Callable

import streamlit as st

from corpora.errors import WorkbenchError
from corpora.program import NAME
from views import compare, guide, library, state

# Streamlit leaves six rem above a page and centres it; the reader needs the whole window.
FRAME = """<style>
[data-testid=stMainBlockContainer]{padding:3.6rem 1.1rem 0.4rem;max-width:none}
[data-testid=stHeader]{height:3.2rem}
.st-key-toolbar{flex-wrap:nowrap!important}
.st-key-toolbar>:first-child{flex:1 1 auto!important;min-width:0}
.st-key-toolbar>:not(:first-child){flex:0 0 auto!important}
.st-key-toolbar>:first-child p{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
</style>"""


def show() -> None:
    """Shows the page the user is on."""
    st.set_page_config(page_title=NAME, layout="wide", initial_sidebar_state="collapsed")
    st.html(FRAME)
    pages = [
        st.Page(_framed(compare.show), title="Read", url_path="read", default=True),
        st.Page(_framed(library.show), title="Texts", url_path="texts"),
        st.Page(_framed(guide.show), title="Guide", url_path="guide"),
    ]
    st.navigation(pages, position="top").run()


def _framed(page: Callable[[], None]) -> Callable[[], None]:
    """The page, with its deliberate errors shown as a message and everything else left as it is."""

    def framed() -> None:
        if message := state.said():
            st.toast(message)
        try:
            page()
        except WorkbenchError as error:
            st.error(str(error))

    framed.__name__ = page.__module__.rsplit(".", 1)[-1]
    return framed
