"""Passages that stand elsewhere in one version are linked, and the order of reading stays as it is."""

import dataclasses
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligners import align, encoders
from aligners.alignment import Alignment, Span, Unit, check, project
from aligners.costs import measures
from aligners.moved.aligned import Aligned
from aligners.moved.gaps import left_apart
from aligners.moved.reordered import rearranged
from corpora.document import Segment
from tests.aligners.test_kept import opened
from tests.aligners.test_methods import ENGLISH, KOREAN, RUSSIAN

MORE = (
    [
        "농민들은 봄에 벌써 새 관개 수로를 팠다.",
        "도서관은 전쟁 중에 불탄 책들을 다시 사들였다.",
        "어부들은 폭풍 때문에 사흘 동안 바다에 나가지 못하였다.",
    ],
    [
        "Весной крестьяне уже вырыли новый оросительный канал.",
        "Библиотека снова закупила книги, сгоревшие во время войны.",
        "Из-за шторма рыбаки три дня не могли выйти в море.",
    ],
    [
        "In spring the farmers had already dug a new irrigation canal.",
        "The library bought again the books that had burnt during the war.",
        "The fishermen could not put to sea for three days because of the storm.",
    ],
)
TEXTS = [[*first, *more] for first, more in zip((KOREAN, RUSSIAN, ENGLISH), MORE, strict=True)]


def swapped(version, a, b):
    """The eight paragraphs in three versions, two of them in each other's place in one version."""
    texts = [list(one) for one in TEXTS]
    texts[version][a], texts[version][b] = texts[version][b], texts[version][a]
    return opened(*texts)


def test_faithful_versions_have_no_moved_passage():
    assert not any(unit.moved for unit in align(opened(*TEXTS)).units)


@pytest.mark.parametrize("version", [0, 1, 2])
@pytest.mark.parametrize(("a", "b"), [(1, 5), (0, 7)])
def test_two_swapped_paragraphs_are_linked_with_their_places(version, a, b):
    document = swapped(version, a, b)
    alignment = align(document)
    check(alignment, [8, 8, 8])
    others = [place for place in range(3) if place != version]
    for here, there in ((a, b), (b, a)):
        (unit,) = [u for u in alignment.units if Span(here, here + 1) == u.sides[others[0]]]
        (link,) = unit.moved
        assert alignment.units[link].sides[version] == Span(there, there + 1)
        assert alignment.units.index(unit) in alignment.units[link].moved
    rest = [u for u in alignment.units if u.kind == "1:1:1"]
    assert len(rest) == 6


@pytest.mark.parametrize("version", [0, 1, 2])
@pytest.mark.parametrize(("a", "b"), [(0, 2), (3, 5), (5, 7)])
def test_what_stands_between_two_near_ones_is_aligned_as_without_them(version, a, b):
    alignment = align(swapped(version, a, b))
    check(alignment, [8, 8, 8])
    assert Unit((Span(a + 1, a + 2),) * 3).sides in [unit.sides for unit in alignment.units]
    assert sum(bool(unit.moved) for unit in alignment.units) == 4


def test_a_passage_taken_elsewhere_alone_is_linked():
    texts = [list(one) for one in TEXTS]
    texts[2].insert(6, texts[2].pop(1))
    alignment = align(opened(*texts))
    (place,) = [n for n, unit in enumerate(alignment.units) if unit.sides[2] == Span(6, 7)]
    (link,) = alignment.units[place].moved
    assert alignment.units[link].sides[:2] == (Span(1, 2), Span(1, 2))
    assert [unit.kind for unit in alignment.units].count("1:1:1") == 7


def test_passages_of_two_sizes_change_places():
    texts = [list(one) for one in TEXTS]
    texts[1] = [*texts[1][:1], texts[1][6], *texts[1][3:6], *texts[1][1:3], texts[1][7]]
    alignment = align(opened(*texts))
    linked = {
        (unit.sides[0].start, alignment.units[link].sides[1].start)
        for unit in alignment.units
        for link in unit.moved
        if len(unit.sides[0])
    }
    assert linked == {(1, 5), (2, 6), (6, 1)}
    assert [unit.kind for unit in alignment.units].count("1:1:1") == 5


@pytest.mark.parametrize("method", ["joint", "pairwise"])
def test_two_versions_suffice(method):
    texts = [list(one) for one in TEXTS[:2]]
    texts[1][1], texts[1][5] = texts[1][5], texts[1][1]
    alignment = align(opened(*texts), method)
    assert sum(bool(unit.moved) for unit in alignment.units) == 4
    assert [unit.kind for unit in alignment.units].count("1:1") == 6


def test_nothing_crosses_a_cut():
    cut = (4, 4, 4)
    alignment = align(swapped(2, 1, 3), cuts=[cut])
    check(alignment, [8, 8, 8])
    ends = {tuple(side.stop for side in unit.sides) for unit in alignment.units}
    assert cut in ends
    assert sum(bool(unit.moved) for unit in alignment.units) == 4


