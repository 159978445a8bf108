"""PDF files with known text (`paper`): what is read, what is set aside, and what is mended."""

import itertools
import os
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpora
from corpora.contents import Contents, File
from corpora.document import Segment, Version
from corpora.errors import ReadError, WorkbenchError
from corpora.readers import pdf
from corpora.readers.drawn import pdfium, process
from corpora.readers.drawn.page import Page, Word
from corpora.readers.written import writing
from corpora.segmenters.paragraphs import repaired
from tests.corpora.paper import Paper, width

LEFT, WIDE = 50, 320
ONE = (
    "Our country is still not reunited and the struggle of the people goes on in the south of it every day of the year."
)
TWO = "The harvest of 1954 was small because the fields lay waste, and the villages had neither seed nor cattle nor hands."
THREE = "All peasants should join the cooperatives, which lend them seed and teach them to work the land in common and well."
RUSSIAN = (
    "Наша страна всё ещё не воссоединена, и борьба народа на юге продолжается каждый день этого долгого трудного года."
)
KOREAN = "우리 나라는 아직도 통일되지 못하였으며 남반부 인민들은 날마다 어려운 투쟁을 계속하고 있다고 신문은 전하였다."
NEWS = "농촌의 모든 농민들이 협동조합에 참가하여야 하며 그들에게 종자를 대여하는 사업을 잘 조직하여야 한다고 하였다."


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    """PDFium starts here and not in a process of its own, which takes a third of a second."""
    monkeypatch.setattr(process, "started", lambda file, arguments: pdfium.messages(file.data, arguments))


def read(paper: Paper | bytes) -> Contents:
    return pdf.read(File("paper.pdf", paper if isinstance(paper, bytes) else paper.data()))


def cut(paper: Paper, level: str = "paragraph") -> Version:
    """The one version, in segments, after what holds for every PDF was looked at."""
    version = read(paper).versions[0]
    for one, other in itertools.pairwise(version.repairs):
        assert one.stop <= other.start
    done = corpora.segment(version, level)
    for segment in done.segments:
        assert repaired(done.text, segment.start, segment.stop, done.repairs) == segment.text
    return done


def body(paper: Paper) -> list[str]:
    return [segment.text for segment in cut(paper).body]


def of_kind(paper: Paper, kind: str) -> list[Segment]:
    return [segment for segment in cut(paper).segments if segment.kind == kind]


def set_in(
    paper: Paper, texts: list[str], *, indent: float = 0, gap: float = 0, left: float = LEFT, wide: float = WIDE
) -> Paper:
    """Paragraphs on one page."""
    down = 80.0
    for text in texts:
        down = paper.column(left, down, wide, text, indent=indent) + gap
    return paper


@pytest.mark.parametrize("texts", [[ONE, TWO, THREE], [RUSSIAN, RUSSIAN], [KOREAN, NEWS]], ids=["en", "ru", "ko"])
@pytest.mark.parametrize(("indent", "gap"), [(15, 0), (0, 8), (0, 0)], ids=["indents", "gaps", "short last lines"])
def test_paragraphs_are_told_by_indents_gaps_or_short_last_lines(texts, indent, gap):
    assert body(set_in(Paper().page(), texts, indent=indent, gap=gap)) == texts


def test_the_text_stands_as_on_the_page_line_by_line():
    version = cut(set_in(Paper().page(), [ONE]))
    lines = version.text.split("\n")
    assert len(lines) > 1
    assert all(width(line) <= WIDE for line in lines)
    assert " ".join(lines) == version.segments[0].text == ONE


@pytest.mark.parametrize("shift", [0, 5], ids=["on one grid", "each on its own"])
@pytest.mark.parametrize("count", [2, 3])
def test_columns_are_read_one_after_the_other(count, shift):
    paper = Paper(wide=700).page()
    wide = {2: 250, 3: 170}[count]
    texts = [ONE, TWO, THREE][:count]
    for place, text in enumerate(texts):
        paper.column(LEFT + place * (wide + 20), 80 + place * shift, wide, f"{text} {text}")
    assert body(paper) == [f"{text} {text}" for text in texts]


