"""Paragraphs, headings, list items and apparatus, as the rows of paragraphs.txt.

A row begins with "== name (language)". It is a text as it stands on paper with a bar and a kind behind every segment:
"A heading |heading". To add a row, write the text and put the bars where the cuts belong. A blank line inside a segment
is a page break that is mended; ␌, ␉ and ␠ stand for a form feed, a tab and a space at the end of a line.
"""

import re
from pathlib import Path

import pytest

import corpora
from corpora import read_bytes
from corpora.document import KINDS, Block, Repair, Segment, Version
from corpora.errors import SegmentationError
from corpora.normalise import digest
from corpora.segmenters import paragraphs

BAR = re.compile(rf"[ \t]*\|({'|'.join(KINDS)})(?![\w ]*\w\|)")

# Signs that stand in the file for what cannot be seen there.
SEEN = {"␌": "\f", "␉": "\t", "␠": " "}


def rows() -> dict[str, tuple[str, str]]:
    """Language and table of every row of the file, by name."""
    text = Path(__file__).with_name("paragraphs.txt").read_text(encoding="utf-8")
    for sign, meant in SEEN.items():
        text = text.replace(sign, meant)
    _, *parts = re.split(r"^== (.+) \((\w+)\)\n", text, flags=re.MULTILINE)
    return {name: (language, table.rstrip("\n")) for name, language, table in zip(*[iter(parts)] * 3, strict=True)}


TABLE = rows()


def row(name: str) -> tuple[str, str, list[tuple[str, str]]]:
    """Language, text as on paper, and the segments that are expected: kind and text."""
    language, table = TABLE[name]
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


@pytest.mark.parametrize("level", ["paragraph", "sentence"])
def test_places_behind_many_line_breaks_are_those_of_the_text(level):
    text = "One two and  \n   three. Four and \n   five. Six and \n   seven and \n   eight.\n\nNine."
    version = corpora.segment(read_bytes(text.encode(), "paper.txt", "en"), level)
    assert len(version.segments) == {"paragraph": 2, "sentence": 4}[level]
    for segment in version.segments:
        for word in re.finditer(r"\w+", segment.text):
            start, stop = paragraphs.unrepaired(segment, *word.span(), version.repairs)
            assert version.text[start:stop] == word.group()


def test_a_note_with_a_bare_date_behind_it_still_closes_the_text():
    text = "О задачах\n\nУрожай был мал.\n\nБудет лучше.\n\nСоставлено 31 января 1955 г.\n\n14 февраля 1955 г."
    version = corpora.segment(read_bytes(text.encode(), "paper.txt", "ru"))
    assert [segment.kind for segment in version.segments[-2:]] == ["colophon", "apparatus"]


def marked(text: str, blocks: list[Block], repairs: list[Repair]) -> Version:
    return corpora.segment(
        Version("en", "en", "paper", text, digest(text), blocks=tuple(blocks), repairs=tuple(repairs))
    )


def test_what_a_reader_put_together_over_a_page_end_stays_so():
    text = "The union of the\n7\nOf the union\npeasants grows.\n\nOne.\n\nTwo"
    repairs = [Repair("page break", 16, 17, " "), Repair("page furniture", 17, 32, "")]
    version = marked(text, [Block(0, 47), Block(49, 53), Block(55, 58)], repairs)
    assert [segment.text for segment in version.segments] == ["The union of the peasants grows.", "One.", "Two"]
    assert [repair for repair in version.repairs if repair.stop <= 47] == repairs
    again = corpora.segment(version)
    assert again == version


def test_a_joint_of_the_segmenter_is_found_anew_each_time():
    version = marked("Of a\n\nfurther kind.\n\nOne.", [Block(0, 4), Block(6, 19), Block(21, 25)], [])
    assert [repair.kind for repair in version.repairs] == ["page break"]
    assert corpora.segment(version) == version


def test_a_reader_that_knows_the_title_and_the_apparatus_is_believed():
    text = "12\n\nShort line\n\nThe title\n\nOne.\n\nTwo."
    blocks = [Block(0, 2, "apparatus"), Block(4, 14), Block(16, 25, "title"), Block(27, 31), Block(33, 37)]
    assert [one.kind for one in marked(text, blocks, []).segments] == [
        "apparatus",
        "paragraph",
        "title",
        "paragraph",
        "paragraph",
    ]
    without = [*blocks[:2], Block(16, 25), *blocks[3:]]
    assert [one.kind for one in marked(text, without, []).segments][:3] == ["apparatus", "title", "paragraph"]


def test_many_repairs_are_not_walked_for_every_segment():
    class Counted(tuple):
        reads = 0

        def __getitem__(self, key):
            Counted.reads += 1
            return super().__getitem__(key)

        def __iter__(self):
            raise AssertionError("all repairs were walked")

    repairs = Counted(Repair("line break", n, n + 1, " ") for n in range(5, 50000, 10))
    assert paragraphs.repaired("x" * 50000, 20000, 20010, repairs) == "xxxxx xxxx"
    assert paragraphs.unrepaired(Segment(0, 0, "paragraph", 20000, 20010, "x"), 2, 8, repairs) == (20002, 20008)
    assert Counted.reads < 100
