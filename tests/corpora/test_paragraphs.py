"""Paragraphs, headings, list items and apparatus, as tables.

A row is a text as it stands on paper with a bar and a kind behind every segment: "A heading |heading". To add a row,
write the text and put the bars where the cuts belong. A blank line inside a segment is a page break that is mended.
"""

import re

import pytest

import corpora
from corpora import example, read_bytes
from corpora.document import KINDS
from corpora.errors import SegmentationError
from corpora.segmenters import paragraphs

BAR = re.compile(rf"[ \t]*\|({'|'.join(KINDS)})(?![\w ]*\w\|)")

TABLE = {
    "headings by number": (
        "en",
        """\
        A Report on the Harvest |title

        1. The harvest of the year |heading

        The harvest was good. |paragraph

        2) The next year |heading

        III. Plans |heading

        IV Plans without a mark |heading

        The next will be better. |paragraph
        """,
    ),
    "headings by marks": (
        "en",
        """\
        # A Report on the Harvest |title

        The harvest was good. |paragraph

        #### 2. The next year |heading
        The next will be better. |paragraph
        ## No blank line around |heading
        It is so. |paragraph

        **In bold** |heading

        And #5 is no heading. |paragraph
        """,
    ),
    "numbers that head nothing": (
        "en",
        """\
        A Report on the Harvest |title

        1. The harvest was good. |list item

        1954 was a good year |paragraph

        14 February 1955 |paragraph

        I came to the meeting of all

        delegates. |paragraph

        100 tons of rice were brought in |paragraph
        """,
    ),
    "korean headings": (
        "ko",
        """\
        농업의 복구에 대하여 |title

        1. 현 단계에 있어서의 혁명의 성격 |heading

        우리 나라는 아직도 통일되지 못하였다. |paragraph

        제 2장 과도기 |heading

        제3절 농업 |heading

        수확은 좋았다. |paragraph
        """,
    ),
    "russian headings": (
        "ru",
        """\
        О восстановлении сельского хозяйства |title

        I. Характер революции |heading

        Наша страна всё ещё не воссоединена. |paragraph

        2. Задачи партии |heading

        Урожай был мал. |paragraph
        """,
    ),
    "list items by marks": (
        "en",
        """\
        On the Tasks |title

        The tasks are many. |paragraph

        1) lend seed; |list item

        2. Mend tools. |list item

        a) buy horses |list item

        - build roads |list item

        • build bridges |list item

        — build schools. |list item

        These are the tasks. |paragraph
        """,
    ),
    "list items by semicolons": (
        "en",
        """\
        On the Tasks |title

        The following tasks need to be done: |paragraph

        Lend seed to the peasants; |list item

        Mend the tools; |list item

        Buy horses, and build roads. |list item

        These are the tasks. |paragraph

        Another paragraph; |paragraph

        And one more. |paragraph
        """,
    ),
    "list items in small letters stay apart": (
        "en",
        """\
        On the Tasks |title

        The following tasks need to be done: |paragraph

        lend seed to the peasants; |list item

        mend the tools; |list item

        buy horses. |list item

        a) in small letters |list item

        b) as well |list item
        """,
    ),
    "a colon that opens no list": (
        "ru",
        """\
        О задачах |title

        Он сказал: |paragraph

        Урожай был мал. |paragraph

        Перед нами стоят такие задачи: |paragraph

        Выдать ссуду; |list item

        Починить орудия; |list item

        Купить лошадей. |list item

        Таковы задачи. |paragraph
        """,
    ),
    "page breaks": (
        "en",
        """\
        On the Tasks |title

        We are faced with the task of a further

        strengthening of the union of

        all peasants. |paragraph

        It was said (and is true)

        of all; |paragraph

        but not here. |paragraph

        The end is near |paragraph

        The End is a proper noun. |paragraph
        """,
    ),
    "page breaks in russian": (
        "ru",
        """\
        О задачах |title

        Перед нами стоит задача дальнейшего

        укрепления союза. |paragraph

        Конец страницы |paragraph

        Новая страница. |paragraph
        """,
    ),
    "a form feed is a page break": (
        "en",
        "One. |paragraph\n\nThe task of\n\x0c\nbuilding roads. |paragraph\n\nTwo. |paragraph",
    ),
    "a page break in a list item": (
        "en",
        """\
        On the Tasks |title

        The tasks are: |paragraph

        Create a new technical base in

        each sector; |list item

        Build roads. |list item
        """,
    ),
    "hard-wrapped lines": (
        "en",
        """\
        On the Tasks |title

        The harvest of this year was good
        and so will be the next
        one. |paragraph

        It was written:
          indented,
        wrapped. |paragraph
        """,
    ),
    "no blank lines": (
        "en",
        """\
        On the Tasks |title
        1. The harvest |heading
        The harvest was good. |paragraph
        It will be better. |paragraph
        1) lend seed; |list item
        """,
    ),
    "no blank lines but cut lines": (
        "ru",
        """\
        О задачах |title
        Перед нами стоит задача
        укрепления союза. |paragraph
        Урожай был мал. |paragraph
        """,
    ),
    "blank lines that only look blank": (
        "ko",
        "수확은 좋았다. |paragraph\n\u3000\n수확은\n좋았다. |paragraph\n\u00a0\n수확은 적었다. |paragraph\n \t \n끝이다. |paragraph",
    ),
    "rules are nothing": (
        "en",
        """\
        On the Tasks |title

        ---

        One. |paragraph
        ***
        Two. |paragraph

        * * *

        Three. |paragraph

        ======
        """,
    ),
    "bracketed notes": (
        "en",
        """\
        [CPSU CC stamp: Secret
        08544 12 March 1955] 440/dv |apparatus

        On the Tasks |title

        The harvest was good. |paragraph

        [illegible] |apparatus

        [handwritten note: the first |apparatus

        second and third paragraph |apparatus

        of the note]. |apparatus

        It will be better [sic]. |paragraph

        [signature] Kovalev |apparatus
        """,
    ),
    "a bracket that closes inside a block": (
        "en",
        """\
        On the Tasks |title

        [handwritten note: to the |apparatus

        archive] of 3 June 1955 |apparatus

        The harvest was good. |paragraph

        It will be better. |paragraph
        """,
    ),
    "a bracket that is never closed": (
        "en",
        """\
        On the Tasks |title

        [handwritten note: to the archive |apparatus

        The harvest was good. |paragraph

        It will be better [sic]. |paragraph
        """,
    ),
    "words that only look like stamps": (
        "en",
        """\
        On the Tasks |title

        He brought a handwritten letter. |paragraph

        Send a copy next week. |paragraph

        To file a complaint was forbidden. |paragraph

        He collected stamps. |paragraph
        """,
    ),
    "stamps": (
        "en",
        """\
        On the Tasks |title

        Secret. Copy No. 1 |apparatus

        The harvest was good. |paragraph

        Handwritten note: to the archive |apparatus

        Attachment: on seven pages. |apparatus

        to file |apparatus

        It will be better. |paragraph
        """,
    ),
    "russian stamps and words that only look so": (
        "ru",
        """\
        О задачах |title

        [Штамп: секретно] |apparatus

        В цехе началась штамповка деталей. |paragraph

        Была принята резолюция: бороться. |paragraph

        Резолюция: в архив |apparatus

        Приложение: на семи листах. |apparatus

        Исх. № 5 |apparatus

        Урожай был мал. |paragraph
        """,
    ),
    "korean stamps": (
        "ko",
        """\
        과업에 대하여 |title

        발신: 평양 |apparatus

        수확은 적었다. |paragraph

        종자를 대여할 것이다. |paragraph

        [수표] 김 |apparatus
        """,
    ),
    "a closing note ends the text": (
        "en",
        """\
        On the Tasks |title

        The harvest was good. |paragraph

        It will be better. |paragraph

        Drafted on 31 January 1955 |colophon

        Typed on 1 February 1955. |colophon

        5-lv |apparatus

        14 February 1955 |apparatus
        """,
    ),
    "a note at the head ends nothing": (
        "en",
        """\
        On the Tasks |title

        Written in May 1950 |colophon

        The harvest was good. |paragraph

        It will be better. |paragraph
        """,
    ),
    "a sentence with a date ends nothing": (
        "en",
        """\
        On the Tasks |title

        One. |paragraph

        Two. |paragraph

        The plan was completed in March 1954. |paragraph

        Then came the next. |paragraph
        """,
    ),
    "korean and russian closing notes": (
        "ko",
        """\
        과업에 대하여 |title

        수확은 적었다. |paragraph

        1955년 1월 31일 작성 |colophon

        1955년 2월 2일 타자 |colophon

        평양 |apparatus
        """,
    ),
    "no title where none stands": ("en", "One sentence. |paragraph\n\nTwo. |paragraph\n\nThree. |paragraph"),
    "a cut paragraph is no title": (
        "en",
        "We are faced with the task of\n\nbuilding roads. |paragraph\n\nTwo. |paragraph\n\nThree. |paragraph",
    ),
    "a list is no title": ("en", "- one |list item\n\n- two |list item\n\n- three |list item"),
    "a quotation is closed": (
        "ko",
        "그는 말하였다: 《가자.》 |paragraph\n\n수확은 적었다. |paragraph\n\n끝이다. |paragraph",
    ),
    "a page with a citation block": (
        "en",
        """\
        **A Report on the Harvest** |front matter

        **Citation:** |front matter

        A fond 5, opis 2, delo 3. |front matter

        **Contents:** |front matter

        to Cde. V. P. STEPANOV |apparatus

        I send you a report. |apparatus

        A report on the harvest |apparatus

        (January 1955) |apparatus

        A Report on the Harvest |title

        1. The harvest |heading

        The harvest of this year was good, and so will be the next one. |paragraph

        It is a pleasure to all of us to see it, and a duty to say it. |paragraph

        A Report on the Harvest |paragraph

        The end. |paragraph
        """,
    ),
    "a title that comes again at the end": (
        "en",
        """\
        **The Harvest** |front matter

        **Contents:** |front matter

        The Harvest |title

        The harvest was good. |paragraph

        It will be better. |paragraph

        The Harvest |paragraph
        """,
    ),
}


