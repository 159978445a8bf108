"""Korean morphology by Kiwi, loaded when it is first needed: 1 to 2.5 s and half a gigabyte.

Source: Lee 2024, "Kiwi: Developing a Korean Morphological Analyzer Based on Statistical Language Models".
"""

import re
from functools import lru_cache
from typing import Any

WORD = re.compile(r"\S+")


@lru_cache(maxsize=1)
def kiwi() -> Any:
    """The analyser, which uses one thread."""
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1)


@lru_cache(maxsize=4096)
def proper_nouns(text: str) -> tuple[tuple[int, int], ...]:
    """The places of the words of the proper nouns of a text, particles apart, in reading order.

    >>> text = "김일성이 평양에서 말했다."
    >>> [text[a:b] for a, b in proper_nouns(text)]
    ['김일성', '평양']
    """
    nouns = ((token.start, token.end) for token in kiwi().tokenize(text) if token.tag == "NNP")
    # Foreign names of several words are one token.
    return tuple((a + word.start(), a + word.end()) for a, b in nouns for word in WORD.finditer(text[a:b]))
