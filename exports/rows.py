"""Review -> flat rows: the only place where the columns of a table are chosen."""

from collections.abc import Sequence

from aligners.alignment import Alignment, Unit
from corpora.document import Hop
from divergence import METRICS, attribute
from divergence.score import Divergence, Issue, Reason
from exports.provenance import facts, mark
from exports.selection import Selection, id_of
from reviews.doubt import verdict_on
from reviews.notes.note import Note
from reviews.returned.identity import categories, identity, names, noted, notes_of, written_side
from reviews.returned.identity import segment_id as segment_id
from reviews.review import Review
from reviews.work import Verdict

Cell = str | int | float | None


def columns(selection: Selection) -> list[str]:
    """The headings of the alignment table, one column each."""
    found = ["unit", "kind", "status", "origin", "confidence", "moved"]
    for version in selection.versions:
        found += [f"{version.id} {name}" for name in ("text", "status", "kind", "paragraph", "segments")]
    for hop in selection.comparisons:
        found += [f"{hop.id} {name}" for name in ("kind", "divergence", "percentile", *METRICS, "issues", "reasons")]
    return [*found, "brought in by", "brought in", "bookmarked", "notes", "id"]


def alignment_rows(selection: Selection) -> list[list[Cell]]:
    """One row a unit, in reading order, one-sided and set-aside units too."""
    review = selection.review
    said: dict[int, list[str]] = {}
    for note, units in notes(selection):
        for number in units:
            said.setdefault(number, []).append(noted(note))
    ids, kept = unit_ids(review.alignment), names(review)
    return [
        _row(selection, number, ids[number], notes="\n".join(said.get(number, ())), name=kept[number])
        for number in selection.numbers
    ]


def _row(selection: Selection, number: int, id: str, *, notes: str, name: str) -> list[Cell]:
    review = selection.review
    unit = review.alignment.units[number]
    moved = " ".join(linked_ids(review.alignment, unit))
    row: list[Cell] = [id, unit.kind, unit.status, unit.origin, round(unit.confidence, 3), moved]
    for version in selection.versions:
        side = unit.sides[review.alignment.versions.index(version.id)]
        segments = [version.segments[i] for i in side.indexes]
        text, names = written_side(review, unit, version)
        kinds = [segment.kind for segment in segments]
        row += [
            text,
            mark(version),
            # All of them only where they differ: what is whose is to be told from the table alone.
            _listed(kinds) if len(set(kinds)) < 2 else ", ".join(kinds),
            _listed([str(segment.paragraph + 1) for segment in segments]),
            names,
        ]
    scores = review.divergence(number)
    for hop in selection.comparisons:
        row.append(kind_of(review.alignment, unit, hop))
        if (one := scores.get(hop.id)) is None:
            row += [None] * (len(METRICS) + 4)
            continue
        values = [one.metrics[name].value if name in one.metrics else None for name in METRICS]
        reasons = [f"{name}: {text}" for name, score in one.metrics.items() for text in told(review, score.reasons)]
        row += [
            round(one.value, 3),
            one.percentile,
            *(None if v is None else round(v, 3) for v in values),
            "\n".join(_judged(review, number, one)),
            "\n".join(reasons),
        ]
    bookmarked = bool(review.ids) and review.ids[number] in review.bookmarks
    own = identity(review, number, name, selection.versions, notes)
    human: list[Cell] = ["yes" if bookmarked else None, notes or None, own]
    if unit.origin == "set aside":
        return [*row, None, None, *human]
    brought = attribute(review.document, scores)
    return [*row, brought.hop, brought.statement, *human]


def _judged(review: Review, number: int, one: Divergence) -> list[str]:
    """The issues of a unit over a hop, each with what a person said of it."""
    said = ((issue.kind, verdict(review, number, one.hop, issue)) for issue in one.issues)
    return [f"{kind}: {about.verdict if about else 'undecided'}" for kind, about in said]


def verdict(review: Review, unit: int, hop: str, issue: Issue) -> Verdict | None:
    """What a person said of an issue of a unit, counted in the alignment."""
    return verdict_on(review.level, id_of(review, unit), hop, issue, review.verdicts)


def kind_of(alignment: Alignment, unit: Unit, hop: Hop) -> str | None:
    """What a unit is over a hop: "2:1", "1:0 omitted", "0:1 added" or "1:0 moved"; None where it has neither text."""
    source, target = (len(unit.sides[alignment.versions.index(id)]) for id in (hop.source, hop.target))
    if unit.origin == "set aside" or not (source or target):
        return None
    if source and target:
        return f"{source}:{target}"
    lacking = alignment.versions.index(hop.target if source else hop.source)
    elsewhere = any(len(alignment.units[other].sides[lacking]) for other in unit.moved)
    return f"{source}:{target} {'moved' if elsewhere else 'omitted' if source else 'added'}"


