"""The overview: its figures are those of the review, its pictures and its table can be taken along."""

import csv
import io
import json
import struct
from dataclasses import replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from divergence.score import Divergence, Issue
from exports.sheet import to_csv
from reviews import Review
from reviews.bench import Bench
from reviews.desk import Command, Desk
from tests.conftest import notice
from tests.views.conftest import bench, said, texts, turned
from views import workroom
from views.summaries import charts, figures, words
from views.summaries.figures import Agreement

LOOK, FILE = charts.Look(charts.LIGHT), charts.Look(charts.LIGHT, is_file=True)


@pytest.fixture
def one(desk: Desk) -> Bench:
    """The 1955 chain with an error, a shift, two dismissed issues, and two units confirmed."""
    id = workroom.the_example()
    made = desk.bench(id, "paragraph")
    review = made.review()
    issues = [
        (review.ids[each.unit], each.hop, issue.kind)
        for each in review.divergences
        for issue in each.issues
        if each.hop in words.steps(review.document)
    ]
    verdicts = ("error", "shift", "dismissed", "dismissed")
    commands = [
        Command(number, "verdict", {"unit": unit, "hop": hop, "issue": kind, "verdict": verdict})
        for number, ((unit, hop, kind), verdict) in enumerate(zip(issues, verdicts, strict=False), 1)
    ]
    commands.append(Command(9, "confirm", {"units": ["u1", "u2"], "status": "confirmed"}))
    assert all(receipt.done for receipt in desk.act(id, "paragraph", commands, run="a", author="Kim"))
    return made


def rows_of(chart: dict[str, Any], layer: int) -> list[dict[str, Any]]:
    return chart["layer"][layer]["data"]["values"]


# ---- figures -----------------------------------------------------------------------------------


def test_every_divergence_of_a_unit_that_is_compared_is_a_point(example_bench: Bench) -> None:
    review = example_bench.review()
    made = figures.figures(review)
    assert made.units == len(example_bench.work.rows)
    assert {(one.unit, one.hop, one.percentile) for one in made.points} == {
        (review.ids[one.unit], one.hop, one.percentile) for one in review.divergences
    }
    numbers = [one.number for one in made.points if one.hop == "ru-en"]
    assert all(a < b for a, b in pairwise(numbers))


def test_verdicts_and_states_are_counted(one: Bench) -> None:
    review = one.review()
    made = figures.figures(review)
    assert made.statuses == {"confirmed": 2, "needs discussion": 0, "unconfirmed": made.units - 2}
    total = figures.agreement(made, review)[-1]
    assert total.kind == "all"
    assert total.counts == {"": total.alarms - 4, "shift": 1, "error": 1, "dismissed": 2}
    assert total.decided == 4
    # Those end to end are no part of it.
    assert total.alarms == sum(one.alarms for hop in ("ko-ru", "ru-en") for one in figures.counted(made, hop))


def test_a_unit_that_is_not_measured_is_no_point() -> None:
    review = bench(notice()).review()
    fewer = replace(review, divergences=review.divergences[1:], stale=frozenset([review.ids[0]]))
    made = figures.figures(fewer)
    assert made.stale == 1
    assert len(made.points) == len(fewer.divergences)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, "–"), (1, 3, "1 of 3"), (4, 4, "4 of 4"), (0, 5, "0 of 5 (0 %)"), (3, 7, "3 of 7 (43 %)")],
)
def test_no_percentage_of_few(part: int, whole: int, expected: str) -> None:
    assert figures.share(part, whole) == expected


def test_the_table_agrees_with_the_review(one: Bench) -> None:
    review = one.review()
    made = figures.figures(review)
    columns, rows = figures.unit_columns(review), figures.unit_rows(review, made)
    assert all(len(row) == len(columns) for row in rows)
    assert [row[0] for row in rows] == list(range(1, len(one.work.rows) + 1))
    for row, unit in zip(rows, one.work.rows, strict=True):
        told = dict(zip(columns, row, strict=True))
        scores = {each.hop: each for each in one.measured(unit) or ()}
        assert told["kind"] == ":".join(str(len(side)) for side in unit.sides)
        assert told["hop 1 percentile"] == (scores["ko-ru"].percentile if "ko-ru" in scores else None)
        strongest = scores["ru-en"].issues[0].kind if "ru-en" in scores and scores["ru-en"].issues else ""
        assert told["hop 2 strongest issue"] == strongest.capitalize()
    assert {"error", "shift", "dismissed", "undecided"} <= {cell for row in rows for cell in row}


def test_the_table_counts_the_notes_of_every_unit(one: Bench, desk: Desk) -> None:
    text = one.work.document.version("en").text
    start = text.index("land reform")
    wish = {"anchors": [{"version": "en", "start": start, "stop": start + 11}], "body": "Here."}
    assert desk.act(one.document, "paragraph", [Command(20, "note", wish)], run="a", author="")[0].done
    review = one.review()
    notes = [row[-1] for row in figures.unit_rows(review, figures.figures(review))]
    assert sum(notes) == 1  # type: ignore[arg-type]


