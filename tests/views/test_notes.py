"""The page of notes: looked for, answered, settled, changed, taken away and brought back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from reviews.desk import Command, Desk
from reviews.notes.anchor import anchor
from reviews.notes.note import Note, Reply
from reviews.work import Work
from tests.conftest import notice
from tests.views.conftest import bench, said, turned
from views import labels, workroom
from views.summaries import noted
from views.summaries.noted import Wanted

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> **bold** \u202eright to left 🙂"
Write = Callable[..., str]


def place(work: Work, version: str, quote: str) -> dict[str, Any]:
    """The place of some words of a version, as a page sends it."""
    start = work.document.version(version).text.index(quote)
    return {"version": version, "start": start, "stop": start + len(quote)}


@pytest.fixture
def write(desk: Desk) -> Write:
    """Writes a note on words of the 1955 chain and returns its id; further values are those of the note."""
    id = workroom.the_example()
    work = desk.bench(id, "paragraph").work
    count = iter(range(1, 100))

    def written(version: str, quote: str, *, author: str = "Kim", **values: Any) -> str:
        wish = {"anchors": [place(work, version, quote)], "body": "A note.", **values}
        (receipt,) = desk.act(id, "paragraph", [Command(next(count), "note", wish)], run="another", author=author)
        assert receipt.done, receipt.said
        return f"note{receipt.revision}"

    return written


def note(desk: Desk, id: str) -> Note:
    """A note of the 1955 chain as it stands."""
    return desk.bench(workroom.the_example(), "paragraph").work.notes[id]


def shown(page: AppTest) -> list[str]:
    """The ids of the notes shown, in their order."""
    return [one.key.removeprefix("change-") for one in page.button if (one.key or "").startswith("change-")]


def choose(page: AppTest, key: str, value: object) -> AppTest:
    """The page after another choice of the widget whose key begins so."""
    (widget,) = (one for one in page.get("button_group") if (one.key or "").startswith(key))
    return widget.set_value(value).run()


# ---- what is looked for -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def notes() -> Sequence[noted.Noted]:
    """Three notes on the notice in three languages, the first one's words gone from the text."""
    one = bench(notice())
    work = one.work

    def made(version: str, quote: str, **values: Any) -> Note:
        at = place(work, version, quote)
        return Note(anchors=(anchor(version, work.document.version(version).text, at["start"], at["stop"]),), **values)

    lost = made("en", "radio", id="lost", body="Was it read out?", author="Park", created="2026-01-03", state="settled")
    found = (
        replace(lost, anchors=tuple(replace(each, gone=True) for each in lost.anchors)),
        made("ru", "урожай зерна", id="late", body="Всё ещё мал", categories={"mqm": "accuracy"}, created="2026-01-02",
             changed="2026-01-09", hop="ru-en", certainty="likely", author="Kim"),
        made("ko", "농업", id="early", evidence="Dictionary", alternatives=("Farming",), created="2026-01-01",
             categories={"molina-hurtado": "adaptation"}, hop="ko-ru", author="Kim"),
    )  # fmt: skip
    return noted.noted(replace(one.review(), notes=found))


def ids(notes: Sequence[noted.Noted]) -> list[str]:
    return [one.note.id for one in notes]


def test_notes_stand_in_the_order_of_their_places(notes: Sequence[noted.Noted]) -> None:
    assert ids(notes) == ["early", "late", "lost"]
    assert [one.number for one in notes] == sorted((one.number for one in notes), key=int)
    assert all(one.unit for one in notes)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("place", ["early", "late", "lost"]),
        ("new", ["lost", "late", "early"]),
        ("old", ["early", "late", "lost"]),
        ("changed", ["late", "early", "lost"]),
    ],
)
def test_notes_can_be_ordered(notes: Sequence[noted.Noted], by: str, expected: list[str]) -> None:
    assert by in noted.ORDERS
    assert ids(noted.ordered(list(reversed(notes)), by)) == expected


