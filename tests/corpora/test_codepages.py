"""Encodings: which are told, which are asked about, and what a question says."""

import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
from corpora import codepages, example, read_bytes
from corpora.citation import paper
from corpora.codepages import ENCODINGS, LARGEST, candidates, decode
from corpora.contents import File
from corpora.errors import EncodingError, ReadError, UnknownName, WorkbenchError

KOREAN = "우리 나라는 아직도 통일되지 못하였다. 《로동신문》은 그것을 보도하였다."
HAN = "朝鮮民主主義人民共和國은 우리의 祖國이다. 우리 祖國은 統一되지 못하였다."
RUSSIAN = "Наша страна всё ещё не воссоединена. В 1954 году урожай зерна был мал."
SHOUTED = "НАША СТРАНА ВСЕ ЕЩЕ НЕ ВОССОЕДИНЕНА. В 1954 ГОДУ УРОЖАЙ ЗЕРНА БЫЛ МАЛ."
QUOTING = 'Перевод с корейского ("translation from Korean", p. 5), страница шестая.'
TYPOGRAPHIC = "Он сказал: «Наша страна всё ещё не воссоединена» — и ушёл."
UKRAINIAN = "Наша країна ще не об'єднана. У 1954 році врожай зерна був малий."
ENGLISH = (
    "“Our country’s reunification,” he said at the café – “is the nation’s task.” Naïve? The peasants’ answer: no."
)
ENGLISH_OF_ISO = "The café's façade cost £5 in 1954; the naïve résumé of Zoë Müller says no more about the harvest."
CYRILLIC = ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
TOLD = [
    *((text, encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
      for text in (KOREAN, HAN, RUSSIAN, SHOUTED, ENGLISH)),
    *((text, encoding) for encoding in ("cp949", "euc_kr", "johab", "iso2022_kr") for text in (KOREAN, HAN)),
    *((text, encoding) for encoding in CYRILLIC for text in (RUSSIAN, SHOUTED, QUOTING)),
    *((TYPOGRAPHIC, encoding) for encoding in ("cp1251", "mac_cyrillic")),
    *((UKRAINIAN, encoding) for encoding in ("cp1251", "koi8_u")),
    (ENGLISH, "cp1252"), (ENGLISH, "mac_roman"), (ENGLISH_OF_ISO, "iso8859_1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding"), TOLD)
def test_a_sentence_is_read_right(text, encoding):
    read, name = decode(text.encode(encoding), '"f"')
    assert read == text
    # The name it goes by reads it again.
    assert decode(text.encode(encoding), '"f"', name)[0] == text


@pytest.mark.parametrize("encoding", [*CYRILLIC, "koi8_u"])
def test_a_page_of_the_example_is_read_right(encoding):
    version = example.versions()[1]
    text = paper(version.text).translate(str.maketrans({"—": "-", "№": "N", "«": '"', "»": '"', "–": "-"}))
    assert decode(text.encode(encoding), '"f"')[0] == text


@pytest.mark.parametrize("encoding", [*CYRILLIC, "cp949", "johab", "cp1252", "utf-16-le"])
@pytest.mark.parametrize("end", ["\r\n", "\r", "\x1a"], ids=["CRLF", "CR", "the end of a DOS file"])
def test_ends_of_lines_and_files_make_no_difference(encoding, end):
    text = {"cp949": KOREAN, "johab": KOREAN, "cp1252": ENGLISH}.get(encoding, RUSSIAN)
    assert decode((text + end).encode(encoding), '"f"')[0] == (text + end).rstrip("\x1a")


ASKED = [
    pytest.param("ДЕЛО".encode("cp1251"), ["ДЕЛО", "декн"], id="four capitals"),
    pytest.param("Да".encode("cp1251"), ["Да"], id="two letters"),
    pytest.param("ТЕ".encode("iso8859_5"), ["ТЕ"], id="two capitals that are UTF-8 as well"),
    pytest.param("шеи".encode("cp866"), ["шеи"], id="three letters that are UTF-8 as well"),
    pytest.param("ОКЕАН".encode("koi8_r"), ["ОКЕАН", "плебо"], id="a word that is nearly one in another encoding"),
]


@pytest.mark.parametrize(("data", "shown"), ASKED)
def test_what_two_encodings_read_is_asked_about(data, shown):
    with pytest.raises(EncodingError) as caught:
        decode(data, '"paper.txt"')
    message = str(caught.value)
    assert message.startswith('"paper.txt" ')
    assert message.endswith("; choose the encoding, or save it as UTF-8.")
    offered = candidates(data)
    for words in shown:
        assert f'reads "{words}"' in message
        assert words in [first for _, first in offered]
    assert 1 < message.count("it reads") <= 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("我们的国家还没有统一。国土和民族被分裂为两部分。", "gb18030"),
        ("我們的國家還沒有統一。國土和民族被分裂。", "big5"),
        ("私の国はまだ統一されていない。", "shift_jis"),
        ("私の国はまだ統一されていない。", "euc_jp"),
        ("Zażółć gęślą jaźń. Wisła płynie.", "cp1250"),
        ("Naše země ještě není sjednocena.", "cp1250"),
        ("Türkiye'de Şırnak ilçesi çok güzeldir.", "cp1254"),
        ("Η χώρα μας δεν έχει ακόμη επανενωθεί.", "cp1253"),
        ("بلادنا لم تتوحد بعد", "cp1256"),
        ("ประเทศของเรายังไม่รวมกัน", "tis_620"),
    ],
)
def test_what_is_in_none_of_these_languages_is_never_guessed(text, encoding):
    with pytest.raises(EncodingError, match="its encoding cannot be told"):
        decode(text.encode(encoding), '"f"')
    if encoding in ENCODINGS:
        assert decode(text.encode(encoding), '"f"', encoding) == (text, encoding)


