"""Texts, versions and documents for hypothesis: small, in three scripts, and as untidy as what people paste."""

from dataclasses import replace

from hypothesis import strategies as st

from corpora import open_document, read_bytes
from corpora.document import Document, Version
from corpora.errors import WorkbenchError

SENTENCES = {
    "ko": (
        "우리 나라는 아직도 통일되지 못하였다.",
        "국토와 민족은 두 부분으로 분렬되였다.",
        "1954년에 알곡 수확은 적었다.",
        "그는 《가자.》라고 말하였다!",
        "왜 그런가?",
        "朝鮮人民은 黨의 周圍에 뭉치였다.",
    ),
    "ru": (
        "Наша страна всё ещё не воссоединена.",
        "В 1954 г. урожай зерна был мал.",
        "См. док. № 5.",
        "Тов. Ким сказал: «Иду. Скоро буду!»",
        "Почему?",
        "Это т. е. так — и т. д.",
    ),
    "en": (
        "Our country is still not reunited.",
        "The harvest of 1954 was small.",
        "See Doc. No. 5.",
        'Cde. V. P. Stepanov asked: "Why? Who?"',
        "Is it so?",
        "The U.S. Army left (on 2 March).",
    ),
}
# Paragraphs that a page break cut in two: what stands before it and behind it.
CUTS = {
    "ko": ("우리 앞에 나선 과업은", "농업을 복구하는 것이다."),
    "ru": ("Перед нами стоит задача", "восстановить сельское хозяйство."),
    "en": ("We are faced with the task of a further", "strengthening of the union."),
}
CLOSING_NOTES = {
    "ko": "1955년 1월 31일 작성",
    "ru": "Составлено 31 января 1955 года",
    "en": "Drafted on 31 January 1955",
}
MARKED = {"ko": "[서명] 김", "ru": "[подпись] Ковалёв", "en": "[handwritten: ref. 926"}
# What does not belong in a text and stands there all the same: controls, joiners, marks of direction, private use,
# a letter and its accent apart, Hangul in parts, signs outside the basic plane, the last code points there are.
ODDITIES = (
    "\u00a0", "\u200b", "\u200d", "\u202e", "\u00ad", "\ufeff", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\ue000", "\ufffe",
    "\U0010ffff", "e\u0301", "\u1112\u1161\u11ab", "😀", "\U00020000", "…", "№", "①", "]", "[", "**", "\\1", "(", "”",
)  # fmt: skip


def untidy(language: str) -> st.SearchStrategy[str]:
    """A stretch of text without line ends: sentences of the language with something odd among them."""
    piece = st.one_of(
        st.sampled_from(SENTENCES[language]),
        st.sampled_from(SENTENCES[language]),
        st.sampled_from(ODDITIES),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
    )
    return st.lists(piece, min_size=1, max_size=4).map(" ".join)


def wrapped(language: str) -> st.SearchStrategy[str]:
    """Three to six lines of one paragraph with blanks on either side of the line ends."""
    end = st.sampled_from([" \n   ", "  \n", "\n  ", " \n ", "\n", "\t\n \t"])
    line = st.sampled_from(SENTENCES[language]).map(lambda text: text[:-1])
    rest = st.lists(st.tuples(end, line), min_size=2, max_size=5)
    return st.builds(lambda first, rest: first + "".join(map("".join, rest)) + ".", line, rest)


def blocks(language: str) -> st.SearchStrategy[str]:
    """A heading, list, bracketed note, wrapped or cut paragraph, rule, closing note or running text."""
    sentence = st.sampled_from(SENTENCES[language])
    line = st.one_of(sentence, untidy(language))
    return st.one_of(
        line,
        line,
        st.builds("{} {}".format, st.sampled_from(["#", "####", "1.", "II", "1)", "-", "а)"]), line),
        st.builds("**{}**".format, line),
        st.builds("{}\n{}".format, line, line),
        st.builds("[{}\n{}]".format, line, line),
        wrapped(language),
        st.lists(sentence.map(lambda text: text[:-1] + ";"), min_size=1, max_size=3).map("\n\n".join),
        sentence.map(lambda text: text[:-1] + ":"),
        st.sampled_from(["---", "***", "\n\n".join(CUTS[language]), CLOSING_NOTES[language], MARKED[language]]),
    )


def texts(language: str) -> st.SearchStrategy[str]:
    """A text with blank lines of all sorts between its blocks, with any line ends, now and then with a citation block."""
    between = st.sampled_from(["\n\n", "\n\n", "\n", "\n \t\n", "\n\u00a0\n", "\n\n\n\n", "\n\x0c\n"])
    body = st.lists(st.tuples(blocks(language), between), min_size=1, max_size=6).map(
        lambda parts: "".join(block + gap for block, gap in parts)
    )
    head = st.sampled_from(
        ["", "", "\n", "**A Title**\n\n**Citation:**\n\nA fond 5, opis 2, delo 3.\n\n**Contents:**\n\n"]
    )
    ends = st.sampled_from(["\n", "\r\n", "\r", "\u2028"])
    first = st.sampled_from(SENTENCES[language])
    return st.builds(
        lambda head, first, body, end: f"{head}{first}\n\n{body}".replace("\n", end), head, first, body, ends
    )


def versions(language: str, id: str = "") -> st.SearchStrategy[Version]:
    """A version as read, in one of the three languages."""
    name = f"{id or language}.txt"
    return (
        texts(language)
        .map(lambda text: read_bytes(text.encode(), name, encoding="utf-8"))
        .map(lambda v: _called(v, language, id))
    )


def _called(version: Version, language: str, id: str) -> Version:
    """The version under this id; which language a text is guessed to be in is not what these are for."""
    return replace(version, id=id or language, language=language)


def documents(most: int = 3, level: str = "paragraph") -> st.SearchStrategy[Document]:
    """Two to `most` versions, cut at this level; the fourth is a second translation."""
    chain = [versions("ko"), versions("ru"), versions("en"), versions("en", "en2")]
    sets = st.integers(2, most).flatmap(lambda count: st.tuples(*chain[:count]))
    return sets.map(lambda versions: _opened(versions, level)).filter(lambda document: document is not None)


def _opened(versions: tuple[Version, ...], level: str) -> Document | None:
    try:
        return open_document(versions, level)
    except WorkbenchError:
        return None
