"""A file read in several encodings, and how likely each reading is."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.codepages import judge
from corpora.codepages.sample import stretches, wide_stretches
from corpora.quoting import clean_line

# A byte above 127, or a control character, of an encoding that is not known costs this many bits. Right readings of
# Russian cost about 4.5 bits a letter, of Korean about 9 a syllable of two bytes. Where most letters are ASCII each run of
# such bytes costs more, and the more the scarcer they are: one letter with an accent in a page says little.
UNKNOWN, SCARCE = 6.8, 2.0
ASCII_LETTER = re.compile(rb"[A-Za-z]")
HIGH_OR_CONTROL = re.compile(rb"[^\t\n\x0c\r -~]+")
SEEN = re.compile(r"\S*[^\x00-\x7f]")
# Characters that a preview shows.
PREVIEW = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sample of a file reads like in an encoding, and the bits that this costs: the fewer the likelier."""

    encoding: str
    texts: tuple[str, ...]
    bits: float

    @property
    def lines(self) -> list[str]:
        """The lines of the sample, which are the same ones in every encoding of one or two bytes."""
        return [line for text in self.texts for line in text.split("\n")]


def readings(data: bytes, encodings: Sequence[str]) -> list[Reading]:
    """Readings of the file that differ from one another, the most likely first.

    Bytes that do not fit an encoding are read as U+FFFD, which no text holds; in UTF-16 and UTF-32 all must fit.
    """
    found: dict[tuple[str, ...], str] = {}
    narrow, wide = stretches(data), wide_stretches(data)
    for encoding in encodings:
        is_wide = encoding.startswith(("utf-16", "utf-32"))
        if is_wide and misfit(data, encoding) is not None:
            continue
        pieces = wide if is_wide else narrow
        found.setdefault(tuple(piece.decode(encoding, "replace") for piece in pieces), encoding)
    judged = [Reading(encoding, texts, sum(map(judge.cost, texts))) for texts, encoding in found.items()]
    return sorted(judged, key=lambda one: one.bits)


def unknown(data: bytes, reading: Reading) -> float:
    """The bits that the same sample costs when its bytes mean something that is not known."""
    if reading.encoding.startswith(("utf-16", "utf-32")):
        return UNKNOWN * sum(map(len, wide_stretches(data)))
    sample = b" ".join(stretches(data))
    rest, runs = HIGH_OR_CONTROL.subn(b"", sample)
    high = len(sample) - len(rest)
    if not high:
        return math.inf
    scarcity = math.log2((high + len(ASCII_LETTER.findall(rest))) / high)
    return judge.cost(rest.decode()) + high * UNKNOWN + runs * SCARCE * scarcity


def misfit(data: bytes, encoding: str) -> int | None:
    """The place of the first byte that does not fit the encoding, None where all do."""
    try:
        text = data.decode(encoding.removesuffix("-sig"))
    except UnicodeDecodeError as error:
        return error.start
    # The mark of the other order of bytes.
    return 0 if text.startswith("\ufffe") else None


def first_words(text: str) -> str:
    """The first words of a reading that not every encoding has alike, on one line."""
    told = SEEN.search(text)
    shown = text[told.start() :] if told else text
    return clean_line(shown[: 2 * PREVIEW])[:PREVIEW].strip().replace('"', "'")
