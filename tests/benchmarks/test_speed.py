"""Documents made long."""

import itertools

import pytest

from benchmarks.gold import Gold
from benchmarks.speed import BLOCK, grown

UNITS = [{"ko": [i], "ru": [i] if i != 7 else [], "en": [2 * i, 2 * i + 1]} for i in range(50)]
VERSIONS = {
    "ko": [f"ko {i}" for i in range(50)],
    "ru": [f"ru {i}" for i in range(50)],
    "en": [f"en {i}" for i in range(100)],
}
BOOK = Gold("book", "book", "", VERSIONS, UNITS, {})


@pytest.mark.parametrize("size", [10, 50, 130])
def test_a_document_has_the_size_and_its_gold_covers_it(size):
    made = grown(BOOK, size)
    assert len(made.versions["ko"]) == size
    for version, texts in made.versions.items():
        assert [place for unit in made.units for place in unit[version]] == list(range(len(texts)))


def test_no_line_comes_twice_and_units_keep_their_lines():
    made = grown(BOOK, 130)
    assert all(len(set(texts)) == len(texts) for texts in made.versions.values())
    for unit in made.units:
        ko, en = (made.versions[v][unit[v][0]] for v in ("ko", "en"))
        assert int(en.split()[1]) == 2 * int(ko.split()[1])
        assert ko.split()[2:] == en.split()[2:]


def test_blocks_keep_their_order_inside_and_change_it_among_each_other():
    lines = [int(text.split()[1]) for text in grown(BOOK, 100).versions["ko"]]
    assert sorted(lines[:50]) == sorted(lines[50:]) == list(range(50))
    assert lines[:50] != lines[50:]
    assert sum(b == a + 1 for a, b in itertools.pairwise(lines)) >= 100 - 2 * -(-50 // BLOCK)


def test_the_same_document_comes_out_again():
    assert grown(BOOK, 130) == grown(BOOK, 130)
    assert grown(BOOK, 130).versions["ko"][:60] == grown(BOOK, 60).versions["ko"]
