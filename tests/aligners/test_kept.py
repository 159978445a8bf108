"""Units that a person confirmed are kept exactly, and the rest is aligned between them."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligners import ALIGNERS, align
from aligners.alignment import Span, Unit, from_kinds
from corpora import open_document, read_bytes
from corpora.errors import AlignmentError
from tests.aligners.test_methods import ENGLISH, KOREAN, RUSSIAN

SHAPES = [shape for shape in itertools.product(range(3), repeat=3) if any(shape)]


@st.composite
def kinds(draw, count):
    """Units over three versions of so many segments each, of any shape."""
    left = [count] * 3
    found = []
    for shape in draw(st.lists(st.sampled_from(SHAPES), max_size=6)):
        if all(size <= rest for size, rest in zip(shape, left, strict=True)):
            found.append(shape)
            left = [a - b for a, b in zip(left, shape, strict=True)]
    return [*found, tuple(left)] if any(left) else found


def opened(*texts):
    names = ("ko", "ru", "en")
    return open_document(
        [read_bytes("\n\n".join(t).encode(), f"{n}.txt", n) for n, t in zip(names, texts, strict=False)]
    )


DOCUMENT = opened(KOREAN, RUSSIAN, ENGLISH)
CONFIRMED = {"origin": "manual", "status": "confirmed"}


def test_what_is_kept_stands_and_the_rest_is_found_around_it():
    wrong = Unit((Span(1, 2), Span(1, 3), Span(1, 2)), 1.0, **CONFIRMED)
    found = align(DOCUMENT, kept=[wrong])
    assert wrong in found.units
    assert found.units[0].kind == "1:1:1"
    assert found.units[-1].sides == (Span(4, 5), Span(4, 5), Span(4, 5))


def test_a_range_is_aligned_anew_and_the_rest_is_as_before():
    before = align(DOCUMENT, "diagonal")
    kept = [unit for place, unit in enumerate(before.units) if place not in (1, 2)]
    found = align(DOCUMENT, kept=kept)
    assert [unit for unit in found.units if unit.confidence == 0.0] == kept
    assert [unit.kind for unit in found.units] == ["1:1:1"] * 5


def test_keeping_everything_changes_nothing():
    before = align(DOCUMENT)
    assert align(DOCUMENT, kept=before.units).units == before.units


def test_what_was_set_aside_is_set_aside_again():
    english = [ENGLISH[0], "[handwritten note: seen]", *ENGLISH[1:]]
    document = opened(KOREAN, RUSSIAN, english)
    before = align(document)
    found = align(document, kept=before.units[:3])
    assert [(unit.sides, unit.origin) for unit in found.units] == [(unit.sides, unit.origin) for unit in before.units]


@pytest.mark.parametrize("method", ALIGNERS)
@settings(max_examples=15)
@given(data=st.data())
def test_kept_units_are_never_broken(method, data):
    whole = from_kinds(("ko", "ru", "en"), data.draw(kinds(5)), "by chance")
    chosen = data.draw(st.lists(st.booleans(), min_size=len(whole.units), max_size=len(whole.units)))
    kept = [replace(unit, **CONFIRMED) for unit, take in zip(whole.units, chosen, strict=True) if take]
    found = align(DOCUMENT, method, kept=kept)
    # A link to a passage elsewhere is the machine's word on it and is found anew.
    assert [replace(unit, moved=()) for unit in found.units if unit.status == "confirmed"] == kept


@pytest.mark.parametrize(
    "kept",
    [
        [Unit((Span(2, 3), Span(2, 3), Span(2, 3))), Unit((Span(1, 2), Span(3, 4), Span(3, 4)))],
        [Unit((Span(0, 1), Span(0, 1), Span(0, 1))), Unit((Span(0, 2), Span(1, 2), Span(1, 2)))],
        [Unit((Span(4, 6), Span(4, 5), Span(4, 5)))],
    ],
)
def test_units_that_cannot_be_kept_are_told(kept):
    with pytest.raises(AlignmentError, match="kept"):
        align(DOCUMENT, kept=kept)
