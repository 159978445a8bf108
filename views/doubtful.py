"""The page of doubtful units: what to look at first, why, and a place to say what it is."""

from collections.abc import Mapping

import streamlit as st

from corpora.document import Document
from divergence import TITLES
from reviews.doubt import Doubt, doubtful
from views import acting, state
from views.labels import BY_OTHERS, percent, plain, signed
from views.summaries import words
from views.summaries.queue import GROUNDS, WITHOUT_ISSUE, Asked, Entry, chosen, entry, progress

# Entries shown at once, so that a document of a thousand units is turned over quickly.
SIZE = 20
LEAD = (
    "What the machine is least sure of, and what can be checked against the paper first: numbers, names, negation, what is "
    "missing or added; within each ground in the order of the text. A unit is decided once all its issues are, or it is "
    "confirmed. What is said here stands at this level, of paragraphs or sentences."
)
# What is heard from a third version may make an issue of a hop whose own words do not show it.
UNSEEN = (
    "no words of these two versions show it by themselves; it follows from what the other versions of this unit say."
)
VERDICTS = {"shift": "Shift", "error": "Error", "dismissed": "Dismiss"}
SAID = VERDICTS | {"dismissed": "Dismissed"}


def show() -> None:
    """Shows the page."""
    bench = acting.bench()
    acting.header(bench, LEAD)
    with bench.lock:
        review, revision = bench.review(), bench.revision
        queue = doubtful(review)
    if not queue:
        st.info("Nothing in this document is doubtful, as far as the machine can tell.", icon=":material/check:")
        return
    names = words.hop_names(review.document)
    found, key = _filtered(queue, names)
    called = words.numbers(review)
    shown = acting.paged(found, SIZE, key)
    acting.refusal_elsewhere([one.unit for one in shown])
    if not found:
        st.caption("No unit of this kind is left here.")
    acting.pager(len(found), SIZE, key, where="above")
    for one in shown:
        _entry(entry(bench, review, one, called[one.unit]), review.document, names, revision)
    acting.pager(len(found), SIZE, key, where="below")


def _filtered(queue: tuple[Doubt, ...], names: Mapping[str, str]) -> tuple[list[Doubt], str]:
    """Those of the queue that are asked for, and a name for the choice."""
    done = sum(one.is_done for one in queue)
    st.progress(done / len(queue), text=f"{done} of {len(queue)} decided")
    bar = st.container(horizontal=True, vertical_alignment="bottom", key="doubtful-filters")
    counts = {"open": len(queue) - done, "decided": done}
    by_kind = progress(queue)
    with bar:
        which = st.segmented_control(
            "Show", list(counts), format_func=lambda one: f"{one.capitalize()} ({counts[one]})", default="open",
            required=True, key="doubtful-which", persist_state="session",
        )  # fmt: skip
        kinds = st.pills(
            "Ground (units decided of all)", list(by_kind), selection_mode="multi", key="doubtful-kinds",
            persist_state="session",
            format_func=lambda kind: f"{GROUNDS[kind]} {by_kind[kind][0]}/{by_kind[kind][1]}" if kind in by_kind else kind,
        )  # fmt: skip
        hops = [hop for hop in names if any(one.hop == hop for one in queue)]
        hop = st.selectbox(
            "Hop", ["", *hops], format_func=lambda hop: names.get(hop, "all hops"), key="doubtful-hop", width=260,
            persist_state="session",
        )  # fmt: skip
    decided = which == "decided"
    found = chosen(queue, decided=decided, kinds=kinds, hops=[hop] if hop else ())
    return found, f"doubtful-{which}-{'+'.join(sorted(kinds))}-{hop}"


