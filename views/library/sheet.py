"""The form that changes what is known of a version."""

from typing import Any

import streamlit as st

from corpora.document import STATUSES, Document, Version
from corpora.normalise import digest
from reviews.bench import Bench
from reviews.corrections.sheet import HOW_KNOWN
from reviews.corrections.sheet import sheet as fields_of
from reviews.desk import Command
from views import state, workroom
from views.labels import KNOWN, language_name, plain

ORIGINAL = ""
REFERENCE = "such as RGANI, fond 5, opis 28, delo 314"


def name_of(id: str, version: Version) -> str:
    """What the form of a version of a document is called; its fields begin anew with another name."""
    return f"sheet-{version.id}-{digest(id)[:8]}-{state.sheet_turn()}"


def show(id: str, document: Document, version: Version, revision: int) -> None:
    """Shows the form for one version of a document, which stands at this revision."""
    key = name_of(id, version)
    before, seen = state.shown_sheet(key, fields_of(version), revision)
    with st.form(f"form-{key}", border=False):
        fields: dict[str, Any] = {
            "title": st.text_area("Title", before["title"], key=f"title-field-{key}", height=90),
            "language": st.text_input("Language tag", before["language"], key=f"tag-{key}"),
            "date": st.text_input("Date", before["date"], key=f"date-{key}"),
            "translators": _names(key, before["translators"]),
            **_source(key, document, version),
            "archive_reference": st.text_input(
                "Archive reference", before["archive_reference"], key=f"archive-{key}", placeholder=REFERENCE
            ),
            "licence": st.text_input("Licence or rights", before["licence"], key=f"licence-{key}"),
            "status": _status(key, version),
        }
        if st.form_submit_button("Save the sheet", key=f"save-{key}"):
            # What the user left as it was is not said again: somebody else may have changed it meanwhile.
            changed = {name: value for name, value in fields.items() if value != before[name]}
            _save(id, version, changed, seen)


def undo(bench: Bench) -> None:
    """A button that takes back what was last changed on a sheet, where that was the last thing done."""
    with bench.lock:
        one = bench.to_undo(state.author(), state.run())
        done = bench.said.get(one.id, "") if one else ""
    if one is None or one.kind != "describe":
        return
    if st.button(f"Undo: {plain(done)}", key="undo-sheet", icon=":material/undo:", type="tertiary"):
        _act(bench.document, bench.level, "undo", {}, bench.revision)


def _names(key: str, names: list[str]) -> list[str]:
    written = st.text_area("Translators, one a line", "\n".join(names), key=f"names-{key}", height=72)
    return (written or "").split("\n")


def _source(key: str, document: Document, version: Version) -> dict[str, Any]:
    """The fields of what the version was made from, and how that is known."""
    names = {one.id: f"{language_name(one)} ({one.id})" for one in document.versions if one.id != version.id}
    options = {ORIGINAL: "nothing here: it is an original"} | names
    source = st.selectbox(
        "Made from", list(options), list(options).index(version.source or ORIGINAL), format_func=options.__getitem__,
        key=f"source-{key}", help="The steps that this changes are measured anew; the alignment stays.",
    )  # fmt: skip
    how = st.selectbox(
        "How that is known", HOW_KNOWN, HOW_KNOWN.index(version.how_known), format_func=KNOWN.__getitem__,
        key=f"how-{key}",
    )  # fmt: skip
    return {"source": source, "how_known": how}


def _status(key: str, version: Version) -> str:
    """The status; a placeholder is one until its text is replaced, and nothing else becomes one."""
    if version.is_placeholder:
        st.caption("A placeholder stays one until its text is replaced.")
        return version.status
    options = [one for one in STATUSES if one != "placeholder"]
    return str(st.selectbox("Status", options, options.index(version.status), key=f"status-{key}"))


def _save(id: str, version: Version, fields: dict[str, Any], seen: int) -> None:
    levels = workroom.desk().store.aligned().get(id, set())
    level = str(state.setting("level", "paragraph"))
    if not levels:
        with st.spinner("The versions are aligned first"):
            workroom.desk().bench(id, level)
    elif level not in levels:
        level = min(levels)
    if not _act(id, level, "describe", {"version": version.id, "fields": fields}, seen):
        state.show_sheet_again(name_of(id, version), workroom.desk().bench(id, level).revision)


def _act(id: str, level: str, kind: str, values: dict[str, Any], seen: int) -> bool:
    """Does something to the document and shows the page anew; false when it was not done, with the reason on the page."""
    command = Command(state.next_number(), kind, values, seen)
    (receipt,) = workroom.desk().act(id, level, [command], run=state.run(), author=state.author())
    if not receipt.done:
        st.error(plain(receipt.said))
        return False
    if workroom.desk().bench(id, level).unmeasured()[1]:
        workroom.measure(id, level)
    state.renew_sheets()
    state.say(receipt.said)
    st.rerun()
    return True
