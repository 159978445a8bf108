"""Operations stored, replayed, taken back and measured, in real databases."""

import threading

import pytest

from reviews import find
from reviews.desk import Command, Desk
from reviews.machine import Machine, packed, unpacked
from reviews.storage.store import Store
from tests.conftest import notice


@pytest.fixture(scope="module")
def found() -> Machine:
    return find(notice())


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    return str(tmp_path / "relay.db") if request.param == "sqlite" else request.getfixturevalue("postgres_database")


@pytest.fixture
def desk(url, found) -> Desk:
    return Desk(Store(url), lambda versions, **how: found)


@pytest.fixture
def document(desk) -> str:
    return desk.store.add(notice(), "A notice")


def kinds(desk: Desk, document: str) -> list[str]:
    return [":".join(str(len(side)) for side in row.sides) for row in desk.bench(document, "paragraph").work.rows]


def act(desk: Desk, document: str, *wishes, run="a", author="Anna", first=1, seen=10**6):
    commands = [Command(number, kind, values, seen) for number, (kind, values) in enumerate(wishes, first)]
    return desk.act(document, "paragraph", commands, run=run, author=author)


MERGE = ("merge", {"unit": "u2", "with": "above"})


def test_what_was_stored_is_there_for_another_program(desk, document, url, found):
    before = kinds(desk, document)
    (receipt,) = act(desk, document, MERGE)
    assert (receipt.done, receipt.said, receipt.revision) == (True, "Merged units 1 and 2.", 1)
    other = Desk(Store(url), lambda versions, **how: pytest.fail("the machine's findings are stored"))
    assert kinds(other, document) == kinds(desk, document) != before
    assert [v.text for v in other.store.versions(document)] == [v.text for v in notice()]
    assert unpacked(packed(found)) == found


def test_undo_and_redo_without_limit_and_across_programs(desk, document, url):
    stages = [kinds(desk, document)]
    for number in range(3):
        act(desk, document, ("merge", {"unit": "u1", "with": "below"}), first=number + 1)
        stages.append(kinds(desk, document))
    again = Desk(Store(url), desk._find)
    for number, stage in enumerate(reversed(stages[:-1]), 10):
        (receipt,) = act(again, document, ("undo", {}), run="b", first=number)
        assert receipt.done
        assert kinds(again, document) == stage
    (receipt,) = act(again, document, ("undo", {}), run="b", first=20)
    assert (receipt.done, receipt.said) == (False, "There is nothing of yours to take back.")
    for number, stage in enumerate(stages[1:], 30):
        assert act(again, document, ("redo", {}), run="b", first=number)[0].done
        assert kinds(again, document) == stage
    assert kinds(desk, document) == stages[-1]
    act(again, document, ("undo", {}), ("bookmark", {"unit": "u1", "on": True}), run="b", first=40)
    (receipt,) = act(again, document, ("redo", {}), run="b", first=50)
    assert (receipt.done, receipt.said) == (False, "There is nothing of yours to do again.")


def test_undo_takes_back_what_was_done_in_the_same_browser_or_under_the_same_name(desk, document):
    act(desk, document, ("bookmark", {"unit": "u1", "on": True}), run="mine.1", author="")
    (receipt,) = act(desk, document, ("undo", {}), run="theirs.1", author="")
    assert not receipt.done
    bench = desk.bench(document, "paragraph")
    assert bench.news(0, "theirs.1") == ["Somebody bookmarked unit 1."]
    assert bench.news(0, "mine.2") == bench.news(1, "theirs.1") == []
    # A name that was given since, and another page of the same browser.
    assert desk.act(document, "paragraph", [Command(1, "undo", {}, 1)], run="mine.2", author="Kim")[0].done
    assert desk.act(document, "paragraph", [Command(1, "redo", {}, 2)], run="mine.3", author="")[0].done
    # Another browser of the same person.
    wish = {"unit": "u2", "on": True}
    assert desk.act(document, "paragraph", [Command(1, "bookmark", wish, 3)], run="mine.4", author="Kim")[0].done
    assert desk.act(document, "paragraph", [Command(1, "undo", {}, 4)], run="other.1", author="Kim")[0].done


