"""Each metric on sentences that a person can judge at a glance; a row is one pair of sentences."""

import pytest

from aligners import encoders
from divergence import ALARM, WORTH_A_REASON, judging
from divergence.evidence import pairs
from divergence.metrics import METRICS, uncovered
from divergence.side import plain_sides


def side(code, text):
    return plain_sides(code, [text], encoders.load())[0]


def measured(metric, source, target):
    """The value of a metric for two texts by themselves, None where it does not apply, and the words it points at."""
    both = side(*source), side(*target)
    found = judging.alone(metric, pairs([both], encoders.load())[0])
    if found is None:
        return None, set()
    value, evidence = found
    places = [(one, pointed) for pointed in evidence.pointed for one in both if one.version == pointed.version]
    told = {one.text[pointed.start : pointed.stop].strip() for one, pointed in places}
    return value, told if value >= WORTH_A_REASON else set()


@pytest.mark.parametrize(
    ("source", "target", "pointed"),
    [
        (("en", "Typed on 1 February 1955."), ("ru", "Отпечатано 1 февраля 1955 года"), set()),
        (("ko", "1955년 2월 2일 타자"), ("en", "Typed on 1 February 1955."), {"1955년 2월 2일", "1 February 1955"}),
        (("ru", "в 1946 году провели реформу"), ("en", "carried out a reform"), {"1946"}),
        (("ru", "разделены на две части"), ("en", "divided into two parts"), set()),
        (("ko", "두 부분으로 분렬되였다"), ("ru", "разделены на три части"), {"두", "три"}),
        (("ko", "3년간의 전쟁"), ("en", "the three-year war"), set()),
        (("ko", "3년간의 전쟁"), ("ru", "трёхлетняя война"), set()),
        (("en", "the second stage"), ("ru", "второго этапа"), set()),
        (("ko", "둘째 단계"), ("en", "the second stage"), set()),
        (("en", "first of all the workers"), ("ru", "прежде всего рабочие"), set()),
        (("ru", "1) Осуществить"), ("en", "Carry out"), set()),
        (("en", "12,500 tons"), ("ru", "12 500 тонн"), set()),
        (("en", "2.5 per cent"), ("ru", "2,5 процента"), set()),
        (("ko", "3월에"), ("en", "in March"), set()),
        (("ru", "в марте"), ("en", "in March"), set()),
        (("en", "he may come"), ("ru", "он может прийти"), set()),
    ],
)
def test_quantities(source, target, pointed):
    value, found = measured("quantities", source, target)
    assert found == pointed
    assert bool(value) == bool(pointed)


# The same quantity written in two ways.
SAME = [
    ("ru", "60 процентов", "en", "sixty per cent"),
    ("en", "fifteen workers", "ru", "15 рабочих"),
    ("ru", "тысяча тонн", "en", "1,000 tons"),
    ("ko", "5만명", "en", "50,000 workers"),
    ("ko", "1만 2천 5백 톤", "ru", "12 500 тонн"),
    ("ko", "삼백오십 명", "en", "three hundred and fifty people"),
    ("ko", "스물다섯 명", "ru", "двадцать пять человек"),
    ("ko", "5개년 계획", "ru", "пятилетний план"),
    ("ko", "이십오년", "en", "25 years"),
    ("ru", "триста пятьдесят тонн", "en", "350 tons"),
    ("ru", "двадцать одна тысяча", "en", "21,000"),
    ("ru", "5 тыс. рабочих", "en", "five thousand workers"),
    ("ru", "2,5 млн. тонн", "en", "2.5 million tons"),
    ("ru", "31.1.1955 г.", "en", "31 January 1955"),
    ("ko", "1955년 2월 14일", "en", "Feb. 14, 1955"),
    ("ru", "14 февр. 1955 г.", "en", "14 February 1955"),
    ("ru", "около пятидесяти домов", "en", "about fifty houses"),
    ("en", "nineteen hundred tons", "ko", "천구백 톤"),
    ("en", "the twenty-first congress", "ru", "двадцать первый съезд"),
    ("ru", "на семинаре четверть года", "en", "in the seminar for a quarter"),
]
# Another quantity.
OTHER = [
    ("ru", "60 процентов", "en", "seventy per cent"),
    ("en", "fifteen workers", "ru", "14 рабочих"),
    ("ko", "5만명", "en", "5,000 workers"),
    ("ko", "삼백오십 명", "en", "three hundred and fifteen people"),
    ("ko", "스물다섯 명", "ru", "двадцать шесть человек"),
    ("ru", "двадцать одна тысяча", "en", "20,000"),
    ("ru", "2,5 млн. тонн", "en", "2.5 thousand tons"),
    ("ru", "31.1.1955 г.", "en", "30 January 1955"),
    ("ko", "1955년 2월 14일", "en", "Feb. 14, 1954"),
]