@pytest.mark.parametrize(
    ("want", "expected"),
    [
        (Wanted(), ["early", "late", "lost"]),
        (Wanted("все  ЕЩЕ"), ["late"]),
        (Wanted("УРОЖАЙ"), ["late"]),
        (Wanted("농업"), ["early"]),
        (Wanted("farming"), ["early"]),
        (Wanted("dictionary"), ["early"]),
        (Wanted("radio"), ["lost"]),
        (Wanted("nowhere"), []),
        (Wanted(categories={"mqm": frozenset(["accuracy"])}), ["late"]),
        (Wanted(categories={"mqm": frozenset(["accuracy"]), "molina-hurtado": frozenset(["adaptation"])}), []),
        (Wanted(categories={"mqm": frozenset()}), ["early", "late", "lost"]),
        (Wanted(hops=frozenset(["ko-ru"])), ["early"]),
        (Wanted(states=frozenset(["settled"])), ["lost"]),
        (Wanted(certainties=frozenset(["likely"])), ["late"]),
        (Wanted(authors=frozenset(["Kim"])), ["early", "late"]),
        (Wanted("a", authors=frozenset(["Kim"])), ["early"]),
        (Wanted(is_lost=True), ["lost"]),
    ],
)
def test_notes_are_found(notes: Sequence[noted.Noted], want: Wanted, expected: list[str]) -> None:
    assert ids(noted.wanted(notes, want)) == expected


def test_a_note_stands_where_its_words_still_are(notes: Sequence[noted.Noted]) -> None:
    early, _, last = notes
    gone = tuple(replace(one, gone=True) for one in early.note.anchors)
    there = tuple(replace(one, gone=False) for one in last.note.anchors)
    both = replace(early.note, id="both", anchors=(*gone, *there))
    review = replace(bench(notice()).review(), notes=(both,))
    (found,) = noted.noted(review)
    assert (found.unit, found.units) == (last.unit, frozenset([last.unit]))
    assert found.unit != early.unit


def test_replies_are_searched_too(notes: Sequence[noted.Noted]) -> None:
    early = notes[0]
    answered = replace(early, note=replace(early.note, replies=(Reply("Park", "", "Согласён"),)))
    assert ids(noted.wanted([answered, *notes[1:]], Wanted("согласен"))) == ["early"]


# ---- the page ----------------------------------------------------------------------------------


def test_without_notes_the_page_says_how_to_write_one(desk: Desk) -> None:
    page = turned("notes")
    assert not page.exception
    assert "There are no notes on this document yet" in page.info[0].value
    assert "press **N**" in page.info[0].value
    assert not shown(page)


def test_a_note_is_shown_in_full_and_hostile_text_as_text(desk: Desk, write: Write) -> None:
    write(
        "en", "land reform", body=HOSTILE, alternatives=[HOSTILE], evidence=HOSTILE, author="<b>Kim</b>", hop="ru-en",
        certainty="likely", categories={"molina-hurtado": "adaptation", "mqm": "accuracy"}, severity="major",
    )  # fmt: skip
    page = turned("notes")
    assert not page.exception
    told = said(page)
    assert "hop 2, Russian to English" in told
    assert "*Adaptation*" in told
    assert "Error: Accuracy (major)" in told
    assert "likely" in told
    assert "English:** land reform" in told
    assert HOSTILE in [one.value for one in page.text]
    for line in (one.value for kind in (page.markdown, page.caption) for one in kind):
        assert "<" not in line.replace(r"\<", "")


def test_a_technique_is_never_called_an_error(desk: Desk, write: Write) -> None:
    write("en", "land reform", categories={"molina-hurtado": "adaptation"})
    assert "Error" not in said(turned("notes"))


def test_a_reply_is_stored(desk: Desk, write: Write) -> None:
    id = write("en", "land reform")
    page = turned("notes")
    page.button(key=f"reply-{id}").click().run()
    page.text_area(key=f"reply-body-{id}").set_value("I agree.")
    page.button(key=f"send-{id}").click().run()
    assert not page.exception
    assert [reply.body for reply in note(desk, id).replies] == ["I agree."]
    assert "↳ I agree." in said(page)
    assert not [one for one in page.text_area if (one.key or "").startswith("reply-body")]


def test_an_empty_reply_is_refused_beside_the_note(desk: Desk, write: Write) -> None:
    id = write("en", "land reform")
    page = turned("notes")
    page.button(key=f"reply-{id}").click().run()
    page.button(key=f"send-{id}").click().run()
    assert [error.value for error in page.error] == [labels.plain("The answer is empty; write something first.")]
    assert page.text_area(key=f"reply-body-{id}").value == ""


def test_the_state_is_changed(desk: Desk, write: Write) -> None:
    id = write("en", "land reform")
    page = choose(turned("notes"), f"state-{id}", "settled")
    assert note(desk, id).state == "settled"
    assert "settled" in said(page)


