"""The reading page: versions side by side, with what changed between them."""

import bisect
from typing import Any

import streamlit as st

from corpora.document import Document, Version
from corpora.errors import ExportError
from corpora.segmenters.paragraphs import repaired
from divergence import TITLES, attribute
from divergence.highlights import MARKED
from divergence.score import Divergence
from exports import EXPORTERS, check, to_bytes
from exports.rows import linked_ids, mark, unit_ids
from reviews import Review
from views import state
from views.labels import file_stem, language_name, plain, role, said
from views.reader import reader
from views.shelf import shelf

LEVELS = {"paragraph": "Paragraphs", "sentence": "Sentences"}
# What the words without counterpart are called among the metrics.
UNANSWERED = "unanswered"
# What the toolbar and the navigation above the reader take of the window.
HEIGHT = "calc(100vh - 8rem)"


def show() -> None:
    """Shows the page."""
    bar = st.container(horizontal=True, vertical_alignment="center", key="toolbar")
    with bar:
        heading = st.empty()
        level = st.segmented_control(
            "Level", LEVELS, format_func=LEVELS.__getitem__, default=state.setting("level", "paragraph"),
            required=True, label_visibility="collapsed", key="level",
        )  # fmt: skip
        apparatus = st.toggle(
            "Apparatus", value=bool(state.setting("apparatus", False)), key="apparatus",
            help="Show front matter, cover letter, stamps, notes and signatures; they are kept but not aligned.",
        )  # fmt: skip
    level, before = level or "paragraph", str(state.setting("level", "paragraph"))
    state.keep("apparatus", apparatus)
    review = _review(level)
    if level != before and (unit := state.selected()):
        state.select(same_place(unit, shelf().get(state.versions(), before), review))
    # Only now: when a run is overtaken before this, the next one still knows that the level changed.
    state.keep("level", level)
    if level != before or state.has_turned():
        state.ask_for_selected()
    warning = f":orange[{plain(review.doubt)}] " if review.doubt else ""
    heading.markdown(f"{warning}**{plain(review.document.title)}**", help=review.doubt or None)
    with bar:
        _downloads(review)
    _reader({**shelf().beside(review, page_data), "apparatus": apparatus, "selected": state.asked()})


@st.fragment(key="reading")  # type: ignore[untyped-decorator]
def _reader(data: dict[str, Any]) -> None:
    """The reader. As a fragment it answers a selection alone, with the data it was given, which is not sent again.

    Streamlit knows a fragment by its place on the page: every run must write the same number of elements before it.
    """
    reader(data, key="reader", height=HEIGHT, on_select=lambda: state.select(state.value("reader").selected))


def _review(level: str) -> Review:
    """The review of the session's versions, with a progress bar while it is being made."""
    place = st.empty()

    def progress(share: float, step: str) -> None:
        place.progress(share, text=step)

    try:
        return shelf().get(state.versions(), level, progress)
    finally:
        place.empty()


def _downloads(review: Review) -> None:
    with st.popover("Download", key="downloads"):
        st.caption("Every unit, also those without counterpart, with scores and reasons.")
        # Streamlit makes a file when its button is pressed, outside the page: an error there would be swallowed.
        told = shelf().beside(review, problems)
        for suffix in EXPORTERS:
            name = f"{file_stem(review.document.title)}-{review.level}{suffix}"
            st.download_button(
                suffix[1:].upper(), lambda s=suffix: to_bytes(review, s), file_name=name, key=f"download-{suffix[1:]}",
                on_click="ignore", width="stretch", disabled=suffix in told,
            )  # fmt: skip
            if suffix in told:
                st.caption(plain(told[suffix]))


def problems(review: Review) -> dict[str, str]:
    """Why the review does not go into a file, by suffix; formats that can be written are not in it."""
    told = {}
    for suffix in EXPORTERS:
        try:
            check(review, suffix)
        except ExportError as error:
            told[suffix] = str(error)
    return told


def same_place(unit: str, old: Review, new: Review) -> str | None:
    """The unit of a review that holds the beginning of a unit of another review of the same texts."""
    old_ids, new_ids = unit_ids(old.alignment), unit_ids(new.alignment)
    if unit not in old_ids:
        return None
    for id, side in zip(old.alignment.versions, old.alignment.units[old_ids.index(unit)].sides, strict=True):
        if not len(side):
            continue
        start = old.document.version(id).segments[side.start].start
        segments, place = new.document.version(id).segments, new.alignment.versions.index(id)
        for number, other in zip(new_ids, new.alignment.units, strict=True):
            if any(segments[index].stop > start for index in other.sides[place].indexes):
                return number
    return None


