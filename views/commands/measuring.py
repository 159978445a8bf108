"""Measuring what is aligned already: divergence of units, links of words."""

import json
from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import ReadError
from views.commands.options import ID, Chain, Encoder, in_chain
from views.commands.working import counted, stoppable, writable, write_lines


def score(
    units: Annotated[
        Path,
        typer.Argument(
            help="Aligned units: .tsv with a header, or .jsonl; a column or key a version, by its language."
        ),
    ],
    chain: Chain,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write: JSON, one object a unit.")],
    encoder: Encoder = "usem3",
    highlights: Annotated[
        bool, typer.Option("--highlights", help="Add the words without counterpart, by strength, to every hop.")
    ] = False,
) -> None:
    """Score how far every step of a chain departs, unit by unit, and which step brought it in."""
    with stoppable():
        from corpora.units import document, read_units

        names = in_chain(chain)
        writable(output, units)
        rows = read_units(units, names)
        made = document(rows, names)
        empty = [version.id for version in made.versions if not version.segments]
        if empty:
            raise ReadError(f'"{units}" holds no text of version {empty[0]}; take it out of --chain.')
        from aligners.alignment import from_kinds
        from divergence import left_out
        from divergence import score as scored
        from exports.scores import lines

        alignment = from_kinds(names, ([int(bool(row[name])) for name in names] for row in rows), "given")
        found = scored(made, alignment, encoder=encoder, highlight=highlights)
        told = list(lines(made, alignment, found, highlights=highlights))
        write_lines(output, (json.dumps(one, ensure_ascii=False) for one in told))
        left = left_out(made)
    with_issue = sum(1 for one in told if any(hop["issues"] for hop in one["hops"].values()))
    print(f"{output}: {counted(len(told))}, {with_issue} of them with an issue")
    for line in left:
        print(line)


def link(
    pairs: Annotated[Path, typer.Argument(help="Pairs of sentences, one a line, the two texts separated by a tab.")],
    source: Annotated[str, typer.Option(help="Language of the first, such as en.")],
    target: Annotated[str, typer.Option(help="Language of the second, such as ru.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write: links i-j that count words from 0, a line a pair.")
    ],
    tokenised: Annotated[
        bool, typer.Option(help="The words are separated by blanks already; otherwise marks are told from words.")
    ] = False,
) -> None:
    """Link the words of sentence pairs."""
    with stoppable():
        from aligners import encoders, words
        from corpora.units import read_pairs

        for name in (source, target):
            if not ID.fullmatch(name):
                raise ReadError(f'"{name}" is not a language tag; give one such as ko, ru or en.')
        writable(output, pairs)
        encoder = encoders.load("usem3")

        def cut(text: str) -> list[str]:
            return text.split() if tokenised else [text[start:stop] for start, stop in words.words(text)]

        sides = [(cut(one), cut(other)) for one, other in read_pairs(pairs, source, target)]
        taught = words.induce(sides, source_language=source, target_language=target, encoder=encoder)
        found = (
            words.link(*both, source_language=source, target_language=target, encoder=encoder, lexicon=taught)
            for both in sides
        )
        write_lines(output, (" ".join(f"{one.source}-{one.target}" for one in links) for links in found))
    print(f"{output}: {len(sides)} pairs")
