"""The versions of the open document: what is known of each, changing that, and putting another text in its place."""

import streamlit as st

from corpora import segment
from corpora.chain import assemble
from corpora.document import Document, Version
from corpora.errors import WorkbenchError
from exports.provenance import mark
from exports.wording import role
from reviews.bench import Bench
from views import state, workroom
from views.labels import language_name, made_from, plain, said
from views.library import replacement, sheet, texts

# Cards in a row.
ROW = 3


def show() -> None:
    """Shows the versions of the document that is open."""
    store = workroom.desk().store
    if not store.documents():
        st.caption("There is no document here; make one, or bring one back.")
        return
    id = state.document()
    try:
        bench = _bench(id)
        document = bench.work.document if bench else assemble(store.versions(id))
    except WorkbenchError as error:
        st.error(plain(str(error)))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(store.document(id).title)}**", width="stretch")
        if bench:
            sheet.undo(bench)
    st.caption("In chain order, the original first. What is on a sheet comes from the paper, the order, or from you.")
    for first in range(0, len(document.versions), ROW):
        columns = st.columns(min(ROW, len(document.versions)))
        for column, version in zip(columns, document.versions[first : first + ROW], strict=False):
            with column:
                _card(id, document, version, bench)


def _bench(id: str) -> Bench | None:
    """The document as it stands, at the level it is read at; None where it was never aligned."""
    levels = workroom.desk().store.aligned().get(id, set())
    wanted = str(state.setting("level", "paragraph"))
    level = wanted if wanted in levels else next(iter(sorted(levels)), "")
    return workroom.desk().bench(id, level) if level else None


def _card(id: str, document: Document, version: Version, bench: Bench | None) -> None:
    """One version: its sheet, and the ways to change it."""
    with st.container(border=True, height="stretch", key=f"version-{version.id}"):
        st.markdown(f"**{role(document, version)}** ({plain(language_name(version))})")
        if version.is_placeholder:
            st.badge(mark(version), color="orange")
        with st.container(key=f"title-{version.id}"):
            st.text(version.title)
        facts = {
            "Siglum": version.id,
            "Language": version.language,
            "Date": said(version, "date"),
            "Translator": said(version, "translators"),
            "Made from": made_from(document, version),
            "Status": "" if version.is_placeholder else version.status,
            "Archive": version.metadata.get("archive_reference", ""),
            "Licence": version.metadata.get("licence", ""),
            "File": version.metadata.get("file", ""),
        }
        st.text("\n".join([*(f"{name}: {value}" for name, value in facts.items() if value), _counted(version, bench)]))
        with st.expander("Change the sheet", key=f"box-{sheet.name_of(id, version)}"):
            sheet.show(id, document, version, bench.revision if bench else 0)
        with st.expander("Replace this text", key=replacement.fresh("replace", id, version)):
            replacement.show(id, version)


def _counted(version: Version, bench: Bench | None) -> str:
    """What the version is cut into, in paragraphs."""
    try:
        return texts.counted(version if bench and bench.level == "paragraph" else segment(version))
    except WorkbenchError as error:
        return str(error)
