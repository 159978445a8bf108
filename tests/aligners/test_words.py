"""Word links: clear sentences in every pair of languages, written as the words that must and must not be linked."""

import numpy as np
import pytest

from aligners import encoders, words
from aligners.words import evidence, link
from benchmarks.words import __main__ as measured
from benchmarks.words.agreement import Pair, agree
from corpora.errors import AlignmentError

# Languages, two sentences, words that stand for each other, words that do not.
CLEAR = [
    ("en", "ru", "Kim Il Sung met the peasants in Pyongyang in 1954 .", "Ким Ир Сен встретился с крестьянами в Пхеньяне в 1954 году .",
     "Kim-Ким Sung-Сен met-встретился peasants-крестьянами Pyongyang-Пхеньяне 1954-1954 .-.", "Kim-крестьянами peasants-Пхеньяне 1954-Пхеньяне"),
    ("en", "ru", "The harvest of 1954 was small .", "Урожай 1954 года был мал .",
     "harvest-Урожай 1954-1954 small-мал The-Урожай", "harvest-мал small-года The-мал"),
    ("ko", "ru", "모든 농민들이 협동조합에 참가하여야 한다 .", "Все крестьяне должны вступить в кооперативы .",
     "모든-Все 농민들이-крестьяне 협동조합에-кооперативы", "농민들이-кооперативы 모든-вступить"),
    ("ko", "en", "김일성은 평양에서 기자들을 만났다 .", "Kim Il Sung met journalists in Pyongyang .",
     "김일성은-Kim 평양에서-Pyongyang 기자들을-journalists 만났다-met", "기자들을-Pyongyang 만났다-journalists"),
    ("ko", "en", "정부는 새로운 법을 발표하였다 .", "The government announced a new law .",
     "정부는-government 새로운-new 법을-law 발표하였다-announced", "법을-announced 새로운-government"),
    ("ko", "en", "그는 오늘 학교에 갔다 .", "He went to school today .",
     "그는-He 오늘-today 학교에-school 갔다-went", "오늘-school 갔다-today"),
    ("ru", "en", "Без поддержки рабочих победа невозможна .", "Victory is impossible without the support of the workers .",
     "Без-without поддержки-support рабочих-workers победа-Victory невозможна-impossible", "победа-support рабочих-Victory"),
]  # fmt: skip


@pytest.fixture(scope="module")
def encoder():
    return encoders.load()


def linked(encoder, source, target, left, right, lexicon=None):
    found = link(
        source.split(), target.split(), source_language=left, target_language=right, encoder=encoder, lexicon=lexicon
    )
    return {f"{source.split()[one.source]}-{target.split()[one.target]}" for one in found}


@pytest.mark.parametrize(("left", "right", "source", "target", "yes", "no"), CLEAR)
def test_clear_sentences(encoder, left, right, source, target, yes, no):
    found = linked(encoder, source, target, left, right)
    assert set(yes.split()) <= found
    assert not set(no.split()) & found


@pytest.mark.parametrize(("left", "right", "source", "target"), [row[:4] for row in CLEAR])
def test_direction_makes_no_difference(encoder, left, right, source, target):
    back = {"-".join(reversed(one.split("-"))) for one in linked(encoder, target, source, right, left)}
    assert linked(encoder, source, target, left, right) == back


def test_links_are_sorted_repeatable_and_confidences_are_probabilities(encoder):
    options = {"source_language": "en", "target_language": "ru", "encoder": encoder}
    source, target = CLEAR[0][2].split(), CLEAR[0][3].split()
    found = link(source, target, **options)
    assert found == link(source, target, **options)
    assert list(found) == sorted(found, key=lambda one: (one.source, one.target))
    assert all(words.model().threshold <= one.confidence <= 1 for one in found)


def test_sentences_on_other_things_have_few_links(encoder):
    right = linked(encoder, CLEAR[0][2], CLEAR[0][3], "en", "ru")
    wrong = linked(encoder, "Dogs like to swim in cold water", "Министр подписал договор о торговле", "en", "ru")
    assert len(wrong) < len(right) / 3


