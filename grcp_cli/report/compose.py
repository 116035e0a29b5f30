"""The report put together in its order, from the summary to the annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.entry import CAPTURED, STATUSES

from . import annexes, sessions
from .document import Document, Field
from .pen import Choices, Pen
from .wording import ATTRIBUTIONS, LANGUAGES, clean, counted, days, instant, lead_in, listed, roman, works_across
from .wording import STATUSES as SAID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from grcp_cli.meeting.proceedings import Proceedings
    from grcp_cli.meeting.record import Statement


def compose(proceedings: Proceedings, choices: Choices) -> Document:
    """The report of some proceedings, as asked.

    Args:
        proceedings: What stands.
        choices: Attribution, status and what else was asked.
    """
    pen = Pen(proceedings, choices)
    _summary(pen)
    _organization(pen)
    for chapter in proceedings.chapters:
        sessions.chapter(pen, chapter)
    _recommendations(pen)
    _way_forward(pen)
    annexes.write(pen)
    meeting = proceedings.meeting
    return Document(
        meeting=meeting.id,
        title=("Rehearsal: " if choices.rehearsal else "") + clean(meeting.title),
        subtitle=clean(meeting.theme),
        masthead=tuple(Field(name, clean(text)) for name, text in _masthead(proceedings, choices) if text),
        status=choices.status,
        attribution=choices.attribution,
        rehearsal=choices.rehearsal,
        as_of=proceedings.as_of.isoformat(timespec="milliseconds") if proceedings.as_of else "",
        parts=tuple(pen.parts),
    )


def _masthead(proceedings: Proceedings, choices: Choices) -> Iterator[tuple[str, str]]:
    meeting = proceedings.meeting
    if choices.rehearsal:
        yield "Rehearsal", "made to try things out; this is no record of a meeting"
    as_of = f", as of {instant(proceedings.as_of)} ({meeting.timezone})" if proceedings.as_of else ""
    yield "Status", f"{choices.status.capitalize()}{as_of}"
    yield "Body", meeting.body
    yield "Symbol", meeting.symbol
    yield "Distribution", meeting.distribution
    yield "Date", days(_days(proceedings))
    yield "Place", meeting.place
    yield "Original language", LANGUAGES.get(meeting.original_language, meeting.original_language)
    yield "Attribution", ATTRIBUTIONS[choices.attribution]
    if len(proceedings.chapters) < len(meeting.sessions):
        yield "Extract", listed(chapter.session.label for chapter in proceedings.chapters)


def _days(proceedings: Proceedings) -> list[date]:
    meeting = proceedings.meeting
    return [meeting.date, *(session.date for session in meeting.sessions if session.date)]


def _summary(pen: Pen) -> None:
    proceedings = pen.proceedings
    stated = [each for chapter in proceedings.chapters for each in chapter.statements]
    if all(chapter.empty for chapter in proceedings.chapters):
        pen.paragraph("Nothing has been recorded yet; this is the meeting as planned.")
    recommended = proceedings.recommendations
    if recommended:
        pen.paragraph(_standing_of(recommended), (each.entry.id for each in recommended))
    if proceedings.common:
        pen.paragraph(works_across(len(proceedings.common)))
        pen.commons(proceedings.common)
    pen.introduced("agreement", [each for each in stated if each.kind == "agreement"])
    headlines = [each for each in stated if each.starred and each.kind != "agreement"]
    if headlines:
        pen.paragraph("Attention is drawn to the following:")
        pen.statements(headlines)
    others = [kind for kind in CAPTURED if kind not in ("note", "recommendation", "agreement")]
    counts = {kind: [each for each in stated if each.kind == kind] for kind in others}
    if any(counts.values()):
        told = listed(counted(len(each), kind) for kind, each in counts.items() if each)
        pen.paragraph(
            f"The report further contains {told}.", (each.entry.id for kind in others for each in counts[kind])
        )
    pen.part("summary", "summary", "Summary")


def _standing_of(recommended: tuple[Statement, ...]) -> str:
    """How many recommendations there are, and how they stand."""
    by_status = [(status, sum((each.status or "proposed") == status for each in recommended)) for status in STATUSES]
    told = listed(f"{count} {SAID[status]}" for status, count in by_status if count)
    was = "was" if len(recommended) == 1 else "were"
    groups = len({each.group for each in recommended if each.group})
    by_groups = f" by {groups} groups" if groups > 1 and all(each.group for each in recommended) else ""
    return f"{counted(len(recommended), 'recommendation')} {was} made{by_groups}: {told}."


def _organization(pen: Pen) -> None:
    meeting = pen.meeting
    held = any(chapter.held or not chapter.empty for chapter in pen.proceedings.chapters)
    days_held = _days(pen.proceedings)
    when = ("on " if len(set(days_held)) == 1 else "from ") + days(days_held)
    where = f" in {meeting.place}" if meeting.place else ""
    theme = f" under the theme “{meeting.theme}”" if meeting.theme else ""
    pen.paragraph(f"The meeting {'was' if held else 'is to be'} held{where} {when}{theme}.")
    if meeting.purpose:
        pen.paragraph(meeting.purpose)
    elif meeting.aims:
        pen.paragraph("The aims of the meeting were to:" if held else "The aims of the meeting are to:")
    pen.planned(meeting.aims, [f"({roman(position + 1).lower()})" for position in range(len(meeting.aims))])
    if meeting.issues:
        pen.paragraph(
            "The following issues were to be addressed:" if held else "The following issues are to be addressed:"
        )
        pen.planned(meeting.issues)
    pen.part("organization", "organization", "Organization of the meeting")


def _recommendations(pen: Pen) -> None:
    """All recommendations by group, those of no group by session, and those that work across groups."""
    proceedings, meeting = pen.proceedings, pen.meeting
    recommended = proceedings.recommendations
    if not recommended and not proceedings.common:
        return
    owners = dict.fromkeys([*(group.id for group in meeting.groups), *(each.group for each in recommended)])
    for group in owners:
        own = [each for each in recommended if each.group == group]
        if group and own:
            pen.heading(3, meeting.name_of(group), f"recommendations-{group}")
            pen.introduced("recommendation", own, group=group)
    for chapter in proceedings.chapters:
        own = [each for each in chapter.statements if each.kind == "recommendation" and not each.group]
        if own:
            pen.heading(3, chapter.session.label, f"recommendations-{chapter.session.id}")
            pen.introduced("recommendation", own, f" in {chapter.session.label}")
    _across(pen)
    pen.part("recommendations", "recommendations", "Recommendations")


def _across(pen: Pen) -> None:
    common = pen.proceedings.common
    if not common:
        if len({each.group for each in pen.proceedings.recommendations if each.group}) > 1:
            pen.heading(3, "Across groups", "recommendations-across")
            pen.remark("No recommendations were recorded as working across groups.")
        return
    pen.heading(3, "Across groups", "recommendations-across")
    pen.paragraph(works_across(len(common)))
    pen.commons(common)
    annexes.matrix(pen)


def _way_forward(pen: Pen) -> None:
    actions = pen.proceedings.actions
    if actions:
        pen.paragraph(lead_in("action", len(actions)))
        pen.actions(actions)
    deferred = [
        each
        for chapter in pen.proceedings.chapters
        for each in chapter.statements
        if each.status == "deferred" and each.kind != "action"
    ]
    if deferred:
        pen.paragraph("The following was deferred:")
        pen.statements(deferred)
    if not actions and not deferred:
        return
    pen.part("way-forward", "way-forward", "Way forward")
