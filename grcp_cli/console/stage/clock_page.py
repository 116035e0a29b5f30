"""The page with the clocks: the session's fills it, the speaker's stands below, words say what both mean."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from grcp_cli.console.letters import spelled

from .digits import big
from .paper import (
    BADGE,
    BLANK,
    OVER,
    QUIET,
    STILL,
    STRONG,
    TEXT,
    TIME,
    Line,
    Piece,
    across,
    beside,
    centred,
    cut,
    inner,
    upright,
    with_margins,
    wrapped,
)

if TYPE_CHECKING:
    from .scene import Scene, Speaker, Time

_ROOMY, _TALL, _WIDE = 20, 36, 60
"""Rows from which there are blanks and a second clock, and big words; columns from which there is a second clock."""
_SPELLED = 240
"""Letters beyond which a message is not worth big ones."""


def clock_page(scene: Scene, width: int, height: int) -> list[Line]:
    """The page in exactly so many lines, none wider."""
    return with_margins(_page(scene, inner(width), height), width)


def _page(scene: Scene, width: int, height: int) -> list[Line]:
    if scene.message:
        return _framed(scene, _message(scene, width, max(0, height - 2)), width, height)
    roomy = height >= _ROOMY
    room = height - 2
    words = _words(scene, width, room)
    below = [*words, *_plan(scene, width)]
    blank = [BLANK] if roomy else []
    if scene.place:
        most = 1 if room < _ROOMY else 2 if room < _TALL else 3
        below += [*blank, *centred(wrapped(scene.place, min(width, 120), most), width, TEXT)]
    if scene.shares:
        below += [*blank, *_floor(scene, width, room)]
    digits = max(0, room - len(below) - 2 * len(blank))
    rows = _digits(scene.time, width, digits)
    drawn = upright(rows, digits) if rows else centred([scene.time.digits], width, style(scene.time))
    return _framed(scene, [*blank, *drawn, *blank, *below], width, height)


def _framed(scene: Scene, body: list[Line], width: int, height: int) -> list[Line]:
    """The heading above and how fresh it is below; what finds no room between is left out."""
    middle = [*body, *([BLANK] * height)][: max(0, height - 2)]
    return [heading(scene, width), *middle, foot(scene, width)][:height]


def heading(scene: Scene, width: int) -> Line:
    """Meeting and session, and the wall clock."""
    badge = (Piece(" REHEARSAL ", BADGE), Piece(" ")) if scene.rehearsal else ()
    return across((*badge, Piece(scene.title, STRONG)), (Piece(scene.wall, STRONG),), width)


def foot(scene: Scene, width: int, left: Line = BLANK) -> Line:
    """How fresh all this is, on the right, where it is taken for nothing else."""
    fresh = Piece(cut(scene.fresh, width), OVER if scene.fresh.startswith("!") else QUIET)
    return across(left, (fresh,), width)


def style(time: Time) -> str:
    """How a clock looks; its words say the same."""
    return OVER if time.over else TIME if time.runs else STILL


def _digits(time: Time, width: int, height: int) -> list[Line]:
    return centred(big(time.digits, width, height), width, style(time))


def _words(scene: Scene, width: int, room: int) -> list[Line]:
    """What the digits are: in big letters where there is room for them."""
    words, look = scene.time.words, style(scene.time)
    if room >= _TALL and (rows := _big_words(words, width, 5)):
        return [*centred(rows, width, look), BLANK]
    return centred([words], width, look)


def _plan(scene: Scene, width: int) -> list[Line]:
    both = f"{scene.plan}   {scene.past}"
    if scene.past and len(both) <= width:
        return [_middle((Piece(f"{scene.plan}   "), Piece(scene.past, OVER)), len(both), width)]
    lines = centred([scene.plan], width, TEXT)
    return [*lines, *centred([scene.past], width, OVER)] if scene.past else lines


def _middle(line: Line, wide: int, width: int) -> Line:
    return (Piece(" " * ((width - wide) // 2)), *line)


# The floor.


def _floor(scene: Scene, width: int, room: int) -> list[Line]:
    """Who has the floor, with a clock of their own where there is room, and who speaks next."""
    speaker = scene.speaker
    if room < _ROOMY - 2 or width < _WIDE:
        said = "nobody has the floor"
        if speaker:
            said = f"{' '.join(filter(None, (speaker.name, speaker.about)))} · {speaker.time.digits}"
        look = OVER if speaker and speaker.time.over else STRONG
        return [*centred([said], width, look), *centred(_next(scene, width, 1), width, QUIET)]
    high = max(5, min(room // 5, 12))
    clock = big(speaker.time.digits, width * 2 // 5, high) if speaker else []
    left = width - len(clock[0]) - 3 if clock else width
    right: list[Line] = [(Piece(row, style(speaker.time)),) for row in clock] if speaker else []
    return upright(beside(_who(scene, left, high), right, left, 3), high)


def _who(scene: Scene, width: int, height: int) -> list[Line]:
    """Name, for whom, what the clock beside it says, and who speaks next."""
    lines: list[Line] = []
    if scene.speaker is None:
        lines = [(Piece("nobody has the floor", QUIET),)]
    else:
        lines = _name(scene.speaker, width, height)
        lines += [(Piece(cut(each, width)),) for each in (scene.speaker.about,) if each]
        lines.append((Piece(cut(scene.speaker.time.words, width), style(scene.speaker.time)),))
    room = max(1, height - len(lines) - 1)
    waiting = [(Piece(each, QUIET),) for each in _next(scene, width, room)]
    blank = [BLANK] if waiting and height - len(lines) > len(waiting) else []
    lines += [*blank, *waiting]
    return lines[:height]


def _name(speaker: Speaker, width: int, height: int) -> list[Line]:
    rows = _big_words(speaker.name, width, height // 2) if height > 8 else ()  # noqa: PLR2004 - four rows a line
    return [*((Piece(row, STRONG),) for row in rows), BLANK] if rows else [(Piece(cut(speaker.name, width), STRONG),)]


def _next(scene: Scene, width: int, most: int) -> list[str]:
    """Who speaks next, in at most so many lines: as many names as fit, then how many more."""
    closed = "the list is closed" if scene.closed else ""
    count = len(scene.waiting)
    for shown in range(count, 0, -1):
        more = [f"{count - shown} more"] if shown < count else []
        told = f"next: {', '.join((*scene.waiting[:shown], *more))}{' · ' if closed else ''}{closed}"
        lines = wrapped(told, width, most + 1)
        if len(lines) <= most:
            return lines
    return [cut(f"next: {', '.join(scene.waiting)}" if count else closed, width)] if count or closed else []


# What the room shall read.


def _message(scene: Scene, width: int, height: int) -> list[Line]:
    """The message as large as it goes, and the time in a line below it."""
    room = max(1, height - 2)
    rows = list(_big_words(scene.message, width, room)) if len(scene.message) <= _SPELLED else []
    rows = rows or wrapped(scene.message, min(width, 100), room)
    time = " · ".join(filter(None, (scene.time.digits, scene.time.words, scene.plan)))
    return [*upright(centred(rows, width, STRONG), room), BLANK, *centred([time], width, style(scene.time))]


@lru_cache(maxsize=8)
def _big_words(text: str, width: int, height: int) -> tuple[str, ...]:
    return tuple(spelled(text, width, height))
