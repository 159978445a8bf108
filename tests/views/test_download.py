"""The download page: it says what goes into a file and what does not, and shows how the file begins."""

import pytest
from streamlit.testing.v1 import AppTest

from exports import EXPORTERS, sheet
from tests.views.conftest import texts, turned


@pytest.fixture
def page(desk) -> AppTest:
    return turned("download")


def shown(page: AppTest) -> str:
    return "\n".join([*(one.value for one in page.text), *(one.value for one in page.caption)])


def choose(page: AppTest, key: str, value: str) -> None:
    next(one for one in [*page.selectbox, *page.radio] if str(one.key).startswith(key)).set_value(value)
    page.run()
    assert not page.exception


@pytest.mark.parametrize("kind", EXPORTERS)
def test_every_kind_is_shown_and_says_what_it_leaves_out(page: AppTest, kind: str) -> None:
    choose(page, "kind-of-file", kind)
    assert f"-paragraph{kind}" in shown(page)
    assert "29 of 29 alignment units by paragraphs" in shown(page)
    assert "Not in the file" in shown(page) or "Nothing of this is left out" in shown(page)


def test_filters_and_hops_are_told(page: AppTest) -> None:
    choose(page, "units-of-file", "issues")
    choose(page, "versions-of-file", "ru-en")
    assert "only units with issues that nobody dismissed; versions ru and en only." in shown(page)
    assert "-ru-en.xlsx" in shown(page)


def test_a_filter_that_leaves_nothing_says_so(page: AppTest) -> None:
    choose(page, "units-of-file", "confirmed")
    assert "There are no such units in this document" in shown(page)


def test_a_file_that_cannot_be_made_is_told_where_its_button_stands(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "LONGEST_CELL", 20)
    pair = texts(("ko", "우리 나라는 통일되지 못하였다."), ("en", "Our country is not reunited, says the paper."))
    page = turned("download", desk.store.add(pair, "Two sentences"))
    choose(page, "kind-of-file", ".xlsx")
    (told,) = (one.value for one in page.error)
    assert "an Excel file holds 20" in told
    assert page.get("download_button")[0].proto.disabled
    choose(page, "kind-of-file", ".csv")
    assert not page.get("download_button")[0].proto.disabled
