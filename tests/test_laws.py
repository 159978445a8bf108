"""The laws that hold of every text, every method and every metric."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import corpora
from aligners import ALIGNERS, align
from aligners.alignment import Alignment
from corpora import example as chain
from corpora.document import Document, Version
from corpora.errors import SegmentationError, WorkbenchError
from corpora.segmenters import paragraphs
from corpora.segmenters.paragraphs import repaired, unrepaired
from divergence import score
from tests.strategies import CUTS, SENTENCES, documents, versions, wrapped

FEW = settings(max_examples=12)
any_version = st.sampled_from(["ko", "ru", "en"]).flatmap(versions)


def cut(version: Version, level: str) -> Version:
    try:
        return corpora.segment(version, level)
    except SegmentationError:
        assume(False)
        raise


@pytest.mark.parametrize("level", corpora.LEVELS)
@settings(max_examples=60)
@given(version=any_version)
def test_1_segments_slice_back_to_the_text_up_to_recorded_repairs(level, version):
    found = cut(version, level)
    for segment in found.segments:
        assert repaired(found.text, segment.start, segment.stop, found.repairs) == segment.text
    inside = [r for r in found.repairs if any(s.start <= r.start and r.stop <= s.stop for s in found.segments)]
    assert level != "paragraph" or tuple(inside) == found.repairs


@pytest.mark.parametrize("level", corpora.LEVELS)
@pytest.mark.parametrize("place", range(3), ids=["ko", "ru", "en"])
def test_1_holds_of_the_example(level, place):
    version = corpora.segment(chain.versions()[place], level)
    for segment in version.segments:
        assert repaired(version.text, segment.start, segment.stop, version.repairs) == segment.text


@settings(max_examples=60)
@given(version=any_version)
def test_1_without_repair_of_page_breaks_segments_are_slices_but_for_line_breaks(version):
    found = paragraphs.segment(version, repair=False)
    assert {repair.kind for repair in found.repairs} <= {"line break"}
    for segment in found.segments:
        piece = found.text[segment.start : segment.stop]
        assert " ".join(segment.text.split()) == " ".join(piece.split())
        if "\n" not in piece:
            assert segment.text == piece


@pytest.mark.parametrize("language", ["ru", "en"])
def test_1_repair_joins_what_no_repair_leaves_apart(language):
    text = "\n\n".join(["A.", *CUTS[language], SENTENCES[language][0]])
    version = corpora.read_bytes(text.encode(), f"{language}.txt")
    joined, apart = paragraphs.segment(version), paragraphs.segment(version, repair=False)
    assert [repair.kind for repair in joined.repairs] == ["page break"]
    assert not apart.repairs
    assert len(apart.segments) == len(joined.segments) + 1
    assert " ".join(CUTS[language]) in [segment.text for segment in joined.segments]


@pytest.mark.parametrize("level", ["paragraph", "sentence"])
@settings(max_examples=60)
@given(version=any_version, data=st.data())
def test_1_every_place_in_a_segment_leads_back_to_its_characters(level, version, data):
    found = cut(version, level)
    segment = data.draw(st.sampled_from(found.segments))
    start = data.draw(st.integers(0, len(segment.text) - 1))
    stop = data.draw(st.integers(start + 1, len(segment.text)))
    first, last = unrepaired(segment, start, stop, found.repairs)
    assert segment.start <= first <= last <= segment.stop
    quoted, wanted = found.text[first:last], segment.text[start:stop]
    assert re.sub(r"\s", "", quoted) == re.sub(r"\s", "", wanted)


@settings(max_examples=60)
@given(data=st.data(), code=st.sampled_from(["ko", "ru", "en"]))
def test_1_places_in_a_wrapped_paragraph_read_as_what_they_came_from(code, data):
    # A text without a blank line would be cut at every line end.
    text = f"{SENTENCES[code][0]}\n\n{data.draw(wrapped(code))}"
    version = corpora.read_bytes(text.encode(), f"{code}.txt", code)
    for level in ("paragraph", "sentence"):
        found = corpora.segment(version, level)
        for segment in found.segments:
            for word in re.finditer(r"\S+(?: \S+)?", segment.text):
                start, stop = unrepaired(segment, *word.span(), found.repairs)
                assert repaired(found.text, start, stop, found.repairs) == word.group()


def holds(alignment: Alignment, document: Document) -> None:
    """Laws 2 and 3: every segment in exactly one unit, and the units in reading order."""
    for place, version in enumerate(document.versions):
        taken = [index for unit in alignment.units for index in unit.sides[place].indexes]
        assert taken == list(range(len(version.segments)))
    for unit in alignment.units:
        assert any(len(side) for side in unit.sides)


@pytest.mark.parametrize("method", ALIGNERS)
@FEW
@given(document=documents(4))
def test_2_and_3_every_segment_is_in_exactly_one_unit_in_reading_order(method, document):
    alignment = align(document, method)
    assert alignment.versions == tuple(version.id for version in document.versions)
    holds(alignment, document)


@pytest.mark.parametrize("method", ALIGNERS)
@pytest.mark.parametrize("level", ["sentence", "line"])
def test_2_and_3_hold_of_the_notice_at_every_level(method, level, document):
    finer = corpora.open_document(document.versions, level)
    holds(align(finer, method), finer)


@pytest.mark.parametrize("method", ALIGNERS)
def test_what_is_set_aside_stands_alone(method):
    note = "[handwritten note]"
    texts = {
        "ko": f"{SENTENCES['ko'][0]}\n\n{note}\n\n{SENTENCES['ko'][1]}\n\n{SENTENCES['ko'][2]}",
        "en": f"{SENTENCES['en'][0]} {SENTENCES['en'][1]} {SENTENCES['en'][1]}\n\n{SENTENCES['en'][2]}",
    }
    document = corpora.open_document([corpora.read_bytes(text.encode(), f"{id}.txt", id) for id, text in texts.items()])
    for unit in align(document, method).units:
        kinds = {
            version.segments[index].is_body
            for version, side in zip(document.versions, unit.sides, strict=True)
            for index in side.indexes
        }
        assert kinds == {unit.origin != "set aside"}


@FEW
@given(document=documents(4), method=st.sampled_from(sorted(ALIGNERS)))
def test_5_scores_lie_between_0_and_1(document, method):
    alignment = align(document, method)
    for one in score(document, alignment):
        assert 0 <= one.value <= 1
        assert 0 <= one.percentile <= 100
        assert all(0 <= found.value <= 1 for found in one.metrics.values())
        for found in one.metrics.values():
            for reason in found.reasons:
                text = document.version(reason.version).text
                assert text[reason.start : reason.stop].strip()


@settings(max_examples=10)
@given(version=any_version)
def test_5_identical_text_scores_0(version):
    # The same letters under another id.
    twin = Version(f"{version.id}2", version.language, version.title, version.text, version.digest)
    try:
        document = corpora.open_document([version, twin])
    except WorkbenchError:
        assume(False)
        raise
    assert [hop.id for hop in document.comparisons] == [f"{version.id}-{twin.id}"]
    found = score(document, align(document, "diagonal"))
    assert found
    assert {one.value for one in found} == {0}
    assert {metric.value for one in found for metric in one.metrics.values()} <= {0}
    assert not [reason for one in found for metric in one.metrics.values() for reason in metric.reasons]


def test_5_a_unit_that_one_version_leaves_out_scores_1():
    shorter = corpora.read_bytes("Один.\n\nДва.".encode(), "ru.txt", "ru")
    document = corpora.open_document([shorter, corpora.read_bytes(b"One.\n\nTwo.\n\nThree.", "en.txt", "en")])
    alignment = align(document, "diagonal")
    one_sided = [number for number, unit in enumerate(alignment.units) if unit.is_one_sided]
    assert [one.value for one in score(document, alignment) if one.unit in one_sided] == [1.0]
