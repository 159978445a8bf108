"""Paragraphs of HTML -> versions: one a language that parts of it are marked with, with footnotes on their characters."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from corpora import languages
from corpora.building import BETWEEN, Builder, clean
from corpora.contents import File
from corpora.document import Version
from corpora.readers.web.hypertext import Taken, tag_of
from corpora.readers.web.paragraph import Piece

CODE = re.compile(r"[a-zA-Z]{2,3}(?=$|[-_])")
# A language with a smaller share of the characters of the largest one is quoted in that one's text.
SHARE = 0.2
Begin = Callable[[Builder], None]


def built(
    file: File,
    pieces: Sequence[Piece],
    *,
    title: str = "",
    metadata: Mapping[str, str] = {},
    begin: Begin = lambda builder: None,
) -> tuple[list[Version], list[str]]:
    """The versions in the order in which their languages appear, and what was decided, a sentence each.

    Args:
        file: where the paragraphs come from.
        pieces: the paragraphs that are text.
        title: as the file says it.
        metadata: what else it says.
        begin: writes what stands before the text of the largest version.

    Raises:
        ReadError: there is no text.
    """
    codes, told = _codes(pieces)
    sizes = Counter[str]()
    for code, piece in zip(codes, pieces, strict=True):
        sizes[code] += len(piece.text)
    largest = max(sizes, key=lambda code: sizes[code], default="")
    own = {code for code in sizes if sizes[code] >= SHARE * sizes[largest]}
    codes = [code if code in own else largest for code in codes]
    rows = _rows(pieces, codes) if len(own) > 1 else {}
    versions = []
    for code in dict.fromkeys(codes) or [""]:
        builder = Builder()
        if code == largest:
            begin(builder)
        _write(builder, [piece for one, piece in zip(codes, pieces, strict=True) if one == code], rows)
        versions.append(builder.version(file, language=code, title=title, metadata=metadata))
    return versions, told


def _codes(pieces: Sequence[Piece]) -> tuple[list[str], list[str]]:
    """The language code of every paragraph, and which of them the file says wrongly; "" is found by the text."""
    texts: dict[str, list[str]] = defaultdict(list)
    said = [_code(piece.language) for piece in pieces]
    for code, piece in zip(said, pieces, strict=True):
        texts[code].append(piece.text)
    found, told = {}, []
    for code, parts in texts.items():
        whole = "\n".join(parts)[: languages.SAMPLE]
        script = languages.script_of(whole)
        expected = languages.language(code).script if code else ""
        found[code] = code
        if not code and len(texts) > 1:
            found[code] = languages.guess(whole)
        elif code and script and expected and script != expected:
            found[code] = languages.guess(whole)
            names = languages.language(code).name, languages.language(found[code]).name
            told.append(
                f"It says that it is in {names[0]}, but its letters are those of {names[1]}; it was read as that."
            )
    return [found[code] for code in said], told


def _code(tag: str) -> str:
    """The primary subtag of a language tag, "" where it is none or says that it does not know."""
    match = CODE.match(tag.strip())
    code = match.group().lower() if match else ""
    return "" if code in ("und", "mul", "zxx") else code


def _rows(pieces: Sequence[Piece], codes: Sequence[str]) -> dict[str, int]:
    """The groups of the rows whose cells hold one passage in several languages, by row."""
    held: dict[str, set[str]] = defaultdict(set)
    for piece, code in zip(pieces, codes, strict=True):
        if piece.row:
            held[piece.row].add(code)
    return {row: number for number, row in enumerate((row for row in held if len(held[row]) > 1), 1)}


def _write(builder: Builder, pieces: Sequence[Piece], rows: Mapping[str, int]) -> None:
    anchors = dict(_anchors(pieces, len(builder.text) + len(BETWEEN) if len(builder) else 0))
    title = title_of(pieces)
    for piece in pieces:
        builder.add(
            piece.text,
            "title" if piece is title else piece.kind,
            group=rows.get(piece.row),
            anchor=anchors.get(piece.note) if piece.note else None,
            id=piece.element.get("id") or "",
        )


def _anchors(pieces: Iterable[Piece], start: int) -> Iterator[tuple[str, int]]:
    """The first call of every note, as a character of the version's text."""
    called: set[str] = set()
    for piece in pieces:
        size = len(clean(piece.text))
        for place, note in piece.calls:
            if note not in called:
                called.add(note)
                yield note, start + min(place, size)
        start += size + len(BETWEEN) if size else 0


def title_of(pieces: Sequence[Piece]) -> Piece | None:
    """The heading of the first rank, where there is one alone."""
    found = [piece for piece in pieces if piece.kind == "heading" and _is_first(piece)]
    return found[0] if len(found) == 1 else None


def _is_first(piece: Piece) -> bool:
    return any(tag_of(one) == "h1" for one in (piece.element, *piece.element.iterancestors()))


def decided(taken: Iterable[Taken]) -> tuple[list[str], list[str]]:
    """What was decided and what was left out in taking paragraphs, a sentence each."""
    passed = Counter[str]()
    for one in taken:
        passed += one.passed
    told, left = [], []
    if passed["deletion"] or passed["insertion"]:
        told.append(
            f"Changes were read as accepted: {counted(passed['deletion'], 'deletion')} left out, "
            f"{counted(passed['insertion'], 'insertion')} kept."
        )
    if passed["hidden"]:
        left.append(f"{counted(passed['hidden'], 'element')} with text that the page does not show.")
    if passed["embedded"]:
        left.append(
            f"{counted(passed['embedded'], 'picture or other embedded object', 'pictures and other embedded objects')}."
        )
    if passed["reading"]:
        left.append(f"{counted(passed['reading'], 'reading')} beside characters (ruby).")
    return told, left


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "note"), counted(1200, "note")
    ('1 note', '1,200 notes')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