def test_what_is_joined_across_two_units_is_set_by_hand_in_both_and_said(desk, document):
    bench = desk.bench(document, "paragraph")
    place = next(
        place
        for place in range(len(bench.work.rows) - 1)
        if len(bench.work.rows[place].sides[2]) and len(bench.work.rows[place + 1].sides[2]) > 0
    )
    index = bench.work.rows[place + 1].sides[2].start
    segment = bench.work.versions[2].segments[index]
    wish = {"version": bench.work.versions[2].id, "segment": index, "start": segment.start}
    (receipt,) = act(desk, document, ("join", wish))
    assert receipt.done
    assert f"what stood in unit {place + 2} stands in unit {place + 1} now" in receipt.said
    rows = desk.bench(document, "paragraph").work.rows
    assert {row.origin for row in rows if row.id in receipt.touched} == {"manual"}


def edit(work, index: int, text: str) -> tuple[str, dict[str, object]]:
    """The wish for another text of a segment of the English."""
    segment = work.document.version("en").segments[index]
    return "edit", {"version": "en", "segment": index, "start": segment.start, "text": text}


def english(desk: Desk, document: str) -> list[str]:
    return [one.text for one in desk.bench(document, "paragraph").work.document.version("en").segments]


def test_a_change_in_one_passage_is_none_in_another(desk, document):
    work = desk.bench(document, "paragraph").work
    before = english(desk, document)
    assert len(before) > 1
    last = len(before) - 1
    words = {
        "version": "en",
        "segment": last,
        "start": work.document.version("en").segments[last].start,
        "words": [0, 4],
        "quote": before[last][:4],
    }
    (longer,) = act(desk, document, edit(work, 0, f"A good deal longer. {before[0]}"), run="q.1", author="Q")
    assert longer.done
    # Another page, that has not heard of it: a text and a note further down.
    (there, note) = act(
        desk, document, edit(work, last, f"{before[last]} P."), ("note", {"anchors": [words], "body": "?"}),
        run="p.1", author="P", seen=0,
    )  # fmt: skip
    assert (there.done, there.said[:11]) == (True, "Changed the")
    assert note.done
    (written,) = desk.bench(document, "paragraph").work.notes.values()
    assert written.anchors[0].quote == before[last][:4]
    # The first one is taken back under the others, done again, and read anew.
    (back,) = act(desk, document, ("undo", {}), run="q.1", author="Q", first=2)
    assert back.done
    assert english(desk, document) == [*before[:-1], f"{before[last]} P."]
    (written,) = desk.bench(document, "paragraph").work.notes.values()
    assert (written.anchors[0].quote, written.anchors[0].gone) == (before[last][:4], False)
    (again,) = act(desk, document, ("redo", {}), run="q.1", author="Q", first=3)
    assert again.done
    assert english(desk, document) == [f"A good deal longer. {before[0]}", *before[1:-1], f"{before[last]} P."]
    assert english(Desk(desk.store, desk._find), document) == english(desk, document)


def test_a_change_in_the_same_passage_is_told(desk, document):
    work = desk.bench(document, "paragraph").work
    before = english(desk, document)
    act(desk, document, edit(work, 0, f"{before[0]} Q."), run="q.1", author="Q")
    wish = edit(work, 0, f"{before[0]} P.")
    (refused,) = act(desk, document, wish, run="p.1", author="P", seen=0)
    assert not refused.done
    assert "Q changed the English in unit 1" in refused.said
    assert english(desk, document)[0] == f"{before[0]} Q."


