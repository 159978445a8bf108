"""The workbench's own page, read back: the versions with their segments, and the alignment."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpora.building import Builder
from corpora.contents import Contents, File
from corpora.document import KINDS, Version
from corpora.program import NAME
from corpora.readers.web.versions import counted

Element = Any


def is_own(root: Element) -> bool:
    """True for a page that the workbench wrote."""
    said = (one.get("content") or "" for one in root.iter("meta") if one.get("name") == "generator")
    return any(one.startswith(f"{NAME} ") for one in said) and next(_tables(root), None) is not None


def read(file: File, root: Element) -> Contents:
    """What the page holds; its notes and findings are told as left out.

    Raises:
        ReadError: there is no text in it.
    """
    (table, *_) = _tables(root)
    heads = {one.get("data-version"): one for one in table.iter("th") if one.get("data-version")}
    segments: dict[str, list[tuple[int, Element, Element]]] = {id: [] for id in heads}
    for group in table.iter("tbody"):
        for one in group.iter("p"):
            id, _, number = (one.get("id") or "").rpartition("-")
            if id in segments and number.isdigit() and one.get("data-kind") in KINDS:
                segments[id].append((int(number), one, group))
    versions = [
        _version(file, id, heads[id], sorted(found, key=lambda each: each[0])) for id, found in segments.items()
    ]
    notes = sum(1 for _ in root.iterfind(".//section/ol/li"))
    issues = sum(1 for _ in table.iterfind(".//tr[@class='findings']//li"))
    left = [told for count, told in ((notes, counted(notes, "note")), (issues, counted(issues, "issue"))) if count]
    told = (f"{' and '.join(left)} of the page; a JSON file of the same review holds all of it.",) if left else ()
    return Contents(tuple(versions), left_out=told)


def _tables(root: Element) -> Iterator[Element]:
    yield from (one for one in root.iter("table") if one.get("class") == "units")


def _version(file: File, id: str, head: Element, segments: list[tuple[int, Element, Element]]) -> Version:
    builder = Builder()
    for _, one, group in segments:
        unit = (group.get("id") or "").removeprefix("u")
        builder.add(
            "".join(one.xpath(".//text()[not(ancestor::sup)]")),
            one.get("data-kind"),
            group=int(unit) if unit.isdigit() and len(unit) < 10 else None,
            confirmed=group.get("data-status") == "confirmed",
            id=one.get("id"),
        )
    title = " ".join("".join(one.text_content()) for one in head.iter("span") if one.get("class") == "title")
    made = builder.version(file, language=head.get("data-language") or "", title=title)
    stands_in = any(one.get("class") == "stand-in" for one in head.iter("span"))
    return replace(made, id=id, status="placeholder" if stands_in else made.status)
