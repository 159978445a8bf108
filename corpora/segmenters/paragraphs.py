"""Paragraphs, headings, list items and apparatus, told by layout and by marks on the paper.

What the file itself marked (`Version.blocks`) is taken as it is. Rules for the rest, in this order:
1. Blocks are parted by blank lines; a text without blank lines is cut at every line end, and so is a block whose lines
   are sentences of uneven length. A Markdown heading is a block of its own, a rule (---) is none.
2. What stands before the label "Contents" of a citation block is front matter.
3. The text itself begins with the last repetition of its title before the first heading; it ends with the last
   drafting or typing note when there is one and a signature, stamp or bracketed note, or no sentence at all, stands
   behind it. Neither may leave more of the paper outside the text than in it. What
   stands before and after is apparatus; so is a block that carries a mark of it (stamp, bracketed note, signature),
   and everything up to the bracket's end.
4. A block without closing punctuation that is followed by one with a small first letter was cut by a page break:
   they are joined, and the joint is recorded as a `Repair`.
5. Headings are marked (#, **) or short, numbered and without closing punctuation. List items are marked (1), 1., -)
   or follow a colon and end in a semicolon, the last one in a full stop.
"""

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpora import citation
from corpora.archive import is_colophon
from corpora.dates import find_dates
from corpora.document import BODY_KINDS, Block, Repair, Segment, Version
from corpora.languages import Language, language

BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
HEADING_MARK = re.compile(r"#{1,6}[ \t]+")
RULE = re.compile(r"[-*_=](?:[ \t]*[-*_=]){2,}")
# A single I, V or X without a mark behind it is a word.
NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]{2,4})[.)]?[ \t]+\S|[IVXivx]{1,4}[.)][ \t]+\S|제 ?\d+ ?[장절]")
LIST_MARK = re.compile(r"(?:\d{1,2}[.)]|[a-zа-я]\)|[-•–—*])[ \t]+\S")
LINES = re.compile(r"\n+")
LINE_BREAK = re.compile(r"(?<![^\S\n])[^\S\n]*\n[^\S\n]*")
# Closing punctuation, behind which quotation marks and brackets may still stand.
CLOSED = re.compile(r"[.!?…:;。？！][\"'”’“»«》」』)\]*]*$")
SENTENCE_END = re.compile(r"\w[.!?…。？！][\"'”’“»《》」』)\]]*$")
BRACKETED = re.compile(r"\[[^\[\]]*\]$")
BRACKET = re.compile(r"[\[\]]")
# Lines a block must have before they are looked at one by one, and the share of them that must speak for it: two lines
# tell nothing, and a list in small letters or a cut line does not make a page of wrapped ones.
LEAST_LINES, MOST_LINES = 3, 0.5
# A note in brackets reaches no further than this many characters: one that is never closed is a slip of the pen.
NOTE_REACH = 2000
PAGE_BREAK, ONE_LINE = "page break", "line break"
# What a joint between two paragraphs is called that a person made.
BY_HAND = "joined by hand"
# The repairs that are not the reader's; but for a page break within a block.
OWN = (PAGE_BREAK, ONE_LINE, BY_HAND)
# Longest heading and title, in characters: a line and a half of print for a heading, four for a title.
HEADING_LENGTH, TITLE_LENGTH = 150, 300


def segment(version: Version, *, repair: bool = True) -> Version:
    """The version with paragraph-level segments and the repairs they rest on.

    Args:
        version: as read.
        repair: False keeps what page breaks cut as separate segments, where its reader did not put it together.
    """
    text, pack = version.text, language(version.language)
    found = citation.find(text)
    contents = found.contents if found else 0
    blocks = list(version.blocks or _blocks(text, contents))
    marked = frozenset(block.start for block in version.blocks if block.kind)
    blocks = list(_placed(text, blocks, version, pack, contents, marked))
    joints: list[Repair] = []
    if repair:
        blocks, joints = _rejoined(text, blocks, marked)
    blocks = _listed(text, blocks, marked)
    breaks = [
        _one_line(match) for block in blocks if block.kind != "apparatus" for match in _breaks(text, block, joints)
    ]
    by_reader = [repair for repair in version.repairs if repair.kind not in OWN or _is_within(repair, version.blocks)]
    # What the reader repaired over a line's end needs no second repair.
    breaks = [one for one in breaks if not any(_overlap(one, other) for other in _near(by_reader, one))]
    repairs = tuple(sorted((*by_reader, *joints, *breaks), key=lambda repair: repair.start))
    segments = tuple(
        Segment(
            index, index, block.kind, block.start, block.stop,
            repaired(text, block.start, block.stop, repairs), block.anchor,
        )
        for index, block in enumerate(blocks)
    )  # fmt: skip
    return replace(version, segments=segments, repairs=repairs)


