"""Markdown: paragraphs, headings, list items, table cells and footnotes as the file marks them, without the marks."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from corpora import archive, citation, front, languages, parts
from corpora.building import Builder
from corpora.chain import numbered
from corpora.contents import Contents, File
from corpora.document import Block, Version
from corpora.front import Front
from corpora.parts.part import Part, Parts
from corpora.quoting import clean_line
from corpora.readers.parted import Marked
from corpora.readers.sliced import Sliced, sliced
from corpora.segmenters.paragraphs import BLANK
from corpora.texts import opened

# Fields of the front matter that are read.
READ = ("title", "author", "authors", "translator", "translators", "date", "lang", "language")
# What becomes of what is counted, for one and for more.
LEFT_OUT = {
    "comment": ("One comment is left out", "{} comments are left out"),
    "address": ("The address of one link is left out", "The addresses of {} links are left out"),
    "picture": ("One picture is left out; its description is read", "{} pictures are left out; their descriptions are read"),
    "tag": ("One tag of HTML is left out", "{} tags of HTML are left out"),
}  # fmt: skip
WARNED = {
    "struck out": ("One struck-out passage is read like the rest", "{} struck-out passages are read like the rest")
}
BOLD = re.compile(r"\*\*([^*]+)\*\*")


def read(file: File) -> Contents:
    """Markdown, with front matter, footnotes and tables; several texts in one file are told apart.

    Raises:
        ReadError: the file is empty, binary, too large, or in an encoding that cannot be told.
    """
    source = opened(file)
    head = front.read(source.text)
    body = source.text[head.stop :]
    found = Parts((Part("", (body,)),)) if file.whole else parts.find(body)
    several = len(found.texts) > 1
    made = [_Made(file, part, found.is_aligned, Front({}) if several else head) for part in found.texts]
    versions, counts = [], Counter[str]()
    for place, one in enumerate(made):
        version = one.version(place / len(made), 1 / len(made))
        versions.append(replace(version, metadata={**_about(head), **version.metadata, "encoding": source.encoding}))
        counts += one.counts
    misled = [one.misled for one in made if one.misled]
    return Contents(
        tuple(numbered(versions)),
        warnings=(*source.warnings, *found.warnings, *misled, *_said(WARNED, counts)),
        left_out=(*source.left_out, *found.left_out, *_left_out(counts, head)),
    )


def _about(head: Front) -> dict[str, str]:
    return {"author": author} if (author := head.value("author", "authors")) else {}


def _left_out(counts: Counter[str], head: Front) -> Iterator[str]:
    yield from _said(LEFT_OUT, counts)
    if unread := [clean_line(name) for name in head.fields if name not in READ]:
        yield f"Fields of the front matter that are not read: {', '.join(unread)}."


def _said(sentences: Mapping[str, tuple[str, str]], counts: Counter[str]) -> Iterator[str]:
    for what, (of_one, of_more) in sentences.items():
        if count := counts[what]:
            yield f"{of_one if count == 1 else of_more.format(count)}."


class _Made:
    """A version from one text of the file: `counts` says what it leaves out, `misled` where front matter was wrong."""

    def __init__(self, file: File, part: Part, is_aligned: bool, head: Front) -> None:
        self.counts, self.misled = Counter[str](), ""
        self._file, self._head, self._language = file, head, part.language
        self._pieces = dict(enumerate(part.pieces)) if is_aligned else {None: part.text}

    def version(self, done: float, share: float) -> Version:
        """The version; the reader has done `done` of its work before, and this is `share` of it."""
        builder = Builder()
        found = {group: sliced(_body(builder, piece)) for group, piece in self._pieces.items()}
        notes = {label: lines for one in found.values() for label, lines in one.footnotes.items()}
        addresses = [line for one in found.values() for line in one.addresses]
        slices = [(group, slice) for group, one in found.items() for slice in one.slices]
        marked = Marked(builder, Sliced([slice for _, slice in slices], notes, addresses))
        for place, (group, slice) in enumerate(slices):
            self._file.progress(done + share * place / len(slices))
            marked.add(slice, group)
        marked.finish()
        self.counts = marked.counts + Counter(comment=sum(one.comments for one in found.values()))
        return self._described(builder)

    def _described(self, builder: Builder) -> Version:
        head, text = self._head, builder.text
        title = head.value("title") or next((text[b.start : b.stop] for b in builder.blocks if b.kind == "title"), "")
        code = self._language or self._stated(text) or languages.guess(citation.paper(text))
        version = builder.version(self._file, language=code, title=title)
        version = replace(version, blocks=tuple(_without_bold(text, block) for block in version.blocks))
        block = citation.find(text)
        version = archive.describe(version, block) if block else version
        translators = head.values("translator", "translators")
        return replace(version, date=version.date or head.value("date"), translators=version.translators or translators)

    def _stated(self, text: str) -> str:
        """The language that front matter states, "" where it states none or the letters are of another one."""
        code = languages.called(self._head.value("lang", "language"))
        wanted, script = languages.language(code).script, languages.script_of(citation.paper(text))
        if code and wanted and script and wanted != script:
            name = languages.language(code).name
            self.misled = f"The front matter says {name} but the text is in {script} letters, which counted."
            return ""
        return code


def _without_bold(text: str, block: Block) -> Block:
    """A label or title of a citation block, which must stay in bold in the text, without the marks."""
    bold = BOLD.fullmatch(text, block.start, block.stop) if block.kind == "front matter" else None
    return replace(block, start=bold.start(1), stop=bold.end(1)) if bold else block


def _body(builder: Builder, piece: str) -> str:
    """The text behind the citation block at its head, which is added as it stands."""
    block = citation.find(piece)
    if not block:
        return piece
    for paragraph in BLANK.split(piece[: block.contents]):
        builder.add(paragraph, "front matter")
    return piece[block.contents :]
