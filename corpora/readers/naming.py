"""What the names of built-in styles say of the paragraphs in them, in the languages of the programs that give them."""

import re

# Word always says it in English, others in the language of their user.
HEADING = re.compile(
    r"(?:heading|überschrift|заголовок|загаловак|제목|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek"
    r"|nadpis|başlık|címsor|titlu|見出し|标题|標題)\s*[1-9]",
    re.IGNORECASE,
)
NAMED = {
    "title": re.compile(r"title|titel|название|заглавие|제목|titre|tytuł|título|titolo|表題|标题|標題", re.IGNORECASE),
    "heading": re.compile(
        r"subtitle|untertitel|подзаголовок|부제|sous-titre|subtítulo|sottotitolo|podtytuł|副題|副标题|副標題", re.IGNORECASE
    ),
    "caption": re.compile(r"caption|beschriftung|название объекта|캡션|légende|legenda|図表番号|题注", re.IGNORECASE),
    "front matter": re.compile(
        r"(?:toc|verzeichnis|оглавление|목차|tm|目次|目录)\s*[1-9]|toc heading|table of (?:figures|authorities)|toa heading"
        r"|contents(?: heading| \d+)", re.IGNORECASE,
    ),
    "apparatus": re.compile(r"(?:index|указатель|색인)\s*[1-9]|index heading", re.IGNORECASE),
}  # fmt: skip


def kind_named(name: str) -> str:
    """The kind of a paragraph whose style is called so, "" where the name does not tell.

    >>> kind_named("heading 1"), kind_named("Название"), kind_named("Contents 2"), kind_named("Body Text")
    ('heading', 'title', 'front matter', '')
    """
    if HEADING.fullmatch(name):
        return "heading"
    return next((kind for kind, pattern in NAMED.items() if pattern.fullmatch(name)), "")
