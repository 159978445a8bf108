"""Several texts in one file: what is told apart, what never is, and what is said of it."""

import json

import pytest

import corpora
from corpora import citation, example, parts
from corpora.contents import File

SEEDS = {version.id: version.text for version in example.versions()}
BODIES = {id: citation.paper(text) for id, text in SEEDS.items()}
GOLD = json.loads((example.SEEDS / "gold.json").read_text(encoding="utf-8"))
KO, RU, EN = (
    "우리 나라는 아직도 통일되지 못하였다.",
    "Наша страна всё ещё не воссоединена.",
    "Our country is not reunited.",
)
MARKERS = [
    ("=== ko ===", "=== ru ==="),
    ("--- Korean ---", "--- Russian ---"),
    ("*** 한국어 ***", "*** русский ***"),
    ("# [ko]", "# [ru]"),
    ("## 조선어", "## Русский текст"),
    ("<!-- ko -->", "<!-- ru -->"),
    ("[Korean]", "[Русский]"),
    ("【조선어】", "【로어】"),
    ("Korean:", "Russian:"),
    ("KO:", "RU:"),
    ("=== Original (Korean) ===", "=== Translation (Russian) ==="),
    ("~~~~ ko-KP ~~~~", "~~~~ ru-RU ~~~~"),
]


def read(text, suffix=".txt", **options):
    return corpora.contents(File(f"paper{suffix}", text.encode(), "utf-8", **options))


def aligned(languages, between="\n\n", whole=True):
    """The example's gold units as one text, the languages of a unit behind one another."""
    rows = []
    for unit in GOLD["gold"]:
        sides = [" ".join(GOLD["versions"][id][place] for place in unit[id]) for id in languages if unit[id]]
        if not whole or len(sides) == len(languages):
            rows.append(between.join(sides))
    return "\n\n".join(rows)


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("markers", MARKERS, ids=lambda pair: pair[0])
def test_marker_lines_part_texts(markers, suffix):
    found = read(f"{markers[0]}\n{KO}\n\n{KO}\n\n{markers[1]}\n\n{RU}\n", suffix)
    assert [version.text for version in found.versions] == [f"{KO}\n\n{KO}", RU]
    assert [version.id.split("-")[0] for version in found.versions] == ["ko", "ru"]
    (told,) = found.warnings
    assert told.startswith("The file holds 2 texts behind marker lines such as")
    assert told.endswith("Korean and Russian; say that the file is one text where this is wrong.")
    assert not found.is_aligned


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"=== ko ===\n{KO}\n\n=== appendix ===\n{KO}", id="one language"),
        pytest.param(f"=== ru ===\n{RU}\n=== ru ===\n{RU}", id="one language twice"),
        pytest.param(f"[English]\n[Русский]\n\n{RU}", id="links to other languages"),
        pytest.param(f"Страна: it\n\nno: да\n\n{RU}", id="words that are tags"),
        pytest.param(f"it:\n{EN}\n\nno:\n{EN}", id="small words with a colon"),
        pytest.param(f"{EN}\n\n# Korean studies\n\n{EN}\n\n# Russian studies\n\n{EN}", id="headings that say more"),
        pytest.param(f"# Libtabe (Chinese)\n{EN}\n# Unihan (Japanese)\n{EN}", id="names of other things"),
        pytest.param(f"== ko ru ==\n{KO}", id="no single name"),
    ],
)
def test_what_only_looks_like_markers_parts_nothing(text):
    found = read(text)
    assert [version.text for version in found.versions] == [text]
    assert not found.warnings


def test_a_marker_with_the_letters_of_another_language_behind_it_parts_nothing_and_is_told():
    text = f"{EN}\n\n# Korean\n\n{EN}\n\n# English\n\n{EN}"
    found = read(text)
    assert [version.text for version in found.versions] == [text]
    assert found.warnings == (
        'Line 3, "# Korean", names Korean but Latin letters stand behind it, so the file is read as one text.',
    )


def test_a_language_in_none_of_the_known_alphabets_is_not_in_one():
    found = read(f"[zh]\n{EN}\n[en]\n{EN}")
    assert len(found.versions) == 1
    assert "names Chinese but Latin letters stand behind it" in found.warnings[0]
    assert [one.id for one in read(f"[zh]\n我们的国家。\n[en]\n{EN}").versions] == ["zh", "en"]


