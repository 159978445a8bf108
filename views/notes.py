"""The page of notes: all that readers said of the document, to be looked through, answered and settled."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from corpora.document import Document
from corpora.quoting import shortened
from reviews.notes.categories import CategorySet
from reviews.notes.note import CERTAINTIES, STATES, Note
from views import acting, state, workroom
from views.labels import moment, plain, signed
from views.summaries import words
from views.summaries.noted import ORDERS, Noted, Wanted, noted, ordered, wanted

SIZE = 20
LEAD = "Everything that was noted on this document, at both levels. Notes are written in the reader, on the words they are about."
NONE_YET = (
    "There are no notes on this document yet. Open **Read**, select words in one or more versions and press **N** (or the "
    "button Note in the details of the unit), or keep an issue of the machine with **as a note**."
)
UNSIGNED = "unsigned"
# What a person may change of a note here, besides its state; its words and categories are changed in the reader.
FIELDS = ("body", "alternatives", "evidence", "certainty", "state")


def show() -> None:
    """Shows the page."""
    bench = acting.bench()
    acting.header(bench, LEAD)
    with bench.lock:
        review, revision = bench.review(), bench.revision
    everything = noted(review)
    if not everything:
        acting.refusal_elsewhere(())
        st.info(NONE_YET, icon=":material/edit_note:")
        return
    names = words.hop_names(review.document)
    found, key = _looked_for(everything, names)
    shown = acting.paged(found, SIZE, key)
    acting.refusal_elsewhere([one.note.id for one in shown])
    acting.pager(len(found), SIZE, key, where="above")
    for one in shown:
        _card(one, review.document, names, revision)
    acting.pager(len(found), SIZE, key, where="below")


def _looked_for(everything: Sequence[Noted], names: Mapping[str, str]) -> tuple[list[Noted], str]:
    """The notes that are asked for, in the order asked for, and a name for the choice."""
    left, right, far = st.columns([3, 2, 1], vertical_alignment="bottom")
    text = left.text_input("Search in notes, quotes and replies", key="notes-text", persist_state="session")
    by = right.selectbox(
        "Order", list(ORDERS), format_func=ORDERS.__getitem__, key="notes-order", persist_state="session"
    )
    with far, st.popover("Filters", width="stretch", key="notes-filters"):
        want = _filters(text, [one.note for one in everything], names)
    found = ordered(wanted(everything, want), by)
    are = "notes" if len(everything) != 1 else "note"
    st.caption(
        f"{len(found)} of {len(everything)} {are}"
        + ("" if found else "; change the search or the filters to see others")
    )
    return found, f"notes-{by}-{want}"


def _filters(text: str, notes: Sequence[Note], names: Mapping[str, str]) -> Wanted:
    """What is asked for, with a choice for everything that the notes differ in."""

    def choice(label: str, options: Sequence[str], titles: Mapping[str, str], key: str) -> frozenset[str]:
        if not options:
            return frozenset()
        return frozenset(
            st.multiselect(
                label, options, key=f"notes-{key}", persist_state="session",
                format_func=lambda one: plain(titles.get(one, one)),
            )
        )  # fmt: skip

    categories = {}
    for one in _sets(notes):
        used = [each.id for each in one.categories if any(note.categories.get(one.id) == each.id for note in notes)]
        used += sorted({note.categories[one.id] for note in notes if one.id in note.categories} - set(used))
        titles = {each.id: each.title for each in one.categories}
        title = f"Only errors: {one.title}" if one.evaluative else one.title
        categories[one.id] = choice(plain(title), used, titles, f"set-{one.id}")
    hops = list(dict.fromkeys(note.hop for note in notes if note.hop))
    authors = sorted({note.author for note in notes})
    return Wanted(
        text,
        categories,
        choice("Hop", hops, names, "hops"),
        choice("State", STATES, {}, "states"),
        choice("Certainty", CERTAINTIES, {}, "certainties"),
        choice("Author", authors, {"": UNSIGNED}, "authors"),
        st.toggle("Only those with words that are gone from the text", key="notes-lost", persist_state="session"),
    )


def _sets(notes: Sequence[Note]) -> list[CategorySet]:
    """The sets that the notes use, as far as they are known; those that find fault apart, behind the others."""
    used = {id for note in notes for id in note.categories}
    return sorted((one for one in workroom.sets() if one.id in used), key=lambda one: one.evaluative)


def _card(one: Noted, document: Document, names: Mapping[str, str], revision: int) -> None:
    """A note, and what can be done with it."""
    note, draft = one.note, state.draft() or {}
    with st.container(border=True, gap="xsmall", key=f"note-{note.id}"):
        place = f"Unit {one.number}" if one.number else "No place in the text"
        place += ", set aside" if one.number.startswith("a") else ""
        st.markdown(" · ".join(filter(None, [f"**{place}**", plain(names.get(note.hop, note.hop)), _categories(note)])))
        _quotes(note, document)
        _said(note)
        _signature(note)
        _replies(note)
        acting.refusal(note.id)
        if draft.get("note") == note.id:
            (_reply_form if draft["what"] == "reply" else _edit_form)(note)
        else:
            _actions(one, revision)


def _categories(note: Note) -> str:
    """What the note was put under: techniques by their names, what finds fault marked as such and apart."""
    known = {one.id: one for one in workroom.sets()}
    techniques: list[str] = []
    faults: list[str] = []
    for set, id in note.categories.items():
        category = known[set].category(id) if set in known else None
        is_fault = set in known and known[set].evaluative
        (faults if is_fault else techniques).append(plain(category.title if category else id))
    named = f"*{', '.join(techniques)}*" if techniques else ""
    severity = f" ({note.severity})" if note.severity else ""
    return " · ".join(filter(None, [named, f":red[Error: {', '.join(faults)}{severity}]" if faults else ""]))


def _quotes(note: Note, document: Document) -> None:
    acting.quotes(map(words.noted, note.anchors), document, note.id)
    for anchor in note.anchors:
        if anchor.was and not anchor.gone:
            st.caption(f"The text was changed; the words read: “{plain(shortened(anchor.was, 200))}”")
    gone = [anchor for anchor in note.anchors if anchor.gone]
    if gone:
        all_gone = "The words it stood on are gone from the text; the note is kept."
        st.caption(
            all_gone if len(gone) == len(note.anchors) else "Some of the words it stood on are gone from the text."
        )


def _said(note: Note) -> None:
    """What the note says."""
    if note.body:
        st.text(note.body)
    if note.alternatives:
        st.caption("Considered: " + " · ".join(map(plain, note.alternatives)))
    if note.evidence:
        st.caption(f"Evidence: {plain(note.evidence)}")


def _replies(note: Note) -> None:
    """What was answered."""
    for place, reply in enumerate(note.replies):
        with st.container(key=f"reply-{note.id}-{place}", gap=None):
            st.text(f"↳ {reply.body}")
            st.caption(plain(signed(reply.author, reply.created)))


def _signature(note: Note) -> None:
    changed = f"changed {moment(note.changed)}" if note.changed and note.changed != note.created else ""
    origin = "suggested by the program" if note.origin else ""
    facts = [signed(note.author, note.created), changed, note.state, note.certainty, origin]
    st.caption(plain(" · ".join(filter(None, facts))))


def _actions(one: Noted, revision: int) -> None:
    note = one.note
    with st.container(horizontal=True, vertical_alignment="center"):
        widget = f"state-{note.id}-{note.state}"
        st.segmented_control(
            f"State of the note of unit {one.number}", STATES, format_func=str.capitalize, default=note.state, required=True,
            key=widget, label_visibility="collapsed", on_change=_change_state, args=(note, widget, revision),
        )  # fmt: skip
        for what in ("reply", "change"):
            st.button(what.capitalize(), key=f"{what}-{note.id}", on_click=_begin, args=(what, note, revision))
        st.button(
            "Remove", key=f"remove-{note.id}", on_click=acting.act, args=("remove note", {"note": note.id}),
            kwargs={"seen": revision, "about": note.id}, help="Undo, at the head of the page, brings it back.",
        )  # fmt: skip
        if one.unit:
            acting.read_in_context(one.unit, f"read-{note.id}")


def _change_state(note: Note, widget: str, seen: int) -> None:
    wish = {"note": note.id, "state": state.value(widget)}
    if not acting.act("change note", wish, seen=seen, about=note.id):
        state.put(widget, note.state)


def _begin(what: str, note: Note, seen: int) -> None:
    """Opens a form below a note; what was begun below another one is given up."""
    state.keep_draft({"what": what, "note": note.id, "seen": seen, "was": _fields(note)})


def _reply_form(note: Note) -> None:
    with st.form(f"reply-form-{note.id}", border=False):
        st.text_area("Your reply", key=f"reply-body-{note.id}", height=90)
        _foot("Send the reply", _send, note)


def _edit_form(note: Note) -> None:
    was = (state.draft() or {})["was"]
    with st.form(f"edit-form-{note.id}", border=False):
        st.text_area("Note", was["body"], key=f"edit-body-{note.id}", height=110)
        left, right = st.columns(2)
        left.text_area(
            "Alternatives considered, one a line",
            "\n".join(was["alternatives"]),
            key=f"edit-alternatives-{note.id}",
            height=90,
        )
        right.text_area("Evidence", was["evidence"], key=f"edit-evidence-{note.id}", height=90)
        sure, settled = st.columns(2)
        certainties = ["", *CERTAINTIES]
        sure.selectbox(
            "Certainty", certainties, certainties.index(was["certainty"]), format_func=lambda one: one or "not said",
            key=f"edit-certainty-{note.id}",
        )  # fmt: skip
        settled.selectbox("State", STATES, STATES.index(was["state"]), key=f"edit-state-{note.id}")
        _foot("Save", _save, note)


def _foot(label: str, does: Any, note: Note) -> None:
    with st.container(horizontal=True):
        st.form_submit_button(label, key=f"send-{note.id}", on_click=does, args=(note.id,))
        st.form_submit_button("Cancel", key=f"cancel-{note.id}", on_click=state.keep_draft, args=(None,))


def _send(id: str) -> None:
    body = state.value(f"reply-body-{id}")
    if acting.act("reply", {"note": id, "body": body}, seen=(state.draft() or {"seen": 0})["seen"], about=id):
        state.keep_draft(None)


def _save(id: str) -> None:
    """Stores what differs from what the form began with, so that another person's change of another field stays."""
    draft = state.draft()
    if draft is None:
        return
    now = {name: state.value(f"edit-{name}-{id}") for name in FIELDS}
    now["alternatives"] = [line.strip() for line in now["alternatives"].splitlines() if line.strip()]
    wish = {name: value for name, value in now.items() if value != draft["was"][name]}
    if not wish or acting.act("change note", {"note": id, **wish}, seen=draft["seen"], about=id):
        state.keep_draft(None)
    else:
        # The refusal told what others did meanwhile, and the note above the form shows it: the next attempt knows it.
        state.keep_draft({**draft, "seen": acting.revision()})


def _fields(note: Note) -> dict[str, Any]:
    return {name: getattr(note, name) for name in FIELDS} | {"alternatives": list(note.alternatives)}
