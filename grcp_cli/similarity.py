"""How alike texts are, by their words: the same demand in nearly the same words scores high.

    text ──words()──> folded words, each with where it stands ──> pairs ──> score 0–100, and the words that made it

Words are compared without case, accents and endings, and rapidfuzz finds those that are spelled nearly alike; Chinese,
Japanese and other scripts without spaces are compared by pairs of characters. Meaning is not seen: other words for the
same demand, the same words for another, or another language score by the words alone. tests/data/alike.toml lists what
is known to be missed. Whatever sees more can take this module's place: it is a `Scorer`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from .meeting.synthesis import Alike

Scorer = Callable[[Sequence[str]], list[Alike]]
"""Texts to the pairs of them that are alike, each pair once, by place."""

FLOOR = 50
"""The score from which two texts are worth a person's look."""

_CONTAINED, _ORDER = 0.3, 0.15
"""How much it counts that one text is within the other, and that the words come in the same order."""
_OPPOSED = 0.45
"""What is left of a score where only one of two texts says not."""
_NEARLY = 84
"""How alike two words must be spelled to count as one."""
_LIGHTLY = 3
"""So many words that every such text has count as one that says what it is about."""

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
"""Thai, Lao, Burmese, Khmer, kana, Chinese characters, Hangul."""
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06ed\u0900-\u0dff\u200c\u200d"
)
"""What belongs to the letter before it."""
_WORD = re.compile(rf"[{_SPACELESS}]+|[^\W_{_SPACELESS}](?:[\w{_MARKS}](?<![{_SPACELESS}]))*")
_NEGATED = re.compile(r"n['’]t\b", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:no (?:later|less|more|fewer) than|not only|no m[aá]s tarde|au plus tard)\b", re.IGNORECASE)
"""Says not, and negates nothing."""

_NOT = frozenset(  # as prose: nobody reads a column of four hundred words
    """
    not no never nor cannot neither pas jamais aucun aucune nunca jamas tampoco ningun ninguna لا ليس لن لم عدم
    """.split()  # noqa: SIM905
)
_NOT_SPACELESS = ("不", "勿", "禁止", "没有", "沒有", "ない", "ません")
_STOP = frozenset(  # as prose: nobody reads a column of four hundred words
    """
    a an and are as at be been being between both but by can could for from had has have how if in into is it its
    may might more most must need needs of on or other our shall should so such than that the their them then there
    these they this those through to under up upon was we were what when where which while who will with within
    would all any each every also including au aux avec ce ces cet cette chaque comme d dans de des doit doivent
    devrait devraient du elle elles en entre est et etre eux il ils l la le les leur leurs lors mais ne n notamment
    nos notre nous ont ou par pour qu que qui s sa sans se ses soit son sont sur tous tout toute toutes un une vers
    al como con cada cual cuando debe deben deberia deberian del donde e el ella ellos entre era es esa ese esta
    este estos estas fue ha han hasta las lo los mas muy nuestro nuestra o para pero por porque que se sea ser si
    sin sobre son su sus todo toda todos todas una unas unos y في من على الى عن مع ان هذا هذه ذلك التي الذي كل بين
    او ثم قد كما يجب ينبغي
    """.split()  # noqa: SIM905
)
_LIGHT = frozenset(  # as prose: nobody reads a column of four hundred words
    """
    migration migrations migrant migrants migratoire migratoires migratorio migratoria migraciones migracion
    migrante migrantes iscm iscms rcp rcps consultative consultatif consultatifs consultation consultations
    consultivo consultivos process processes processus proceso procesos mechanism mechanisms mecanisme mecanismes
    mecanismo mecanismos region regions regional regionaux regionale regionales regionaes state states etat etats
    estado estados member members membre membres miembro miembros country countries pays pais paises governance
    gouvernance gobernanza recommend recommends recommendation recommendations recommande recomienda encourage
    encourages ensure promote strengthen enhance improve support develop increase establish create renforcer
    promouvoir encourager etablir ameliorer assurer creer fortalecer promover establecer mejorar crear asegurar
    الهجرة هجرة الدول دول
    """.split()  # noqa: SIM905
)
_ENDINGS = (
    *("izations", "isations", "ization", "isation", "izing", "ising", "ized", "ised", "ize", "ise", "izes", "ises"),
    *("amientos", "imientos", "amiento", "imiento", "ements", "ement", "ments", "ment"),
    *("aciones", "acion", "ations", "ation", "ating", "ated", "ates", "ate", "ative", "atives"),
    *("ciones", "cion", "tions", "tion", "ions", "ion"),
    *("idades", "idad", "ities", "ity", "ites", "ite"),
    *("ingly", "ings", "ing", "ies", "ied", "ement", "aux", "als", "al", "ales", "ed", "es", "er", "ers", "ar", "ir"),
    *("s", "e", "y", "a", "o", "os", "as"),
)
_BY_LENGTH = tuple(sorted(set(_ENDINGS), key=lambda each: (-len(each), each)))
_STEM = 4
"""Letters that must be left of a word."""
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_ARTICLE = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")


class Word(NamedTuple):
    """A folded word, and where in its text it stands."""

    stem: str
    begin: int
    end: int


class _Text(NamedTuple):
    """A text as it is compared.

    Attributes:
        words: Those that count, as they come; `bits` are their stems', each a bit of its own.
        order: Their stems in one line.
        negated: Whether it says not.
        both: The stems as bits; `light` are those among them that every such text has.
        near: Both, with the stems that are spelled nearly like one of them; `nearly` tells whether there are any.
        weight: What the stems count together.
    """

    words: tuple[Word, ...]
    bits: tuple[int, ...]
    order: str
    negated: bool
    both: int
    light: int
    near: int
    nearly: bool
    weight: float


