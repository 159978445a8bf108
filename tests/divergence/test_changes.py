"""What a difference between two texts in one language changes."""

import pytest

from aligners import encoders
from corpora import read_bytes
from divergence.changes import changes
from divergence.side import plain_sides
from reviews import prepare


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("The paper was typed on 2 February 1955.", "The paper was typed on 1 February 1955.", ["quantities"]),
        ("Here the envoy Sturridge spoke.", "Here the envoy Harrison spoke.", ["names"]),
        ("The war was halted.", "The war was not halted.", ["negation"]),
        ("The party must lead.", "The party can lead.", ["modality"]),
        ("It is the democratic base.", "It is the democratic basis.", ["term"]),
        ("We won the war.", "We won the long struggle.", ["wording"]),
        ("We won the war.", "We  won the war.", []),
    ],
)
def test_a_change_is_named_by_what_it_changes(one, other, kinds):
    sides = plain_sides("en", [one, other], encoders.load())
    assert [change.kind for change in changes(*sides, terms=["basis"])] == kinds


def test_two_texts_in_one_language_are_compared_word_by_word():
    texts = (
        "The paper of the party was typed on 2 February 1955.",
        "The paper of the party was typed on 1 February 1955.",
    )
    review = prepare(
        [read_bytes(text.encode(), f"{id}.txt", id) for id, text in zip(("en", "en2"), texts, strict=True)]
    )
    (one,) = review.divergences
    (change,) = one.changes
    assert change.kind == "quantities"
    assert [
        (place.version, text[place.start : place.stop]) for place, text in zip(change.places, texts, strict=True)
    ] == [
        ("en", "2"),
        ("en2", "1"),
    ]
    assert "quantities" in {issue.kind for issue in one.issues}


def test_other_languages_have_no_changes(example_review):
    assert not any(one.changes for one in example_review.divergences)
