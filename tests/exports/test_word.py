"""Word files written: opened by python-docx and LibreOffice, and read back."""

import io
import itertools
import shutil
from collections.abc import Sequence
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

import aligners
import corpora
import divergence
import exports
from aligners import given
from aligners.alignment import Unit
from corpora.building import CONTROL, clean
from corpora.contents import Contents, File
from corpora.document import PLACEHOLDER_MARK
from corpora.readers.flow import UNSHOWN
from exports import Selection, rows
from exports.provenance import facts
from reviews import Review
from reviews.notes.anchor import anchor
from reviews.notes.note import Note, Reply
from reviews.work import Verdict
from tests.corpora.test_word import converted
from tests.strategies import documents

CREATED = "2026-11-26T12:00:00+00:00"


def words(review: Review, version: str, text: str):
    """The anchor at these words of a version."""
    whole = review.document.version(version).text
    start = whole.index(text)
    return anchor(version, whole, start, start + len(text))


@pytest.fixture(scope="module")
def review(example_review) -> Review:
    """The example with confirmed units and notes: over two versions, over two units, over lines, and one that is gone."""
    units = list(example_review.alignment.units)
    first = next(number for number, unit in enumerate(units) if unit.origin != "set aside")
    units[first] = replace(units[first], status="confirmed")
    english = example_review.document.version("en")
    side = example_review.alignment.versions.index("en")
    before, after = next(
        (one, other)
        for one, other in itertools.pairwise(unit.sides[side] for unit in units if unit.origin != "set aside")
        if len(one)
        and len(other)
        # Marks of Markdown between them are in no cell.
        and not english.text[english.segments[one.stop - 1].stop : english.segments[other.start].start].strip()
    )
    over = anchor("en", english.text, english.segments[before.start].start + 4, english.segments[after.start].start + 9)
    line = next(repair for repair in english.repairs if repair.kind == "line break")
    wrapped = anchor("en", english.text, line.start - 3, line.stop + 3)
    gone = replace(words(example_review, "en", "trade links"), quote="lost words", gone=True)
    notes = (
        Note(
            "n1", (words(example_review, "ru", "торговые связи"), words(example_review, "en", "trade links")), "ru-en",
            {"vinay-darbelnet": "calque", "mqm": "accuracy", "own-set": "own"}, "minor", "The Korean has less.\nSee the clause before.",
            ("commercial ties",), "Ushakov 1940", "likely", "settled", "Kim Jin", CREATED, "",
            (Reply("A. Petrova", "2026-11-26T13:00:00+00:00", "I agree."),), "ru-en:addition",
        ),
        Note("n2", (over,), body="Over two units.", author="Kim Jin", created=CREATED),
        Note("n3", (wrapped,), body="Over a line's end."),
        Note("n4", (gone,), body="Gone.", author="Kim Jin", created=CREATED),
    )  # fmt: skip
    ids = tuple(f"id{number}" for number in range(len(units)))
    alignment = replace(example_review.alignment, units=tuple(units))
    return replace(example_review, alignment=alignment, notes=notes, ids=ids, bookmarks=frozenset({ids[first]}))


@pytest.fixture(scope="module")
def data(review) -> bytes:
    return exports.to_bytes(Selection(review), ".docx")


@pytest.fixture(scope="module")
def document(data):
    return docx.Document(io.BytesIO(data))


def read(data: bytes) -> Contents:
    return corpora.contents(File("review.docx", data))


def test_a_row_is_a_unit_and_a_column_a_version(review, document):
    table = document.tables[0]
    head, *body = table.rows
    assert [cell.text.split("\n") for cell in head.cells] == [
        ["Unit"],
        ["Original (Korean)", PLACEHOLDER_MARK],
        ["Mediating text (Russian)", PLACEHOLDER_MARK],
        ["Translation (English)", "published"],
    ]
    ids = rows.unit_ids(review.alignment)
    told = {row.cells[0].text.split("\n")[0]: row for row in body if row.cells[0].text.startswith("u")}
    aligned = [(ids[n], unit) for n, unit in enumerate(review.alignment.units) if unit.origin != "set aside"]
    assert list(told) == [id for id, _ in aligned]
    for id, unit in aligned:
        first, *cells = told[id].cells
        assert first.text.split("\n")[1:3] == [unit.kind, unit.status]
        for version, side, cell in zip(review.document.versions, unit.sides, cells, strict=True):
            texts = [version.segments[index].text for index in side.indexes]
            assert cell.text == ("\n".join(texts) or "no counterpart")


