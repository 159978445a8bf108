"""Sentences are aligned inside paragraphs wherever the paragraphs' alignment is sure."""

import itertools

from aligners import align
from aligners.alignment import from_kinds
from aligners.levels import sure_cuts
from corpora import example, open_document
from reviews import prepare
from tests.aligners.test_kept import opened
from tests.aligners.test_methods import ENGLISH, KOREAN, RUSSIAN

GROUPS = [(0, 2), (2, 5)]


def grouped(texts):
    return [" ".join(texts[a:b]) for a, b in GROUPS]


def test_a_sure_border_between_paragraphs_is_a_cut_between_sentences():
    paragraphs = opened(*map(grouped, (KOREAN, RUSSIAN, ENGLISH)))
    sentences = open_document(paragraphs.versions, "sentence")
    sure = align(paragraphs)
    assert sure_cuts(paragraphs, sure, sentences) == [(2, 2, 2)]
    unsure = from_kinds(("ko", "ru", "en"), [(1, 1, 1), (1, 1, 1)], "by hand")
    doubted = type(unsure)(unsure.versions, tuple(_doubted(unit) for unit in unsure.units), "by hand")
    assert sure_cuts(paragraphs, doubted, sentences) == []


def _doubted(unit):
    return type(unit)(unit.sides, 0.5)


def test_no_sentence_unit_of_the_example_crosses_a_sure_paragraph_unit():
    versions = example.versions()
    paragraphs, sentences = open_document(versions, "paragraph"), open_document(versions, "sentence")
    cuts = sure_cuts(paragraphs, align(paragraphs), sentences)
    assert len(cuts) > 15
    units = [unit for unit in align(sentences, cuts=cuts).units if unit.origin != "set aside"]
    shapes = [tuple(map(len, unit.sides)) for unit in units]
    ends = set(itertools.accumulate(shapes, lambda a, b: tuple(x + y for x, y in zip(a, b, strict=True))))
    assert set(cuts) <= ends


def test_known_paragraphs_give_the_same_sentences(example_review):
    versions = example.versions()
    given = prepare(versions, level="sentence", paragraphs=example_review)
    assert given.alignment == prepare(versions, level="sentence").alignment


def test_cuts_hold_where_the_aligner_would_not_cut():
    document = opened(KOREAN, RUSSIAN, ENGLISH)
    found = align(document, cuts=[(2, 1, 2)])
    shapes = [tuple(map(len, unit.sides)) for unit in found.units]
    assert (2, 1, 2) in itertools.accumulate(shapes, lambda a, b: tuple(x + y for x, y in zip(a, b, strict=True)))