def test_words_that_are_known_from_long_ago_are_looked_for(desk, document):
    work = desk.bench(document, "paragraph").work
    before = english(desk, document)
    act(desk, document, edit(work, 0, f"Longer. {before[0]}"))
    last = len(before) - 1
    quote = before[last][:12]
    words = {"version": "en", "segment": last, "start": 1, "words": [0, 12], "quote": quote, "seen": -1}
    (note,) = act(desk, document, ("note", {"anchors": [words], "body": "?"}), run="p.1")
    assert note.done
    (written,) = desk.bench(document, "paragraph").work.notes.values()
    assert written.anchors[0].quote == quote
    (refused,) = act(
        desk, document, ("note", {"anchors": [{**words, "quote": "Nowhere at all"}], "body": "?"}), run="p.2"
    )
    assert not refused.done
    assert "“Nowhere at all” of the English were changed meanwhile" in refused.said


def test_a_command_that_is_sent_twice_is_done_once(desk, document):
    act(desk, document, MERGE)
    once = kinds(desk, document)
    (receipt,) = act(desk, document, MERGE)
    assert receipt.done
    assert kinds(desk, document) == once
    (first,), (again,) = (act(desk, document, ("undo", {}), first=7) for _ in range(2))
    assert first.said == again.said != ""


def test_undoing_that_is_sent_twice_is_told_twice(desk, document):
    act(desk, document, MERGE)
    told = [act(desk, document, ("undo", {}), first=2)[0].said for _ in range(2)]
    assert told == ["Took back: merged units 1 and 2."] * 2


def test_a_unit_that_was_taken_in_leads_on_to_its_heir(desk, document):
    count = len(kinds(desk, document))
    receipts = act(desk, document, *[("merge", {"unit": "u4", "with": "above"})] * 3)
    assert all(receipt.done for receipt in receipts)
    assert len(kinds(desk, document)) == count - 3


def test_what_another_did_is_not_overwritten(desk, document, url):
    other = Desk(Store(url), desk._find)
    act(desk, document, MERGE)
    (receipt,) = act(
        other, document, ("confirm", {"units": ["u1"], "status": "confirmed"}), run="b", author="Boris", seen=0
    )
    assert not receipt.done
    assert "Anna merged units 1 and 2" in receipt.said
    (receipt,) = act(
        other, document, ("confirm", {"units": ["u3"], "status": "confirmed"}), run="b", author="Boris", first=2, seen=0
    )
    assert receipt.done  # elsewhere nobody was