def test_a_heading_across_the_columns_parts_what_is_above_it_from_what_is_below():
    paper = Paper(wide=600).page()
    paper.column(50, 80, 240, f"{ONE} {ONE}")
    paper.column(310, 80, 240, f"{TWO} {TWO}")
    paper.put(120, 200, "On the economy in the whole of the country", 16, bold=True)
    paper.column(50, 240, 240, f"{THREE} {THREE}")
    paper.column(310, 240, 240, f"{ONE} {TWO}")
    assert body(paper) == [
        f"{ONE} {ONE}", f"{TWO} {TWO}", "On the economy in the whole of the country", f"{THREE} {THREE}", f"{ONE} {TWO}",
    ]  # fmt: skip


def test_a_table_is_read_row_by_row():
    paper = set_in(Paper().page(), [ONE])
    for row, cells in enumerate(
        [("Year", "Grain", "Rice"), ("1953", "20", "10"), ("1954", "30", "15"), ("1955", "40", "20")]
    ):
        for column, cell in enumerate(cells):
            paper.put(LEFT + 100 * column, 160 + 12 * row, cell)
    assert [segment.text for segment in of_kind(paper, "table cell")] == [
        "Year Grain Rice",
        "1953 20 10",
        "1954 30 15",
        "1955 40 20",
    ]


# As many paragraphs as a short book has pages; no two have their words in one order.
PAGES = [
    f"So {' '.join(words[place:] + words[:place])}." for words in [ONE.rstrip(".").split()] for place in range(2, 18, 2)
]


def book(numbers: list[str], heads: list[str]) -> Paper:
    """Pages with a head above and a number below."""
    paper = Paper()
    for number, head, text in zip(numbers, heads, PAGES, strict=False):
        paper.page().put(LEFT, 40, head).put(200, 560, number)
        paper.column(LEFT, 80, WIDE, text, indent=15)
    return paper


@pytest.mark.parametrize(
    "numbers",
    [["1", "2", "3", "4"], ["17", "18", "19", "20"], ["iii", "iv", "v", "vi"], ["- 3 -", "- 4 -", "- 5 -", "- 6 -"],
     ["стр. 3", "стр. 4", "стр. 5", "стр. 6"], ["3쪽", "4쪽", "5쪽", "6쪽"], ["Page 3 of 9", "Page 4 of 9", "Page 5 of 9", "Page 6 of 9"]],
    ids=lambda numbers: numbers[0],
)  # fmt: skip
def test_page_numbers_and_running_heads_are_apparatus_in_their_places(numbers):
    paper = book(numbers, ["On the left", "On the right"] * 2)
    version = cut(paper)
    assert body(paper) == PAGES[:4]
    aside = [segment.text for segment in version.segments if segment.kind == "apparatus"]
    assert aside == [text for pair in zip(["On the left", "On the right"] * 2, numbers, strict=True) for text in pair]
    assert [segment.start for segment in version.segments] == sorted(segment.start for segment in version.segments)
    assert "Set aside as apparatus: 4 running heads and 4 page numbers." in read(paper).warnings


def test_heads_that_change_with_the_chapter_are_told_by_their_place():
    heads = ["The first", "The first", "The first", "A second", "A second", "Another", "The last", "The last"]
    assert body(book([f"{n}" for n in range(1, 9)], heads)) == PAGES


def test_headings_of_chapters_at_one_height_are_no_running_heads():
    paper = Paper()
    for number, text in enumerate(PAGES, 1):
        paper.page()
        if number % 2:
            paper.put(LEFT, 60, f"Chapter {number}", 16)
        paper.column(LEFT, 100 + number, WIDE, text, indent=15)
    assert [one.text for one in cut(paper).segments if one.text.startswith("Chapter")] == [
        f"Chapter {n}" for n in (1, 3, 5, 7)
    ]
    assert not of_kind(paper, "apparatus")


def test_a_number_that_counts_no_pages_is_text():
    paper = Paper()
    for place, number in enumerate(["1955", "12", "7", "1955"]):
        paper.page().put(LEFT, 80 + 30 * place, number)
        paper.column(LEFT, 120 + 30 * place, WIDE, TWO)
    assert [text for text in body(paper) if text.isdigit()] == ["1955", "12", "7", "1955"]


