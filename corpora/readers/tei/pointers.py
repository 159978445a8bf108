"""What a TEI file says of passages that belong together: links, and attributes that point from one passage to another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpora.contents import Links
from corpora.readers.tei.elements import ALIGNABLE, id_of, inner, language_of, local, name_of, parent_name, pointers

# What a link, or the group it stands in, is called that joins passages and not words, pages or persons.
CONFIRMED = "confirmed"
# Groups of spans that name passages without a counterpart.
ALONE = ("one-sided", "set-aside")


@dataclass(frozen=True, slots=True)
class Given:
    """The alignment of a file: `groups` of its elements, those of them that a person `confirmed`, elements without a
    counterpart, and links into other files.
    """

    groups: Mapping[Any, int]
    confirmed: frozenset[int]
    alone: frozenset[Any]
    links: tuple[Links, ...]


def given(root: Any, texts: Sequence[Any], name: str) -> Given:
    """The alignment in a file.

    Args:
        root: the file.
        texts: the elements that hold its texts.
        name: what the file is called, for pointers that name it.
    """
    by_id = {id: one for one in root.iter() if (id := id_of(one))}
    homes = _Homes(texts)
    edges = []
    for ends, sure in _said(root, name):
        found = list(_resolved(ends, by_id, name))
        # What a note or person outside the texts points at is not aligned by that.
        if not isinstance(ends[0], str) and homes.of(ends[0]) is None:
            continue
        found = [one for one in found if name_of(one) in ALIGNABLE and homes.of(one)]
        if len({homes.of(one) for one in found}) > 1:
            edges.append((found, sure))
    spans = [span for group in inner(root, "*", "spanGrp") if group.get("type") in ALONE for span in group]
    alone = {by_id[id] for span in spans for id in map(local, pointers(span.get("target"))) if id in by_id}
    groups, confirmed = _united(edges)
    return Given(groups, confirmed, frozenset(alone), tuple(_outward(root, name)))


def _resolved(ends: Sequence[Any], by_id: Mapping[str, Any], name: str) -> Iterator[Any]:
    """The elements at the ends of a link; where that is a link or span itself, as of passages that moved, those at its ends."""
    for end in ends:
        one = by_id.get(end) if isinstance(end, str) else end
        if one is not None and name_of(one) in ("link", "span"):
            yield from (by_id[id] for pointer in _targets(one) if (id := _here(pointer, name)) in by_id)
        elif one is not None:
            yield one


class _Homes:
    """Tells the text an element lies in and the language it is in, which two passages that are aligned have not in common."""

    def __init__(self, texts: Sequence[Any]) -> None:
        self._texts = set(texts)

    def of(self, element: Any) -> tuple[Any, str] | None:
        home = next((one for one in (element, *element.iterancestors()) if one in self._texts), None)
        return None if home is None else (home, language_of(element))


def _said(root: Any, name: str) -> Iterator[tuple[list[Any], bool]]:
    """What each link or attribute joins, ids and elements; whether a person confirmed it."""
    for one in root.iter():
        kind = name_of(one)
        if kind == "link" and _targets(one):
            yield [_here(each, name) for each in _targets(one)], _is_confirmed(one)
        elif kind in ALIGNABLE and (said := one.get("corresp") or one.get("sameAs")):
            yield [one, *(_here(each, name) for each in pointers(said))], False


def _targets(link: Any) -> list[str]:
    return pointers(link.get("target") or link.get("targets"))


def _here(pointer: str, name: str) -> str:
    """The id that a pointer names, "" where it leads into another file."""
    file, _, id = pointer.rpartition("#")
    return id if file in ("", name) and "(" not in id else ""


def _is_confirmed(link: Any) -> bool:
    # The names of categories stand before their own: "status-confirmed".
    said = [*pointers(link.get("ana")), link.get("subtype") or ""]
    return any(one.removeprefix("#").removeprefix("status-") == CONFIRMED for one in said)


def _united(edges: Sequence[tuple[list[Any], bool]]) -> tuple[dict[Any, int], frozenset[int]]:
    """Elements with the number of the group that their links make of them, counted in the order of the links."""
    parent: dict[Any, Any] = {}

    def top(one: Any) -> Any:
        parent.setdefault(one, one)
        while parent[one] is not one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for ends, _ in edges:
        first, *others = [top(one) for one in ends]
        for other in others:
            parent[top(other)] = top(first)
    numbers: dict[Any, int] = {}
    groups = {one: numbers.setdefault(top(one), len(numbers)) for one in list(parent)}
    sure = frozenset(groups[ends[0]] for ends, is_sure in edges if is_sure)
    # Where divisions and their paragraphs are both aligned, the paragraphs say it more exactly.
    coarse = {above for one in groups for above in one.iterancestors() if above in groups}
    return {one: group for one, group in groups.items() if one not in coarse}, sure


def _outward(root: Any, name: str) -> Iterator[Links]:
    """The links of groups that lead into other files, by the files they join; `name` is what this one is called."""
    found: dict[tuple[str, ...], list[tuple[tuple[str, ...], ...]]] = {}
    sure: dict[tuple[str, ...], set[int]] = {}
    for link in root.iter():
        if name_of(link) != "link" or parent_name(link) != "linkGrp":
            continue
        sides: dict[str, list[str]] = {}
        for pointer in _targets(link):
            file, _, id = pointer.rpartition("#")
            if id and "(" not in id:
                sides.setdefault(file or name, []).append(id)
        if len(sides) > 1:
            links = found.setdefault(tuple(sides), [])
            if _is_confirmed(link):
                sure.setdefault(tuple(sides), set()).add(len(links))
            links.append(tuple(tuple(ids) for ids in sides.values()))
    for files, links in found.items():
        yield Links(tuple(links), by_line=False, files=files, confirmed=frozenset(sure.get(files, ())))
