"""The table of a page: a row a unit, a column a version, with the divergence of every comparison between or behind."""

from collections.abc import Iterator
from itertools import groupby

from aligners.alignment import Unit
from corpora.document import Hop, Version
from exports.provenance import mark
from exports.web.aside import set_aside
from exports.web.findings import findings
from exports.web.markup import Markup, element, joined
from exports.web.passages import segment
from exports.web.view import View
from exports.wording import BY_OTHERS, far, ordinal, percent

NOTHING = "no counterpart"
Column = Version | tuple[Hop, ...]


def table(view: View) -> Markup:
    """The units of the selection as a table."""
    columns = view.columns()
    named: dict[str, str | int | None] = {
        "class": "units",
        "aria-label": "Alignment units",
        "data-versions": len(view.selection.versions),
    }
    groups = list(_groups(view, columns))
    return element(
        "table", named,
        element("colgroup", None, element("col", {"class": "number"}), *(element("col", {"class": _class(one)}) for one in columns)),
        element("thead", None, element("tr", None, _head("Unit", "number"), *(_heading(view, one) for one in columns))),
        *groups,
    )  # fmt: skip


def _class(column: Column) -> str:
    return "text" if isinstance(column, Version) else "hop"


def _head(text: str, kind: str, *more: Markup | None, version: Version | None = None) -> Markup:
    said = {"scope": "col", "class": kind}
    if version:
        said |= {"data-version": version.id, "data-language": version.language}
    return element("th", said, text, *more)


def _heading(view: View, column: Column) -> Markup:
    if not isinstance(column, Version):
        first, *more = column
        name = "further" if more else view.names[first.id]
        return _head(
            "", "hop", element("b", None, name), element("small", None, "comparisons" if more else _ends(first))
        )
    facts = " · ".join(filter(None, (", ".join(column.translators), column.date)))
    return _head(
        "", "text",
        element("b", None, view.called(column)),
        element("span", {"class": "stand-in", "title": mark(column)}, "placeholder") if column.is_placeholder else None,
        element("span", {"class": "title", "lang": column.language, "dir": "auto"}, column.title),
        element("small", None, facts),
        version=column,
    )  # fmt: skip


def _ends(hop: Hop) -> str:
    return f"{hop.source} → {hop.target}"


def _groups(view: View, columns: list[Column]) -> Iterator[Markup]:
    """The units in order; segments that were set aside one after another stand together."""
    for aside, units in groupby(view.selection.units, key=lambda one: one[1].origin == "set aside"):
        if aside:
            yield set_aside(view, [number for number, _ in units], len(columns))
        else:
            yield from (_group(view, columns, number, unit) for number, unit in units)


def _group(view: View, columns: list[Column], number: int, unit: Unit) -> Markup:
    """A unit: its row, and a row with what the machine found in it and people said of that."""
    said = {"id": view.ids[number], "data-status": unit.status}
    cells = [
        _text(view, number, unit, one) if isinstance(one, Version) else _hops(view, number, one) for one in columns
    ]
    row = element("tr", None, _number(view, number, unit), *cells)
    return element("tbody", said, row, findings(view, number, len(columns)))


def _is_even(unit: Unit) -> bool:
    return all(len(side) == 1 for side in unit.sides)


def _number(view: View, number: int, unit: Unit) -> Markup:
    id = view.ids[number]
    review = view.selection.review
    sure = BY_OTHERS.get(unit.origin) or f"{percent(unit.confidence)} sure"
    lines = [
        element("small", {"class": "kind"}, _kind(view, unit)) if not _is_even(unit) else Markup(""),
        element("small", {"class": "state"}, ("✓ " if unit.status == "confirmed" else "") + unit.status),
        element("small", {"class": "sure"}, sure),
        element("small", {"class": "bookmark"}, "bookmarked")
        if review.ids and review.ids[number] in review.bookmarks
        else Markup(""),
        *(element("small", None, "moved: ", _linked(view.ids[other])) for other in unit.moved),
    ]
    here = element("a", {"href": f"#{id}", "class": "self", "aria-label": f"Unit {id[1:]}"}, id[1:])
    return element("th", {"scope": "row", "class": "number"}, here, *lines)


def _kind(view: View, unit: Unit) -> str:
    """The number of segments that a unit has of each version of the page."""
    return ":".join(str(len(view.side(unit, version))) for version in view.selection.versions)


def _linked(id: str) -> Markup:
    return element("a", {"href": f"#{id}"}, f"unit {id[1:]}")


def _text(view: View, number: int, unit: Unit, version: Version) -> Markup:
    indexes = view.side(unit, version)
    who = element("span", {"class": "who", "aria-hidden": "true"}, view.called(version))
    said: dict[str, str | int | None] = {
        "class": "text",
        "lang": version.language,
        "data-version": version.id,
    }
    if indexes:
        segments = [version.segments[index] for index in indexes]
        marks = [view.marks.get((version.id, index), []) for index in indexes]
        return element("td", said, who, *(segment(version, one, on) for one, on in zip(segments, marks, strict=True)))
    return element("td", said, who, element("p", {"class": "none", "lang": "en"}, *_absence(view, unit, version)))


def _absence(view: View, unit: Unit, version: Version) -> Iterator[str]:
    """Why a side is empty, as far as can be told."""
    review = view.selection.review
    places = [other for other in unit.moved if view.side(review.alignment.units[other], version)]
    if places:
        yield "moved: see "
        yield joined(_linked(view.ids[other]) for other in places)
        return
    yield NOTHING
    if where := _where(view, unit, version.id):
        yield f" · {where}"


def _where(view: View, unit: Unit, id: str) -> str:
    """At which step a passage was left out on the way to a version, or added behind it; "" where that cannot be told."""
    into = {hop.target: hop for hop in view.document.hops}
    filled = [one.id for one in view.document.versions if view.side(unit, one)]
    above = id
    while above in into:
        if into[above].source in filled:
            return f"omitted at {view.names[into[above].id]}"
        above = into[above].source
    return f"added at {view.names[into[filled[0]].id]}" if filled and filled[0] in into else ""


def _hops(view: View, number: int, hops: tuple[Hop, ...]) -> Markup:
    """How far a unit departs over some comparisons."""
    found = [shown for hop in hops if (shown := _hop(view, number, hop, named=len(hops) > 1))]
    return element("td", {"class": "hop" if found else "hop blank"}, *found)


def _hop(view: View, number: int, hop: Hop, *, named: bool) -> Markup:
    review = view.selection.review
    one = review.divergence(number).get(hop.id)
    name = f"{view.names[hop.id]}, {_ends(hop)}"
    who = element("small", None, name) if named else element("span", {"class": "who", "aria-hidden": "true"}, name)
    if one is None:
        changed = bool(review.ids) and review.ids[number] in review.stale
        told = element("small", None, "not measured since it was changed")
        return element("div", {"class": "far"}, who, told) if changed else Markup("")
    tenths = max(1, round(one.percentile / 10))
    rank = element(
        "span", {"class": "rank"}, ordinal(one.percentile), element("span", {"class": "unseen"}, " percentile of divergence")
    )  # fmt: skip
    kinds = (element("span", {"class": "tag", "data-metric": issue.kind}, issue.kind) for issue in one.issues)
    bar = element("span", {"class": "bar", "data-tenths": tenths, "aria-hidden": "true"})
    return element("div", {"class": "far", "data-far": far(one.percentile)}, who, bar, rank, *kinds)