@pytest.mark.parametrize("method", ["joint", "pairwise"])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_in_any_disorder_every_segment_stands_once_and_links_go_both_ways(method, data):
    texts = [data.draw(st.permutations(one)) for one in TEXTS]
    cuts = data.draw(st.sampled_from([[], [(4, 4, 4)], [(2, 3, 2), (6, 6, 5)]]))
    kept = data.draw(st.sampled_from([[], [Unit((Span(2, 3), Span(3, 4), Span(2, 3)), status="confirmed")]]))
    alignment = align(opened(*texts), method, cuts=cuts, kept=kept)
    check(alignment, [8, 8, 8])
    ends = {tuple(side.stop for side in unit.sides) for unit in alignment.units}
    assert ends.issuperset(cuts)
    assert [replace(unit, moved=()) for unit in alignment.units if unit.status == "confirmed"] == kept
    for place, unit in enumerate(alignment.units):
        for link in unit.moved:
            assert place in alignment.units[link].moved
            assert not any(len(a) and len(b) for a, b in zip(unit.sides, alignment.units[link].sides, strict=True))


def measured(texts):
    """The measures of one version, a segment a text."""
    segments = [Segment(place, place, "paragraph", 0, len(text), text) for place, text in enumerate(texts)]
    return measures.measure(segments, encoders.load())


def test_a_rearranged_version_is_measured_as_the_text_in_that_order():
    order = [0, 1, 5, 6, 3, 4, 2, 7]
    side, new = measured(TEXTS[2]), measured([TEXTS[2][place] for place in order])
    found = rearranged(side, order)
    beside = np.diff(order) == 1
    assert found.joinable.tolist() == beside.tolist()
    assert np.allclose(found.vectors[0], new.vectors[0], atol=1e-5)
    assert np.allclose(found.vectors[1][beside], new.vectors[1][beside], atol=1e-5)
    assert not found.vectors[1][~beside].any()
    for field in dataclasses.fields(side):
        mine, wanted = getattr(found, field.name), getattr(new, field.name)
        if isinstance(wanted, measures.Parts):
            assert np.allclose(mine.vectors, wanted.vectors, atol=1e-4)
            assert mine.segment.tolist() == wanted.segment.tolist()
        elif field.name not in ("vectors", "joinable", "names"):
            assert np.array_equal(mine, wanted), field.name


def test_a_version_in_its_own_order_stays_as_it_is():
    side = measured(TEXTS[0])
    found = rearranged(side, range(8))
    assert all(np.array_equal(a, b) for a, b in zip(found.vectors, side.vectors, strict=True))
    assert len(rearranged(side, [])) == 0


def test_kept_units_that_lack_one_anothers_passage_are_linked():
    before = align(swapped(2, 1, 5))
    after = align(swapped(2, 1, 5), kept=before.units)
    assert [unit.moved for unit in after.units] == [unit.moved for unit in before.units]


def test_only_what_cannot_be_tried_is_linked_without_a_search():
    shapes = [(0, 0, 1), (1, 1, 0), *[(1, 1, 1)] * 7]
    sides = [measured(texts) for texts in TEXTS]
    for fixed, expected in ((True, [(0, 1)]), (False, [])):
        units = Aligned(sides, shapes, [1.0] * 9, [fixed, *[False] * 8])
        assert left_apart(units, []) == expected
        assert left_apart(units, [(1, 4)]) == []
    shapes = [(0, 0, 1, 1), (1, 1, 0, 0), *[(1, 1, 1, 1)] * 7]
    assert left_apart(Aligned([*sides, sides[2]], shapes, [1.0] * 9, [False] * 9), []) == [(0, 1)]


def test_what_a_person_put_together_stays_together():
    document = swapped(2, 1, 5)
    kept = [Unit((Span(i, i + 1),) * 3, 1.0, "manual", "confirmed") for i in (1, 5)]
    alignment = align(document, kept=kept)
    assert [unit for unit in alignment.units if unit.status == "confirmed"] == kept


def test_a_short_line_is_no_moved_passage_by_accident():
    texts = [[*one, tail] for one, tail in zip(TEXTS, ("이상.", "Всё.", "Seen."), strict=True)]
    texts[2] = [texts[2][-1], *texts[2][:-1]]
    assert not any(unit.moved for unit in align(opened(*texts)).units)


def test_links_follow_a_projection():
    sides = [(1, 0, 1), (1, 1, 1), (0, 0, 1), (0, 1, 0)]
    places = [0, 0, 0]
    units = []
    for shape, linked in zip(sides, [(3,), (), (), (0,)], strict=True):
        units.append(Unit(tuple(Span(p, p + n) for p, n in zip(places, shape, strict=True)), moved=linked))
        places = [p + n for p, n in zip(places, shape, strict=True)]
    seen = project(Alignment(("ko", "ru", "en"), tuple(units), "by hand"), ("ko", "ru"))
    assert [unit.moved for unit in seen.units] == [(2,), (), (0,)]


@pytest.mark.parametrize("version", [0, 1, 2])
def test_a_swap_is_found_where_the_text_says_the_same_again(version):
    parts = [[[f"{text} {year}" for text in one] for one in TEXTS] for year in (1953, 1954, 1955)]
    swap = parts[1][version]
    swap[1], swap[4] = swap[4], swap[1]
    alignment = align(opened(*([*a, *b, *c] for a, b, c in zip(*parts, strict=True))))
    check(alignment, [24, 24, 24])
    links = {(unit.sides, alignment.units[link].sides) for unit in alignment.units for link in unit.moved}
    others = [place for place in range(3) if place != version]
    for here, there in ((9, 12), (12, 9)):
        assert any(
            one[others[0]] == one[others[1]] == Span(here, here + 1) and other[version] == Span(there, there + 1)
            for one, other in links
        )
