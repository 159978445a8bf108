"""Alignments that came in files of their own, put onto the versions that came beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from corpora.contents import Contents, Links
from corpora.document import Block, Version
from corpora.errors import ReadError

# A line that hunalign takes for the end of a paragraph, and that is no text.
PARAGRAPH = "<p>"
# A block: the place of its version, and its place among the blocks of that.
Place = tuple[int, int]


def linked(found: Contents) -> Contents:
    """The contents with every alignment of `Contents.links` put onto its versions as groups of blocks.

    A version that is linked by lines is cut into blocks, one a line that is not empty. Two alignments that share a
    version join into one; groups that the files had themselves stay together.

    Raises:
        ReadError: an alignment and the files that were given with it do not fit; says what is missing.
    """
    if not found.links:
        return found
    versions = list(found.versions)
    sides = [_sides(links, number, found) for number, links in enumerate(found.links)]
    for links, places in zip(found.links, sides, strict=True):
        for place in places:
            if links.by_line:
                versions[place] = _by_lines(versions[place])
    groups, confirmed = _Groups(versions), list[Place]()
    for links, places in zip(found.links, sides, strict=True):
        keys = [_keys(versions[place]) for place in places]
        counts = [_count(versions[place]) if links.by_line else None for place in places]
        for number, link in enumerate(links.links):
            members = [
                (place, block)
                for place, known, count, wanted in zip(places, keys, counts, link, strict=True)
                for key in wanted
                for block in _found(versions[place], known, count, key)
            ]
            groups.join(members)
            if number in links.confirmed:
                confirmed += members
    groups.confirm(confirmed)
    made = tuple(groups.applied(place, version) for place, version in enumerate(versions))
    told = [_taken(links, places, found) for links, places in zip(found.links, sides, strict=True)]
    return replace(found, versions=made, links=(), warnings=(*found.warnings, *filter(None, told)))


def _sides(links: Links, number: int, found: Contents) -> list[int]:
    """The places of the versions that an alignment is over.

    Raises:
        ReadError: they cannot be told, or one of them was not given.
    """
    wanted = len(links.links[0]) if links.links else 2
    if len(found.versions) < wanted:
        given = _listed(map(_file, found.versions))
        raise ReadError(
            f"An alignment was given with {given or 'no text'}, and it is over {wanted} texts; give all the files that "
            "were aligned together with it."
        )
    named = [_named(name, found.versions) for name in links.files] or [None] * wanted
    taken = [place for place in named if place is not None]
    if len(taken) == len(set(taken)) and (len(taken) == wanted or len(found.versions) == wanted):
        # What has no name here goes by its order.
        rest = (place for place in range(len(found.versions)) if place not in taken)
        return [next(rest) if place is None else place for place in named]
    if not links.files and len(found.links) == len(found.versions) - 1 and wanted == 2:
        return [number, number + 1]
    names = _listed(map(_file, found.versions))
    if links.files:
        raise ReadError(
            f"An alignment is over {_listed(links.files)}, but the texts that were given are {names}; give the texts "
            "under the names that the alignment has for them."
        )
    raise ReadError(
        f"Which of {names} an alignment is over cannot be told; give it with its two texts alone, or name it by their "
        'languages, such as "ko-ru.ladder".'
    )


def _taken(links: Links, places: Sequence[int], found: Contents) -> str:
    """What was taken for the files that an alignment names, where their names are others; "" where they are the same."""
    if all(_named(name, found.versions) == place for name, place in zip(links.files, places, strict=False)):
        return ""
    given = _listed(_file(found.versions[place]) for place in places)
    return f"The alignment over {_listed(links.files)} was put onto {given}."


def _named(name: str, versions: Sequence[Version]) -> int | None:
    """The version whose file, id or language is called so; None where none is, or several are."""
    base = PurePosixPath(name.replace("\\", "/")).name
    for names in (
        [{_file(version), PurePosixPath(_file(version)).stem} for version in versions],
        [{*_file(version).split("."), version.id} for version in versions],
    ):
        places = [place for place, known in enumerate(names) if base in known]
        if len(places) == 1:
            return places[0]
    return None


def _file(version: Version) -> str:
    return version.metadata.get("file", version.title)


def _by_lines(version: Version) -> Version:
    """The version cut into blocks, a block a line that holds text; `id` is the number of the line, from 1.

    Raises:
        ReadError: its file marks paragraphs itself, so that it has no lines to count.
    """
    if version.blocks:
        if version.blocks == _lines(version):
            return version
        raise ReadError(
            f'The alignment counts lines, and "{_file(version)}" has paragraphs of its '
            "own instead; give the plain text file that was aligned."
        )
    return replace(version, blocks=_lines(version))


def _lines(version: Version) -> tuple[Block, ...]:
    blocks, place = [], 0
    for number, line in enumerate(version.text.split("\n"), 1):
        if line.strip() not in ("", PARAGRAPH):
            start = place + len(line) - len(line.lstrip())
            blocks.append(Block(start, place + len(line.rstrip()), "paragraph", id=str(number)))
        place += len(line) + 1
    return tuple(blocks)


def _count(version: Version) -> int:
    """The number of lines, of which the last may lack its line feed."""
    return version.text.removesuffix("\n").count("\n") + 1


def _keys(version: Version) -> Mapping[str, list[int]]:
    known: dict[str, list[int]] = {}
    for place, block in enumerate(version.blocks):
        known.setdefault(block.id, []).append(place)
    return known


def _found(version: Version, known: Mapping[str, list[int]], count: int | None, key: str) -> list[int]:
    """The blocks of a key; none for an empty line.

    Raises:
        ReadError: the version has no such line or block.
    """
    name = _file(version)
    if count is not None and not 1 <= int(key) <= count:
        raise ReadError(
            f'An alignment names line {key} of "{name}", which has {count}; give the very file that was aligned.'
        )
    if count is None and key not in known:
        raise ReadError(
            f'An alignment names the segment "{key}", which "{name}" does not have; give the very file that was aligned.'
        )
    return known.get(key, [])


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


class _Groups:
    """Blocks that belong together, joined step by step (disjoint sets; Galler and Fischer 1964)."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self._heads: dict[Place, Place] = {}
        of_group: dict[int, list[Place]] = {}
        for place, version in enumerate(versions):
            for number, block in enumerate(version.blocks):
                if block.group is not None:
                    of_group.setdefault(block.group, []).append((place, number))
        for members in of_group.values():
            self.join(members)
        self._numbers: dict[Place, int] = {}
        self._confirmed: set[Place] = set()

    def join(self, members: Sequence[Place]) -> None:
        heads = [self._head(member) for member in members]
        for head in heads[1:]:
            self._heads[head] = heads[0]
            heads[0] = self._head(heads[0])

    def _head(self, place: Place) -> Place:
        path = [place]
        while (head := self._heads.setdefault(path[-1], path[-1])) != path[-1]:
            path.append(head)
        for one in path:
            self._heads[one] = path[-1]
        return path[-1]

    def confirm(self, members: Sequence[Place]) -> None:
        """Says that a person confirmed what these blocks belong to."""
        self._confirmed = {self._head(member) for member in members}

    def applied(self, place: int, version: Version) -> Version:
        """The version with the number of its group at every block that is in one; the same for all members."""
        blocks = []
        for number, block in enumerate(version.blocks):
            group, confirmed = None, block.confirmed
            if (place, number) in self._heads:
                head = self._head((place, number))
                group = self._numbers.setdefault(head, len(self._numbers))
                confirmed = confirmed or head in self._confirmed
            blocks.append(replace(block, group=group, confirmed=confirmed))
        return replace(version, blocks=tuple(blocks))