def row(name: str) -> tuple[str, str, list[tuple[str, str]]]:
    """Language, text as on paper, and the segments that are expected: kind and text."""
    language, table = TABLE[name]
    table = "\n".join(line.removeprefix(" " * 8) for line in table.split("\n"))
    expected, place = [], 0
    for bar in BAR.finditer(table):
        expected.append((bar[1], read_as(table[place : bar.start()])))
        place = bar.end()
    return language, BAR.sub("", table), expected


def read_as(piece: str) -> str:
    """A piece of a table as one line, without the marks of headings and without rules."""
    lines = [re.sub(r"^(#{1,6}|[-*=_ ]{3,}$)", "", line.strip()) for line in piece.split("\n")]
    return re.sub(r"^\*\*(.*)\*\*$", r"\1", " ".join(" ".join(lines).split()))


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("name", TABLE)
def test_table(name, ends):
    language, text, expected = row(name)
    assert expected
    version = corpora.segment(read_bytes(text.replace("\n", ends).encode(), "paper.txt", language))
    assert [(segment.kind, " ".join(segment.text.split())) for segment in version.segments] == expected


@pytest.mark.parametrize("name", TABLE)
def test_table_page_breaks_are_recorded_and_kept_apart_on_request(name):
    language, text, _ = row(name)
    version = read_bytes(text.encode(), "paper.txt", language)
    joined, apart = paragraphs.segment(version), paragraphs.segment(version, repair=False)
    breaks = [repair for repair in joined.repairs if repair.kind == "page break"]
    assert len(apart.segments) == len(joined.segments) + len(breaks)
    assert not [repair for repair in apart.repairs if repair.kind == "page break"]
    for repair in joined.repairs:
        assert repair.text == " "
        assert not version.text[repair.start : repair.stop].strip(" \t\n\x0c-*")