@pytest.mark.parametrize(("code", "text", "other_code", "other"), SAME, ids=[f"{row[1]} | {row[3]}" for row in SAME])
def test_the_same_quantity_in_another_dress_is_the_same(code, text, other_code, other):
    value, _ = measured("quantities", (code, text), (other_code, other))
    assert not value


@pytest.mark.parametrize(("code", "text", "other_code", "other"), OTHER, ids=[f"{row[1]} | {row[3]}" for row in OTHER])
def test_another_quantity_is_an_alarm(code, text, other_code, other):
    value, found = measured("quantities", (code, text), (other_code, other))
    assert value >= ALARM
    assert found


def test_small_number_words_are_no_alarm_however_many():
    value, _ = measured("quantities", ("en", "the second of two, and the third of five"), ("ru", "это так"))
    assert 0 < value < ALARM


def test_a_date_is_told_once():
    _, found = measured("quantities", ("ko", "1955년 2월 2일 타자"), ("en", "Typed on 3 March 1954."))
    assert found == {"1955년 2월 2일", "3 March 1954"}


@pytest.mark.parametrize(
    ("source", "target", "alarmed"),
    [
        (("ko", "리승만 도당"), ("ru", "клика Ли Сын Мана"), False),
        (("ru", "клика Ли Сын Мана"), ("en", "the Syngman Rhee clique"), False),
        (("ko", "리범석 도당"), ("ru", "клика Ли Сын Мана"), True),
        (("ru", "советские войска"), ("en", "Soviet troops"), False),
        (("ru", "Японские войска"), ("en", "Japanese troops"), False),
        (("ru", "американские войска"), ("en", "the U.S. troops"), False),
        (("ru", "СССР"), ("en", "The army of the U.S.S.R."), False),
        (("ru", "США"), ("en", "They left the U.S."), False),
        (("ko", "일제의 통치"), ("en", "the rule of Japan"), False),
        (("ko", "중화인민공화국"), ("ru", "КНР"), False),
        (("en", "the envoy Sturridge left"), ("ru", "посол Старридж уехал"), False),
        (("en", "the envoy Sturridge left"), ("ru", "посол Кулибали уехал"), True),
        (("de", "Der Redner Harrison kam"), ("fr", "Monsieur l'orateur Harrison est venu"), False),
    ],
)
def test_names(source, target, alarmed):
    value, found = measured("names", source, target)
    assert bool(value and value >= ALARM) == alarmed
    assert bool(found) >= alarmed


@pytest.mark.parametrize(
    ("source", "target"),
    [(("en", "because of this"), ("ru", "из-за этого")), (("ko", "일제히 나섰다"), ("en", "they rose together"))],
)
def test_where_nothing_is_named_names_do_not_apply(source, target):
    assert measured("names", source, target) == (None, set())