def test_korean_in_a_code_that_python_does_not_know_is_asked_about():
    # KPS 9566 of the North has the syllables of CP949 in other places.
    chance = random.Random(1)
    syllables = [bytes((lead, trail)).decode("euc_kr") for lead in range(0xB0, 0xC9) for trail in range(0xA1, 0xFF)]
    text = KOREAN.translate(str.maketrans(dict(zip(syllables, chance.sample(syllables, len(syllables)), strict=True))))
    with pytest.raises(EncodingError, match="cannot be told"):
        decode(text.encode("cp949"), '"f"')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ((KOREAN * 9).encode("cp949") + b"\xc6", "looks like Korean CP949 or EUC-KR text but byte 639 does not fit"),
        ((RUSSIAN * 9).encode("cp1251") + b"\x98", "looks like Cyrillic Windows-1251 text but byte 630 does not fit"),
        (RUSSIAN.encode()[:-2] + b"\xd0", "looks like Unicode UTF-8 text but byte 119 does not fit"),
        (RUSSIAN.encode() + b"\xff" + RUSSIAN.encode(), "looks like Unicode UTF-8 text but byte 122 does not fit"),
        ("\ud800 text".encode("utf-8", "surrogatepass") + RUSSIAN.encode(), "looks like Unicode UTF-8 text but byte 0"),
        ((RUSSIAN * 9 + "\n").encode("cp1251") + (RUSSIAN * 9).encode("koi8_r"), "is partly Cyrillic Windows-1251 and partly Russian KOI8-R"),
    ],
    ids=["half a syllable", "a byte that cp1251 lacks", "cut UTF-8", "damaged UTF-8", "half a surrogate pair", "two encodings"],
)  # fmt: skip
def test_damage_is_told_with_its_place(data, said):
    with pytest.raises(EncodingError) as caught:
        decode(data, '"f"')
    assert f'"f" {said}' in str(caught.value)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_of_the_menu_can_be_chosen(encoding):
    assert decode("text".encode(encoding), '"f"', encoding) == ("text", encoding)
    assert 5 < len(ENCODINGS[encoding]) < 40


