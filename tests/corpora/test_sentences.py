"""Sentences, as tables: a row is a text with a bar where each cut belongs.

What a library gets wrong stands in WRONG with the right cuts; a row that comes right has to be moved up.
"""

import pytest

import corpora
from corpora import read_bytes
from corpora.document import Version
from corpora.segmenters import sentences

TABLE = {
    "ko": [
        "우리 나라는 아직도 통일되지 못하였다.| 국토와 민족은 두 부분으로 분렬되였다.",
        "해방은 우리 민족의 력사에 새로운 시대를 열어 놓았다.| 조선 인민은 비로소 자기 운명의 주인으로 되였다.",
        "왜 그런가?| 그것은 이렇다!| 모두 들었다.",
        "1955. 1. 31. 평양에서 회의가 열렸다.| 모두가 왔다.",
        "수확은 3.5배로 늘었다.| 좋은 일이다.",
        "1. 공업에서 사회주의적 공업화를 실시할 것.",
        "첫째로, 그렇다.| 둘째로, 아니다.",
        "그는 《가자.》라고 말하였다.| 그리고 떠났다.",
        "공업(중공업 등.)을 발전시킨다.| 끝이다.",
        "이것은 북조선의 사회 경제적 발전의 필수적 요구로 되였다.| 민주기지를 강화할 수 없다.",
    ],
    "ru": [
        "Наша страна всё ещё не воссоединена.| Страна разделена на две части.",
        "В 1954 г. Тов. Ким уехал.| Он вернулся.",
        "В 1954 г. состоялся съезд.| Потом был другой.",
        "Тов. Ким Ир Сен сказал.| Все слушали.",
        "Это т. е. так.| И т. д. и т. п.| Конец.",
        "См. док. № 5.| Он здесь.",
        "Фонд 5, оп. 28, д. 314.| Лист 5.",
        "Док. № 5 утерян.| Он здесь.",
        "Экз. № 2 утерян.| Оп. 28 найдена.",
        "И. В. Сталин умер.| Его похоронили.",
        "Почему?| Потому!| Вот.",
        "В 1954—1956 гг.| План выполнен.",
        "Он живёт на ул. Ленина.| Там хорошо.",
        "1) Осуществить социалистическую индустриализацию;",
        "Партия (см. прил. № 2) решила.| Все согласны.",
    ],
    "en": [
        "Our country is still not reunited.| The nation is divided.",
        "See Doc. No. 5 on this.| It is here.",
        "No. 5 is here.| No. 6 is not.",
        "Ref. N 926 dv of 2 March 1955.| See vol. 3, pp. 5-7.| Done.",
        "Mr. Smith met Cde. V. P. STEPANOV on 2 March.| He left.",
        "J. V. Stalin spoke on Jan. 31, 1955.| Kim Il Sung agreed.",
        "The U.S. Army left.| It came back.",
        "It cost $5.50.| That is much.",
        "(N. FEDORENKO) signed.| Then he left.",
        "He said “Go.”| She went.",
        'He asked: "Why? Who?"| Then he left.',
        "We won!| We lost?| Yes.",
        "Wait... what?| Yes.",
        "He said no.| Then he left.",
        "1. First.| 2. Second.",
    ],
    "de": [
        "Er kam.| Er ging.",
        "Er sagte: „Ich komme.“| Dann ging er.",
        "Er rief: »Halt!«| Dann ging er.",
        "Am 31. Januar kam er.| Er ging am 3. Mai.",
        "J. R. Becher schrieb z. B. so.| Gut.",
        "Ja!| Nein?| Vielleicht…| Gut.",
        "(Er ging.)| Sie blieb.",
        "3,5 Tonnen kosten 2.50 Mark.| Das ist viel.",
    ],
    "ja": ["これはペンです。|あれは「本です。」|何ですか？|はい！"],
    "zh": ["我们的国家还没有统一。|为什么？|1.5倍。"],
}
WRONG = [
    ("ru", "Это было в 1955 г.| Наша партия росла.", "razdel takes a capital behind г. for a name"),
    ("ru", "Он сказал: «Иду. Скоро буду.»| И ушёл.", "razdel cuts inside quotation marks"),
    ("en", "He lived in the U.S.S.R.| It was big.", "pysbd never ends a sentence with U.S.S.R."),
    ("ko", "제1항. 공업을 발전시킬 것.| 제2항. 농업을 발전시킬 것.", "Kiwi cuts behind the number of a clause"),
    ("de", "Dr. Müller kam.| Er ging.", "German has no list of abbreviations"),
    ("de", "Das ist bzw. war so.| Gut.", "German has no list of abbreviations"),
    ("de", "Er wohnt in Haus 5.| Sie auch.", "a number and a full stop are taken for a day"),
]


