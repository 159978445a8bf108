"""Reviews with everything people may have said, for tests of formats: notes over any words, statuses, moved units, verdicts."""

from dataclasses import replace

from hypothesis import strategies as st

import aligners
import divergence
from corpora.document import Document
from reviews import Review
from reviews.notes.anchor import anchor
from reviews.notes.note import Note, Reply
from reviews.work import Verdict
from tests.strategies import documents

WHEN = "2026-11-26T12:00:00+00:00"
SAID = st.one_of(
    st.sampled_from(["Why so?", "Почему <так>?", "왜 & 그런가?", "first\nsecond", "50 % of $5 {a} _b_ #c ~d ^e \\f"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).filter(str.strip),
)


def reviews(level: str = "paragraph", *, scored: bool = False) -> st.SearchStrategy[Review]:
    """A small document, aligned without a model, with what people might have said of it; measured where asked for."""
    return documents(4, level).flatmap(lambda document: said(document, level, scored))


@st.composite
def said(draw: st.DrawFn, document: Document, level: str, scored: bool) -> Review:
    """The document aligned, with notes, statuses, origins, verdicts and moved units drawn at will."""
    alignment = aligners.align(document, "diagonal")
    units = list(alignment.units)
    free = [number for number, unit in enumerate(units) if unit.origin != "set aside"]
    for number in free:
        status = draw(st.sampled_from(["unconfirmed", "confirmed", "needs discussion"]))
        origin = draw(st.sampled_from(["automatic", "manual", "given"]))
        units[number] = replace(units[number], status=status, origin=origin, confidence=draw(st.floats(0, 1)))
    if len(free) > 1 and draw(st.booleans()):
        one, other = free[0], free[-1]
        units[one], units[other] = replace(units[one], moved=(other,)), replace(units[other], moved=(one,))
    alignment = replace(alignment, units=tuple(units))
    ids = tuple(f"id{number}" for number in range(len(units)))
    divergences = divergence.score(document, alignment) if scored else ()
    verdicts = tuple(
        Verdict(level, ids[one.unit], one.hop, issue.kind, (), "shift", "Kim", WHEN)
        for one in divergences[:3]
        for issue in one.issues[:1]
    )
    return Review(
        document, level, alignment, divergences, ids, notes=tuple(draw(st.lists(notes(document), max_size=3))),
        verdicts=verdicts, bookmarks=frozenset(ids[:1]),
    )  # fmt: skip


@st.composite
def notes(draw: st.DrawFn, document: Document) -> Note:
    """A note on any characters of some versions."""
    places = []
    for version in draw(st.lists(st.sampled_from(document.versions), min_size=1, max_size=3)):
        start = draw(st.integers(0, len(version.text) - 1))
        stop = draw(st.integers(start + 1, min(len(version.text), start + 40)))
        found = anchor(version.id, version.text, start, stop)
        places.append(replace(found, gone=draw(st.booleans()) and draw(st.booleans())))
    return Note(
        id=f"n{draw(st.integers(0, 10**6))}",
        anchors=tuple(places),
        hop=draw(st.sampled_from(["", *(hop.id for hop in document.comparisons)])),
        categories=draw(
            st.sampled_from([{}, {"mqm": "accuracy"}, {"vinay-darbelnet": "calque"}, {"own set": "1 & 2"}])
        ),
        severity=draw(st.sampled_from(["", "major"])),
        body=draw(SAID),
        alternatives=tuple(draw(st.lists(st.sampled_from(["one", "another {way}"]), max_size=2, unique=True))),
        evidence=draw(st.sampled_from(["", "page 3\nline 2"])),
        certainty=draw(st.sampled_from(["", "certain", "likely", "possible"])),
        state=draw(st.sampled_from(["open", "settled", "withdrawn"])),
        author=draw(st.sampled_from(["", "Kim", "Ковалёв & Co."])),
        created=draw(st.sampled_from(["", WHEN])),
        replies=tuple(
            draw(
                st.lists(st.builds(Reply, st.sampled_from(["", "Lee"]), st.sampled_from(["", WHEN]), SAID), max_size=2)
            )
        ),
    )
