"""What is usual in a document: what a few of its units are measured beside, without reading all the others again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from aligners.encoders import Encoder
from aligners.words.lexicon import Lexicon
from corpora.document import Hop
from corpora.errors import ScoreError
from divergence.calibration import Usual
from divergence.metrics import LEVELLED

AGAIN = "measure the whole document again."


@dataclass(frozen=True, slots=True)
class HopContext:
    """What is usual in a hop.

    `usual` are the levels of the features that depend on the languages, by metric; `lexicon` is what the links of all
    pairs teach, source to target, as far as it can tell anything; `word` is the usual logit of a word to have no
    counterpart, None where no highlights were asked for.
    """

    usual: Mapping[str, Usual]
    lexicon: Lexicon
    word: float | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is usual in every hop of a document, by the hop's id, as the encoder of this signature reads it."""

    encoder: str
    hops: Mapping[str, HopContext]

    def check(self, encoder: Encoder, hops: Iterable[Hop], *, highlight: bool) -> None:
        """Nothing when units can be measured beside this.

        Raises:
            ScoreError: the encoder is another one, a hop was not measured, or no highlights were asked for then.
        """
        if encoder.signature != self.encoder:
            raise ScoreError(
                f"The document was measured with the encoder {self.encoder}, not {encoder.signature}; {AGAIN}"
            )
        for hop in hops:
            if hop.id not in self.hops:
                raise ScoreError(f"What is usual is known of {', '.join(self.hops)} but not of {hop.id}; {AGAIN}")
            if highlight and self.hops[hop.id].word is None:
                raise ScoreError(f"The document was measured without highlights; {AGAIN[:-1]} with them.")

    @property
    def record(self) -> dict[str, Any]:
        """The context as plain values, which JSON holds without loss."""
        return {"encoder": self.encoder, "hops": {id: _record(one) for id, one in self.hops.items()}}


def context(record: Mapping[str, Any]) -> Context:
    """The context of a record.

    Raises:
        ScoreError: the record is broken, or measures other features than this release.
    """
    try:
        return Context(str(record["encoder"]), {id: _hop(one) for id, one in record["hops"].items()})
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise ScoreError(f"What is usual in the document was kept by another release or is broken; {AGAIN}") from None


def _record(one: HopContext) -> dict[str, Any]:
    # Most words are linked to several others: those stand together.
    together: dict[str, dict[str, float]] = {}
    for (source, target), weight in one.lexicon.together.items():
        together.setdefault(source, {})[target] = weight
    return {
        "usual": {
            name: {"level": level.level.tolist(), "spread": level.spread.tolist()} for name, level in one.usual.items()
        },
        "lexicon": {
            "together": together, "source": dict(one.lexicon.source), "target": dict(one.lexicon.target),
        },
        "word": one.word,
    }  # fmt: skip


def _hop(record: Mapping[str, Any]) -> HopContext:
    usual = {name: _usual(record["usual"][name], len(places)) for name, places in LEVELLED.items()}
    held, word = record["lexicon"], record["word"]
    together = {
        (source, target): float(weight) for source, row in held["together"].items() for target, weight in row.items()
    }
    source, target = ({one: float(count) for one, count in held[side].items()} for side in ("source", "target"))
    if not all(one in source and other in target for one, other in together):
        raise ValueError
    return HopContext(usual, Lexicon(together, source, target), None if word is None else float(word))


def _usual(record: Mapping[str, Any], features: int) -> Usual:
    level, spread = (np.array(record[name], float) for name in ("level", "spread"))
    if not level.shape == spread.shape == (features,):
        raise ValueError
    return Usual(level, spread)
