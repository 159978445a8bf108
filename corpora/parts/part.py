"""A text of several that stand in one file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpora.languages import language

# What stands between the pieces of a text.
BETWEEN = "\n\n"
# How a warning ends that says that a file was divided.
OTHERWISE = "say that the file is one text where this is wrong"


@dataclass(frozen=True, slots=True)
class Part:
    """A text: its language, "" to go by its letters, and its pieces.

    Where the texts are aligned each has a piece in every place, "" where it lacks one.
    """

    language: str
    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return BETWEEN.join(piece for piece in self.pieces if piece)


@dataclass(frozen=True, slots=True)
class Parts:
    """The texts of a file in order; where `is_aligned`, pieces in the same place belong together."""

    texts: tuple[Part, ...]
    is_aligned: bool = False
    warnings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def listed(codes: Sequence[str]) -> str:
    """The names of languages as a sentence has them: "Korean, Russian and English"."""
    names = [language(code).name for code in codes]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def cycles(marks: Sequence[str]) -> list[dict[str, int]]:
    """The rounds in which marks come again in the order of their first appearance: for each mark of a round its place.

    >>> cycles(["ko", "ru", "ko", "ko", "ru"])
    [{'ko': 0, 'ru': 1}, {'ko': 2}, {'ko': 3, 'ru': 4}]
    """
    order = {mark: rank for rank, mark in enumerate(dict.fromkeys(marks))}
    rounds: list[dict[str, int]] = []
    last = len(order)
    for place, mark in enumerate(marks):
        if order[mark] <= last:
            rounds.append({})
        rounds[-1][mark] = place
        last = order[mark]
    return rounds


def aligned(rounds: Sequence[Mapping[str, int]], pieces: Sequence[str], marks: Sequence[str]) -> tuple[Part, ...]:
    """The texts that the pieces of these rounds make, one a mark."""
    return tuple(
        Part(mark, tuple(pieces[one[mark]] if mark in one else "" for one in rounds)) for mark in dict.fromkeys(marks)
    )
