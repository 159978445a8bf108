"""Another text in the place of a version's: it makes a new document, and the one before is kept."""

import streamlit as st

from corpora import READERS
from corpora.contents import File
from corpora.document import Version
from corpora.errors import WorkbenchError
from corpora.normalise import digest
from reviews.renewal import with_another_text
from views import state, workroom
from views.labels import language_name, plain
from views.library import preview, texts


def fresh(name: str, id: str, version: Version) -> str:
    """The key of a widget that begins anew when the version is replaced, or another document is open."""
    return f"{name}-{version.id}-{digest(id + version.digest)[:8]}"


def show(id: str, version: Version) -> None:
    """Shows the fields for another text in the place of a version's."""
    name = language_name(version)
    file = st.file_uploader(f"A text file in {name}", key=fresh("file", id, version), type=list(READERS))
    pasted = st.text_area("or paste the text", key=fresh("paste", id, version), height=140) or ""
    given, usable = None, True
    try:
        if file or pasted.strip():
            given = texts.one_of(
                texts.in_place_of(version, File(file.name, file.getvalue())) if file else None,
                texts.pasted(version.id, pasted) if pasted.strip() else None,
            )
            preview.show(texts.cut(given, version.id), given.name, fresh("cut", "", version))
    except WorkbenchError as error:
        st.error(plain(str(error)))
        usable = False
    st.caption("It makes a new document, with the other texts as they stand now; this one is kept.")
    if not st.button("Use this text", key=fresh("use", id, version)) or not usable:
        return
    if given is None:
        st.error("No text was given; choose a file or paste the text.")
        return
    _replace(id, version, texts.read(given, version.id))


def _replace(id: str, version: Version, new: Version) -> None:
    """Makes the new document, and opens it."""
    name = language_name(version)
    title = f"{workroom.desk().store.document(id).title}, with another {name} text"
    state.open_document(with_another_text(workroom.desk(), id, new, title, author=state.author()))
    state.say(f"The {name} text was replaced in a new document; the one before is kept in the library.")
    st.rerun()