@pytest.mark.parametrize(
    ("name", "breaks"),
    [("page breaks", 3), ("page breaks in russian", 1), ("a form feed is a page break", 1), ("a page break in a list item", 1),
     ("numbers that head nothing", 1), ("hard-wrapped lines", 0), ("list items in small letters stay apart", 0)],
)  # fmt: skip
def test_table_number_of_page_breaks(name, breaks):
    language, text, _ = row(name)
    version = paragraphs.segment(read_bytes(text.encode(), "paper.txt", language))
    assert sum(repair.kind == "page break" for repair in version.repairs) == breaks


@pytest.mark.parametrize("text", ["---\n\n***", "[a note]", "**Contents:**", "**Summary:**\n\nA.\n\n**Contents:**\n\n"])
def test_a_text_without_a_body_is_refused(text):
    with pytest.raises(SegmentationError, match=r'"paper\.txt" holds no text besides') as caught:
        corpora.segment(read_bytes(text.encode(), "paper.txt"))
    assert str(caught.value).endswith("give the text itself.")


def test_a_file_is_not_taken_for_its_title_by_signs_alone():
    version = corpora.segment(read_bytes("…\n\nOne.\n\nTwo.".encode(), "---.txt", "en"))
    assert {segment.kind for segment in version.segments} == {"paragraph"}


