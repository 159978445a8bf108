"""Peers that are made up: what they answer is scored, what is missing is skipped with the reason."""

import sys
from argparse import Namespace

import pytest

from benchmarks import peers
from benchmarks.adapters import SkippedError, run
from benchmarks.adapters.hunalign import beads
from benchmarks.gold import Gold

TEXTS = {
    "ko": ["벼를 수확하였다.", "눈이 내렸다."],
    "ru": ["Собрали рис.", "Выпал снег."],
    "en": ["Rice was cut.", "It snowed."],
}
ONE_TO_ONE = [[[0], [0]], [[1], [1]]]
# Packages that pair line with line; bertalign's looks at the vectors that it is given.
GALECHURCH = """
from types import SimpleNamespace as S
def align(a, b):
    return S(beads=[S(source_start=i, source_end=i + 1, target_start=i, target_end=i + 1) for i in range(len(a))])
"""
BERTALIGN = """
from bertalign.aligner import Bertalign
"""
BERTALIGN_ALIGNER = """
from googletrans import Translator
from sentence_transformers import SentenceTransformer
model = SentenceTransformer("LaBSE")
def detect_lang(text):
    raise OSError("the network is asked")
class Bertalign:
    def __init__(self, source, target, is_split, skip):
        assert is_split and skip == -0.1
        detect_lang(source)
        self.lines = source.splitlines(), target.splitlines()
    def align_sents(self):
        a, b = (model.encode(lines) for lines in self.lines)
        assert a.shape == (len(self.lines[0]), 512), a.shape
        near = (a @ b.T).argmax(axis=1)
        self.result = [([i], [j]) for i, j in enumerate(near)]
"""


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """Makes packages of these sources known to the processes that are started."""

    def make(sources):
        for name, source in sources.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(source, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return make


def told(*pythons: str) -> Namespace:
    return Namespace(environment=list(pythons), weights=None, cores=1)


def gold(units, pairs=None) -> Gold:
    return Gold("made up", "made up", "", TEXTS, units, pairs or {})


def test_an_adapter_answers_with_every_pair_of_versions_and_with_what_it_took(made_up):
    made_up({"galechurch.py": GALECHURCH})
    answer = run("galechurch", sys.executable, [TEXTS, {"de": ["Eins."], "fr": ["Un."]}], {})
    assert answer["documents"] == [
        {"pairs": dict.fromkeys(["ko-ru", "ko-en", "ru-en"], ONE_TO_ONE)},
        {"pairs": {"de-fr": [[[0], [0]]]}},
    ]
    assert answer["encoding"] == 0 < answer["aligning"]
    assert answer["peak"] > 2**20


def test_bertalign_is_given_our_encoder_and_asks_for_no_language(made_up):
    made_up({"bertalign/__init__.py": BERTALIGN, "bertalign/aligner.py": BERTALIGN_ALIGNER})
    answer = run("bertalign", sys.executable, [TEXTS], {"skip": -0.1, "shared": True})
    assert answer["documents"][0]["pairs"]["ko-en"] == ONE_TO_ONE
    assert answer["encoding"] > 0


def test_our_own_method_answers_with_units():
    answer = run("relay", sys.executable, [TEXTS], {"method": "joint", "weights": None})
    assert answer["documents"] == [{"units": [{v: [i] for v in TEXTS} for i in range(2)]}]
    assert answer["encoding"] > 0 < answer["aligning"]


def test_a_peer_that_is_not_installed_is_skipped_with_the_reason():
    with pytest.raises(SkippedError, match="the package nowhere is not installed"):
        run("vecalign", sys.executable, [TEXTS], {"package": "nowhere", "size": 4})
    with pytest.raises(SkippedError, match="no --environment was named"):
        peers.first_run("galechurch", [gold([])], told())


def test_a_peer_that_breaks_off_is_skipped_with_its_last_words(made_up):
    made_up({"galechurch.py": "def align(a, b):\n    raise RuntimeError('out of order')"})
    with pytest.raises(SkippedError, match="out of order"):
        run("galechurch", sys.executable, [TEXTS], {})


def test_an_environment_that_is_not_there_is_skipped_and_the_next_one_is_tried(made_up):
    made_up({"galechurch.py": GALECHURCH})
    answer = peers.first_run("galechurch", [gold([])], told("/nowhere/python", sys.executable))
    assert answer["documents"][0]["pairs"]["ko-ru"] == ONE_TO_ONE
    with pytest.raises(SkippedError, match="/nowhere/python cannot be run"):
        peers.first_run("galechurch", [gold([])], told("/nowhere/python"))


def test_pairs_are_joined_into_units_by_what_any_pair_joins():
    pairs = {"ko-ru": [[[0, 1], [0]], [[], [1]]], "ru-en": [[[0], [0]], [[1], []], [[], [1]]], "ko-en": [[[0], [0, 1]]]}
    over_all = peers.join(pairs, ["ko-ru", "ru-en", "ko-en"], TEXTS)
    assert over_all == [{"ko": [0, 1], "ru": [0], "en": [0, 1]}, {"ru": [1]}]
    over_neighbours = peers.join(pairs, ["ko-ru", "ru-en"], TEXTS)
    assert over_neighbours == [{"ko": [0, 1], "ru": [0], "en": [0]}, {"ru": [1]}, {"en": [1]}]


def test_a_peers_pairs_are_held_against_the_gold_of_the_two_versions_and_its_units_against_all():
    merged = [{"ko": [0, 1], "ru": [0, 1], "en": [0, 1]}]
    names = ["ko-ru", "ko-en", "ru-en"]
    fine = gold(merged, dict.fromkeys(names, ONE_TO_ONE))
    assert peers.quality([fine], [{"pairs": dict.fromkeys(names, ONE_TO_ONE)}]) == (1.0, 0.0, 0.0)
    assert peers.quality([fine], [{"units": merged}]) == (1.0, 1.0, 1.0)


def test_the_way_of_joining_that_is_better_for_the_peer_counts():
    # Korean and English alone are aligned badly: over neighbouring versions the units are right.
    pairs = {"ko-ru": ONE_TO_ONE, "ru-en": ONE_TO_ONE, "ko-en": [[[0], [1]], [[1], [0]]]}
    units = [{v: [i] for v in TEXTS} for i in range(2)]
    assert peers.quality([gold(units)], [{"pairs": pairs}])[2] == 1.0


def test_hunaligns_rungs_are_read_as_beads():
    assert beads("0\t0\t0.3\n1\t1\t0.5\n3\t2\t-0.3\n3\t3\t0\n") == [([0], [0]), ([1, 2], [1]), ([], [2])]
