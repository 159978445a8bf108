"""Encoders that do not sum: a model of sentence-transformers, and a server; both are tested with real models."""

import importlib.util
import json
import logging
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

import divergence
from aligners import align, encoders
from aligners.encoders import SummingEncoder, endpoint
from aligners.encoders.endpoint import Endpoint
from corpora.errors import AlignmentError

MEANING = [
    "Die Ernte war klein.",
    "The harvest was small.",
    "The harvest was poor this year.",
    "Parliament elected a new speaker yesterday.",
]
# Names of the tests' own, found in no message.
KEY, TEXT = "secret-key-5f2a", "A confidential sentence."

# The tests that need a large model or a server run in one process.
pytestmark = pytest.mark.xdist_group("encoders")


class Server:
    """A server of embeddings on this computer that answers as the test says, and remembers what it was asked."""

    def __init__(self):
        self.asked, self.headers, self.answers, self.wait = [], [], [], 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or "{}")
                outer.asked.append((self.path, body))
                outer.headers.append(dict(self.headers))
                time.sleep(outer.wait)
                status, answer = outer.answers.pop(0) if outer.answers else (200, vectors(body["input"]))
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", answer)
                self.end_headers()
                self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

            def do_GET(self):
                self.do_POST()

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()


def vectors(texts):
    """An answer of the protocol, in another order than asked: a text's vector tells its length."""
    rows = [{"index": place, "embedding": [3.0, len(text)]} for place, text in enumerate(texts)]
    return {"object": "list", "data": rows[::-1]}


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(endpoint, "PAUSES", (0, 0))
    one = Server()
    yield one
    one.http.shutdown()
    one.http.server_close()


def test_vectors_come_in_the_order_of_the_texts_and_have_unit_length(server):
    texts = ["aaaa", "", "a" * 40_000, "b" * 40_000, *("c" * n for n in range(1, 70))]
    found = Endpoint(f"http://{server.host}", "m").encode(texts)
    expected = np.array([[3, len(text) or 1] for text in texts], np.float32)
    assert np.allclose(found, expected / np.linalg.norm(expected, axis=1, keepdims=True))
    assert found.dtype == np.float32


def test_requests_are_bounded_and_name_the_model(server):
    Endpoint(f"http://{server.host}", "m").encode(["a" * 40_000, "b" * 40_000, *("c" * n for n in range(1, 70))])
    assert {(path, body["model"]) for path, body in server.asked} == {("/v1/embeddings", "m")}
    assert [len(body["input"]) for _, body in server.asked] == [1, 32, 32, 6]


def test_no_texts_ask_nothing(server):
    assert len(Endpoint(f"http://{server.host}", "m").encode([])) == 0
    assert not server.asked


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("", "/v1/embeddings"),
        ("/", "/v1/embeddings"),
        ("/v1", "/v1/embeddings"),
        ("/v1/", "/v1/embeddings"),
        ("/v1/embeddings", "/v1/embeddings"),
        ("/openai/v3?version=2", "/openai/v3/embeddings?version=2"),
    ],
)
def test_the_route_is_found_from_the_address(server, address, route):
    Endpoint(f"http://{server.host}{address}", "m").encode(["a"])
    assert [path for path, _ in server.asked] == [route]


def test_a_key_is_sent_and_none_is_not(server):
    for key in (KEY, ""):
        Endpoint(f"http://{server.host}", "m", key).encode(["a"])
    assert [headers.get("Authorization") for headers in server.headers] == [f"Bearer {KEY}", None]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((400, {"error": {"message": f"{TEXT} {KEY}"}}), "answered 400 (Bad Request)"),
        ((401, {"error": {"message": KEY}}), "set RELAY_ENDPOINT_KEY"),
        ((404, b"<html>"), "check RELAY_ENDPOINT and RELAY_ENDPOINT_MODEL"),
        ((413, b""), "too long"),
        ((599, b""), "answered 599 (an unknown code)"),
        ((200, b"<html>hello</html>"), "answered no vectors"),
        ((200, b"\xff\xfe\x00"), "answered no vectors"),
        ((200, {"data": "none"}), "answered no vectors"),
        ((200, []), "answered no vectors"),
        ((200, {"data": [{"index": 0}]}), "answered no vectors"),
        ((200, {"data": [{"index": 0, "embedding": "AACAPw=="}]}), "answered no vectors"),
        ((200, {"data": [{"index": "x", "embedding": [1.0]}]}), "not one vector for each of 1 texts"),
        ((200, {"data": []}), "not one vector for each of 1 texts"),
        ((200, vectors(["a", "b"])), "not one vector for each of 1 texts"),
        ((200, {"data": [{"index": 0, "embedding": 1.0}]}), "not one vector for each of 1 texts"),
        ((200, {"data": [{"index": 0, "embedding": []}]}), "vectors without direction"),
        ((200, {"data": [{"index": 0, "embedding": [0.0, 0.0]}]}), "vectors without direction"),
        ((200, b'{"data": [{"index": 0, "embedding": [NaN, 1]}]}'), "vectors without direction"),
    ],
)
def test_an_answer_that_is_of_no_use_is_one_sentence_without_key_and_text(server, answer, says, caplog):
    server.answers = [answer]
    with caplog.at_level(logging.DEBUG), pytest.raises(AlignmentError) as caught:
        Endpoint(f"http://{server.host}", "m", KEY).encode([TEXT])
    message = str(caught.value)
    assert says in message
    assert server.host in message
    assert message.endswith(".")
    assert "\n" not in message
    assert not any(secret in f"{message} {caplog.text} {caught.value.__context__!r}" for secret in (KEY, TEXT))


