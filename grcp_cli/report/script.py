"""In which direction and language a text is set, told from its letters alone."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

RTL, LTR = "rtl", "ltr"

_LANGUAGES = (
    ("ARABIC", "ar"),
    ("HEBREW", "he"),
    ("CYRILLIC", "ru"),
    ("GREEK", "el"),
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("HANGUL", "ko"),
    ("CJK", "zh"),
    ("DEVANAGARI", "hi"),
    ("THAI", "th"),
)
"""How the name of a letter begins, and the language that most of such texts are in."""


def direction(text: str) -> str:
    """`rtl` or `ltr`, by the first letter that has a direction (Unicode's rule P2)."""
    for char in text:
        match unicodedata.bidirectional(char):
            case "L":
                return LTR
            case "R" | "AL":
                return RTL
    return LTR


def language(text: str, otherwise: str) -> str:
    """The language of a text as a tag, by the script that most of its letters are of; `otherwise` for Latin ones."""
    counts = Counter(_script(char) for char in text if char.isalpha())
    if not counts:
        return otherwise
    if counts["ja"]:
        return "ja"  # Japanese is written with Chinese characters too
    return counts.most_common(1)[0][0] or otherwise


@lru_cache(4096)
def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((tag for begin, tag in _LANGUAGES if name.startswith(begin)), "")
