"""Vectors kept in a file: what is kept comes back, and a file that is broken or missing changes no result."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from aligners import encoders
from aligners.costs import measures
from aligners.encoders import Remembering, vectors
from aligners.encoders.vectors import Vectors, folder, kept, recall
from corpora import example, segment

ROOT = Path(__file__).parents[2]
EXAMPLE = [segment(version).body[:10] for version in example.versions()]
ARRAYS = {
    b"one": np.array([[0.1, -0.0, np.pi]], np.float32),
    b"many": np.arange(12, dtype=np.float32).reshape(4, 3),
}


class Lengths:
    """An encoder that knows only how long a text is, and counts what it reads."""

    def __init__(self):
        self.signature, self.read = "lengths 1", []

    def encode(self, texts):
        self.read += texts
        return np.array([[np.sin(len(text)), np.cos(len(text))] for text in texts], np.float32).reshape(-1, 2)


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A store of its own, which `recall` uses."""
    monkeypatch.setenv("RELAY_CACHE", str(tmp_path))
    return kept(tmp_path)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "vectors.sqlite"


def bits(side):
    """Every vector of a measured version, to the last bit."""
    return [found.tobytes() for found in (*side.vectors, side.sentences.vectors, side.clauses.vectors)]


def without(encoder, segments, monkeypatch):
    with monkeypatch.context() as off:
        off.setenv("RELAY_CACHE", "off")
        return bits(measures.measure(segments, encoder))


def test_what_was_put_is_got_to_the_last_bit(file):
    Vectors(file).put("usem3 1", "vector", ARRAYS)
    found = Vectors(file).get("usem3 1", "vector", [*ARRAYS, b"another"])
    assert found.keys() == ARRAYS.keys()
    assert all(found[digest].tobytes() == array.tobytes() for digest, array in ARRAYS.items())
    assert found[b"many"].shape == (4, 3)


@pytest.mark.parametrize(("encoder", "kind"), [("usem3 2", "vector"), ("usem3 1", "joint")])
def test_another_encoder_or_kind_knows_nothing(file, encoder, kind):
    Vectors(file).put("usem3 1", "vector", ARRAYS)
    assert Vectors(file).get(encoder, kind, list(ARRAYS)) == {}


def test_more_digests_than_one_statement_takes(file):
    arrays = {number.to_bytes(4, "big"): np.full((1, 2), number, np.float32) for number in range(1200)}
    Vectors(file).put("e", "vector", arrays)
    found = Vectors(file).get("e", "vector", list(arrays))
    assert all((found[digest] == array).all() for digest, array in arrays.items())


def test_each_key_is_computed_once(store):
    asked = []

    def compute(places):
        asked.append(places)
        return [np.full((1, 2), place, np.float32) for place in places]

    assert [row[0, 0] for row in recall("e", "vector", ["a", "b", "a"], compute)] == [0, 1, 0]
    assert [row[0, 0] for row in recall("e", "vector", ["c", "b", "a"], compute)] == [0, 1, 0]
    assert asked == [[0, 1], [0]]
    assert recall("e", "vector", [], compute) == []


def test_a_second_measuring_reads_nothing_and_is_the_same(store, monkeypatch):
    model = encoders.load()
    plain = [without(model, segments, monkeypatch) for segments in EXAMPLE]
    first = [bits(measures.measure(segments, model)) for segments in EXAMPLE]
    monkeypatch.setattr(model, "_network", None)
    monkeypatch.setattr(model, "_kept", None)
    second = [bits(measures.measure(segments, model)) for segments in EXAMPLE]
    assert plain == first == second


def test_a_text_known_in_part_is_measured_the_same(store, monkeypatch):
    model = encoders.load()
    for segments in EXAMPLE:
        measures.measure((*segments[:3], *segments[5:6]), model)
        assert bits(measures.measure(segments, model)) == without(model, segments, monkeypatch)


def test_an_encoder_without_sums_reads_each_run_and_part_once(store, monkeypatch):
    encoder = Lengths()
    plain = without(encoder, EXAMPLE[2], monkeypatch)
    encoder.read.clear()
    first = bits(measures.measure(EXAMPLE[2], Remembering(encoder)))
    read = list(encoder.read)
    second = bits(measures.measure(EXAMPLE[2], Remembering(encoder)))
    assert plain == first == second
    assert len(read) == len(set(read))
    assert encoder.read == read


def test_what_was_read_before_an_error_is_kept(store, monkeypatch):
    monkeypatch.setattr(encoders, "TEXTS_AT_A_TIME", 2)
    encoder = Lengths()
    good = encoder.encode

    def fails_at(texts):
        if "ccc" in texts:
            raise ConnectionError
        return good(texts)

    encoder.encode = fails_at
    with pytest.raises(ConnectionError):
        Remembering(encoder).encode(["a", "bb", "ccc"])
    encoder.encode = good
    Remembering(encoder).encode(["a", "bb", "ccc"])
    assert encoder.read == ["a", "bb", "ccc"]


def test_no_text_is_kept(store, file):
    measures.measure(EXAMPLE[2], encoders.load())
    data = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert len(data) > 10_000
    assert EXAMPLE[2][0].text[:12].encode() not in data


