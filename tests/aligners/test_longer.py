"""Units with more segments than the search has shapes for."""

import itertools

import pytest

from aligners import align
from aligners.alignment import check
from tests.aligners.test_kept import opened
from tests.aligners.test_moved import TEXTS

ADDED = "Киты спят стоя под самой поверхностью моря."


def one_against(start, stop, *wholes):
    """The eight texts in three versions; in those named, the texts `start:stop` are one."""
    texts = [list(version) for version in TEXTS]
    for version in wholes:
        texts[version][start:stop] = [" ".join(texts[version][start:stop])]
    return texts


def kinds(*texts):
    alignment = align(opened(*texts))
    check(alignment, [len(version) for version in texts])
    return [unit.kind for unit in alignment.units]


@pytest.mark.parametrize(("start", "stop"), [(0, 6), (1, 7), (2, 8), (0, 8), (1, 5)])
@pytest.mark.parametrize("wholes", [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2)])
def test_one_against_many_is_one_unit(start, stop, wholes):
    sizes = [1 if version in wholes else stop - start for version in range(3)]
    kind = ":".join(map(str, sizes))
    assert kinds(*one_against(start, stop, *wholes)) == [*["1:1:1"] * start, kind, *["1:1:1"] * (8 - stop)]


@pytest.mark.parametrize(("start", "stop"), [(0, 6), (2, 8), (0, 8)])
@pytest.mark.parametrize("whole", [0, 1])
def test_one_against_many_in_two_versions(start, stop, whole):
    texts = one_against(start, stop, whole)[:2]
    kind = f"1:{stop - start}" if whole == 0 else f"{stop - start}:1"
    assert kinds(*texts) == [*["1:1"] * start, kind, *["1:1"] * (8 - stop)]


@pytest.mark.parametrize("place", [1, 7])
def test_what_stands_beside_a_long_unit_and_tells_something_else_stays_alone(place):
    texts = one_against(1, 7, 0)[:2]
    texts[1].insert(place, ADDED)
    alone = ["0:1", "1:6"] if place == 1 else ["1:6", "0:1"]
    assert kinds(*texts) == ["1:1", *alone, "1:1"]


def test_a_long_unit_is_not_surer_than_what_was_found_of_it():
    alignment = align(opened(*one_against(1, 7, 2)))
    (long,) = [unit for unit in alignment.units if len(unit.sides[0]) == 6]
    assert 0 < long.confidence < 1


def test_what_a_text_says_again_elsewhere_does_not_take_a_long_unit_apart():
    parts = []
    for year in range(1951, 1955):
        texts = one_against(1, 8, 2)
        for version, sign in enumerate(("년", " год.", ".")):
            texts[version][0] += f" {year}{sign}"
        parts.append(texts)
    texts = [list(itertools.chain.from_iterable(part[version] for part in parts)) for version in range(3)]
    assert kinds(*texts) == ["1:1:1", "7:7:1"] * 4
