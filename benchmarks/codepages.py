"""Which text files are read right when they do not say their encoding, which are asked about, and which are misread.

    python -m benchmarks.codepages GOLD_FOLDER [--words 2000] [--wrong]

Texts of the gold documents and of the example are written in every encoding that can hold them, in five lengths: words,
sentences, paragraphs, pages and whole versions; besides as they stand also as a typewriter has them, in capitals, with
English quotations in Russian text, and with the Chinese characters that Korean papers of the period write. Read right is
what comes back as the same text. The statistics by which encodings are told are made from none of these texts.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.gold import load_folder
from corpora import example
from corpora.citation import paper
from corpora.codepages import decode
from corpora.errors import ReadError

SEED = 1
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le")
KOREAN = ("cp949", "johab", "iso2022_kr")
RUSSIAN = ("cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic")
WESTERN = ("cp1252", "iso8859_1", "mac_roman")
ENCODINGS = {"ko": (*UNICODE, *KOREAN), "ru": (*UNICODE, *RUSSIAN), "en": (*UNICODE, *WESTERN)}
LENGTHS = ("word", "sentence", "paragraph", "page", "whole")
# Lines of a paragraph and of a page.
PARAGRAPH, PAGE = 4, 30
TYPEWRITER = str.maketrans({
    "—": "-", "–": "-", "№": "N", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "…": "...",
})  # fmt: skip
TYPESET = ((re.compile(r'(?<![\w.,!?])"(?=\S)'), "“"), (re.compile('"'), "”"), (re.compile(r"(?<=\w)'"), "’"), (re.compile(" - "), " — "))  # fmt: skip
# Words that Korean papers of the period write in Chinese characters.
HAN = {
    "조선": "朝鮮", "인민": "人民", "정부": "政府", "국가": "國家", "경제": "經濟", "사회": "社會", "정치": "政治", "대통령": "大統領",
    "미국": "美國", "한국": "韓國", "중국": "中國", "세계": "世界", "문제": "問題", "시간": "時間", "사람": "人", "경찰": "警察",
    "회사": "會社", "대회": "大會", "혁명": "革命", "민주": "民主", "주의": "主義", "조국": "祖國", "통일": "統一", "예수": "耶蘇",
    "유대": "猶太", "선생": "先生", "제자": "弟子", "국민": "國民", "전쟁": "戰爭", "시장": "市場", "의원": "議員", "선수": "選手",
}  # fmt: skip
# Quotations in Russian text.
QUOTED = ' (in the original: "the working people of our country", p. 5)'


def typeset(text: str) -> str:
    """The text with the quotation marks, apostrophes and dashes of print."""
    for pattern, sign in TYPESET:
        text = pattern.sub(sign, text)
    return text


def with_han(text: str) -> str:
    """Korean with these words in Chinese characters."""
    for word, characters in HAN.items():
        text = text.replace(word, characters)
    return text


def quoting(text: str) -> str:
    """Russian with an English quotation in every fifth line."""
    lines = text.split("\n")
    return "\n".join(line + QUOTED if number % 5 == 0 else line for number, line in enumerate(lines))


WAYS: dict[str, tuple[tuple[str, ...], Callable[[str], str]]] = {
    "as it stands": (("ko", "ru", "en"), str),
    "typewriter": (("ko", "ru", "en"), lambda text: text.translate(TYPEWRITER)),
    "print": (("ru", "en"), typeset),
    "capitals": (("ru",), lambda text: text.translate(TYPEWRITER).upper()),
    "English quoted": (("ru",), quoting),
    "Chinese characters": (("ko",), with_han),
}


def texts(lines: Sequence[str], words: int, encoding: str) -> dict[str, list[str]]:
    """Texts of each length, from those lines that can be written in the encoding."""
    lines = [line for line in lines if line.encode(encoding, "ignore").decode(encoding) == line]
    chance = random.Random(SEED)
    distinct = sorted({word.strip(".,:;!?()[]\"'“”‘’«»„—–-…") for line in lines for word in line.split()})
    distinct = [word for word in distinct if len(word) > 1]
    return {
        "word": chance.sample(distinct, min(words, len(distinct))),
        "sentence": list(lines),
        "paragraph": ["\n".join(lines[start : start + PARAGRAPH]) for start in range(0, len(lines), PARAGRAPH)],
        "page": ["\n\n".join(lines[start : start + PAGE]) for start in range(0, len(lines), PAGE)],
        "whole": ["\n\n".join(lines)],
    }


def outcome(text: str, encoding: str) -> str:
    """What becomes of a text in this encoding: "right", "asked" or "wrong"."""
    try:
        return "right" if decode(text.encode(encoding), '"f"')[0] == text else "wrong"
    except ReadError:
        return "asked"


def corpus(folder: Path) -> dict[str, list[str]]:
    """Lines of each language: every set of the gold folder but repetitions, and the example."""
    found: dict[str, dict[str, None]] = {language: {} for language in ENCODINGS}
    for gold in load_folder(folder):
        for language in found:
            found[language].update(dict.fromkeys(gold.versions.get(language, ())))
    for version in example.versions():
        found[version.language].update(dict.fromkeys(line for line in paper(version.text).split("\n") if line.strip()))
    return {language: list(lines) for language, lines in found.items()}


def measured(lines: Sequence[str], language: str, words: int, wrong: bool) -> Iterator[str]:
    """The lines of the table for one language; what is misread besides, when `wrong`."""
    for name, (languages, change) in WAYS.items():
        if language not in languages:
            continue
        changed = change("\n".join(lines)).split("\n")
        for encoding in ENCODINGS[language]:
            made, cells = texts(changed, words, encoding), []
            for length in LENGTHS:
                outcomes = [(outcome(text, encoding), text) for text in made[length] if any(map(str.isalpha, text))]
                counts = Counter(what for what, _ in outcomes)
                cells.append(f"{counts['right']} / {counts['asked']} / {counts['wrong']}")
                if wrong:
                    yield from (f"misread: {encoding} {text[:60]!r}" for what, text in outcomes if what == "wrong")
            yield f"| {language} | {name} | {encoding} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=2000, help="words that are drawn for each language")
    parser.add_argument("--wrong", action="store_true", help="print what is misread")
    options = parser.parse_args()
    print(f"| language | signs | encoding | {' | '.join(LENGTHS)} |\n|---|---|---|{'---|' * len(LENGTHS)}")
    for language, lines in corpus(options.folder).items():
        for line in measured(lines, language, options.words, options.wrong):
            print(line, flush=True)


if __name__ == "__main__":
    main()
