"""Which step brought a difference in."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligners.alignment import from_kinds
from corpora.units import document
from divergence import attribute, score

CLEAN = {
    "ko": "우리는 1955년에 평양에서 이 계획을 실행하였다.",
    "ru": "Мы осуществили этот план в Пхеньяне в 1955 году.",
    "en": "We carried out this plan in Pyongyang in 1955.",
}
OTHERS = [
    {"ko": "그들은 싸우지 않았다.", "ru": "Они не сражались.", "en": "They did not fight."},
    {
        "ko": "당은 인민을 령도하여야 한다.",
        "ru": "Партия должна руководить народом.",
        "en": "The party must lead the people.",
    },
    {
        "ko": "땅은 농민들에게 분배되였다.",
        "ru": "Земля была роздана крестьянам.",
        "en": "The land was given to the peasants.",
    },
]


def scored(units, names=("ko", "ru", "en")):
    made = document(units, names)
    found = [{} for _ in units]
    for one in score(made, from_kinds(names, ([int(bool(unit[name])) for name in names] for unit in units), "given")):
        found[one.unit][one.hop] = one
    return made, found


@pytest.mark.parametrize(
    ("changed", "hop", "version"),
    [(("ko",), "ko-ru", "ko"), (("ru", "en"), "ko-ru", "ko"), (("en",), "ru-en", "en"), (("ru",), "detour", "ru")],
)
def test_a_number_is_traced_to_the_step_that_changed_it(changed, hop, version):
    unit = {name: text.replace("1955", "1956") if name in changed else text for name, text in CLEAN.items()}
    made, found = scored([unit, *OTHERS])
    told = attribute(made, found[0])
    assert (told.hop, told.version) == (hop, version)
    assert sum(told.probabilities.values()) == pytest.approx(1)
    assert told.probabilities[hop] > 0.5


def test_three_different_numbers_are_in_several_places():
    unit = {
        name: text.replace("1955", year)
        for (name, text), year in zip(CLEAN.items(), ("1945", "1956", "1967"), strict=True)
    }
    made, found = scored([unit, *OTHERS])
    assert attribute(made, found[0]).hop == "several"


def test_without_an_issue_there_is_nothing_to_attribute():
    made, found = scored([CLEAN, *OTHERS])
    assert {attribute(made, one).hop for one in found} == {"none"}


def test_two_versions_alone_blame_no_hop():
    made, found = scored([{**CLEAN, "en": CLEAN["en"].replace("1955", "1956")}, *OTHERS], ("ru", "en"))
    told = attribute(made, found[0])
    assert (told.hop, told.version, told.probabilities) == ("unknown", None, {"unknown": 1.0})
    assert "cannot be told" in told.statement


def test_what_the_middle_version_leaves_out_is_a_detour():
    made, found = scored([CLEAN, {**OTHERS[0], "ru": ""}, *OTHERS[1:]])
    assert attribute(made, found[1]).hop == "detour"
    assert [issue.kind for issue in found[1]["ko-ru"].issues] == ["omission"]
    assert [issue.kind for issue in found[1]["ru-en"].issues] == ["addition"]


def test_a_placeholder_is_said_to_be_one():
    made, found = scored([{**CLEAN, "ru": CLEAN["ru"].replace("1955", "1956")}, *OTHERS])
    marked = replace(
        made, versions=tuple(replace(v, status="placeholder") if v.id == "ru" else v for v in made.versions)
    )
    assert "Russian placeholder" in attribute(marked, found[0]).statement
    assert "placeholder" not in attribute(made, found[0]).statement


@settings(max_examples=6)
@given(order=st.permutations(("ko", "ru", "en")))
def test_the_order_of_the_versions_does_not_change_what_differs(order):
    unit = {**CLEAN, "ru": CLEAN["ru"].replace("1955", "1956")}
    _, found = scored([unit, *OTHERS], tuple(order))
    differing = {
        frozenset(hop.split("-")) for hop, one in found[0].items() if "quantities" in {i.kind for i in one.issues}
    }
    assert differing == {frozenset(("ko", "ru")), frozenset(("ru", "en"))}


@settings(max_examples=6)
@given(others=st.lists(st.sampled_from(OTHERS), min_size=1, max_size=6))
def test_units_around_it_do_not_change_the_issues_of_a_unit(others):
    unit = {**CLEAN, "en": CLEAN["en"].replace("1955", "1956")}
    _, found = scored([unit, *others])
    kinds = {hop: {issue.kind for issue in one.issues} for hop, one in found[0].items()}
    assert kinds == {"ko-ru": set(), "ru-en": {"quantities"}, "ko-en": {"quantities"}}


def test_every_pair_of_versions_is_scored():
    _, found = scored([CLEAN, *OTHERS])
    wanted = {f"{a}-{b}" for a, b in itertools.combinations(("ko", "ru", "en"), 2)}
    assert all(set(one) == wanted for one in found)
