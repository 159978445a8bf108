"""What the benchmark of encodings writes and counts."""

import pytest

from benchmarks.codepages import ENCODINGS, LENGTHS, WAYS, measured, outcome, texts

LINES = {
    "ko": ["우리 나라는 아직도 통일되지 못하였다.", "조선 인민은 조국의 통일을 바란다."] * 40,
    "ru": ["Наша страна всё ещё не воссоединена.", "Урожай зерна в этом году был мал."] * 40,
    "en": ["\"Our country's task,\" he said - it is the nation's.", "The harvest was small this year."] * 40,
}


def test_texts_have_five_lengths_and_hold_what_can_be_written():
    made = texts([*LINES["ru"], "cafй é"], 5, "koi8_r")
    assert list(made) == list(LENGTHS)
    assert len(made["word"]) == 5
    assert len(made["sentence"]) == 80
    assert all(text.encode("koi8_r") for found in made.values() for text in found)


@pytest.mark.parametrize(
    ("text", "encoding", "what"),
    [(LINES["ru"][0], "mac_cyrillic", "right"), ("ДЕЛО", "cp1251", "asked"), (LINES["ko"][0], "johab", "right")],
)
def test_outcomes(text, encoding, what):
    assert outcome(text, encoding) == what


@pytest.mark.parametrize("language", ENCODINGS)
def test_a_row_for_each_encoding_and_way_and_nothing_misread(language):
    rows = list(measured(LINES[language], language, 3, True))
    assert not [row for row in rows if row.startswith("misread")]
    ways = sum(language in languages for languages, _ in WAYS.values())
    assert len(rows) == ways * len(ENCODINGS[language])
    assert all("/ 0 |" in row for row in rows)