def test_a_language_without_weights_of_its_own_is_linked_too(encoder):
    found = linked(encoder, "Der Hund schläft im Garten .", "Le chien dort dans le jardin .", "de", "fr")
    assert {"Hund-chien", "schläft-dort", "Garten-jardin"} <= found


def test_a_regional_tag_is_its_language(encoder):
    source, target = CLEAR[1][2:4]
    assert linked(encoder, source, target, "en", "ru") == linked(encoder, source, target, "en-GB", "ru-RU")


@pytest.mark.parametrize(("source", "target"), [([], ["word"]), (["word"], []), ([], [])])
def test_an_empty_side_has_no_links(encoder, source, target):
    assert link(source, target, source_language="en", target_language="ru", encoder=encoder) == ()


@pytest.mark.parametrize(
    ("source", "target"), [(["1954"], ["1954"]), (["—"], ["один", "—", "два"]), (["а"] * 3, ["—"])]
)
def test_very_short_sides_are_linked_where_they_are_equal(encoder, source, target):
    found = link(source, target, source_language="en", target_language="ru", encoder=encoder)
    assert {(source[one.source], target[one.target]) for one in found} <= set(zip(source, source, strict=True))


@pytest.mark.parametrize("word", ["", " ", "two words", "end "])
def test_a_word_with_white_space_is_refused(encoder, word):
    with pytest.raises(AlignmentError, match="Word 1 "):
        link(["one", word], ["один"], source_language="en", target_language="ru", encoder=encoder)


def test_another_encoder_is_refused():
    class Other:
        signature = "other 1"

        def encode(self, texts):
            return np.zeros((len(texts), 512), np.float32)

    with pytest.raises(AlignmentError, match="not other 1"):
        link(["one"], ["один"], source_language="en", target_language="ru", encoder=Other())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("농민들의 생활은, 1954년에", "농민들의|생활은|,|1954년에"),
        ("“Что-то” — не так…", "“|Что-то|”|—|не|так|…"),
        ("It's 3.5% of 1,200.", "It's|3.5|%|of|1,200|."),
        ("", ""),
    ],
)
def test_words(text, expected):
    assert "|".join(text[a:b] for a, b in words.words(text)) == expected


def test_words_slice_back_in_order():
    text = "Ким  Ир\nСен (1912–1994)"
    places = words.words(text)
    assert all(a < b <= c for (a, b), (c, _) in zip(places, [*places[1:], (len(text), 0)], strict=True))
    assert "".join(text[a:b] for a, b in places) == "".join(text.split())


def test_confirmed_links_teach_a_word_the_machine_does_not_know(encoder):
    source, target = ["The", "zorbit", "arrived", "late", "today"], ["Сегодня", "плюмбус", "прибыл", "поздно"]
    teacher = [(["A", "zorbit", "sings"], ["плюмбус", "поёт"], [(1, 0)])] * 2
    options = {"source_language": "en", "target_language": "ru", "encoder": encoder}

    def sure(lexicon):
        return words.certainty(source, target, ("en", "ru"), encoder, lexicon)[1, 1]

    document = words.induce([(a, b) for a, b, _ in teacher], **options)
    assert sure(document.joined(words.confirm(teacher))) > sure(None)


def test_a_lexicon_is_read_in_the_direction_of_the_call(encoder):
    source, target = CLEAR[2][2].split(), CLEAR[2][3].split()
    units = [(source, target, [(0, 3)])] * 3
    there = words.certainty(source, target, ("ko", "ru"), encoder, words.confirm(units))
    turned = words.confirm([(b, a, [(j, i) for i, j in pairs]) for a, b, pairs in units])
    assert (there == words.certainty(target, source, ("ru", "ko"), encoder, turned).T).all()
    assert (there != words.certainty(source, target, ("ko", "ru"), encoder)).any()


def test_an_induced_lexicon_holds_what_was_linked(encoder):
    units = [(row[2].split(), row[3].split()) for row in CLEAR[:2]] * 2
    found = words.induce(units, source_language="en", target_language="ru", encoder=encoder)
    assert found.likeness(["peasants"], ["крестьянами"])[0, 0] > found.likeness(["peasants"], ["году"])[0, 0]