def test_a_csv_has_a_mark_and_no_formulas() -> None:
    data = to_csv(["unit", "=cmd"], [[1, "=1+1"], [2, "안녕"], [3, None]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [
        ["unit", "'=cmd"], ["1", "'=1+1"], ["2", "안녕"], ["3", ""],
    ]  # fmt: skip


# ---- pictures ----------------------------------------------------------------------------------


def test_the_picture_shows_every_unit_or_says_that_there_is_nothing(one: Bench) -> None:
    review = one.review()
    made = figures.figures(review)
    for hop, chart in charts.divergence_charts(made, review, LOOK).items():
        bars, _, gaps = (rows_of(chart, layer) for layer in range(3))
        assert sorted(row["unit"] for row in bars + gaps) == list(range(1, made.units + 1))
        assert {row["percentile"] for row in bars} == {each.percentile for each in made.points if each.hop == hop}
    assert rows_of(charts.divergence_charts(made, review, LOOK)["ru-en"], 2)


def test_alarms_have_a_shape_for_what_was_said(one: Bench) -> None:
    review = one.review()
    made = figures.figures(review)
    signs = [row for hop in ("ko-ru", "ru-en") for row in rows_of(charts.divergence_chart(made, review, hop, LOOK), 1)]
    assert {row["said"] for row in signs} == {"undecided", "shift", "error", "dismissed"}
    assert len(set(charts.SHAPES.values())) == len(charts.SHAPES)
    assert set(charts.SHAPES) == set(figures.VERDICTS)
    assert all(row["issues"] != "none" for row in signs)


@pytest.mark.parametrize(
    ("percentile", "name"), [(0, 0), (49, 0), (50, 1), (79, 1), (80, 2), (94, 2), (95, 3), (100, 3)]
)
def test_colours_change_where_those_of_the_reader_do(percentile: int, name: int) -> None:
    point = figures.Point("u1", 1, "ko-ru", 0.5, percentile, ())
    assert charts._row(point)["level"] == charts.LEVEL_NAMES[name]


def test_the_counts_stand_beside_the_bars() -> None:
    found = [Agreement("names", {"": 2, "shift": 1, "error": 0, "dismissed": 3})]
    chart = charts.issue_chart(found, "hop 1", 6, LOOK)
    assert [row["told"] for row in rows_of(chart, 1)] == ["2 undecided, 1 shift, 3 dismissed"]
    assert sum(row["count"] for row in rows_of(chart, 0)) == 6
    assert chart["description"] == "Hop 1: 6 issues, 4 decided (names 6)."


def test_every_picture_is_told_in_words(one: Bench) -> None:
    review = one.review()
    made = figures.figures(review)
    told = charts.divergence_charts(made, review, LOOK)["ko-ru"]["description"]
    alarmed = sum(1 for point in made.points if point.hop == "ko-ru" and point.alarms)
    assert told.startswith(f"Hop 1, Korean to Russian: {alarmed} of ")
    furthest = max((point for point in made.points if point.hop == "ko-ru"), key=lambda point: point.percentile)
    assert f"units {furthest.number}," in told


def picture(review: Review, suffix: str, heading: str = "A title") -> bytes:
    drawn = charts.divergence_charts(figures.figures(review), review, FILE)
    return charts.picture(drawn.values(), heading, suffix, below="A placeholder.")


def test_a_png_is_a_png(notice_review_here: Review) -> None:
    data = picture(notice_review_here, ".png")
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    assert width > charts.WIDTH_OF_FILE * charts.FINER
    assert height > 3 * charts.HEIGHT * charts.FINER


def test_an_svg_holds_the_title_as_text(notice_review_here: Review) -> None:
    hostile = "<script>alert(1)</script> 우리 & Наша"
    tree = ElementTree.fromstring(picture(notice_review_here, ".svg", hostile))
    assert tree.tag == "{http://www.w3.org/2000/svg}svg"
    texts = ["".join(node.itertext()) for node in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert hostile in texts
    assert "A placeholder." in texts
    assert "hop 1, Korean to Russian" in texts
    assert not list(tree.iter("{http://www.w3.org/2000/svg}script"))


@pytest.fixture(scope="module")
def notice_review_here() -> Review:
    return bench(notice()).review()


# ---- the page ----------------------------------------------------------------------------------


def charts_on(page: AppTest) -> list[dict[str, Any]]:
    return [json.loads(one.proto.spec) for one in page.get("vega_lite_chart")]


def test_the_page_shows_every_figure(one: Bench) -> None:
    page = turned("overview")
    assert not page.exception
    review = one.review()
    made = figures.figures(review)
    told = said(page)
    assert f"**2 of {made.units} ({200 / made.units:.0f} %)** confirmed" in told
    for chart in charts_on(page):
        assert chart["description"] in told
    assert len(charts_on(page)) == 6
    assert "placeholder, written for demonstration, not archival" in told
    assert {one.proto.label for one in page.get("download_button")} == {"PNG", "SVG", "CSV"}
    (table,) = page.table
    assert list(table.value["Issue"])[-1] == "All kinds"
    assert list(table.value["Dismissed of decided"])[-1] == "2 of 4"
    assert list(page.dataframe[0].value.columns) == figures.unit_columns(review)


def test_a_chosen_unit_is_read_in_context(one: Bench) -> None:
    page = turned("overview")
    assert "read-unit" not in {one.key for one in page.button}
    page.session_state["units"] = {"selection": {"rows": [4], "columns": [], "cells": []}}
    page.run()
    page.button(key="read-unit").click().run()
    assert not page.exception
    assert page.session_state["asked"]["unit"] == "u5"


def test_a_document_without_issues_has_no_picture_of_them(desk: Desk) -> None:
    pair = texts(("en", "Our country is not reunited."), ("en2", "Our country is not reunited."))
    page = turned("overview", desk.store.add(pair, "Twice the same"))
    assert not page.exception
    assert "The machine found no issue in this document." in said(page)
    assert "There are no issues to agree on." in said(page)
    assert len(charts_on(page)) == 1


def test_an_issue_of_any_kind_finds_its_row() -> None:
    review = bench(notice()).review()
    made = replace(review, divergences=tuple(_alarmed(one) for one in review.divergences))
    found = figures.agreement(figures.figures(made), made)
    assert [one.kind for one in found] == ["wording", "all"]


def _alarmed(one: Divergence) -> Divergence:
    return replace(one, issues=(Issue("wording", 0.6, ()),))
