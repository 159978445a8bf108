"""Drafts of notes from what the program found."""

import re
from dataclasses import replace

import pytest

import corpora
from corpora.document import Document
from divergence import METRICS
from divergence.score import Divergence, Issue, Reason
from reviews import Review
from reviews.notes import categories
from reviews.notes.note import Note, checked, note_from, to_values
from reviews.notes.suggested import LIKELY, suggested


@pytest.fixture
def drafts(example_review: Review) -> list[Note]:
    return [note for one in example_review.divergences for note in suggested(one, example_review.document)]


def of(drafts: list[Note], origin: str) -> list[Note]:
    return [note for note in drafts if note.origin == origin]


def test_every_issue_of_the_example_has_a_draft(drafts, example_review):
    issues = [(one.hop, issue) for one in example_review.divergences for issue in one.issues]
    assert len(drafts) == len(issues) > 10
    for note, (hop, issue) in zip(drafts, issues, strict=True):
        assert (note.hop, note.origin) == (hop, f"{hop}:{issue.kind}")
        places = {(one.version, one.start, one.stop) for one in issue.reasons}
        assert {(one.version, one.start, one.stop) for one in note.anchors} == places


def test_a_draft_is_a_note_that_a_page_could_send(drafts, example_review):
    for note in drafts:
        assert note_from(checked(to_values(note), document=example_review.document)) == note


def test_a_draft_is_open_possible_and_nobodys(drafts):
    for note in drafts:
        assert (note.state, note.certainty, note.severity) == ("open", "possible", "")
        assert (note.id, note.author, note.created, note.changed) == ("", "", "", "")
        assert note.body.startswith("Possible issue (")


def test_the_body_says_what_was_found_and_where(drafts):
    assert [note.body for note in of(drafts, "ko-ru:negation")] == [
        'Possible issue (negation): "не" denies; no denial was found beside the counterpart in the Korean.'
    ]
    assert [note.body for note in of(drafts, "ko-ru:quantities")] == [
        'Possible issue (quantities): "1955년 2월 2일" was not found in the Russian. '
        '"1 февраля 1955" was not found in the Korean.'
    ]
    assert [note.body for note in of(drafts, "ko-ru:omission")] == [
        'Possible issue (omission): "해방은 우리 민족의 력사에 새로운 시대를 열어 놓았다. 조선 인민은 비로소 자기 운명의 주인으로 되였다.": '
        "No counterpart was found for this in the Russian."
    ]
    (longer,) = of(drafts, "ru-en:omission")
    assert re.search(r'\): "Государственное .{1,70}…": No counterpart', longer.body)
    # Said once of two places that bear the same name.
    (names,) = of(drafts, "ru-en:names")
    assert len(names.anchors) == 3
    assert names.body.count('"Syngman Rhee" is not named') == 1


def test_the_evidence_keeps_the_programs_numbers(drafts):
    (note,) = of(drafts, "ko-ru:negation")
    assert re.fullmatch(r"Found by Relay [\d.]+: negation 0\.\d\d, divergence 0\.\d\d over ko-ru\.", note.evidence)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("omission", {"molina-hurtado": "reduction", "leuven-zwart": "mutation"}),
        ("addition", {"molina-hurtado": "amplification", "leuven-zwart": "mutation"}),
        ("names", {}),
    ],
)
def test_the_category_follows_from_the_kind(drafts, kind, wanted):
    found = of(drafts, f"ko-en:{kind}")
    assert found
    assert {tuple(note.categories.items()) for note in found} == {tuple(wanted.items())}


def test_every_kind_has_categories_that_there_are():
    # Length never is an issue.
    assert set(LIKELY) == set(METRICS) - {"length"}
    known = {one.id: one for one in categories.sets()}
    for likely in LIKELY.values():
        for id, category in likely.items():
            assert known[id].category(category)


def made(kind: str, *reasons: Reason) -> Divergence:
    return Divergence(0, "ko-ru", 0.7, 50, issues=(Issue(kind, 0.6, reasons),))


def test_categories_that_the_user_has_left_out_are_not_suggested(document):
    mqm = categories.sets()[-1]
    without = replace(mqm, categories=tuple(one for one in mqm.categories if one.id != "accuracy"))
    found = made("omission", Reason("ko", 0, 3, "Why."))
    assert suggested(found, document, sets=[without], errors={"omission"})[0].categories == {}
    assert suggested(found, document, sets=[mqm], errors={"omission"})[0].categories == {"mqm": "accuracy"}


def test_only_what_a_person_called_an_error_finds_fault(document):
    found = made("omission", Reason("ko", 0, 3, "Why."))
    assert suggested(found, document)[0].categories == {"molina-hurtado": "reduction", "leuven-zwart": "mutation"}
    assert "mqm" not in suggested(found, document, errors={"names"})[0].categories
    assert suggested(found, document, errors={"omission"})[0].categories["mqm"] == "accuracy"


def test_an_issue_without_a_place_has_no_draft(document):
    assert suggested(made("names"), document) == ()


def test_a_place_that_is_told_twice_is_anchored_once(document):
    found = made("names", Reason("ko", 0, 3, "One."), Reason("ko", 0, 3, "Other."), Reason("ko", 4, 5, "One."))
    (note,) = suggested(found, document)
    assert [(one.start, one.stop) for one in note.anchors] == [(0, 3), (4, 5)]
    text = document.version("ko").text
    assert note.body == f'Possible issue (names): "{text[:3]}", "{text[4:5]}": One. "{text[:3]}": Other.'


def test_two_texts_in_one_language_are_no_translation():
    texts = {"en": "One house.\n\nTwo.", "en2": "One horse.\n\nTwo."}
    opened: Document = corpora.open_document(
        [replace(corpora.read_bytes(text.encode(), f"{id}.txt", "en"), id=id) for id, text in texts.items()]
    )
    found = replace(made("names", Reason("en", 0, 3, "Why.")), hop="en-en2")
    (note,) = suggested(found, opened)
    assert note.categories == {}
    assert note.anchors[0].quote == "One"


def test_a_kind_that_is_not_known_has_a_draft_without_category(document):
    (note,) = suggested(made("rhythm", Reason("ko", 0, 3, "Why.")), document)
    assert note.categories == {}


def test_words_that_stand_at_two_places_are_quoted_once(document):
    text = document.version("en").text
    first, second = (match.start() for match in list(re.finditer("the ", text))[:2])
    places = (Reason("en", start, start + 3, "Why.") for start in (first, second))
    (note,) = suggested(made("names", *places), document)
    assert len(note.anchors) == 2
    assert note.body == 'Possible issue (names): "the": Why.'