def test_the_head_stands_on_every_page_and_the_paper_lies_for_three_versions(review, document):
    head = document.tables[0].rows[0]._tr
    assert head.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    section = document.sections[0]
    assert section.page_width > section.page_height
    two = docx.Document(io.BytesIO(exports.to_bytes(Selection(review, hop="ru-en"), ".docx")))
    assert two.sections[0].page_width < two.sections[0].page_height
    assert [cell.text.split("\n")[0] for cell in two.tables[0].rows[0].cells] == [
        "Unit",
        "Mediating text (Russian)",
        "Translation (English)",
    ]


def test_what_has_no_counterpart_is_in_grey_italics(document):
    style = document.styles["Relay no counterpart"]
    assert (style.font.italic, str(style.font.color.rgb)) == (True, "595959")
    lone = [
        p
        for row in document.tables[0].rows
        for cell in row.cells
        for p in cell.paragraphs
        if p.text == "no counterpart"
    ]
    assert lone
    assert all(paragraph.style.name == style.name for paragraph in lone)


def test_runs_say_their_language_and_fonts_have_hangul_and_cyrillic(review, document):
    lang = {"ko": "eastAsia", "ru": "val", "en": "val"}
    for row in document.tables[0].rows[1:]:
        for version, cell in zip(review.document.versions, row.cells[1:], strict=True):
            for run in cell._tc.iter(qn("w:r")):
                said = run.find(qn("w:rPr"))
                if said is not None and (tag := said.find(qn("w:lang"))) is not None:
                    assert tag.get(qn(f"w:{lang[version.id]}")).startswith(f"{version.id}-")
    fonts = document.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert (fonts.get(qn("w:ascii")), fonts.get(qn("w:eastAsia"))) == ("Calibri", "Malgun Gothic")


def test_notes_are_comments_on_their_words(review, document):
    comments = [
        (one.author, one.text.split("\n"), one.timestamp and one.timestamp.isoformat()) for one in document.comments
    ]
    assert comments[0] == (
        "Kim Jin",
        [
            "Translation procedures (Vinay & Darbelnet 1958): Calque", "MQM error dimensions: Accuracy (minor)", "own-set: own",
            "The Korean has less.", "See the clause before.", "Alternatives: commercial ties", "Evidence: Ushakov 1940",
            "Certainty: likely", "Hop: ru-en", "Suggested from: ru-en:addition", "State: settled",
        ],
        CREATED,
    )  # fmt: skip
    assert comments[1] == ("A. Petrova", ["I agree."], "2026-11-26T13:00:00+00:00")
    assert comments[2][1][0].startswith("See the note at u")
    found = read(exports.to_bytes(Selection(review), ".docx"))
    versions = {version.id: place for place, version in enumerate(found.versions)}
    stood = [
        (one.version, found.versions[one.version].text[one.start : one.stop], one.text.split("\n")[0])
        for one in found.remarks
    ]
    assert (versions["ru"], "торговые связи", "I agree.") in stood
    assert (versions["en"], "trade links", comments[2][1][0]) in stood
    quotes = {one.text.split("\n")[0]: text for (_, text, _), one in zip(stood, found.remarks, strict=True)}
    assert quotes["Over a line's end."] == " ".join(review.notes[2].anchors[0].quote.split())
    over = [
        text
        for _, text, said in stood
        if said == "Over two units." or (said.startswith("See") and text != "trade links")
    ]
    assert "".join("".join(over).split()) == "".join(review.notes[1].anchors[0].quote.split())


def test_replies_and_settled_notes_are_known_to_word(document):
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/commentsExtended.xml")
    blob = part.blob.decode()
    assert blob.count("commentEx ") == len(document.comments)
    assert blob.count("paraIdParent") == 1
    assert blob.count('done="1"') == 2


def test_a_note_whose_words_are_gone_is_under_the_table(document):
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "en: lost words (gone from the text)" in texts[texts.index("Notes whose words are not in the table") :]
    assert "Gone." in {one.text.split("\n")[0] for one in document.comments}


