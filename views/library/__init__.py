"""The library page: every document with its state, new documents, and what is known of each version."""

import streamlit as st

from views import state
from views.library import documents, foot, new, versions

TABS = "library-tabs"
DOCUMENTS, NEW, VERSIONS = "Documents", "New document", "Versions"
# A list of rows with hairlines between; titles and quoted text in the letters of an edition.
STYLE = """<style>
[class*=st-key-document-]{border-bottom:1px solid color-mix(in srgb,currentColor 14%,transparent);padding:.6rem 0}
[class*=st-key-document-] [data-testid=stText] *,[class*=st-key-preview-] [data-testid=stText] *{
font-family:"Source Serif 4","Source Serif","Noto Serif CJK KR","Nanum Myeongjo",Batang,Georgia,serif;
word-break:keep-all;overflow-wrap:anywhere;white-space:pre-wrap}
[class*=st-key-document-] [data-testid=stText] *{font-size:1.08rem;line-height:1.4}
[class*=st-key-preview-] [data-testid=stText] *{font-size:.92rem;line-height:1.45}
[class*=st-key-document-] p,[class*=st-key-preview-] p{font-size:.84rem;margin-bottom:0}
:is([class*=st-key-document-],[class*=st-key-preview-]) :is([data-testid=stMarkdownContainer],[data-testid=stCaptionContainer]){margin-bottom:0}
[class*=st-key-document-] [data-testid=stVerticalBlock]{gap:.25rem}
[class*=st-key-document-] button p{font-size:.9rem}
[class*=st-key-preview-] [data-testid=stHorizontalBlock]{gap:.75rem;align-items:baseline}
[class*=st-key-given-as-] [data-testid=stText] *{font-size:.9rem;overflow-wrap:anywhere;white-space:pre-wrap}
.st-key-foot{margin-top:1.5rem;border-top:1px solid color-mix(in srgb,currentColor 14%,transparent);padding-top:1rem}
</style>"""


def show() -> None:
    """Shows the page."""
    st.html(STYLE)
    st.subheader("Library", anchor=False)
    # All three are there whichever is seen, so that nothing that was given is lost when another one is looked at.
    first, second, third = st.tabs([DOCUMENTS, NEW, VERSIONS], key=TABS, on_change="rerun")
    with first:
        documents.show(_look_at_versions)
    with second:
        new.show()
    with third:
        versions.show()
    with st.container(key="foot"):
        foot.show()


def _look_at_versions(document: str) -> None:
    """Opens a document here, on its versions."""
    state.open_document(document)
    state.put(TABS, VERSIONS)
