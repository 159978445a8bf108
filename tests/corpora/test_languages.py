"""What is told of a text from its letters, and that the language files can be used."""

import pytest

from corpora.languages import FOLDER, guess, language, names, script_of
from corpora.numbers import find_numbers

GUESSES = [
    ("우리 나라는 아직도 통일되지 못하였다.", "Hangul", "ko"),
    ("朝鮮勞動黨은 朝鮮人民의 利益을 代表한다.", "Hangul", "ko"),
    ("Наша страна всё ещё не воссоединена.", "Cyrillic", "ru"),
    ("Наша партия (Korean Workers' Party) и ЦК КПСС решили это.", "Cyrillic", "ru"),
    ("Our country is still not reunited, says the paper.", "Latin", "en"),
    ("Unser Land ist noch immer nicht wiedervereint, sagt das Blatt.", "Latin", "de"),
    ("Notre pays n'est toujours pas réunifié, dit le journal.", "Latin", "fr"),
    ("1955 — № 5 … 😀", "", "und"),
    ("", "", "und"),
    ("これはペンです。CIAは何か。", "", "und"),
    ("بلدنا لم يتوحد بعد. CIA", "", "und"),
]


@pytest.mark.parametrize(("text", "script", "code"), GUESSES, ids=[row[0][:20] for row in GUESSES])
def test_script_and_language_of_a_text(text, script, code):
    assert (script_of(text), guess(text)) == (script, code)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_language_file_loads(path):
    if path.stem == "names":
        assert len(names()) > 10
        return
    pack = language(path.stem)
    assert pack.code == path.stem
    assert pack.name


@pytest.mark.parametrize(
    ("tag", "code", "name", "script"),
    [
        ("ko", "ko", "Korean", "Hangul"),
        ("ko-KP", "ko", "Korean", "Hangul"),
        ("RU", "ru", "Russian", "Cyrillic"),
        ("de-AT", "de", "German", "Latin"),
        ("zh-Hant", "zh", "Chinese", ""),
        ("xx", "xx", "xx", ""),
        ("names", "names", "names", ""),
        ("und", "und", "Undetermined", ""),
    ],
)
def test_a_tag_has_a_language(tag, code, name, script):
    pack = language(tag)
    assert (pack.code, pack.name, pack.script) == (code, name, script)


@pytest.mark.parametrize(
    ("code", "number", "yes", "no"),
    [
        ("en", 3, ["three", "the third"], ["threefold", "others"]),
        ("ru", 2, ["две части", "двухэтажный", "вторая"], ["двор", "движение"]),
        ("ko", 2, ["두 부분", "둘째 단계", "이년간"], ["두려움", "이것"]),
        ("ko", 3, ["세 나라", "셋이", "삼년"], ["세력", "삼림"]),
    ],
)
def test_number_words(code, number, yes, no):
    found = {text: [one.value for one in find_numbers(text, language(code))] for text in (*yes, *no)}
    assert [text for text in yes if number not in found[text]] == []
    assert [text for text in no if found[text]] == []


@pytest.mark.parametrize(
    ("code", "yes", "no"),
    [
        ("en", ["They do not know.", "It cannot be.", "nobody came"], ["Nothingham", "a note", "know"]),
        ("ru", ["не достигнуты", "Нет сил", "невозможно"], ["нерв", "небо", "бездна"]),
        ("ko", ["통일되지 못하였다", "중단되지 않았다", "안 된다"], ["안정", "편안하다"]),
    ],
)
def test_words_of_denial(code, yes, no):
    pattern = language(code).denial
    assert [text for text in yes if not pattern.search(text)] == []
    assert [text for text in no if pattern.search(text)] == []
