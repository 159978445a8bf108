"""Pictures of pages, read by Tesseract; skipped where it or a type of the script is missing, but for refusals."""

import io
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

import corpora
from corpora.contents import Contents, File, together
from corpora.errors import ReadError, WorkbenchError
from corpora.readers import pdf, scan
from corpora.readers.drawn import hocr, tesseract
from corpora.readers.markup import parse
from corpora.readers.written import scanned

ENGLISH = [
    "The harvest of the year was small because the",
    "fields lay waste, and the villages had neither",
    "seed nor cattle.",
]
RUSSIAN = [
    "Наша страна всё ещё не воссоединена, и борьба",
    "народа продолжается каждый день этого года на",
    "юге страны.",
]
KOREAN = [
    "우리 나라는 아직도 통일되지 못하였다. 국토와 민족은",
    "두 부분으로 분렬되였으며 나라의 남반부는 완전히",
    "식민지로 되였다.",
]


def type_of(script: str) -> ImageFont.FreeTypeFont:
    """A type for a script, from Debian's fonts-dejavu or fonts-noto-cjk."""
    for path in (
        Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"),
        *Path("/usr/share/fonts").rglob("NotoSerifCJK-*.ttc"),
    ):
        if path.exists() and (script == "Hangul") == (path.suffix == ".ttc"):
            return ImageFont.truetype(str(path), 42)
    pytest.skip(f"no type for {script} is installed: fonts-dejavu-core, fonts-noto-cjk")


def picture(lines: list[str], script: str = "Latin", *, turn: int = 0, form: str = "PNG", head: str = "") -> bytes:
    """A page of 300 dots an inch with these lines."""
    page = Image.new("L", (1500, 1000), 255)
    drawing, font = ImageDraw.Draw(page), type_of(script)
    if head:
        drawing.text((150, 60), head, 0, font)
    for place, line in enumerate(lines):
        drawing.text((150, 220 + 60 * place), line, 0, font)
    memory = io.BytesIO()
    page.rotate(turn, expand=True).save(memory, form, dpi=(300, 300))
    return memory.getvalue()


def read(data: bytes, name: str = "page.png", language: str = "") -> Contents:
    return scan.read(File(name, data, language=language))


def installed(*codes: str) -> pytest.MarkDecorator:
    missing = "Tesseract is not installed (Debian's tesseract-ocr)"
    if shutil.which(tesseract.PROGRAM):
        told = subprocess.run([tesseract.PROGRAM, "--list-langs"], capture_output=True, text=True).stdout.split()
        absent = [f"tesseract-ocr-{code}" for code in codes if code not in told]
        missing = f"not installed: {', '.join(absent)}" if absent else ""
    return pytest.mark.skipif(bool(missing), reason=missing)


@pytest.mark.parametrize(
    ("lines", "script", "language"),
    [
        pytest.param(ENGLISH, "Latin", "en", marks=installed("eng", "rus", "kor")),
        pytest.param(RUSSIAN, "Cyrillic", "ru", marks=installed("eng", "rus", "kor")),
        pytest.param(KOREAN, "Hangul", "ko", marks=installed("eng", "rus", "kor")),
    ],
)
def test_a_page_is_read_in_the_language_that_it_is_in(lines, script, language):
    version = corpora.segment(read(picture(lines, script)).versions[0])
    assert version.language == language
    assert " ".join(segment.text for segment in version.body) == " ".join(lines)


@installed("eng")
def test_words_stand_on_the_picture_that_is_kept():
    found = read(picture(ENGLISH), language="en")
    (page,) = found.facsimiles
    assert (page.version, page.page) == (0, 1)
    text = found.versions[0].text
    zone = next(zone for zone in page.zones if text[zone.start : zone.stop] == "cattle.")
    image = Image.open(io.BytesIO(page.image)).convert("L")
    box = (zone.left * image.width, zone.top * image.height, zone.right * image.width, zone.bottom * image.height)
    assert image.crop(tuple(map(round, box))).getextrema()[0] < 50
    assert 0.2 < zone.left < zone.right < 0.35
    assert "".join(text[zone.start : zone.stop] for zone in page.zones) == "".join(text.split())


@installed("eng")
def test_what_is_read_is_said_with_how_sure_it_is():
    found = read(picture(ENGLISH), language="en")
    assert found.warnings[0].startswith("Read by machine (Tesseract ")
    assert "eng): 20 words, with 9" in found.warnings[0]
    assert found.versions[0].metadata["read by"].endswith("(eng)")


@installed("eng")
def test_words_it_is_unsure_of_carry_a_remark(monkeypatch):
    monkeypatch.setattr(scanned, "DOUBTFUL", 0.99)
    monkeypatch.setattr(scanned, "MOST_REMARKS", 7)
    found = read(picture(ENGLISH), language="en")
    text = found.versions[0].text
    assert len(found.remarks) == 7
    assert all(" confidence; check it on the picture of the page." in remark.text for remark in found.remarks)
    assert all(text[remark.start : remark.stop].strip() for remark in found.remarks)
    assert "of them with less than 99%; the 7 least certain carry a remark." in found.warnings[1]


