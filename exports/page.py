"""HTML: one page that needs nothing else, to be read on a phone, on a screen or on paper."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from aligners.words import gloss
from exports.provenance import PROGRAM, facts
from exports.selection import Selection
from exports.web import links
from exports.web.markup import Markup, element
from exports.web.noted import notes
from exports.web.units import table
from exports.web.view import View, view

FOLDER = Path(__file__).parent / "web"
# How the page is to be read, a fact each.
READING = (
    ("Columns", "The versions stand side by side in the order of the chain, each unit in a row: passages that belong together. "
     "Between two versions stands how far the step between them departs, behind them the same from end to end."),
    ("Unit", "The number of the unit; its kind, such as 1:2:1, where it is not one passage in every version; whether a person "
     "confirmed that these passages belong together, and how sure the machine is of it."),
    ("Percentile", "The rank of the unit's divergence among the units of the same step, 0 to 100. The machine measures it; whether "
     "it is a shift or an error is for people to say."),
    ("Issues", "What the machine found, with the verdict that a person gave. The words it points at are underlined with dots."),
    ("Notes", "What people say of words. The words are underlined, and a raised number leads to the note."),
)  # fmt: skip
BY_SCRIPT = (
    "Words",
    "Point at a word, tap it, or go to a passage with the Tab key and to its words with the arrow keys: the words that stand for "
    "it in the other versions light up. That is the machine's guess, given in per cent.",
)


def write(selection: Selection, file: BinaryIO) -> None:
    """Writes a page that needs nothing else: the versions side by side, what was found in them and said of them."""
    file.write(f"<!DOCTYPE html>\n{_page(view(selection))}\n".encode())


def omitted(selection: Selection) -> list[str]:
    """What the page does not hold of a selection, a sentence each."""
    told = ["The page has no values of the single measures; the tables have them."] if selection.comparisons else []
    if long := links.too_long(selection):
        units = "1 unit has" if long == 1 else f"{long} units have"
        told.append(f"{units} more than {gloss.LONGEST} words, and shows no counterparts of single words.")
    return told


def _page(shown: View) -> Markup:
    style, script = ((FOLDER / name).read_text("utf-8").strip() for name in ("page.css", "page.js"))
    document = shown.document
    return element(
        "html", {"lang": "en"},
        element(
            "head", None,
            element("meta", {"charset": "utf-8"}),
            # Nothing is fetched and nothing runs but the script below, whatever the texts hold.
            element("meta", {"http-equiv": "Content-Security-Policy", "content": _policy(style, script)}),
            element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            element("meta", {"name": "color-scheme", "content": "light dark"}),
            element("meta", {"name": "referrer", "content": "no-referrer"}),
            element("meta", {"name": "generator", "content": PROGRAM}),
            element("title", None, document.title),
            _raw("style", style),
        ),
        element(
            "body", {"data-versions": len(shown.selection.versions)},
            element("a", {"href": "#text", "class": "skip"}, "Skip to the text"),
            element("header", None, element("h1", {"dir": "auto"}, document.title), element("p", {"class": "told"}, shown.selection.told), *_counts(shown), _reading()),
            element("main", {"id": "text", "tabindex": "-1"}, table(shown), notes(shown)),
            element("footer", None, element("h2", None, "About this page"), element("dl", None, *_facts(shown))),
            element("p", {"id": "gloss", "role": "status", "aria-label": "Counterparts of the word"}),
            element("script", {"type": "application/json", "id": "links"}, Markup(links.as_json(links.links(shown)))),
            _raw("script", script),
        ),
    )  # fmt: skip


def _raw(name: str, text: str) -> Markup:
    """An element with what is ours and no markup."""
    return element(name, None, Markup(text))


def _policy(style: str, script: str) -> str:
    return f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _counts(shown: View) -> Iterator[Markup]:
    """How much there is of what, in a line; placeholders by name."""
    units = [(number, unit) for number, unit in shown.selection.units if unit.origin != "set aside"]
    confirmed = sum(unit.status == "confirmed" for _, unit in units)
    hops = {hop.id for hop in shown.selection.comparisons}
    found = shown.selection.review.divergence
    with_issues = sum(any(one.issues for hop, one in found(number).items() if hop in hops) for number, _ in units)
    told = [f"{confirmed} confirmed", f"{with_issues} with issues", f"{len(shown.notes)} notes"]
    yield element("p", {"class": "counts"}, " · ".join(told))
    stand_ins = [shown.called(version) for version in shown.selection.versions if version.is_placeholder]
    if stand_ins:
        yield element(
            "p", {"class": "stand-in"}, f"Placeholder, written for demonstration, not archival: {', '.join(stand_ins)}."
        )


def _reading() -> Markup:
    rows = [element("div", None, element("dt", None, name), element("dd", None, text)) for name, text in READING]
    words = element("div", {"class": "by-script"}, element("dt", None, BY_SCRIPT[0]), element("dd", None, BY_SCRIPT[1]))
    return element(
        "details",
        {"class": "reading"},
        element("summary", None, "How to read this page"),
        element("dl", None, *rows, words),
    )


def _facts(shown: View) -> Iterator[Markup]:
    for name, value in facts(shown.selection):
        yield element("div", None, element("dt", None, name), element("dd", {"dir": "auto"}, value))
