"""What an operation comes to."""

from dataclasses import dataclass

from reviews.work import Work


@dataclass(frozen=True, slots=True)
class Outcome:
    """The work after an operation, the ids of rows and notes it touched, and what was done, as the end of a sentence."""

    work: Work
    touched: tuple[str, ...]
    said: str


def count(number: int, noun: str) -> str:
    """The number and the noun, in the plural where there is not just one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
