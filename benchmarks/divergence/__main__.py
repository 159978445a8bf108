"""How well divergence is found, named and traced.

    python -m benchmarks.divergence FOLDER

The folder holds `ntrex_injected.jsonl`: units of three versions in which one thing was changed, clean ones, and copy
edits that change no meaning. Where `refresd_a.tsv` is there too, English-French pairs that people judged follow, with the
words they marked; see `rationales.py`. The figures of the 1955 chain are printed by `python -m benchmarks.differences`.
"""

import argparse
from pathlib import Path

from benchmarks.divergence import injected, rationales


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    for line in injected.report(options.folder / "ntrex_injected.jsonl"):
        print(line)
    if (options.folder / rationales.HALVES[0]).exists():
        print()
        for line in rationales.report(options.folder):
            print(line)


if __name__ == "__main__":
    main()
