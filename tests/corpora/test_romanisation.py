"""Text in Latin letters: a row is a language, a system, a text, and how it is written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import example
from corpora.errors import UnknownName
from corpora.romanisation import IULIIA, KO_PRON, SYSTEMS, romanised, words
from tests.strategies import ODDITIES

EVERY = [(language, system) for language, systems in SYSTEMS.items() for system in systems]
WRITTEN = [
    # Sound changes inside a word, and none across a blank.
    ("ko", "revised", "독립", "dongnip"),
    ("ko", "mccune-reischauer", "독립", "tongnip"),
    ("ko", "yale", "독립", "toklip"),
    ("ko", "revised", "신라 국민 좋다 같이 값 닭을", "silla gungmin jota gachi gap dalgeul"),
    ("ko", "revised", "국 민", "guk min"),
    ("ko", "revised", "한국어 평양", "han-gugeo pyeong-yang"),
    ("ko", "mccune-reischauer", "한국어 평양", "han'gugŏ p'yŏngyang"),
    # North Korean spelling: ㄹ and ㄴ stay at the beginning, doubled letters in loans.
    ("ko", "revised", "로동 녀성 력사 리론 쏘베트", "rodong nyeoseong ryeoksa riron ssobeteu"),
    ("ko", "mccune-reischauer", "로동 녀성 력사 리론 쏘베트", "rodong nyŏsŏng ryŏksa riron ssobet'ŭ"),
    ("ko", "mccune-reischauer", "조선로동당 김일성", "chosŏllodongdang kimilsŏng"),
    ("ko", "revised", "되였다 분렬", "doeyeotda bullyeol"),
    # What is not Hangul stays.
    ("ko", "revised", "《혁명》(1955년),\n  제1차 — CIA!", "《hyeongmyeong》(1955nyeon),\n  je1cha — CIA!"),
    ("ko", "revised", "朝鮮로동黨은 ㄱ. Съезд 😀", "朝鮮rodong黨eun ㄱ. Съезд 😀"),
    ("ko", "revised", unicodedata.normalize("NFD", "독립"), "dongnip"),
    ("ru", "bgn-pcgn", "Советский Союз, ещё объём; Ельцин, Хрущёв", "Sovetskiy Soyuz, yeshchë ob”yëm; Yel’tsin, Khrushchëv"),
    ("ru", "ala-lc", "Советский Союз, ещё объём; Ельцин, Юрий", "Sovetskiĭ Soi͡uz, eshchë obʺëm; Elʹt͡sin, I͡uriĭ"),
    ("ru", "wikipedia", "Советский Союз, ещё объём; Ельцин, Юрий", "Sovetsky Soyuz, yeshchyo obyom; Yeltsin, Yury"),
    ("ru", "scientific", "Советский Союз, ещё объём; Ельцин, Хрущёв", "Sovetskij Sojuz, eščë obʺëm; Elʹcin, Xruščëv"),
    ("ru", "bgn-pcgn", "РЕЗОЛЮЦИЯ ЦК ВКП(б) О СЪЕЗДЕ", "REZOLYUTSIYA TsK VKP(b) O S”YEZDE"),
    ("ru", "ala-lc", "ОБЪЁМ ЁЖ", "OBʺËM ËZh"),
    ("ru", "bgn-pcgn", "«5-й съезд» —\r\n1955 г.", "«5-y s”yezd» —\r\n1955 g."),
    ("ru", "bgn-pcgn", unicodedata.normalize("NFD", "Ким Ир Сен, Йошкар-Ола, ёлка"), "Kim Ir Sen, Yoshkar-Ola, yëlka"),
    ("ru", "bgn-pcgn", "за\u0301мок", "za\u0301mok"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "system", "text", "latin"), WRITTEN)
def test_it_is_written_so(language, system, text, latin):
    assert romanised(text, language, system) == latin


@pytest.mark.parametrize(("language", "text", "latin"), [("ko", "독립", "dongnip"), ("ru", "объезд", "ob”yezd")])
def test_the_first_system_is_the_default(language, text, latin):
    assert romanised(text, language) == romanised(text, language, next(iter(SYSTEMS[language]))) == latin


@pytest.mark.parametrize("tag", ["ko", "KO", "ko-KP", "ko-Kore-KR"])
def test_a_regional_tag_is_its_language(tag):
    assert romanised("로동", tag) == "rodong"


@pytest.mark.parametrize(("language", "text"), [("en", "Съезд 독립"), ("und", "독립"), ("ja", "日本"), ("ru", "Congress 1955"), ("ko", "Seoul"), ("", "독립")])  # fmt: skip
def test_other_languages_and_latin_text_stay(language, text):
    assert romanised(text, language) == text


@pytest.mark.parametrize(("language", "system"), [("ko", "bgn-pcgn"), ("ru", "revised"), ("ko", "")])
def test_an_unknown_system_is_named(language, system):
    with pytest.raises(UnknownName, match=f'"{system}"; known are: {next(iter(SYSTEMS[language]))}'):
        romanised("독립", language, system)
    with pytest.raises(UnknownName):
        words("독립", language, system)


def test_every_system_is_one_of_its_library():
    assert set(KO_PRON) == set(SYSTEMS["ko"])
    assert set(IULIIA) == set(SYSTEMS["ru"])
    assert all(title for systems in SYSTEMS.values() for title in systems.values())


@pytest.mark.parametrize(("language", "system"), EVERY)
def test_the_example_has_no_letter_of_its_script_left(language, system):
    text = next(version.text for version in example.versions() if version.language == language)
    script = {"ko": "HANGUL", "ru": "CYRILLIC"}[language]
    assert any(unicodedata.name(letter, "").startswith(script) for letter in text)
    left = {letter for letter in romanised(text, language, system) if unicodedata.name(letter, "").startswith(script)}
    assert not left


PIECES = st.one_of(
    st.text(),
    st.text("가각갃힣뷁없었넓밟ㄱㅏㆎ각 의ㄳ"),
    st.text("аеёийъьэюяЦЩЁѣіӑ\u0301\u0306 -"),
    st.sampled_from(ODDITIES),
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)


@given(TEXTS, st.sampled_from(EVERY))
def test_any_text_is_written_and_its_words_are_parts_of_it(text, kind):
    latin = romanised(text, *kind)
    found = words(text, *kind)
    assert [text[start:stop] for start, stop, _ in found] == text.split()
    between = [0, *(place for start, stop, _ in found for place in (start, stop)), len(text)]
    gaps = [text[start:stop] for start, stop in zip(between[::2], between[1::2], strict=True)]
    assert latin == "".join(gap + word for gap, word in zip(gaps, [*(word for *_, word in found), ""], strict=True))


@given(TEXTS, st.sampled_from(EVERY))
def test_digits_and_line_breaks_stay(text, kind):
    for kept in ("0123456789", "\r\n", "«»()!?,;:"):
        assert [sign for sign in romanised(text, *kind) if sign in kept] == [sign for sign in text if sign in kept]


def test_whole_korean_syllables_are_latin_whatever_stands_beside_them():
    """Every final before every initial, in every system."""
    for system in SYSTEMS["ko"]:
        for final in range(28):
            word = "".join(chr(0xAC00 + final) + chr(0xAC00 + 588 * initial + 28) for initial in range(19))
            assert all(letter.isascii() or letter in "ŏŭ" for letter in romanised(word, "ko", system)), word
