"""The app: navigation, the frame around every page, and the one place where an error becomes a message."""

from collections.abc import Callable

import streamlit as st

from corpora.errors import WorkbenchError
from corpora.program import NAME
from views import compare, doubtful, download, guide, library, notes, overview, state
from views.answers import keep_answers
from views.labels import plain

# Streamlit leaves six rem above a page and centres it; the reader needs the whole window.
# A placeholder wears the same dashed tag here as in the reader; Korean breaks between words; small print at 4.5:1.
FRAME = """<style>
[data-testid=stMainBlockContainer]{padding:3.6rem 1.1rem 0.4rem;max-width:none}
[data-testid=stHeader]{height:3.2rem;min-height:0}
[data-testid=stHeading] h3{font-size:1.3rem}
[data-testid=stCaptionContainer]{opacity:.7}
[class*=st-key-version-] [data-testid=stText] *{font-size:.9rem;line-height:1.55;word-break:keep-all;overflow-wrap:anywhere}
[class*=st-key-title-] [data-testid=stText] *{font-family:"Source Serif 4","Source Serif","Noto Serif CJK KR",serif;font-size:1.05rem}
[data-testid=stLayoutWrapper]:has(.st-key-courier):not(:has(.st-key-reader)){position:absolute}
[class*=st-key-quote-] p{font-family:"Source Serif 4","Source Serif","Noto Serif","Noto Serif CJK KR","Nanum Myeongjo",Batang,Georgia,serif;font-size:1rem;line-height:1.6;overflow-wrap:anywhere}
[class*=st-key-quote-ko] p{word-break:keep-all;line-height:1.7}
[class*=st-key-quote-] p>strong:first-child{font-family:"Source Sans",sans-serif;font-size:.8rem;font-weight:600;opacity:.75}
.stMarkdownBadge{border:1px dashed;background:none!important;white-space:normal!important}
.st-key-toolbar{flex-wrap:nowrap!important}
.st-key-toolbar>:first-child{flex:1 1 auto!important;min-width:0}
.st-key-toolbar>:not(:first-child){flex:0 0 auto!important}
.st-key-toolbar>:first-child p{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
</style>"""


def show() -> None:
    """Shows the page the user is on."""
    keep_answers()
    st.set_page_config(page_title=NAME, layout="wide", initial_sidebar_state="collapsed")
    st.html(FRAME)
    pages = [
        st.Page(_framed(compare.show), title="Read", url_path="read", default=True),
        st.Page(_framed(doubtful.show), title="Doubtful", url_path="doubtful"),
        st.Page(_framed(notes.show), title="Notes", url_path="notes"),
        st.Page(_framed(overview.show), title="Overview", url_path="overview"),
        st.Page(_framed(download.show), title="Download", url_path="download"),
        st.Page(_framed(library.show), title="Library", url_path="library"),
        st.Page(_framed(guide.show), title="Guide", url_path="guide"),
    ]
    state.keep_navigation(pages)
    st.navigation(pages, position="top").run()


def _framed(page: Callable[[], None]) -> Callable[[], None]:
    """The page, with its deliberate errors shown as a message and everything else left as it is."""

    def framed() -> None:
        state.turn_to(framed.__name__)
        if message := state.said():
            st.toast(plain(message))
            # Only now: a run that is overtaken ends inside `st.toast`, and the next one still has the message.
            state.shown()
        try:
            page()
        except WorkbenchError as error:
            st.error(plain(str(error)))

    framed.__name__ = page.__module__.rsplit(".", 1)[-1]
    return framed
