"""What is usual in a document, kept and read again."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligners.words.lexicon import Lexicon, count
from corpora.errors import ScoreError, WorkbenchError
from divergence.calibration import Usual
from divergence.context import Context, HopContext, context
from divergence.metrics import LEVELLED

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
WORDS = st.sampled_from(["land", "war", "земля", "война", "땅", "1955", '"', "\u2028", "\U0001f600"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=4)
UNITS = st.lists(
    st.tuples(SENTENCES, SENTENCES, st.floats(0, 1)).map(
        lambda unit: (unit[0], unit[1], [(0, 0, unit[2]), (len(unit[0]) - 1, len(unit[1]) - 1, 1.0)])
    ),
    max_size=12,
)
LEXICONS = UNITS.map(lambda units: count(units).telling)


def levels(features):
    rows = st.lists(NUMBERS, min_size=features, max_size=features).map(np.array)
    return st.builds(Usual, rows, rows)


HOPS = st.builds(
    HopContext,
    st.fixed_dictionaries({name: levels(len(places)) for name, places in LEVELLED.items()}),
    LEXICONS,
    st.none() | NUMBERS,
)
CONTEXTS = st.builds(Context, st.text(), st.dictionaries(st.text(min_size=1), HOPS, max_size=3))


@given(CONTEXTS)
def test_a_context_survives_json(one):
    assert context(json.loads(json.dumps(one.record, allow_nan=False))) == one


def test_contexts_that_differ_are_not_equal():
    usual = {name: Usual(np.zeros(len(places)), np.ones(len(places))) for name, places in LEVELLED.items()}
    one = Context("usem3", {"ko-ru": HopContext(usual, Lexicon({}, {}, {}), 0.5)})
    for change in (
        {**usual, "length": Usual(np.array([0.0]), np.array([2.0]))},
        {**usual, "length": Usual(np.array([0.1]), np.array([1.0]))},
    ):
        assert Context("usem3", {"ko-ru": HopContext(change, Lexicon({}, {}, {}), 0.5)}) != one


def spoilt(path, value):
    """A whole record in which something is another value, or not there."""
    usual = {name: Usual(np.zeros(len(places)), np.ones(len(places))) for name, places in LEVELLED.items()}
    lexicon = Lexicon({("land", "земля"): 2.0}, {"land": 3.0}, {"земля": 3.0})
    record = json.loads(json.dumps(Context("usem3", {"ko-ru": HopContext(usual, lexicon)}).record))
    assert context(record)
    *way, last = path
    place = record
    for name in way:
        place = place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return record


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["encoder"], None),
        (["hops"], None),
        (["hops"], [1]),
        (["hops", "ko-ru", "usual", "meaning"], None),
        (["hops", "ko-ru", "usual", "meaning", "level"], [0.0]),
        (["hops", "ko-ru", "usual", "meaning", "spread"], ["a", "b", "c"]),
        (["hops", "ko-ru", "lexicon", "source"], {}),
        (["hops", "ko-ru", "lexicon", "together"], {"land": 2.0}),
        (["hops", "ko-ru", "word"], "x"),
        (["hops", "ko-ru", "word"], 10**400),
    ],
)
def test_a_broken_record_is_told(path, value):
    with pytest.raises(ScoreError, match="measure the whole document again"):
        context(spoilt(path, value))


@given(st.recursive(st.none() | NUMBERS | st.text(), lambda held: st.lists(held) | st.dictionaries(st.text(), held)))
def test_nothing_else_is_raised_of_any_values(value):
    with pytest.raises(WorkbenchError):
        context({"encoder": "usem3", "hops": {"ko-ru": value}})


@given(UNITS, SENTENCES, SENTENCES)
def test_a_lexicon_tells_the_same_when_it_holds_only_what_tells(units, source, target):
    whole = count(units)
    found = whole.telling
    assert np.allclose(found.likeness(source, target), whole.likeness(source, target), atol=1e-6)
    assert len(found.together) <= len(whole.together)
    assert set(found.source) == {one for one, _ in found.together}
    assert set(found.target) == {other for _, other in found.together}
