"""Edited stretches, what people marked, and the figures on a file of a few made-up rows."""

import numpy as np
import pytest

from aligners import encoders
from aligners.words import words
from benchmarks.divergence import rationales
from benchmarks.divergence.features import pairs_of
from benchmarks.injections import stretches
from benchmarks.injections.stretches import HAS, LACKS

SAME = [
    ("The peasants were given land .", "Les paysans ont reçu des terres ."),
    ("The school was opened in March .", "L' école a été ouverte en mars ."),
    ("They returned to the city .", "Ils sont retournés à la ville ."),
    ("My brother reads a book .", "Mon frère lit un livre ."),
]
OTHER = [
    ("The violinist played a sonata .", "Le prix du blé a augmenté ."),
    ("He wrote three letters .", "La pluie tombe sur la mer ."),
    ("The army crossed the river .", "Sa cousine étudie la chimie ."),
    ("Cats sleep all day .", "Le parlement vote le budget ."),
]


def line(source, target, *, divergent):
    mark = "3" if divergent else "0"
    marks = [" ".join(mark for _ in text.split(" ")) for text in (source, target)]
    names = ("divergent", "unrelated") if divergent else ("equivalent", "no_meaning_difference")
    return "\t".join([*names, source.replace(" .", "."), target.replace(" .", "."), source, target, *marks])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    columns = [f"{name}{kind}" for kind in ("", "_tok", "_rationale") for name in ("english", "french")]
    head = ["binary_label", "label3", *columns]
    made = [line(*texts, divergent=False) for texts in SAME * 3] + [line(*texts, divergent=True) for texts in OTHER * 3]
    path = tmp_path_factory.mktemp("refresd")
    (path / "refresd_a.tsv").write_text("\n".join(["\t".join(head), *made]) + "\n", encoding="utf-8")
    (path / "refresd_b.tsv").write_text("\n".join(["\t".join(head), *made[9:15]]) + "\n", encoding="utf-8")
    return path


def test_what_differs_plainly_is_found_and_its_words_are(folder):
    told = list(rationales.report(folder))
    table = {cells[0]: cells[1:] for cells in ([c.strip() for c in row.split("|")[1:-1]] for row in told) if cells}
    assert float(table["not alike (cosine)"][0]) > 0.9
    assert float(table["regression on all features and strengths"][0]) > 0.9
    assert float(table["highlights"][0]) > 0.85 > float(table["every word"][0])
    assert sum(row.startswith("| highlights |") for row in told) == 2


def test_tokens_are_found_in_the_text():
    text = "L'école (1955) a été ouverte."
    tokens = ["L'", "école", "(", "1955", ")", "a", "été", "ouverte", "."]
    assert [text[a:b] for a, b in rationales.spans(text, tokens)] == tokens


def test_every_row_is_tested_once_with_its_share_of_labels():
    label = np.array(["a"] * 20 + ["b"] * 11)
    found = rationales.folds(label, 5, 1)
    assert sorted(np.concatenate([tested for _, tested in found]).tolist()) == list(range(31))
    assert all(
        set(learnt) | set(tested) == set(range(31)) and not set(learnt) & set(tested) for learnt, tested in found
    )
    assert {int((label[tested] == "a").sum()) for _, tested in found} == {4}


def test_the_threshold_is_that_of_the_best_f1():
    values, marked = np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])
    least = rationales.threshold(values, marked)
    assert least == 0.35
    others = [rationales.f1(marked, values >= one) for one in values]
    assert rationales.f1(marked, values >= least) == max(others)


def test_halves_are_joined_with_their_places_moved(folder):
    encoder = encoders.load()
    one = rationales.measure(rationales.load(folder / "refresd_b.tsv"), encoder)
    both = rationales.joined(one, one)
    count = len(one.token_of)
    assert (both.token_of[count:] - both.token_of[:count] == len(one.divergent)).all()
    assert (both.strength[both.place[count:, 0]] == both.strength[both.place[:count, 0]]).all()


def test_stretches_are_put_in_and_taken_out_where_it_is_said():
    encoder = encoders.load()
    texts = [(a.replace(" .", "."), b.replace(" .", ".")) for a, b in SAME * 6]
    before = pairs_of(texts, ("en", "fr"), encoder)
    made = stretches.edited(before, "1")
    assert [one.texts for one in made] == [one.texts for one in stretches.edited(before, "1")]
    kinds = set()
    for (source, target), one in zip(texts, made, strict=True):
        assert [len(flags) for flags in one.lacks] == [len(words(text)) for text in one.texts]
        changed = (source, target) != one.texts
        kinds.add((changed, bool((one.lacks[0] == LACKS).all() and (one.lacks[1] == LACKS).all())))
        if not changed:
            assert all((flags == HAS).all() for flags in one.lacks)
    assert kinds == {(False, False), (True, True), (True, False)}


def test_words_of_an_edit_are_told_apart():
    text, lacks = stretches._put("We won the war.", [stretches.Edit(2, 3, "a long"), stretches.Edit(5, 5, "So be it")])
    assert text == "We won a long war. So be it"
    assert lacks.tolist() == [HAS, HAS, LACKS, LACKS, HAS, HAS, LACKS, LACKS, LACKS]
