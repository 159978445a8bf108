"""A long document in three languages, made up by chance, whose alignment and deviations are known.

Its paragraphs are put together from sentences of the chain of 1955 that say the same in every version, and from
sentences with a number, a date, a place or a person of their own, so that no two paragraphs are the same. Most units
have one paragraph a version. The others deviate, at the rates of `DEVIATIONS`: a paragraph is missing in one version,
is two paragraphs in the Russian, or has another number or lacks a denial from some step of the chain on.

None of this was ever written by anybody: the versions are placeholders, and people and figures in them are invented.
"""

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aligners.alignment import from_kinds
from corpora import open_document
from corpora.document import Version
from corpora.example import SEEDS
from corpora.normalise import digest
from corpora.segmenters.sentences import split_plain
from divergence import score
from reviews import Review

LANGUAGES = ("ko", "ru", "en")
# Shares of the units.
DEVIATIONS = {"missing": 0.03, "split": 0.03, "number": 0.02, "negation": 0.01}
# Words of a paragraph: the mean of the three versions, drawn evenly. English has more than that, Korean less.
LEAST_WORDS, MOST_WORDS = 35, 55
# The differences that were put into the example on purpose, besides those of terms, are no part of what is put together.
OF_TERMS = ("term split", "term merge")
LIST_MARK = re.compile(r"^\d+[.)] ")

Texts = tuple[str, ...]