def issue_columns() -> list[str]:
    """The headings of the table of issues."""
    return ["unit", "hop", "issue", "strength", "verdict", "author", "judged", "reasons"]


def issue_rows(selection: Selection) -> list[list[Cell]]:
    """One row an issue, with what a person said of it."""
    rows: list[list[Cell]] = []
    review = selection.review
    ids = unit_ids(review.alignment)
    for one in divergences(selection):
        for issue in one.issues:
            about = verdict(review, one.unit, one.hop, issue)
            judged: list[Cell] = [about.verdict, about.author, about.created] if about else [None, None, None]
            reasons = "\n".join(told(review, issue.reasons))
            rows.append([ids[one.unit], one.hop, issue.kind, round(issue.strength, 3), *judged, reasons])
    return rows


def divergences(selection: Selection) -> list[Divergence]:
    """The divergences of the units and hops of a file."""
    hops, units = {hop.id for hop in selection.comparisons}, set(selection.numbers)
    return [one for one in selection.review.divergences if one.hop in hops and one.unit in units]


def note_columns() -> list[str]:
    """The headings of the table of notes."""
    return [
        "note", "units", "hop", "words", "categories", "severity", "body", "alternatives", "evidence", "certainty", "state",
        "author", "created", "changed", "suggested from", "replies",
    ]  # fmt: skip


def notes(selection: Selection) -> list[tuple[Note, list[int]]]:
    """The notes of a file with the units that hold their words; none where their words are gone from the text.

    What stands in no unit that was filtered out is in the file, and of a hop what is not said of another one.
    """
    ids = [version.id for version in selection.versions]
    return [
        (note, units)
        for note, units in notes_of(selection.review, ids, selection.hop)
        if not units or not set(units).isdisjoint(selection.numbers)
    ]


def note_rows(selection: Selection) -> list[list[Cell]]:
    """One row a note, also of those whose words are gone from the text."""
    ids = unit_ids(selection.review.alignment)
    return [
        [
            note.id,
            " ".join(ids[unit] for unit in units),
            note.hop,
            "\n".join(
                f"{one.version}: {one.quote}{' (gone from the text)' if one.gone else ''}" for one in note.anchors
            ),
            categories(note.categories),
            note.severity,
            note.body,
            "\n".join(note.alternatives),
            note.evidence,
            note.certainty,
            note.state,
            note.author,
            note.created,
            note.changed,
            note.origin,
            "\n".join(f"{one.body} ({', '.join(filter(None, (one.author, one.created)))})" for one in note.replies),
        ]
        for note, units in notes(selection)
    ]


def reason_columns() -> list[str]:
    """The headings of the table of reasons."""
    return ["unit", "hop", "metric", "value", "version", "start", "stop", "words", "reason"]


def reason_rows(selection: Selection) -> list[list[Cell]]:
    """One row a reason; `start` and `stop` count code points of the version's text."""
    rows: list[list[Cell]] = []
    review = selection.review
    ids = unit_ids(review.alignment)
    for one in divergences(selection):
        for name, score in one.metrics.items():
            for reason in score.reasons:
                words = review.document.version(reason.version).text[reason.start : reason.stop]
                place: list[Cell] = [reason.version, reason.start, reason.stop]
                rows.append([ids[one.unit], one.hop, name, round(score.value, 3), *place, words, reason.text])
    return rows


def unit_ids(alignment: Alignment) -> list[str]:
    """The ids of the units in every file: u1, u2 ... for those that were aligned, a1, a2 ... for those set aside."""
    found, counts = [], {"u": 0, "a": 0}
    for unit in alignment.units:
        letter = "a" if unit.origin == "set aside" else "u"
        counts[letter] += 1
        found.append(f"{letter}{counts[letter]}")
    return found


def linked_ids(alignment: Alignment, unit: Unit) -> list[str]:
    """The ids of the units that hold a unit's passage where other versions have it."""
    ids = unit_ids(alignment) if unit.moved else []
    return [ids[other] for other in unit.moved]


def told(review: Review, reasons: Sequence[Reason]) -> list[str]:
    """Reasons as lines, each with the version and the words it points at."""
    lines = []
    for reason in reasons:
        words = review.document.version(reason.version).text[reason.start : reason.stop]
        lines.append(f"{reason.text} [{reason.version}: {' '.join(words.split())}]")
    return lines


def _listed(values: Sequence[str]) -> str:
    """The values in order, each once."""
    return ", ".join(dict.fromkeys(values))


def about_rows(selection: Selection) -> list[list[Cell]]:
    """What the tables were made of, a fact a row."""
    return [list(fact) for fact in facts(selection)]