def over_a_page(before: str, after: str, *, foot: str = "7", head: str = "Of the union") -> Paper:
    """Two pages, of which the first ends with one line and the second begins with another, between other pages."""
    paper = Paper()
    for number in (5, 6, 7, 8):
        paper.page().put(LEFT, 40, head).put(200, 560, str(int(foot) - 7 + number))
        down = paper.column(LEFT, 80, WIDE, ONE if number != 8 else TWO, indent=15)
        if number == 7:
            paper.put(LEFT + 15, down, before)
        if number == 8:
            paper.pages[-1] = paper.pages[-1][:2]
            paper.put(LEFT, 80, after)
            paper.column(LEFT, 92, WIDE, TWO, indent=15)
    return paper


def test_a_paragraph_goes_on_over_the_furniture_between_two_pages():
    first, second = "The workers and peasants of the country, led by the party", "built a new life there."
    version = cut(over_a_page(first, second))
    segment = next(segment for segment in version.segments if segment.text.startswith("The workers"))
    assert segment.text == f"{first} {second}"
    assert version.text[segment.start : segment.stop] == f"{first}\n7\nOf the union\n{second}"
    inside = [
        (one.kind, version.text[one.start : one.stop], one.text) for one in version.repairs if one.start > segment.start
    ]
    assert inside[:2] == [("page break", "\n", " "), ("page furniture", "7\nOf the union\n", "")]
    assert "1 paragraph was put together over the end of a page or column." in read(over_a_page(first, second)).warnings


def test_a_word_that_a_page_cuts_is_one_word():
    paper = over_a_page("The workers and peasants of the country, led by the revolu-", "tionary party, built it.")
    assert "The workers and peasants of the country, led by the revolutionary party, built it." in body(paper)


def test_sentences_behind_a_page_break_point_back_to_their_characters():
    version = cut(
        over_a_page("They built it. The workers of the country, led by the", "party, went on. It is done."), "sentence"
    )
    texts = [segment.text for segment in version.segments]
    assert "The workers of the country, led by the party, went on." in texts
    last = version.segments[texts.index("It is done.")]
    assert version.text[last.start : last.stop] == "It is done."


def test_a_new_paragraph_on_the_next_page_stays_one():
    paper = Paper()
    for text in (ONE, TWO):
        paper.page().column(LEFT, 80, WIDE, text, indent=15)
    assert body(paper) == [ONE, TWO]


@pytest.mark.parametrize("mark", ["1", "*"])
def test_a_footnote_stands_behind_the_text_and_knows_its_place(mark):
    paper = Paper().page()
    paper.put(LEFT, 80, "The harvest of the year").put(LEFT + 115, 76.5, mark, 6.5).put(
        LEFT + 122, 80, "was small, and the people knew it well."
    )
    paper.column(LEFT, 92, WIDE, TWO)
    paper.rule(LEFT, 500, 60)
    paper.put(LEFT, 512, mark, 5).put(LEFT + 4, 515, "As the yearbook has it, which was printed in that year in", 8)
    paper.put(LEFT, 525, "the capital.", 8)
    version = cut(paper)
    note = version.segments[-1]
    assert (note.kind, note.text) == (
        "footnote",
        f"{mark} As the yearbook has it, which was printed in that year in the capital.",
    )
    assert version.text[note.anchor :].startswith(f"{mark} was small")
    assert version.segments[0].text.startswith(
        "The harvest of the year was small, and the people knew it well. The harvest"
    )
    assert [one.text for one in version.repairs if one.kind == "note mark"] == [""]
    assert "1 footnote was put behind the text, 1 of them with the place of their mark." in read(paper).warnings