@pytest.fixture(scope="module")
def english():
    return corpora.segment(example.versions()[2])


@pytest.fixture(scope="module")
def core(english):
    """From the first section heading to the sentence that closes the list of tasks."""
    first = next(segment.index for segment in english.segments if segment.kind == "heading")
    last = next(s.index for s in english.segments if s.text.startswith("These are the primary tasks"))
    return english.segments[first : last + 1]


def test_of_the_owner_s_document_34_segments_of_these_kinds(core):
    kinds = [segment.kind for segment in core]
    assert len(kinds) == 34
    assert {kind: kinds.count(kind) for kind in kinds} == {"heading": 2, "paragraph": 26, "list item": 6}


def test_of_the_owner_s_document_the_headings_are_the_two_sections(core):
    assert [segment.text for segment in core if segment.kind == "heading"] == [
        "1. The nature of the revolution at the current stage",
        "2. The primary tasks of our Party in socialist development at the current stage of the transitional period",
    ]


def test_of_the_owner_s_document_the_list_items_follow_one_another(core):
    items = [segment for segment in core if segment.kind == "list item"]
    assert [item.index - items[0].index for item in items] == list(range(6))
    assert [item.text[-1] for item in items] == list(";;;;;.")
    assert items[0].text.startswith("Carry out socialist")
    assert items[-1].text.startswith("Along with this")


def test_of_the_owner_s_document_the_title_stands_before_and_two_dates_after(english, core):
    body = english.body
    assert [segment.kind for segment in body[: -len(core) - 2]] == ["title"]
    assert body[0].index == core[0].index - 1
    assert [(segment.kind, segment.text) for segment in body[-2:]] == [
        ("colophon", "Drafted on 31 January 1955"),
        ("colophon", "Typed on 1 February 1955."),
    ]


def test_of_the_owner_s_document_everything_else_is_front_matter_or_apparatus(english):
    kinds = [segment.kind for segment in english.segments if not segment.is_body]
    assert kinds == ["front matter"] * 11 + ["apparatus"] * 16
    assert english.segments[11].text == "Translation - English"
    assert [segment.text for segment in english.segments[-4:]] == [
        "Translated [signature] Kovalev",
        "[signature] Fadeyev",
        "5-lv",
        "14 February 1955",
    ]


def test_of_the_owner_s_document_exactly_two_page_breaks_are_mended(english):
    breaks = [repair for repair in english.repairs if repair.kind == "page break"]
    around = [english.text[repair.start - 9 : repair.stop + 13] for repair in breaks]
    assert around == ["a further\n\nstrengthening", "l base in\n\neach sector o"]
    texts = [segment.text for segment in english.body]
    assert any("of a further strengthening the union" in text for text in texts)
    assert any("a new technical base in each sector" in text for text in texts)


def test_the_placeholders_are_cut_as_well():
    for version, size in zip(example.versions()[:2], (38, 35), strict=True):
        cut = corpora.segment(version)
        assert len(cut.body) == size
        assert [s.kind for s in cut.body[:2]] == ["title", "heading"]
        assert [s.kind for s in cut.body[-2:]] == ["colophon", "colophon"]
        assert {s.kind for s in cut.segments if not s.is_body} == {"front matter"}
