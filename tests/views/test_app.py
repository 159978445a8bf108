"""The app without a browser: errors become messages, offsets fit the page, work is not done twice."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest

from corpora import example, read_bytes
from corpora.segmenters.paragraphs import repaired
from divergence.highlights import MARKED
from divergence.score import Reason
from exports import sheet
from exports.rows import unit_ids
from reviews import Review, prepare
from tests.views.conftest import reviewed
from views import compare, labels

FRONT = Path(__file__).parents[2] / "workbench.py"


def utf16(text: str, start: int, stop: int) -> str:
    """The characters between two offsets that count UTF-16 units, as a browser cuts them."""
    return text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")


def words_of(review: Review, reason: Reason) -> str:
    """The words that a reason points at, as the page shows them."""
    version = review.document.version(reason.version)
    return repaired(version.text, reason.start, reason.stop, version.repairs)


def reasons(data: dict[str, Any]) -> list[tuple[str, str, str, str, str]]:
    """Every reason of the page's data, with the words that its offsets cut out of the segment on the page."""
    found = []
    for unit in data["units"]:
        for hop, scores in unit["hops"].items():
            for reason in scores["reasons"]:
                (segment,) = [s for s in unit["sides"][reason["version"]] if s["segment"] == reason["segment"]]
                words = utf16(segment["text"], reason["start"], reason["stop"])
                found.append((unit["id"], hop, reason["metric"], reason["text"], words))
    return found


# ---- the app ----------------------------------------------------------------------------------


def test_the_app_shows_the_example() -> None:
    app = AppTest.from_file(str(FRONT), default_timeout=120).run()
    assert not app.exception
    assert not app.error
    assert len(app.get("bidi_component")) == 1
    assert app.toggle(key="apparatus").value is False


def test_an_error_of_the_workbench_becomes_one_message() -> None:
    app = AppTest.from_file(str(FRONT), default_timeout=120)
    app.session_state["versions"] = example.versions()[:1]
    app.run()
    assert [error.value for error in app.error] == [
        labels.plain("There is only one version; give two or more versions of the text, the original first.")
    ]
    assert not app.exception
    assert not app.get("bidi_component")


def test_a_message_waits_for_a_run_that_shows_it() -> None:
    app = AppTest.from_file(str(FRONT), default_timeout=120)
    app.session_state["message"] = "The Russian text was replaced."
    with pytest.MonkeyPatch.context() as overtaken:
        overtaken.setattr("streamlit.toast", lambda message: st.stop())
        app.run()
    assert not app.toast
    app.run()
    assert [toast.value for toast in app.toast] == [labels.plain("The Russian text was replaced.")]
    app.run()
    assert not app.toast


@pytest.mark.parametrize("fragments", [None, ["reading"]])
def test_a_run_that_begins_leaves_the_answers_to_the_browser(fragments: list[str] | None) -> None:
    AppTest.from_file(str(FRONT), default_timeout=120).run()
    queue, upload, download, element = ForwardMsgQueue(), ForwardMsg(), ForwardMsg(), ForwardMsg()
    upload.file_urls_response.response_id = "1"
    download.backend_operation_response.request_id = "2"
    element.delta.new_element.text.body = "of the former run"
    element.delta.fragment_id = "reading"
    for message in (upload, element, download):
        queue.enqueue(message)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=fragments)
    assert queue.flush() == [upload, download]
    assert queue.is_empty()  # an answer is sent once


def test_another_error_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(review: Review) -> dict[str, Any]:
        raise ZeroDivisionError

    monkeypatch.setattr(compare, "page_data", broken)
    app = AppTest.from_file(str(FRONT), default_timeout=120).run()
    assert len(app.exception) == 1
    assert not app.error


def test_a_file_that_cannot_be_made_is_told_where_its_button_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "LONGEST_CELL", 20)
    app = AppTest.from_file(str(FRONT), default_timeout=120)
    texts = (("ko", "우리 나라는 통일되지 못하였다."), ("en", "Our country is not reunited, says the paper."))
    app.session_state["versions"] = [read_bytes(text.encode(), f"{id}.txt", id) for id, text in texts]
    app.run()
    assert not app.exception
    told = [caption.value for caption in app.caption if "an Excel file holds 20" in caption.value]
    assert len(told) == 1
    buttons = {button.proto.label: button.proto.disabled for button in app.get("download_button")}
    assert buttons == {"CSV": False, "XLSX": True, "JSON": False}