def repaired(text: str, start: int, stop: int, repairs: Sequence[Repair]) -> str:
    r"""The characters `start:stop` as they are read: with the repairs that lie inside.

    >>> repaired("of a\n\nfurther", 0, 13, [Repair("page break", 4, 6, " ")])
    'of a further'
    """
    pieces, place = [], start
    for repair in _inside(repairs, start, stop):
        pieces += [text[place : repair.start], repair.text]
        place = repair.stop
    return "".join([*pieces, text[place:stop]])


def unrepaired(segment: Segment, start: int, stop: int, repairs: Sequence[Repair]) -> tuple[int, int]:
    """The place in the version's text of characters `start:stop` of a segment's repaired text."""
    inside = _inside(repairs, segment.start, segment.stop)

    def place(offset: int, at_end: bool) -> int:
        # How much longer the repaired text is so far; below 0 where blanks went.
        shift = 0
        for repair in inside:
            begins = repair.start - segment.start + shift
            if offset < begins + len(repair.text) or (at_end and offset == begins):
                if offset <= begins:
                    break
                return repair.stop if at_end else repair.start
            shift += len(repair.text) - (repair.stop - repair.start)
        return segment.start + offset - shift

    return place(start, False), place(stop, True)


def _inside(repairs: Sequence[Repair], start: int, stop: int) -> list[Repair]:
    """The repairs that lie in `start:stop`; a long text has thousands of others, which are in order."""
    first = bisect.bisect_left(repairs, start, key=lambda repair: repair.start)
    last = bisect.bisect_left(repairs, stop, first, key=lambda repair: repair.start)
    return [repair for repair in repairs[first:last] if repair.stop <= stop]


def blocks(text: str) -> list[Block]:
    """The paragraphs of a text whose file marked none, before `segment` tells their kinds."""
    found = citation.find(text)
    return list(_blocks(text, found.contents if found else 0))


def _blocks(text: str, contents: int) -> Iterator[Block]:
    for start, stop in _between(text, 0, contents, BLANK):
        yield from _lines(text, start, stop)
    has_blank_lines = bool(BLANK.search(text[contents:].strip()))
    for start, stop in _between(text, contents, len(text), BLANK):
        by_line = not has_blank_lines or is_line_each(text[start:stop])
        for first, last in _between(text, start, stop, LINES) if by_line else [(start, stop)]:
            yield from _lines(text, first, last)


