"""Aligning a run of units anew: the machine's own units come back, and nothing is lost whatever the run is."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligners.alignment import Alignment, Span, from_kinds
from corpora import example, open_document
from corpora.document import Document
from corpora.errors import ConflictError, StoreError
from reviews import corrections, find
from reviews.bench import Bench
from reviews.desk import Command, Desk
from reviews.operation import Operation
from reviews.realignment import realigned
from reviews.storage.store import Store
from reviews.work import Row, Work
from tests.conftest import notice
from tests.reviews.test_corrections import alignment, assert_whole, works

DOCUMENT = open_document(notice())


def in_pieces(seed: int):
    """An aligner that cuts a document anywhere."""

    def align(document: Document) -> Alignment:
        chance = random.Random(seed)
        left = [len(version.segments) for version in document.versions]
        kinds = []
        while any(left):
            kind = [chance.randint(0, min(2, rest)) for rest in left]
            if any(kind):
                kinds.append(kind)
                left = [rest - taken for rest, taken in zip(left, kind, strict=True)]
        return from_kinds([version.id for version in document.versions], kinds, "by chance")

    return align


def held(work: Work) -> list[list[int]]:
    return [[i for row in work.rows for i in row.sides[place].indexes] for place in range(len(work.versions))]


def done(work: Work, first: str, last: str, units: object) -> corrections.Outcome:
    values = {"first": first, "last": last, "units": units}
    return corrections.apply(work, Operation(7, "realign", work.level, corrections.wished(work, "realign", values)))


@settings(deadline=None)
@given(st.data(), st.integers(0, 99))
def test_every_segment_of_the_run_stands_in_one_unit_and_no_other_one_does(data, seed):
    work = data.draw(works())
    if not work.rows:
        return
    places = st.integers(0, len(work.rows) - 1)
    first, last = sorted((data.draw(places), data.draw(places)))
    ids = work.rows[first].id, work.rows[last].id
    run = replace(work, rows=work.rows[first : last + 1])
    if sum(map(bool, held(run))) < 2:
        with pytest.raises(StoreError, match="Only one version"):
            realigned(work, *ids, in_pieces(seed))
        return
    units = realigned(work, *ids, in_pieces(seed))
    after = done(work, *ids, units).work
    assert_whole(after)
    assert held(after) == held(work)
    assert after.rows[:first] == work.rows[:first]
    assert after.rows[len(after.rows) - (len(work.rows) - last - 1) :] == work.rows[last + 1 :]
    # Cut the same way again, nothing happens, and every unit keeps its name.
    if last - first == len(work.rows) - 1:
        again = done(after, after.rows[0].id, after.rows[-1].id, units).work
        assert [row.id for row in again.rows] == [row.id for row in after.rows]


def desk() -> tuple[Desk, str]:
    """A desk with the 1955 chain."""
    made = Desk(Store("sqlite://"), find)
    return made, made.store.add(example.versions(), "The chain")


def shapes(bench: Bench) -> list[tuple[Span, ...]]:
    return [unit.sides for unit in alignment(bench.work).units]


@pytest.mark.parametrize("level", ["paragraph", "sentence"])
def test_units_broken_by_hand_come_back_and_undo_breaks_them_again(level):
    work_desk, id = desk()
    bench = work_desk.bench(id, level)
    own, names = shapes(bench), [row.id for row in bench.work.rows]
    numbers = iter(range(1, 99))

    def act(kind, **values):
        command = Command(next(numbers), kind, values, bench.revision)
        (receipt,) = work_desk.act(id, level, [command], run="run", author="")
        assert receipt.done, receipt.said

    filled = [row for row in bench.work.rows if all(map(len, row.sides))]
    for row, other in ((filled[3], filled[5]), (filled[9], filled[8])):
        version = bench.work.versions[2]
        segment = version.segments[row.sides[2].stop - 1]
        act("move", version="en", segment=segment.index, start=segment.start, unit=other.id)
    act("merge", unit=filled[6].id, **{"with": "below"})
    broken, broken_names = shapes(bench), [row.id for row in bench.work.rows]
    assert broken != own

    first, last = bench.work.rows[1].id, bench.work.rows[-2].id
    act("realign", first=first, last=last, units=realigned(bench.work, first, last))
    assert shapes(bench) == own
    # The units that nobody had touched keep their names.
    touched = {id for ids in bench.touched.values() for id in ids}
    kept = [row.id for row in bench.work.rows if row in bench.start.rows]
    assert kept == [name for name in names if name not in touched]
    assert len(kept) < len(names)
    assert all(row.origin == "automatic" for row in bench.work.rows)

    act("undo")
    assert shapes(bench) == broken
    assert [row.id for row in bench.work.rows] == broken_names


def rows(*sides: tuple[tuple[int, int], ...], status: str = "unconfirmed") -> Work:
    return Work(
        DOCUMENT, "paragraph", tuple(Row(f"u{n}", tuple(Span(*one) for one in side)) for n, side in enumerate(sides, 1))
    )


WORK = rows(((0, 2), (0, 2), (0, 2)), ((2, 3), (2, 2), (2, 3)), ((3, 4), (2, 3), (3, 4)))


def test_a_confirmed_unit_is_not_aligned_anew():
    confirmed = replace(WORK, rows=(WORK.rows[0], replace(WORK.rows[1], status="confirmed"), WORK.rows[2]))
    with pytest.raises(StoreError, match=r"Unit 2 is confirmed"):
        realigned(confirmed, "u1", "u3")
    units = realigned(WORK, "u1", "u3")
    with pytest.raises(StoreError, match=r"Unit 2 is confirmed"):
        done(confirmed, "u1", "u3", units)


def test_a_range_runs_forward_and_two_versions_have_text_in_it():
    with pytest.raises(StoreError, match="stands before"):
        realigned(WORK, "u3", "u1")
    with pytest.raises(StoreError, match="Only one version"):
        realigned(rows(((0, 2), (0, 0), (0, 0))), "u1", "u1")


def test_a_version_without_text_in_the_range_stays_without():
    units = realigned(rows(((0, 2), (0, 0), (0, 2)), ((2, 3), (0, 1), (2, 3))), "u1", "u1")
    assert [unit["sides"] for unit in units] == [[[0, 1], [0, 0], [0, 1]], [[1, 2], [0, 0], [1, 2]]]


def test_what_others_moved_meanwhile_is_not_lost():
    units = realigned(WORK, "u1", "u2")
    moved = rows(((0, 2), (0, 2), (0, 2)), ((2, 3), (2, 2), (2, 2)), ((3, 4), (2, 3), (2, 4)))
    with pytest.raises(ConflictError, match="other segments"):
        done(moved, "u1", "u2", units)


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ([], "other segments"),
        (None, "incomplete"),
        ([{}], "incomplete"),
        ([{"sides": [[0, 2], [0, 2], [0, 2]]}], "incomplete"),
        ([{"sides": [[0, 2], [0, 2]], "confidence": 1}], "one side for each version"),
        ([{"sides": [["0", 2], [0, 2], [0, 2]], "confidence": 1}], "one side for each version"),
        ([{"sides": [[0, 2, 1], [0, 2], [0, 2]], "confidence": 1}], "incomplete"),
        ([{"sides": [[2, 0], [0, 2], [0, 2]], "confidence": 1}], "runs backward"),
        ([{"sides": [[0, 2], [0, 2], [0, 1]], "confidence": 1}], "other segments"),
        ([{"sides": [[0, 2], [0, 2], [0, 3]], "confidence": 1}], "other segments"),
        ([{"sides": [[0, 2], [0, 2], [0, 2]], "confidence": 1.5}], "between 0 and 1"),
        ([{"sides": [[0, 2], [0, 2], [0, 2]], "confidence": "1"}], "between 0 and 1"),
        ([{"sides": [[0, 2], [0, 2], [0, 2]], "confidence": 1, "moved": [1]}], "linked with none"),
        (
            [
                {"sides": [[1, 2], [0, 2], [0, 2]], "confidence": 1},
                {"sides": [[0, 1], [0, 0], [0, 0]], "confidence": 1},
            ],
            "other segments",
        ),
    ],
)
def test_units_of_a_wrong_shape_are_refused(units, said):
    with pytest.raises(StoreError, match=said):
        done(WORK, "u1", "u1", units)


def test_apparatus_that_a_unit_holds_stays_and_what_is_set_aside_is_not_taken_in():
    english = DOCUMENT.versions[2]
    kinds = {1: "apparatus", 3: "apparatus"}
    segments = tuple(replace(one, kind=kinds.get(one.index, one.kind)) for one in english.segments)
    document = replace(DOCUMENT, versions=(*DOCUMENT.versions[:2], replace(english, segments=segments)))
    work = Work(
        document,
        "paragraph",
        (
            Row("u1", (Span(0, 1), Span(0, 1), Span(0, 3))),
            Row("u2", (Span(1, 4), Span(1, 3), Span(4, 6))),
        ),
    )

    def all_in_one(part: Document) -> Alignment:
        return from_kinds(
            [one.id for one in part.versions], [[len(one.segments) for one in part.versions]], "all in one"
        )

    units = realigned(work, "u1", "u2", all_in_one)
    assert [unit["sides"] for unit in units] == [[[0, 4], [0, 3], [0, 3]], [[0, 0], [0, 0], [4, 6]]]
    after = done(work, "u1", "u2", units).work
    assert_whole(after)
    assert after.holder("en", 3) is None


def test_links_follow_the_units_that_take_others_places():
    linked = replace(
        WORK,
        rows=(replace(WORK.rows[0], moved=("u3",)), WORK.rows[1], replace(WORK.rows[2], moved=("u1",))),
    )
    units = [
        {"sides": [[0, 1], [0, 2], [0, 1]], "confidence": 0.5},
        {"sides": [[1, 3], [2, 2], [1, 3]], "confidence": 0.5, "moved": [0]},
    ]
    after = done(linked, "u1", "u2", units).work
    assert [(row.id, row.moved) for row in after.rows] == [
        ("n7.0", ("n7.1", "u3")),
        ("n7.1", ("n7.0",)),
        ("u3", ("n7.0",)),
    ]
