"""Documents at the edge of what can be aligned: the alignment is whole, or one sentence says why there is none."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest

from aligners import ALIGNERS, align
from aligners.alignment import Alignment, check
from corpora import LEVELS, open_document, read, read_bytes, segment
from corpora.document import Document, Segment, Version
from corpora.errors import AlignmentError, ReadError, SegmentationError, WorkbenchError

ENGLISH = [
    "The harvest of rice in the northern provinces was good this year.",
    "A new railway bridge over the river was opened on Monday.",
    "The minister of health resigned after the scandal.",
    "Heavy snow closed all schools in the capital.",
    "The orchestra will play Beethoven tonight.",
]
RUSSIAN = [
    "Урожай риса в северных провинциях в этом году был хорошим.",
    "В понедельник был открыт новый железнодорожный мост через реку.",
    "Министр здравоохранения ушёл в отставку после скандала.",
    "Из-за сильного снегопада закрыты все школы столицы.",
    "Сегодня вечером оркестр сыграет Бетховена.",
]
# Nothing of what the others tell of, and in another order of things.
UNRELATED = [
    "Whales sleep upright a few metres under the surface of the sea.",
    "To make the dough, stir the flour into warm milk and let it rest.",
    "He moved his knight to the king's side and offered a draw.",
    "Granite is made of quartz, feldspar and mica.",
]
MANY = [f"In village number {number} the well was dug {number % 17 + 2} metres deep." for number in range(500)]

every_method = pytest.mark.parametrize("method", ALIGNERS)
# The other two do not look at what a text says.
every_method_that_reads = pytest.mark.parametrize("method", ["joint", "pairwise"])


def version(id: str, texts: Sequence[str], between: str = "\n\n") -> Version:
    return read_bytes(between.join(texts).encode(), f"{id}.txt", id)


def whole(document: Document, method: str) -> Alignment:
    """The alignment of the document, after a look that every segment stands in exactly one unit, in order."""
    alignment = align(document, method)
    check(alignment, [len(one.segments) for one in document.versions])
    assert alignment.versions == tuple(one.id for one in document.versions)
    for place, one in enumerate(document.versions):
        taken = itertools.chain.from_iterable(unit.sides[place].indexes for unit in alignment.units)
        assert list(taken) == [found.index for found in one.segments]
    for unit in alignment.units:
        assert any(map(len, unit.sides))
        # A share of all ways is exact to rounding only.
        assert 0 <= unit.confidence <= 1
    return alignment


def kinds(alignment: Alignment) -> list[str]:
    return [unit.kind for unit in alignment.units]


# ---- sizes ------------------------------------------------------------------------------------


@every_method
def test_one_segment_against_one(method: str) -> None:
    document = open_document([version("ru", RUSSIAN[:1]), version("en", ENGLISH[:1])])
    assert kinds(whole(document, method)) == ["1:1"]


@every_method
def test_one_segment_in_each_of_three_versions(method: str) -> None:
    document = open_document([version("ru", RUSSIAN[:1]), version("en", ENGLISH[:1]), version("en2", ENGLISH[:1])])
    assert kinds(whole(document, method)) == ["1:1:1"]


@every_method
@pytest.mark.parametrize("letter", ["7", "a", "…"])
def test_segments_of_one_letter(method: str, letter: str) -> None:
    document = open_document([version("en", [letter], "\n"), version("en2", [letter], "\n")], "line")
    whole(document, method)


@every_method
def test_one_segment_against_500(method: str) -> None:
    document = open_document([version("ru", RUSSIAN[:1]), version("en", MANY)])
    assert [len(one.segments) for one in document.versions] == [1, 500]
    whole(document, method)


@every_method
def test_500_segments_against_one(method: str) -> None:
    document = open_document([version("en", MANY), version("ru", RUSSIAN[:1])])
    assert [len(one.segments) for one in document.versions] == [500, 1]
    whole(document, method)


@every_method
def test_one_segment_between_two_versions_of_500(method: str) -> None:
    document = open_document([version("en", MANY), version("ru", RUSSIAN[:1]), version("en2", MANY)])
    assert [len(one.segments) for one in document.versions] == [500, 1, 500]
    whole(document, method)


@every_method_that_reads
@pytest.mark.parametrize("place", [0, 250, 310, 499])
def test_one_segment_finds_its_counterpart_among_500(method: str, place: int) -> None:
    among = [*MANY[:place], ENGLISH[2], *MANY[place + 1 :]]
    alignment = whole(open_document([version("ru", RUSSIAN[2:3]), version("en", among)]), method)
    (unit,) = [unit for unit in alignment.units if len(unit.sides[0])]
    assert list(unit.sides[1].indexes) == [place]


# ---- likeness ---------------------------------------------------------------------------------


@every_method
def test_texts_that_have_nothing_to_do_with_each_other(method: str) -> None:
    document = open_document([version("ru", RUSSIAN), version("en", UNRELATED)])
    whole(document, method)


@every_method
def test_three_texts_that_have_nothing_to_do_with_each_other(method: str) -> None:
    document = open_document([version("ru", RUSSIAN), version("en", UNRELATED), version("en2", MANY[:7])])
    whole(document, method)


@every_method
@pytest.mark.parametrize("versions", [2, 3])
@pytest.mark.parametrize("count", [1, 5, 120])
def test_versions_that_are_identical_stand_one_to_one(method: str, versions: int, count: int) -> None:
    texts = (ENGLISH + MANY)[:count]
    document = open_document([version("en" if n == 1 else f"en{n}", texts) for n in range(1, versions + 1)])
    for index, unit in enumerate(whole(document, method).units):
        assert [list(side.indexes) for side in unit.sides] == [[index]] * versions


@every_method
@pytest.mark.parametrize("versions", [2, 3])
def test_a_text_that_says_the_same_over_and_over_stands_one_to_one(method: str, versions: int) -> None:
    texts = ENGLISH[:1] * 30
    document = open_document([version("en" if n == 1 else f"en{n}", texts) for n in range(1, versions + 1)])
    assert kinds(whole(document, method)) == [":".join("1" * versions)] * 30


# ---- languages --------------------------------------------------------------------------------


def test_a_version_under_a_language_of_another_script_is_refused() -> None:
    with pytest.raises(ReadError, match=r"was given as Korean \(ko\) but is written in Cyrillic"):
        version("ko", RUSSIAN)


@every_method
@pytest.mark.parametrize("id", ["de", "fr", "la"])
def test_a_version_under_another_language_of_its_script(method: str, id: str) -> None:
    document = open_document([version("ru", RUSSIAN), version(id, ENGLISH)])
    assert document.versions[1].language == id
    assert kinds(whole(document, method)) == ["1:1"] * 5


@every_method
@pytest.mark.parametrize("level", LEVELS)
def test_two_versions_under_each_others_language(method: str, level: str) -> None:
    german = [f"{text.removesuffix('.')} und so weiter." for text in UNRELATED]
    whole(open_document([version("de", ENGLISH), version("en", german)], level), method)


@every_method
def test_a_version_in_a_language_that_no_one_expects(method: str) -> None:
    georgian = ["მოსავალი კარგი იყო.", "ხიდი გაიხსნა ორშაბათს.", "მინისტრი გადადგა."]
    document = open_document([version("ru", RUSSIAN), read_bytes("\n\n".join(georgian).encode(), "text.txt")])
    whole(document, method)


# ---- blank paragraphs and no text -------------------------------------------------------------


@every_method
@pytest.mark.parametrize("level", LEVELS)
def test_blank_paragraphs_are_no_segments(tmp_path: Path, method: str, level: str) -> None:
    blank = "\n\n\n \n\n\t\n\u00a0\u3000\n\r\n\n"
    for id, texts in (("ru", RUSSIAN), ("en", ENGLISH)):
        (tmp_path / f"{id}.txt").write_text(f"{blank}{blank.join(texts)}{blank}", "utf-8", newline="")
    versions = [read(tmp_path / f"{id}.txt", id) for id in ("ru", "en")]
    for one, texts in zip(versions, (RUSSIAN, ENGLISH), strict=True):
        assert [found.text for found in segment(one, level).segments] == texts
    assert kinds(whole(open_document(versions, level), method)) == ["1:1"] * 5


def is_one_sentence(error: WorkbenchError) -> bool:
    said = str(error)
    return said.endswith(".") and len(said.splitlines()) == 1 and "Traceback" not in said


@pytest.mark.parametrize("text", ["", "\n", " \n\n\t\n", "\u3000\n\u00a0", "\ufeff"])
def test_a_file_without_any_text_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "blank.txt").write_text(text, "utf-8")
    with pytest.raises(ReadError, match=r'^"blank\.txt" is empty; ') as raised:
        read(tmp_path / "blank.txt", "en")
    assert is_one_sentence(raised.value)


def test_a_version_that_is_all_front_matter_is_refused_by_its_name() -> None:
    front = read_bytes(b"**Title:**\n\nA title\n\n**Date:**\n\n1955\n\n**Contents:**\n", "front.txt", "en")
    with pytest.raises(SegmentationError, match=r'^"front\.txt" holds no text besides front matter') as raised:
        open_document([version("ru", RUSSIAN), front])
    assert is_one_sentence(raised.value)


NO_BODY = {
    "no segments": (),
    "apparatus alone": (Segment(0, 0, "apparatus", 0, 4, "Note"),),
    "front matter alone": (Segment(0, 0, "front matter", 0, 4, "1955"),),
}


@every_method
@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("segments", NO_BODY)
def test_a_version_with_nothing_to_align_is_named(method: str, place: int, segments: str) -> None:
    names = ("ru", "en", "en2")
    versions = [segment(version(id, texts)) for id, texts in zip(names, (RUSSIAN, ENGLISH, ENGLISH), strict=True)]
    bare = versions[place]
    versions[place] = Version(bare.id, bare.language, bare.title, "", bare.digest, NO_BODY[segments])
    with pytest.raises(AlignmentError, match=f"^Version {names[place]} has no text to align; ") as raised:
        align(Document("bare", "Bare", tuple(versions)), method)
    assert is_one_sentence(raised.value)
