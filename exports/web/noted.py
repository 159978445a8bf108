"""The notes of a page: numbered, each linked with the marks on its words."""

from collections.abc import Iterator

from exports.web.markup import Markup, element, joined
from exports.web.view import View, call_id, shown
from exports.wording import signed
from reviews.notes import categories
from reviews.notes.anchor import Anchor
from reviews.notes.note import Note

GONE = "(these words are gone from the text)"
LONGEST = 200


def notes(view: View) -> Markup:
    """The section of the notes, nothing where there are none."""
    if not view.notes:
        return Markup("")
    items = (_item(view, number, note, units) for number, (note, units) in enumerate(view.notes, 1))
    return element(
        "section", {"class": "notes", "aria-labelledby": "notes"},
        element("h2", {"id": "notes"}, "Notes"), element("ol", None, *items),
    )  # fmt: skip


def _item(view: View, number: int, note: Note, units: tuple[int, ...]) -> Markup:
    marked = dict(shown(view, note))
    places = [
        _place(number, place, anchor, linked=place in marked, language=view.document.version(anchor.version).language)
        for place, anchor in enumerate(note.anchors, 1)
        if anchor.version in {version.id for version in view.document.versions}
    ]
    ids = [
        element("a", {"href": f"#{view.ids[unit]}"}, f"unit {view.ids[unit].lstrip('u')}")
        for unit in units
        if unit in view.selection.numbers
    ]
    return element(
        "li", {"id": f"note-{number}", "data-state": note.state},
        element("p", {"class": "places"}, *_listed(places)),
        *(element("p", {"class": "body", "dir": "auto"}, line) for line in note.body.split("\n") if line.strip()),
        _fields(view, note),
        *(_reply(one.author, one.created, one.body) for one in note.replies),
        element("p", {"class": "signed"}, *_listed(ids), " · " if ids else "", " · ".join(filter(None, (note.state, signed(note.author, note.created))))),
    )  # fmt: skip


def _place(number: int, place: int, anchor: Anchor, *, linked: bool, language: str) -> Markup:
    words = " ".join(anchor.quote.split())
    quoted = words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"
    said = joined(
        (element("small", None, anchor.version), " ", element("q", {"lang": language, "dir": "auto"}, quoted))
    )
    if linked:
        return element("a", {"href": f"#{call_id(number, place)}", "class": "words"}, said)
    return joined((said, f" {GONE}" if anchor.gone else ""))


def _listed(parts: list[Markup]) -> Iterator[str]:
    for number, one in enumerate(parts):
        if number:
            yield ", "
        yield one


def _fields(view: View, note: Note) -> Markup:
    """What the note says besides its words: comparison, categories, severity, alternatives, evidence, certainty."""
    sets = {one.id: one for one in categories.sets()}
    rows: list[tuple[str, str]] = [("about", view.names.get(note.hop, note.hop))]
    for id, chosen in note.categories.items():
        known = sets.get(id)
        category = known.category(chosen) if known else None
        rows.append((known.title if known else id, category.title if category else chosen))
    rows += [
        ("severity", note.severity),
        *(("alternative", one) for one in note.alternatives),
        ("evidence", note.evidence),
    ]
    rows += [("certainty", note.certainty), ("suggested from", note.origin)]
    filled = [(name, value) for name, value in rows if value]
    if not filled:
        return Markup("")
    return element(
        "dl",
        None,
        *(
            element("div", None, element("dt", None, name), element("dd", {"dir": "auto"}, value))
            for name, value in filled
        ),
    )


def _reply(author: str, created: str, body: str) -> Markup:
    return element(
        "blockquote",
        None,
        element("p", {"dir": "auto"}, body),
        element("p", {"class": "signed"}, signed(author, created)),
    )
