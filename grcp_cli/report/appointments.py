"""The sessions as planned, for a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document import Appointment
from .naming import titled
from .wording import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.agenda import Session

    from .pen import Pen


def appointments(pen: Pen) -> Iterator[Appointment]:
    """One for every session that the agenda gives a time."""
    meeting = pen.meeting
    for chapter in pen.proceedings.chapters:
        session, slot = chapter.session, chapter.slot
        if slot is not None:
            yield Appointment(
                id=session.id,
                title=titled(session, pen.language),
                start=slot.start.replace(tzinfo=None).isoformat(),
                end=slot.end.replace(tzinfo=None).isoformat(),
                zone=meeting.timezone,
                place=", ".join(filter(None, (clean(session.room), clean(meeting.place)))),
                about="\n".join(_about(session)),
            )


def _about(session: Session) -> Iterator[str]:
    for question in session.every_question:
        yield f"{question.number}. {_line(question.text)}"
    for objective in session.objectives:
        yield f"– {_line(objective)}"


def _line(text: str) -> str:
    return clean(text).replace("\n", " ")
