"""The sheet of a version, set right by hand: what may be said, what is refused, and what becomes of the measures."""

from dataclasses import replace

import pytest

from corpora import open_document
from corpora.errors import StoreError
from reviews import corrections, find
from reviews.corrections.sheet import FIELDS, sheet
from reviews.desk import Command, Desk
from reviews.operation import Operation
from reviews.storage.store import Store
from reviews.work import Work
from tests.conftest import notice

DOCUMENT = open_document(notice())
WORK = Work(DOCUMENT, "paragraph", ())
PLACEHOLDER = Work(
    replace(DOCUMENT, versions=(replace(DOCUMENT.versions[0], status="placeholder"), *DOCUMENT.versions[1:])),
    "paragraph", (),
)  # fmt: skip


def described(work: Work, version: str, **fields: object) -> Work:
    values = corrections.wished(work, "describe", {"version": version, "fields": fields})
    return corrections.apply(work, Operation(1, "describe", work.level, values)).work


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("title", "  О кооперативах \n", "О кооперативах"),
        ("language", "ru-RU", "ru-RU"),
        ("date", "14 февраля 1955", "14 февраля 1955"),
        ("translators", ["Ковалев", " ", "Фадеев"], ["Ковалев", "Фадеев"]),
        ("archive_reference", "RGANI, fond 5", "RGANI, fond 5"),
        ("licence", "CC BY 4.0", "CC BY 4.0"),
        ("status", "archival", "archival"),
        ("source", None, None),
        ("how_known", "stated", "stated"),
    ],
)
def test_a_field_is_changed_and_nothing_else(field, given, kept):
    after = described(WORK, "ru", **{field: given})
    before = sheet(DOCUMENT.version("ru"))
    expected = {**before, field: kept} | ({"how_known": "unknown"} if field == "source" else {})
    assert sheet(after.document.version("ru")) == expected != before
    assert after.document.version("ru").text == DOCUMENT.version("ru").text
    assert after.document.version("ru").segments == DOCUMENT.version("ru").segments
    assert [one for one in after.versions if one.id != "ru"] == [one for one in WORK.versions if one.id != "ru"]


def test_every_field_is_tried_above():
    tried = test_a_field_is_changed_and_nothing_else.pytestmark[0].args[1]
    assert {field for field, *_ in tried} == set(FIELDS)


