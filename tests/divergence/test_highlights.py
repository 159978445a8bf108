"""The words without counterpart, on sentences that a person can judge at a glance."""

import json
from dataclasses import replace

import numpy as np
import pytest

from aligners import encoders
from divergence import highlights
from divergence.evidence import pairs
from divergence.side import plain_sides

TEXTS = {
    "en": "The peasants were given land, and the new schools were opened in March.",
    "ru": "Крестьяне получили землю, а новые школы открылись в марте.",
    "ko": "농민들은 땅을 받았고 새 학교들은 3월에 열렸다.",
    "fr": "Les paysans ont reçu des terres, et les nouvelles écoles ont été ouvertes en mars.",
    "de": "Die Bauern erhielten Land, und die neuen Schulen wurden im März eröffnet.",
}
INSERTED = {
    "en": "The violinist played a slow sonata by the sea.",
    "ru": "Скрипач играл медленную сонату у моря.",
    "ko": "바이올린 연주자가 바닷가에서 느린 소나타를 연주하였다.",
    "fr": "Le violoniste jouait une sonate lente au bord de la mer.",
    "de": "Der Geiger spielte eine langsame Sonate am Meer.",
}
HOPS = [("ko", "ru"), ("ru", "en"), ("ko", "en"), ("en", "fr"), ("de", "fr"), ("fr", "ru")]


def pair_of(source, target):
    (code, text), (other_code, other) = source, target
    encoder = encoders.load()
    sides = plain_sides(code, [text], encoder)[0], plain_sides(other_code, [other], encoder)[0]
    return pairs([sides], encoder)[0]


def marked(pair):
    """The characters of each side that are to be marked, as text."""
    found = {pair.source.version: "", pair.target.version: ""}
    for one in highlights.of_pair(pair):
        side = pair.source if one.version == pair.source.version else pair.target
        assert 0 <= one.start < one.stop <= len(side.text)
        assert side.text[one.start : one.stop].strip() == side.text[one.start : one.stop]
        assert highlights.BANDS[0] <= one.strength <= 1
        if one.strength >= highlights.MARKED:
            found[one.version] += side.text[one.start : one.stop] + " "
    return found


@pytest.mark.parametrize("code", TEXTS)
def test_identical_texts_have_none(code):
    pair = pair_of((code, TEXTS[code]), (code, TEXTS[code]))
    assert highlights.of_pair(pair) == ()
    assert not np.concatenate(highlights.strengths([pair])[0]).any()


@pytest.mark.parametrize(("source", "target"), HOPS)
def test_a_good_translation_has_few(source, target):
    found = marked(pair_of((source, TEXTS[source]), (target, TEXTS[target])))
    assert len(found[source]) < len(TEXTS[source]) / 5
    assert len(found[target]) < len(TEXTS[target]) / 5


@pytest.mark.parametrize(("source", "target"), HOPS)
def test_an_inserted_sentence_is_marked_and_the_rest_not(source, target):
    pair = pair_of((source, TEXTS[source]), (target, f"{TEXTS[target]} {INSERTED[target]}"))
    found = marked(pair)
    first, second = highlights.strengths([pair])[0]
    begins = np.array([start for start, _ in pair.target.words])
    words = np.array([pair.target.text[start].isalnum() for start in begins])
    new = begins >= len(TEXTS[target])
    assert (second[new & words] >= highlights.MARKED).mean() > 0.6
    assert (second[~new & words] < highlights.MARKED).mean() > 0.8
    assert (first < highlights.MARKED).mean() > 0.8
    assert len(found[target]) > 0.6 * len(INSERTED[target])


def test_sides_turned_round_have_the_same():
    pair = pair_of(("ru", TEXTS["ru"]), ("en", f"{TEXTS['en']} {INSERTED['en']}"))
    there, back = highlights.of_pair(pair), highlights.of_pair(pair.turned)
    key = lambda one: (one.version, one.start, one.stop, one.strength)  # noqa: E731
    assert there
    assert sorted(map(key, there)) == sorted(map(key, back))


def test_a_mark_is_part_of_a_run_but_never_a_place_of_its_own():
    side = plain_sides("en", ["One, two. Three!"], encoders.load())[0]
    values = highlights._bridged(side, np.array([0.9, 0.1, 0.8, 0.9, 0.1, 0.9]))
    assert values.tolist() == [0.9, 0.8, 0.8, 0.1, 0.1, 0.1]
    places = list(highlights._places(side, values, "Russian"))
    assert [(side.text[one.start : one.stop], one.strength) for one in places] == [("One, two", 0.8333)]


def test_places_end_where_the_strength_changes_and_begin_with_a_word():
    side = plain_sides("en", ["One, two. Three!"], encoders.load())[0]
    values = highlights._bridged(side, np.array([0.8, 0.1, 0.6, 0.9, 0.3, 0.9]))
    places = [(side.text[one.start : one.stop], one.strength) for one in highlights._places(side, values, "Russian")]
    assert places == [("One", 0.8), ("two", 0.6), ("Three!", 0.3)]


def test_words_are_judged_beside_what_is_usual_in_the_hop():
    pair = pair_of(("ru", TEXTS["ru"]), ("en", f"{TEXTS['en']} {INSERTED['en']}"))
    alone = highlights.level([pair], [highlights.logits(pair)], highlights.learnt()["usual"])
    many = highlights.level([pair] * 50, [highlights.logits(pair)] * 50, highlights.learnt()["usual"])
    own, prior = highlights.middle_of(pair, highlights.logits(pair)), highlights.learnt()["usual"]["ru-en"]
    assert abs(alone - prior) < abs(many - prior)
    assert abs(many - own) < abs(alone - own)


def test_without_links_nothing_is_said():
    pair = replace(pair_of(("ru", TEXTS["ru"]), ("en", INSERTED["en"])), links=None)
    assert highlights.of_pair(pair) == ()
    assert [len(values) for values in highlights.strengths([pair])[0]] == [
        len(pair.source.words),
        len(pair.target.words),
    ]


def test_nothing_is_said_of_no_pairs_and_of_marks_alone():
    assert highlights.strengths([]) == []
    assert highlights.of_pairs([], [], 0.0) == []
    assert highlights.of_pair(pair_of(("ru", "..."), ("en", "* * *"))) == ()


def test_the_shipped_weights_name_the_features_and_the_command():
    record = json.loads(highlights.WEIGHTS.read_text(encoding="utf-8"))
    assert tuple(record["judge"]["features"]) == highlights.FEATURES
    assert record["command"].startswith("python -m benchmarks.injections.train_highlights")
