"""What a session remembers. The only file that touches `st.session_state`."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from corpora import example
from corpora.document import Version


def versions() -> list[Version]:
    """The versions in work, in chain order: the 1955 chain until others are chosen."""
    if "versions" not in st.session_state:
        st.session_state.versions = example.versions()
    return list(st.session_state.versions)


def choose(chosen: Sequence[Version]) -> None:
    """Works on these versions from now on."""
    st.session_state.versions = list(chosen)
    st.session_state.pop("selected", None)


def open_document(chosen: Sequence[Version]) -> None:
    """Works on another document from now on."""
    choose(chosen)
    st.session_state.opened = opened() + 1


def opened() -> int:
    """How many documents were opened so far."""
    return int(st.session_state.get("opened", 0))


def turn_to(page: str) -> None:
    """Remembers which page is shown, and whether another one was shown before it."""
    st.session_state.turned = st.session_state.get("page") != page
    st.session_state.page = page


def has_turned() -> bool:
    """True in the first run of a page."""
    return bool(st.session_state.get("turned", True))


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
