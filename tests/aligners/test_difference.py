"""What differs between two texts in one language, word by word."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligners.words import words
from aligners.words.difference import Difference, differences
from tests.strategies import untidy

# Texts that share words often enough to have equal stretches.
TEXTS = st.one_of(
    st.lists(st.sampled_from(["the", "old", "man", "sea", ",", ".", "don't", "1,5", "\ue000", "Я"])).map(" ".join),
    untidy("en"),
    untidy("ko"),
)


def parts(source, target):
    return [
        (d.kind, source[d.source_start : d.source_stop], target[d.target_start : d.target_stop])
        for d in differences(source, target)
    ]


def inside(text, start, stop):
    return [text[a:b] for a, b in words(text) if start <= a and b <= stop]


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("", "", []),
        ("Yes.", "Yes.", [("equal", "Yes.", "Yes.")]),
        ("Yes.", "", [("delete", "Yes.", "")]),
        ("", "Yes.", [("insert", "", "Yes.")]),
        (
            "The old man went home.",
            "The man  went to town.",
            [("equal", "The", "The"), ("delete", "old", ""), ("equal", "man went", "man  went"),
             ("replace", "home", "to town"), ("equal", ".", ".")],
        ),
        (
            "He came, and saw.",
            "He came and saw!",
            [("equal", "He came", "He came"), ("delete", ",", ""), ("equal", "and saw", "and saw"),
             ("replace", ".", "!")],
        ),
    ],
)  # fmt: skip
def test_what_differs(source, target, found):
    assert parts(source, target) == found


def test_an_insertion_stands_behind_the_word_before_it():
    assert differences("One three.", "One two three.")[1] == Difference("insert", 3, 3, 4, 7)
    assert differences("Two.", "One. Two.")[0] == Difference("insert", 0, 0, 0, 4)


def test_more_words_than_one_plane_of_private_characters_holds():
    text = " ".join(f"w{number}" for number in range(9000))
    assert parts(text, f"{text} end")[1:] == [("insert", "", "end")]


@given(TEXTS, TEXTS)
def test_the_stretches_restore_the_words_of_both_texts(source, target):
    found = differences(source, target)
    for text, spans in (
        (source, [(d.source_start, d.source_stop) for d in found]),
        (target, [(d.target_start, d.target_stop) for d in found]),
    ):
        assert [word for span in spans for word in inside(text, *span)] == [text[a:b] for a, b in words(text)]
        assert [place for span in spans for place in span] == sorted(place for span in spans for place in span)


@given(TEXTS, TEXTS)
def test_kinds_say_what_is_there_and_take_turns(source, target):
    found = differences(source, target)
    for d in found:
        one = inside(source, d.source_start, d.source_stop)
        other = inside(target, d.target_start, d.target_stop)
        assert d.kind == ("equal" if one == other else "insert" if not one else "delete" if not other else "replace")
    assert all((a.kind == "equal") != (b.kind == "equal") for a, b in itertools.pairwise(found))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert [d.kind for d in differences(text, text)] == (["equal"] if words(text) else [])