def test_a_footnote_goes_on_on_the_next_page():
    paper = Paper().page()
    paper.put(LEFT, 80, "The harvest").put(LEFT + 55, 76.5, "1", 6.5).put(LEFT + 62, 80, "of the whole year was small.")
    paper.rule(LEFT, 500, 60).put(LEFT, 512, "1", 5).put(LEFT + 4, 515, "As the yearbook has it, which was printed", 8)
    paper.page().put(LEFT, 80, "All peasants of the country joined.").rule(LEFT, 500, 60).put(
        LEFT, 515, "in that year.", 8
    )
    version = cut(paper)
    assert [segment.text for segment in version.segments] == [
        "The harvest of the whole year was small.", "All peasants of the country joined.",
        "1 As the yearbook has it, which was printed in that year.",
    ]  # fmt: skip
    assert version.metadata["pages"] == "1:0 2:43 1:80 2:124"


def test_the_same_footnote_on_many_pages_is_no_running_foot():
    paper = Paper()
    for text in PAGES[:4]:
        paper.page().put(LEFT, 80, "The harvest").put(LEFT + 55, 76.5, "1", 6.5).put(
            LEFT + 62, 80, "of the whole year."
        )
        paper.column(LEFT, 100, WIDE, text)
        paper.rule(LEFT, 500, 60).put(LEFT, 512, "1", 5).put(LEFT + 4, 515, "Ibid., p. 35.", 8)
    assert [note.text for note in of_kind(paper, "footnote")] == ["1 Ibid., p. 35."] * 4


def test_small_print_without_a_mark_is_no_footnote():
    paper = set_in(Paper().page(), [ONE])
    paper.put(LEFT, 500, "Printed in the capital, at the first works", 8)
    assert not of_kind(paper, "footnote")


def test_headings_are_larger_or_heavy_and_the_largest_is_the_title():
    paper = Paper().page().put(LEFT, 60, "On the tasks of the party", 18).put(LEFT, 100, "The first task", 13)
    down = paper.column(LEFT, 125, WIDE, ONE)
    paper.put(LEFT, down + 15, "The second task", bold=True)
    paper.column(LEFT, down + 35, WIDE, TWO)
    assert [(segment.kind, segment.text) for segment in cut(paper).segments] == [
        ("title", "On the tasks of the party"), ("heading", "The first task"), ("paragraph", ONE), ("heading", "The second task"),
        ("paragraph", TWO),
    ]  # fmt: skip


def test_a_heading_of_two_lines_is_one():
    paper = (
        Paper()
        .page()
        .put(LEFT, 60, "On the tasks of the party in the building", 14)
        .put(LEFT, 77, "of the new economy", 14)
    )
    paper.column(LEFT, 110, WIDE, ONE)
    assert body(paper) == ["On the tasks of the party in the building of the new economy", ONE]


def test_items_of_a_list_are_told_apart():
    paper = Paper().page()
    down = paper.column(LEFT, 80, WIDE, "The following tasks are to be done:")
    items = [f"{mark} {text}" for mark, text in zip(("1)", "2)", "•", "•"), (TWO, THREE, ONE, TWO), strict=True)]
    for item in items:
        down = paper.column(LEFT + 10, down, WIDE - 10, item, hanging=12)
    assert [segment.text for segment in of_kind(paper, "list item")] == items


def test_a_caption_between_two_halves_follows_behind_the_whole():
    paper = Paper(wide=600).page()
    paper.column(50, 80, 240, f"{ONE} {TWO}", indent=15)
    paper.put(65, 236, "Then came the great Soviet Army, and with it")
    paper.put(320, 80, "Figure 1: The harvest", 8)
    paper.put(310, 120, "the freedom of the country.")
    paper.column(310, 132, 240, f"{THREE} {ONE}", indent=15)
    texts = [(segment.kind, segment.text) for segment in cut(paper).segments]
    assert texts == [
        ("paragraph", f"{ONE} {TWO}"), ("paragraph", "Then came the great Soviet Army, and with it the freedom of the country."),
        ("caption", "Figure 1: The harvest"), ("paragraph", f"{THREE} {ONE}"),
    ]  # fmt: skip


def test_korean_lines_that_cut_a_word_are_put_together_without_a_blank():
    paper = Paper().page()
    for place, line in enumerate(
        ["우리 앞에는 농업을 복구할 과", "업이 나서고 있다. 모든 농민들", "은 협동조합에 참가하여야 한다."]
    ):
        paper.put(LEFT, 80 + 12 * place, line)
    assert body(paper) == ["우리 앞에는 농업을 복구할 과업이 나서고 있다. 모든 농민들은 협동조합에 참가하여야 한다."]