def page_data(review: Review) -> dict[str, Any]:
    """The review as the reader component takes it; offsets count UTF-16 units of a segment's text."""
    document = review.document
    return {
        "level": review.level,
        "versions": [_version(document, version) for version in document.versions],
        "hops": [
            {"id": hop.id, "source": hop.source, "target": hop.target, "kind": kind, "label": label}
            for hop, (kind, label) in zip(document.comparisons, _labels(document), strict=True)
        ],
        "metrics": TITLES | {UNANSWERED: "Words without counterpart"},
        "units": [_unit(review, number, id) for number, id in enumerate(unit_ids(review.alignment))],
    }


def _labels(document: Document) -> list[tuple[str, str]]:
    """What each comparison is, and is called: a numbered step, the whole way, or texts with no step between them."""
    steps = {hop: ("step", f"hop {number}") for number, hop in enumerate(document.hops, 1)}
    alone = {version.id for version in document.versions if version.source is None}
    beside, whole = ("beside", "beside"), ("whole", "end to end")
    return [steps.get(hop, beside if hop.target in alone else whole) for hop in document.comparisons]


def _version(document: Document, version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "language": version.language,
        "name": language_name(version),
        "role": role(document, version),
        "title": version.title,
        "by": said(version, "translators"),
        "date": version.date if _says_once(version) else said(version, "date"),
        "status": version.status,
        "placeholder": version.is_placeholder,
        "mark": mark(version),
        "how_known": version.how_known,
    }


def _says_once(version: Version) -> bool:
    """True where the paper that names the translators gave the date too: beside each other, one word on it is enough."""
    said_by = version.metadata.get("translators_said_by")
    return bool(said_by) and said_by == version.metadata.get("date_said_by")


def _unit(review: Review, number: int, id: str) -> dict[str, Any]:
    unit = review.alignment.units[number]
    sides = dict(zip(review.alignment.versions, unit.sides, strict=True))
    return {
        "id": id,
        "number": id if unit.origin == "set aside" else int(id[1:]),
        "kind": unit.kind,
        "confidence": round(unit.confidence, 3),
        "origin": unit.origin,
        "status": unit.status,
        "apparatus": unit.origin == "set aside",
        "moved": linked_ids(review.alignment, unit),
        "sides": {
            version: [_segment(review.document.version(version), index) for index in side.indexes]
            for version, side in sides.items()
        },
        "hops": {hop: _hop(review.document, one) for hop, one in review.divergence(number).items()},
        "brought": _brought(review, number),
    }


def _brought(review: Review, number: int) -> str:
    """Which step brought the unit's strongest issue in, as a sentence; "" where there is none."""
    told = attribute(review.document, review.divergence(number))
    return "" if told.hop == "none" else told.statement


def _segment(version: Version, index: int) -> dict[str, Any]:
    segment = version.segments[index]
    opens = segment.kind == "paragraph" and (not index or version.segments[index - 1].paragraph != segment.paragraph)
    return {"segment": segment.index, "kind": segment.kind, "text": segment.text, "opens": opens}


def _hop(document: Document, one: Divergence) -> dict[str, Any]:
    return {
        "divergence": round(one.value, 3),
        "percentile": one.percentile,
        "metrics": {name: round(score.value, 3) for name, score in one.metrics.items()},
        "reasons": [
            {"metric": name, "version": reason.version, "text": reason.text, **place}
            for name, score in one.metrics.items()
            for reason in score.reasons
            if (place := _place(document.version(reason.version), reason.start, reason.stop))
        ]
        + [
            {"metric": UNANSWERED, "version": mark.version, "text": mark.text, **place}
            for mark in one.highlights
            if mark.strength >= MARKED
            if (place := _place(document.version(mark.version), mark.start, mark.stop))
        ],
    }


def _place(version: Version, start: int, stop: int) -> dict[str, int]:
    """The segment that holds these characters, and their place in its text in UTF-16 units."""
    place = bisect.bisect_right(version.segments, start, key=lambda segment: segment.start) - 1
    if place < 0 or stop > version.segments[place].stop:
        return {}
    segment = version.segments[place]
    first = _utf16(repaired(version.text, segment.start, start, version.repairs))
    inside = _utf16(repaired(version.text, start, stop, version.repairs))
    return {"segment": segment.index, "start": first, "stop": first + inside}


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
