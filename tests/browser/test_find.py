"""Finding text the way people type it: a row is a text, a query, and what is found, quoted from the text."""

import re
import unicodedata
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.screen import ROOT
from tests.strategies import ODDITIES, SENTENCES
from views.reader import PARTS
from views.reader.files import SCRIPTS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FINDS = [
    # Korean as it is typed: the letters of the first syllable, the syllable growing, the next one.
    *[("조선 혁명", query, ["혁"]) for query in ("ㅎ", "혀", "혁")],
    *[("조선 혁명의 길", query, ["혁명"]) for query in ("혁ㅁ", "혁며", "혁명")],
    ("혁명과 반혁명", "혁명", ["혁명", "혁명"]),
    ("값이 과연", "갑", ["값"]),
    ("값이 과연", "값", ["값"]),
    ("값이 과연", "고", ["과"]),
    ("과연 의 뭐 왜", "으", ["의"]),
    ("궤도", "구", ["궤"]),
    ("않다", "안", ["않"]),
    ("있다", "이", ["있"]),
    ("혀\u11a8명", "혀", ["혀\u11a8"]),
    ("갑이", "값", []),
    # The end of a syllable is not the beginning of the next; a letter is not found inside a syllable.
    ("다음 당의", "당", ["당"]),
    ("가나", "간", []),
    ("강아지", "ㅇ", ["아"]),
    ("혁명", "ㅕ", []),
    ("개 가", "가", ["가"]),
    ("까치", "ㄱ", []),
    ("ㄱ. 첫째 ㄴ. 둘째", "ㄴ.", ["ㄴ."]),
    ("조선 로동당", "조선로동", []),
    ("《혁명》의", '"혁명"', ["《혁명》"]),
    ("樂園", "樂", ["樂"]),
    # Russian: ё is е, й is no и, stress marks and case do not count.
    ("Ещё всё ещё.", "еще", ["Ещё", "ещё"]),
    ("все", "всё", ["все"]),
    ("мой мои", "мои", ["мои"]),
    ("мой мои", "МОЙ", ["мой"]),
    ("їжак іжак", "іжак", ["іжак"]),
    ("за\u0301мок и замо\u0301к", "замок", ["за\u0301мок", "замо\u0301к"]),
    ("бой\u0301 бои\u0301", "бой", ["бой\u0301"]),
    ("«Правда» — орган ЦК", '"правда" -', ["«Правда» —"]),
    ("съезд № 5", "no 5", ["№ 5"]),
    ("т.\u00a0е.  так", "е. т", ["е.  т"]),
    # English and German.
    ("Kim’s speech, Kim's plan", "kim's", ["Kim’s", "Kim's"]),
    ("“self‑reliance”—1953–1955", '"self-reliance"-1953-1955', ["“self‑reliance”—1953–1955"]),
    ("Kim  Il\nSung", "kim il sung", ["Kim  Il\nSung"]),
    ("one \u200b two", "one two", ["one \u200b two"]),
    ("coop\u00aderative", "operat", ["op\u00aderat"]),
    ("Chosŏn Nodong", "choson", ["Chosŏn"]),
    ("aaaa", "aa", ["aa", "aa"]),
    ("Die Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
    ("Die Strasse", "straße", ["Strasse"]),
    ("Straße", "s", ["S", "ß"]),
    ("Grüße, Mu\u0308ller", "mull", ["Mu\u0308ll"]),
    ("Grüße", "Grü", ["Grü"]),
    ("the oﬃce", "offi", ["oﬃ"]),
    ("ＣＩＡ １９５５", "cia 1955", ["ＣＩＡ １９５５"]),
    ("ΟΔΟΣ οδος", "οδος", ["ΟΔΟΣ", "οδος"]),
    # Beyond the basic plane, and what is joined.
    ("a😀b😁c", "😀", ["😀"]),
    ("a😀b", "B", ["b"]),
    ("👨\u200d👩\u200d👧 👩", "👩", ["👩"]),
    ("👍🏽!", "👍", ["👍🏽"]),
    ("❤\ufe0f ❤", "❤", ["❤\ufe0f", "❤"]),
    ("🇰🇵🇷🇺", "🇷🇺", ["🇷🇺"]),
    ("🇰🇵🇷🇺", "🇵🇷", []),
    # Nothing to look for, nothing to look in, nothing there.
    ("a b", "", []),
    ("a b", " ", []),
    ("a b", "\u200b", []),
    ("", "a", []),
    ("a", "ab", []),
    ("a.c abc", "a.c", ["a.c"]),
]


@pytest.fixture
def script(page: Page) -> Page:
    """A blank page that knows the functions."""
    page.add_script_tag(content=(ROOT / "views/reader/scripts/find.js").read_text("utf-8"))
    return page


def quotes(page: Page, rows: list[tuple[str, str]]) -> Any:
    return page.evaluate(
        "rows => rows.map(([text, query]) => findIn(folded(text), folded(query)).map(([start, stop]) => text.slice(start, stop)))",
        [list(row) for row in rows],
    )


def test_what_is_found(script: Page) -> None:
    found = quotes(script, [(text, query) for text, query, _ in FINDS])
    assert list(zip(FINDS, found, strict=True)) == [(row, row[2]) for row in FINDS]


def test_a_query_in_parts_works_like_a_whole_one(script: Page) -> None:
    for form in ("NFC", "NFD"):
        assert quotes(script, [(text, unicodedata.normalize(form, query)) for text, query, _ in FINDS]) == [
            expected for *_, expected in FINDS
        ]


def test_a_text_in_parts_is_found_in_whole_syllables(script: Page) -> None:
    text = unicodedata.normalize("NFD", "조선 혁명의 값 ещё мой")
    whole = [unicodedata.normalize("NFD", quote) for quote in ("혁", "값", "ещё", "мой")]
    assert quotes(script, [(text, query) for query in ("혀", "갑", "еще", "мой")]) == [[quote] for quote in whole]


def test_every_text_finds_itself_and_its_places_run_forward(script: Page) -> None:
    texts = [sentence for sentences in SENTENCES.values() for sentence in sentences]
    texts += [f"a{oddity}b {oddity}{oddity}" for oddity in ODDITIES] + [f"{text} {text}" for text in texts]
    texts += [unicodedata.normalize("NFD", text) for text in texts]
    found = script.evaluate(
        """texts => texts.map((text) => {
          const { text: plain, places } = folded(text);
          return { found: findIn(folded(text), folded(text)), count: places.length - plain.length, last: places.at(-1),
            forward: places.every((place, index) => !index || places[index - 1] <= place), again: folded(plain).text === plain };
        })""",
        texts,
    )
    for text, result in zip(texts, found, strict=True):
        length = len(text.encode("utf-16-le")) // 2
        assert result == {"found": [[0, length]], "count": 1, "last": length, "forward": True, "again": True}, text


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [("다음", "당", ["다음"]), ("갑시다", "값", ["갑시"]), ("조선", "좃", ["조선"]), ("바꾸다", "밖", ["바꾸"]), ("조선", "조", None), ("abc", "ab", None), ("abc", "", None)],
)  # fmt: skip
def test_a_query_that_is_still_being_typed(script: Page, text: str, query: str, expected: list[str] | None) -> None:
    found = script.evaluate(
        """([text, query]) => {
          const tried = unfinished(folded(query));
          return tried && findIn(folded(text), tried).map(([start, stop]) => text.slice(start, stop));
        }""",
        [text, query],
    )
    assert found == expected


def test_no_two_files_of_the_reader_use_one_name() -> None:
    """All of them are joined into one module."""
    named = re.compile(r"^(?:async )?(?:const|let|function) (\w+)", re.MULTILINE)
    names = [name for part in PARTS for name in named.findall((SCRIPTS / part).read_text("utf-8"))]
    assert sorted({name for name in names if names.count(name) > 1}) == []
