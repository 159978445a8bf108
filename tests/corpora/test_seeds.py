"""The data that comes with the workbench: what it says of itself, and that its parts fit together."""

import hashlib
import itertools
import json

import pytest

import corpora
from corpora import example
from corpora.document import PLACEHOLDER_MARK

IDS = ("ko", "ru", "en")
# The document as its owner gave it.
ENGLISH = "4976823d20905949cf4517615113a855291c10f415deeeaf0d2789ebf18d75be"
# Spellings of the South; the paper is from the North: 로동, 력사, 력량, 련계, 분렬, 되였, 부르죠아, 쏘베트, 일군.
SOUTHERN = (
    "노동", "역사", "역량", "연계", "연대", "분열", "되었", "이용", "이익", "영도", "논의", "낙후", "양심", "여성", "예외",
    "부르주아", "프롤레타리아", "소비에트", "소련", "스탈린", "일꾼", "북한", "남한", "한국", "6·25", "대한민국",
)  # fmt: skip
NORTHERN = ("로동", "력사", "력량", "련계", "분렬", "되였", "부르죠아", "쏘베트", "일군", "조선", "북조선", "남조선")


@pytest.fixture(scope="module")
def versions():
    return {version.id: corpora.segment(version) for version in example.versions()}


@pytest.fixture(scope="module")
def gold():
    return json.loads((example.SEEDS / "gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def differences():
    return json.loads((example.SEEDS / "differences.json").read_text(encoding="utf-8"))["differences"]


def path(id):
    return example.SEEDS / f"{example.STEM}.{id}.txt"


def test_the_english_file_is_the_owner_s_to_the_byte():
    assert hashlib.sha256(path("en").read_bytes()).hexdigest() == ENGLISH


def test_the_chain_is_in_order_and_in_its_languages(versions):
    assert list(versions) == list(IDS)
    assert [version.language for version in versions.values()] == list(IDS)


@pytest.mark.parametrize("id", IDS)
def test_files_are_nfc_utf8_with_line_feeds(versions, id):
    assert path(id).read_bytes() == versions[id].text.encode()


@pytest.mark.parametrize("id", ["ko", "ru"])
def test_placeholders_say_so(versions, id):
    assert versions[id].is_placeholder
    head = versions[id].text[: versions[id].body[0].start]
    assert PLACEHOLDER_MARK in head
    assert "it was written for this project" in head


def test_the_english_is_no_placeholder(versions):
    assert versions["en"].status == "published"
    assert "placeholder" not in versions["en"].text


@pytest.mark.parametrize("id", IDS)
def test_gold_covers_the_body_exactly_and_in_order(versions, gold, id):
    assert gold["versions"][id] == [segment.text for segment in versions[id].body]
    taken = list(itertools.chain.from_iterable(unit[id] for unit in gold["gold"]))
    assert taken == list(range(len(versions[id].body)))


def test_every_gold_unit_holds_something(gold):
    assert all(any(unit[id] for id in IDS) for unit in gold["gold"])


@pytest.mark.parametrize("id", ["ko", "ru"])
def test_at_least_six_units_are_cut_differently(gold, id):
    assert sum(len(unit[id]) != len(unit["en"]) for unit in gold["gold"]) >= 6


def test_korean_and_russian_are_not_cut_alike(gold):
    assert sum(len(unit["ko"]) != len(unit["ru"]) for unit in gold["gold"]) >= 6


@pytest.mark.parametrize("id", IDS)
def test_quotes_of_differences_stand_in_the_body_of_their_file(versions, differences, id):
    body = "\n".join(segment.text for segment in versions[id].body)
    for difference in differences:
        assert [quote for quote in difference["quotes"][id] if quote not in body] == []


def test_each_difference_lies_on_a_hop_and_quotes_somebody(versions, differences):
    hops = {hop.id for hop in corpora.open_document(list(versions.values())).hops}
    assert [difference["id"] for difference in differences] == list(range(1, len(differences) + 1))
    assert {difference["hop"] for difference in differences} == hops
    assert all(any(difference["quotes"].values()) and difference["what"].endswith(".") for difference in differences)


def test_each_kind_of_difference_stands_on_both_hops_where_it_can(differences):
    on = {(difference["kind"], difference["hop"]) for difference in differences}
    for kind in ("omission", "addition", "name", "negation", "modality"):
        assert {(kind, "ko-ru"), (kind, "ru-en")} <= on


def test_what_a_side_lacks_is_quoted_from_the_others_only(differences):
    sides = {"omission": {"ko-ru": "ru", "ru-en": "en"}, "addition": {"ko-ru": "ko", "ru-en": "ru"}}
    for difference in differences:
        if difference["kind"] in sides:
            assert difference["quotes"][sides[difference["kind"]][difference["hop"]]] == []


@pytest.mark.parametrize("spelling", SOUTHERN)
def test_no_southern_spelling_in_the_korean(versions, spelling):
    assert spelling not in versions["ko"].text


@pytest.mark.parametrize("spelling", NORTHERN)
def test_northern_spelling_in_the_korean(versions, spelling):
    assert spelling in versions["ko"].text
