"""The chapter of recommendations: by group, those of no group by session, and those that work across groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.contested import stands
from grcp_cli.meeting.matrix import matrix, owners

from . import across
from .document import Bar, Row
from .pen import NOTHING
from .phrases import LEGEND, STATUSES
from .wording import clean, recommended, stance

if TYPE_CHECKING:
    from .pen import Pen


def write(pen: Pen) -> None:
    """Writes the chapter as a part of the report; nothing where nothing was recommended."""
    proceedings, meeting = pen.proceedings, pen.meeting
    made = proceedings.recommendations
    if not made and not proceedings.common:
        return
    _counts(pen)
    for group in owners(pen.proceedings):
        own = [each for each in made if each.group == group]
        if group and own:
            pen.heading(3, meeting.name_of(group), f"recommendations-{group}")
            pen.introduced("recommendation", own, group=group)
    for chapter in proceedings.chapters:
        own = [each for each in chapter.statements if each.kind == "recommendation" and not each.group]
        if own:
            session = pen.called(chapter.session)
            pen.heading(3, session, f"recommendations-{chapter.session.id}")
            lead = pen.tell(
                "The following recommendation was made in {session}:",
                "The following recommendations were made in {session}:",
                len(own),
                session=session,
            )
            pen.paragraph(lead)
            pen.statements(own)
    _across(pen)
    _side_by_side(pen)
    pen.part("recommendations", "recommendations", pen.say("Recommendations"))


def _counts(pen: Pen) -> None:
    """How many each group made, by status: a table, and a chart of it."""
    made, meeting = pen.proceedings.recommendations, pen.meeting
    if not any(each.group for each in made):
        return
    statuses = [status for status in STATUSES if any(stands(each) == status for each in made)]
    rows, bars = [], []
    for group in owners(pen.proceedings):
        own = [each for each in made if each.group == group]
        if own:
            name = meeting.name_of(group) if group else pen.say("of no group")
            counts = [sum(stands(each) == status for each in own) for status in statuses]
            rows.append(Row((name, *map(str, counts), str(len(own))), tuple(each.entry.id for each in own)))
            bars.append(Bar(name, tuple(map(float, counts)), tuple(map(str, counts))))
    said = [recommended(status, len(made), pen.language) for status in statuses]
    names = [f"{each[:1].upper()}{each[1:]}" for each in said]
    caption = pen.say("Recommendations by group and status")
    pen.chart("recommendations-chart", caption, names, bars)
    head = (pen.say("Group"), *names, pen.say("All"))
    pen.table("recommendations-by-group", head, rows, caption, range(1, len(head)))


def _across(pen: Pen) -> None:
    common = pen.proceedings.common
    if not common and len({each.group for each in pen.proceedings.recommendations if each.group}) <= 1:
        return
    pen.heading(3, pen.say("Across groups"), "recommendations-across")
    if not any(each.works for each in common):
        pen.remark(pen.say("No recommendations were recorded as working across groups."))
    across.write(pen, common)
    if common:
        _shared(pen)


def _side_by_side(pen: Pen) -> None:
    """The matrix: every recommendation with its group, partners and status, and what it is part of."""
    lines = matrix(pen.proceedings)
    if not any(each.statement.group for each in lines):
        return
    sides = {each.statement.entry.id: pen.language.beside(pen.sides(each.statement)) for each in lines}
    told = any(sides.values())  # else a column of nothing takes the others' room
    rows = []
    for each in lines:
        stated = each.statement
        group = pen.meeting.name_of(stated.group) if stated.group else pen.say("of no group")
        label = pen.label(stated.entry.id)
        partners = ", ".join(pen.partners(stated))
        common = ", ".join(pen.label(one.entry.id) for one in each.common)
        text = pen.text(stated)
        text = pen.say("{label}: {text}", label=label, text=text) if label else text
        support = (sides[stated.entry.id] or NOTHING,) if told else ()
        cells = (group, text, partners or NOTHING, pen.position(stated) or NOTHING, *support, common or NOTHING)
        rows.append(Row(cells, (stated.entry.id,)))
    say = pen.say
    support = (say("Support"),) if told else ()
    head = (say("Group"), say("Recommendation"), say("Partners"), say("Status"), *support, say("Common recommendation"))
    pen.heading(3, say("Recommendations side by side"), "recommendations-matrix")
    pen.table("recommendations-matrix-table", head, rows, say("Group, partners and status of each recommendation"))


def _shared(pen: Pen) -> None:
    """Common recommendations against groups: in a cell what the group brought in, or where it stands."""
    proceedings, common = pen.proceedings, pen.proceedings.common
    involved = {each.group for each in proceedings.recommendations}
    involved.update(group for each in common for group in (*each.groups, *each.against))
    groups = [group for group in pen.meeting.groups if group.id in involved]
    if not groups:
        return
    rows = []
    for each in common:
        cells = [pen.label(each.entry.id)]
        for group in groups:
            own = [pen.label(target.entry.id) for target in each.targets if target.group == group.id]
            cells.append(stance(own, supports=group.id in each.groups, opposes=group.id in each.against))
        rows.append(Row(tuple(cells), (each.entry.id, *(target.entry.id for target in each.targets))))
    pen.table("matrix", ("", *(clean(group.name) for group in groups)), rows, pen.say("Which group shares what"))
    pen.remark(pen.say(LEGEND))
