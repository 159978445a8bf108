"""Bytes -> text: encodings that are told, files that are refused, and what a refusal says."""

import hashlib
import re

import pytest

from corpora import example, read, read_bytes
from corpora.errors import ReadError
from corpora.normalise import decode, digest, normalise

KOREAN = "우리 나라는 아직도 통일되지 못하였다. 《로동신문》은 그것을 보도하였다."
HAN = "朝鮮民主主義人民共和國은 우리의 祖國이다. 우리 祖國은 統一되지 못하였다."
RUSSIAN = "Наша страна всё ещё не воссоединена. В 1954 году урожай зерна был мал."
ENGLISH = "Our country is still not reunited."
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le with mark", "utf-16-be with mark"]


def seed(id: str) -> str:
    return (example.SEEDS / f"{example.STEM}.{id}.txt").read_text(encoding="utf-8").split("**Contents:**")[1]


def encoded(text: str, encoding: str) -> bytes:
    if encoding.endswith(" with mark"):
        encoding = encoding.removesuffix(" with mark")
        return ("\ufeff" + text).encode(encoding)
    return text.encode(encoding)


def typewritten(text: str) -> str:
    """The text with the few signs that no Russian code page before Unicode has."""
    return text.translate(str.maketrans({"—": "-", "№": "N", "«": '"', "»": '"', "–": "-"}))


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", [KOREAN, RUSSIAN, ENGLISH, "…", HAN], ids=["ko", "ru", "en", "dots", "han"])
def test_unicode_is_read_with_and_without_a_mark(text, encoding):
    version = read_bytes(encoded(text, encoding), "paper.txt")
    assert version.text == text
    assert version.metadata["encoding"].startswith(encoding[:5])


@pytest.mark.parametrize("text", [KOREAN, HAN, "평양에서", "왜 그런가?", "(1) 공업을, (2) 농업을 복구할 것"])
def test_short_korean_in_cp949(text):
    assert decode(text.encode("cp949"), '"f"') == (text, "cp949")


def test_long_korean_in_cp949():
    text = seed("ko")
    assert decode(text.encode("cp949"), '"f"') == (text, "cp949")


SHORT_RUSSIAN = [
    RUSSIAN,
    RUSSIAN.upper(),
    "Наша страна",
    "Привет, мир!",
    "Тов. Ким Ир Сен",
    "ОТЧЁТ О РАБОТЕ",
    "Мощность станции 5 кВт, тираж 100 экз.",
    "Перевод с корейского (translation from Korean)",
]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "cp866"])
@pytest.mark.parametrize("text", SHORT_RUSSIAN)
def test_short_russian_in_every_code_page(text, encoding):
    text = typewritten(text)
    assert decode(text.encode(encoding), '"f"') == (text, encoding)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "cp866"])
@pytest.mark.parametrize("change", [str, str.upper, str.lower], ids=["as written", "capitals", "small"])
def test_long_russian_in_every_code_page(encoding, change):
    text = change(typewritten(seed("ru")))
    assert decode(text.encode(encoding), '"f"') == (text, encoding)


def test_korean_under_an_english_head_in_cp949():
    text = f"**Summary:**\n\n{ENGLISH * 20}\n\n**Contents:**\n\n{KOREAN}"
    assert decode(text.encode("cp949"), '"f"') == (text, "cp949")


def test_typographic_russian_in_cp1251():
    text = seed("ru")
    assert decode(text.encode("cp1251"), '"f"') == (text, "cp1251")


