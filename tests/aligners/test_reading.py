"""Reading every version: in this thread where there is one processor, in several where there are more."""

from dataclasses import replace

import pytest

from aligners import encoders, threads
from aligners.costs import measures
from corpora import example, segment


@pytest.fixture(scope="module")
def versions():
    """The example's versions, eight segments of each."""
    found = [segment(version) for version in example.versions()]
    return [replace(version, segments=version.body[:8]) for version in found]


def bits(sides):
    return [[found.tobytes() for found in (*side.vectors, side.clauses.vectors)] for side in sides]


@pytest.mark.parametrize("processors", [1, 2])
def test_progress_rises_to_the_whole(versions, processors, monkeypatch):
    monkeypatch.setattr(threads, "processors", lambda: processors)
    monkeypatch.setattr(measures, "TEXTS_AT_A_TIME", 3)
    monkeypatch.setattr(threads, "TELL", 0.001)
    told = []
    measures.measure_all(versions, encoders.load(), told.append)
    assert told == sorted(told)
    assert all(0 <= share <= 1 for share in told)
    assert processors > 1 or len(told) == 9


@pytest.mark.parametrize("processors", [1, 2])
def test_what_progress_raises_ends_the_reading(versions, processors, monkeypatch):
    monkeypatch.setattr(threads, "processors", lambda: processors)
    monkeypatch.setattr(threads, "TELL", 0)

    def stop(_share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measures.measure_all(versions, encoders.load(), stop)


def test_one_thread_and_several_read_the_same(versions, monkeypatch):
    monkeypatch.setattr(threads, "processors", lambda: 1)
    alone = bits(measures.measure_all(versions, encoders.load()))
    monkeypatch.setattr(threads, "processors", lambda: 3)
    assert bits(measures.measure_all(versions, encoders.load())) == alone