def test_what_stands_before_the_first_marker_is_left_out_when_short_and_a_text_when_long():
    marked = f"[ko]\n{KO}\n[ru]\n{RU}"
    short = read(f"A Report\nof 1955\n\n{marked}")
    assert len(short.versions) == 2
    assert short.left_out == ('What stands before the first marker is left out (2 lines: "A Report of 1955").',)
    long = read(f"{EN * 20}\n\n{marked}")
    assert [version.id for version in long.versions] == ["en", "ko", "ru"]
    assert not long.left_out


def test_two_translations_into_one_language_are_two_versions():
    found = read(f"[ko]\n{KO}\n[ru]\n{RU}\n[en]\n{EN}\n[en]\n{EN} Again.")
    assert [version.id for version in found.versions] == ["ko", "ru", "en", "en2"]
    assert not found.is_aligned


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_markers_that_come_again_align_what_is_behind_them(suffix):
    rounds = [("ko", "ru", "en"), ("ko", "en"), ("ko", "ru", "en"), ("ko", "ru", "en")]
    said = {"ko": KO, "ru": RU, "en": f"{EN}\n\nA second paragraph."}
    text = "\n".join(f"[{id}]\n{said[id]}" for one in rounds for id in one)
    found = read(text, suffix)
    assert [version.id for version in found.versions] == ["ko", "ru", "en"]
    assert found.is_aligned
    groups = [[block.group for block in version.blocks] for version in found.versions]
    assert groups == [[0, 1, 2, 3], [0, 2, 3], [0, 0, 1, 1, 2, 2, 3, 3]]
    assert "aligned as they stand in 4 rounds" in found.warnings[0]
    for version in found.versions:
        assert len(corpora.segment(version).segments) == len(version.blocks)


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["paragraphs", "lines"])
@pytest.mark.parametrize("languages", [("ko", "ru", "en"), ("ru", "en"), ("ko", "en"), ("en", "ko")], ids="-".join)
def test_paragraphs_that_alternate_are_aligned_as_they_stand(languages, between, suffix):
    found = read(aligned(languages, between), suffix)
    assert [version.id for version in found.versions] == list(languages)
    groups = [{block.group for block in version.blocks} for version in found.versions]
    rounds = sum(all(unit[id] for id in languages) for unit in GOLD["gold"])
    assert groups == [set(range(rounds))] * len(languages)
    (told,) = found.warnings
    assert told.startswith(f"The paragraphs of the file alternate {rounds} times between ")
    assert "aligned as they stand" in told


def test_paragraphs_that_alternate_but_for_some_are_left_to_the_machine():
    rows = aligned(("ko", "ru", "en")).split("\n\n")
    found = read("\n\n".join(rows[:10] + rows[11:]))
    assert [version.id for version in found.versions] == ["ko", "ru", "en"]
    assert not found.is_aligned
    assert "not strictly" in found.warnings[0]


@pytest.mark.parametrize("languages", [("ko", "ru", "en"), ("ko", "ru"), ("ru", "ko"), ("en", "ru")], ids="-".join)
def test_texts_one_after_another_are_told_by_their_letters(languages):
    found = read("\n\n".join(BODIES[id] for id in languages))
    assert [version.id for version in found.versions] == list(languages)
    assert [version.text for version in found.versions] == [BODIES[id].strip() for id in languages]
    assert found.warnings[0].startswith(
        f"The file holds {len(languages)} texts one after another, told by their letters"
    )


def test_the_pages_of_an_archive_one_after_another_keep_their_citation_blocks():
    found = read("\n\n".join(SEEDS.values()))
    assert [version.id for version in found.versions] == ["ko", "ru", "en"]
    assert [version.text for version in found.versions] == [text.strip() for text in SEEDS.values()]
    alone = example.versions()
    assert [version.status for version in found.versions] == [version.status for version in alone]
    assert [len(version.statements) for version in found.versions] == [len(version.statements) for version in alone]
    assert "3 pages of an archive with a citation block each" in found.warnings[0]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("place", ["first", "last", "behind a marker"])
