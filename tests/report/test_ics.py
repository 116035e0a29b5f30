"""The calendar: one event a session at the right instant, in a zone that any calendar program can work out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hard import HARD
from icalendar import Calendar

from grcp_cli.report import ics
from grcp_cli.report.document import Appointment
from grcp_cli.report.kit import Kit

if TYPE_CHECKING:
    from collections.abc import Callable

    from grcp_cli.report.document import Document

    Make = Callable[..., Document]

OPENING = Appointment(
    "opening", "Session 1: Opening", "2024-03-01T09:00:00", "2024-03-01T10:00:00", "Africa/Tunis", "Tunis", "1. How?"
)


def calendar(document: Document) -> Any:
    return Calendar.from_ical(ics.write(document, Kit()))


@pytest.fixture
def document(make: Make, pages: Any) -> Document:
    return make(pages)


def planned(document: Document, zone: str, start: str, end: str) -> Document:
    return document._replace(agenda=(OPENING._replace(zone=zone, start=start, end=end),))


def test_one_event_a_session(document: Document) -> None:
    found = calendar(document)
    assert [str(each["uid"]) for each in found.events] == ["opening@small", "tables@small", "back@small"]
    assert str(found["x-wr-calname"]) == "Small Meeting"
    assert found["version"] == "2.0"
    assert len(found.timezones) == 1


def test_what_an_event_tells(document: Document) -> None:
    (event,) = calendar(document._replace(agenda=(OPENING,))).events
    assert event.start == datetime(2024, 3, 1, 9, tzinfo=ZoneInfo("Africa/Tunis"))
    assert event.end == datetime(2024, 3, 1, 10, tzinfo=ZoneInfo("Africa/Tunis"))
    assert event["dtstart"].params["TZID"] == "Africa/Tunis"
    assert event["dtstamp"].dt == datetime(2024, 3, 1, 8, tzinfo=UTC)
    told = [str(event[key]) for key in ("summary", "location", "description")]
    assert told == ["Session 1: Opening", "Tunis", "1. How?"]


@pytest.mark.parametrize(
    ("zone", "start", "end", "instants"),
    [
        ("Europe/Zurich", "2019-03-30T23:00:00", "2019-03-31T04:00:00", ("2019-03-30T22:00Z", "2019-03-31T02:00Z")),
        ("Europe/Zurich", "2019-10-26T23:00:00", "2019-10-27T04:00:00", ("2019-10-26T21:00Z", "2019-10-27T03:00Z")),
        ("Europe/Zurich", "2019-07-01T09:00:00", "2019-07-01T10:00:00", ("2019-07-01T07:00Z", "2019-07-01T08:00Z")),
        ("America/Santiago", "2024-09-07T20:00:00", "2024-09-08T02:00:00", ("2024-09-08T00:00Z", "2024-09-08T05:00Z")),
        ("Asia/Kathmandu", "2024-01-01T00:10:00", "2024-01-01T01:00:00", ("2023-12-31T18:25Z", "2023-12-31T19:15Z")),
        ("Africa/Casablanca", "2024-03-10T01:00:00", "2024-03-10T04:00:00", ("2024-03-10T00:00Z", "2024-03-10T04:00Z")),
        ("UTC", "2024-12-31T23:00:00", "2025-01-01T01:00:00", ("2024-12-31T23:00Z", "2025-01-01T01:00Z")),
    ],
)
def test_instants_are_right_across_changes_of_the_clock(
    document: Document, zone: str, start: str, end: str, instants: tuple[str, str]
) -> None:
    """By the zone's own definition in the file, not by the one that this machine knows."""
    found = calendar(planned(document, zone, start, end))
    (told,) = found.timezones
    defined = told.to_tz(lookup_tzid=False)
    (event,) = found.events
    shown = [each.replace(tzinfo=defined).astimezone(UTC) for each in (event.start, event.end)]
    assert shown == [datetime.fromisoformat(each) for each in instants]


@pytest.mark.parametrize(
    "zone", ["Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]
)
def test_the_zone_is_as_it_really_is(document: Document, zone: str) -> None:
    (told,) = calendar(planned(document, zone, "2024-05-01T09:00:00", "2024-05-01T10:00:00")).timezones
    parts = list(told.subcomponents)
    changes = sorted(
        (each["dtstart"].dt - each["tzoffsetfrom"].td, each["tzoffsetto"].td, each.name == "DAYLIGHT") for each in parts
    )
    at = datetime(2024, 1, 1, tzinfo=UTC)
    while at < datetime(2025, 1, 1, tzinfo=UTC):
        _, offset, daylight = [each for each in changes if each[0] <= at.replace(tzinfo=None)][-1]
        there = at.astimezone(ZoneInfo(zone))
        assert (offset, daylight) == (there.utcoffset(), bool(there.dst())), at
        at += timedelta(minutes=30)


def test_a_session_without_time_is_left_out(document: Document) -> None:
    found = calendar(document._replace(agenda=(OPENING._replace(start="", end=""), OPENING._replace(id="b"))))
    assert [str(each["uid"]) for each in found.events] == ["b@small"]
    nothing = calendar(document._replace(agenda=()))
    assert not nothing.events
    assert not nothing.timezones


def test_a_rehearsal_says_so_in_every_event(make: Make, pages: Any) -> None:
    found = calendar(make(pages, rehearsal=True))
    assert all(str(each["summary"]).startswith("Rehearsal: ") for each in found.events)


@pytest.mark.parametrize("text", HARD)
def test_hard_texts_stay_text(document: Document, text: str) -> None:
    """Line feeds, commas and words like BEGIN:VALARM do nothing in any field."""
    text = f"{text}\nEND:VEVENT\nBEGIN:VALARM"
    hard = OPENING._replace(title=text, place=text, about=text)
    data = ics.write(document._replace(title=text, agenda=(hard,)), Kit())
    (event,) = Calendar.from_ical(data).events
    assert [str(event[key]) for key in ("summary", "location", "description")] == [text] * 3
    assert not event.subcomponents
    assert b"\r\nBEGIN:VALARM" not in data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_same_document_same_bytes(document: Document) -> None:
    assert ics.write(document, Kit()) == ics.write(document, Kit())
