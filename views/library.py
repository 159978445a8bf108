"""The texts page: what the versions are and how that is known, and putting other texts in their place."""

import streamlit as st

from corpora import READERS, read_bytes, segment
from corpora.chain import assemble, numbered
from corpora.document import Document, Version
from corpora.errors import ReadError, WorkbenchError
from exports.rows import mark
from views import state, workroom
from views.labels import language_name, plain, role, said

KNOWN = {
    "stated": "as stated on a paper of the chain",
    "inferred": "inferred from the order of the versions",
    "unknown": "not known",
}


def show() -> None:
    """Shows the page."""
    document = assemble(workroom.desk().store.versions(state.document()))
    st.subheader("The versions of this document", anchor=False)
    st.caption("In chain order, the original first. A text you put in replaces that version only; the others stay.")
    for column, version in zip(st.columns(len(document.versions)), document.versions, strict=True):
        with column:
            _card(document, version)
    st.divider()
    left, right = st.columns(2)
    with left:
        _start_over()
    with right:
        st.markdown("**The example**")
        st.caption(
            "The Korean party document of 31 January 1955: its English, with placeholders for Russian and Korean."
        )
        if st.button("Open the 1955 chain", key="restore"):
            state.open_document(workroom.the_example())
            state.say("The 1955 chain is open.")
            st.rerun()


def _card(document: Document, version: Version) -> None:
    """One version: its sheet, and the two ways to replace it."""
    with st.container(border=True, height="stretch", key=f"version-{version.id}"):
        st.markdown(f"**{role(document, version)}** ({language_name(version)})")
        if version.is_placeholder:
            st.badge(mark(version), color="orange")
        made = (
            f"{language_name(document.version(version.source))}, {KNOWN[version.how_known]}" if version.source else ""
        )
        facts = {
            "Date": said(version, "date"),
            "Translator": said(version, "translators"),
            "Made from": made,
            "Status": "" if version.is_placeholder else version.status,
            "Archive": version.metadata.get("archive_reference", ""),
            "File": version.metadata.get("file", ""),
        }
        with st.container(key=f"title-{version.id}"):
            st.text(version.title)
        st.text("\n".join([*(f"{name}: {value}" for name, value in facts.items() if value), _counted(version)]))
        with st.expander("Replace this text", key=_fresh("replace", version)):
            _replacement(document, version)


def _fresh(name: str, version: Version) -> str:
    """The key of a widget that begins anew when the version is replaced."""
    return f"{name}-{version.id}-{version.digest[:8]}"


def _counted(version: Version) -> str:
    cut = segment(version)
    body, aside = len(cut.body), len(cut.segments) - len(cut.body)
    joints = sum(1 for repair in cut.repairs if repair.kind == "page break")
    said = f"{body} segments of text, {aside} of front matter and apparatus"
    return said + (f", {joints} page breaks repaired" if joints else "")


def _replacement(document: Document, version: Version) -> None:
    name = language_name(version)
    file = st.file_uploader(f"A text file in {name}", key=_fresh("file", version), type=list(READERS))
    pasted = st.text_area("or paste the text", key=_fresh("paste", version), height=140)
    if st.button("Use this text", key=_fresh("use", version)):
        try:
            new = _given(file, pasted, version.id)
        except WorkbenchError as error:
            st.error(plain(str(error)))
            return
        versions = [new if old.id == version.id else old for old in document.versions]
        title = f"{workroom.desk().store.document(state.document()).title}, with another {name} text"
        state.open_document(workroom.desk().store.add(versions, title))
        state.say(f"The {name} text was replaced in a new document; the one before is kept in the library.")
        st.rerun()


def _start_over() -> None:
    """Another document: two or more files at once."""
    st.markdown("**Another document**")
    # The fields begin anew when their files were opened, and only then: a document is called by one of its texts, so that
    # a key with its id would drop the files as soon as this text is replaced.
    turn = state.opened()
    files = st.file_uploader(
        "Text files, two or more",
        key=f"files-{turn}", accept_multiple_files=True, type=list(READERS),
    )  # fmt: skip
    order = range(len(files))
    if len(files) > 1:
        # Files chosen together arrive in alphabetical order, which is seldom the order of the chain.
        order = st.multiselect(
            "The chain, the original first (clear it to choose another order)", order, default=order,
            format_func=lambda place: files[place].name, key=f"order-{turn}-{len(files)}",
        )  # fmt: skip
    if st.button("Open these files", key="open-files", disabled=not order):
        try:
            versions = numbered([read_bytes(files[place].getvalue(), files[place].name) for place in order])
            for version in assemble(versions).versions:
                segment(version)
        except WorkbenchError as error:
            st.error(plain(str(error)))
            return
        state.open_document(workroom.desk().store.add(versions, assemble(versions).title))
        state.say(f"{len(versions)} versions are open; they are aligned when you read them.")
        st.rerun()


def _given(file: object, pasted: str, id: str) -> Version:
    """The version in the uploaded file or the pasted text, able to be aligned.

    Raises:
        WorkbenchError: neither or both were given, or the text cannot be read or cut.
    """
    if file is not None and pasted.strip():
        raise ReadError("Both a file and a pasted text were given; remove one of them.")
    if file is None and not pasted.strip():
        raise ReadError("No text was given; choose a file or paste the text.")
    data, name = (file.getvalue(), file.name) if file is not None else (pasted.encode("utf-8"), "pasted text")  # type: ignore[attr-defined]
    version = read_bytes(data, name, id)
    segment(version)
    return version
