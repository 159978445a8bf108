"""Alignments that come with the texts: kept in order, taken apart and linked where they are not."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligners import align
from aligners import given as given_units
from corpora import open_document
from corpora.building import Builder
from corpora.contents import File
from corpora.document import Document, Version

LANGUAGES = ("ko", "ru", "en")
WORDS = {
    "ko": "우리는 {}번 공장을 복구하였다.",
    "ru": "Мы восстановили завод номер {}.",
    "en": "We rebuilt plant number {}.",
}


def version(language: str, groups: list[int | None], confirmed: set[int] = frozenset()) -> Version:
    built = Builder()
    for number, group in enumerate(groups):
        text = WORDS[language].format(100 + (number if group is None else group))
        built.add(text, "paragraph", group=group, confirmed=group in confirmed)
    return built.version(File(f"{language}.txt", b""), language=language)


def document(*groups: list[int | None], confirmed: set[int] = frozenset()) -> Document:
    return open_document([version(*one, confirmed) for one in zip(LANGUAGES, groups, strict=False)])


def kinds(found: Document) -> list[str]:
    return [unit.kind for unit in given_units.units(found)[0]]


@pytest.mark.parametrize(
    ("groups", "wanted", "links"),
    [
        (([1, 2], [1, 2]), ["1:1", "1:1"], []),
        (([1, 1, 2], [1, 2, 2]), ["2:1", "1:2"], []),
        (([1, 2], [2]), ["1:0", "1:1"], []),
        (([1, 2], [1, 2], [1, 2]), ["1:1:1", "1:1:1"], []),
        (([1], [2], [1, 2]), ["1:0:1", "0:1:1"], []),
        # A passage at the end of the Russian goes its own way, and the rest stays whole.
        (([1, 2, 3, 4], [2, 3, 4, 1]), ["1:0", "1:1", "1:1", "1:1", "0:1"], [(0, 4)]),
        # What was made from the Russian goes with it.
        (([1, 2, 3], [2, 3, 1], [2, 3, 1]), ["1:0:0", "1:1:1", "1:1:1", "0:1:1"], [(0, 3)]),
        # The two halves of a Russian group lie apart.
        (([1, 2], [1, 2, 1]), ["1:1", "1:1", "0:1"], [(0, 2)]),
        # A ring of three: no order holds them all.
        (([1, 2], [2, 3], [3, 1]), None, None),
    ],
)
def test_groups_become_units_in_reading_order(groups, wanted, links):
    found, linked = given_units.units(document(*groups))
    if wanted is not None:
        assert [unit.kind for unit in found] == wanted
        assert linked == links
    for side, of_side in enumerate(groups):
        spans = [unit.sides[side] for unit in found]
        assert [index for span in spans for index in span.indexes] == list(range(len(of_side)))


def test_what_a_person_confirmed_stays_confirmed_and_the_rest_does_not():
    found, _ = given_units.units(document([1, 2], [1, 2], confirmed={2}))
    assert [(unit.origin, unit.status) for unit in found] == [("given", "unconfirmed"), ("given", "confirmed")]


def test_the_alignment_keeps_what_was_given_and_finds_the_rest():
    # Given against the numbers in the texts; the second paragraphs belong to no group.
    found = document([1, None, 3], [1, None, 3])
    kept, links = given_units.units(found)
    units = align(found, kept=kept, links=links).units
    assert [(unit.kind, unit.origin) for unit in units] == [("1:1", "given"), ("1:1", "automatic"), ("1:1", "given")]


def test_links_between_kept_units_stand_in_the_alignment():
    found = document([1, 2, 3], [2, 3, 1])
    kept, links = given_units.units(found)
    units = align(found, kept=kept, links=links).units
    assert [unit.kind for unit in units] == ["1:0", "1:1", "1:1", "0:1"]
    assert (units[0].moved, units[3].moved) == ((3,), (0,))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 6)), min_size=1, max_size=8), min_size=2, max_size=3))
def test_whatever_is_given_every_grouped_segment_stands_in_one_unit_and_no_version_goes_back(groups):
    found = document(*groups)
    units, links = given_units.units(found)
    for side, of_side in enumerate(groups):
        indexes = [index for unit in units for index in unit.sides[side].indexes]
        assert indexes == [index for index, group in enumerate(of_side) if group is not None]
        places = [place for unit in units for place in (unit.sides[side].start, unit.sides[side].stop)]
        assert places == sorted(places)
    # All segments of a group are found from one another.
    of_group: dict[int, set[int]] = {}
    for place, unit in enumerate(units):
        held = {groups[side][index] for side, span in enumerate(unit.sides) for index in span.indexes}
        assert len(held) == 1
        of_group.setdefault(held.pop(), set()).add(place)
    assert {frozenset(pair) for pair in links} == {
        frozenset((a, b)) for places in of_group.values() for a in places for b in places if a < b
    }


def test_front_matter_between_the_parts_of_a_group_parts_them():
    plain = version("ko", [1, 1, 1])
    blocks = (plain.blocks[0], replace(plain.blocks[1], kind="apparatus", group=None), plain.blocks[2])
    found = open_document([replace(plain, blocks=blocks), version("ru", [1])])
    assert kinds(found) == ["1:1", "1:0"]