def _entry(one: Entry, document: Document, names: Mapping[str, str], revision: int) -> None:
    """A doubtful unit: why it is one, and what can be said of it."""
    unit = one.doubt.unit
    with st.container(border=True, gap="xsmall", key=f"doubt-{unit}"):
        st.markdown(f"**Unit {one.number}** · {plain(_facts(one, names))}")
        for place, asked in enumerate(one.asked):
            _issue(asked, one, document, names, revision, key=f"{unit}-{place}")
        if one.doubt.kind in WITHOUT_ISSUE:
            hop = f", {names[one.doubt.hop]}" if one.doubt.hop else ""
            st.markdown(f"**{GROUNDS[one.doubt.kind]}**{plain(hop)}: {WITHOUT_ISSUE[one.doubt.kind]}")
            acting.quotes(one.sides, document, f"{unit}-side")
        acting.refusal(unit)
        with st.container(horizontal=True, vertical_alignment="center"):
            _confirm(one, revision)
            acting.read_in_context(unit, f"read-{unit}")
            if one.doubt.is_done:
                st.caption(plain(f"Decided: {signed(*one.decided)}" if one.decided else "Decided"))


def _facts(one: Entry, names: Mapping[str, str]) -> str:
    """Kind, state, confidence and percentiles of a unit in one line."""
    unit = one.unit
    sure = BY_OTHERS.get(unit.origin) or f"confidence {percent(unit.confidence)}"
    far = [f"{score.percentile} at {names[hop].partition(',')[0]}" for hop, score in one.scores.items()]
    return " · ".join([unit.kind, unit.status, sure, *([f"percentile {', '.join(far)}"] if far else [])])


def _issue(asked: Asked, one: Entry, document: Document, names: Mapping[str, str], revision: int, *, key: str) -> None:
    """An issue with its reasons, and the three things that can be said of it."""
    kind, hop = asked.issue.kind, names[asked.hop]
    told = words.told(document, asked.issue.reasons)
    st.markdown(
        f"**{TITLES[kind]}**, {plain(hop)}, strength {asked.issue.strength:.2f}: "
        + (" ".join(plain(sentence) for sentence, _ in told) or UNSEEN)
    )
    quotes = [quote for _, found in told for quote in found]
    # The side that no word of is pointed at, such as the one that lacks a number, is shown as it is.
    step = next(each for each in document.comparisons if each.id == asked.hop)
    silent = {step.source, step.target} - {quote.version for quote in quotes}
    acting.quotes([*quotes, *(side for side in one.sides if side.version in silent)], document, key)
    verdict = asked.verdict.verdict if asked.verdict else None
    # Under another key after every verdict: the choice shown is what is stored, whoever chose it.
    widget = f"verdict-{key}-{verdict or 'open'}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            f"Your verdict on {kind} at {hop}, unit {one.number}", list(VERDICTS), format_func=VERDICTS.__getitem__,
            default=verdict, key=widget, label_visibility="collapsed", on_change=_judge,
            args=(one.doubt.unit, asked.hop, kind, widget, verdict, revision),
        )  # fmt: skip
        if asked.verdict:
            st.caption(plain(f"{SAID[asked.verdict.verdict]}: {signed(asked.verdict.author, asked.verdict.created)}"))


def _judge(unit: str, hop: str, kind: str, widget: str, before: str | None, seen: int) -> None:
    values = {"unit": unit, "hop": hop, "issue": kind, "verdict": state.value(widget) or ""}
    if not acting.act("verdict", values, seen=seen, about=unit):
        state.put(widget, before)


def _confirm(one: Entry, revision: int) -> None:
    confirmed = one.unit.status == "confirmed"
    values = {"units": [one.doubt.unit], "status": "unconfirmed" if confirmed else "confirmed"}
    st.button(
        "Confirmed: take back" if confirmed else "Confirm", key=f"confirm-{one.doubt.unit}", on_click=acting.act,
        args=("confirm", values), kwargs={"seen": revision, "about": one.doubt.unit},
        help=None if confirmed else "These segments belong together, and there is nothing to say against the unit.",
    )  # fmt: skip
