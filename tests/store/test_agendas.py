"""Agenda files: what is read, and faults with the place where they stand."""

import codecs
from datetime import date
from pathlib import Path

import pytest

from grcp_cli.store import agenda_text, agendas
from grcp_cli.store.agendas import AgendaFaults, Told
from grcp_cli.store.durable import DiskError

GOOD = """\
format = 1

[meeting]
id = "pilot"
title = "Réunion — 会议 😀"
date = 2027-03-14
timezone = "UTC"

[[session]]
id = "one"
title = "One"
kind = "plenary"
minutes = 60
"""


def faults_of(data: bytes) -> list[Told]:
    with pytest.raises(AgendaFaults) as caught:
        agendas.parse(data, "pilot.toml")
    return caught.value.faults


@pytest.mark.parametrize(
    "data",
    [GOOD.encode(), codecs.BOM_UTF8 + GOOD.encode(), GOOD.replace("\n", "\r\n").encode(), GOOD.rstrip().encode()],
    ids=["plain", "byte-order-mark", "crlf", "no-last-newline"],
)
def test_an_agenda_is_read_as_any_system_writes_it(data: bytes) -> None:
    meeting = agendas.parse(data, "pilot.toml")
    assert (meeting.id, meeting.title) == ("pilot", "Réunion — 会议 😀")


def test_faults_come_in_the_order_of_the_file_with_their_places() -> None:
    text = GOOD.replace("60", "-1").replace('"UTC"', '"Mars"').replace("format = 1", "format = 1\nlength = 3")
    assert [(each.line, each.column) for each in faults_of(text.encode())] == [(2, 1), (8, 1), (14, 1)]


def test_places_are_the_same_with_crlf_and_a_byte_order_mark() -> None:
    text = "  formt = 1\n" + GOOD.replace('"plenary"', '"plenery"')
    expected = faults_of(text.encode())
    assert expected[0][:2] == (1, 3)
    assert faults_of(codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode()) == expected


def test_the_message_counts_and_then_tells_each_on_a_line_of_its_own() -> None:
    with pytest.raises(AgendaFaults) as caught:
        agendas.parse(GOOD.replace("minutes", "minute").encode(), "pilot.toml")
    first, *others = str(caught.value).split("\n")
    assert first == "2 faults in pilot.toml"
    assert others == [
        "pilot.toml:9:1: session 1 has no minutes — add minutes = …",
        "pilot.toml:13:1: unknown key minute — did you mean minutes?",
    ]
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("before", [b"", b"a = 1\n", codecs.BOM_UTF8, "é = 'à'\n".encode()])
def test_a_byte_that_is_not_utf_8_has_its_place_in_characters(before: bytes) -> None:
    (fault,) = faults_of(before + "x = '日本'".encode() + b" # \xe9t\xe9")
    assert (fault.line, fault.column) == (1 + before.count(b"\n"), 12)
    assert fault.what == "byte 0xE9 is not UTF-8"


@pytest.mark.parametrize("data", [b"", b"\n \n", codecs.BOM_UTF8])
def test_an_empty_file_says_how_to_get_one(data: bytes) -> None:
    (fault,) = faults_of(data)
    assert fault == Told(1, 1, "the file is empty", "grcp agenda new writes one by asking")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("a = 1\nb = [1,\n\n", 2, 8), ("a = 1\nb", 2, 2), ("a = 1\n= 2", 2, 1), ('a = "x\n', 1, 7), ("a = tru", 1, 5)],
)
def test_what_is_not_toml_has_the_parsers_place(text: str, line: int, column: int) -> None:
    (fault,) = faults_of(text.encode())
    assert (fault.line, fault.column) == (line, column)
    assert fault.what.startswith("not TOML: ")


def test_a_file_that_the_system_does_not_give_is_told(tmp_path: Path) -> None:
    with pytest.raises(DiskError, match="cannot read"):
        agendas.load(tmp_path / "none.toml")
    with pytest.raises(DiskError, match="cannot read"):
        agendas.load(tmp_path)


def test_the_built_in_agenda_has_no_faults() -> None:
    meeting = agendas.load(Path(__file__).parents[2] / "agendas" / "grcp8.toml")
    assert [session.id for session in meeting.sessions][-1] == "session-3"


ODD = 'a "quoted" \\ back [[session]] # no remark = \u202e é 会议 😀'


def test_a_written_agenda_says_what_was_answered_whatever_was_typed() -> None:
    table = {
        "meeting": {"id": "pilot", "title": ODD, "date": date(2027, 3, 14), "timezone": "UTC"},
        "group": [{"id": "a", "name": ODD}],
        "session": [
            {
                "id": "one",
                "title": ODD,
                "kind": "breakout",
                "minutes": 60,
                "groups": "all",
                "question": [{"id": "q1", "text": ODD, "sub": [{"id": "a", "text": ODD}]}, {"id": "q2", "text": ODD}],
            }
        ],
    }
    text = agenda_text.written(table)
    meeting = agendas.parse(text.encode(), "pilot.toml")
    (session,) = meeting.sessions
    assert {meeting.title, session.title, meeting.groups[0].name, *(q.text for q in session.every_question)} == {ODD}
    assert [question.address for question in session.every_question] == ["q1", "q1/a", "q2"]
    assert session.groups == ("a",)


def test_what_the_remarks_offer_may_stand_there() -> None:
    """Each remark that holds a key or header is good when its # is taken away."""
    table = {
        "meeting": {"id": "pilot", "title": "Pilot", "date": date(2027, 3, 14), "timezone": "UTC"},
        "group": [],
        "session": [
            {
                "id": "session-1",
                "title": "One",
                "kind": "plenary",
                "minutes": 60,
                "question": [{"id": "q1", "text": "?"}],
            },
            {
                "id": "session-2",
                "title": "Two",
                "kind": "plenary",
                "minutes": 60,
                "question": [{"id": "q1", "text": "?"}],
            },
        ],
    }
    lines = agenda_text.written(table).splitlines()
    offered = [line[1:].strip() for line in lines if line.startswith("#") and (" = " in line or "[[" in line)]
    offered = [line for line in offered if line.startswith("[[") or line.split(" = ")[0].isidentifier()]
    of_meeting = [
        line for line in offered if line.split(" ")[0] in ("theme", "purpose", "aims", "issues", "attribution")
    ]
    of_question = [line for line in offered if line.split(" ")[0] in ("captures", "max_per_group", "reports_back")]
    whole = "\n".join(lines).replace("# May also stand", "\n".join(of_meeting) + "\n#")
    whole += "\n" + "\n".join([*of_question, "minutes = 20"])
    tables = offered[offered.index("[[group]]") : offered.index("[[actor]]") + 3]
    meeting = agendas.parse((whole + "\n" + "\n".join(tables).replace('"asia"', '"africa"')).encode(), "pilot.toml")
    assert len(of_meeting) == 5
    assert len(of_question) == 3
    assert meeting.sessions[1].questions[0].reports_back == "session-1/q1"
    assert (meeting.groups[0].id, meeting.participants[0].id, meeting.actors[0].id) == (
        "africa",
        "colombo-process",
        "academia",
    )
