"""What the machine found in a unit and what people said of it, as a row under the unit."""

from collections.abc import Iterator

from divergence import TITLES, attribute
from divergence.score import Divergence, Issue
from exports.rows import verdict
from exports.web.markup import Markup, element
from exports.web.view import View, reason_id
from exports.wording import percent, signed

UNDECIDED = "undecided"
# Characters of the words that are quoted.
LONGEST = 160


def findings(view: View, number: int, columns: int) -> Markup:
    """The row under a unit; nothing where no issue was found."""
    review = view.selection.review
    hops = {hop.id for hop in view.selection.comparisons}
    found = [one for id, one in review.divergence(number).items() if id in hops and one.issues]
    if not found:
        return Markup("")
    count = sum(len(one.issues) for one in found)
    told = attribute(review.document, review.divergence(number))
    content = element(
        "details", None,
        element("summary", None, "1 issue: " if count == 1 else f"{count} issues: ", "; ".join(_short(view, number, one) for one in found)),
        element("p", {"class": "brought"}, told.statement) if not view.selection.hop else Markup(""),
        element("ul", None, *(_item(view, number, one, issue) for one in found for issue in one.issues)),
    )  # fmt: skip
    empty = element("td", {"class": "number blank"})
    return element("tr", {"class": "findings"}, empty, element("td", {"colspan": columns}, content))


def _short(view: View, number: int, one: Divergence) -> str:
    """The issues of a comparison with what was said of each, in a line."""
    said = ((issue, verdict(view.selection.review, number, one.hop, issue)) for issue in one.issues)
    listed = (f"{issue.kind} ({about.verdict if about else UNDECIDED})" for issue, about in said)
    return f"{view.names[one.hop]} {', '.join(listed)}"


def _item(view: View, number: int, one: Divergence, issue: Issue) -> Markup:
    about = verdict(view.selection.review, number, one.hop, issue)
    judged = f"{about.verdict}, {signed(about.author, about.created)}" if about else UNDECIDED
    return element(
        "li", {"data-metric": issue.kind, "data-verdict": about.verdict if about else None},
        element("b", None, TITLES[issue.kind]),
        f", {view.names[one.hop]}, strength {percent(issue.strength)}: ",
        element("span", {"class": "verdict"}, f"{judged}."),
        *_reasons(view, number, one, issue),
    )  # fmt: skip


def _reasons(view: View, number: int, one: Divergence, issue: Issue) -> Iterator[str]:
    """The reasons of an issue, each with the words it points at; those that say the same stand together."""
    shown = {version.id: version for version in view.selection.versions}
    before = ""
    for place, reason in enumerate(issue.reasons):
        if reason.text != before:
            yield element("span", {"class": "why"}, f" {reason.text}")
            before = reason.text
        if version := shown.get(reason.version):
            words = " ".join(version.text[reason.start : reason.stop].split())
            quoted = words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"
            link = {"href": f"#{reason_id(view, number, one.hop, issue.kind, place)}", "class": "words"}
            yield " "
            yield element(
                "a",
                link,
                element("small", None, version.id),
                " ",
                element("q", {"lang": version.language, "dir": "auto"}, quoted),
            )
