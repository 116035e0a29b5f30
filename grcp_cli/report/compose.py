"""The report put together in its order, from the summary to the annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.contested import stands
from grcp_cli.meeting.withheld import withheld_groups

from . import annexes, front, recommendations, sessions, summary
from .appointments import appointments
from .document import Document
from .pen import Pen
from .phrases import LEADS
from .terms import terms
from .wording import clean, roman

if TYPE_CHECKING:
    from grcp_cli.meeting.proceedings import Proceedings

    from .pen import Choices


def compose(proceedings: Proceedings, choices: Choices) -> Document:
    """The report of some proceedings, as asked.

    Args:
        proceedings: What stands.
        choices: Attribution, status and what else was asked.
    """
    pen = Pen(proceedings, choices)
    summary.write(pen)
    _organization(pen)
    for chapter in pen.proceedings.chapters:
        sessions.chapter(pen, chapter)
    recommendations.write(pen)
    _way_forward(pen)
    annexes.write(pen)
    return document(pen)


def document(pen: Pen, sort: str = "report") -> Document:
    """What a pen has written as a document, with all that stands around it."""
    choices, proceedings, meeting = pen.choices, pen.proceedings, pen.meeting
    nameless = withheld_groups(meeting, choices.attribution)
    return Document(
        meeting=meeting.id,
        title=front.title(pen),
        subtitle=clean(meeting.theme),
        masthead=front.masthead(pen),
        status=choices.status,
        attribution=choices.attribution,
        rehearsal=choices.rehearsal,
        as_of=proceedings.as_of.isoformat(timespec="milliseconds") if proceedings.as_of else "",
        parts=tuple(pen.parts),
        language=choices.lang,
        stamp=front.stamp(pen),
        colophon=front.colophon(pen),
        terms=terms(pen.language),
        agenda=tuple(appointments(pen)),
        sort=sort,
        revision=choices.revision,
        adopted=choices.adopted,
        by=clean(choices.by),
        running=clean(meeting.symbol or meeting.short_title or meeting.title),
        groups={group.id: clean(group.name) for group in meeting.groups if group.id not in nameless},
        sessions={
            session.id: pen.called(session)
            for session in (*meeting.sessions, *(chapter.session for chapter in proceedings.chapters))
        },
    )


def _organization(pen: Pen) -> None:
    meeting, say = pen.meeting, pen.say
    held = any(chapter.held or not chapter.empty for chapter in pen.proceedings.chapters)
    where = say("in {place}", place=meeting.place) if meeting.place else ""
    theme = say("under the theme “{theme}”", theme=meeting.theme) if meeting.theme else ""
    how = " ".join(filter(None, (where, pen.language.when(front.days(pen.proceedings)), theme)))
    pen.paragraph(
        say("The meeting was held {how}.", how=how) if held else say("The meeting is to be held {how}.", how=how)
    )
    if meeting.purpose:
        pen.paragraph(meeting.purpose)
    elif meeting.aims:
        pen.paragraph(say("The aims of the meeting were to:") if held else say("The aims of the meeting are to:"))
    pen.planned(meeting.aims, [f"({roman(position + 1).lower()})" for position in range(len(meeting.aims))])
    if meeting.issues:
        past, to_come = (
            say("The following issues were to be addressed:"),
            say("The following issues are to be addressed:"),
        )
        pen.paragraph(past if held else to_come)
        pen.planned(meeting.issues)
    pen.part("organization", "organization", say("Organization of the meeting"))


def _way_forward(pen: Pen) -> None:
    actions = pen.proceedings.actions
    if actions:
        pen.paragraph(pen.tell(*LEADS["action"], len(actions)))
        pen.actions(actions)
    deferred = [
        each
        for chapter in pen.proceedings.chapters
        for each in chapter.statements
        if stands(each) == "deferred" and each.kind != "action"
    ]
    common = [each for each in pen.proceedings.common if stands(each.stated) == "deferred"]
    if deferred or common:
        pen.paragraph(pen.say("The following was deferred:"))
        pen.statements(deferred)
        pen.commons(common)
    if actions or deferred or common:
        pen.part("way-forward", "way-forward", pen.say("Way forward"))
