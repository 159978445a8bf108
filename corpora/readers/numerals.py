"""Numbers as automatic lists show them: 3 -> "c", "iii", "다" ..."""

from collections.abc import Callable, Mapping

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
         (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
LATIN = "abcdefghijklmnopqrstuvwxyz"
# Without ё, й, ъ, ы, ь: lists in Russian leave them out.
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
SYLLABLES = "가나다라마바사아자차카타파하"
CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
HAN = "一二三四五六七八九十"
# The largest number that is written in another way than in digits.
MOST = 3999


def _repeated(letters: str) -> Callable[[int], str]:
    """a, b ... z, aa, bb: as Word goes on behind the last letter."""
    return lambda number: letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)


def _roman(number: int) -> str:
    found = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        found += letters * count
    return found


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    return ("" if tens < 2 else HAN[tens - 1]) + ("十" if tens else "") + (HAN[ones - 1] if ones else "")


# By their names in Word files (ECMA-376, ST_NumberFormat).
FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _repeated(LATIN),
    "upperLetter": _repeated(LATIN.upper()),
    "russianLower": _repeated(RUSSIAN),
    "russianUpper": _repeated(RUSSIAN.upper()),
    "ganada": _repeated(SYLLABLES),
    "chosung": _repeated(CONSONANTS),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "chineseCounting": _han,
    "koreanDigital2": _han,
    "japaneseCounting": _han,
    "numberInDash": lambda number: f"- {number} -",
}


def numeral(number: int, format: str) -> str:
    """A number as a list of this format shows it, in digits where the format is not known here.

    >>> [numeral(4, format) for format in ("decimal", "lowerRoman", "upperLetter", "ganada", "russianLower")]
    ['4', 'iv', 'D', '라', 'г']
    """
    written = FORMATS.get(format)
    return written(number) if written and 0 < number <= MOST else str(number)
