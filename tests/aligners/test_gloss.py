"""Counterparts of words in units of the 1955 chain: words that must and must not be found beside each other."""

from itertools import combinations

import pytest

from aligners import encoders, words
from aligners.words.gloss import Counterpart, counterparts
from aligners.words.lexicon import count
from benchmarks.gold import load
from corpora.example import SEEDS

LANGUAGES = ("ko", "ru", "en")
# Places of the versions in LANGUAGES, the beginning of the unit in the first, words that are found and that are not.
FOUND = [
    (0, 1, "우리 나라는 아직도", "아직도-ещё 두-две 완전히-полностью 해방하며-освободив 동맹자로-союзниками 독립-независимое", "아직도-страна 두-части"),
    (1, 2, "Наша страна всё ещё", "ещё-still две-two полностью-completely освободив-liberating воссоединения-reunification", "ещё-country две-parts"),
    (0, 2, "우리 나라는 아직도", "아직도-still 두-two 완전히-completely 해방하며-liberating 동맹자로-allies 통일을-reunification", "아직도-country 두-parts"),
    (0, 1, "그러므로 남조선 인민을", "그러므로-Поэтому 우리-нашей 주위에-вокруг 필요하다-необходимо 투쟁에로-борьбу", "우리-вокруг"),
    (1, 2, "Поэтому необходимо сплотить", "партии-Party вокруг-around мобилизовать-mobilize класс-class", "партии-around"),
]  # fmt: skip


@pytest.fixture(scope="module")
def encoder():
    return encoders.load()


@pytest.fixture(scope="module")
def units():
    """The texts of the units that all three versions have, each with its language."""
    gold = load(SEEDS / "gold.json")
    whole = [unit for unit in gold.units if all(unit.get(code) for code in LANGUAGES)]
    return [[(code, " ".join(gold.versions[code][i] for i in unit[code])) for code in LANGUAGES] for unit in whole]


def paired(texts, found, source, target):
    return {
        f"{texts[source][1][slice(*one.source_place)]}-{texts[target][1][slice(*one.target_place)]}"
        for one in found
        if (one.source, one.target) == (source, target)
    }


@pytest.mark.parametrize(("source", "target", "begins", "yes", "no"), FOUND)
def test_counterparts_of_the_example(encoder, units, source, target, begins, yes, no):
    texts = next(texts for texts in units if texts[source][1].startswith(begins))
    found = paired(texts, counterparts(texts, encoder=encoder), source, target)
    assert set(yes.split()) <= found
    assert not set(no.split()) & found


def test_every_two_texts_are_linked_in_order_and_marks_are_left_out(encoder, units):
    for texts in units:
        found = counterparts(texts, encoder=encoder)
        assert {(one.source, one.target) for one in found} == set(combinations(range(3), 2))
        assert list(found) == sorted(found, key=lambda one: (one.source, one.target, *one[1::2]))
        assert all(words.model().threshold <= one.confidence <= 1 for one in found)
        for one in found:
            for place, (start, stop) in ((one.source, one.source_place), (one.target, one.target_place)):
                assert (start, stop) in words.words(texts[place][1])
                assert any(map(str.isalnum, texts[place][1][start:stop]))


def test_marks_hold_the_words_beside_them_in_place(encoder):
    """The links are those of the whole sentences; see `aligners.words.link`."""
    texts = [("ru", "Урожай 1954 года, увы, был мал."), ("en", "The harvest of 1954 was, alas, small.")]
    places = [words.words(text) for _, text in texts]
    spelt = [[text[a:b] for a, b in held] for (_, text), held in zip(texts, places, strict=True)]
    links = words.link(*spelt, source_language="ru", target_language="en", encoder=encoder)
    assert [link for link in links if "," in (spelt[0][link.source], spelt[1][link.target])]
    assert counterparts(texts, encoder=encoder) == tuple(
        Counterpart(0, places[0][link.source], 1, places[1][link.target], link.confidence)
        for link in links
        if spelt[0][link.source].isalnum() and spelt[1][link.target].isalnum()
    )


def test_a_lexicon_is_read_for_its_two_texts_only(encoder):
    texts = [("ko", "남반부는"), ("ru", "юг"), ("ko", "남반부는")]
    taught = count([(["남반부는"], ["юг"], [(0, 0, 1.0)])] * 20)
    plain, known = (counterparts(texts, encoder=encoder, lexicons=held) for held in (None, {(0, 1): taught}))
    sure = [{(one.source, one.target): one.confidence for one in found} for found in (plain, known)]
    assert sure[1][0, 1] > sure[0].get((0, 1), 0)
    assert sure[1].get((1, 2)) == sure[0].get((1, 2))


@pytest.mark.parametrize("texts", [[], [("en", "One.")], [("en", ""), ("ru", "Два.")], [("en", "..."), ("ru", "«—»")]])
def test_nothing_to_link(encoder, texts):
    assert counterparts(texts, encoder=encoder) == ()


def test_an_encoder_that_cannot_link_words_finds_nothing(units):
    class Other:
        signature = "other 1"

    assert counterparts(units[0], encoder=Other()) == ()
