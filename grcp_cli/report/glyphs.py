"""Letters and fonts: which fonts a report wishes for, and what is printed where no font has a letter.

Latin, Greek, Cyrillic, Hebrew, Devanagari, Armenian, Georgian and Lao letters come with Typst. For anything else
there are candidates, each a package of fonts or one file that a system is known to have: nothing is searched for.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .document import Document

_WINDOWS = "C:/Windows/Fonts/"
_MAC = "/System/Library/Fonts/"
_MAC_ALL = "/System/Library/Fonts/Supplemental/Arial Unicode.ttf"


class Script(NamedTuple):
    """Letters that Typst's own fonts lack.

    Attributes:
        name: As told to a person.
        ranges: First and last code of each range.
        fonts: Packages and files that have them, the best first; the first that is there is taken.
        help: What gets the letters, for a person.
    """

    name: str
    ranges: tuple[tuple[int, int], ...]
    fonts: tuple[str, ...]
    help: str


def _noto(name: str) -> tuple[str, ...]:
    """Where Debian, Fedora and Arch put a font of Noto Sans."""
    file = f"NotoSans{name}-Regular.ttf"
    return (
        f"/usr/share/fonts/truetype/noto/{file}",
        f"/usr/share/fonts/google-noto/{file}",
        f"/usr/share/fonts/noto/{file}",
    )


def _script(name: str, first: int, last: int, *others: str, package: str = "") -> Script:
    """A script that Noto Sans has a font of its own for."""
    packages = (package.replace("-", "_"),) if package else ()
    gets = f"pip install {package}" if package else f"put Noto Sans {name} into templates/fonts/"
    return Script(name, ((first, last),), (*packages, *_noto(name), *others), gets)


_EAST = (
    "noto_cjk_sans_otc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-vf-fonts/NotoSansCJK-VF.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    _MAC_ALL,
)
_GETS_EAST = "pip install noto-cjk-sans-otc, or the system's fonts-noto-cjk"

SCRIPTS = (
    Script(
        "Arabic",
        ((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
        # Amiri first: where Noto builds a letter of several glyphs, text copied from the PDF has letters twice.
        ("fontpkg_amiri", "fontpkg_noto_sans_arabic"),
        "pip install fontpkg-amiri",
    ),
    Script(
        "Chinese or Japanese",
        (
            *((0x2E80, 0x31FF), (0x3200, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F)),
            *((0xFF00, 0xFFEF), (0x20000, 0x323AF)),
        ),
        (*_EAST, f"{_MAC}Hiragino Sans GB.ttc", f"{_WINDOWS}msyh.ttc", f"{_WINDOWS}simsun.ttc"),
        _GETS_EAST,
    ),
    Script(
        "Korean",
        ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF)),
        (*_EAST, f"{_MAC}AppleSDGothicNeo.ttc", f"{_WINDOWS}malgun.ttf"),
        _GETS_EAST,
    ),
    Script(
        "emoji",
        (
            *((0x231A, 0x23FF), (0x25FB, 0x27BF), (0x2B05, 0x2B55), (0xFE0F, 0xFE0F)),
            *((0x1F000, 0x1FAFF), (0xE0020, 0xE007F)),
        ),
        (
            "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
            "/usr/share/fonts/google-noto-color-emoji-fonts/NotoColorEmoji.ttf",
            "/usr/share/fonts/noto/NotoColorEmoji.ttf",
            f"{_MAC}Apple Color Emoji.ttc",
            f"{_WINDOWS}seguiemj.ttf",
        ),
        "put Noto Color Emoji into templates/fonts/, or the system's fonts-noto-color-emoji",
    ),
    _script("Syriac", 0x0700, 0x074F, f"{_WINDOWS}seguihis.ttf"),
    _script("Thaana", 0x0780, 0x07BF, f"{_WINDOWS}mvboli.ttf"),
    _script("NKo", 0x07C0, 0x07FF, f"{_WINDOWS}ebrima.ttf"),
    _script("Bengali", 0x0980, 0x09FF, f"{_WINDOWS}Nirmala.ttc", f"{_WINDOWS}Nirmala.ttf", _MAC_ALL),
    _script("Gurmukhi", 0x0A00, 0x0A7F, f"{_WINDOWS}Nirmala.ttc", f"{_WINDOWS}Nirmala.ttf", _MAC_ALL),
    _script("Gujarati", 0x0A80, 0x0AFF, f"{_WINDOWS}Nirmala.ttc", f"{_WINDOWS}Nirmala.ttf", _MAC_ALL),
    _script("Oriya", 0x0B00, 0x0B7F, f"{_WINDOWS}Nirmala.ttc", f"{_WINDOWS}Nirmala.ttf", _MAC_ALL),
    _script("Tamil", 0x0B80, 0x0BFF, f"{_WINDOWS}Nirmala.ttc", _MAC_ALL, package="fontpkg-noto-sans-tamil"),
    _script("Telugu", 0x0C00, 0x0C7F, f"{_WINDOWS}Nirmala.ttc", _MAC_ALL, package="fontpkg-noto-sans-telugu"),
    _script("Kannada", 0x0C80, 0x0CFF, f"{_WINDOWS}Nirmala.ttc", f"{_WINDOWS}Nirmala.ttf", _MAC_ALL),
    _script("Malayalam", 0x0D00, 0x0D7F, f"{_WINDOWS}Nirmala.ttc", f"{_WINDOWS}Nirmala.ttf", _MAC_ALL),
    _script("Sinhala", 0x0D80, 0x0DFF, f"{_WINDOWS}Nirmala.ttc", f"{_WINDOWS}Nirmala.ttf"),
    _script("Thai", 0x0E00, 0x0E7F, f"{_WINDOWS}LeelawUI.ttf", _MAC_ALL, package="fontpkg-noto-sans-thai"),
    _script("Tibetan", 0x0F00, 0x0FFF, f"{_WINDOWS}himalaya.ttf"),
    _script("Myanmar", 0x1000, 0x109F, f"{_WINDOWS}mmrtext.ttf"),
    _script("Ethiopic", 0x1200, 0x139F, f"{_WINDOWS}ebrima.ttf"),
    _script("Khmer", 0x1780, 0x17FF, f"{_WINDOWS}LeelawUI.ttf", package="fontpkg-noto-sans-khmer"),
    _script("Mongolian", 0x1800, 0x18AF, f"{_WINDOWS}monbaiti.ttf"),
    _script("Tifinagh", 0x2D30, 0x2D7F, f"{_WINDOWS}ebrima.ttf"),
)

OTHER = Script("other", (), (), "put a font that has them into templates/fonts/, or name its folder in GRCP_FONTS")


def wished(document: Document) -> tuple[tuple[str, ...], ...]:
    """The fonts that a report's letters ask for.

    Returns:
        For each script in it that Typst's own fonts lack: packages (a name) and files (a path), the best first.
    """
    found = {_script_of(char) for char in _letters(_printed(document))}
    return tuple(script.fonts for script in SCRIPTS if script in found)


def _printed(document: Document) -> tuple[object, ...]:
    """All that is printed of a report, and no more."""
    head = (document.title, document.subtitle, document.masthead, document.stamp, document.colophon)
    return (*head, tuple(document.terms.values()), document.parts)


def _letters(value: object) -> set[str]:
    """The different characters of all texts in something built of tuples and texts."""
    if isinstance(value, str):
        return set() if value.isascii() else set(value)
    if isinstance(value, tuple):
        return set().union(*map(_letters, value))
    return set()


@cache
def _script_of(char: str) -> Script:
    code = ord(char)
    # From behind: Korean letters stand among the Chinese.
    return next((each for each in reversed(SCRIPTS) if any(a <= code <= b for a, b in each.ranges)), OTHER)


def spelled(text: str, missing: Iterable[str]) -> str:
    """A text in which letters that no font has are replaced by their codes: `[U+0E44 U+0E17]`.

    Args:
        text: Of any length.
        missing: The letters.
    """
    chars = "".join(map(re.escape, sorted(missing)))
    if not chars:
        return text
    return re.sub(f"[{chars}](?:[\u200d\ufe0f]*[{chars}])*[\u200d\ufe0f]*", lambda found: _codes(found[0]), text)


# Joiners, and signs that only choose how the letter before them looks.
_UNSEEN = re.compile("[\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")


def _codes(chars: str) -> str:
    """The codes of some letters, those that are never seen left out."""
    seen = [f"U+{ord(char):04X}" for char in _UNSEEN.sub("", chars)]
    return f"[{' '.join(seen)}]" if seen else ""


_AROUND = 30
"""How many characters of a text are told before and after a letter that is missing in it."""


def told(document: Document, missing: Iterable[str]) -> list[str]:
    """What a person is told of letters that no font has, a line a script."""
    by_script: dict[Script, set[str]] = {}
    for char in sorted(missing):
        if _codes(char):
            by_script.setdefault(_script_of(char), set()).add(char)
    return [_telling(script, chars, list(_with(_printed(document), chars))) for script, chars in by_script.items()]


def _telling(script: Script, chars: set[str], texts: list[str]) -> str:
    if not texts:
        texts = ["".join(sorted(chars))]
    first = next(position for position, char in enumerate(texts[0]) if char in chars)
    begin, end = max(first - _AROUND, 0), first + _AROUND
    excerpt = " ".join(texts[0][begin:end].split())
    shown = f"“{'…' if begin else ''}{excerpt}{'…' if end < len(texts[0]) else ''}”"
    where = f"in {shown}" if len(texts) == 1 else f"in {len(texts)} texts, first in {shown}"
    name = "" if script is OTHER else f"{script.name} "
    signs = f"{name}characters" if len(chars) > 1 else f"{name}character"
    code = _codes(texts[0][first])
    return f"pdf: no font has {len(chars)} {signs} {where}, printed as codes like {code}; {script.help}"


def _with(value: object, chars: set[str]) -> Iterator[str]:
    """The texts in which any of some characters stands."""
    if isinstance(value, str):
        if not chars.isdisjoint(value):
            yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _with(each, chars)