def test_a_note_is_changed_in_place(desk: Desk, write: Write) -> None:
    id = write("en", "land reform", body="Before", alternatives=["one"], evidence="old", certainty="likely")
    page = turned("notes")
    page.button(key=f"change-{id}").click().run()
    page.text_area(key=f"edit-body-{id}").set_value("After")
    page.text_area(key=f"edit-alternatives-{id}").set_value("one\n\n  two ")
    page.selectbox(key=f"edit-certainty-{id}").set_value("certain")
    page.button(key=f"send-{id}").click().run()
    assert not page.exception
    made = note(desk, id)
    assert (made.body, made.alternatives, made.evidence, made.certainty) == ("After", ("one", "two"), "old", "certain")
    assert shown(page) == [id]


def test_what_is_cancelled_changes_nothing(desk: Desk, write: Write) -> None:
    id = write("en", "land reform", body="Before")
    page = turned("notes")
    page.button(key=f"change-{id}").click().run()
    page.text_area(key=f"edit-body-{id}").set_value("After")
    page.button(key=f"cancel-{id}").click().run()
    assert note(desk, id).body == "Before"
    assert shown(page) == [id]


def test_what_another_person_changed_meanwhile_is_told_and_kept(desk: Desk, write: Write) -> None:
    id = write("en", "land reform", body="Before", evidence="old")
    page = turned("notes")
    page.button(key=f"change-{id}").click().run()
    change = Command(50, "change note", {"note": id, "evidence": "new"}, 10**6)
    desk.act(workroom.the_example(), "paragraph", [change], run="another", author="Park")
    page.text_area(key=f"edit-body-{id}").set_value("After")
    page.button(key=f"send-{id}").click().run()
    assert "Park changed a note" in page.error[0].value
    assert page.text_area(key=f"edit-body-{id}").value == "After"
    assert note(desk, id).body == "Before"
    # Told once, the second attempt is meant: it changes what was changed here, and nothing else.
    page.button(key=f"send-{id}").click().run()
    assert not page.error
    assert (note(desk, id).body, note(desk, id).evidence) == ("After", "new")


def test_a_removed_note_is_brought_back(desk: Desk, write: Write) -> None:
    id = write("en", "land reform")
    other = write("en", "Japanese imperialism")
    page = turned("notes")
    assert set(shown(page)) == {id, other}
    page.button(key=f"remove-{id}").click().run()
    assert shown(page) == [other]
    page.button(key="undo").click().run()
    assert set(shown(page)) == {id, other}


def test_notes_are_searched_and_filtered(desk: Desk, write: Write) -> None:
    one = write("en", "land reform", body="Всё ещё", hop="ru-en")
    two = write("ko", "조선", body="Другое", author="Park", categories={"mqm": "accuracy"}, hop="ko-ru")
    page = turned("notes")
    assert "2 of 2 notes" in said(page)
    page.text_input(key="notes-text").set_value("все еще").run()
    assert shown(page) == [one]
    assert "1 of 2 notes" in said(page)
    page.text_input(key="notes-text").set_value("").run()
    page.multiselect(key="notes-set-mqm").set_value(["accuracy"]).run()
    assert shown(page) == [two]
    page.multiselect(key="notes-authors").set_value(["Kim"]).run()
    assert not shown(page)
    assert "0 of 2 notes; change the search or the filters to see others" in said(page)


def test_a_gone_quote_is_kept_and_says_so(desk: Desk, write: Write) -> None:
    id = write("en", "land reform")
    work = desk.bench(workroom.the_example(), "paragraph").work
    version = work.document.version("en")
    segment = next(one for one in version.segments if "land reform" in one.text)
    values = {"version": "en", "segment": segment.index, "start": segment.start, "text": "Other words."}
    (receipt,) = desk.act(workroom.the_example(), "paragraph", [Command(60, "edit", values, 10**6)], run="b", author="")
    assert receipt.done, receipt.said
    assert all(anchor.gone for anchor in note(desk, id).anchors)
    page = turned("notes")
    assert "The words it stood on are gone from the text; the note is kept." in said(page)
    assert "“land reform” *(gone from the text)*" in said(page)
    assert f"read-{id}" in {one.key for one in page.button}  # where they stood


def test_read_in_context_turns_to_the_unit_of_the_words(desk: Desk, write: Write) -> None:
    id = write("en", "land reform")
    page = turned("notes")
    page.button(key=f"read-{id}").click().run()
    work = desk.bench(workroom.the_example(), "paragraph").work
    version = work.document.version("en")
    segment = next(one.index for one in version.segments if "land reform" in one.text)
    holder = work.holder("en", segment)
    assert holder is not None
    assert page.session_state["asked"]["unit"] == work.rows[holder].id
