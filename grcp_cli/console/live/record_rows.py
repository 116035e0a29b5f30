"""How an entry is drawn in the record pane: what is told of it, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from grcp_cli.console import shown
from grcp_cli.console.clean import drawn_line
from grcp_cli.meeting.labels import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.style import Style

    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.rows import Row

_SHORT = {"recommendation": "rec", "achievement": "achieved", "partnership": "partner", "agreement": "agreed"}
_KIND_CELLS = 11


def head(row: Row, number: str, session: Session, style: Style, *, pointed: bool, aligned: bool) -> Text:
    """A sign where it is arrowed to, then number, time, question and kind; in columns where there is room for them."""
    stated = row.stated
    question = session.question(stated.question)
    place = question.number if question else stated.question
    sign, at = "▸" if pointed else " ", f"{stated.entry.at:%H:%M}"
    told = (
        f"{sign}{number:>4} {at} {place:<3} {_SHORT.get(stated.kind, stated.kind):<{_KIND_CELLS}} "
        if aligned
        else f"{sign}{number} {at} {place} {stated.kind} "
    )
    return Text(drawn_line(told), style)


def body(row: Row, meeting: Meeting, styles: Mapping[str, Style]) -> Text:
    """Who, what, and how it stands."""
    stated = row.stated
    who = meeting.name_of(stated.speaker)
    if row.label:
        label = printed(row.label, stated.source.session, meeting)
        who = f"{label} · {who}" if who else label
    text = Text()
    if who:
        text.append(f"{drawn_line(who)}: ", styles["who"])
    text.append(drawn_line(stated.text), styles["struck" if stated.struck else "text"])
    for tag in stated.tags:
        text.append(f" #{tag}", styles["meta"])
    for mark in shown.marks(stated, meeting):
        text.append(f" [{drawn_line(mark)}]", styles["mark"])
    return text
