"""What aligners write, read alone and together with the files it counts the lines of."""

import io
import os
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
import exports
from aligners import given as brought
from corpora.contents import Contents, File, Links, together
from corpora.document import Version
from corpora.errors import ReadError, WorkbenchError
from corpora.linking import linked
from corpora.readers import ladder
from exports import Selection
from reviews import Review

KO = "제목\n\n하나.\n둘.\n<p>\n셋.\n"
RU = "Заголовок\nОдин.\nДва.\nТри.\n"
EN = "Title\nOne.\nTwo and three.\n"
# Notation, what a file of it holds, and the lines it links, counted from 1.
NOTATIONS = [
    ("ladder", "0\t0\t0.7\n1\t1\t1.3\n3\t1\t-0.3\n3\t2\t0\n", [("1", "1"), ("2 3", ""), ("", "2")]),
    ("ladder without scores", "0 0\r\n1 1\r\n2 3\r\n", [("1", "1"), ("2", "2 3")]),
    ("vecalign", "[0]:[0, 1]:0.253\n[]:[2]:0.0\n[1,2]:[3]:1e-3\n", [("1", "1 2"), ("", "3"), ("2 3", "4")]),
    ("Bleualign", "[0]:[0]\n[1]:[1, 2]\n\n", [("1", "1"), ("2", "2 3")]),
    ("Champollion", "1 <=> 1\n2 <=> omitted\n3,4 <=> 2\n", [("1", "1"), ("2", ""), ("3 4", "2")]),
    ("Pharaoh", "0-0 1-2\n\n0-1 2p3 4-4/0.9\n", [("1", "1"), ("2", "2"), ("3", "3")]),
]


def read(name: str, text: str) -> Contents:
    return corpora.contents(File(name, text.encode()))


def told(links: Links) -> list[tuple[str, str]]:
    return [(" ".join(source), " ".join(target)) for source, target in links.links]


@pytest.mark.parametrize(("text", "wanted"), [row[1:] for row in NOTATIONS], ids=[row[0] for row in NOTATIONS])
@pytest.mark.parametrize("name", ["a.align", "a.txt"])
def test_every_notation_is_told_from_its_lines_whatever_the_file_is_called(name, text, wanted):
    (links,) = read(name, text).links
    assert links.by_line
    assert told(links) == wanted


def test_scores_are_left_out_and_told():
    assert read("a.align", "[0]:[0]:0.5\n[1]:[1]\n").left_out == ('The scores of "a.align" (1).',)
    assert read("a.ladder", "0 0 1\n1 1 0.5\n").left_out == ('The scores of "a.ladder" (2).',)
    assert read("a.align", "[0]:[0]\n").left_out == ()


def test_word_links_make_pairs_of_lines_and_it_is_said_that_they_are_not_kept():
    assert read("a.pharaoh", NOTATIONS[-1][1]).warnings == (
        '"a.pharaoh" links 5 pairs of words; its lines are taken as pairs, the word links are not kept yet.',
    )


def test_the_text_of_ladder2text_has_the_score_first():
    found = read("a.ladder", "1.2\tОдин. ~~~ Два.\tOne and two.\n-0.3\t\tAdded.\n")
    assert [version.text for version in found.versions] == ["Один.\n\nДва.", "One and two.\n\nAdded."]


def test_the_text_of_hunalign_gives_the_versions_themselves():
    text = "Заголовок\tTitle\t1.2\n<p>\t<p>\t0\nОдин. ~~~ Два.\tOne and two.\t0.3\n\tAdded.\t-0.3\nТри.\t\t0\n"
    found = read("a.ladder", text)
    assert [(version.id, version.text) for version in found.versions] == [
        ("ru", "Заголовок\n\nОдин.\n\nДва.\n\nТри."), ("en", "Title\n\nOne and two.\n\nAdded."),
    ]  # fmt: skip
    assert [[block.group for block in version.blocks] for version in found.versions] == [[0, 2, 2, 4], [0, 2, 3]]
    assert [version.text for version in read("a.txt", text).versions] == [version.text for version in found.versions]


@pytest.mark.parametrize(
    "text",
    ["1954 1955 1956\n", "12 14\n13 15\n", "[1] A note.\n", "0-0 1-1\nand a text\n", "a\tb\t1.0\n", "Text.", "0 0"],
)
def test_a_text_stays_a_text(text):
    found = read("a.txt", text)
    assert not found.links
    assert found.versions[0].text == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        ("0 0\nand so on\n", "line 2 is no line of an alignment"),
        ("0 0\n2 2\n1 3\n", "goes back from 2 2 to 1 3"),
        ("[]:[]\n", "links no lines"),
        ("[0]:[0\n", "line 1 is no line"),
    ],
)
def test_what_is_no_alignment_is_told(text, why):
    with pytest.raises(ReadError, match=why) as caught:
        read("a.align", text)
    assert str(caught.value).startswith('"a.align"')