def words(text: str) -> tuple[Word, ...]:
    """The words of a text that count, without those that every sentence has."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        typed, begin = match[0], match.start()
        if re.match(f"[{_SPACELESS}]", typed):
            found += [
                Word(_folded(typed[at : at + 2]), begin + at, begin + min(at + 2, len(typed)))
                for at in range(max(1, len(typed) - 1))
            ]
        elif (stem := _stem(typed)) and stem not in _NOT:
            found.append(Word(stem, begin, match.end()))
    return tuple(found)


@lru_cache(maxsize=65536)
def _stem(typed: str) -> str:
    """A word without case, accents and ending; empty for one that says nothing."""
    word = _folded(typed)
    if word in _STOP or (len(word) < 2 and not word.isdigit()):  # noqa: PLR2004 - a letter alone
        return ""
    if word in _LIGHT or word in _NOT or not word.isascii() or not word.isalpha():
        return _ARTICLE.sub("", word)
    for ending in _BY_LENGTH:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word


def _folded(typed: str) -> str:
    plain = unicodedata.normalize("NFKD", typed.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).translate(_ARABIC)


def _negated(text: str) -> bool:
    said = _LIMIT.sub(" ", text)
    if _NEGATED.search(said) or any(each in said for each in _NOT_SPACELESS):
        return True
    return any(_folded(match[0]) in _NOT for match in _WORD.finditer(said))


def alike(texts: Sequence[str], floor: int = FLOOR) -> list[Alike]:
    """The pairs of texts that are alike, with their score from 0 to 100 and the words that made it, as typed.

    What two texts score depends on these two alone. A pair whose shared words cannot reach the floor is not looked at
    further: that is most of them.

    Args:
        texts: In any language; those without a word are like nothing.
        floor: The least score that is given back, from 1.
    """
    read = _numbered(texts)
    found: list[Alike] = []
    places = list(range(len(texts)))
    least = (floor / 100 - _ORDER) / (1 - _ORDER)
    told: dict[int, tuple[str, ...]] = {}
    for first, one in enumerate(read):
        told.clear()
        near = one.near
        for second in places[first + 1 :]:
            other = read[second]
            if not (there := near & other.both):
                continue  # most pairs share nothing at all
            score = _by_words(one, other, there)
            if score < least:
                continue
            score = (1 - _ORDER) * score + _ORDER * fuzz.ratio(one.order, other.order) / 100
            if one.negated is not other.negated:
                score *= _OPPOSED
            if (rounded := min(100, round(100 * score))) >= floor:
                shared = other.near & one.both
                if shared not in told:
                    told[shared] = _typed(texts[first], one, shared)
                found.append(Alike(places[first], second, rounded, told[shared]))
    return found


def _by_words(one: _Text, other: _Text, there: int) -> float:
    """How much of two texts is shared, from 0 to 1; a little more where the shorter one is within the other.

    `there` are the stems of the other that the one has too, or nearly; that goes both ways.
    """
    shared = _weight(there, there & other.light)
    if one.nearly or other.nearly:
        back = other.near & one.both
        shared = (shared + _weight(back, back & one.light)) / 2
    least = min(one.weight, other.weight)
    return (1 - _CONTAINED) * 2 * shared / (one.weight + other.weight) + _CONTAINED * shared / least


def _weight(both: int, light: int) -> float:
    return both.bit_count() - light.bit_count() * (1 - 1 / _LIGHTLY)


def _numbered(texts: Sequence[str]) -> list[_Text]:
    """The texts with their stems as bits: what two have in common is then one operation, however long they are."""
    read = [words(text) for text in texts]
    bits = {stem: 1 << at for at, stem in enumerate(sorted({each.stem for found in read for each in found}))}
    near = _near(bits)
    numbered = []
    for text, found in zip(texts, read, strict=True):
        stems = {each.stem for each in found}
        both = sum(bits[each] for each in stems)
        light = sum(bits[each] for each in stems if each in _LIGHT)
        wide = both
        for each in stems:
            wide |= near.get(each, 0)
        order = " ".join(each.stem for each in found)
        bit = tuple(bits[each.stem] for each in found)
        numbered.append(_Text(found, bit, order, _negated(text), both, light, wide, wide != both, _weight(both, light)))
    return numbered


def _near(bits: dict[str, int]) -> dict[str, int]:
    """The stems that are spelled nearly like each one, as bits; figures are like none, nor are other first letters."""
    beginning: defaultdict[str, list[str]] = defaultdict(list)
    for stem in bits:
        if len(stem) >= _STEM and stem.isalpha():
            beginning[stem[0]].append(stem)
    found: dict[str, int] = {}
    for stems in beginning.values():
        for stem in stems:
            close = process.extract(stem, stems, scorer=fuzz.ratio, score_cutoff=_NEARLY, limit=None)
            for other, _, _ in close:
                found[stem] = found.get(stem, 0) | bits[other]
    return found


def _typed(text: str, one: _Text, shared: int) -> tuple[str, ...]:
    """The words of a text whose stems are among some, as typed; pairs of characters that overlap as one."""
    spans: list[tuple[int, int]] = []
    for (_, begin, end), bit in zip(one.words, one.bits, strict=True):
        if bit & shared:
            if spans and begin < spans[-1][1]:
                spans[-1] = spans[-1][0], end
            else:
                spans.append((begin, end))
    once: dict[str, str] = {}
    for begin, end in spans:
        once.setdefault(_folded(text[begin:end]), text[begin:end])
    return tuple(once.values())
