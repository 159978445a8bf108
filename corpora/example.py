"""The document the workbench opens with: the chain of 31 January 1955."""

from pathlib import Path

from corpora import read
from corpora.document import Version

SEEDS = Path(__file__).parent.parent / "seeds"
STEM = "nature-of-our-revolution-1955"


def versions() -> list[Version]:
    """Korean, Russian and English, in chain order; the first two are placeholders and say so."""
    return [read(SEEDS / f"{STEM}.{id}.txt", id) for id in ("ko", "ru", "en")]