def given_together(*files: tuple[str, str]) -> Contents:
    return linked(together([read(name, text) for name, text in files]))


def groups(found: Contents) -> dict[int | None, list[str]]:
    """The texts of every group, and under None those of no group."""
    told: dict[int | None, list[str]] = {}
    for version in found.versions:
        for block in version.blocks:
            told.setdefault(block.group, []).append(version.text[block.start : block.stop])
    return told


def test_lines_keep_the_numbers_of_the_file_and_empty_ones_and_marks_are_no_text():
    found = given_together(("ko.txt", KO), ("ru.txt", RU), ("a.ladder", "0 0\n2 1\n3 2\n4 3\n5 3\n6 4\n"))
    assert [block.id for block in found.versions[0].blocks] == ["1", "3", "4", "6"]
    assert list(groups(found).values()) == [["제목", "Заголовок"], ["하나.", "Один."], ["둘.", "Два."], ["셋.", "Три."]]
    assert found.links == ()
    assert found.is_aligned


def test_three_versions_join_through_the_middle_one():
    files = [("ko.txt", KO), ("ru.txt", RU), ("en.txt", EN)]
    one, other = "[0]:[0]\n[2]:[1]\n[3]:[2]\n[5]:[3]\n", "[0]:[0]\n[1]:[1]\n[2, 3]:[2]\n"
    wanted = [
        ["제목", "Заголовок", "Title"],
        ["하나.", "Один.", "One."],
        ["둘.", "셋.", "Два.", "Три.", "Two and three."],
    ]
    for names in (("ko-ru.align", "ru-en.align"), ("a.align", "b.align")):
        found = given_together(*files, (names[0], one), (names[1], other))
        assert list(groups(found).values()) == wanted
    # By their names they may come in any order.
    found = given_together(*files, ("ru-en.align", other), ("ko-ru.align", one))
    assert list(groups(found).values()) == wanted


def test_an_alignment_may_run_the_other_way():
    found = given_together(("ru.txt", RU), ("en.txt", EN), ("en-ru.align", "[0]:[0]\n[1]:[1]\n[2]:[2, 3]\n"))
    assert groups(found)[2] == ["Два.", "Три.", "Two and three."]


def test_what_has_no_counterpart_has_a_group_of_its_own_and_what_no_line_names_has_none():
    found = given_together(("ru.txt", RU), ("en.txt", EN), ("a.align", "[0]:[0]\n[1]:[]\n"))
    assert groups(found) == {0: ["Заголовок", "Title"], 1: ["Один."], None: ["Два.", "Три.", "One.", "Two and three."]}


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([("ru.txt", RU), ("a.align", "[0]:[0]\n")], 'was given with "ru.txt", and it is over 2 texts'),
        ([("a.align", "[0]:[0]\n")], "was given with no text"),
        ([("ru.txt", RU), ("en.txt", EN), ("a.align", "[4]:[0]\n")], 'names line 5 of "ru.txt", which has 4'),
        ([("ko.txt", KO), ("ru.txt", RU), ("en.txt", EN), ("a.align", "[0]:[0]\n")], "cannot be told; give it with its two"),
        ([("ko.txt", KO), ("ru.txt", RU), ("en.txt", EN), ("de-fr.align", "[0]:[0]\n")], 'is over "de", "fr", but'),
        ([("a.csv", "Русский,x\nОдин да.,1\n"), ("en.txt", EN), ("a.align", "[0]:[0]\n")], '"a.csv" has paragraphs of its own'),
    ],
)  # fmt: skip
def test_an_alignment_that_does_not_fit_says_what_is_missing(files, why):
    with pytest.raises(ReadError, match=why) as caught:
        given_together(*files)
    assert str(caught.value).endswith(".")


def test_links_by_ids_join_blocks_and_keep_the_groups_of_the_files():
    found = together([read("a.csv", "ru,en\nОдин.,One.\nДва.,Two.\n"), read("b.csv", "한국어\n하나.\n둘.\n")])
    links = Links(((("2", "3"), ("2",)),), by_line=False, files=("x/b.csv", "a.csv"))
    with pytest.raises(ReadError, match=r'is over "x/b\.csv", "a\.csv", but the texts'):
        linked(Contents(found.versions, links=(links,)))
    made = linked(Contents(found.versions[::2], links=(links,)))
    assert list(groups(made).values()) == [["Один.", "하나.", "둘."], ["Два."]]
    with pytest.raises(ReadError, match='names the segment "9"'):
        linked(Contents(found.versions[::2], links=(Links(((("9",), ()),), by_line=False),)))


