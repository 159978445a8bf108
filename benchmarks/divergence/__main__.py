"""How well divergence is found, named and traced.

    python -m benchmarks.divergence FOLDER [--only PART ...]

The folder holds `ntrex_injected.jsonl`: units of three versions in which one thing was changed, clean ones, and copy
edits that change no meaning. Where `mlqe_ru_en_train.tsv` is there too, what people thought of translations follows, see
`quality.py`; where `refresd_a.tsv` is, English-French pairs that people judged, with the words they marked; see
`rationales.py`. Then come the 1955 chain, as `python -m benchmarks.differences` prints it, and
the time that scoring takes.
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import differences
from benchmarks.divergence import injected, quality, rationales, speed

UNITS = "ntrex_injected.jsonl"
# Each part with the file it needs, if any.
PARTS: dict[str, tuple[str, Callable[[Path], Iterator[str]]]] = {
    "injected": (UNITS, lambda folder: injected.report(folder / UNITS)),
    "quality": (quality.TRAIN, quality.report),
    "rationales": (rationales.HALVES[0], rationales.report),
    "chain": ("", lambda _folder: differences.report()),
    "speed": (UNITS, lambda folder: speed.report(folder / UNITS)),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    options = parser.parse_args()
    for name in options.only:
        file, report = PARTS[name]
        if not file or (options.folder / file).exists():
            print(f"## {name}\n")
            for line in report(options.folder):
                print(line, flush=True)
            print()


if __name__ == "__main__":
    main()