@pytest.mark.parametrize(
    ("called", "encoding"),
    [("Windows-1251", "cp1251"), ("EUC-KR", "cp949"), ("uhc", "cp949"), ("KOI8-R", "koi8_r"), ("latin1", "iso8859_1"),
     ("macintosh", "mac_roman"), ("UTF8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("866", "cp866")],
)  # fmt: skip
def test_an_encoding_goes_by_its_other_names_too(called, encoding):
    assert codepages.resolved(called) == encoding


def test_a_chosen_encoding_that_does_not_fit_is_told_with_the_byte():
    with pytest.raises(EncodingError, match='"f" is not Cyrillic Windows-1251 text but byte 2 does not fit; choose'):
        decode(b"ab\x98", '"f"', "cp1251")
    with pytest.raises(EncodingError, match="byte 0 does not fit"):
        decode(RUSSIAN.encode("cp1251"), '"f"', "utf-8")


@pytest.mark.parametrize(
    "data", [RUSSIAN.encode("utf-16"), b"\xfe\xff" + RUSSIAN.encode("utf-16-be"), RUSSIAN.encode("utf-32")]
)
def test_a_mark_and_the_choice_of_what_it_says_agree(data):
    text, name = decode(data, '"f"')
    assert text == RUSSIAN == decode(data, '"f"', name)[0]


@pytest.mark.parametrize("name", ["nonsense", "zip", "idna", "mbcs", "x" * 300, "\0", "../cp1251", "cp437"])
def test_an_unknown_encoding_is_told_with_the_known_ones(name):
    with pytest.raises(UnknownName, match=r'There is no encoding called ".*"; known are: utf-8, .*cp1251') as caught:
        decode(b"text", '"f"', name)
    assert "\n" not in str(caught.value)


def test_the_user_s_choice_is_heeded_by_the_reader():
    (version,) = corpora.contents(File("paper.txt", "ДЕЛО".encode("koi8_r"), "koi8_r")).versions
    assert (version.text, version.metadata["encoding"]) == ("ДЕЛО", "koi8_r")


@pytest.mark.parametrize("text", [RUSSIAN, KOREAN, ENGLISH, "ДЕЛО"])
def test_the_preview_begins_with_the_right_reading(text):
    for encoding in ("utf-8", "utf-16", "utf-16-le"):
        assert candidates(text.encode(encoding))[0][1] == text[:40].strip()
    native = {KOREAN: "cp949", ENGLISH: "cp1252"}.get(text, "cp1251")
    found = candidates(text.encode(native))
    assert found[0] == (native, text[:40].strip())
    assert len({name for name, _ in found}) == len(found) > 1


def test_the_preview_shows_the_first_words_that_tell():
    data = ("A summary in English. " * 20 + "\n\n" + RUSSIAN).encode("koi8_r")
    assert candidates(data)[0] == ("koi8_r", RUSSIAN[:40].strip())
    assert candidates(b"plain") == [("utf-8", "plain")]
    assert candidates(b"")[:1] == [("utf-8", "")]


def test_a_long_text_is_told_by_all_of_its_signs():
    # One curly quotation mark and one letter with an accent, far from one another and from the beginning.
    text = (
        "The harvest was good. " * 4000
        + "The nation’s task. "
        + "The harvest was bad. " * 4000
        + "A café. "
        + "It was. " * 4000
    )
    for encoding in ("cp1252", "mac_roman"):
        assert decode(text.encode(encoding), '"f"')[0] == text


@pytest.mark.parametrize("encoding", ["cp949", "johab"])
def test_a_long_korean_text_is_cut_between_its_syllables(encoding):
    text = (KOREAN + " ") * 2000
    assert decode(text.encode(encoding), '"f"')[0] == text


def test_a_text_file_has_a_largest_size():
    with pytest.raises(ReadError, match='"f" is larger than 64 MB; divide it') as caught:
        decode(bytes(LARGEST + 1), '"f"')
    assert str(caught.value).endswith(".")


def test_a_huge_file_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(ReadError, match=r'"huge.txt" is larger than 64 MB'):
        corpora.file_at(path)


@given(st.binary(max_size=200), st.sampled_from(["", *ENCODINGS]))
def test_any_bytes_are_read_or_refused_in_one_sentence(data, chosen):
    try:
        text, encoding = decode(data, '"f"', chosen)
    except WorkbenchError as error:
        message = str(error)
        assert message.startswith('"f" ')
        assert message.endswith(".")
        assert "\n" not in message
    else:
        assert encoding == chosen or not chosen
        assert text.isascii() or text.encode("utf-8")
    for encoding, first in candidates(data):
        assert len(first) <= 40
        assert "\n" not in first
        data.decode(encoding)


def test_damaged_files_are_never_misread_as_something_longer():
    chance = random.Random(1)
    sources = [(text, encoding) for text, encoding in TOLD if len(text.encode(encoding)) > 60]
    for _ in range(2000 if os.environ.get("SOAK") else 200):
        text, encoding = chance.choice(sources)
        data = bytearray(text.encode(encoding))
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(data))
            data[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        try:
            read_bytes(bytes(data), "paper.txt")
        except WorkbenchError as error:
            message = str(error)
            assert '"paper.txt"' in message
