"""What a session remembers. The only file that touches `st.session_state` and the address of the page."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from corpora.errors import WorkbenchError
from reviews.operation import hand
from views import workroom

# The name of a file, and its bytes.
File = tuple[str, bytes]


def document() -> str:
    """The id of the document in work: the one in the page's address, else the one worked on last.

    The address may say `doc=example` for the 1955 chain.
    """
    if "document" not in st.session_state:
        wanted = st.query_params.get("doc", "")
        wanted = workroom.the_example() if wanted == workroom.EXAMPLE else wanted
        there = _is_there(wanted)
        st.session_state.document = wanted if there else workroom.newest()
        if st.query_params.get("level") in ("paragraph", "sentence"):
            keep("level", st.query_params["level"])
        select(st.query_params.get("unit"))
        if wanted and not there:
            say(
                "The document of this address is not in the library, or was deleted, which the Library can take back; this is "
                "the one worked on last."
            )
            st.rerun()
    return str(st.session_state.document)


def _is_there(document: str) -> bool:
    try:
        return bool(document) and not workroom.desk().store.document(document).deleted
    except WorkbenchError:
        return False


def open_document(id: str) -> None:
    """Works on another document from now on."""
    st.session_state.document = id
    st.session_state.pop("selected", None)


def is_open(document: str) -> bool:
    """True for the document in work."""
    return bool(st.session_state.get("document") == document)


def close_document() -> None:
    """Leaves the document in work, so that the one worked on last is the next."""
    for name in ("document", "selected"):
        st.session_state.pop(name, None)


def author() -> str:
    """Who works here, as they call themselves; "" when they did not say."""
    if "signed" not in st.session_state:
        st.session_state.signed = workroom.desk().store.setting("author")
    return str(st.session_state.signed)


def sign(name: str) -> None:
    """Remembers who works here, also for the next time."""
    st.session_state.signed = name
    workroom.desk().store.keep_setting("author", name)


def turn_to(page: str) -> None:
    """Remembers which page is shown, and whether another one was shown before it."""
    st.session_state.turned = st.session_state.get("page_name") != page
    st.session_state.turns = int(st.session_state.get("turns", 0)) + st.session_state.turned
    st.session_state.page_name = page


def has_turned() -> bool:
    """True in the first run of a page."""
    return bool(st.session_state.get("turned", True))


def keep_page(page: str) -> None:
    """Keeps what the reader was given: it is patched in the browser, and not sent again."""
    st.session_state.page = page


def page() -> str:
    """What the reader was given."""
    return str(st.session_state.page)


def keep_answer(answer: str) -> None:
    """Keeps what the courier is to tell the page."""
    st.session_state.answer = answer


def answer() -> str:
    """What the courier is to tell the page."""
    return str(st.session_state.get("answer", ""))


def say(message: str) -> None:
    """Keeps a message until a run shows it."""
    st.session_state.message = message


def said() -> str:
    """The message that was not shown yet, "" when there is none."""
    return str(st.session_state.get("message", ""))


def shown() -> None:
    """Forgets the message."""
    st.session_state.pop("message", None)


def selected() -> str | None:
    """The id of the unit selected last, kept while another page is shown."""
    return st.session_state.get("selected")


def select(unit: str | None) -> None:
    """Remembers the selected unit."""
    if unit:
        st.session_state.selected = unit


def ask_for_selected() -> None:
    """Makes the reader go to the unit selected last; in later runs it is left where the user goes."""
    st.session_state.asked = {"unit": selected(), "turn": asked()["turn"] + 1}


def asked() -> dict[str, Any]:
    """The unit the reader was asked to go to last, with the number of the request."""
    return st.session_state.get("asked") or {"unit": None, "turn": 0}


def value(key: str) -> Any:
    """What a widget holds."""
    return st.session_state[key]


def setting(name: str, default: str | bool) -> str | bool:
    """A setting of the reading page, kept while another page is shown."""
    return st.session_state.setdefault(f"kept {name}", default)


def keep(name: str, value: str | bool) -> None:
    """Keeps a setting of the reading page."""
    st.session_state[f"kept {name}"] = value


def run() -> str:
    """What the commands of this session are called together, with the browser they come from where it is known."""
    name = str(st.session_state.setdefault("run", uuid.uuid4().hex))
    known = str(st.session_state.get("hand", ""))
    return f"{known}.{name}" if known else name


def keep_hand(run: str) -> None:
    """Remembers which browser this is, from a run of a page in it."""
    st.session_state.hand = hand(run)


def next_number() -> int:
    """The number of the next command of this session, from 1."""
    st.session_state.commands = int(st.session_state.get("commands", 0)) + 1
    return int(st.session_state.commands)


def keep_outcome(about: str, said: str, *, done: bool) -> None:
    """Keeps what became of what was asked last: the id of the unit or note it was about, and a sentence."""
    st.session_state.outcome = (about, said, done)


def outcome() -> tuple[str, str, bool]:
    """What became of what was asked last on this page: the unit or note, a sentence, and whether it was done."""
    return st.session_state.get("outcome", ("", "", True))


def keep_draft(draft: dict[str, Any] | None) -> None:
    """Keeps what is being written on the page of notes."""
    st.session_state.draft = draft


def draft() -> dict[str, Any] | None:
    """What is being written on the page of notes, None when nothing is."""
    return st.session_state.get("draft")


def put(key: str, value: object) -> None:
    """Makes a widget hold this."""
    st.session_state[key] = value


def keep_navigation(pages: Sequence[Any]) -> None:
    """Keeps the pages, for those that lead to another one."""
    st.session_state.navigation = {page.title: page for page in pages}


def navigation(title: str) -> Any:
    """The page with this title."""
    return st.session_state.navigation[title]


def just_deleted() -> set[str]:
    """The ids of documents that were deleted in this session."""
    found: set[str] = st.session_state.setdefault("just_deleted", set())
    return found


def draft_number() -> int:
    """The number of the new document that is being put together; its fields are called by it."""
    return int(st.session_state.get("draft_number", 0))


def begin_draft() -> None:
    """Empties the fields of the new document."""
    st.session_state.draft_number = draft_number() + 1
    for name in ("draft_order", "draft_files", "draft_carried", "draft_fields", "draft_choices", "draft_left_out"):
        st.session_state.pop(name, None)


def draft_files(uploaded: Mapping[str, File]) -> dict[str, File]:
    """The files of the new document by key: those in the field for files, and those that were there before a page turn.

    Streamlit forgets what is in a field as soon as another page is shown.
    """
    if st.session_state.get("draft_turn") != st.session_state.get("turns"):
        st.session_state.draft_turn = st.session_state.get("turns")
        st.session_state.draft_carried = draft_carried() | st.session_state.get("draft_files", {})
    st.session_state.draft_files = dict(uploaded)
    return draft_carried() | st.session_state.draft_files


def draft_carried() -> dict[str, File]:
    """The files of the new document that stand in no field any more."""
    return dict(st.session_state.get("draft_carried", {}))


def draft_choice(what: str, key: str) -> str:
    """What was chosen for a file of the new document ("encoding", "whole"), "" where nothing was."""
    return str(st.session_state.get("draft_choices", {}).get((what, key), ""))


def keep_draft_choice(what: str, key: str, choice: str) -> None:
    """Keeps what was chosen for a file of the new document."""
    st.session_state.draft_choices = {**st.session_state.get("draft_choices", {}), (what, key): choice}


def draft_left_out() -> set[str]:
    """The versions of files of the new document that the user leaves out."""
    return set(st.session_state.get("draft_left_out", ()))


def leave_out_of_draft(key: str) -> None:
    """Leaves a version of a file out of the new document."""
    st.session_state.draft_left_out = draft_left_out() | {key}


def draft_fields() -> int:
    """The number of fields for pasted texts that the new document has."""
    return int(st.session_state.get("draft_fields", 0))


def keep_draft_fields(number: int) -> None:
    """Keeps the number of fields for pasted texts."""
    st.session_state.draft_fields = number


def take_out_of_draft(key: str) -> None:
    """Takes a file that stands in no field out of the new document."""
    st.session_state.draft_carried = {name: file for name, file in draft_carried().items() if name != key}


def draft_order(keys: Sequence[str]) -> list[str]:
    """The texts of the new document in the order they were put in; what came since stands at the end."""
    known = [key for key in st.session_state.get("draft_order", ()) if key in keys]
    st.session_state.draft_order = known + [key for key in keys if key not in known]
    return list(st.session_state.draft_order)


def move_in_draft(key: str, by: int) -> None:
    """Moves a text of the new document up (-1) or down (+1)."""
    order = st.session_state.draft_order
    place = order.index(key)
    order.insert(place + by, order.pop(place))


def returned_turn() -> int:
    """What the field for an edited table is called by: another one once a table was taken."""
    return int(st.session_state.get("returned", 0))


def renew_returned() -> None:
    """Empties the field for an edited table."""
    st.session_state.returned = returned_turn() + 1


def sheet_turn() -> str:
    """What the forms of sheets are called by: another one after a page turn and after `renew_sheets`."""
    return f"{st.session_state.get('turns', 0)}-{st.session_state.get('sheets_renewed', 0)}"


def renew_sheets() -> None:
    """Makes the forms of sheets show what the sheets say now."""
    st.session_state.sheets_renewed = int(st.session_state.get("sheets_renewed", 0)) + 1


def shown_sheet(form: str, fields: Mapping[str, Any], revision: int) -> tuple[Mapping[str, Any], int]:
    """What a form showed when it was shown first, and the revision then; from now on these, if that is now."""
    if st.session_state.get("shown_sheets", ("",))[0] != sheet_turn():
        st.session_state.shown_sheets = sheet_turn(), {}
    shown: tuple[Mapping[str, Any], int] = st.session_state.shown_sheets[1].setdefault(form, (fields, revision))
    return shown


def show_sheet_again(form: str, revision: int) -> None:
    """Lets a form that was refused be saved over what others did until this revision."""
    shown = st.session_state.shown_sheets[1]
    shown[form] = shown[form][0], revision