def test_a_file_that_draws_its_blanks_tells_where_lines_cut_a_word():
    paper = Paper().page()
    lines = ["가나 다라 ", "마바 사", "아자 차카 ", "타파 하 "] * 6
    for place, line in enumerate([*lines, "끝."]):
        paper.put(LEFT, 80 + 12 * place, line)
    text = " ".join(body(paper))
    assert "사아자" in text
    assert "다라 마바" in text


@pytest.mark.parametrize(
    ("draw", "text"),
    [
        (lambda paper: paper.put(50, 80, "The ﬁrst ofﬁce"), "The first office"),
        (lambda paper: paper.put(50, 80, "\uf0b7 one"), "• one"),
        (lambda paper: paper.put(50, 80, "Twice").put(50.2, 80, "Twice").put(50.4, 80.1, "Twice"), "Twice"),
        (lambda paper: paper.put(50, 80, "Balloon"), "Balloon"),
        (lambda paper: paper.put(50, 80, "Hidden", hidden=True), "Hidden"),
        (lambda paper: paper.put(50, 80, "He").put(60, 80, "llo"), "Hello"),
        (lambda paper: paper.put(90, 80, "last").put(50, 80, "first"), "first last"),
        (lambda paper: paper.put(50, 80, "nai").put(60, 80, "¨").put(65, 80, "f"), "naïf"),
        (lambda paper: paper.put(50, 80, "In").put(700, 80, "out"), "In"),
        (lambda paper: paper.put(50, 80, "e\u0301"), "é"),
    ],
    ids=["ligatures", "private use", "fake bold", "double letters", "invisible", "pieces", "any order", "accents", "outside", "NFC"],
)  # fmt: skip
def test_characters(draw, text):
    assert read(draw(Paper().page())).versions[0].text == text


def test_what_is_drawn_outside_is_said():
    found = read(Paper().page().put(50, 80, "In").put(700, 80, "out"))
    assert found.left_out == ("3 characters outside the edges of the pages.",)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_that_is_turned_is_read_as_one_holds_it(quarters):
    paper = Paper().page(f"/Rotate {90 * quarters}".encode())
    turn = {1: (0, 1, -1, 0), 2: (-1, 0, 0, -1), 3: (0, -1, 1, 0)}[quarters]
    steps = {1: (12, 0), 2: (0, -12), 3: (-12, 0)}[quarters]
    for place, line in enumerate(["The first line of it,", "the second line and", "a third."]):
        paper.put(200 + place * steps[0], 300 + place * steps[1], line, turn=turn)
    assert body(paper) == ["The first line of it, the second line and a third."]


def test_a_table_on_its_side_is_read_as_one_turns_the_page_for_it():
    paper = Paper().page()
    for place, line in enumerate(["The first line of it,", "the second line and", "a third."]):
        paper.put(200 + 12 * place, 300, line, turn=(0, 1, -1, 0))
    assert body(paper) == ["The first line of it, the second line and a third."]


def test_other_text_on_its_side_is_apparatus_behind_the_text():
    paper = set_in(Paper().page(), [ONE]).put(20, 300, "Stamp 12", turn=(0, 1, -1, 0))
    assert [(segment.kind, segment.text) for segment in cut(paper).segments] == [
        ("paragraph", ONE),
        ("apparatus", "Stamp 12"),
    ]
    assert "1 line of text on its side or aslant was put behind the text as apparatus." in read(paper).warnings


def test_an_initial_belongs_to_the_word_it_begins():
    paper = Paper().page().put(LEFT, 104, "T", 40)
    for place, line in enumerate(["he harvest of the year", "was small, and the fields", "lay waste."]):
        paper.put(LEFT + (22 if place < 2 else 0), 80 + 14 * place, line)
    assert body(paper)[0].startswith("The harvest of the year was small")


