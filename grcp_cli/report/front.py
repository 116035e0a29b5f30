"""What stands around a report: title, masthead, stamp and colophon."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .document import Field
from .language import word
from .phrases import ATTRIBUTIONS, LANGUAGES
from .wording import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grcp_cli.meeting.proceedings import Proceedings

    from .pen import Pen

STATUSES = {"draft": word("Draft"), "final": word("Final"), "adopted": word("Adopted")}

REHEARSED = word("made to try things out; this is no record of a meeting")


def title(pen: Pen) -> str:
    """The meeting's title; a rehearsal's says so."""
    named = clean(pen.meeting.title)
    return pen.say("Rehearsal: {title}", title=named) if pen.choices.rehearsal else named


def stamp(pen: Pen) -> str:
    """What stands on every page: `DRAFT`, or that this is no record of a meeting; empty for neither."""
    draft = pen.say("DRAFT") if pen.choices.status == "draft" else ""
    return " · ".join(filter(None, (draft, rehearsed(pen))))


def rehearsed(pen: Pen) -> str:
    """What stands on every page of a rehearsal, empty where it is none."""
    return pen.say("REHEARSAL: this is no record of a meeting") if pen.choices.rehearsal else ""


def masthead(pen: Pen) -> tuple[Field, ...]:
    """The lines below the title that there is something for."""
    return _fields(_status(pen), _papers(pen), _held(pen), _terms(pen), _extract(pen))


def short_masthead(pen: Pen) -> tuple[Field, ...]:
    """How the report stands, and when and where the meeting was."""
    return _fields(_status(pen), _held(pen), _extract(pen))


def bare_masthead(pen: Pen) -> tuple[Field, ...]:
    """When and where the meeting is, in one line."""
    (name, when), (_, where) = _held(pen)
    return _fields([(name, ", ".join(filter(None, (when, where))))])


def _fields(*parts: Iterable[tuple[str, str]]) -> tuple[Field, ...]:
    return tuple(Field(name, clean(text)) for part in parts for name, text in part if text)


def days(proceedings: Proceedings) -> list[date]:
    """The days of the meeting."""
    meeting = proceedings.meeting
    return [meeting.date, *(session.date for session in meeting.sessions if session.date)]


def _status(pen: Pen) -> Iterator[tuple[str, str]]:
    if pen.choices.rehearsal:
        yield pen.say("Rehearsal"), pen.say(REHEARSED)
    yield pen.say("Status"), _stands(pen)


def _papers(pen: Pen) -> Iterator[tuple[str, str]]:
    yield pen.say("Body"), pen.meeting.body
    yield pen.say("Symbol"), pen.meeting.symbol
    yield pen.say("Distribution"), pen.meeting.distribution


def _held(pen: Pen) -> Iterator[tuple[str, str]]:
    yield pen.say("Date"), pen.language.days(days(pen.proceedings))
    yield pen.say("Place"), pen.meeting.place


def _terms(pen: Pen) -> Iterator[tuple[str, str]]:
    original = LANGUAGES.get(pen.meeting.original_language)
    yield pen.say("Original language"), pen.say(original) if original else pen.meeting.original_language
    yield pen.say("Attribution"), pen.say(ATTRIBUTIONS[pen.choices.attribution])


def _extract(pen: Pen) -> Iterator[tuple[str, str]]:
    chapters = pen.proceedings.chapters
    if len(chapters) < len(pen.meeting.sessions):
        yield pen.say("Extract"), pen.language.listed(pen.called(chapter.session) for chapter in chapters)


def _stands(pen: Pen) -> str:
    """`Draft, as of 5 April 2019, 18:02 (Europe/Zurich)`, `Adopted on 6 May 2019 by the Chairs, revision 1`."""
    choices, say = pen.choices, pen.say
    parts = [say(STATUSES[choices.status])]
    if choices.adopted:
        on = pen.language.day(date.fromisoformat(choices.adopted))
        parts = [say("Adopted on {day} by {body}", day=on, body=choices.by)]
    if choices.revision:
        parts.append(say("revision {number}", number=choices.revision))
    if pen.proceedings.as_of:
        parts.append(say("as of {instant}", instant=_as_of(pen)))
    return ", ".join(parts)


def _as_of(pen: Pen) -> str:
    as_of = pen.proceedings.as_of
    return f"{pen.language.instant(as_of)} ({pen.meeting.timezone})" if as_of else ""


def colophon(pen: Pen) -> tuple[str, ...]:
    """How the report was made: from what, who is named in it, what its words for numbers mean."""
    return (*_made(pen), *_whole(pen))


def short_colophon(pen: Pen) -> tuple[str, ...]:
    """How the report was made: from what, and who is named in it."""
    return tuple(_made(pen))


def _made(pen: Pen) -> Iterator[str]:
    choices, say = pen.choices, pen.say
    made = f"grcp {choices.version}".rstrip()
    if as_of := _as_of(pen):
        yield say("Made with {grcp} from the agenda and the record as of {instant}.", grcp=made, instant=as_of)
    else:
        yield say("Made with {grcp} from the agenda alone.", grcp=made)
    yield f"{say(ATTRIBUTIONS[choices.attribution])}."


def _whole(pen: Pen) -> Iterator[str]:
    choices, say = pen.choices, pen.say
    if choices.attribution == "chatham":
        yield say("Groups of fewer than three participants are not named, nor is who wrote what they recommended.")
    yield say(
        "Support is told in words — one; two; several: three or more; many: six or more; most: more than half — "
        "and only where it was recorded."
    )
    if choices.heads:
        named = [f"{name} {seal}" for name, seal in choices.heads]
        yield say("The last seal of each session file: {heads}.", heads=", ".join(named))