def test_the_file_says_what_it_was_made_of(review, document):
    made = Selection(review, created=CREATED)
    about = docx.Document(io.BytesIO(exports.to_bytes(made, ".docx"))).tables[-1]
    assert [tuple(cell.text for cell in row.cells) for row in about.rows] == [tuple(fact) for fact in facts(made)]
    said = document.core_properties
    assert said.title == review.document.title
    assert said.author.startswith("Relay ")
    assert "python-docx" not in said.comments


def test_what_a_word_file_leaves_out_is_told(review):
    told = exports.omitted(Selection(review), ".docx")
    assert len(told) == 1
    assert "issues" in told[0]
    one = next(one for one in review.divergences if one.issues)
    verdict = Verdict(review.level, review.ids[one.unit], one.hop, one.issues[0].kind, (), "shift")
    assert (
        exports.omitted(Selection(replace(review, verdicts=(verdict,))), ".docx")[1]
        == "1 verdict on an issue is not in the file."
    )
    assert exports.omitted(Selection(replace(review, divergences=())), ".docx") == []


def check_read_back(review: Review, found: Contents) -> None:
    """The versions with their texts, kinds, alignment and statuses are those of the review."""
    assert [version.id for version in found.versions] == [version.id for version in review.document.versions]
    assert [version.status for version in found.versions] == [version.status for version in review.document.versions]
    for was, version in zip(review.document.versions, found.versions, strict=True):
        assert [(block.kind, " ".join(version.text[block.start : block.stop].split())) for block in version.blocks] == [
            (segment.kind, " ".join(segment.text.split())) for segment in was.segments
        ]
    units, moved = given.units(corpora.open_document(found.versions))
    assert [([len(side) for side in unit.sides], unit.status) for unit in units] == [
        ([len(side) for side in unit.sides], unit.status)
        for unit in review.alignment.units
        if unit.origin != "set aside"
    ]
    assert [indexes(units, side) for side in range(3)] == [indexes(review.alignment.units, side) for side in range(3)]
    assert not moved


def indexes(units: Sequence[Unit], side: int) -> list[int]:
    """The segments of a version that stand in units that were aligned."""
    return [index for unit in units if unit.origin != "set aside" for index in unit.sides[side].indexes]


def test_a_review_is_read_back_with_its_alignment(review, data):
    found = read(data)
    check_read_back(review, found)
    assert "a table that Relay wrote" in found.warnings[0]
    assert found.left_out == ("1 comment that stands nowhere in the text is left out.",)


@pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed; apt has libreoffice-writer-nogui"
)
def test_libreoffice_opens_it_prints_it_and_saves_it_unharmed(review, data, tmp_path):
    import pypdfium2

    (tmp_path / "review.docx").write_bytes(data)
    converted(tmp_path, "review.docx", "docx")
    check_read_back(review, corpora.contents(corpora.file_at(tmp_path / "out" / "review.docx")))
    converted(tmp_path, "review.docx", "pdf")
    pages = pypdfium2.PdfDocument(tmp_path / "out" / "review.pdf")
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert sum("Mediating text (Russian)" in text for text in texts) >= len(texts) - 1
    width, height = pages[0].get_size()
    assert width > height


@settings(max_examples=15)
@drawn(document=documents(level="line"), data=st.data())
def test_any_text_is_read_back_in_order_with_the_notes_on_it(document, data):
    alignment = aligners.align(document, "diagonal")
    one = data.draw(st.sampled_from(document.versions))
    start = data.draw(st.integers(0, len(one.text) - 1))
    stop = data.draw(st.integers(start + 1, len(one.text)))
    notes = (Note(anchors=(anchor(one.id, one.text, start, stop),), body="Why?"),)
    review = Review(document, "line", alignment, divergence.score(document, alignment), notes=notes)
    found = read(exports.to_bytes(Selection(review), ".docx"))
    held = {version.id: version for version in found.versions}
    for version in document.versions:
        shown = [text for one in version.segments if (text := clean(UNSHOWN.sub("", CONTROL.sub(" ", one.text))))]
        if shown:
            text = held[version.id].text
            assert [text[block.start : block.stop] for block in held[version.id].blocks] == shown
    assert len([remark for remark in found.remarks if remark.text.startswith("Why?")]) <= 1
