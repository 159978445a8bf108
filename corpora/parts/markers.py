"""Lines that say which language begins: `=== ru ===`, `--- Russian ---`, `# [ko]`, `<!-- en -->`, `[Русский]`, `Korean:`."""

import re
from collections.abc import Sequence

from corpora.languages import called, guess, language, script_of
from corpora.parts.part import OTHERWISE, Part, Parts, aligned, cycles, listed
from corpora.quoting import clean_line

# A line that is nothing but a name between marks; one without marks must end in a colon.
MARKER = re.compile(
    r"^[ \t]*(?:(?P<sign>[=*#~_+-])(?P=sign)+[ \t]*(?P<fenced>[^\s=*#~_+-][^\n]{0,60}?)[ \t]*(?P=sign){2,}"
    r"|#{1,6}[ \t]+\[?(?P<headed>[^\n\[\]]{1,60}?)\]?|<!--[ \t]*(?P<hidden>[^\n]{1,60}?)[ \t]*-->"
    r"|\[(?P<bracketed>[^\[\]\n]{1,60})\]|【(?P<filled>[^】\n]{1,60})】|(?P<named>[^\W\d_][^:\n]{0,30}):)[ \t]*$",
    re.MULTILINE,
)
# What may stand beside the name: "Russian text", "[Korean version]".
BESIDE = re.compile(
    r"\b(?:the|text|version|translation|original|in|текст|версия|перевод|оригинал|원문|번역문|번역|본문)\b"
)
BRACKETS = re.compile(r"\(([^()]*)\)")
# Characters before the first marker that are the file's own heading; more are a text by themselves.
HEADING = 300
# Share of the rounds in which no language lacks, and how many rounds there must be where one does.
WHOLE, ROUNDS = 0.6, 3
# Characters of a line that a warning shows, and letters of a name that may be a tag.
SHOWN, SHORTEST_NAME = 30, 2
FORMS = ("fenced", "headed", "hidden", "bracketed", "filled", "named")


def find(text: str) -> Parts | None:
    """The texts behind marker lines that name two different languages at least; None where there are none.

    What stands behind a marker must be in the letters of its language; where it is not the text is one, with a warning.
    """
    places = [(line, code) for line in MARKER.finditer(text) if (code := _code(line))]
    marks = [code for _, code in places]
    if len(set(marks)) < 2:
        return None
    stops = [line.start() for line, _ in places[1:]] + [len(text)]
    pieces = [text[line.end() : stop].strip() for (line, _), stop in zip(places, stops, strict=True)]
    if not all(any(map(str.isalpha, piece)) for piece in pieces):
        return None
    for (line, code), piece in zip(places, pieces, strict=True):
        script = script_of(piece)
        if script and script != language(code).script:
            return _not_divided(text, line, code, script)
    return _divided(text[: places[0][0].start()].strip(), marks, pieces, places[0][0][0].strip())


def _not_divided(text: str, line: re.Match[str], code: str, script: str) -> Parts:
    number = text.count("\n", 0, line.start()) + 1
    told = (
        f'Line {number}, "{line[0].strip()[:SHOWN]}", names {language(code).name} but {script} letters stand behind it, so '
        "the file is read as one text."
    )
    return Parts((Part("", (text,)),), warnings=(told,))


def _divided(heading: str, marks: Sequence[str], pieces: Sequence[str], marker: str) -> Parts:
    rounds = cycles(marks)
    languages = len(set(marks))
    whole = sum(len(one) == languages for one in rounds)
    comes_again = whole == len(rounds) > 1 or (len(rounds) >= ROUNDS and whole >= WHOLE * len(rounds))
    texts = aligned(rounds, pieces, marks) if comes_again else tuple(map(_alone, marks, pieces))
    left_out = []
    if len(heading) > HEADING:
        behind = len(texts[0].pieces) if comes_again else 0
        texts = tuple(Part(one.language, ("", *one.pieces)) for one in texts) if comes_again else texts
        texts = (Part("", (heading, *[""] * behind)), *texts)
    elif any(map(str.isalpha, heading)):
        lines = sum(1 for line in heading.split("\n") if line.strip())
        shown = clean_line(heading, SHOWN)
        left_out = [f'What stands before the first marker is left out ({lines} line{"s" * (lines > 1)}: "{shown}").']
    names = listed([one.language or guess(one.text) for one in texts])
    said = f'The file holds {len(texts)} texts behind marker lines such as "{marker[:SHOWN]}": {names}'
    if comes_again:
        said += f", aligned as they stand in {len(rounds)} rounds"
    return Parts(texts, comes_again, (f"{said}; {OTHERWISE}.",), tuple(left_out))


def _alone(mark: str, piece: str) -> Part:
    return Part(mark, (piece,))


def _code(line: re.Match[str]) -> str:
    """The tag of the language that a marker line names, "" where it names none."""
    groups = line.groupdict()
    given = next(groups[form] for form in FORMS if groups[form])
    outside = BRACKETS.sub("", given)
    # "Original (Korean)" is a name, "Libtabe (Chinese)" is none.
    inside = [] if _plain(outside) else BRACKETS.findall(given)
    for name in (given, outside, *inside):
        plain = _plain(name)
        code = called(name) or called(plain)
        is_tag = len(plain) <= SHORTEST_NAME
        # "it:" and "No" are words; tags are written in small letters or in capitals.
        if code and not (is_tag and (name.istitle() or (groups["named"] and not name.isupper()))):
            return code
    return ""


def _plain(name: str) -> str:
    """What remains of a name without the words that may stand beside it."""
    return " ".join(BESIDE.sub(" ", name.lower()).strip(" .:").split())