def broken(file):
    file.write_bytes(b"This is no data base at all." * 100)


def cut_short(file):
    Vectors(file).put("e", "vector", {bytes([n]): np.zeros((1, 5000), np.float32) for n in range(20)})
    data = file.read_bytes()
    file.write_bytes(data[:5000] + b"\xff" * 20_000)


def another_table(file):
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE vectors (encoder TEXT)")


def a_folder(file):
    file.mkdir()


@pytest.mark.parametrize("spoil", [broken, cut_short, another_table, a_folder])
def test_a_file_that_cannot_be_used_is_left_aside_and_said_once(spoil, store, file, monkeypatch, caplog):
    spoil(file)
    encoder = Lengths()
    plain = without(encoder, EXAMPLE[2], monkeypatch)
    assert bits(measures.measure(EXAMPLE[2], Remembering(encoder))) == plain
    assert bits(measures.measure(EXAMPLE[2], Remembering(encoder))) == plain
    assert [str(file) in record.message for record in caplog.records] == [True]


def test_a_folder_that_cannot_be_made_is_left_aside(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RELAY_CACHE", str(tmp_path / "file" / "folder"))
    assert Remembering(Lengths()).encode(["a", "bb"]).shape == (2, 2)


def test_a_number_that_has_changed_on_the_disk_is_not_taken(file):
    store = Vectors(file)
    store.put("e", "vector", ARRAYS)
    with sqlite3.connect(file) as base:
        base.execute("UPDATE vectors SET data = ? WHERE digest = ?", (b"\x00" * 12, b"one"))
    assert list(store.get("e", "vector", list(ARRAYS))) == [b"many"]


def test_a_file_that_another_process_holds_is_passed_over(file, monkeypatch, caplog):
    store = Vectors(file)
    store.put("e", "vector", {b"one": ARRAYS[b"one"]})
    monkeypatch.setattr(vectors, "PATIENCE", 0)
    with sqlite3.connect(file, isolation_level=None) as base:
        base.execute("BEGIN IMMEDIATE")
        store.put("e", "vector", ARRAYS)
        assert list(store.get("e", "vector", list(ARRAYS))) == [b"one"]
        base.execute("ROLLBACK")
    store.put("e", "vector", ARRAYS)
    assert len(store.get("e", "vector", list(ARRAYS))) == 2
    assert not caplog.records


def test_the_file_stays_bounded_and_what_was_used_last_stays(file, monkeypatch):
    store = Vectors(file, limit=2**20)
    big = np.zeros((10, 512), np.float32)
    days = iter(range(1, 1000))
    monkeypatch.setattr(vectors.time, "time", lambda: next(days) * vectors.DAY)
    store.put("e", "vector", {b"first": big})
    for number in range(200):
        store.put("e", "vector", {number.to_bytes(2, "big"): big})
        assert b"first" in store.get("e", "vector", [b"first"])
    known = store.get("e", "vector", [number.to_bytes(2, "big") for number in range(200)])
    assert 20 < len(known) < 60
    assert (199).to_bytes(2, "big") in known
    assert sum(path.stat().st_size for path in file.parent.glob("vectors.sqlite")) < 2 * 2**20


def test_many_threads_at_once(file):
    store = Vectors(file)

    def work(number):
        array = {b"%d" % number: np.full((1, 3), number, np.float32)}
        store.put("e", "vector", array)
        return store.get("e", "vector", list(array))[b"%d" % number][0, 0]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(work, range(100))) == list(range(100))


def test_many_processes_at_once(file):
    code = f"""
import sys
import numpy as np
from pathlib import Path
from aligners.encoders.vectors import Vectors
for number in range(20):
    Vectors(Path({str(file)!r})).put(sys.argv[1], "vector", {{b"%d" % number: np.ones((1, 3), np.float32)}})
"""
    running = [subprocess.Popen([sys.executable, "-c", code, f"e{n}"], cwd=ROOT) for n in range(4)]
    assert [one.wait() for one in running] == [0, 0, 0, 0]
    digests = [b"%d" % number for number in range(20)]
    assert [len(Vectors(file).get(f"e{n}", "vector", digests)) for n in range(4)] == [20] * 4


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, "/home/kim/.cache/relay"),
        ("linux", {"XDG_CACHE_HOME": "/var/kept"}, "/var/kept/relay"),
        ("linux", {"XDG_CACHE_HOME": "kept"}, "/home/kim/.cache/relay"),
        ("linux", {"XDG_CACHE_HOME": ""}, "/home/kim/.cache/relay"),
        ("linux", {"RELAY_CACHE": "/mine", "XDG_CACHE_HOME": "/var/kept"}, "/mine"),
        ("linux", {"RELAY_CACHE": "off"}, None),
        ("linux", {"RELAY_CACHE": "OFF"}, None),
        ("darwin", {}, "/home/kim/Library/Caches/relay"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/relay"),
        ("win32", {}, "/home/kim/AppData/Local/relay"),
    ],
)
def test_where_the_file_lies(platform, variables, expected, monkeypatch):
    monkeypatch.setattr(vectors.sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/kim"))
    for name in ("RELAY_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert folder() == (Path(expected) if expected else None)


def test_the_tests_keep_away_from_the_users_own_file():
    assert folder() is None
