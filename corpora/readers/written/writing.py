"""Pages of words -> the text of a version with its blocks and repairs, and counts of what was found on the way."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpora.building import Builder
from corpora.contents import Progress
from corpora.readers.drawn.page import Page, Word
from corpora.readers.printed import columns, footnotes, furniture, letters, paragraphs
from corpora.readers.printed.footnotes import Note
from corpora.readers.printed.lines import Line, usual_size
from corpora.readers.printed.paragraphs import HEADING, Passage
from corpora.readers.written import blocks, hyphens, joints
from corpora.readers.written.blocks import Habits
from corpora.readers.written.joints import Furniture, Group

APPARATUS, FOOTNOTE, TITLE = "apparatus", "footnote", "title"
TURNED, RECODED, ANCHORED, IN_COLUMNS = "turned text", "recoded", "anchored", "pages in columns"
# How much larger than the text a title is, and among how many passages at the head it stands.
TITLE_SIZE, HEAD = 1.3, 6


@dataclass(slots=True)
class Text:
    """A text while it grows.

    Args:
        builder: of its version.
        counts: how many there were of each kind of furniture and of each kind of repair, and so on.
        pages: numbers of pages, and the places in the text where something of them begins.
        words: words with their places in the text, by the number of their page.
    """

    builder: Builder = field(default_factory=Builder)
    counts: Counter[str] = field(default_factory=Counter)
    pages: list[tuple[int, int]] = field(default_factory=list)
    words: dict[int, list[tuple[Word, int, int]]] = field(default_factory=lambda: defaultdict(list))
    starts: dict[int, int] = field(default_factory=dict)

    @property
    def page_places(self) -> str:
        """Where the pages are in the text: "1:0 2:1834", a page and the place where something of it begins.

        Footnotes stand behind the text, so that a page can come again.
        """
        return " ".join(f"{page}:{start}" for page, start in self.pages)

    def add(self, block: blocks.Written, kind: str, anchor: int | None = None) -> None:
        """Adds a block with its repairs."""
        added = self.builder.add(block.text, kind, anchor=anchor)
        if added is None:
            return
        for repair in block.repairs:
            self.builder.repair(repair.kind, added.start + repair.start, added.start + repair.stop, repair.text)
            self.counts[repair.kind] += 1
        for line, start in zip(block.lines, block.starts, strict=True):
            self.starts[id(line)] = added.start + start
            self.page(line.page, added.start + start)
            for word, first in zip(line.words, line.starts, strict=True):
                place = added.start + start + first
                self.words[line.page].append((word, place, min(place + len(word.text), added.stop)))

    def page(self, number: int, start: int) -> None:
        """Notes that something of a page begins here."""
        if not self.pages or self.pages[-1][0] != number:
            self.pages.append((number, start))


def write(pages: Sequence[Page], outline: Sequence[tuple[int, str]], progress: Progress) -> Text:
    """The text of the pages.

    Args:
        pages: in order.
        outline: headings that the file lists, with their pages.
        progress: told the share that is done.
    """
    pages, recoded = letters.recoded(pages)
    text = Text()
    text.counts[RECODED] = recoded
    items, notes = _laid_out(pages, outline, text.counts, progress)
    groups = joints.joined(items)
    known = hyphens.vocabulary(line.text for line in _lines(groups))
    cut = hyphens.cut_lines([*(list(_lines([group])) for group in groups), *(note.lines for note in notes)], known)
    habits = Habits(known, cut)
    marks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for note in notes:
        if note.called and note.raised:
            marks[id(note.called[0])].append(note.called[1:])
    title = _title(groups)
    for group in groups:
        first = group[0]
        for item in group:
            text.counts[item.kind] += isinstance(item, Furniture)
        kind = APPARATUS if isinstance(first, Furniture) else TITLE if group is title else first.kind
        text.add(blocks.write(group, habits, marks), kind)
    for note in notes:
        anchor = text.starts.get(id(note.called[0])) if note.called else None
        if anchor is not None and note.called:
            anchor += note.called[1]
        text.counts[FOOTNOTE] += 1
        text.counts[ANCHORED] += anchor is not None
        text.add(blocks.of_lines(note.lines, [True] * len(note.lines), habits), FOOTNOTE, anchor)
    for page in pages:
        if page.turned:
            added = text.builder.add("\n".join(page.turned), APPARATUS)
            if added:
                text.counts[TURNED] += len(page.turned)
                text.page(page.number, added.start)
    return text


def _laid_out(
    pages: Sequence[Page], outline: Sequence[tuple[int, str]], counts: Counter[str], progress: Progress
) -> tuple[list[joints.Item], list[Note]]:
    """Everything on the pages in reading order, and the footnotes."""
    parted = furniture.part(pages)
    size = usual_size(word for page in parted for word in page.body)
    gutters = _gutters(parted)
    listed: dict[int, set[str]] = defaultdict(set)
    for place, heading in outline:
        listed[place].add(paragraphs.plain(heading))
    items: list[joints.Item] = []
    notes: list[Note] = []
    calls: list[footnotes.Call] = []
    number = 0
    for one in parted:
        page = one.page
        items += [Furniture(line, kind) for kind, line in one.head]
        found = columns.columns(one.body, page.number, gutters)
        counts[IN_COLUMNS] += len(found) > 1
        kept, of_page = footnotes.split(found, page.rules, page.height, _size(one.body, size), calls)
        notes += of_page
        for column in kept:
            number += 1
            items += paragraphs.cut(column, number, size, frozenset(listed[page.number]))
        items += [Furniture(line, kind) for kind, line in one.foot]
        progress(page.number / len(pages))
    return items, list(_continued(notes))


def _size(words: Sequence[Word], size: float) -> float:
    """The size of the text on a page: that of the whole text, unless little of the page has it."""
    near = sum(len(word.text) for word in words if abs(word.size - size) <= 0.07 * size)
    return size if near >= 0.2 * sum(len(word.text) for word in words) else usual_size(words)


def _gutters(pages: Sequence[furniture.Parted]) -> list[float]:
    """Where several pages have a gutter."""
    places = Counter(
        round(place / columns.SAME_PLACE)
        for page in pages
        for place in set(columns.gutters(page.body, page.page.number))
    )
    return [place * columns.SAME_PLACE for place, times in places.items() if times > 1]


def _continued(notes: Sequence[Note]) -> Iterator[Note]:
    """The notes, those without a mark put to the one before, which they go on with."""
    held: Note | None = None
    for note in notes:
        if held and not note.mark and note.lines[0].page <= held.lines[-1].page + 1:
            held = replace(held, lines=held.lines + note.lines)
            continue
        if held:
            yield held
        held = note
    if held:
        yield held


def _lines(groups: Sequence[Group]) -> Iterator[Line]:
    return (line for group in groups for item in group if isinstance(item, Passage) for line in item.lines)


def _title(groups: Sequence[Group]) -> Group | None:
    """The heading in the largest type on the first page that has text, where text follows."""
    passages = [(group, group[0]) for group in groups if isinstance(group[0], Passage)]
    if len(passages) < 2:
        return None
    first = passages[0][1].lines[0].page
    headings = [(group, one) for group, one in passages[:HEAD] if one.kind == HEADING and one.lines[0].page == first]
    if not headings:
        return None
    group, largest = max(headings, key=lambda pair: pair[1].size)
    usual = usual_size(word for line in _lines(groups) for word in line.words)
    return group if largest.size >= TITLE_SIZE * usual else None
