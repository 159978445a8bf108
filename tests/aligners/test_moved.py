"""Passages that stand elsewhere in one version are linked, and the order of reading stays as it is."""

import pytest

from aligners import align, encoders, moved
from aligners.alignment import Alignment, Span, Unit, check, project
from aligners.costs import measures
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


def test_a_unit_is_loosened_only_where_two_of_its_segments_stand_crosswise():
    encoder = encoders.load()
    around = [(1, 1, 1)] * 5
    for texts, expected in (
        (TEXTS, [(3, 3, 3)]),
        ([TEXTS[0], [*TEXTS[1][:2][::-1], *TEXTS[1][2:]], TEXTS[2]], [(1, 1, 1)] * 3),
    ):
        sides = measures.measure_all([version.body for version in opened(*texts).versions], encoder)
        assert moved.loosen(sides, [(3, 3, 3), *around]) == [expected, *([shape] for shape in around)]


def test_what_a_person_put_together_stays_together():
    document = swapped(2, 1, 5)
    kept = [Unit((Span(i, i + 1),) * 3, 1.0, "manual", "confirmed") for i in (1, 5)]
    alignment = align(document, kept=kept)
    assert [unit for unit in alignment.units if unit.status == "confirmed"] == kept


def test_a_short_line_is_no_moved_passage_by_accident():
    texts = [[*one, tail] for one, tail in zip(TEXTS, ("이상.", "Всё.", "Seen."), strict=True)]
    texts[2] = [texts[2][-1], *texts[2][:-1]]
    assert not any(unit.moved for unit in align(opened(*texts)).units)


def test_a_unit_falls_apart_where_a_stranger_stands():
    stranger, gap = moved.Part(0, (1,), 0.1), moved.Part(2, (0,), None)
    pieces, links = moved.fall_apart([(1, 1), (2, 1), (1, 0)], [(stranger, gap)])
    assert pieces == [[(0, 1), (1, 0)], [(2, 1)], [(1, 0)]]
    assert links == [(0, 3)]


def test_links_follow_a_projection():
    sides = [(1, 0, 1), (1, 1, 1), (0, 0, 1), (0, 1, 0)]
    places = [0, 0, 0]
    units = []
    for shape, linked in zip(sides, [(3,), (), (), (0,)], strict=True):
        units.append(Unit(tuple(Span(p, p + n) for p, n in zip(places, shape, strict=True)), moved=linked))
        places = [p + n for p, n in zip(places, shape, strict=True)]
    seen = project(Alignment(("ko", "ru", "en"), tuple(units), "by hand"), ("ko", "ru"))
    assert [unit.moved for unit in seen.units] == [(2,), (), (0,)]
