"""Changes made to clean units, what is learnt from them, and the figures."""

import numpy as np
import pytest

from benchmarks.divergence.injected import auc
from benchmarks.injections.inject import KINDS, inject
from benchmarks.injections.logistic import fitted, judge_of
from divergence.weights import judge

UNITS = [
    {
        "ko": "우리는 1955년에 평양에서 계획을 실행하였고, 모든 사람이 기뻐하였다. 당은 인민을 령도하여야 한다.",
        "ru": "Мы осуществили план в Пхеньяне в 1955 году, и все были очень рады. Партия должна руководить народом.",
        "en": "We carried out the plan in Pyongyang in 1955, and all were very glad. The party must lead the people.",
    },
    {
        "ko": "그들은 모스크바에서 싸우지 않았다. 12명이 돌아왔다.",
        "ru": "Они не сражались в Москве. Вернулись 12 человек.",
        "en": "They did not fight in Moscow. Then 12 men were back.",
    },
    {
        "ko": "농민들은 땅을 받았다. 학교는 3월에 열렸다.",
        "ru": "Крестьяне получили землю. Школы открылись в марте.",
        "en": "The peasants were given land. Schools were opened in March.",
    },
]


@pytest.mark.parametrize("version", ["ko", "ru", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_change_is_made_in_one_version_only_and_again_the_same(kind, version):
    found = inject(UNITS, kind, version, 1)
    assert found
    assert found == inject(UNITS, kind, version, 1)
    for one in found:
        others = [name for name in one.texts if name != version]
        (before,) = [unit for unit in UNITS if all(unit[name] == one.texts[name] for name in others)]
        assert one.texts[version] != before[version]
        assert (one.kind, one.version) == (kind, version)


@pytest.mark.parametrize("version", ["ko", "ru", "en"])
def test_an_omission_is_shorter_and_an_addition_holds_the_text(version):
    by_others = {tuple(v for k, v in unit.items() if k != version): unit[version] for unit in UNITS}
    for kind in ("omission", "addition"):
        for one in inject(UNITS, kind, version, 1):
            before = by_others[tuple(v for k, v in one.texts.items() if k != version)]
            if kind == "omission":
                assert len(one.texts[version]) < len(before)
            else:
                assert before in one.texts[version]


@pytest.mark.parametrize(
    ("version", "before", "after"),
    [
        ("ko", "령도하여야 한다", "령도할 수 있다"),
        ("ru", "должна", "может"),
        ("en", "must", "can"),
    ],
)
def test_an_obligation_becomes_a_possibility(version, before, after):
    (one,) = inject(UNITS[:1], "modality", version, 1)
    assert one.texts[version] == UNITS[0][version].replace(before, after)


@pytest.mark.parametrize(
    ("version", "before", "after"),
    [("ko", "싸우지 않았다", "싸웠다"), ("ru", "не сражались", "сражались"), ("en", "did not fight", "did fight")],
)
def test_a_denial_is_undone(version, before, after):
    (one,) = inject(UNITS[1:2], "negation", version, 1)
    assert one.texts[version] == UNITS[1][version].replace(before, after)


def test_a_judge_tells_what_differs_and_comes_back_from_its_record():
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(400, 2))
    differs = rows[:, 0] * rows[:, 1] > 0
    plain, crossed = judge_of(("a", "b"), (), rows, differs), judge_of(("a", "b"), ("a", "b"), rows, differs)
    assert auc(crossed.logits(rows)[differs], crossed.logits(rows)[~differs]) > 0.95
    assert auc(plain.logits(rows)[differs], plain.logits(rows)[~differs]) < 0.7
    assert np.allclose(judge(crossed.record).logits(rows), crossed.logits(rows), atol=1e-2)


def test_weights_are_pulled_to_zero_but_not_the_bias():
    rows, differs = np.array([[1.0], [-1.0], [1.0], [1.0]]), np.array([True, False, True, True])
    loose, tight = fitted(rows, differs, 0.01), fitted(rows, differs, 100.0)
    assert abs(tight[0]) < abs(loose[0])
    assert tight[-1] == pytest.approx(np.log(3), abs=0.1)


@pytest.mark.parametrize(("found", "clean", "value"), [([2, 3], [0, 1], 1.0), ([0], [1], 0.0), ([1, 1], [1, 1], 0.5)])
def test_auc(found, clean, value):
    assert auc(found, clean) == value
