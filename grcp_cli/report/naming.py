"""What sessions and recommendations are called in print: `Session 2`, `Africa 3`, `Common 1`; no two labels alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.labels import COMMON, numbered, stands_bare

from .wording import clean

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.labels import Label
    from grcp_cli.meeting.proceedings import Proceedings

    from .language import Language


def called(session: Session, language: Language) -> str:
    """How people name a session in a line: `Session 2`, or its title without a number."""
    if session.number is None:
        return clean(session.label)
    return language.say("Session {number}", number=session.number)


def titled(session: Session, language: Language) -> str:
    """A session's whole title: `Session 2: Structures`."""
    if session.number is None:
        return clean(session.title)
    return language.say("Session {number}: {title}", number=session.number, title=clean(session.title))


def session_named(meeting: Meeting, session_id: str, language: Language) -> str:
    """How a session is called in a line, by its id; the id itself where the agenda has no such session any more."""
    session = meeting.session(session_id)
    return called(session, language) if session else session_id


def labels(proceedings: Proceedings, language: Language) -> dict[str, str]:
    """Every label as it is printed, by the entry's id; away from where its owner is at home it carries its session."""
    meeting = proceedings.meeting
    names: dict[str, str] = {}
    used: set[str] = set()
    for entry_id, (label, session_id) in proceedings.labels.items():
        place = session_named(meeting, session_id, language)
        name = _label(label, meeting, language, "" if stands_bare(label, session_id, meeting) else place)
        while name in used:
            name = f"{name} ({place})"
        names[entry_id] = name
        used.add(name)
    return names


def _label(label: Label, meeting: Meeting, language: Language, place: str) -> str:
    """One label, with where it was given if that is to be told."""
    if label.owner == COMMON and not meeting.group(COMMON):
        name = language.say("Common")
    elif group := meeting.group(label.owner):
        name = clean(group.name)
    elif session := meeting.session(label.owner):
        name = called(session, language)
    else:
        name = label.owner.capitalize()
    return numbered(label, name, place)
