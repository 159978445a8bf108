"""The download page: what of the document goes into a file, which kind of file, and how that looks before it is taken."""

import streamlit as st

from corpora.errors import WorkbenchError
from exports import EXPORTERS, OF_HOP, ZIP, Selection, check, omitted, to_bytes
from exports.selection import ONLY
from reviews.bench import Bench
from reviews.review import Review
from views import acting, workroom
from views.download import preview, returned
from views.labels import file_stem, plain
from views.summaries.words import hop_names

LEAD = "Take the document along as it stands now, for people and for other programs. Nothing is changed by it."
EVERYTHING = "Every unit"
ALL_VERSIONS = "All versions"


def show() -> None:
    """Shows the page."""
    bench = acting.bench()
    acting.header(bench, LEAD)
    left, right = st.columns([2, 3], gap="large")
    with left:
        only, hop = _part(bench)
        kind = st.radio(
            "Kind of file", list(EXPORTERS), key="kind-of-file", persist_state="session",
            captions=[(EXPORTERS[kind].__doc__ or "").strip().split("\n")[0] for kind in EXPORTERS],
        )  # fmt: skip
        with st.expander("Bring an edited table back", key="bring-back"):
            returned.show(bench)
    with right:
        _file(bench, only, hop, kind or next(iter(EXPORTERS)))


def _part(bench: Bench) -> tuple[str, str]:
    """Which units and versions go into the file, as names in ONLY and ids of hops; "" for all."""
    titles = {"": EVERYTHING, **{name: (rule.__doc__ or "").strip().rstrip(".") for name, rule in ONLY.items()}}
    only = st.selectbox(
        "Units", list(titles), format_func=titles.__getitem__, key="units-of-file", persist_state="session"
    )
    names = {"": ALL_VERSIONS, **hop_names(bench.work.document)}
    hop = st.selectbox(
        "Versions", list(names), format_func=names.__getitem__, persist_state="session",
        key=f"versions-of-file-{bench.document}",
    )  # fmt: skip
    return only or "", hop or ""


def _file(bench: Bench, only: str, hop: str, kind: str) -> None:
    """The file of a kind: what is in it and what is not, how it begins, and the button that takes it."""
    with bench.lock:
        selection = Selection(bench.review(), only, hop)
    inner = kind
    if kind in OF_HOP and not hop and len(selection.comparisons) > 1:
        kind += ZIP
    title = workroom.desk().store.document(bench.document).title
    name = f"{file_stem(title)}-{bench.level}{f'-{hop}' if hop else ''}{kind}"
    st.text(f"{name}: {selection.told}")
    if kind != inner:
        st.caption("An archive with a file for every hop, because this kind of file holds two versions.")
    problem = _problem(selection, inner) if kind == inner else ""
    # Streamlit makes a file when its button is pressed, outside the page: an error there would be swallowed.
    st.download_button(
        "Download", lambda: to_bytes(Selection(_now(bench), only, hop), kind), file_name=name, key="download",
        on_click="ignore", disabled=bool(problem) or not selection.numbers,
    )  # fmt: skip
    if problem:
        st.error(plain(problem))
        return
    if not selection.numbers:
        st.caption("There are no such units in this document; choose others.")
        return
    told = omitted(selection, inner)
    for line in told:
        st.caption(f":material/content_cut: Not in the file: {plain(line)}")
    if not told:
        st.caption(":material/check: Nothing of this is left out.")
    preview.show(selection, kind)


def _problem(selection: Selection, kind: str) -> str:
    """Why a file of this kind cannot hold the selection, "" where it can."""
    try:
        check(selection, kind)
    except WorkbenchError as error:
        return str(error)
    return ""


def _now(bench: Bench) -> Review:
    """The document as it stands at this moment, everything measured."""
    return workroom.desk().review(bench.document, bench.level)
