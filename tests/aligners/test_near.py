"""Versions in one language: what is the same in all of them, or nearly, stands, and the rest is found between."""

import itertools
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligners import align, near
from aligners.alignment import Span, Unit, from_kinds
from corpora import open_document, read_bytes
from tests.aligners.test_kept import CONFIRMED, kinds

STORY = [
    "The harvest of rice in the northern provinces was very good this year.",
    "A new railway bridge over the wide river was opened by the mayor on Monday.",
    "Amen.",
    "The minister of health resigned after the scandal that the newspapers had uncovered.",
    "Heavy snow closed all the schools in the capital for the third day running.",
    "The orchestra will play the late works of Beethoven in the old theatre tonight.",
    "Amen.",
    "Fishermen saw a pod of whales off the coast of Portugal early in the morning.",
    "The price of bread has gone up again, and nobody in the ministry can say why.",
]


def opened(*texts):
    versions = [read_bytes("\n\n".join(text).encode(), "a.txt", "en") for text in texts]
    return open_document([replace(version, id=f"v{number}") for number, version in enumerate(versions)])


def edited(changes, text=STORY):
    """The text with some segments put otherwise; None leaves one out."""
    found = [changes.get(place, segment) for place, segment in enumerate(text)]
    return [segment for segment in found if segment is not None]


def places(*texts, fences=()):
    return [stretch[0] for stretch, _ in near.anchors(opened(*texts).versions, fences)]


EDITS = {
    1: "A new railway bridge over the broad river was opened by the mayor on Monday.",
    4: None,
    7: "FISHERMEN saw a pod of whales — off the coast of Portugal, early in the morning!",
}
MERGED = [*STORY[:7], f"{STORY[7]} {STORY[8]}"]


@pytest.mark.parametrize("method", ["joint", "pairwise"])
def test_edits_an_omission_and_a_merger_align(method):
    other = [*edited(EDITS)[:6], f"{EDITS[7]} {STORY[8]}"]
    found = align(opened(STORY, other), method)
    assert [unit.kind for unit in found.units] == [*["1:1"] * 4, "1:0", *["1:1"] * 2, "2:1"]
    assert {(unit.origin, unit.status) for unit in found.units} == {("automatic", "unconfirmed")}
    assert [found.units[place].confidence for place in (0, 3, 5)] == [near.EXACT] * 3
    assert 0.9 <= found.units[1].confidence < near.EXACT


@pytest.mark.parametrize("method", ["joint", "pairwise"])
def test_three_versions_align(method):
    found = align(opened(STORY, MERGED, edited(EDITS)), method)
    assert [unit.kind for unit in found.units] == [*["1:1:1"] * 4, "1:1:0", *["1:1:1"] * 2, "2:1:2"]


def test_what_is_the_same_in_all_versions_stands_one_to_one():
    assert places(STORY, STORY, STORY) == [(place,) * 3 for place, text in enumerate(STORY) if text != "Amen."]


def test_case_marks_and_blanks_make_no_difference():
    (_, unit), *_ = near.anchors(opened([STORY[7]], [EDITS[7]]).versions)
    assert unit == Unit((Span(0, 1), Span(0, 1)), near.EXACT)


def test_a_repeated_line_is_no_anchor_and_does_not_mislead():
    response = "And all the people who stood there said with one voice: Amen."
    first = [response, *STORY[:2], response, *STORY[3:6], response]
    second = [*STORY[:2], response, *STORY[3:6], response]
    assert places(first, second) == [(place, place - 1) for place in (1, 2, 4, 5, 6)]
    assert [unit.kind for unit in align(opened(first, second)).units] == ["1:0", *["1:1"] * 7]


def test_short_segments_are_no_anchors():
    assert places(["Yes, he said.", STORY[0]], [STORY[0], "Yes, he said."]) == [(1, 0)]
    assert places(["What do you mean by that?"], ["What do you mean by that?"]) == []


LONG = " ".join(text for text in STORY if text != "Amen.")


@pytest.mark.parametrize("neighbour", ["It is so.", "Nobody was at all surprised.", "Indeed!"])
@pytest.mark.parametrize("before", [True, False])
def test_a_match_does_not_swallow_its_neighbour(neighbour, before):
    apart, together = [LONG, neighbour], f"{LONG} {neighbour}"
    if before:
        apart, together = apart[::-1], f"{neighbour} {LONG}"
    assert places(apart, [together]) == []
    assert places([together], apart) == []


