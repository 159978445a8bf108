"""Front matter and apparatus of a page: what was set aside between two units, version beside version, folded away."""

from collections.abc import Sequence

from aligners.alignment import Unit
from corpora.document import Version
from exports.web.markup import Markup, element
from exports.web.passages import segment
from exports.web.view import View


def set_aside(view: View, numbers: Sequence[int], columns: int) -> Markup:
    """A row for the segments that were set aside one after another."""
    of = [
        (version, [number for number in numbers if view.side(_unit(view, number), version)])
        for version in view.selection.versions
    ]
    count = "1 segment" if len(numbers) == 1 else f"{len(numbers)} segments"
    content = element(
        "details", None,
        element("summary", None, f"{count} of front matter and apparatus, set aside"),
        element("div", {"class": "aside"}, *(_side(view, version, held) for version, held in of)),
    )  # fmt: skip
    empty = element("td", {"class": "number blank"})
    row = element("tr", None, empty, element("td", {"colspan": columns}, content))
    return element("tbody", {"data-aside": "yes"}, row)


def _unit(view: View, number: int) -> Unit:
    return view.selection.review.alignment.units[number]


def _side(view: View, version: Version, numbers: Sequence[int]) -> Markup:
    who = element("span", {"class": "who", "aria-hidden": "true"}, view.called(version)) if numbers else None
    segments = [
        element(
            "div",
            {"id": view.ids[number]},
            segment(version, version.segments[index], view.marks.get((version.id, index), [])),
        )
        for number in numbers
        for index in view.side(_unit(view, number), version)
    ]
    return element("div", {"class": "text", "lang": version.language}, who, *segments)
