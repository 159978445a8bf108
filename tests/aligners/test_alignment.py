"""Spans, units, projection, and the check that nothing is lost."""

import pytest

from aligners.alignment import Alignment, Span, Unit, check, from_kinds, project
from aligners.pairwise import chained
from corpora.errors import AlignmentError

KINDS = [(1, 2, 1), (1, 0, 0), (0, 1, 1), (2, 2, 2)]


def test_kind_and_sidedness():
    alignment = from_kinds(("ko", "ru", "en"), KINDS, "by hand")
    assert [unit.kind for unit in alignment.units] == ["1:2:1", "1:0:0", "0:1:1", "2:2:2"]
    assert [unit.is_one_sided for unit in alignment.units] == [False, True, False, False]


def test_an_absent_side_has_a_place():
    alignment = from_kinds(("ko", "ru", "en"), KINDS, "by hand")
    assert alignment.units[1].sides[1] == Span(2, 2)


def test_projection_keeps_cuts_and_drops_what_is_empty():
    alignment = project(from_kinds(("ko", "ru", "en"), KINDS, "by hand"), ("ru", "en"))
    assert [unit.kind for unit in alignment.units] == ["2:1", "1:1", "2:2"]


@pytest.mark.parametrize(
    ("sides", "message"),
    [
        ([(Span(0, 1), Span(0, 1)), (Span(2, 3), Span(1, 2))], "ko should go on at segment 1"),
        ([(Span(0, 2), Span(0, 1)), (Span(1, 3), Span(1, 2))], "ko should go on at segment 2"),
        ([(Span(0, 2), Span(0, 2))], "ko has 3 segments"),
    ],
)
def test_check_names_what_is_lost(sides, message):
    with pytest.raises(AlignmentError, match=message):
        check(Alignment(("ko", "ru"), tuple(Unit(side) for side in sides), ""), (3, 2))


@pytest.mark.parametrize(
    ("hops", "kinds"),
    [
        ([[(1, 1), (1, 1)], [(1, 1), (1, 1)]], [(1, 1, 1), (1, 1, 1)]),
        ([[(1, 2)], [(1, 1), (1, 1)]], [(1, 2, 2)]),
        ([[(2, 1)], [(1, 1)]], [(2, 1, 1)]),
        # What the middle version leaves out falls apart.
        ([[(1, 1), (1, 0)], [(1, 1), (0, 1)]], [(1, 1, 1), (1, 0, 0), (0, 0, 1)]),
        ([[(0, 1), (1, 1)], [(1, 0), (1, 1)]], [(0, 1, 0), (1, 1, 1)]),
    ],
)
def test_hops_are_chained_by_their_shared_cuts(hops, kinds):
    found = chained([[(shape, 0.5) for shape in hop] for hop in hops])
    assert [shape for shape, _ in found] == kinds
    assert all(confidence == 0.5 for _, confidence in found)