def test_a_neighbour_in_other_words_is_not_swallowed_either():
    assert places([LONG, "It was bitterly cold there."], [f"{LONG} And people froze in the streets."]) == []


def test_two_that_are_nearly_the_same_are_no_anchors():
    twin = STORY[1].replace("Monday", "Tuesday")
    other = STORY[1].replace("Monday", "Friday")
    assert places([STORY[1], twin], [other]) == []
    assert places([STORY[1]], [other]) == [(0, 0)]


def test_a_passage_elsewhere_is_passed_over():
    moved = [*STORY[3:6], *STORY[:2], *STORY[7:]]
    assert places(STORY, moved) == [(3, 0), (4, 1), (5, 2), (7, 5), (8, 6)]
    found = align(opened(STORY, moved))
    assert all(unit.confidence == near.EXACT for unit in found.units if unit.kind == "1:1")


@pytest.mark.parametrize(
    ("languages", "found"),
    [
        (("en", "en"), True),
        (("en-GB", "EN-us"), True),
        (("en", "de"), False),
        (("und", "und"), False),
    ],
)
def test_only_versions_in_one_language_have_anchors(languages, found):
    versions = [
        replace(version, language=language)
        for version, language in zip(opened(STORY, STORY).versions, languages, strict=True)
    ]
    assert bool(near.anchors(versions)) == found


def test_no_anchor_takes_from_a_fence_or_crosses_it():
    assert places(STORY, STORY, fences=[((1, 0), (2, 1)), ((5, 5), (5, 5))]) == [
        (place, place) for place in (3, 4, 5, 7, 8)
    ]
    assert places(STORY, STORY, fences=[((4, 5), (4, 5))]) == [(place, place) for place in (0, 1, 3, 5, 7, 8)]


def test_set_aside_segments_are_not_counted_but_stand_in_the_spans():
    document = opened(STORY, [STORY[0], "[handwritten note: seen]", *STORY[1:]])
    assert places(STORY, [STORY[0], "[handwritten note: seen]", *STORY[1:]])[1] == (1, 1)
    found = align(document)
    assert [unit.kind for unit in found.units] == ["1:1", "0:1", *["1:1"] * 8]
    assert found.units[2].sides == (Span(1, 2), Span(2, 3))


def test_no_unit_crosses_a_cut_in_an_anchor():
    found = align(opened(STORY, STORY), cuts=[(4, 5)])
    assert not any(unit.sides == (Span(4, 5), Span(4, 5)) for unit in found.units)
    assert any(tuple(side.stop for side in unit.sides) == (4, 5) for unit in found.units)


DOCUMENT = opened(STORY[3:8], [*edited(EDITS)[3:5], *STORY[6:9]], STORY[3:8])


@pytest.mark.parametrize("method", ["joint", "pairwise"])
@settings(max_examples=15)
@given(data=st.data())
def test_kept_units_are_kept_exactly(method, data):
    whole = from_kinds(("v0", "v1", "v2"), data.draw(kinds(5)), "by chance")
    chosen = data.draw(st.lists(st.booleans(), min_size=len(whole.units), max_size=len(whole.units)))
    kept = [replace(unit, **CONFIRMED) for unit, take in zip(whole.units, chosen, strict=True) if take]
    found = align(DOCUMENT, method, kept=kept)
    assert [replace(unit, moved=()) for unit in found.units if unit.status == "confirmed"] == kept


@settings(max_examples=50)
@given(data=st.data())
def test_anchors_rise_in_every_version(data):
    order = st.lists(st.sampled_from([*STORY, *EDITS.values()]).map(lambda text: text or "Amen."), min_size=1)
    found = places(*(data.draw(order) for _ in range(data.draw(st.integers(2, 3)))))
    assert all(all(a < b for a, b in zip(one, two, strict=True)) for one, two in itertools.pairwise(found))


def test_a_long_document_takes_no_square_of_its_length():
    words = [f"word{number}" for number in range(4000)]
    text = ["So " + " ".join(words[(k * 7 + j * 11 + k * j) % 4000] for j in range(20)) + "." for k in range(4000)]
    other = [text.replace(text.split()[5], "otherwise") for text in text]
    versions = opened(text, other).versions
    assert len(versions[0].body) == 4000
    begin = time.perf_counter()
    found = near.anchors(versions)
    assert time.perf_counter() - begin < 10
    assert len(found) > 3000
    assert all(stretch[0][0] == stretch[0][1] for stretch, _ in found)