def cut(text: str, code: str) -> str:
    """The text with a bar where a sentence ends."""
    pieces = [text[start:stop] for start, stop in sentences.split(text, code)]
    return "|".join(pieces)


def expected(row: str) -> str:
    return "|".join(piece.strip() for piece in row.split("|"))


@pytest.mark.parametrize(("code", "row"), [(code, row) for code, rows in TABLE.items() for row in rows])
def test_table(code, row):
    assert cut(row.replace("|", ""), code) == expected(row)


@pytest.mark.parametrize(
    ("code", "row"),
    [
        pytest.param(code, row, marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason))
        for code, row, reason in WRONG
    ],
)
def test_table_of_what_is_known_to_be_wrong(code, row):
    assert cut(row.replace("|", ""), code) == expected(row)


@pytest.mark.parametrize("code", ["ko", "ru", "en", "de"])
@pytest.mark.parametrize("text", ["", " ", "\n\u00a0\n", "\u3000"])
def test_white_space_has_no_sentences(code, text):
    assert sentences.split(text, code) == []


@pytest.mark.parametrize("code", ["ko", "ru", "en", "de"])
@pytest.mark.parametrize(
    "text", ["…", "\u200b", "😀", "😀😀 Да. Нет. 우리. A b. C d.", "[", "(((" * 50, "\\1 $ ^ ?", "." * 300]
)
def test_what_is_no_sentence_is_kept_whole(code, text):
    spans = sentences.split(text, code)
    assert "".join(text[start:stop] for start, stop in spans) == "".join(text.split()) or len(text.split()) > 1
    assert "".join("".join(text[start:stop].split()) for start, stop in spans) == "".join(text.split())


def version(text: str, id: str) -> Version:
    return corpora.segment(read_bytes(text.encode(), f"{id}.txt", id), "sentence")


def test_sentences_keep_the_kind_and_paragraph_they_stand_in():
    cut = version(
        "A Title of. Two sentences\n\nOne. Two.\n\nThree. Four.\n\n1. He came. He went.\n\n## A heading. Of two\n\nFive.",
        "en",
    )
    assert [(s.paragraph, s.kind, s.text) for s in cut.segments] == [
        (0, "title", "A Title of. Two sentences"),
        (1, "paragraph", "One."),
        (1, "paragraph", "Two."),
        (2, "paragraph", "Three."),
        (2, "paragraph", "Four."),
        (3, "list item", "1. He came."),
        (3, "list item", "He went."),
        (4, "heading", "A heading. Of two"),
        (5, "paragraph", "Five."),
    ]


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("en", "One is here.\n\nThe task of a\n\nfurther union. It goes\non. And\n on.\n\nTwo."),
        ("ru", "Раз.\n\nПеред нами стоит\n\nзадача союза. Она\nесть. Вот\n и всё.\n\nДва."),
        ("ko", "하나이다.\n\n우리 앞에는\n과업이 나서고 있다. 모두가\n 들었다.\n\n둘이다."),
    ],
)
def test_sentences_over_mended_breaks_lead_back_to_their_characters(id, text):
    cut = version(text, id)
    for segment in cut.segments:
        assert cut.text[segment.start : segment.stop].split() == segment.text.split()
        assert "\n" not in segment.text
    assert any("\n" in cut.text[segment.start : segment.stop] for segment in cut.segments)