def test_writers_at_once_lose_nothing_and_double_nothing(desk, document, url):
    def work(run: str) -> None:
        one = Desk(Store(url), desk._find)
        for number in range(10):
            act(one, document, ("bookmark", {"unit": "u1", "on": number % 2 == 0}), run=run, first=number)

    threads = [threading.Thread(target=work, args=(run,)) for run in "pqr"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log = desk.store.operations(document)
    assert [stored.operation.id for stored in log] == list(range(1, 31))
    for run in "pqr":
        assert [stored.number for stored in log if stored.run == run] == list(range(10))


def test_only_what_changed_is_stale_and_is_measured_again(desk, document):
    whole = desk.bench(document, "paragraph").review()
    assert not whole.stale
    assert whole.divergences == desk.bench(document, "paragraph").found.divergences
    act(desk, document, MERGE)
    review = desk.bench(document, "paragraph").review()
    assert review.stale == {"u1"}
    place = review.ids.index("u1")
    assert not review.divergence(place)
    assert desk.measure(document, "paragraph") == 1
    review = desk.bench(document, "paragraph").review()
    assert not review.stale
    assert set(review.divergence(place)) == {"ko-ru", "ru-en", "ko-en"}
    act(desk, document, ("undo", {}), first=2)
    assert desk.bench(document, "paragraph").review().divergences == whole.divergences


def test_a_text_that_is_corrected_keeps_places_of_notes_and_reasons(desk, document):
    bench = desk.bench(document, "paragraph")
    english = bench.work.versions[2]
    start = english.text.index("grain harvest")
    note = {"anchors": [{"version": "en", "start": start, "stop": start + 13}], "body": "Grain, not crops."}
    assert act(desk, document, ("note", note))[0].done
    first = english.segments[1]
    wish = {"version": "en", "segment": first.index, "start": first.start, "text": "Now then: " + first.text}
    (receipt,) = act(desk, document, ("edit", wish), first=2)
    assert receipt.done, receipt.said
    work = bench.work
    (kept,) = work.notes.values()
    (anchor,) = kept.anchors
    assert work.versions[2].text[anchor.start : anchor.stop] == "grain harvest"
    assert anchor.start == start + len("Now then: ")
    for version in work.versions:
        for segment in version.segments:
            assert version.repairs or version.text[segment.start : segment.stop] == segment.text
    review = bench.review()
    assert len(review.stale) == 1
    for one in review.divergences:
        for score in one.metrics.values():
            for reason in score.reasons:
                assert 0 <= reason.start < reason.stop <= len(work.document.version(reason.version).text)


def test_paragraphs_are_cut_and_joined(desk, document):
    bench = desk.bench(document, "paragraph")
    before = bench.work
    segment = next(one for one in before.versions[2].segments if one.text.count(". ") == 1)
    wish = {"version": "en", "segment": segment.index, "start": segment.start, "offset": segment.text.index(". ") + 1}
    (receipt,) = act(desk, document, ("cut", wish))
    assert receipt.done, receipt.said
    parts = bench.work.versions[2].segments[segment.index : segment.index + 2]
    assert " ".join(part.text for part in parts) == segment.text
    assert sum(len(row.sides[2]) for row in bench.work.rows) == sum(len(row.sides[2]) for row in before.rows) + 1
    wish = {"version": "en", "segment": parts[1].index, "start": parts[1].start}
    (receipt,) = act(desk, document, ("join", wish), first=2)
    assert receipt.done, receipt.said
    assert bench.work.versions[2].segments[segment.index].text == segment.text
    assert bench.work.rows[0].sides == before.rows[0].sides


def test_a_wrong_wish_is_refused_with_a_sentence(desk, document):
    for kind, values in [
        ("merge", {"unit": "u1", "with": "above"}),
        ("merge", {}),
        ("fly", {}),
        ("split", {"cuts": []}),
        ("move", {"version": "xx", "segment": 0, "start": 0, "unit": "u1"}),
        ("note", {"body": "nowhere"}),
        ("redo", {}),
    ]:
        (receipt,) = act(desk, document, (kind, values), run=kind)
        assert not receipt.done
        assert receipt.said.rstrip('"').endswith((".", "…"))
    assert not desk.store.operations(document)


def test_documents_are_listed_copied_deleted_and_brought_back(desk, document):
    act(desk, document, MERGE)
    copy = desk.store.duplicate(document, "A copy")
    assert kinds(desk, copy) == kinds(desk, document)
    desk.store.delete(document)
    assert [one.title for one in desk.store.documents()] == ["A copy"]
    assert [one.title for one in desk.store.documents(deleted=True)] == ["A notice"]
    desk.store.restore(document)
    assert {one.title for one in desk.store.documents()} == {"A copy", "A notice"}


def test_what_became_impossible_says_what_the_other_did(desk, document):
    seen = desk.bench(document, "paragraph").revision
    lower = desk.bench(document, "paragraph").work.row("u3")
    segment = desk.bench(document, "paragraph").work.versions[0].segments[lower.sides[0].start]
    up = {
        "version": desk.bench(document, "paragraph").work.versions[0].id,
        "segment": segment.index,
        "start": segment.start,
    }
    assert act(desk, document, ("merge", {"unit": "u2", "with": "below"}))[0].done
    (receipt,) = desk.act(
        document, "paragraph", [Command(1, "move", {**up, "unit": "u2"}, seen)], run="other", author="other"
    )
    assert not receipt.done
    assert "merged units 2 and 3" in receipt.said