def test_lines_that_run_down_are_read_from_the_right():
    paper = Paper().page()
    lines = ["thisishowthelinesrun", "downthepageandgoonto", "theleft"]
    for number, line in enumerate(lines):
        for place, letter in enumerate(line):
            paper.put(300 - 20 * number, 80 + 10.5 * place, letter)
    assert "".join(body(paper)).replace(" ", "") == "".join(lines)


def test_comments_stand_on_their_words():
    paper = (
        Paper()
        .page()
        .put(LEFT, 80, "The harvest of the year was small.")
        .note(LEFT + 20, 80, LEFT + 55, "Which one?", "Ann")
    )
    found = read(paper)
    (remark,) = found.remarks
    assert found.versions[0].text[remark.start : remark.stop] == "harvest"
    assert (remark.text, remark.author, remark.created) == ("Which one?", "Ann", "2024-01-31T06:15:00+00:00")


def test_the_title_that_a_file_states_is_believed_where_it_stands_on_the_paper():
    paper = set_in(Paper(title="The first task").page().put(LEFT, 60, "THE FIRST TASK", 14), [ONE])
    assert read(paper).versions[0].title == "The first task"
    assert read(set_in(Paper(title="Microsoft Word - a.doc").page(), [ONE])).versions[0].title == "paper"


def test_a_file_that_only_forbids_to_copy_is_read():
    assert read(Paper().page().put(50, 80, "The harvest").data(password="")).versions[0].text == "The harvest"


def test_pages_of_pictures_among_others_are_said():
    paper = set_in(Paper().page(), [ONE]).page().picture()
    found = read(set_in(paper.page().picture(), [TWO]))
    assert found.left_out == ("Page 2 has no text, only pictures.", "1 picture.")


def test_progress_is_told_page_by_page_and_can_end_the_work():
    told: list[float] = []
    pdf.read(File("paper.pdf", book(["1", "2", "3", "4"], ["Head"] * 4).data(), progress=told.append))
    assert told == sorted(told)
    assert len(told) == 8
    assert told[-1] == 1

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pdf.read(File("paper.pdf", Paper().page().put(50, 80, "x").data(), progress=stop))