def test_names_that_are_others_are_told():
    found = together([read("one.txt", RU), read("two.txt", EN)])
    links = Links(((("1",), ("1",)),), files=("x.xml", "y.xml"))
    made = linked(Contents(found.versions, links=(links,)))
    assert made.warnings == ('The alignment over "x.xml", "y.xml" was put onto "one.txt", "two.txt".',)


@pytest.mark.parametrize("kind", [".ladder.zip", ".align.zip"])
def test_what_is_written_reads_back_as_the_same_alignment(example_review, kind):
    restored = document_of(example_review, kind)
    units, _ = brought.units(restored)
    old = [unit.sides for unit in example_review.alignment.units]
    assert [tuple(map(len, unit.sides)) for unit in units if sum(map(len, unit.sides)) > 1] == [
        tuple(map(len, sides)) for sides in old if sum(map(len, sides)) > 1
    ]
    for version in example_review.document.versions:
        texts = [segment.text for segment in restored.version(version.id).segments]
        assert texts == [" ".join(segment.text.split()) for segment in version.segments]


def document_of(review: Review, kind: str):
    """The document of an exported archive, its steps given with its texts."""
    with zipfile.ZipFile(io.BytesIO(exports.to_bytes(Selection(review), kind))) as archive:
        names = [name for name in archive.namelist() if name not in ("about.txt", f"ko-en{kind.removesuffix('.zip')}")]
        found = together([corpora.contents(File(name, archive.read(name))) for name in names])
    return corpora.open_document(linked(found).versions)


LINES = st.lists(st.sampled_from(["Один.", "Two.", "", "<p>", "셋."]), min_size=1, max_size=8)


@given(one=LINES, other=LINES, data=st.data())
def test_any_cuts_over_any_lines_give_every_line_one_group(one, other, data):
    cuts = sorted(data.draw(st.lists(st.tuples(st.integers(0, len(one)), st.integers(0, len(other))), max_size=5)))
    rungs = [(0, 0)]
    for i, j in cuts:
        if i >= rungs[-1][0] and j >= rungs[-1][1]:
            rungs.append((i, j))
    rungs.append((len(one), len(other)))
    links = ladder.read(File("a.ladder", "".join(f"{i} {j}\n" for i, j in rungs).encode()))
    versions = [
        Version(id, id, id, "".join(f"{line}\n" for line in lines), id) for id, lines in (("ru", one), ("en", other))
    ]
    made = linked(Contents(tuple(versions), links=links.links)).versions
    stretches: dict[int | None, set[int]] = {}
    for place, lines in enumerate((one, other)):
        assert [block.id for block in made[place].blocks] == [
            f"{n}" for n, line in enumerate(lines, 1) if line not in ("", "<p>")
        ]
        for block in made[place].blocks:
            stretches.setdefault(block.group, set()).add(stretch(rungs, place, int(block.id)))
    # A group is one stretch between two rungs, and no two groups are the same.
    assert all(len(own) == 1 for own in stretches.values())
    assert len({min(own) for own in stretches.values()}) == len(stretches)


def stretch(rungs: list[tuple[int, int]], place: int, number: int) -> int:
    return next(at for at, rung in enumerate(rungs[1:]) if number <= rung[place])


def test_any_bytes_end_in_contents_or_a_sentence():
    chance, messages = random.Random(7), list[str]()
    good = [text.encode() for _, text, _ in NOTATIONS]
    for _ in range(2000 if os.environ.get("SOAK") else 200):
        data = bytearray(chance.choice(good))
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data) + 1)
            how = chance.randrange(4)
            if how == 0 and data:
                data[at % len(data)] = chance.randrange(256)
            elif how == 1:
                del data[at : at + chance.randint(1, 9)]
            elif how == 2:
                data[at:at] = data[:at]
            else:
                data[at:at] = chance.choice([b"\t", b"\n", b"[", b"99999999999", b"-", b"\xff"])
        try:
            found = corpora.contents(File("a.align", bytes(data)))
            linked(together([read("ru.txt", RU), read("en.txt", EN), found]))
        except WorkbenchError as error:
            messages.append(str(error))
    assert messages
    assert all(message.endswith(".") and "\n" not in message for message in messages)
