"""The app without a browser: errors become messages, offsets fit the page, work is not done twice."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest

from corpora import example, read_bytes
from corpora.document import Version
from corpora.segmenters.paragraphs import repaired
from divergence.highlights import MARKED
from divergence.score import Reason
from reviews.bench import Bench
from reviews.desk import Desk
from tests.views.conftest import bench, found, page_of
from views import compare, labels, workroom

FRONT = Path(__file__).parents[2] / "workbench.py"


def utf16(text: str, start: int, stop: int) -> str:
    """The characters between two offsets that count UTF-16 units, as a browser cuts them."""
    return text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")


def words_of(version: Version, reason: Reason) -> str:
    """The words that a reason points at, as the page shows them."""
    return repaired(version.text, reason.start, reason.stop, version.repairs)


def reasons(page: dict[str, Any]) -> list[tuple[str, str, str, str, str]]:
    """Every reason of a page, with the words that its offsets cut out of the segment on the page."""
    told = []
    for id, unit in page["units"].items():
        for hop, scores in unit.get("hops", {}).items():
            for reason in scores["reasons"]:
                segment = unit["sides"][reason["version"]][reason["segment"]]
                words = utf16(segment["text"], reason["start"], reason["stop"])
                told.append((id, hop, reason["metric"], reason["text"], words))
    return told


@pytest.fixture
def app(desk: Desk) -> AppTest:
    """The app, not run yet, on a library that holds the 1955 chain."""
    return AppTest.from_file(str(FRONT), default_timeout=120)


def texts(*pairs: tuple[str, str]) -> list[Version]:
    return [read_bytes(text.encode(), f"{id}.txt", id) for id, text in pairs]


# ---- the app ----------------------------------------------------------------------------------


def test_the_app_shows_the_example(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert not app.error
    assert len(app.get("bidi_component")) == 2  # the reader and its courier


def test_an_error_of_the_workbench_becomes_one_message(app: AppTest, desk: Desk) -> None:
    app.session_state["document"] = desk.store.add(example.versions()[:1], "Alone")
    app.run()
    assert [error.value for error in app.error] == [
        labels.plain("There is only one version; give two or more versions of the text, the original first.")
    ]
    assert not app.exception
    assert not app.get("bidi_component")


def test_an_address_that_leads_nowhere_says_so(app: AppTest, desk: Desk) -> None:
    app.query_params["doc"] = "nowhere"
    app.run()
    assert ["The document of this address is not in the library" in labels.plain(one.value) for one in app.toast] == [
        True
    ]
    assert app.session_state["document"] == workroom.the_example()


def test_a_message_waits_for_a_run_that_shows_it(app: AppTest) -> None:
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
def test_a_run_that_begins_leaves_the_answers_to_the_browser(app: AppTest, fragments: list[str] | None) -> None:
    app.run()
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


def test_another_error_is_not_hidden(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "_page", lambda document: 1 / 0)
    app.run()
    assert len(app.exception) == 1
    assert not app.error


def test_a_change_of_level_that_is_interrupted_is_made_up_for(
    app: AppTest, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.run()
    app.session_state["selected"] = "u5"
    app.session_state["level"] = "sentence"
    with monkeypatch.context() as patched:
        patched.setattr(compare, "same_place", lambda *works: 1 / 0)
        assert app.run().exception
    assert app.session_state["kept level"] == "paragraph"
    app.run()
    assert not app.exception
    assert app.session_state["kept level"] == "sentence"
    id = workroom.the_example()
    old, new = desk.bench(id, "paragraph").work, desk.bench(id, "sentence").work
    assert app.session_state["selected"] == compare.same_place("u5", old, new)


def test_a_message_is_shown_once(app: AppTest) -> None:
    app.session_state["message"] = "Done *well*."
    app.run()
    assert [toast.value for toast in app.toast] == [r"Done \*well\*\."]
    app.run()
    assert not app.toast


# ---- the data of the page ---------------------------------------------------------------------


def test_offsets_cut_out_the_words_of_every_reason(example_bench: Bench) -> None:
    work, expected = example_bench.work, []
    for row in work.rows:
        for one in example_bench.measured(row) or ():
            marked = [(metric, reason) for metric, score in one.metrics.items() for reason in score.reasons]
            marked += [("unanswered", mark) for mark in one.highlights if mark.strength >= MARKED]
            for metric, reason in marked:
                words = words_of(work.document.version(reason.version), reason)
                expected.append((row.id, one.hop, metric, reason.text, words))
    assert {metric for _, _, metric, *_ in expected} >= {"unanswered", "omission", "negation"}
    assert all(words.strip() for *_, words in expected)
    assert reasons(page_of(example_bench)) == expected


def test_offsets_count_as_a_browser_counts() -> None:
    # The first sign lies outside the basic plane: one code point, two UTF-16 units.
    pair = texts(
        ("ko", "𠀀 🙂 1946년에 토지 개혁을 실시하였다."), ("en", "𠀀 🙂 The land reform was carried out in 1948.")
    )
    assert {words for *_, metric, _, words in reasons(page_of(bench(pair))) if metric == "quantities"} == {
        "1946", "1948",
    }  # fmt: skip


def test_every_segment_is_on_the_page_once(example_bench: Bench) -> None:
    page = page_of(example_bench)
    ids = [version["id"] for version in page["frame"]["versions"]]
    for version in example_bench.work.versions:
        shown, places = [], []
        for id, *begins in page["order"]:
            for k, one in enumerate(page["units"][id]["sides"].get(version.id, ())):
                shown.append(one)
                places.append(begins[ids.index(version.id)] + k)
        assert places == list(range(len(version.segments)))
        assert [one["text"] for one in shown] == [segment.text for segment in version.segments]
        assert page["starts"][version.id] == [segment.start for segment in version.segments]
        paragraphs = {segment.paragraph for segment in version.segments if segment.kind == "paragraph"}
        assert sum(one["opens"] for one in shown) == len(paragraphs)


def test_versions_say_what_they_are() -> None:
    versions = page_of(Bench("example", found("paragraph"), "paragraph", {}))["frame"]["versions"]
    assert [(one["id"], one["role"], one["name"], one["placeholder"]) for one in versions] == [
        ("ko", "Original", "Korean", True),
        ("ru", "Mediating text", "Russian", True),
        ("en", "Translation", "English", False),
    ]
    assert versions[0]["mark"] == "placeholder, written for demonstration, not archival"


def test_comparisons_say_whether_they_are_a_step_of_translation() -> None:
    hops = page_of(Bench("example", found("paragraph"), "paragraph", {}))["frame"]["hops"]
    assert [one["kind"] for one in hops] == ["step", "step", "whole"]
    pair = texts(("en", "Our country.\n\nIt grows."), ("en2", "The country.\n\nIt is growing."))
    assert [(one["kind"], one["label"]) for one in page_of(bench(pair))["frame"]["hops"]] == [("beside", "beside")]


def test_another_level_shows_the_same_place() -> None:
    paragraphs, sentences = (Bench("example", found(level), level, {}).work for level in ("paragraph", "sentence"))
    for old, new in ((paragraphs, sentences), (sentences, paragraphs)):
        for row in old.rows:
            there = compare.same_place(row.id, old, new)
            assert there is not None
            place = next(place for place, side in enumerate(row.sides) if len(side))
            start = old.versions[place].segments[row.sides[place].start].start
            segments = [new.versions[place].segments[index] for index in new.row(there).sides[place].indexes]
            assert any(segment.start <= start < segment.stop for segment in segments)
    assert compare.same_place("u9999", paragraphs, sentences) is None


@pytest.mark.parametrize("sign", list(r"\`*_{}[]()#+-.!|<>~$:&"))
def test_plain_text_escapes_every_sign_of_markdown(sign: str) -> None:
    assert labels.plain(f"a{sign}b") == f"a\\{sign}b"
