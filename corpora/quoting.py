"""Quoting a text where there is little room."""


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