def _between(text: str, start: int, stop: int, border: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The stretches of `start:stop` that the border parts."""
    for match in border.finditer(text, start, stop):
        yield start, match.start()
        start = match.end()
    yield start, stop


def is_line_each(block: str) -> bool:
    """True where every line is a paragraph: most lines end a sentence, and not because the page was full.

    Lines that were wrapped to one width break where the next word would not have fitted, wherever a sentence ends.
    """
    lines = [line.strip() for line in block.strip().split("\n")]
    if len(lines) < LEAST_LINES:
        return False
    width = max(map(len, lines))
    pairs = list(itertools.pairwise(lines))
    ended = sum(1 for line, following in pairs if CLOSED.search(line) and not following[:1].islower())
    early = sum(1 for line, following in pairs if len(line) + 1 + len(following.split(" ")[0]) <= width)
    return ended > MOST_LINES * len(pairs) and early > MOST_LINES * len(pairs)


def _lines(text: str, start: int, stop: int) -> Iterator[Block]:
    """One block, with Markdown headings in it parted from what follows and rules left out."""
    piece, first = text[start:stop], start
    for line in re.finditer(r"^[ \t]*(#{1,6}[ \t]+\S.*|[-*_=](?:[ \t]*[-*_=]){2,})[ \t]*$", piece, re.MULTILINE):
        yield from _stripped(text, first, start + line.start())
        if mark := HEADING_MARK.match(line[1]):
            yield from _stripped(text, start + line.start(1) + mark.end(), start + line.end(1), "heading")
        first = start + line.end()
    yield from _stripped(text, first, stop)


def _stripped(text: str, start: int, stop: int, kind: str = "") -> Iterator[Block]:
    piece = text[start:stop]
    if bold := re.fullmatch(r"\s*\*\*([^*]+)\*\*\s*", piece):
        kind, stop, start = kind or "heading", start + bold.end(1), start + bold.start(1)
        piece = text[start:stop]
    start, stop = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
    if start < stop and not RULE.fullmatch(text[start:stop]):
        yield Block(start, stop, kind)


def _placed(
    text: str, blocks: list[Block], version: Version, pack: Language, contents: int, given: frozenset[int]
) -> Iterator[Block]:
    """The blocks with front matter, apparatus, title, headings, colophon and paragraphs told apart.

    `given` are the starts of those whose kind the file tells.
    """
    if all(block.start in given for block in blocks):
        yield from blocks
        return
    aside = [block.start in given and block.kind not in BODY_KINDS for block in blocks]
    marked = [is_marked or is_aside for is_marked, is_aside in zip(_marked(text, blocks, pack), aside, strict=True)]
    paper = [place for place, block in enumerate(blocks) if block.start >= contents and not marked[place]]
    late = [place for place in paper if blocks[place].start - contents > len(text) - blocks[place].stop]
    has_title = any(block.kind == "title" for block in version.blocks)
    title = None if has_title else _title(text, blocks, paper, late, version)
    notes = [place for place in paper if is_colophon(text[blocks[place].start : blocks[place].stop], pack)]
    notes = [place for place in notes if title is None or place > title]
    last = next((place for place in reversed(notes) if place in late), len(blocks))
    if not any(marked[last + 1 :]) and any(_tells(text, block, pack) for block in blocks[last + 1 :]):
        last = len(blocks)
    for place, block in enumerate(blocks):
        piece = text[block.start : block.stop]
        if block.start in given:
            kind = block.kind
        elif block.start < contents:
            kind = "front matter"
        elif place == title:
            kind = "title"
        elif place in notes:
            kind = "colophon"
        elif marked[place] or place > last or (title is not None and contents and place < title):
            kind = "apparatus"
        else:
            kind = block.kind or ("heading" if _is_heading(piece, pack) else "paragraph")
        yield replace(block, kind=kind)


def _tells(text: str, block: Block, pack: Language) -> bool:
    """True for a block that ends as a sentence and is no mere date."""
    piece = text[block.start : block.stop]
    return bool(SENTENCE_END.search(piece)) and not any(date.start == 0 for date in find_dates(piece, pack))


def _marked(text: str, blocks: list[Block], pack: Language) -> Iterator[bool]:
    """Whether each block carries a mark of apparatus or stands in a bracket that such a block opened."""
    until = 0
    for block in blocks:
        piece = text[block.start : block.stop]
        marked = block.start < until or bool(pack.apparatus and pack.apparatus.search(piece))
        marked = marked or bool(BRACKETED.match(piece))
        if marked:
            until = max(until, _bracket_end(text, block))
        yield marked


def _bracket_end(text: str, block: Block) -> int:
    """Where the bracket that a block leaves open is closed, the end of the block when there is no such place."""
    depth = 0
    for mark in BRACKET.finditer(text, block.start, block.stop + NOTE_REACH):
        if mark.start() >= block.stop and not depth:
            break
        depth = depth + 1 if mark.group() == "[" else max(0, depth - 1)
        if mark.start() >= block.stop and not depth:
            return mark.end()
    return block.stop


def _title(text: str, blocks: list[Block], paper: list[int], late: list[int], version: Version) -> int | None:
    """The place of the title: its last repetition before the first heading or, without an archive's title, a short first block.

    Args:
        text: the version's text.
        blocks: all its blocks.
        paper: the places of those that can hold a title.
        late: the places of those that have more of the paper before them than behind.
        version: as read.
    """
    wanted, pack = _plain(version.title), language(version.language)
    named = [place for place in paper if wanted and _plain(text[blocks[place].start : blocks[place].stop]) == wanted]
    if named:
        first = next(
            (place for place in paper if place not in named and _heads(text, blocks[place], pack)), len(blocks)
        )
        return max((place for place in named if place < first and place not in late), default=named[0])
    if len(paper) < 3:
        return None
    block, following = blocks[paper[0]], blocks[paper[1]]
    piece = text[block.start : block.stop]
    is_listed = _is_numbered(piece) or bool(LIST_MARK.match(piece))
    looks_so = len(piece) <= TITLE_LENGTH and not CLOSED.search(piece) and not is_listed
    return paper[0] if looks_so and not text[following.start].islower() else None


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _heads(text: str, block: Block, pack: Language) -> bool:
    return block.kind == "heading" or _is_heading(text[block.start : block.stop], pack)


def _is_heading(piece: str, pack: Language) -> bool:
    looks_so = _is_numbered(piece) and len(piece) <= HEADING_LENGTH and "\n" not in piece and not CLOSED.search(piece)
    return looks_so and not any(date.start == 0 for date in find_dates(piece, pack))


def _is_numbered(piece: str) -> bool:
    return bool(NUMBERED.match(piece))


def _rejoined(text: str, blocks: list[Block], given: frozenset[int]) -> tuple[list[Block], list[Repair]]:
    """What page breaks cut is joined: no closing punctuation before, a small letter behind."""
    joined: list[Block] = []
    repairs = []
    for block in blocks:
        before = joined[-1] if joined else None
        free = before and before.kind == block.kind == "paragraph" and not given & {before.start, block.start}
        if before and free and _was_cut(text, before, block):
            repairs.append(Repair(PAGE_BREAK, before.stop, block.start, " "))
            joined[-1] = replace(before, stop=block.stop)
        else:
            joined.append(block)
    return joined, repairs


def _was_cut(text: str, before: Block, block: Block) -> bool:
    return (
        text[block.start].islower()
        and not CLOSED.search(text[before.start : before.stop])
        and not LIST_MARK.match(text, block.start)
    )


def _listed(text: str, blocks: list[Block], given: frozenset[int]) -> list[Block]:
    """The blocks with list items told from paragraphs."""
    listed: list[Block] = []
    introduced = False
    for block in blocks:
        piece = text[block.start : block.stop]
        if block.kind != "paragraph" or block.start in given:
            introduced = False
        elif LIST_MARK.match(piece):
            block = replace(block, kind="list item")
        elif introduced:
            # The item behind the last semicolon closes the list, whatever it ends with.
            went_on = bool(listed) and text[listed[-1].start : listed[-1].stop].rstrip().endswith((";", ":"))
            if piece.endswith(";") or (went_on and listed[-1].kind == "list item"):
                block = replace(block, kind="list item")
            introduced = piece.endswith(";")
        if piece.endswith(":"):
            introduced = True
        listed.append(block)
    return listed


def _breaks(text: str, block: Block, joints: list[Repair]) -> Iterator[re.Match[str]]:
    for match in LINE_BREAK.finditer(text, block.start, block.stop):
        before = bisect.bisect_right(joints, match.start(), key=lambda joint: joint.start)
        if not before or joints[before - 1].stop <= match.start():
            yield match


def _is_within(repair: Repair, blocks: Sequence[Block]) -> bool:
    """True for a page break that the reader repaired: inside a block, where no joint of ours is."""
    before = bisect.bisect_right(blocks, repair.start, key=lambda block: block.start)
    return repair.kind == PAGE_BREAK and before > 0 and repair.stop <= blocks[before - 1].stop


def _near(repairs: Sequence[Repair], one: Repair) -> Sequence[Repair]:
    """The repairs, which are in order, that begin before this one's end and may reach into it."""
    last = bisect.bisect_left(repairs, one.stop, key=lambda repair: repair.start)
    return repairs[max(0, last - 1) : last]


def _overlap(one: Repair, other: Repair) -> bool:
    return one.start < other.stop and other.start < one.stop


def _one_line(match: re.Match[str]) -> Repair:
    return Repair(ONE_LINE, match.start(), match.end(), " ")
