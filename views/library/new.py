"""A new document: its texts from files or pasted, their languages and order, and how each will be cut."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from corpora import READERS
from corpora.chain import assemble, numbered
from corpora.document import Version
from corpora.errors import WorkbenchError
from corpora.languages import language
from exports.provenance import role
from views import state, workroom
from views.labels import language_name, made_from, plain
from views.library import preview, texts
from views.library.texts import Given

LEVELS = {"paragraph": "Paragraphs", "sentence": "Sentences"}
# A text as it was read, where it could be, with the place for its heading.
Card = tuple[Any, Version | None]


def show() -> None:
    """Shows the fields of a new document, and the chain that its texts will make."""
    turn = state.draft_number()
    left, right = st.columns([2, 3], gap="large")
    with left:
        given = [*_files(turn), *_pasted(turn)]
    with right:
        if not given:
            st.caption(
                "Give two or more versions of a text. Each appears here with its language, its place in the chain and the way "
                "it will be cut; nothing is made before you say so."
            )
            return
        level = _level()
        by_key = {one.key: one for one in given}
        order = state.draft_order(list(by_key))
        cards = [_card(turn, place, by_key[key], level, last=key == order[-1]) for place, key in enumerate(order)]
        _headed(cards)
        _make(turn, cards, level)


def _files(turn: int) -> list[Given]:
    found = st.file_uploader(
        "Text files, one a version", key=f"files-{turn}", accept_multiple_files=True, type=list(READERS)
    )
    uploaded = {f"file-{file.file_id}": (file.name, file.getvalue()) for file in found}
    return [Given(key, *file) for key, file in state.draft_files(uploaded).items()]


def _pasted(turn: int) -> list[Given]:
    """The pasted texts; there is always an empty field for another one."""
    found: list[str] = []
    while len(found) < state.draft_fields() or all(found):
        number = len(found)
        label = "or paste another text" if number else "or paste a text"
        text = st.text_area(label, key=f"paste-{turn}-{number}", height=120, persist_state="session")
        found.append((text or "").strip())
    state.keep_draft_fields(len(found))
    # A field tells what is in it when it is left; a press on this is one way to leave it.
    if st.button("Add the text", key=f"add-{turn}", help="Or press Ctrl+Enter in the field.") and not any(found):
        st.caption("Nothing was pasted yet; put a text into the field above.")
    return [texts.pasted(f"paste-{number}", text) for number, text in enumerate(found) if text]


def _level() -> str:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**The chain**, the original first", width="stretch")
        chosen = st.segmented_control(
            "Preview by", LEVELS, format_func=LEVELS.__getitem__, default="paragraph", required=True,
            key="cut-by", label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
    return chosen or "paragraph"


def _card(turn: int, place: int, one: Given, level: str, *, last: bool) -> Card:
    """One text: its place, language and title, and how it will be cut or why it cannot be used."""
    with st.container(border=True, key=f"given-{place}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            heading = st.empty()
            _moves(place, one, last=last)
        try:
            read = texts.read(one)
            what, called = st.columns([2, 3])
            tag = _language(turn, one, read, what)
            title = called.text_input(
                "Title", key=f"title-of-{turn}-{one.key}", placeholder=read.title, persist_state="session"
            )
            version = texts.read(one, tag)
            preview.show(texts.cut(one, tag, level), one.name, f"{turn}-{place}", level=level)
        except WorkbenchError as error:
            st.error(plain(str(error)))
            return heading, None
    return heading, replace(version, title=" ".join((title or "").split()) or version.title)


def _moves(place: int, one: Given, *, last: bool) -> None:
    """What moves a text in the chain, and takes out one that stands in no field."""
    for label, by, icon, end in (("Up", -1, "upward", place == 0), ("Down", 1, "downward", last)):
        st.button(
            label, key=f"{label.lower()}-{place}", icon=f":material/arrow_{icon}:", disabled=end, type="tertiary",
            on_click=state.move_in_draft, args=(one.key, by),
        )  # fmt: skip
    if one.key in state.draft_carried():
        st.button("Take out", key=f"out-{place}", type="tertiary", on_click=state.take_out_of_draft, args=(one.key,))


def _language(turn: int, one: Given, read: Version, where: Any) -> str:
    """The language of a text: as guessed, or as the user says."""
    options = list(dict.fromkeys((read.language, *texts.LANGUAGES)))
    chosen = where.selectbox(
        "Language", options, format_func=lambda tag: f"{language(tag).name} ({tag})",
        key=f"language-{turn}-{one.key}-{read.language}", accept_new_options=True, persist_state="session",
        help="Told from the text; choose another one, or type a tag such as uk or en-GB.",
    )  # fmt: skip
    return str(chosen or read.language).strip()


def _headed(cards: Sequence[Card]) -> None:
    """Says of every text what it will be in the chain."""
    versions = [version for _, version in cards if version]
    document = assemble(numbered(versions)) if len(versions) == len(cards) > 1 else None
    for place, (heading, version) in enumerate(cards):
        if document:
            one = document.versions[place]
            source = made_from(document, one)
            heading.markdown(
                f"**{place + 1}. {role(document, one)}** ({plain(language_name(one))})"
                + (f", made from {plain(source)}" if source else ""),
                width="stretch",
            )
        else:
            heading.markdown(f"**{place + 1}.** {plain(language_name(version)) if version else ''}", width="stretch")


def _make(turn: int, cards: Sequence[Card], level: str) -> None:
    versions = [version for _, version in cards if version]
    ready = len(versions) == len(cards) > 1
    made = numbered(versions)
    usual = assemble(made).title if ready else ""
    title = st.text_input(
        "Title of the document", key=f"title-of-all-{turn}", placeholder=usual, persist_state="session"
    )
    if not ready:
        lacking = "Give one more version to make a document." if len(versions) == len(cards) else ""
        st.caption(
            lacking or "One of the texts cannot be used; put it right or take it out, then the document can be made."
        )
    if st.button("Make the document and read it", key="make", type="primary", disabled=not ready):
        id = workroom.desk().store.add(made, " ".join((title or "").split()) or usual)
        state.begin_draft()
        state.open_document(id)
        state.keep("level", level)
        state.say(f"The document has {len(made)} versions.")
        st.switch_page(state.navigation("Read"), query_params={"doc": id, "level": level})
