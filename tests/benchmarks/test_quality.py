"""What people thought of translations, foretold from what was taught."""

import random

import numpy as np

from benchmarks.divergence import quality, writing

NOUNS = (
    ("дом", "house"),
    ("мост", "bridge"),
    ("хлеб", "bread"),
    ("снег", "snow"),
    ("ветер", "wind"),
    ("поле", "field"),
)


def rows(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    lines = ["original\ttranslation\tz_mean"]
    for _ in range(count):
        one, other = chance.sample(NOUNS, 2)
        good = chance.random() < 0.5
        said = f"The {one[1]} is near the {other[1]}." if good else f"A {chance.choice(NOUNS)[1]} ran away, who knows?"
        lines.append(f"Здесь {one[0]} и {other[0]}.\t{said}\t{chance.gauss(1 if good else -1, 0.3):.6f}")
    return lines


def test_what_was_taught_is_foretold(tmp_path):
    (tmp_path / "mlqe_ru_en_train.tsv").write_text("\n".join(rows(60, 1)) + "\n", encoding="utf-8")
    (tmp_path / "mlqe_ru_en_new.tsv").write_text("\n".join(rows(30, 2)) + "\n", encoding="utf-8")
    lines = list(quality.report(tmp_path))
    table = {cells[1].strip(): cells[2:-1] for line in lines if len(cells := line.split("|")) > 3}
    assert [cell.strip() for cell in table[""]] == ["folds", "mlqe_ru_en_new"]
    for name in ("what can be stated of the pair", "the two above together"):
        assert all(float(cell) > 0.7 for cell in table[name])


def test_rare_words_are_told_from_the_known_pairs_alone():
    texts = [("дом дом дом", "house"), ("дом", "house"), ("снег", "snow")]
    before, behind = writing.table(texts, ("ru", "en"), 2), writing.table(texts, ("ru", "en"), 3)
    assert np.isfinite(before).all()
    assert not np.array_equal(before[2], behind[2])
    assert np.array_equal(before[0], behind[0])