def test_a_change_of_level_that_is_interrupted_is_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    app = AppTest.from_file(str(FRONT), default_timeout=120).run()
    app.session_state["selected"] = "u5"
    app.session_state["level"] = "sentence"
    with monkeypatch.context() as patched:
        patched.setattr(compare, "same_place", lambda *reviews: 1 / 0)
        assert app.run().exception
    assert app.session_state["kept level"] == "paragraph"
    app.run()
    assert not app.exception
    assert app.session_state["kept level"] == "sentence"
    old, new = prepare(example.versions()), reviewed("sentence")
    assert app.session_state["selected"] == compare.same_place("u5", old, new)


def test_a_message_is_shown_once() -> None:
    app = AppTest.from_file(str(FRONT), default_timeout=120)
    app.session_state["message"] = "Done *well*."
    app.run()
    assert [toast.value for toast in app.toast] == [r"Done \*well\*\."]
    app.run()
    assert not app.toast


# ---- the data of the page ---------------------------------------------------------------------


def test_offsets_cut_out_the_words_of_every_reason(review: Review) -> None:
    expected = []
    for number, unit in enumerate(unit_ids(review.alignment)):
        for hop, one in review.divergence(number).items():
            for metric, score in one.metrics.items():
                expected += [(unit, hop, metric, reason) for reason in score.reasons]
            expected += [(unit, hop, "unanswered", mark) for mark in one.highlights if mark.strength >= MARKED]
    assert {metric for _, _, metric, _ in expected} >= {"unanswered", "omission", "negation"}
    expected = [(*place, reason.text, words_of(review, reason)) for *place, reason in expected]
    assert all(words.strip() for *_, words in expected)
    assert reasons(compare.page_data(review)) == expected


def test_offsets_count_as_a_browser_counts() -> None:
    # The first sign lies outside the basic plane: one code point, two UTF-16 units.
    versions = [
        read_bytes(text.encode(), f"{id}.txt", id)
        for id, text in (
            ("ko", "𠀀 🙂 1946년에 토지 개혁을 실시하였다."),
            ("en", "𠀀 🙂 The land reform was carried out in 1948."),
        )
    ]
    found = {words for *_, metric, _, words in reasons(compare.page_data(prepare(versions))) if metric == "quantities"}
    assert found == {"1946", "1948"}


def test_every_segment_is_on_the_page_once(review: Review) -> None:
    data = compare.page_data(review)
    for version in review.document.versions:
        shown = [one for unit in data["units"] for one in unit["sides"][version.id]]
        assert [one["text"] for one in shown] == [segment.text for segment in version.segments]
        paragraphs = {segment.paragraph for segment in version.segments if segment.kind == "paragraph"}
        assert sum(one["opens"] for one in shown) == len(paragraphs)


def test_versions_say_what_they_are(example_review: Review) -> None:
    versions = compare.page_data(example_review)["versions"]
    assert [(one["id"], one["role"], one["name"], one["placeholder"]) for one in versions] == [
        ("ko", "Original", "Korean", True),
        ("ru", "Mediating text", "Russian", True),
        ("en", "Translation", "English", False),
    ]
    assert versions[0]["mark"] == "placeholder, written for demonstration, not archival"


def test_comparisons_say_whether_they_are_a_step_of_translation(example_review: Review) -> None:
    assert [one["kind"] for one in compare.page_data(example_review)["hops"]] == ["step", "step", "whole"]
    texts = (("en", "Our country.\n\nIt grows."), ("en2", "The country.\n\nIt is growing."))
    review = prepare([read_bytes(text.encode(), f"{id}.txt", id) for id, text in texts])
    assert [(one["kind"], one["label"]) for one in compare.page_data(review)["hops"]] == [("beside", "beside")]


def test_another_level_shows_the_same_place(example_review: Review) -> None:
    sentences = reviewed("sentence")
    for old, new in ((example_review, sentences), (sentences, example_review)):
        for number, unit in enumerate(unit_ids(old.alignment)):
            there = compare.same_place(unit, old, new)
            assert there is not None
            sides = old.alignment.units[number].sides
            place = next(place for place, side in enumerate(sides) if len(side))
            id = old.alignment.versions[place]
            start = old.document.version(id).segments[sides[place].start].start
            found = new.alignment.units[unit_ids(new.alignment).index(there)].sides[place].indexes
            segments = [new.document.version(id).segments[index] for index in found]
            assert any(segment.start <= start < segment.stop for segment in segments)
    assert compare.same_place("u9999", example_review, sentences) is None


@pytest.mark.parametrize("sign", list(r"\`*_{}[]()#+-.!|<>~$:&"))
def test_plain_text_escapes_every_sign_of_markdown(sign: str) -> None:
    assert labels.plain(f"a{sign}b") == f"a\\{sign}b"
