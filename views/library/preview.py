"""The preview of a text that was given: how it will be cut, before anything is made of it."""

import streamlit as st

from corpora.document import Segment, Version
from views.library import texts

# Segments shown of the text and of what is set aside, and characters of each.
TEXT, ASIDE, CHARACTERS = 5, 3, 180


def show(version: Version, name: str, key: str, *, level: str = "paragraph") -> None:
    """Shows what a version that was given as `name` is cut into at a level, and how it begins.

    `key` is part of the keys of its boxes.
    """
    with st.container(key=f"given-as-{key}"):
        st.text(f"{name}: {texts.counted(version, by_kind=level == 'paragraph')}.")
    aside = [one for one in version.segments if not one.is_body]
    with st.container(key=f"preview-{key}", gap="xsmall"):
        for segment in version.body[:TEXT]:
            _line(segment.kind, segment)
        if len(version.body) > TEXT:
            st.caption(f"and {len(version.body) - TEXT} more")
        for segment in aside[:ASIDE]:
            _line("set aside", segment)
        if len(aside) > ASIDE:
            st.caption(f"and {len(aside) - ASIDE} more that are set aside")


def _line(kind: str, segment: Segment) -> None:
    what, text = st.columns([1.1, 6])
    what.caption(kind)
    text.text(_begun(segment.text))


def _begun(text: str) -> str:
    """The beginning of a text on one line, cut between words where there are any."""
    whole = " ".join(text.split())
    return whole if len(whole) <= CHARACTERS else f"{whole[:CHARACTERS].rsplit(' ', 1)[0]} …"