def test_evidence_has_the_planes_it_names(encoder):
    one, other = evidence.read([["a", "b", "c"], ["один", "два"]], encoder)
    planes = evidence.first(one, other, ("en", "ru"), words.model().projection, None)
    assert planes.shape == (3, 2, len(evidence.EVIDENCE))
    again = evidence.second(planes, np.full((3, 2), 0.5))
    assert again.shape == (3, 2, len(evidence.EVIDENCE) + len(evidence.NEIGHBOURS))
    assert np.isfinite(again).all()


@pytest.mark.parametrize("step", [(0, 1), (1, 0), (-1, 2), (2, -1), (0, 0), (5, 5)])
def test_shifted_against_a_slow_twin(step):
    plane = np.arange(12.0).reshape(3, 4)
    slow = np.zeros_like(plane)
    for i, j in np.ndindex(3, 4):
        k, m = i + step[0], j + step[1]
        if 0 <= k < 3 and 0 <= m < 4:
            slow[i, j] = plane[k, m]
    assert (evidence.shifted(plane, *step) == slow).all()


@pytest.mark.parametrize("axis", [0, 1])
def test_best_other_against_a_slow_twin(axis):
    plane = np.array([[0.1, 0.9, 0.4], [0.9, 0.2, 0.3], [0.5, 0.9, 0.3]])
    slow = np.zeros_like(plane)
    for i, j in np.ndindex(3, 3):
        line = plane[:, j] if axis == 0 else plane[i]
        slow[i, j] = max(np.delete(line, i if axis == 0 else j))
    assert (evidence.best_other(plane, axis) == slow).all()


def test_the_benchmark_counts_links():
    known = [measured.Linked(("a", "b"), ("c", "d"), frozenset({(0, 0), (1, 1), (1, 0)}))]
    found = [{(0, 0): 0.9, (1, 1): 0.5, (0, 1): 0.5}]
    assert measured.measure(found, known) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert measured.reliability(found, known) == [(2, 0.5, 0.5), (1, pytest.approx(0.9), 1.0)]


def test_the_benchmark_reads_xl_wa(tmp_path):
    path = tmp_path / "xlwa_en_ru_dev.tsv"
    path.write_text("en_tokens\tru_tokens\talignment\nA cat .\tКот .\t0-0 1-0 2-1\n", encoding="utf-8")
    assert measured.load(path) == [
        measured.Linked(("A", "cat", "."), ("Кот", "."), frozenset({(0, 0), (1, 0), (2, 1)}))
    ]


@pytest.mark.parametrize("argument", ["nothing_here", "unnamed.tsv"])
def test_the_benchmark_says_what_it_cannot_read(tmp_path, monkeypatch, capsys, argument):
    (tmp_path / "nothing_here").mkdir()
    (tmp_path / "unnamed.tsv").write_text("", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["words", str(tmp_path / argument)])
    with pytest.raises(SystemExit):
        measured.main()
    assert argument in capsys.readouterr().err


SAID = [
    ("red house", "krasny dom"), ("red car", "krasny avto"), ("old house", "dom stary"), ("old car", "stary avto"),
    ("big house", "bolshoy dom"), ("my house", "moy dom"), ("old tree", "stary derevo"), ("old man", "stary chelovek"),
]  # fmt: skip


def agreed(languages):
    pairs = [Pair(languages, tuple(a.split()), tuple(b.split())) for a, b in SAID * 8]
    return agree(pairs, {word: np.zeros(4) for pair in pairs for word in (*pair.source, *pair.target)})


@pytest.mark.parametrize("languages", [("en", "ru"), ("en", "ko")])
def test_counting_both_ways_agrees_on_words_that_come_together(languages):
    there, back = agreed(languages)[0]
    assert there.shape == back.shape == (2, 2)
    assert there[0, 0] > 0.8 > 0.2 > there[0, 1]
    assert back[1, 1] > 0.8 > 0.2 > back[1, 0]
    assert (there.sum(0) <= 1 + 1e-6).all()
    assert (back.sum(1) <= 1 + 1e-6).all()


def test_counting_follows_words_that_change_places_where_orders_differ():
    near, far = (agreed(languages)[2][0] for languages in (("en", "ru"), ("en", "ko")))
    assert far[0, 1] > far[0, 0]
    assert far[0, 1] > near[0, 1]