@pytest.mark.parametrize(
    ("source", "target", "alarmed"),
    [
        (("ko", "중단되지 않았다"), ("ru", "не была прервана"), False),
        (("ru", "не была прервана"), ("en", "was halted"), True),
        (("ko", "통일이 달성된"), ("ru", "единство не достигнуто"), True),
        (("en", "not only strengthen but also make"), ("ko", "강화할 뿐만 아니라 되게 한다"), False),
        (("ru", "без этого невозможно укрепить"), ("en", "without this it is impossible to strengthen"), False),
        (("ko", "싸우지 않을 수 없다"), ("en", "we must fight"), False),
        (("ru", "Приказ № 28 прочитан"), ("en", "Order No. 28 was read"), False),
        (("ru", "Это, конечно, верно"), ("en", "This is no doubt true"), False),
        (("ko", "잘못을 고쳤다"), ("en", "the mistake was mended"), False),
        (("ko", "착취를 없애야 한다"), ("en", "exploitation must be abolished"), False),
        (("ko", "틀림없이 승리한다"), ("en", "they will surely win"), False),
        (("ko", "못자리를 만들었다"), ("en", "they made a seedbed"), False),
        (("ru", "это не может не вызвать"), ("en", "this is bound to cause"), False),
        (("ru", "мы не можем не сказать"), ("en", "we have to say"), False),
        (("ru", "во что бы то ни стало укрепить"), ("en", "strengthen at all costs"), False),
        (("ko", "잘못을 고치지 못하였다"), ("en", "the mistake was mended"), True),
        (("ru", "не может ждать"), ("en", "can wait"), True),
    ],
)
def test_negation(source, target, alarmed):
    value, found = measured("negation", source, target)
    assert bool(value and value >= ALARM) == alarmed
    assert bool(found) == alarmed


@pytest.mark.parametrize(
    ("source", "target", "alarmed"),
    [
        (("ko", "투쟁을 전개할 수 있다"), ("ru", "необходимо развернуть борьбу"), True),
        (("ru", "может завершить"), ("en", "should finish"), True),
        (("ru", "план требуется"), ("en", "the plan requires"), False),
        (("ko", "강화하여야 한다"), ("ru", "должны укрепить"), False),
        (("ru", "способны вести"), ("en", "have the ability to wage"), False),
        (("en", "The sun rises."), ("ru", "Солнце встаёт."), False),
        (("en", "It was in May."), ("ru", "Это было в мае."), False),
        (("ru", "это нельзя сносить"), ("en", "this must not be torn down"), False),
    ],
)
def test_modality(source, target, alarmed):
    value, found = measured("modality", source, target)
    assert bool(value and value >= ALARM) == alarmed
    if alarmed:
        assert len(found) == 2


def test_an_added_clause_gains_more_than_a_faithful_one():
    faithful = ("ru", "Укрепить производственные связи между нашей промышленностью и сельским хозяйством.")
    longer = (
        "en",
        "Strengthen the production ties between our industry and agriculture, while all schools of the capital stay closed until Monday.",
    )
    plain = ("en", "Strengthen the production ties between our industry and agriculture.")
    added, pointed = measured("addition", faithful, longer)
    same, _ = measured("addition", faithful, plain)
    assert added >= ALARM > same
    assert any("schools" in stretch for stretch in pointed)


def test_a_sentence_without_counterpart_is_pointed_at_whole():
    source = ("ru", "Земля была роздана крестьянам. Школы столицы закрыты из-за снегопада. Народ победил в войне.")
    target = ("en", "The land was given to the peasants. The people won the war.")
    value, pointed = measured("omission", source, target)
    assert value >= ALARM
    assert pointed == {"Школы столицы закрыты из-за снегопада."}


@pytest.mark.parametrize(
    ("code", "text"), [("en", 'He said, "Go home." The end.'), ("ru", "“Это так!” Конец."), ("ko", "끝이다！ 그렇다.")]
)
def test_a_sentence_ends_behind_quotation_marks_and_full_width_marks(code, text):
    one = side(code, text)
    assert len(uncovered._borders(one.text, one.trace.words, uncovered.SENTENCE)) == 3


def test_meaning_is_lower_for_a_translation_than_for_another_text():
    source = ("ru", "Земля была роздана крестьянам.")
    near, _ = measured("meaning", source, ("en", "The land was given to the peasants."))
    far, _ = measured("meaning", source, ("en", "The orchestra will play Beethoven tonight."))
    assert near < ALARM <= far


@pytest.mark.parametrize("metric", METRICS)
def test_identical_texts_score_nothing(metric):
    text = ("en", "In 1946 the two parties of Syngman Rhee must not and cannot agree. It is so.")
    value, found = measured(metric, text, text)
    assert not value
    assert not found