def bomb() -> bytes:
    """Forms that each draw the next one ten times, twelve deep."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    objects.append(
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>"
    )
    objects.append(b"<< /Length 5 >>\nstream\n/F Do\nendstream")
    for number in range(5, 17):
        drawn = b"/F Do " * 10
        objects.append(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length {len(drawn)} /Resources << /XObject << /F {number + 1} 0 R "
            ">> >> >>\nstream\n".encode() + drawn + b"\nendstream"
        )  # fmt: skip
    out = b"%PDF-1.4\n"
    for number, content in enumerate(objects, 1):
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    return out + b"trailer << /Root 1 0 R >>\n%%EOF\n"


GOOD = over_a_page("The workers and peasants of the", "country built it.").data()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is not a PDF file"),
        (b"Once upon a time", "is not a PDF file"),
        (b"PK\x03\x04" + bytes(100), "is not a PDF file"),
        (b"%PDF-1.7\n", "is not a PDF file"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 10, "is not a PDF file"),
        (Paper().page().put(50, 80, "x").data(password="secret"), "opens with a password"),
        (Paper().page().data(), "holds no text"),
    ],
    ids=["empty", "renamed text", "renamed ZIP", "head only", "noise", "password", "no text"],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(data, told):
    with pytest.raises(ReadError, match=told) as caught:
        read(data)
    assert str(caught.value).startswith('"paper.pdf" ')
    assert str(caught.value).endswith(".")


def test_a_scan_without_the_extra_says_how_to_get_it(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError, match="is a scan") as caught:
        read(Paper().page().picture())
    assert "make scans" in str(caught.value)
    assert "tesseract-ocr-kor" in str(caught.value)


def many(text: str, count: int, *, across: float = 0, down: float = 0, size: float = 10, **rest: bool) -> list[Word]:
    """The same word over and over."""
    return [
        Word(text, 50 + across * place, 50 + across * place + 5, 80 + down * place, size, **rest)
        for place in range(count)
    ]


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "words",
    [
        [Word("a" * 300_000, 50, 60, 80, 10), Word("b" * 300_000, 50, 60, 92, 10)],
        [Word("가" * 300_000, 50, 60, 80, 10), Word("나" * 300_000, 50, 60, 92, 10)],
        [Word("." * 300_000, 50, 60, 80, 10), Word("-" * 300_000, 50, 60, 92, 10)],
        [Word("www." * 70_000 + " ", 50, 60, 80, 10), Word("x", 50, 60, 92, 10)],
        many("a", 60_000, across=0.001),
        many("a", 60_000, across=30),
        [*many("a", 30_000, across=30), *[replace(word, baseline=92) for word in many("b", 30_000, across=30)]],
        many("a", 60_000, down=12),
        many("1", 20_000, down=12, size=5),
        [*many("word", 20_000, across=30), *many("1", 20_000, across=30, size=5)],
        [*many("word", 20_000, across=30), *[replace(word, baseline=77) for word in many("1", 20_000, across=30, size=5)]],
        many("W", 20_000, down=12, size=40) + many("a", 30_000, down=3),
        many("a", 60_000, glued=True),
    ],
    ids=["letters", "syllables", "dots", "addresses", "one place", "one line", "a wide table", "one column", "notes", "marks in a line",
         "marks over a line", "initials", "glued"],
)  # fmt: skip
def test_a_page_that_nobody_would_print_takes_no_time_to_speak_of(words):
    pages = [Page(number, 400, 600, tuple(words)) for number in (1, 2)]
    assert writing.write(pages, (), lambda share: None).builder.text


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with a few bytes flipped, a stretch cut out or doubled, or the end cut off."""
    out = bytearray(data)
    kind = chance.randrange(4)
    start = chance.randrange(len(out))
    stop = min(len(out), start + chance.randrange(1, 200))
    if kind == 0:
        for _ in range(chance.randrange(1, 12)):
            out[chance.randrange(len(out))] = chance.randrange(256)
    elif kind == 1:
        del out[start:stop]
    elif kind == 2:
        out[start:start] = out[start:stop]
    else:
        del out[start:]
    return bytes(out)


@pytest.mark.parametrize("seed", range(10))
def test_damaged_files_are_read_or_refused(seed):
    chance = random.Random(seed)
    for _ in range(200 if os.environ.get("SOAK") else 20):
        try:
            found = read(mutated(GOOD, chance))
            corpora.segment(found.versions[0])
        except WorkbenchError as error:
            assert '"paper.pdf"' in str(error)  # noqa: PT017


words = st.sampled_from(
    [
        "harvest",
        "peasants",
        "country",
        "party",
        "union",
        "south",
        "north",
        "task",
        "year",
        "fields,",
        "revolution",
        "new",
        "old",
        "of",
        "the",
        "in",
    ]
)
sentence = st.lists(words, min_size=12, max_size=40).map(lambda found: " ".join(["They", *found]).rstrip(",") + ".")


@settings(max_examples=40)
@given(
    texts=st.lists(sentence, min_size=2, max_size=14),
    two=st.booleans(),
    indent=st.booleans(),
    lead=st.sampled_from([11.5, 12, 14]),
)
def test_what_was_set_in_columns_over_pages_is_read_back(texts, two, indent, lead):
    wide = 200 if two else 400
    paper, lines = Paper(wide=520), []
    for text in texts:
        from tests.corpora.paper import wrapped

        own = wrapped(text, wide - (15 if indent else 0), wide)
        lines += [(line, 15 if indent and not place else 0) for place, line in enumerate(own)]
        if not indent:
            lines.append(("", 0))
    down, column, page = 1e9, 1, 0
    for line, shift in lines:
        if down > 60 + 20 * lead:
            column, down = (column + 1) % 2 if two else 0, 80
            if column == 0:
                page += 1
                paper.page().put(60, 40, "Of the union").put(250, 570, f"{page}")
        if line:
            paper.put(60 + column * 220 + shift, down, line)
        down += lead if line else lead / 2
    if page > 2:
        assert "".join(body(paper)).replace(" ", "") == "".join(texts).replace(" ", "")
        if indent:
            assert body(paper) == texts