@installed("eng", "osd")
@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_that_lies_on_its_side_is_turned(turn):
    lines = ENGLISH * 3
    version = corpora.segment(read(picture(lines, turn=turn), language="en").versions[0])
    assert "because the fields lay waste, and the villages had neither seed" in " ".join(
        one.text for one in version.body
    )


@installed("eng")
def test_a_tiff_of_several_pages_is_one_version_with_its_heads_apart():
    pages = [
        Image.open(io.BytesIO(picture(lines, head=f"THE HARVEST {place}")))
        for place, lines in enumerate([ENGLISH, ENGLISH[::-1]], 6)
    ]
    memory = io.BytesIO()
    pages[0].save(memory, "TIFF", save_all=True, append_images=pages[1:], dpi=(300, 300))
    found = read(memory.getvalue(), "book.tiff", "en")
    version = corpora.segment(found.versions[0])
    assert [one.text for one in version.segments if one.kind == "apparatus"] == ["THE HARVEST 6", "THE HARVEST 7"]
    assert [page.page for page in found.facsimiles] == [1, 2]
    assert [place.split(":")[0] for place in version.metadata["pages"].split()] == ["1", "2"]


@installed("eng")
def test_a_pdf_of_pictures_is_read_by_machine():
    memory = io.BytesIO()
    Image.open(io.BytesIO(picture(ENGLISH))).save(memory, "PDF", resolution=300)
    told: list[float] = []
    found = pdf.read(File("scan.pdf", memory.getvalue(), language="en", progress=told.append))
    assert corpora.segment(found.versions[0]).segments[-1].text.endswith("nor cattle.")
    assert len(found.facsimiles) == 1
    assert told[-1] == 1


@installed("eng")
def test_files_that_are_read_together_keep_their_pictures():
    one = read(picture(ENGLISH), language="en")
    assert [page.version for page in together([one, one]).facsimiles] == [0, 1]


@installed("eng")
def test_a_language_that_is_not_installed_is_refused():
    with pytest.raises(ReadError, match='"ka" is not installed for reading scans') as caught:
        read(picture(ENGLISH), language="ka")
    assert "choose one of" in str(caught.value)


@installed("eng")
def test_an_empty_page_holds_no_text():
    with pytest.raises(ReadError, match="holds no text"):
        read(picture([]), language="en")


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a" + bytes(40), b"%PDF-1.4", b"\x00" * 50, b"Text"],
    ids=["empty", "GIF", "PDF", "zeros", "text"],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(ReadError, match=r'^"page\.png" is not a PNG, JPEG or TIFF picture'):
        read(data)


def test_without_the_extra_a_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError, match=r'^"page\.png" is a scan') as caught:
        read(b"\x89PNG and so on")
    assert "make scans" in str(caught.value)
    assert str(caught.value).endswith("tesseract-ocr-eng.")


@installed("eng")
def test_a_picture_that_is_too_large_is_refused_before_it_is_unpacked():
    memory = io.BytesIO()
    Image.new("1", (11_000, 11_000)).save(memory, "PNG")
    with pytest.raises(ReadError, match="has too many dots"):
        read(memory.getvalue())


@installed("eng")
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_damaged_pictures_are_read_or_refused(monkeypatch):
    monkeypatch.setattr(tesseract, "read", lambda picture, reader: (_ for _ in ()).throw(ReadError('"page.png" x.')))
    chance = random.Random(0)
    good = [picture(ENGLISH, form=form) for form in ("PNG", "JPEG", "TIFF")]
    for _ in range(2000 if os.environ.get("SOAK") else 200):
        data = bytearray(chance.choice(good))
        for _ in range(chance.randrange(1, 9)):
            data[chance.randrange(len(data) if chance.random() < 0.5 else 200)] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(4, len(data)) :]
        with pytest.raises(WorkbenchError, match=r'"page\.png"'):
            read(bytes(data), language="en")


HOCR = """<html xmlns="http://www.w3.org/1999/xhtml"><body><span class='ocr_line' title="bbox 10 10 300 50; baseline 0 -10; x_size 40">
<span class='ocrx_word' title='bbox 10 12 50 48; x_wconf 96'>나</span> <span class='ocrx_word' title='bbox 52 12 90 48; x_wconf 90'>라는</span>
<span class='ocrx_word' title='bbox 110 12 150 48; x_wconf 30'>새</span> <span class='ocrx_word' title='bbox 150 12 155 48; x_wconf 3'>|</span>
</span></body></html>"""


def test_hocr_is_read_with_the_blanks_of_the_text():
    found = hocr.words(parse(HOCR.encode(), "page"), "\n나라는 새|\n", 300)
    assert [(word.text, word.glued, word.blank) for word in found] == [
        ("나", False, False),
        ("라는", True, True),
        ("새", False, False),
    ]
    assert [word.confidence for word in found] == [0.96, 0.9, 0.3]
    assert found[0].baseline == pytest.approx(40 * 72 / 300)