REFUSED = [
    pytest.param(b"", "is empty", id="nothing"),
    pytest.param(b" \r\n\t\n", "is empty", id="white space"),
    pytest.param(b"\xef\xbb\xbf", "is empty", id="a mark alone"),
    pytest.param(b"\xff\xfe", "is empty", id="a UTF-16 mark alone"),
    pytest.param(b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "not a text file but a Word", id="docx"),
    pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary", id="png"),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not a text file but a Word", id="doc"),
    pytest.param(b"{\\rtf1\\ansi Text.}", "not a text file but an RTF", id="rtf"),
    pytest.param(b"text\x00text", "binary", id="nul"),
    pytest.param(b"text\x07text", "binary", id="control"),
    pytest.param(b"\xef\xbb\xbftext\x00text", "binary", id="nul behind a UTF-8 mark"),
    pytest.param(bytes(range(128, 256)) * 3, "encoding cannot be told", id="every high byte"),
    pytest.param(
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
        "not a text file but a PDF",
        id="pdf",
    ),
    pytest.param("voilà l'hôpital, déjà là".encode("cp1252"), "encoding cannot be told", id="French in cp1252"),
    pytest.param("Müller kam über die Brücke.".encode("cp1252"), "encoding cannot be told", id="German in cp1252"),
    pytest.param("私の国はまだ統一されていない。".encode("shift_jis"), "encoding cannot be told", id="Shift JIS"),
    pytest.param("我们的国家还没有统一。".encode("gb18030"), "encoding cannot be told", id="GB 18030"),
    # Letters too few to tell one code page from another.
    pytest.param("ДЕЛО".encode("cp1251"), "encoding cannot be told", id="four capitals of cp1251"),
    pytest.param("щука".encode("cp866"), "encoding cannot be told", id="four letters of cp866"),
    pytest.param("Наша".encode()[:-1], "looks like Unicode UTF-8 text but byte 6", id="UTF-8 cut in a letter"),
    pytest.param(b"\xef\xbb\xbf\xff text", "begins like utf-8-sig text but byte 3", id="false UTF-8 mark"),
    pytest.param(b"\xff\xfe\x00\xd8", "begins like utf-16 text", id="half a surrogate pair"),
    pytest.param(b"\xff\xfea", "begins like utf-16 text", id="half a UTF-16 unit"),
]


@pytest.mark.parametrize(("data", "why"), REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(data, why):
    with pytest.raises(ReadError, match=re.escape(why)) as caught:
        read_bytes(data, "paper.txt")
    message = str(caught.value)
    assert message.startswith('"paper.txt" ')
    assert message.endswith(".")
    assert ". " not in re.sub('"[^"]*"', "", message)
    assert re.search(r"; (give|save|choose)", message), "the message does not say what to do"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ReadError, match=r'There is no file ".*paper.txt"; check the name'):
        read(tmp_path / "paper.txt")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(ReadError, match="cannot be read"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\r\n\r\nb", "a\n\nb"),
        ("a\u2029b\u2028c", "a\nb\nc"),
        ("\ufeffa", "a"),
        ("e\u0301 и\u0306", "é й"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        ("a\ttab\x0cpage", "a\ttab\x0cpage"),
        ("a\x0bb\x85c", "a\nb\nc"),
        ("so\u00adft zero\u200bwidth wo\u2060rd jo\ufeffined", "soft zerowidth word joined"),
        ("bell\x07 null\x00 escape\x1b delete\x7f none\uffff", "bell null escape delete none"),
        ("the Party\x92s \x93task\x94 \x81", "the Party’s “task” "),
        # Kept: spaces that do not break, joiners, marks of direction, full-width and half-width forms.
        ("5\u00a0кг \u202f٪", "5\u00a0кг \u202f٪"),
        ("क्\u200dष نامه\u200cای \u200e(a)", "क्\u200dष نامه\u200cای \u200e(a)"),
        ("（１９５５年）　ｱﾎﾟ ﾡ", "（１９５５年）　ｱﾎﾟ ﾡ"),
        # Old Korean letters that no syllable holds stay letters; the rest of the syllables is composed.
        (
            "\u1102\u119e\u11af \u1112\u1161\u11ab\u1100\u1173\u11af \u113c\u1161",
            "\u1102\u119e\u11af 한글 \u113c\u1161",
        ),
        ("ㆍㄱㅏ", "ㆍㄱㅏ"),
        # The second codes that KS X 1001 has for one character by its sound are one character.
        ("\uf914\uf95c", "樂樂"),
        ("", ""),
    ],
)
def test_line_ends_and_composed_letters(raw, text):
    assert normalise(raw) == text
    assert normalise(text) == text


def test_the_digest_is_of_the_text_and_not_of_the_file():
    files = [encoded(RUSSIAN, encoding) for encoding in [*UNICODE, "utf-16-le", "cp1251", "koi8_r", "iso8859_5"]]
    digests = {read_bytes(data, "paper.txt").digest for data in files}
    assert digests == {digest(RUSSIAN)} == {hashlib.sha256(RUSSIAN.encode()).hexdigest()}
    assert read_bytes((RUSSIAN + " ").encode(), "paper.txt").digest not in digests