@pytest.mark.parametrize(
    ("work", "version", "fields", "words"),
    [
        (WORK, "ru", {"colour": "red"}, 'no field "colour"'),
        (WORK, "ru", {"title": " \n"}, r"The Russian text \(ru\) needs a title"),
        (WORK, "ru", {"status": "lost"}, 'no status "lost"'),
        (WORK, "ru", {"how_known": "guessed"}, '"guessed" does not say'),
        (WORK, "ru", {"language": "Russian!"}, "not a language tag"),
        (WORK, "ru", {"language": "en"}, "make a new document"),
        (WORK, "ru", {"source": "ru"}, r"made from itself; choose"),
        (WORK, "ko", {"source": "en"}, "made from itself by way of en, ru"),
        (WORK, "ru", {"source": "fr"}, 'no version "fr"'),
        (WORK, "fr", {"title": "Titre"}, 'no version "fr"'),
        (WORK, "ru", {"title": DOCUMENT.version("ru").title}, "same as before"),
        (WORK, "ru", {"translators": "Kovalev"}, "incomplete"),
        (WORK, "ru", None, "incomplete"),
        (PLACEHOLDER, "ko", {"status": "archival"}, "stays a placeholder until its text is replaced"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(work, version, fields, words):
    with pytest.raises(StoreError, match=words) as refused:
        corrections.wished(work, "describe", {"version": version, "fields": fields})
    assert str(refused.value).endswith(".")


def test_only_what_is_different_is_stored():
    before = sheet(DOCUMENT.version("en"))
    values = corrections.wished(WORK, "describe", {"version": "en", "fields": {**before, "date": "1955"}})
    assert values == {"version": "en", "fields": {"date": "1955"}}


def test_what_another_paper_said_gives_way():
    said = {"date_said_by": "English", "translators_said_by": "English", "file": "a.txt"}
    russian = replace(DOCUMENT.version("ru"), date="1954", metadata=said)
    after = described(WORK.with_version(russian), "ru", date="14 February 1955").document.version("ru")
    assert after.metadata == {"translators_said_by": "English", "file": "a.txt"}


def test_an_archive_reference_is_taken_apart():
    reference = "RGANI, fond 5, opis 28, delo 314"
    first = described(WORK, "ru", archive_reference=reference)
    assert first.document.version("ru").metadata["delo"] == "314"
    second = described(first, "ru", archive_reference="in private hands")
    assert not {"fond", "opis", "delo"} & set(second.document.version("ru").metadata)
    third = described(second, "ru", archive_reference="")
    assert "archive_reference" not in third.document.version("ru").metadata


# ---- in a document of the store ---------------------------------------------------------------


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(Store(str(tmp_path / "relay.db")), find)


@pytest.fixture
def document(desk) -> str:
    return desk.store.add(notice(), "A notice")


def act(desk, document, kind, values=None, number=1):
    (receipt,) = desk.act(document, "paragraph", [Command(number, kind, values or {}, 10**6)], run="a", author="Anna")
    return receipt


def test_a_sheet_is_the_same_at_every_level_and_is_taken_back(desk, document):
    wish = {"version": "ru", "fields": {"title": "Another", "date": "1955"}}
    receipt = act(desk, document, "describe", wish)
    assert (receipt.done, receipt.said) == (True, "Changed the sheet of ru: title, date.")
    for level in ("paragraph", "sentence"):
        assert desk.bench(document, level).work.document.version("ru").title == "Another"
    again = Desk(desk.store, find)
    assert again.bench(document, "paragraph").work.document.version("ru").date == "1955"
    assert not desk.bench(document, "paragraph").review().stale
    assert act(desk, document, "undo", number=2).said == "Took back: changed the sheet of ru: title, date."
    assert desk.bench(document, "paragraph").work.document == desk.bench(document, "paragraph").start.document
    assert act(desk, document, "redo", number=3).done
    assert desk.bench(document, "sentence").work.document.version("ru").title == "Another"


def test_a_region_does_not_make_the_measures_stale(desk, document):
    act(desk, document, "describe", {"version": "en", "fields": {"language": "en-GB"}})
    bench = desk.bench(document, "paragraph")
    assert bench.work.document.version("en").language == "en-GB"
    assert not bench.review().stale


def test_another_tree_is_measured_as_a_new_document_would_be(desk, document):
    before = desk.bench(document, "paragraph").review()
    assert act(desk, document, "describe", {"version": "en", "fields": {"source": "ko", "how_known": "stated"}}).done
    bench = desk.bench(document, "paragraph")
    assert [hop.id for hop in bench.work.document.comparisons] == ["ko-ru", "ko-en"]
    assert bench.review().stale == {row.id for row in bench.work.rows}
    assert desk.measure(document, "paragraph") == len(bench.work.rows)
    review = bench.review()
    assert not review.stale
    assert {one.hop for one in review.divergences} == {"ko-ru", "ko-en"}
    assert {one.percentile for one in review.divergences} != {0}
    # As a program that starts later sees it.
    other = Desk(desk.store, find).bench(document, "paragraph").review()
    assert (other.divergences, other.stale) == (review.divergences, review.stale)
    assert act(desk, document, "undo", number=2).done
    assert bench.review().divergences == before.divergences


def test_a_unit_is_corrected_in_another_tree(desk, document):
    act(desk, document, "describe", {"version": "ru", "fields": {"source": None}})
    act(desk, document, "describe", {"version": "ko", "fields": {"source": "ru"}}, number=2)
    desk.measure(document, "paragraph")
    assert act(desk, document, "merge", {"unit": "u2", "with": "above"}, number=3).done
    for one in (desk, Desk(desk.store, find)):
        assert len(one.bench(document, "paragraph").review().stale) == (one is desk)
        one.measure(document, "paragraph")
        review = one.bench(document, "paragraph").review()
        assert not review.stale
        assert {each.hop for each in review.divergences} == {"ru-ko", "ru-en"}


def test_what_would_close_a_circle_is_not_taken_back(desk, document):
    for number, (version, source) in enumerate([("en", "ko"), ("ru", "en")], 1):
        assert act(desk, document, "describe", {"version": version, "fields": {"source": source}}, number=number).done
    first = desk.store.operations(document)[0].operation
    bench = desk.bench(document, "paragraph")
    with pytest.raises(StoreError, match="made from itself"):
        bench._turn("undo", first.id)
    assert bench.work.document.version("en").source == "ko"


def test_what_two_people_say_of_one_version_does_not_overwrite(desk, document):
    act(desk, document, "describe", {"version": "en", "fields": {"date": "1955"}})
    command = Command(1, "describe", {"version": "en", "fields": {"date": "1956"}}, 0)
    (receipt,) = desk.act(document, "paragraph", [command], run="b", author="Boris")
    assert not receipt.done
    assert "Anna changed the sheet of en: date" in receipt.said
