"""The agenda as a calendar: one event a session, in the meeting's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from icalendar import Calendar, Event, Timezone

    from .document import Appointment, Document
    from .kit import Kit

_DAY = timedelta(days=1)


def write(document: Document, kit: Kit) -> bytes:  # noqa: ARG001 - every format is called alike
    """The sessions as iCalendar (RFC 5545); one without a time is left out.

    Args:
        document: With the agenda.
        kit: Not needed.
    """
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", f"-//grcp//report//{document.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(document.title))  # a name that the library does not know is not escaped
    timed = [each for each in document.agenda if each.start and each.end]
    for name in dict.fromkeys(each.zone for each in timed):
        years = [
            datetime.fromisoformat(at).year for each in timed if each.zone == name for at in (each.start, each.end)
        ]
        calendar.add_component(_zone(name, min(years), max(years)))
    for each in timed:
        calendar.add_component(_event(document, each))
    return _bytes(calendar)


def _bytes(calendar: Calendar) -> bytes:
    return bytes(calendar.to_ical())


def _event(document: Document, planned: Appointment) -> Event:
    from icalendar import Event

    zone = ZoneInfo(planned.zone)
    start = datetime.fromisoformat(planned.start).replace(tzinfo=zone)
    event = Event()
    event.add("uid", f"{planned.id}@{document.meeting}")
    event.add("dtstamp", start.astimezone(UTC))  # never the hour of asking: same agenda, same bytes
    event.add("dtstart", start)
    event.add("dtend", datetime.fromisoformat(planned.end).replace(tzinfo=zone))
    rehearsal = f"{document.terms['rehearsal']}{document.terms['colon']} " if document.rehearsal else ""
    event.add("summary", rehearsal + planned.title)
    if planned.place:
        event.add("location", planned.place)
    if planned.about:
        event.add("description", planned.about)
    return event


def _zone(name: str, first: int, last: int) -> Timezone:
    """A zone with its changes from the beginning of a year to the end of another.

    Each begins at the local time that it was by the offset before it (RFC 5545, 3.6.5).
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    told = Timezone()
    told.add("tzid", name)
    zone = ZoneInfo(name)
    begin, end = datetime(first, 1, 1, tzinfo=UTC) - 2 * _DAY, datetime(last + 1, 1, 1, tzinfo=UTC) + _DAY
    for at in _changes(zone, begin, end):
        after = at.astimezone(zone)
        before = (at - timedelta(seconds=1)).astimezone(zone).utcoffset() or timedelta()
        part = TimezoneDaylight() if after.dst() else TimezoneStandard()
        part.add("dtstart", at.replace(tzinfo=None) + before)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after.utcoffset() or timedelta())
        part.add("tzname", after.tzname() or name)
        told.add_component(part)
    return told


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The beginning, then every instant in UTC at which the offset changes."""
    yield first
    day = first
    while day < last:
        if _offset(day, zone) != _offset(day + _DAY, zone):
            low, high = 0, int(_DAY.total_seconds())
            while high - low > 1:
                middle = (low + high) // 2
                same = _offset(day + timedelta(seconds=middle), zone) == _offset(day, zone)
                low, high = (middle, high) if same else (low, middle)
            yield day + timedelta(seconds=high)
        day += _DAY


def _offset(at: datetime, zone: ZoneInfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()
