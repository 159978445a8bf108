"""The owner's document of 1955: what stands on its paper, cut into segments of the right kinds."""

import pytest

import corpora
from corpora import example


@pytest.fixture(scope="module")
def english():
    return corpora.segment(example.versions()[2])


@pytest.fixture(scope="module")
def core(english):
    """From the first section heading to the sentence that closes the list of tasks."""
    first = next(segment.index for segment in english.segments if segment.kind == "heading")
    last = next(s.index for s in english.segments if s.text.startswith("These are the primary tasks"))
    return english.segments[first : last + 1]


def test_34_segments_of_these_kinds(core):
    kinds = [segment.kind for segment in core]
    assert len(kinds) == 34
    assert {kind: kinds.count(kind) for kind in kinds} == {"heading": 2, "paragraph": 26, "list item": 6}


def test_the_headings_are_the_two_sections(core):
    assert [segment.text for segment in core if segment.kind == "heading"] == [
        "1. The nature of the revolution at the current stage",
        "2. The primary tasks of our Party in socialist development at the current stage of the transitional period",
    ]


def test_the_list_items_follow_one_another(core):
    items = [segment for segment in core if segment.kind == "list item"]
    assert [item.index - items[0].index for item in items] == list(range(6))
    assert [item.text[-1] for item in items] == list(";;;;;.")
    assert items[0].text.startswith("Carry out socialist")
    assert items[-1].text.startswith("Along with this")


def test_the_title_stands_before_and_two_dates_after(english, core):
    body = english.body
    assert [segment.kind for segment in body[: -len(core) - 2]] == ["title"]
    assert body[0].index == core[0].index - 1
    assert [(segment.kind, segment.text) for segment in body[-2:]] == [
        ("colophon", "Drafted on 31 January 1955"),
        ("colophon", "Typed on 1 February 1955."),
    ]


def test_everything_else_is_front_matter_or_apparatus(english):
    kinds = [segment.kind for segment in english.segments if not segment.is_body]
    assert kinds == ["front matter"] * 11 + ["apparatus"] * 16
    assert english.segments[11].text == "Translation - English"
    assert [segment.text for segment in english.segments[-4:]] == [
        "Translated [signature] Kovalev",
        "[signature] Fadeyev",
        "5-lv",
        "14 February 1955",
    ]


def test_exactly_two_page_breaks_are_mended(english):
    breaks = [repair for repair in english.repairs if repair.kind == "page break"]
    around = [english.text[repair.start - 9 : repair.stop + 13] for repair in breaks]
    assert around == ["a further\n\nstrengthening", "l base in\n\neach sector o"]
    texts = [segment.text for segment in english.body]
    assert any("of a further strengthening the union" in text for text in texts)
    assert any("a new technical base in each sector" in text for text in texts)


def test_the_placeholders_are_cut_as_well():
    for version, size in zip(example.versions()[:2], (38, 35), strict=True):
        cut = corpora.segment(version)
        assert len(cut.body) == size
        assert [s.kind for s in cut.body[:2]] == ["title", "heading"]
        assert [s.kind for s in cut.body[-2:]] == ["colophon", "colophon"]
        assert {s.kind for s in cut.segments if not s.is_body} == {"front matter"}
