"""What must not be possible: text that becomes code, a server that others reach, reports to anybody."""

import ast
import http.client
import re
import socket
import tomllib
from urllib.parse import urlsplit

import pytest

from tests.browser.screen import ROOT

SCRIPTS = sorted((ROOT / "views" / "reader" / "scripts").glob("*.js"))
PAGES = sorted((ROOT / "views").rglob("*.py"))
# Each of these turns a string into markup or code.
UNSAFE = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\s*\.\s*write|\beval\s*\(|new\s+Function|srcdoc|createContextualFragment"
    r"|setHTMLUnsafe|DOMParser|javascript:|set(?:Timeout|Interval)\(\s*[\"'`]"
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_reader_makes_no_markup_out_of_strings(script) -> None:
    lines = script.read_text("utf-8").splitlines()
    assert [line for line in lines if UNSAFE.search(line)] == []


def test_the_reader_is_not_empty() -> None:
    assert {path.name for path in SCRIPTS} >= {"rows.js", "pane.js", "reader.js"}


@pytest.mark.parametrize(
    "bad", ["x.innerHTML = y", "document.write(y)", "eval (y)", "setTimeout('y', 1)", "a.insertAdjacentHTML('b', c)"]
)
def test_the_search_finds_what_it_looks_for(bad: str) -> None:
    assert UNSAFE.search(bad)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_lets_streamlit_pass_markup_through(page) -> None:
    calls = [node for node in ast.walk(ast.parse(page.read_text("utf-8"))) if isinstance(node, ast.Call)]
    keywords = {keyword.arg for call in calls for keyword in call.keywords}
    assert not keywords & {"unsafe_allow_html", "unsafe_allow_javascript"}
    for call in calls:  # `st.html` and the like take nothing but a constant of this file
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("html", "iframe"):
            assert all(isinstance(argument, ast.Constant | ast.Name) for argument in call.args)
            assert all(argument.id.isupper() for argument in call.args if isinstance(argument, ast.Name))


def test_nothing_is_reported_and_nobody_else_is_served() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["client"]["showErrorDetails"] == "none"


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_server_listens_on_loopback_only(server: str) -> None:
    port = urlsplit(server).port
    assert port
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass
    # Linux routes all of 127/8 here, so a server on all interfaces would answer at any of its addresses.
    for address in ("127.0.0.2", "::1"):
        with pytest.raises((ConnectionError, TimeoutError, socket.gaierror)):
            socket.create_connection((address, port), timeout=1).close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_a_page_that_came_under_another_name_gets_no_session(server: str) -> None:
    parts = urlsplit(server)
    statuses = []
    for host in (parts.netloc, f"evil.example:{parts.port}"):  # a name that somebody else points at 127.0.0.1
        connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=5)
        handshake = {
            "Host": host, "Origin": server, "Connection": "Upgrade", "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        }  # fmt: skip
        connection.request("GET", "/_stcore/stream", headers=handshake)
        statuses.append(connection.getresponse().status)
        connection.close()
    assert statuses == [101, 403]