def test_vectors_of_unequal_length_are_no_answer(server, monkeypatch):
    monkeypatch.setattr(endpoint, "TEXTS", 1)
    server.answers = [(200, vectors(["a"])), (200, {"data": [{"index": 0, "embedding": [1.0]}]})]
    with pytest.raises(AlignmentError, match="unequal length"):
        Endpoint(f"http://{server.host}", "m").encode(["a", "b"])


@pytest.mark.parametrize("status", [429, 503])
def test_what_may_pass_is_tried_again_but_not_for_ever(server, status):
    model = Endpoint(f"http://{server.host}", "m")
    server.answers = [(status, b"")] * 2
    assert model.encode(["a"]).shape == (1, 2)
    server.answers = [(status, b"")] * 9
    with pytest.raises(AlignmentError, match=f"answered {status}"):
        model.encode(["a"])
    assert len(server.asked) == 6


def test_a_redirection_is_not_followed(server):
    elsewhere = Server()
    for status in (301, 302, 307, 308):
        server.answers = [(status, f"http://{elsewhere.host}/v1/embeddings")]
        with pytest.raises(AlignmentError, match=f"answered {status}"):
            Endpoint(f"http://{server.host}", "m", KEY).encode([TEXT])
    assert not elsewhere.asked
    elsewhere.http.shutdown()
    elsewhere.http.server_close()


def test_a_server_that_is_late_is_given_up(server, monkeypatch):
    monkeypatch.setattr(endpoint, "TIMEOUT", 0.05)
    server.wait = 0.5
    with pytest.raises(AlignmentError, match=r"did not answer within 0\.05 seconds") as caught:
        Endpoint(f"http://{server.host}", "m").encode(["a"])
    assert server.host in str(caught.value)


def test_a_server_that_is_not_there_is_named():
    gone = Server()
    gone.http.server_close()
    with pytest.raises(AlignmentError, match=f"{gone.host} cannot be reached"):
        Endpoint(f"http://{gone.host}", "m").encode(["a"])


@pytest.mark.parametrize(
    "address",
    [
        "localhost:8000",
        "ftp://localhost/v1",
        "http://",
        "http://:8000",
        "http://localhost:port",
        "http://localhost:0",
        "http://[::1",
        f"http://kim:{KEY}@localhost/v1",
        "http://local host/v1",
        "http://localhost/ключ",
        "http://localhost/\u0001",
    ],
)
def test_an_address_that_is_none_is_told_without_repeating_it(address):
    with pytest.raises(AlignmentError, match="RELAY_ENDPOINT is not the address") as caught:
        Endpoint(address, "m")
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("key", [f"{KEY}\nX-Other: 1", f"{KEY}ключ"])
def test_a_key_that_cannot_be_sent_is_not_shown(key):
    with pytest.raises(AlignmentError, match="RELAY_ENDPOINT_KEY") as caught:
        Endpoint("http://localhost", "m", key)
    assert KEY not in str(caught.value)


def test_signature_names_model_and_host_but_no_key():
    model = Endpoint("https://vectors.example:8443/v1?token=abc", "labse", KEY)
    assert model.signature == "endpoint labse at vectors.example:8443"
    assert KEY not in repr(model)


@pytest.mark.parametrize(
    "variables", [{}, {"RELAY_ENDPOINT": "http://localhost"}, {"RELAY_ENDPOINT_MODEL": "m"}], ids=str
)
def test_an_endpoint_that_is_not_named_is_told(variables, monkeypatch):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(AlignmentError, match="set RELAY_ENDPOINT to an address"):
        encoders.ENCODERS["endpoint"]()


def test_a_real_server_aligns_a_document_and_scores_it(document, encoder):
    model = encoder("endpoint")
    assert not isinstance(model, SummingEncoder)
    alignment = align(document, encoder="endpoint")
    shapes = [tuple(map(len, unit.sides)) for unit in alignment.units if unit.origin != "set aside"]
    # Title, two paragraphs that Russian joins, the tasks, the list item; English alone adds the last one.
    assert (1, 1, 1) in shapes
    assert (2, 1, 2) in shapes
    assert model.signature in alignment.signature
    assert "e5-query" in model.signature
    scores = divergence.score(document, alignment, encoder="endpoint")
    assert scores
    assert all(one.metrics.keys() & {"meaning", "omission", "addition"} for one in scores)


@pytest.mark.parametrize("name", ["endpoint", "sentence-transformers"])
def test_a_real_model_sees_what_is_nearer(name, encoder):
    vectors = encoder(name).encode(MEANING)
    likeness = vectors @ vectors[1]
    assert likeness[2] > likeness[3]
    if name == "endpoint":
        assert likeness[0] > likeness[3]


def test_a_real_model_of_sentence_transformers_aligns_a_document(document, encoder):
    model = encoder("sentence-transformers")
    alignment = align(document, encoder="sentence-transformers")
    assert model.signature in alignment.signature
    assert divergence.score(document, alignment, encoder="sentence-transformers")


def test_a_model_that_is_not_named_is_told():
    with pytest.raises(AlignmentError, match="set RELAY_MODEL"):
        encoders.ENCODERS["sentence-transformers"]()


def test_a_library_or_a_model_that_is_missing_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("RELAY_MODEL", str(tmp_path))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(AlignmentError) as caught:
        encoders.ENCODERS["sentence-transformers"]()
    installed = importlib.util.find_spec("sentence_transformers")
    assert ("set RELAY_MODEL" if installed else "requirements-sentence-transformers.txt") in str(caught.value)
    assert str(caught.value).endswith(".")
