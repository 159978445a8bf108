"""The page of doubtful units: the queue in its order, its filters, and what is decided on it."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from corpora.document import Version
from divergence.score import Issue
from reviews.bench import Bench
from reviews.desk import Command, Desk
from reviews.doubt import Doubt, doubtful
from tests.conftest import notice
from tests.views.conftest import bench, raw, said, texts, turn, turned
from views import acting, workroom
from views.labels import plain
from views.summaries import queue, words
from views.summaries.words import Quote

DOUBTS = (
    Doubt("u1", "quantities", "ko-ru", False, 0),
    Doubt("u2", "names", "ru-en", True, 1),
    Doubt("u3", "names", "ko-ru", False, 1),
    Doubt("u4", "confidence", "", False, 6),
)


@pytest.fixture
def page(desk: Desk) -> AppTest:
    return turned("doubtful")


def judge(page: AppTest, key: str, verdict: str | None) -> AppTest:
    """The page after a verdict on an issue."""
    (choice,) = (one for one in page.get("button_group") if one.key.startswith(f"verdict-{key}"))
    return choice.set_value(verdict).run()


def entries(page: AppTest) -> list[str]:
    """How the entries of the page begin, in their order."""
    return [one.value.partition(" ·")[0] for one in page.markdown if one.value.startswith("**Unit ")]


def first(desk: Desk) -> Doubt:
    return doubtful(desk.bench(workroom.the_example(), "paragraph").review())[0]


# ---- what is chosen from the queue --------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"decided": False}, ["u1", "u3", "u4"]),
        ({"decided": True}, ["u2"]),
        ({"decided": False, "kinds": ["names"]}, ["u3"]),
        ({"decided": False, "kinds": ["names", "confidence"]}, ["u3", "u4"]),
        ({"decided": False, "hops": ["ko-ru"]}, ["u1", "u3"]),
        ({"decided": True, "hops": ["ko-ru"]}, []),
    ],
)
def test_filters_keep_the_order_of_the_queue(choice: dict[str, object], expected: list[str]) -> None:
    assert [one.unit for one in queue.chosen(DOUBTS, **choice)] == expected  # type: ignore[arg-type]


def test_progress_counts_every_ground_that_there_is() -> None:
    assert queue.progress(DOUBTS) == {"quantities": (0, 1), "names": (1, 2), "confidence": (0, 1)}


def test_every_ground_has_a_name() -> None:
    assert {one.kind for one in DOUBTS} <= set(queue.GROUNDS)
    assert set(queue.WITHOUT_ISSUE) <= set(queue.GROUNDS)


# ---- what an entry says -------------------------------------------------------------------------


def test_an_entry_has_every_issue_of_the_single_steps_its_ground_first(example_bench: Bench) -> None:
    review = example_bench.review()
    steps = words.steps(review.document)
    for doubt in doubtful(review):
        one = queue.entry(example_bench, review, doubt, "1")
        scores = review.divergence(review.ids.index(doubt.unit))
        expected = [(hop, issue) for hop in steps if hop in scores for issue in scores[hop].issues]
        assert {(each.hop, each.issue) for each in one.asked} == set(expected)
        if doubt.kind not in queue.WITHOUT_ISSUE:
            assert (one.asked[0].hop, one.asked[0].issue.kind) == (doubt.hop, doubt.kind)
        assert one.decided is None


def test_the_ground_is_asked_first_though_another_issue_is_stronger() -> None:
    one = bench(notice())
    review = one.review()
    issues = (Issue("wording", 0.9, ()), Issue("names", 0.6, ()))
    alarmed = replace(review, divergences=tuple(replace(each, issues=issues) for each in review.divergences))
    doubt = doubtful(alarmed)[0]
    asked = queue.entry(one, alarmed, doubt, "1").asked
    assert (doubt.kind, asked[0].issue.kind, asked[0].hop) == ("names", "names", doubt.hop)
    assert {each.issue.kind for each in asked[1:]} >= {"wording"}


def test_quotes_show_the_words_between_their_neighbours() -> None:
    version = notice()[0]
    document = bench(notice()).work.document
    start = document.version("ko").text.index("1954년")
    quote = words.quoted(document.version("ko"), start, start + 5)
    assert quote == Quote("ko", "1954년", "우리 앞에는 농업을 복구할 과업이 나서고 있다. ", "에 알곡 수확은 적었다.")
    assert version.id == quote.version


def test_a_page_break_inside_quoted_words_is_read_over() -> None:
    version = bench(notice()).work.document.version("en")
    start, stop = version.text.index("was\n\nsmall"), version.text.index("small.") + 6
    assert words.quoted(version, start, stop).words == "was small."


def test_a_unit_is_called_as_in_the_reader(example_bench: Bench) -> None:
    review = example_bench.review()
    called = words.numbers(review)
    assert [called[row.id] for row in example_bench.work.rows] == [
        str(number) for number in range(1, len(example_bench.work.rows) + 1)
    ]
    assert [name for id, name in called.items() if "/" in id][:2] == ["a1", "a2"]


# ---- the page ----------------------------------------------------------------------------------


def test_the_page_lists_the_queue_in_its_order(page: AppTest, desk: Desk) -> None:
    review = desk.bench(workroom.the_example(), "paragraph").review()
    called = words.numbers(review)
    assert entries(page) == [f"**Unit {called[one.unit]}**" for one in doubtful(review)][: len(entries(page))]
    assert len(entries(page)) == len(doubtful(review))
    assert "0 of 12 decided" in [one.proto.text for one in page.get("progress")]
    assert "placeholder, written for demonstration, not archival" in said(page)


def test_a_verdict_is_stored_and_told(page: AppTest, desk: Desk) -> None:
    doubt = first(desk)
    judge(page, f"{doubt.unit}-0", "error")
    assert not page.exception
    (verdict,) = desk.bench(workroom.the_example(), "paragraph").work.verdicts
    assert (verdict.unit, verdict.kind, verdict.hop, verdict.verdict) == (doubt.unit, doubt.kind, doubt.hop, "error")
    assert page.button(key="undo").label.replace("\\", "") == "Undo: judged quantities at unit 11: an error"
    # Its only issue is judged: it stands among the decided ones, with who said so.
    assert "**Unit 11**" not in entries(page)
    page.get("button_group")[0].set_value("decided").run()
    assert entries(page) == ["**Unit 11**"]
    assert "Decided: unsigned" in said(page)
    assert "Error: unsigned" in said(page)


def test_a_verdict_is_taken_back_by_choosing_it_again(page: AppTest, desk: Desk) -> None:
    doubt = first(desk)
    judge(page, f"{doubt.unit}-0", "shift")
    page.get("button_group")[0].set_value("decided").run()
    judge(page, f"{doubt.unit}-0", None)
    assert not desk.bench(workroom.the_example(), "paragraph").work.verdicts


def test_undo_brings_a_unit_back(page: AppTest, desk: Desk) -> None:
    before = entries(page)
    page.button(key=f"confirm-{first(desk).unit}").click().run()
    assert entries(page) == before[1:]
    assert page.button(key="undo").label == "Undo: confirmed unit 11"
    page.button(key="undo").click().run()
    assert entries(page) == before
    assert "Took back: confirmed unit 11." in said(page)


def test_what_is_refused_says_why_beside_the_unit(page: AppTest, desk: Desk) -> None:
    doubt, id = first(desk), workroom.the_example()
    confirm = Command(1, "confirm", {"units": [doubt.unit], "status": "needs discussion"})
    desk.act(id, "paragraph", [confirm], run="another", author="Kim")
    page.button(key=f"confirm-{doubt.unit}").click().run()
    assert not page.exception
    (error,) = page.error
    assert "Kim marked for discussion unit 11" in error.value
    assert desk.bench(id, "paragraph").work.row(doubt.unit).status == "needs discussion"


def test_filters_are_kept_while_another_page_is_shown(page: AppTest, desk: Desk) -> None:
    kinds = next(one for one in page.get("button_group") if one.key == "doubtful-kinds")
    kinds.set_value(["names"]).run()
    some = entries(page)
    assert 0 < len(some) < 12
    # What the choices are called changes with every decision; the choice stays.
    page.button(key=next(one.key for one in page.button if one.key.startswith("confirm-"))).click().run()
    assert entries(page) == some[1:]
    turn(page, "guide")
    turn(page, "doubtful")
    assert entries(page) == some[1:]


def test_read_in_context_turns_to_the_unit(page: AppTest, desk: Desk) -> None:
    doubt = first(desk)
    page.button(key=f"read-{doubt.unit}").click().run()
    assert not page.exception
    assert len(page.get("bidi_component")) == 2  # the reader and its courier
    assert page.session_state["asked"]["unit"] == doubt.unit


def test_a_document_without_doubt_says_so(desk: Desk) -> None:
    same = texts(("en", "Our country is not reunited."), ("en2", "Our country is not reunited."))
    page = turned("doubtful", desk.store.add(same, "Twice the same"))
    assert not page.exception
    assert "Nothing in this document is doubtful" in page.info[0].value


def test_an_error_of_the_workbench_is_shown_on_the_page(desk: Desk) -> None:
    alone: list[Version] = notice()[:1]
    page = turned("doubtful", desk.store.add(alone, "Alone"))
    assert "There is only one version" in page.error[0].value


def test_hostile_text_is_shown_as_text(desk: Desk) -> None:
    hostile = "In 1946 <script>alert(1)</script> <img src=x onerror=alert(1)> **bold** \u202e:smile: the farms grew."
    pair = texts(("en", hostile), ("en2", hostile.replace("1946", "1948")))
    page = turned("doubtful", desk.store.add(pair, "[A](javascript:alert) <b>title</b>"))
    assert not page.exception
    told = raw(page)
    assert r"\<script\>alert\(1\)\<" in told
    assert r"\[A\]\(javascript\:alert\) \<b\>title" in told
    assert "<script" not in told.replace(r"\<script", "")


# ---- parts of a list ----------------------------------------------------------------------------


def test_a_long_list_is_shown_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {"list": "2"}
    monkeypatch.setattr(acting.state, "setting", lambda name, default: kept.get(name, default))
    assert list(acting.paged(range(45), 20, "list")) == list(range(20, 40))
    assert list(acting.paged(range(45), 20, "another")) == list(range(20))
    # Where the list has grown shorter, its last part is shown.
    assert list(acting.paged(range(15), 20, "list")) == list(range(15))
    assert list(acting.paged([], 20, "list")) == []


@pytest.mark.parametrize(
    ("placeholders", "expected"),
    [((), ""), ((1,), "Russian"), ((0, 1), "Korean and Russian"), ((0, 1, 2), "Korean, Russian and English")],
)
def test_texts_that_stand_in_for_others_are_named(placeholders: tuple[int, ...], expected: str) -> None:
    document = bench(notice()).work.document
    versions = tuple(
        replace(one, status="placeholder" if place in placeholders else "user-supplied")
        for place, one in enumerate(document.versions)
    )
    assert words.stand_ins(replace(document, versions=versions)).partition(":")[0] == expected


def test_text_that_turns_its_direction_turns_no_other() -> None:
    assert plain("a\u202eb") == "\u2068a\u202eb\u202c\u2069"
    assert plain("ab") == "ab"
