"""Another text in the place of a version's: it makes a new document, and the one before is kept."""

import streamlit as st

from corpora import READERS
from corpora.document import Version
from corpora.errors import WorkbenchError
from corpora.normalise import digest
from reviews.renewal import with_another_text
from views import state, workroom
from views.labels import language_name, plain
from views.library import preview, texts
from views.library.texts import Given


def fresh(name: str, id: str, version: Version) -> str:
    """The key of a widget that begins anew when the version is replaced, or another document is open."""
    return f"{name}-{version.id}-{digest(id + version.digest)[:8]}"


def show(id: str, version: Version) -> None:
    """Shows the fields for another text in the place of a version's."""
    name = language_name(version)
    file = st.file_uploader(f"A text file in {name}", key=fresh("file", id, version), type=list(READERS))
    pasted = st.text_area("or paste the text", key=fresh("paste", id, version), height=140) or ""
    given = [
        Given(version.id, file.name, file.getvalue()) if file else None,
        texts.pasted(version.id, pasted) if pasted.strip() else None,
    ]
    told = _told(given, version)
    st.caption("It makes a new document, with the other texts as they stand now; this one is kept.")
    if not st.button("Use this text", key=fresh("use", id, version)) or told:
        return
    try:
        new = texts.read(texts.one_of(*given), version.id)
    except WorkbenchError as error:
        st.error(plain(str(error)))
        return
    title = f"{workroom.desk().store.document(id).title}, with another {name} text"
    state.open_document(with_another_text(workroom.desk(), id, new, title, author=state.author()))
    state.say(f"The {name} text was replaced in a new document; the one before is kept in the library.")
    st.rerun()


def _told(given: list[Given | None], version: Version) -> bool:
    """Shows how what was given will be cut; true when it says instead why it cannot be used."""
    if not any(given):
        return False
    try:
        one = texts.one_of(*given)
        cut = texts.cut(one, version.id)
    except WorkbenchError as error:
        st.error(plain(str(error)))
        return True
    preview.show(cut, one.name, fresh("cut", "", version))
    return False