def test_a_citation_block_in_one_of_the_texts_describes_it(place, suffix):
    others = [BODIES["ko"], BODIES["ru"]]
    if place == "behind a marker":
        text = f"[ko]\n{others[0]}\n[ru]\n{others[1]}\n[en]\n{SEEDS['en']}"
    else:
        text = "\n\n".join([SEEDS["en"], *others] if place == "first" else [*others, SEEDS["en"]])
    found = read(text, suffix)
    assert sorted(version.id for version in found.versions) == ["en", "ko", "ru"]
    (english,) = [version for version in found.versions if version.id == "en"]
    assert english.metadata["archive_reference"] == "RGANI fond 5, opis 28, delo 314"
    assert english.status == "published"
    assert english.title.startswith("The Nature of Our Revolution")
    assert {version.status for version in found.versions if version.id != "en"} == {"user-supplied"}


def paragraphs(id):
    return BODIES[id].strip().split("\n\n")


def with_quotations(id, other, every, start=12):
    """A text with a paragraph of another language behind every few of its own."""
    quoted = iter(paragraphs(other)[start:])
    rows = []
    for place, paragraph in enumerate(paragraphs(id)):
        rows.append(paragraph)
        if place % every == every - 1:
            rows.append(next(quoted))
    return "\n\n".join(rows)


WHOLE = [
    *(pytest.param(text, id=f"the example in {id}") for id, text in SEEDS.items()),
    *(pytest.param(text, id=f"its text in {id}") for id, text in BODIES.items()),
    *(
        pytest.param(with_quotations(id, other, every), id=f"{id} with {other} behind every {every} paragraphs")
        for id, other in (("ru", "en"), ("en", "ru"), ("ko", "en"), ("ko", "ru"))
        for every in (3, 4, 8)
    ),
    pytest.param("\n\n".join([*paragraphs("ru"), *paragraphs("en")[14:20]]), id="ru with an abstract in en"),
    pytest.param("\n\n".join([*paragraphs("en")[14:20], *paragraphs("ru")]), id="ru with an abstract in en before it"),
    pytest.param("\n\n".join([*paragraphs("ko"), *paragraphs("en")]).replace("1955", "1955")[: len(BODIES["ko"]) + 900], id="ko with a beginning in en"),
    pytest.param(f"{RU}\n\n{EN}", id="a sentence and a quotation"),
    pytest.param(f"{RU}\n\n{EN}\n\n{RU}\n\n{EN}", id="two of each"),
    pytest.param("\n\n".join(f"{RU} {place}\n\n{'Yes.' if place % 2 else EN * 9}" for place in range(9)), id="answers that are no translations"),
    pytest.param("\n\n".join(f"В {1900 + place} году: {RU}\n\nIn {1700 + place}: {EN}" for place in range(9)), id="other numbers"),
    pytest.param("朝鮮勞動黨은 朝鮮人民의 黨이다.\n\n" * 8, id="Korean with Chinese characters"),
]  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_one_text_stays_one(text):
    assert len(parts.find(text).texts) == 1


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("text", [aligned(("ko", "ru")), "\n\n".join(SEEDS.values()), f"[ko]\n{KO}\n[ru]\n{RU}"])
def test_the_user_can_say_that_a_file_is_one_text(text, suffix):
    found = read(text, suffix, whole=True)
    assert len(found.versions) == 1
    assert not found.warnings
    assert not found.versions[0].blocks or not found.is_aligned


def test_where_one_version_is_wanted_several_are_an_error():
    with pytest.raises(corpora.ReadError, match=r'"paper.txt" holds 2 versions where one is wanted'):
        corpora.read_bytes(f"[ko]\n{KO}\n[ru]\n{RU}".encode(), "paper.txt")


@pytest.mark.parametrize("level", corpora.LEVELS)
def test_texts_of_a_file_make_a_document_that_keeps_the_alignment(level):
    from aligners import given

    document = corpora.open_document(read(aligned(("ko", "ru", "en"))).versions, level)
    units, moved = given.units(document)
    assert moved == []
    if level != "line":
        assert sum(all(len(side) for side in unit.sides) for unit in units) >= 25
