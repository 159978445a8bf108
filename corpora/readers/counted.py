"""What a reader counted, in sentences: what of a file is left out, and what was decided in reading it."""

from collections.abc import Mapping

# What of a file no version holds, for one and for several.
LEFT_OUT: Mapping[str, tuple[str, str]] = {
    "header": ("The text of {} page header or footer is", "The text of {} page headers and footers is"),
    "hidden": ("{} passage of hidden text is", "{} passages of hidden text are"),
    "picture": ("{} picture is", "{} pictures are"),
    "drawing": ("{} chart or diagram is", "{} charts and diagrams are"),
    "object": ("{} embedded object is", "{} embedded objects are"),
    "part": ("{} document inside the document is", "{} documents inside the document are"),
    "prompt": ("{} form field that was not filled in is", "{} form fields that were not filled in are"),
    "gloss": ("{} gloss above words is", "{} glosses above words are"),
    "comment": ("{} comment that stands nowhere in the text is", "{} comments that stand nowhere in the text are"),
}


def left_out(counts: Mapping[str, int]) -> tuple[str, ...]:
    """What is left out, a sentence each, by what was counted; the names are those of LEFT_OUT."""
    return tuple(
        f"{wordings[count > 1].format(count)} left out."
        for name, wordings in LEFT_OUT.items()
        if (count := counts.get(name, 0))
    )


# What was decided in reading, for one and for several.
DECIDED: Mapping[str, tuple[str, str]] = {
    "inserted": ("{} tracked insertion is accepted.", "{} tracked insertions are accepted."),
    "deleted": ("{} tracked deletion is accepted: the text is out.", "{} tracked deletions are accepted: their text is out."),
    "moved": ("{} tracked move is accepted: the text stands at its new place.", "{} tracked moves are accepted: their text stands at its new place."),
    "resolved": ("{} comment that is marked as resolved is taken like the others.", "{} comments that are marked as resolved are taken like the others."),
    "equation": ("{} equation is read as a line of its signs.", "{} equations are read as lines of their signs."),
    "sign": ("{} sign of a special font has no letter that is known here and is kept as that font's code.", "{} signs of special fonts have no letter that is known here and are kept as those fonts' codes."),
    "uncalled": ("{} footnote or endnote is called nowhere in the text and stands at its end.", "{} footnotes and endnotes are called nowhere in the text and stand at its end."),
    "missing": ("{} footnote or endnote is called in the text and not in the file.", "{} footnotes and endnotes are called in the text and not in the file."),
}  # fmt: skip


def decided(counts: Mapping[str, int]) -> tuple[str, ...]:
    """What was decided, a sentence each, by what was counted; the names are those of DECIDED."""
    return tuple(
        wordings[count > 1].format(count) for name, wordings in DECIDED.items() if (count := counts.get(name, 0))
    )
