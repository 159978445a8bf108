"""Laws of the operations: whatever is done in whatever order, nothing is lost and nothing stands twice."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligners.alignment import Alignment, Span, check
from corpora import open_document
from corpora.errors import ConflictError, WorkbenchError
from corpora.segmenters.paragraphs import repaired
from reviews import corrections
from reviews.corrections.text import pieces_of
from reviews.notes.anchor import anchor
from reviews.notes.note import Note
from reviews.operation import Operation
from reviews.work import Row, Work, woven
from tests.conftest import notice

DOCUMENT = open_document(notice())
SENTENCES = open_document(notice(), "sentence")


@st.composite
def works(draw: st.DrawFn, level: str = "paragraph") -> Work:
    """The notice with its units cut anywhere; what is between two units of a version is set aside."""
    document = DOCUMENT if level == "paragraph" else SENTENCES
    count = draw(st.integers(2, 6))
    sides = []
    for version in document.versions:
        size = len(version.segments)
        places = sorted(draw(st.lists(st.integers(0, size), min_size=2 * count, max_size=2 * count)))
        sides.append([Span(*pair) for pair in zip(places[::2], places[1::2], strict=True)])
    rows = [tuple(side[number] for side in sides) for number in range(count)]
    kept = [row for row in rows if any(map(len, row))]
    return Work(document, level, tuple(Row(f"u{number}", row) for number, row in enumerate(kept, 1)))


@st.composite
def wishes(draw: st.DrawFn, work: Work) -> tuple[str, dict[str, object]]:
    """Something a page may ask for, possible or not."""
    unit = st.sampled_from([row.id for row in work.rows] or ["u1"])
    version = draw(st.sampled_from(work.versions))
    segment = draw(st.sampled_from(version.segments))
    place = {"version": version.id, "segment": segment.index, "start": segment.start}
    return draw(
        st.one_of(
            st.builds(lambda u, w: ("merge", {"unit": u, "with": w}), unit, st.sampled_from(["above", "below"])),
            st.builds(lambda u: ("move", {**place, "unit": u}), unit),
            st.builds(lambda alone: ("split", {"cuts": [place], "alone": alone}), st.booleans()),
            st.builds(lambda u, o: ("link", {"unit": u, "other": o}), unit, unit),
            st.builds(lambda u, o: ("unlink", {"unit": u, "other": o}), unit, unit),
            st.builds(lambda u: ("confirm", {"units": [u], "status": "confirmed"}), unit),
            st.builds(lambda u, on: ("bookmark", {"unit": u, "on": on}), unit, st.booleans()),
            st.builds(lambda o: ("cut", {**place, "offset": o}), st.integers(0, len(segment.text))),
            st.just(("join", place)),
            st.builds(
                lambda a, b, new: ("edit", {**place, "text": segment.text[: min(a, b)] + new + segment.text[max(a, b) :]}),
                st.integers(0, len(segment.text)), st.integers(0, len(segment.text)),
                st.sampled_from(["", " ", "word", "새 말", "слово и слово", "\n", "é😀"]),
            ),
        )
    )  # fmt: skip


@st.composite
def recut(draw: st.DrawFn, work: Work) -> tuple[str, dict[str, object]]:
    """A run of units cut anew at any places of the segments between its ends, some of which it may not hold."""
    places = st.integers(0, max(0, len(work.rows) - 1))
    first, last = sorted((draw(places), draw(places)))
    count = draw(st.integers(1, 4))
    sides = []
    for place in range(len(work.versions)):
        kept = [index for row in work.rows[first : last + 1] for index in row.sides[place].indexes]
        cuts = sorted(draw(st.integers(0, len(kept))) for _ in range(count - 1))
        parts = [kept[a:b] for a, b in zip([0, *cuts], [*cuts, len(kept)], strict=True)]
        sides.append([[part[0], part[-1] + 1] if part else [0, 0] for part in parts])
    units = [{"sides": [side[number] for side in sides], "confidence": 0.5} for number in range(count)]
    filled = [unit for unit in units if any(start < stop for start, stop in unit["sides"])]
    ids = [row.id for row in work.rows] or ["u1"]
    return "realign", {"first": ids[min(first, len(ids) - 1)], "last": ids[min(last, len(ids) - 1)], "units": filled}


@st.composite
def acts(draw: st.DrawFn, work: Work) -> tuple[str, dict[str, object]]:
    """Something a page may ask for, of the units and texts or of what is known of a version."""
    if draw(st.integers(0, 4)):
        return draw(st.one_of(wishes(work), recut(work)))
    ids = [version.id for version in work.versions]
    fields = {
        "title": draw(st.sampled_from(["", "A title", "제목"])), "source": draw(st.sampled_from([None, *ids])),
    }  # fmt: skip
    return "describe", {"version": draw(st.sampled_from(ids)), "fields": fields}


def done(work: Work, kind: str, wish: dict[str, object], id: int = 1) -> corrections.Outcome:
    return corrections.apply(work, Operation(id, kind, work.level, corrections.wished(work, kind, wish)))


def alignment(work: Work) -> Alignment:
    return Alignment(tuple(version.id for version in work.versions), tuple(woven(work)[1]), "by hand")


def aligned(work: Work) -> set[tuple[int, int]]:
    """The segments that stand in some unit, by place of the version and index."""
    return {(place, index) for row in work.rows for place, side in enumerate(row.sides) for index in side.indexes}


def assert_whole(work: Work) -> None:
    check(alignment(work), [len(version.segments) for version in work.versions])
    assert len({row.id for row in work.rows}) == len(work.rows)
    known = {row.id for row in work.rows}
    assert work.bookmarks <= known
    for row in work.rows:
        assert any(map(len, row.sides))
        assert row.id not in row.moved
        assert set(row.moved) <= known
    for version in work.versions:
        reached = 0
        for index, segment in enumerate(version.segments):
            assert segment.index == index
            assert reached <= segment.start < segment.stop <= len(version.text)
            assert segment.text.strip()
            assert segment.text == repaired(version.text, segment.start, segment.stop, version.repairs)
            reached = segment.stop


@settings(deadline=None)
@given(st.data(), st.sampled_from(["paragraph", "sentence"]))
def test_every_segment_stands_in_exactly_one_unit_whatever_is_done(data, level):
    work = data.draw(works(level))
    for id in range(1, data.draw(st.integers(1, 8)) + 1):
        kind, wish = data.draw(acts(work))
        letters = [version.text for version in work.versions]
        try:
            after = done(work, kind, wish, id).work
        except WorkbenchError:
            continue
        assert_whole(after)
        if kind != "edit":
            assert [version.text for version in after.versions] == letters
        if kind == "describe":
            assert [version.segments for version in after.versions] == [version.segments for version in work.versions]
            for version in after.versions:  # the versions still form a tree
                assert after.document.version(after.document.chain(version.id)[0]).source is None
        if kind not in ("edit", "cut", "join", "describe"):
            assert after.document == work.document
            assert aligned(work) <= aligned(after)
        for row in work.rows:  # whoever asks for a unit that was, gets one
            after.row(row.id)
        work = after


@settings(deadline=None)
@given(st.data())
def test_replay_repeats(data):
    first = work = data.draw(works())
    operations = []
    for id in range(1, 6):
        kind, wish = data.draw(acts(work))
        try:
            operation = Operation(id, kind, work.level, corrections.wished(work, kind, wish))
            work = corrections.apply(work, operation).work
        except WorkbenchError:
            continue
        operations.append(operation)
    assert corrections.replay(first, operations) == work


@settings(deadline=None)
@given(st.data())
def test_merge_undoes_split(data):
    work = data.draw(works())
    kind, wish = data.draw(wishes(work).filter(lambda one: one[0] == "split"))
    wish = {**wish, "alone": True}
    try:
        outcome = done(work, kind, wish)
    except WorkbenchError:
        return
    upper, made = outcome.touched
    back = done(outcome.work, "merge", {"unit": made, "with": "above"}, 2).work
    assert [unit.sides for unit in alignment(back).units] == [unit.sides for unit in alignment(work).units]
    assert back.row(made).id == upper


@settings(deadline=None)
@given(st.data())
def test_an_edit_makes_the_segment_read_as_wished_and_no_other(data):
    work = data.draw(works())
    kind, wish = data.draw(wishes(work).filter(lambda one: one[0] == "edit"))
    try:
        after = done(work, kind, wish).work
    except WorkbenchError:
        return
    old, new = work.document.version(wish["version"]), after.document.version(wish["version"])
    assert " ".join(new.segments[wish["segment"]].text.split()) == " ".join(wish["text"].split())
    assert [one.text for one in old.segments if one.index != wish["segment"]] == [
        one.text for one in new.segments if one.index != wish["segment"]
    ]


@settings(deadline=None)
@given(st.data())
def test_an_edit_elsewhere_leaves_a_note_on_its_words(data):
    work = data.draw(works())
    kind, wish = data.draw(wishes(work).filter(lambda one: one[0] == "edit"))
    version = work.document.version(wish["version"])
    other = data.draw(st.sampled_from([one for one in version.segments if one.index != wish["segment"]]))
    work = replace(work, notes={"n": Note("n", (anchor(version.id, version.text, other.start, other.stop),))})
    try:
        after = done(work, kind, wish).work
    except WorkbenchError:
        return
    (kept,) = after.notes["n"].anchors
    assert not kept.gone
    assert after.document.version(version.id).text[kept.start : kept.stop] == version.text[other.start : other.stop]


def test_an_edit_reaches_the_other_level():
    sentences = Work(SENTENCES, "sentence", ())
    paragraphs = Work(DOCUMENT, "paragraph", ())
    segment = next(one for one in DOCUMENT.versions[2].segments if "grain harvest" in one.text)
    wish = {
        "version": "en", "segment": segment.index, "start": segment.start,
        "text": segment.text.replace("grain harvest", "crop"),
    }  # fmt: skip
    operation = Operation(1, "edit", "paragraph", corrections.wished(paragraphs, "edit", wish))
    for work in (paragraphs, sentences):
        after = corrections.apply(work, operation).work
        assert_whole(after)
        (changed,) = (one for one in after.versions[2].segments if "crop of 1954" in one.text)
        assert changed.text.count(". ") == (0 if work is sentences else segment.text.count(". "))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("reviving", "restoring", "“reviving” became “restoring”"),
        ("reviving ", "", "“reviving” taken out"),
        ("reviving", "slowly reviving", "“slowly” put in"),
    ],
)
def test_an_edit_tells_the_words_it_changed(old: str, new: str, told: str):
    work = Work(DOCUMENT, "paragraph", ())
    segment = next(one for one in DOCUMENT.versions[2].segments if old in one.text)
    wish = {
        "version": "en", "segment": segment.index, "start": segment.start, "text": segment.text.replace(old, new),
    }  # fmt: skip
    operation = Operation(1, "edit", "paragraph", corrections.wished(work, "edit", wish))
    assert corrections.apply(work, operation).said.endswith(told)


def test_a_text_that_changed_meanwhile_is_not_edited():
    work = Work(DOCUMENT, "paragraph", ())
    segment = DOCUMENT.versions[2].segments[1]
    wish = {"version": "en", "segment": segment.index, "start": segment.start + 1, "text": "x"}
    with pytest.raises(ConflictError, match="changed meanwhile"):
        corrections.wished(work, "edit", wish)


def test_only_the_words_that_differ_are_replaced():
    version = DOCUMENT.versions[2]
    segment = version.segments[1]
    pieces = pieces_of(version, segment, segment.text.replace("reviving", "restoring"))
    assert [(version.text[start:stop], text) for start, stop, text in pieces] == [("reviving", "restoring")]
