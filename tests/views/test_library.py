"""The library page without a browser: how documents stand, what is deleted and brought back, what a text is read as."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from corpora import example
from corpora.chain import assemble
from corpora.contents import File
from corpora.errors import WorkbenchError
from reviews import find
from reviews.desk import Command, Desk
from reviews.doubt import doubtful
from reviews.renewal import with_another_text
from tests.conftest import notice
from views import state, workroom
from views.library import shelf, texts
from views.library.texts import Given


def script() -> None:
    from views import library

    library.show()


@pytest.fixture
def page(desk: Desk) -> AppTest:
    """The library page, not run yet, over a library that holds the 1955 chain."""
    return AppTest.from_function(script, default_timeout=120)


def act(desk: Desk, document: str, kind: str, number: int = 1, **values: object) -> None:
    (receipt,) = desk.act(document, "paragraph", [Command(number, kind, values, 10**6)], run="a", author="Anna")
    assert receipt.done, receipt.said


def titles(page: AppTest) -> list[str]:
    """The titles of the rows of the list and of the deleted documents."""
    known = {one.title for deleted in (False, True) for one in workroom.desk().store.documents(deleted=deleted)}
    return [one.value for one in page.text if one.value in known]


def told(desk: Desk, document: str) -> str:
    return shelf.standing(desk.store.document(document), desk.store.aligned().get(document, ())).told


# ---- how a document stands --------------------------------------------------------------------


def test_a_document_that_was_never_read_is_not_aligned_for_the_list(desk: Desk, page: AppTest) -> None:
    id = desk.store.add(notice(), "A notice")
    page.run()
    assert not page.exception
    assert "Not aligned yet\\." in [one.value for one in page.caption]
    assert desk.store.machine(id, "paragraph") is None
    assert id not in {document for document, _ in desk._benches}


def test_the_list_says_what_people_did(desk: Desk) -> None:
    id = workroom.the_example()
    assert told(desk, id) == "0 of 29 units by paragraphs confirmed, 0 notes, 12 doubtful"
    act(desk, id, "confirm", units=["u1", "u2"], status="confirmed")
    assert told(desk, id).startswith("2 of 29 units by paragraphs confirmed")
    act(desk, id, "note", 2, anchors=[{"version": "en", "start": 2000, "stop": 2010}], body="Look here.")
    assert ", 1 note, " in told(desk, id)
    act(desk, id, "undo", 3)
    assert ", 0 notes, " in told(desk, id)


def test_a_unit_that_was_decided_is_not_doubtful_any_more(desk: Desk) -> None:
    id = workroom.the_example()
    before = shelf.standing(desk.store.document(id), ["paragraph"]).doubtful
    first = doubtful(desk.bench(id, "paragraph").review())[0]
    act(desk, id, "confirm", units=[first.unit], status="confirmed")
    assert shelf.standing(desk.store.document(id), ["paragraph"]).doubtful == before - 1


def test_a_document_that_nobody_changed_is_looked_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    id = workroom.the_example()
    first = told(desk, id)
    monkeypatch.setattr(desk, "look", lambda *_: pytest.fail("it was looked at before"))
    assert told(desk, id) == first


def test_a_document_that_cannot_be_read_does_not_hide_the_others(desk: Desk, page: AppTest) -> None:
    desk.store.add(example.versions()[:1], "Alone")
    page.run()
    assert not page.exception
    assert {"Alone", "The 1955 chain"} <= set(titles(page))
    assert any("There is only one version" in one.value for one in page.caption)


def test_the_chain_shows_placeholders_and_versions_in_one_language(desk: Desk) -> None:
    korean, russian, english = notice()
    second = replace(english, id="en2")
    links = shelf.chain(assemble([replace(korean, status="placeholder"), russian, english, second]))
    assert [(one.joint, one.name, one.is_placeholder) for one in links] == [
        ("", "Korean", True), ("→", "Russian", False), ("→", "English (en)", False), ("+", "English (en2)", False),
    ]  # fmt: skip


# ---- deleting and bringing back ---------------------------------------------------------------


def press(page: AppTest, key: str) -> None:
    page.button(key=key).click().run()
    assert not page.exception


def test_a_deleted_document_stays_in_the_list_until_it_is_brought_back(desk: Desk, page: AppTest) -> None:
    id = desk.store.add(notice(), "A notice")
    page.run()
    press(page, f"delete-{id}")
    assert [one.title for one in desk.store.documents()] == ["The 1955 chain"]
    assert titles(page)[0] == "A notice"
    assert page.button(key=f"restore-{id}").label == "Undo"
    press(page, f"restore-{id}")
    assert desk.store.document(id).deleted == ""
    assert page.button(key=f"open-{id}")


def test_a_document_deleted_in_another_session_can_be_restored(desk: Desk, page: AppTest) -> None:
    id = desk.store.add(notice(), "A notice")
    desk.store.delete(id)
    page.run()
    assert [one.label for one in page.expander if "Deleted" in one.label] == ["Deleted documents (1)"]
    assert page.button(key=f"restore-{id}").label == "Restore"
    press(page, f"restore-{id}")
    assert desk.store.document(id).deleted == ""


def test_the_last_document_can_be_deleted(desk: Desk, page: AppTest) -> None:
    page.run()
    press(page, f"delete-{workroom.the_example()}")
    assert desk.store.documents() == []
    page.run()
    assert desk.store.documents() == []  # looking at the library brings nothing back
    assert any("There is no document here" in one.value for one in page.caption)


def test_a_copy_has_everything_that_was_done(desk: Desk, page: AppTest) -> None:
    id = workroom.the_example()
    act(desk, id, "confirm", units=["u1"], status="confirmed")
    page.run()
    press(page, f"duplicate-{id}")
    copy = next(one for one in desk.store.documents() if one.title == "The 1955 chain, a copy")
    assert told(desk, copy.id) == told(desk, id)
    assert told(desk, copy.id).startswith("1 of 29")


def test_an_empty_title_is_refused_beside_the_field(desk: Desk, page: AppTest) -> None:
    id = workroom.the_example()
    page.run()
    field = next(one for one in page.text_input if one.key.startswith(f"rename-{id}"))
    field.set_value("  ").run()
    press(page, f"rename-now-{id}")
    assert [one.value for one in page.error] == ["A document needs a title; write one."]
    assert desk.store.document(id).title == "The 1955 chain"


# ---- the example ------------------------------------------------------------------------------


def test_the_example_comes_back_with_what_was_done_to_it(desk: Desk) -> None:
    id = workroom.the_example()
    act(desk, id, "confirm", units=["u1"], status="confirmed")
    desk.store.delete(id)
    assert workroom.the_example() == id
    assert desk.bench(id, "paragraph").work.row("u1").status == "confirmed"
    assert len(desk.store.documents()) == 1


def test_a_fresh_copy_leaves_the_other_as_it_is(desk: Desk) -> None:
    id = workroom.the_example()
    act(desk, id, "confirm", units=["u1"], status="confirmed")
    fresh = workroom.fresh_example()
    assert desk.store.operations(fresh) == []
    assert len(desk.store.operations(id)) == 1
    assert workroom.the_example() == id


def test_a_deleted_example_does_not_come_back_when_the_server_starts(desk: Desk) -> None:
    desk.store.delete(workroom.the_example())
    workroom.furnish(find)
    assert desk.store.documents() == []
    workroom.the_example()
    workroom.furnish(lambda versions, **how: pytest.fail("it is aligned already"))
    assert len(desk.store.documents()) == 1


# ---- what was given ---------------------------------------------------------------------------


def given(text: str, name: str = "a.txt") -> Given:
    return Given("file-1", File(name, text.encode()))


RUSSIAN = "Наша страна всё ещё не воссоединена.\n\nТерритория страны разделена на две\n\nчасти.\n"


def test_a_text_is_counted_by_kinds() -> None:
    cut = texts.cut(given(RUSSIAN))
    assert texts.counted(cut, by_kind=True) == "2 segments of text (2 paragraphs), 1 page break repaired"
    assert texts.counted(texts.cut(given(RUSSIAN), "ru", "sentence")).startswith("2 segments of text")
    english = next(version for version in example.versions() if version.id == "en")
    cut = texts.cut(Given("x", File("en.txt", english.text.encode())))
    assert texts.counted(cut, by_kind=True) == (
        "37 segments of text (1 title, 2 headings, 26 paragraphs, 6 list items, 2 colophons), "
        "27 of front matter and apparatus set aside, 2 page breaks repaired"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# О кооперации\n\nТекст.", "О кооперации"),
        ("Слово " * 40 + "\n\nТекст.", "Pasted text"),
        ("План выполнен на 104 процента.\n\nРабочие собрались.\n\nБыло принято решение.", "Pasted text"),
        ("О плане\n\nПлан выполнен.\n\nРабочие собрались.", "О плане"),
        ("***\n\nТекст.", "Pasted text"),
    ],
)
def test_a_pasted_text_is_called_by_its_first_line(text: str, title: str) -> None:
    assert texts.read(texts.pasted("paste-0", text)).title == title


def test_a_pasted_text_is_cut_like_a_file() -> None:
    text = "План выполнен на 104 процента.\n\nРабочие собрались.\n\nБыло принято решение."
    kinds = [[one.kind for one in texts.cut(each).body] for each in (texts.pasted("paste-0", text), given(text))]
    assert kinds == [["paragraph"] * 3] * 2


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (lambda: texts.read(given(RUSSIAN), "ko"), "is written in Cyrillic letters"),
        (lambda: texts.read(given(RUSSIAN), "Russian!"), "is not a language tag"),
        (lambda: texts.read(given(" \n")), '"a.txt" is empty'),
        (lambda: texts.cut(given("**Contents:**\n")), "no text besides front matter"),
        (lambda: texts.one_of(None, None), "No text was given"),
        (lambda: texts.one_of(given("a"), given("b")), "Both a file and a pasted text were given"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(read: Callable[[], object], words: str) -> None:
    with pytest.raises(WorkbenchError, match=words):
        read()


def test_what_was_given_is_kept_over_a_page_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    session: dict[str, object] = {}

    class Session(dict):  # type: ignore[type-arg]
        __getattr__ = dict.__getitem__
        __setattr__ = dict.__setitem__

    monkeypatch.setattr("streamlit.session_state", Session(session))
    file, other = ("a.txt", b"a"), ("b.txt", b"b")
    state.turn_to("library")
    assert state.draft_files({"1": file, "2": other}) == {"1": file, "2": other}
    assert state.draft_files({"1": file}) == {"1": file}  # taken out of its field
    state.turn_to("guide")
    state.turn_to("library")
    assert state.draft_files({}) == {"1": file}
    assert state.draft_files({"3": other}) == {"1": file, "3": other}
    state.take_out_of_draft("1")
    assert state.draft_files({"3": other}) == {"3": other}
    assert state.draft_order(["3", "4"]) == ["3", "4"]
    state.move_in_draft("4", -1)
    assert state.draft_order(["3", "4", "5"]) == ["4", "3", "5"]
    state.begin_draft()
    assert state.draft_files({}) == {}


# ---- sheets -----------------------------------------------------------------------------------


def test_what_another_person_said_meanwhile_is_not_overwritten(desk: Desk, page: AppTest) -> None:
    id = workroom.the_example()
    page.session_state["document"] = id
    page.run()
    act(desk, id, "describe", 1, version="en", fields={"title": "Another title", "licence": "CC BY"})

    def date() -> Any:
        return next(one for one in page.text_input if one.key.startswith("date-sheet-en"))

    date().set_value("1956")
    next(one for one in page.button if one.key.startswith("save-sheet-en")).click().run()
    assert not page.exception
    (told,) = page.error
    assert "Anna changed the sheet of en" in told.value
    assert date().value == "1956"
    next(one for one in page.button if one.key.startswith("save-sheet-en")).click().run()
    assert not page.error
    english = desk.bench(id, "paragraph").work.document.version("en")
    assert (english.date, english.title, english.metadata["licence"]) == ("1956", "Another title", "CC BY")


def test_a_sheet_that_was_not_changed_is_not_saved(desk: Desk, page: AppTest) -> None:
    id = workroom.the_example()
    page.session_state["document"] = id
    page.run()
    for version in ("ko", "ru", "en"):
        next(one for one in page.button if one.key.startswith(f"save-sheet-{version}")).click().run()
        assert [one.value for one in page.error] == ["The sheet says the same as before; nothing was changed\\."]
    assert not desk.store.operations(id)


# ---- another text in the place of one ---------------------------------------------------------


def test_another_text_leaves_what_was_said_of_the_others(desk: Desk) -> None:
    id = desk.store.add(notice(), "A notice")
    korean, _, english = desk.bench(id, "paragraph").work.versions
    segment = english.segments[1]
    edit = {"version": "en", "segment": segment.index, "start": segment.start, "text": f"Now then: {segment.text}"}
    act(desk, id, "edit", 1, **edit)
    act(desk, id, "describe", 2, version="en", fields={"date": "1955", "source": "ko", "how_known": "stated"})
    new = texts.read(given(RUSSIAN), "ru")
    made = with_another_text(desk, id, new, "Another", author="Anna")
    work = desk.bench(made, "paragraph").work
    assert work.document.version("ru").text == RUSSIAN
    assert work.document.version("ko").text == korean.text
    assert "Now then: " in work.document.version("en").text
    after = work.document.version("en")
    assert (after.date, after.source, after.how_known) == ("1955", "ko", "stated")
    assert desk.bench(id, "paragraph").work.document.version("ru").text != RUSSIAN


def test_a_chain_that_was_turned_round_is_turned_round_in_the_new_document(desk: Desk) -> None:
    id = desk.store.add(notice(), "A notice")
    for number, (version, source) in enumerate([("en", None), ("ru", "en"), ("ko", "ru")], 1):
        act(desk, id, "describe", number, version=version, fields={"source": source})
    made = with_another_text(desk, id, texts.read(given(RUSSIAN), "ru"), "Another", author="")
    document = desk.bench(made, "paragraph").work.document
    assert document.chain("ko") == ("en", "ru", "ko")
    assert document.version("ru").how_known == "unknown"


def test_a_document_that_was_never_read_is_renewed_without_aligning_it(desk: Desk) -> None:
    id = desk.store.add(notice(), "A notice")
    made = with_another_text(desk, id, texts.read(given(RUSSIAN), "ru"), "Another", author="")
    assert desk.store.aligned().keys().isdisjoint({id, made})
    assert [version.id for version in desk.store.versions(made)] == ["ko", "ru", "en"]
