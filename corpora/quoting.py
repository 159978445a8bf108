"""Quoting a text where there is little room, on one line."""

import unicodedata


def clean_line(text: str, longest: int = 0) -> str:
    r"""The text on one line, without what cannot be seen; shortened in the middle to `longest` characters, 0 for all.

    >>> clean_line("a\tname\x07 of\u200b \n two lines")
    'a name of two lines'
    """
    seen = (" " if sign.isspace() else "" if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    line = " ".join(unicodedata.normalize("NFC", "".join(seen)).split())
    if not longest or len(line) <= longest:
        return line
    return f"{line[: longest // 2]}…{line[-(longest - longest // 2 - 1) :]}"


def shortened(text: str, longest: int) -> str:
    """The text, without its middle where it has more than `longest` characters; cut between words where there are any.

    >>> shortened("short", 60)
    'short'
    >>> shortened("from the first word of a sentence to its last one", 20)
    'from the … last one'
    """
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half].rpartition(' ')[0] or text[:half]} … {text[-half:].partition(' ')[2] or text[-half:]}"
