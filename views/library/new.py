"""A new document: its texts from files or pasted, their languages and order, and how each will be cut."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from corpora import READERS
from corpora.chain import assemble, numbered
from corpora.codepages import ENCODINGS
from corpora.contents import Contents, File, arranged, together
from corpora.document import Version
from corpora.errors import WorkbenchError
from corpora.languages import language
from exports.wording import role
from reviews.intake import bring_in
from views import state, workroom
from views.labels import language_name, made_from, plain
from views.library import preview, reading, record, texts
from views.library.texts import Given

YES = "yes"
LEVELS = {"paragraph": "Paragraphs", "sentence": "Sentences"}


@dataclass(frozen=True, slots=True)
class Card:
    """A text as it was read, where it could be, with the place for its heading.

    An alignment that stands in a file of its own brings no version, and needs none.
    """

    given: Given
    heading: Any
    version: Version | None = None
    is_alignment: bool = False


def show() -> None:
    """Shows the fields of a new document, and the chain that its texts will make."""
    turn = state.draft_number()
    left, right = st.columns([2, 3], gap="large")
    with left:
        files = _files(turn)
        given = [*files, *_pasted(turn)]
    with right:
        if not given:
            st.caption(
                "Give two or more versions of a text, one a file or several in one. Each appears here with its language, its "
                "place in the chain and the way it will be cut; nothing is made before you say so."
            )
            return
        level = _level()
        by_key = {one.key: one for text in given for one in _versions(text)}
        order = state.draft_order(list(by_key))
        cards = [_card(turn, place, by_key[key], level, last=key == order[-1]) for place, key in enumerate(order)]
        if any(record.is_one(card.given.file) for card in cards):
            return
        _headed(cards)
        _make(turn, cards, level)


def _files(turn: int) -> list[Given]:
    found = st.file_uploader(
        "Files, one a version or several versions in one", key=f"files-{turn}", accept_multiple_files=True,
        type=[*READERS, record.KIND],
    )  # fmt: skip
    uploaded = {f"file-{file.file_id}": (file.name, file.getvalue()) for file in found}
    return [
        Given(key, File(*file, state.draft_choice("encoding", key), whole=state.draft_choice("whole", key) == YES))
        for key, file in state.draft_files(uploaded).items()
    ]


def _versions(given: Given) -> list[Given]:
    """Each of the versions in what was given; itself as long as they are not known."""
    task = None if record.is_one(given.file) else reading.task(given.file)
    count = len(task.found.versions) if task and task.found else 1
    wanted = [replace(given, key=f"{given.key}/{place}" if place else given.key, place=place) for place in range(count)]
    return [one for one in wanted if one.key not in state.draft_left_out()] or [given]


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
        if record.is_one(one.file):
            record.show(one.file, f"{turn}-{place}")
            return Card(one, heading)
        if not reading.task(one.file).done.is_set():
            _under_way(one.file, f"{turn}-{place}")
            return Card(one, heading)
        if texts.is_alignment(one.file):
            st.text(f"{one.name}: an alignment of the other texts.")
            _told(one)
            return Card(one, heading, is_alignment=True)
        try:
            read = texts.read(one)
            what, called = st.columns([2, 3])
            tag = _language(turn, one, read, what)
            title = called.text_input(
                "Title", key=f"title-of-{turn}-{one.key}", placeholder=read.title, persist_state="session"
            )
            version = texts.read(one, tag)
            preview.show(texts.cut(one, tag, level), one.name, f"{turn}-{place}", level=level)
            if not one.place:
                _told(one)
                _whole(turn, one)
        except WorkbenchError as error:
            st.error(plain(str(error)))
            if reading.task(one.file).stopped:
                st.button("Read it after all", key=f"again-{place}", on_click=reading.again, args=(one.file,))
            _encoding(turn, one)
            return Card(one, heading)
        _encoding(turn, one, read.metadata.get("encoding", ""))
    return Card(one, heading, replace(version, title=" ".join((title or "").split()) or version.title))


@st.fragment(run_every=0.5)  # type: ignore[untyped-decorator]
def _under_way(file: File, key: str) -> None:
    """How far the reading of a file is, and what stops it."""
    task = reading.task(file)
    if task.done.is_set():
        st.rerun()
    share = min(1.0, max(0.0, task.share))
    st.progress(share, f"Reading {plain(file.base)}: {share:.0%}")
    st.button("Stop reading", key=f"stop-{key}", on_click=task.stop)


def _told(one: Given) -> None:
    """What was decided when the file was read, and what of it is left out."""
    found = reading.whole(one.file)
    for line in found.warnings:
        st.caption(f":material/info: {plain(line)}")
    for line in found.left_out:
        st.caption(f":material/content_cut: Left out: {plain(line)}")
    if found.is_aligned:
        groups = {block.group for version in found.versions for block in version.blocks} - {None}
        sure = {block.group for version in found.versions for block in version.blocks if block.confirmed}
        st.caption(
            f":material/link: Its versions came aligned, in {len(groups)} groups"
            + (f", {len(sure)} of them confirmed" if sure else "")
            + "; by paragraphs they stay so."
        )
    if found.remarks:
        count = len(found.remarks)
        st.caption(f":material/comment: {count} {'comment becomes a note' if count == 1 else 'comments become notes'}.")


def _whole(turn: int, one: Given) -> None:
    """The choice to read a text file that was cut into several versions as one text."""
    if one.is_pasted or one.place or not texts.is_one_text(one.file):
        return
    if not one.file.whole and len(reading.whole(one.file).versions) < 2:
        return
    chosen = st.checkbox("Read it as one text", one.file.whole, key=f"whole-{turn}-{one.key}")
    if chosen != one.file.whole:
        state.keep_draft_choice("whole", one.key, YES if chosen else "")
        st.rerun()


def _encoding(turn: int, one: Given, told: str = "") -> None:
    """The encoding that a text file was read in, to be corrected; nothing for others."""
    if one.is_pasted or one.place or not (texts.is_text(one.file)):
        return
    names = [texts.BY_ITSELF, *ENCODINGS]
    key = f"encoding-{turn}-{one.key}"
    chosen = st.selectbox(
        "Encoding", names, names.index(one.file.encoding or texts.BY_ITSELF), key=key,
        format_func=lambda name: ENCODINGS.get(name) or (f"told from the bytes ({told})" if told else "told from the bytes"),
        help="Where letters look wrong, choose the encoding that the file was written in.",
    )  # fmt: skip
    wanted = "" if chosen == texts.BY_ITSELF else str(chosen)
    if wanted != one.file.encoding:
        state.keep_draft_choice("encoding", one.key, wanted)
        st.rerun()


def _moves(place: int, one: Given, *, last: bool) -> None:
    """What moves a text in the chain, and takes out one that stands in no field."""
    for label, by, icon, end in (("Up", -1, "upward", place == 0), ("Down", 1, "downward", last)):
        st.button(
            label, key=f"{label.lower()}-{place}", icon=f":material/arrow_{icon}:", disabled=end, type="tertiary",
            on_click=state.move_in_draft, args=(one.key, by),
        )  # fmt: skip
    task = None if record.is_one(one.file) else reading.task(one.file)
    if task and task.found and len(task.found.versions) > 1:
        st.button(
            "Leave out", key=f"leave-{place}", type="tertiary", on_click=state.leave_out_of_draft, args=(one.key,)
        )
    elif one.key in state.draft_carried():
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
    cards = [card for card in cards if not card.is_alignment]
    versions = [card.version for card in cards if card.version]
    document = assemble(numbered(versions)) if len(versions) == len(cards) > 1 else None
    for place, card in enumerate(cards):
        if document:
            one = document.versions[place]
            source = made_from(document, one)
            card.heading.markdown(
                f"**{place + 1}. {role(document, one)}** ({plain(language_name(one))})"
                + (f", made from {plain(source)}" if source else ""),
                width="stretch",
            )
        else:
            name = plain(language_name(card.version)) if card.version else ""
            card.heading.markdown(f"**{place + 1}.** {name}", width="stretch")


def _make(turn: int, cards: Sequence[Card], level: str) -> None:
    versions = [card.version for card in cards if card.version]
    ready = len(versions) == sum(not card.is_alignment for card in cards) > 1
    usual = assemble(numbered(versions)).title if ready else ""
    title = st.text_input(
        "Title of the document", key=f"title-of-all-{turn}", placeholder=usual, persist_state="session"
    )
    if not ready:
        lacking = (
            "Give one more version to make a document."
            if all(card.version or card.is_alignment for card in cards)
            else ""
        )
        st.caption(
            lacking
            or "One of the texts cannot be used yet; put it right or take it out, then the document can be made."
        )
    if st.button("Make the document and read it", key="make", type="primary", disabled=not ready):
        named = " ".join((title or "").split()) or usual
        try:
            id = bring_in(workroom.desk().store, _brought(cards), named, author=state.author())
        except WorkbenchError as error:
            st.error(plain(str(error)))
            return
        state.begin_draft()
        state.open_document(id)
        state.keep("level", level)
        state.say(f"The document has {len(versions)} versions.")
        st.switch_page(state.navigation("Read"), query_params={"doc": id, "level": level})


def _brought(cards: Sequence[Card]) -> Contents:
    """What all the texts bring together, in the order of the chain."""
    parts, order = [], []
    for file in dict.fromkeys(card.given.file for card in cards):
        found = reading.whole(file)
        chosen = {card.given.place: card for card in cards if card.given.file == file and card.version}
        versions = [
            chosen[place].version or one if place in chosen else one for place, one in enumerate(found.versions)
        ]
        parts.append(arranged(replace(found, versions=tuple(versions)), sorted(chosen)))
        order += [chosen[place] for place in sorted(chosen)]
    return arranged(together(parts), [order.index(card) for card in cards if card.version])