# Numbers are counted in fives, behind which Russian nouns have one form.
TEMPLATES = (
    (
        "{year}년 {month}월 {day}일 {person} 동지가 이 문제에 대하여 보고하였다.",
        "{day} {month} {year} года по этому вопросу выступил с докладом товарищ {person}.",
        "On {day} {month} {year} Comrade {person} reported on this question.",
    ),
    (
        "{place}군에서는 {year}년에 농민 {number}명이 협동조합에 가입하였다.",
        "В уезде {place} в {year} году в кооперативы вступило {number} крестьян.",
        "In {place} County {number} peasants joined the cooperatives in {year}.",
    ),
    (
        "{place}군의 알곡 수확은 {year}년에 {number}톤에 달하였다.",
        "Урожай зерна в уезде {place} достиг в {year} году {number} тонн.",
        "The grain harvest of {place} County reached {number} tons in {year}.",
    ),
    (
        "{place}군에서는 전쟁 후 학교 {number}개가 복구되였다.",
        "В уезде {place} после войны было восстановлено {number} школ.",
        "In {place} County {number} schools were rebuilt after the war.",
    ),
    (
        "{year}년 {month}월에 {place} 공장에서는 로동자 {number}명이 일하였다.",
        "На заводе {place} в {month_in} {year} года работало {number} рабочих.",
        "In {month} {year} {number} workers worked at the {place} factory.",
    ),
    (
        "{person} 동지는 {place}군에서 {number}일 동안 사업하였다.",
        "Товарищ {person} работал в уезде {place} {number} дней.",
        "Comrade {person} worked in {place} County for {number} days.",
    ),
)
DENIAL = (
    "그러나 {person} 동지는 {place}군에서 {year}년에 이 과업을 수행하지 않았다.",
    "Однако товарищ {person} в уезде {place} в {year} году эту задачу не выполнил.",
    "However, Comrade {person} did not fulfil this task in {place} County in {year}.",
)
UNDENIED = (("수행하지 않았다", "수행하였다"), ("не выполнил", "выполнил"), ("did not fulfil", "fulfilled"))
# Names of persons and places beside one another as the three languages write them.
SURNAMES = (
    ("김", "Ким", "Kim"),
    ("리", "Ли", "Ri"),
    ("박", "Пак", "Pak"),
    ("정", "Тен", "Chong"),
    ("최", "Цой", "Choe"),
)
GIVEN = (
    ("만수", "Ман Су", "Man Su"), ("철수", "Чер Су", "Chol Su"), ("인호", "Ин Хо", "In Ho"), ("동식", "Дон Сик", "Tong Sik"),
    ("기남", "Ги Нам", "Ki Nam"), ("명환", "Мен Хван", "Myong Hwan"), ("영길", "Ен Гир", "Yong Gil"),
)  # fmt: skip
PLACES = (
    ("안악", "Анак", "Anak"), ("강동", "Кандон", "Kangdong"), ("순천", "Сунчхон", "Sunchon"), ("개천", "Кэчхон", "Kaechon"),
    ("함주", "Хамджу", "Hamju"), ("길주", "Кильчжу", "Kilju"), ("신계", "Синге", "Singye"), ("성천", "Сончхон", "Songchon"),
    ("문천", "Мунчхон", "Munchon"), ("재령", "Чэрён", "Chaeryong"), ("단천", "Танчхон", "Tanchon"),
)  # fmt: skip
MONTHS = (
    ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"),
    ("января", "февраля", "марта", "апреля", "мая", "июня",
     "июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ("January", "February", "March", "April", "May", "June",
     "July", "August", "September", "October", "November", "December"),
)  # fmt: skip
# As Russian has them behind "в".
MONTHS_IN = ("январе", "феврале", "марте", "апреле", "мае", "июне",
             "июле", "августе", "сентябре", "октябре", "ноябре", "декабре")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A unit: the paragraphs of each version, and the deviation in it, "" for none."""

    sides: tuple[Texts, ...]
    deviation: str = ""

    @property
    def kind(self) -> tuple[int, ...]:
        """The number of paragraphs a version."""
        return tuple(map(len, self.sides))


def versions(units: int, seed: int = 0) -> list[Version]:
    """The Korean, Russian and English version of a document of this many units, the same for the same seed."""
    return chain(units, seed)[0]


def chain(units: int, seed: int = 0) -> tuple[list[Version], list[tuple[int, ...]]]:
    """The versions, and how many paragraphs of each make every unit, as `from_kinds` takes them."""
    made = compose(units, seed)
    title = f"Made-up document of {units} units"
    found = []
    for place, language in enumerate(LANGUAGES):
        text = "\n\n".join(paragraph for unit in made for paragraph in unit.sides[place]) + "\n"
        metadata = {"file": f"made-up-{units}.{language}.txt"}
        found.append(Version(language, language, title, text, digest(text), status="placeholder", metadata=metadata))
    return found, [unit.kind for unit in made]


def review(units: int, seed: int = 0) -> Review:
    """The review of such a document: aligned as it was made, and scored."""
    found, kinds = chain(units, seed)
    document = open_document(found)
    alignment = from_kinds(LANGUAGES, kinds, "as made up")
    return Review(document, "paragraph", alignment, score(document, alignment, highlight=True))


def compose(units: int, seed: int = 0) -> list[Made]:
    """The units one by one, with what deviates in each."""
    chance = random.Random(f"made up {seed}")
    deviations = [name for name, share in DEVIATIONS.items() for _ in range(round(share * units))]
    deviations += [""] * (units - len(deviations))
    chance.shuffle(deviations)
    dealt, taken = _dealt(chance), set[Texts]()
    return [_unit(deviation, dealt, taken, chance) for deviation in deviations]


def _unit(deviation: str, dealt: Iterator[Texts], taken: set[Texts], chance: random.Random) -> Made:
    own = _own(deviation, chance)
    while own in taken:
        own = _own(deviation, chance)
    taken.add(own)
    wanted = chance.uniform(LEAST_WORDS, MOST_WORDS)
    sentences = [own, next(dealt)]
    # Half a sentence beyond is as far from the wanted number as half a sentence short of it.
    while _words(sentences) + _words([sentence := next(dealt)]) / 2 < wanted:
        if sentence not in sentences:
            sentences.append(sentence)
    chance.shuffle(sentences)
    sides: list[Texts] = [(" ".join(column),) for column in zip(*sentences, strict=True)]
    if deviation == "missing":
        sides[chance.randrange(len(LANGUAGES))] = ()
    if deviation == "split":
        cut = chance.randrange(1, len(sentences))
        russian = [sentence[LANGUAGES.index("ru")] for sentence in sentences]
        sides[LANGUAGES.index("ru")] = (" ".join(russian[:cut]), " ".join(russian[cut:]))
    return Made(tuple(sides), deviation)


def _own(deviation: str, chance: random.Random) -> Texts:
    """A sentence with slots filled, in every language; changed from some step of the chain on where that deviates."""
    counted = [template for template in TEMPLATES if "{number}" in template[0]]
    template = chance.choice(counted if deviation == "number" else (*TEMPLATES, DENIAL))
    if deviation == "negation":
        template = DENIAL
    person, place = (chance.choice(SURNAMES), chance.choice(GIVEN)), chance.choice(PLACES)
    year, month, day = chance.randrange(1946, 1956), chance.randrange(12), chance.randrange(1, 29)
    number, other = chance.sample(range(25, 1000, 5), 2)
    # The step that brings the change in: Korean to Russian, or Russian to English.
    changed_from = chance.choice([1, 2])
    found = []
    for version, text in enumerate(template):
        is_changed = version >= changed_from
        if deviation == "negation" and is_changed:
            text = text.replace(*UNDENIED[version])
        slots = {
            "person": ("" if version == 0 else " ").join(part[version] for part in person),
            "place": place[version],
            "number": other if deviation == "number" and is_changed else number,
            "day": day,
            "month": MONTHS[version][month],
            "month_in": MONTHS_IN[month],
            "year": year,
        }
        found.append(text.format(**slots))
    return tuple(found)


def _words(sentences: Sequence[Texts]) -> float:
    """The words of these sentences, as the mean of the versions."""
    return sum(len(text.split()) for sentence in sentences for text in sentence) / len(LANGUAGES)


def _dealt(chance: random.Random) -> Iterator[Texts]:
    """Sentences of the example without end: each once, shuffled, then all anew."""
    while True:
        pack = list(rows())
        chance.shuffle(pack)
        yield from pack


@lru_cache(maxsize=1)
def rows() -> tuple[Texts, ...]:
    """The sentences of the example that say the same in every version, as a sentence each."""
    gold = json.loads((SEEDS / "gold.json").read_text("utf-8"))
    planted = json.loads((SEEDS / "differences.json").read_text("utf-8"))["differences"]
    quotes = [one["quotes"] for one in planted if one["kind"] not in OF_TERMS]
    found = []
    for unit in gold["gold"]:
        sides = [_sentences(gold["versions"][language][place] for place in unit[language]) for language in LANGUAGES]
        if len(set(map(len, sides))) == 1:
            found += list(zip(*sides, strict=True))
    return tuple(
        row
        for row in found
        if all(text.endswith(".") for text in row)
        and not any(quote in row[place] for one in quotes for place, v in enumerate(LANGUAGES) for quote in one[v])
    )


def _sentences(paragraphs: Iterable[str]) -> list[str]:
    """The sentences of some paragraphs; an item of a list is a sentence like any other."""
    texts = (re.sub(r";$", ".", LIST_MARK.sub("", paragraph)) for paragraph in paragraphs)
    return [text[start:stop] for text in texts for start, stop in split_plain(text)]
