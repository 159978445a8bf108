"""How well words are linked, against links that people made.

    python -m benchmarks.words FILE_OR_FOLDER

Reads XL-WA tables (Martelli et al. 2023; CC BY-NC-SA, to measure with only) named *LANGUAGE_LANGUAGE*.tsv: words of
either side and links `i-j`, tab-separated. The lexicon is induced from the file's own sentences, without their links.
Prints precision, recall and F1 without and with that lexicon, and what links of each confidence are worth. Writes
nothing.
"""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aligners import encoders, words
from aligners.encoders import Encoder
from aligners.words.lexicon import Lexicon

LANGUAGES = re.compile(r"(?:^|[_.-])([a-z]{2})[_-]([a-z]{2})(?=[_.-])")
BANDS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Linked:
    """Two sentences as words, and the links a person made."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    links: frozenset[tuple[int, int]]


def load(path: Path) -> list[Linked]:
    """The sentences of an XL-WA table."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 3 and re.fullmatch(r"\d+-\d+( \d+-\d+)*", cells[2]):
            source, target, links = (cell.split() for cell in cells)
            pairs = frozenset((int(i), int(j)) for i, j in (link.split("-") for link in links))
            found.append(Linked(tuple(source), tuple(target), pairs))
    return found


def predict(
    known: Sequence[Linked], languages: tuple[str, str], encoder: Encoder, lexicon: Lexicon | None
) -> list[dict[tuple[int, int], float]]:
    """The machine's links of every sentence with their confidence."""
    return [
        {
            (link.source, link.target): link.confidence
            for link in words.link(
                one.source, one.target, source_language=languages[0], target_language=languages[1],
                encoder=encoder, lexicon=lexicon,
            )
        }
        for one in known
    ]  # fmt: skip


def measure(found: Sequence[dict[tuple[int, int], float]], known: Sequence[Linked]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all links."""
    right = sum(len(links.keys() & one.links) for links, one in zip(found, known, strict=True))
    precision = right / max(sum(map(len, found)), 1)
    recall = right / max(sum(len(one.links) for one in known), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def reliability(
    found: Sequence[dict[tuple[int, int], float]], known: Sequence[Linked]
) -> list[tuple[int, float, float]]:
    """Links, mean confidence and share that is right, for each band of confidence that has any."""
    pairs = np.array(
        [(c, link in one.links) for links, one in zip(found, known, strict=True) for link, c in links.items()]
    )
    band = np.digitize(pairs[:, 0], BANDS[1:-1])
    rows = [(int((band == k).sum()), pairs[band == k].mean(axis=0)) for k in sorted(set(band.tolist()))]
    return [(count, float(confidence), float(right)) for count, (confidence, right) in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    path = parser.parse_args().path
    files = sorted(path.glob("*xlwa*.tsv")) if path.is_dir() else [path]
    if not files:
        parser.error(f"{path} has no file named *xlwa*.tsv")
    encoder = encoders.load()
    print(f"{'file':28} {'lexicon':8} sentences     P     R    F1")
    for file in files:
        codes = LANGUAGES.search(file.name)
        if not codes:
            parser.error(f"{file.name} does not name its two languages")
        known, languages = load(file), (codes[1], codes[2])
        if not known:
            parser.error(f"{file.name} has no line of words, words and links")
        lexicon = words.induce(
            [(one.source, one.target) for one in known],
            source_language=languages[0], target_language=languages[1], encoder=encoder,
        )  # fmt: skip
        for name, used in (("none", None), ("induced", lexicon)):
            found = predict(known, languages, encoder, used)
            figures = " ".join(f"{figure:.3f}" for figure in measure(found, known))
            print(f"{file.name:28} {name:8} {len(known):9} {figures}")
        print("links  confidence  right")
        for count, confidence, right in reliability(found, known):
            print(f"{count:5}  {confidence:10.3f}  {right:.3f}")


if __name__ == "__main__":
    main()
