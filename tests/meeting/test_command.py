"""What the commands decide: clock, floor, corrections, standing; and how entries are referred to."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from grcp_cli.meeting.commands import BY_NAME, COMMANDS, OTHERWISE
from grcp_cli.meeting.decision import Refuse, Write


@pytest.fixture
def noted(desk: Any) -> Any:
    """A desk with three entries, of which the third is the one before."""
    desk.says("first text")
    desk.says("/1b second text")
    desk.says("@bali rec: third text")
    return desk


def changed(desk: Any, line: str) -> dict[str, Any]:
    """What the one entry of a line says, without its place and what it is about."""
    written = desk.writes(line)
    return {key: value for key, value in written.items() if key not in ("here", "target", "after")}


# Corrections


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("r:", {"new_kind": "recommendation"}),
        ("lesson:", {"new_kind": "lesson"}),
        ("@col", {"speaker": "colombo-process"}),
        ("@Any Name:", {"speaker": "Any Name"}),
        ("@-", {"speaker": ""}),
        ("@africa", {"speaker": "africa", "group": "africa"}),
        ("/1b @col", {"question": "q1/b", "speaker": "colombo-process"}),
        ("/1b r:", {"question": "q1/b", "new_kind": "recommendation"}),
        ("@col rec:", {"speaker": "colombo-process", "new_kind": "recommendation"}),
    ],
)
def test_prefixes_alone_are_for_the_entry_before(noted: Any, line: str, changes: dict[str, Any]) -> None:
    assert changed(noted, line) == {"kind": "amend", **changes}
    assert noted.wrote[0].target == noted.stands(3).entry.id


def test_a_question_alone_goes_there(noted: Any) -> None:
    assert noted.writes("/1b") == {"kind": "goto", "question": "q1/b"}
    assert noted.walk.here == "q1/b"


def test_tags_alone_are_for_the_entry_before_by_what_its_question_declares(room: Any) -> None:
    desk = room.desk("session-4")
    desk.says("/4 text")
    assert changed(desk, "#academia") == {"kind": "amend", "tags": ["academia"]}
    assert changed(desk, "#un #private") == {"kind": "amend", "tags": ["academia", "un", "private"]}
    assert desk.stands(1).tags == ("academia", "un", "private")
    desk.says("text of question 1, which declares none")
    assert desk.writes("#academia") == {"kind": "recommendation", "question": "q1", "text": "#academia"}


def test_a_line_goes_on(noted: Any) -> None:
    assert changed(noted, "… and more") == {"kind": "amend", "text": "third text and more"}
    assert noted.stands(3).text == "third text and more"
    noted.says("... and yet more")
    assert noted.stands(3).text == "third text and more and yet more"
    noted.says("/strike 3")
    noted.says("… goes on here")
    assert noted.stands(2).text == "second text goes on here"


def test_another_desk_is_never_continued_or_corrected_by_accident(room: Any) -> None:
    africa, asia = room.desk("working-lunch", "africa", "africa"), room.desk("working-lunch", "asia", "asia")
    africa.says("of Africa")
    asia.says("of Asia")
    assert africa.says("… more").target == africa.stands(1).entry.id
    assert africa.refused("s/Asia/Africa/").exit_code == 2
    assert africa.says("r:").target == africa.stands(1).entry.id


@pytest.mark.parametrize(
    ("text", "line", "after"),
    [
        ("an old tale", "s/old/new/", "an new tale"),
        ("old old old", "s/old/new/", "new old old"),
        ("either and/or both", "s/and\\/or/or/", "either or both"),
        ("either or both", "s/or/and\\/or/", "either and/or both"),
        ("a b c", "s/ b//", "a c"),
        ("a.c abc", "s/a.c/x/", "x abc"),
        ("costs $1", "s/$1/\\1/", "costs \\1"),
        ("naïve", "s/ï/i/", "naive"),
        ("two\nlines", "s/two\nlines/one/", "one"),
    ],
)
def test_a_substitution(desk: Any, text: str, line: str, after: str) -> None:
    desk.says(text)
    assert changed(desk, line) == {"kind": "amend", "text": after}
    assert desk.stands(1).text == after


def test_a_substitution_finds_the_newest_standing_entry_that_contains_the_text(noted: Any) -> None:
    assert noted.says("s/second/2nd/").target == noted.stands(2).entry.id
    assert noted.says("s/text/words/").target == noted.stands(3).entry.id
    assert noted.says("s/text/words/").target == noted.stands(2).entry.id  # as it now stands, not as written
    noted.says("/strike 1")
    refuse = noted.refused("s/text/words/")
    assert (refuse.exit_code, "“text”" in refuse.reason) == (2, True)
    assert noted.refused("s/SECOND/x/").exit_code == 2
    noted.says("/restore 1")
    assert noted.says("s/text/words/").target == noted.stands(1).entry.id


def test_nothing_may_be_left_of_no_text(noted: Any) -> None:
    refuse = noted.refused("s/third text//")
    assert (refuse.exit_code, refuse.hint) == (2, "/strike takes an entry out")
    assert noted.refused("/amend 1").exit_code == 2
    assert noted.refused("/amend 1    ").exit_code == 2


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("/amend 1 as it should be", {"text": "as it should be"}),
        ("/amend 1\tas it  should be", {"text": "as it  should be"}),
        ("/amend 1 @col rec: is text here", {"text": "@col rec: is text here"}),
        ("/amend 1 /next", {"text": "/next"}),
        ("/set 1 rec:", {"new_kind": "recommendation"}),
        ("/set 1 /1b", {"question": "q1/b"}),
        ("/set 1 /0", {"question": "0"}),
        ("/set 1 @-", {"speaker": ""}),
        (
            "/set 1 /2 @col rec:",
            {"question": "q2", "speaker": "colombo-process", "new_kind": "recommendation"},
        ),
        ("/owner 1 col", {"owner": "colombo-process"}),
        ("/owner 1 The Secretariat", {"owner": "The Secretariat"}),
        ("/owner 1 col 2019-06-30", {"owner": "colombo-process", "due": date(2019, 6, 30)}),
        ("/owner 1 The Secretariat 2019-06-30", {"owner": "The Secretariat", "due": date(2019, 6, 30)}),
        ("/owner 1 2019-06-30", {"due": date(2019, 6, 30)}),
    ],
)
def test_what_changes_an_entry(noted: Any, line: str, changes: dict[str, Any]) -> None:
    assert changed(noted, line) == {"kind": "amend", **changes}
    assert noted.wrote[0].target == noted.stands(1).entry.id


def test_set_takes_the_tags_of_the_entrys_own_question(room: Any) -> None:
    desk = room.desk("session-4")
    desk.says("/3 text")
    assert changed(desk, "/set 1 #academia #un") == {"kind": "amend", "tags": ["academia", "un"]}
    assert desk.refused("/set 1 /1 #academia").exit_code == 2


def test_set_says_why_a_tag_cannot_be_set(room: Any) -> None:
    lunch, plenary = room.desk("working-lunch", "africa", "africa"), room.desk("session-4")
    for line in ("/1 rec: one", "/2 two", "/0 three"):
        lunch.says(line)
    refuse = plenary.refused("/set africa1 #academia")
    assert refuse.reason == "question 1 of working-lunch offers no tags, so that #academia cannot be set"
    assert 'tags = "actors"' in refuse.hint
    assert lunch.refused("/set 3 #academia").reason.startswith("working-lunch in general offers no tags")
    assert lunch.refused("/set 2 /1 note: #academia").reason.startswith("question 1 of working-lunch offers no tags")
    refuse = lunch.refused("/set 2 #acadmia #un")
    assert refuse.reason == "#acadmia: not all of it is a tag that question 2 of working-lunch offers"
    assert "#academia" in refuse.hint


def test_set_knows_questions_and_tags_of_where_the_entry_stands(room: Any) -> None:
    lunch, plenary = room.desk("working-lunch", "africa", "africa"), room.desk("session-4")
    lunch.says("/2 partnership: one")
    assert changed(plenary, "/set working-lunch/africa:1 #academia") == {"kind": "amend", "tags": ["academia"]}
    assert changed(plenary, "/set working-lunch/africa:1 /1") == {"kind": "amend", "question": "q1"}
    assert plenary.told(plenary.wrote[0]).endswith(
        "1 · What are (up to five) recommendations on increasing synergies among the ISCMs?"
    )
    assert plenary.refused("/set working-lunch/africa:1 /4").exit_code == 4


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("/set 1", 2),
        ("/set", 2),
        ("/set 1 text", 2),
        ("/set 1 rec: text", 2),
        ("/set 1 /next", 2),
        ("/set 1 @nobody", 2),
        ("/set 1 /9", 4),
        ("/set 99 rec:", 4),
        ("/amend", 2),
        ("/amend 99 text", 4),
        ("/amend twelve text", 4),
        ("/strike 99", 4),
        ("/strike africa:1", 4),
        ("/strike working-lunch/africa:1", 4),
        ("/strike " + "9" * 5000, 4),
        ("/restore", 2),
        ("/restore 1", 2),
        ("/ok 99", 4),
        ("/owner 1", 2),
        ("/owner", 2),
        ("/+1", 2),
        ("/+", 2),
        ("/+99 col", 4),
        ("/-1", 2),
        ("/+1 b", 2),
        ("/join", 2),
        ("/join 1 2", 2),
        ("/join 1 2:", 2),
        ("/join 1 99: text", 4),
        ("/split", 4),
        ("/split common1", 4),
        ("/split 1", 4),
        ("/redo", 4),
        ("/go", 4),
        ("/go 9", 4),
        ("/go 1z", 4),
    ],
)
def test_what_is_refused(noted: Any, line: str, code: int) -> None:
    refuse = noted.refused(line)
    assert refuse.exit_code == code
    assert refuse.reason
    assert len(refuse.reason) < 200


def test_strike_and_restore(noted: Any) -> None:
    assert changed(noted, "/strike 2") == {"kind": "strike"}
    assert noted.stands(2).struck
    assert noted.refused("/strike 2").hint == "/restore 2"
    assert noted.says("/restore 2").fields["after"] == noted.entries[-2].id
    assert not noted.stands(2).struck
    assert noted.says("/strike").target == noted.stands(3).entry.id
    # The entry before is now the second: a struck one is no longer meant.
    assert noted.says("/star").target == noted.stands(2).entry.id


def test_a_correction_carries_the_latest_that_its_writer_saw(noted: Any) -> None:
    assert "after" not in noted.says("/amend 1 once").fields
    latest = noted.says("/amend 1 twice")
    assert latest.fields["after"] == noted.entries[-2].id
    assert noted.says("/ok 1").fields["after"] == latest.id
    assert "after" not in noted.says("/ok 2").fields


STATUSES = [
    ("ok", "agreed"),
    ("agreed", "agreed"),
    ("br", "bracketed"),
    ("bracketed", "bracketed"),
    ("bis", "bis"),
    ("no", "not-agreed"),
    ("not-agreed", "not-agreed"),
    ("defer", "deferred"),
    ("drop", "withdrawn"),
]


@pytest.mark.parametrize(("name", "status"), STATUSES)
def test_a_status_with_and_without_a_number(noted: Any, name: str, status: str) -> None:
    assert changed(noted, f"/{name} 1") == {"kind": "status", "status": status, "session": "session-2"}
    assert (noted.stands(1).status, noted.stands(1).decided_in) == (status, "session-2")
    assert noted.says(f"/{name}").target == noted.stands(3).entry.id
    assert noted.says(f"/{name.upper()} 2").target == noted.stands(2).entry.id


@pytest.mark.parametrize(("line", "kind", "field"), [("confirm", "confirm", "confirmed"), ("star", "star", "starred")])
def test_marks(noted: Any, line: str, kind: str, field: str) -> None:
    assert changed(noted, f"/{line} 1") == {"kind": kind}
    assert getattr(noted.stands(1), field)
    assert not getattr(noted.stands(2), field)
    assert noted.says(f"/{line}").target == noted.stands(3).entry.id


def test_allow_lets_a_name_stand(noted: Any) -> None:
    assert changed(noted, "/allow 1") == {"kind": "allow"}
    assert noted.stands(1).allowed


@pytest.mark.parametrize(
    ("line", "kind", "whose"),
    [
        ("/+1 col", "support", [{"who": "colombo-process"}]),
        ("/-1 col", "oppose", [{"who": "colombo-process"}]),
        ("/+ 1 col", "support", [{"who": "colombo-process"}]),
        ("/support 1 col", "support", [{"who": "colombo-process"}]),
        ("/oppose 1 col", "oppose", [{"who": "colombo-process"}]),
        ("/+1 5", "support", [{"count": 5}]),
        ("/-1 12", "oppose", [{"count": 12}]),
        (
            "/+1 col, bali، The Chair",
            "support",
            [{"who": "colombo-process"}, {"who": "bali-process"}, {"who": "The Chair"}],
        ),
    ],
)
def test_support_and_opposition(noted: Any, line: str, kind: str, whose: list[dict[str, Any]]) -> None:
    wrote = noted.type(line)
    assert [
        {"kind": each.kind, **{key: each.fields[key] for key in ("who", "count") if key in each.fields}}
        for each in wrote
    ] == [{"kind": kind, **who} for who in whose]
    names = tuple(str(next(iter(who.values()))) for who in whose)
    statement = noted.stands(1)
    assert (statement.support, statement.oppose) == ((names, ()) if kind == "support" else ((), names))
    assert statement.conflicts == ()


def test_who_changes_sides_stands_on_one(noted: Any) -> None:
    noted.says("/+1 col")
    noted.says("/-1 col")
    assert (noted.stands(1).support, noted.stands(1).oppose) == ((), ("colombo-process",))


# Undo and redo


def test_undo_and_redo_chains(noted: Any) -> None:
    noted.says("/amend 1 changed")
    noted.says("/go 2")
    assert noted.writes("/undo") == {"kind": "undo", "target": noted.entries[-2].id, "here": "q1/a"}
    assert noted.walk.here == "q1/a"
    assert noted.writes("/undo")["target"] == noted.entries[-4].id
    assert noted.stands(1).text == "first text"
    assert noted.writes("/redo")["kind"] == "redo"
    assert noted.stands(1).text == "changed"
    noted.says("/redo")
    assert noted.walk.here == "q2"
    assert noted.refused("/redo").exit_code == 4


def test_undo_reaches_back_to_the_beginning_and_no_further(noted: Any) -> None:
    for _ in range(3):
        noted.says("/undo")
    assert noted.room.record.statements("session-2") == []
    assert noted.refused("/undo").exit_code == 4
    for _ in range(3):
        noted.says("/redo")
    assert [each.entry.n for each in noted.room.record.statements("session-2")] == [1, 2, 3]


def test_something_new_ends_the_chance_to_redo(noted: Any) -> None:
    noted.says("/undo")
    assert noted.says("fourth text").n == 4  # a number is never given twice
    assert noted.refused("/redo").exit_code == 4
    assert noted.refused("/strike 3").exit_code == 4
    assert noted.says("/undo").target == noted.entries[-2].id


def test_undo_takes_back_clock_and_floor_too(desk: Any) -> None:
    desk.says("/start")
    desk.says("/f col")
    desk.says("/undo")
    assert (desk.walk.floor.speaker, desk.walk.clock.state) == ("", "running")
    desk.says("/undo")
    assert desk.walk.clock.state == "to come"
    desk.says("/redo")
    desk.says("/redo")
    assert (desk.walk.floor.speaker, desk.walk.clock.state) == ("colombo-process", "running")


def test_undo_is_for_this_file_alone(room: Any) -> None:
    africa, asia = room.desk("working-lunch", "africa", "africa"), room.desk("working-lunch", "asia", "asia")
    africa.says("of Africa")
    asia.says("of Asia")
    assert africa.says("/undo").target == africa.entries[0].id
    assert africa.refused("/undo").exit_code == 4
    assert asia.stands(1).text == "of Asia"


# References


@pytest.fixture
def lunch(room: Any) -> Any:
    """Three desks of the lunch: Africa and Asia with recommendations, and the one that joins them."""
    for group in ("africa", "asia"):
        table = room.desk("working-lunch", group, group)
        for number in (1, 2, 3):
            table.says(f"{group} says {number}")
    return room.desk("working-lunch")


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("africa:2", "africa says 2"),
        ("working-lunch/africa:2", "africa says 2"),
        ("africa3", "africa says 3"),
        ("AFRICA3", "africa says 3"),
        ("asia1", "asia says 1"),
    ],
)
def test_references(lunch: Any, reference: str, text: str) -> None:
    def targeted(desk: Any) -> str:
        target = desk.says(f"/star {reference}").target
        return str(desk.room.record.statement(target).text)

    assert targeted(lunch) == text
    assert targeted(lunch.room.desk("working-lunch", "europe", "europe")) == text
    elsewhere = lunch.room.desk("session-4")
    assert targeted(elsewhere) == text


def test_a_bare_number_is_ones_own(lunch: Any) -> None:
    assert lunch.refused("/star 1").exit_code == 4
    lunch.says("of the plenary")
    assert lunch.says("/star 1").target == lunch.stands(1).entry.id
    assert lunch.room.desk("working-lunch", "africa").says("/star :1").target == lunch.stands(1).entry.id
    assert lunch.room.desk("session-4").says("/star working-lunch/:1").target == lunch.stands(1).entry.id


def test_join_and_split_by_label(lunch: Any) -> None:
    assert lunch.writes("/join africa3 asia1: Meet once a year") == {
        "kind": "cluster",
        "here": "q1",
        "targets": [lunch.room.record.find("africa:3", lunch.source), lunch.room.record.find("asia:1", lunch.source)],
        "text": "Meet once a year",
        "support": ["africa", "asia"],
    }
    lunch.says("/join africa:1: One target is enough")
    assert len(lunch.room.record.clusters("working-lunch")) == 2
    assert lunch.writes("/split common1")["kind"] == "uncluster"
    assert [each.text for each in lunch.room.record.clusters("working-lunch")] == ["One target is enough"]
    lunch.says("/undo")
    assert len(lunch.room.record.clusters("working-lunch")) == 2


def test_a_join_of_a_desk_by_commas_and_a_text_with_colons(lunch: Any) -> None:
    cluster = lunch.says("/join africa:3, asia:1: Meet: once a year")
    assert (len(cluster.fields["targets"]), cluster.text) == (2, "Meet: once a year")


# Clock


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("/start 10:47", 3),
        ("/start 10.47", 3),
        ("/start 10h47", 3),
        ("/start 10:47:30", 2.5),
        ("/start -2", 2),
        ("/start - 2", 2),
        ("/start 9:50", 60),
        ("/start 10:50", 0),
    ],
)
def test_the_start_may_be_backdated(desk: Any, line: str, minutes: float) -> None:
    desk.room.wait(5 * 60)  # it is 10:50
    effective = desk.says(line).fields["effective"]
    assert desk.room.now.at - effective == timedelta(minutes=minutes)
    assert desk.walk.clock.started == effective
    assert desk.walk.clock.elapsed(desk.room.now) == minutes * 60


def test_a_start_that_is_not_backdated_says_so(desk: Any) -> None:
    assert desk.writes("/start") == {"kind": "start", "here": "q1/a"}
    assert {"boot", "ticks"} <= desk.wrote[0].fields.keys()


@pytest.mark.parametrize(
    "line", ["/start 10:51", "/start 25:00", "/start 10:60", "/start soon", "/start 2", "/start -"]
)
def test_a_start_at_no_time_that_has_passed_is_refused(desk: Any, line: str) -> None:
    desk.room.wait(5 * 60)
    assert desk.refused(line).exit_code == 2


def test_a_start_before_midnight_told_after_it(desk: Any) -> None:
    desk.room.wait(13 * 3600 + 20 * 60)  # five past midnight
    assert f"{desk.room.now.at:%H:%M}" == "00:05"
    effective = desk.says("/start 23:55").fields["effective"]
    assert effective.date() == date(2019, 4, 5)
    assert desk.walk.clock.elapsed(desk.room.now) == 600


def test_a_start_in_the_hour_that_an_autumn_night_has_twice(desk: Any) -> None:
    desk.room.at = datetime.fromisoformat("2019-10-27T01:40:00+00:00")  # 02:40 for the second time
    desk.says("/start 02:30")
    assert desk.walk.clock.elapsed(desk.room.now) == 600
    desk.says("/undo")
    desk.says("/start 02:50")  # for the first time: 50 minutes ago
    assert desk.walk.clock.elapsed(desk.room.now) == 3000


def test_a_start_in_the_hour_that_a_spring_night_lacks(desk: Any) -> None:
    desk.room.at = datetime.fromisoformat("2019-03-31T01:10:00+00:00")  # 03:10, twenty minutes after 01:50
    desk.says("/start 01:50")
    assert desk.walk.clock.elapsed(desk.room.now) == 1200


def test_the_clock_refuses_what_does_not_fit(desk: Any) -> None:
    for line in ("/pause", "/resume", "/end", "/reopen", "/yield", "/more 1", "/extend", "/extend 0", "/extend x"):
        assert desk.refused(line).exit_code == 2
    desk.says("/start")
    for line in ("/start", "/resume", "/reopen"):
        assert desk.refused(line).exit_code == 2
    desk.says("/pause")
    for line in ("/start", "/pause", "/reopen"):
        assert desk.refused(line).exit_code == 2
    desk.says("/end")
    for line in ("/start", "/pause", "/resume", "/end"):
        assert desk.refused(line).exit_code == 2
    desk.says("/reopen")
    assert desk.walk.clock.state == "running"


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("/extend 5", {"minutes": 5}),
        ("/extend +5", {"minutes": 5}),
        ("/extend -5", {"minutes": -5}),
        ("/extend 5 min", {"minutes": 5}),
        ("/extend 5 the list is long", {"minutes": 5, "reason": "the list is long"}),
    ],
)
def test_an_extension(desk: Any, line: str, fields: dict[str, Any]) -> None:
    assert changed(desk, line) == {"kind": "extend", **fields}


def test_from_question_to_question(desk: Any) -> None:
    def goes(line: str) -> str:
        desk.says(line)
        return str(desk.walk.here)

    assert [goes("/next") for _ in range(3)] == ["q1/b", "q1/c", "q2"]
    assert "last" in desk.refused("/next").reason
    assert [goes("/back") for _ in range(4)] == ["q1/c", "q1/b", "q1/a", "0"]
    assert "first" in desk.refused("/back").reason
    assert [goes(line) for line in ("/go 2", "/go q1/b", "/go 0", "/1C", "/go 1A")] == [
        "q2",
        "q1/b",
        "0",
        "q1/c",
        "q1/a",
    ]
    # From a stem the next is its first sub-question, and back is what stands before the stem.
    assert [goes(line) for line in ("/1", "/next", "/1", "/back")] == ["q1", "q1/a", "q1", "0"]


# Floor


@pytest.fixture
def running(desk: Any) -> Any:
    desk.says("/start")
    desk.room.wait(300)
    return desk


@pytest.mark.parametrize(
    ("line", "speaker", "back"),
    [
        ("/f col", "colombo-process", 0),
        ("/floor col", "colombo-process", 0),
        ("/f @col", "colombo-process", 0),
        ("/f The Chair", "The Chair", 0),
        ("/f africa", "africa", 0),
        ("/f col -1", "colombo-process", 60),
        ("/f The Chair -2", "The Chair", 120),
        ("/f 5-5", "5-5-dialogue", 0),
        ("/f G-20", "G-20", 0),
        ("/f G-20 -1", "G-20", 60),
    ],
)
def test_the_floor_is_given(running: Any, line: str, speaker: str, back: int) -> None:
    entry = running.says(line)
    assert (entry.kind, entry.speaker, "effective" in entry.fields) == ("floor", speaker, back > 0)
    assert running.walk.floor.speaker == speaker
    assert running.walk.floor.turn.taken(running.walk.clock.elapsed(running.room.now)) == back


def test_the_floor_goes_to_who_waits_first(running: Any) -> None:
    assert running.refused("/f").exit_code == 2
    running.says("/q col, bali")
    assert running.says("/f").speaker == "colombo-process"
    assert running.walk.floor.waiting == ("bali-process",)
    backdated = running.says("/f -1")
    assert (backdated.speaker, "effective" in backdated.fields) == ("bali-process", True)
    assert running.refused("/f").exit_code == 2


def test_the_speakers_list(running: Any) -> None:
    assert changed(running, "/q col, Guest of Honour، bali,,col") == {
        "kind": "queue",
        "speakers": ["colombo-process", "Guest of Honour", "bali-process"],
    }
    assert changed(running, "/queue arcp; 张伟，李娜") == {"kind": "queue", "speakers": ["arcp", "张伟", "李娜"]}
    assert changed(running, "/withdraw col") == {"kind": "withdraw", "speaker": "colombo-process"}
    assert changed(running, "/move arcp 1") == {"kind": "reorder", "speaker": "arcp", "position": 1}
    assert changed(running, "/move Guest of Honour 99") == {
        "kind": "reorder",
        "speaker": "Guest of Honour",
        "position": 5,
    }
    assert running.walk.floor.waiting == ("arcp", "bali-process", "张伟", "李娜", "Guest of Honour")
    for line in ("/q", "/q ,", "/withdraw col", "/withdraw", "/move col 1", "/move arcp", "/move", "/move 1", "/q b"):
        assert running.refused(line).exit_code == 2
    assert changed(running, "/close") == {"kind": "close-list"}
    assert running.refused("/q col").hint == "/open opens it again"
    assert running.refused("/close").exit_code == 2
    assert changed(running, "/open") == {"kind": "open-list"}
    assert running.refused("/open").exit_code == 2


def test_what_interrupts_and_what_adds(running: Any) -> None:
    turn = running.says("/f col")
    assert changed(running, "/more 1") == {"kind": "extend", "minutes": 1}
    assert running.wrote[0].target == turn.id
    assert changed(running, "/more") == {"kind": "extend", "minutes": 1}
    assert running.walk.floor.turn.more == 2
    assert running.walk.clock.extended == 0
    assert changed(running, "/order bali") == {"kind": "point-of-order", "speaker": "bali-process"}
    assert changed(running, "/yield") == {"kind": "yield"}
    assert changed(running, "/reply arcp") == {"kind": "reply", "speaker": "arcp"}
    assert running.refused("/order").exit_code == 2
    assert running.refused("/reply").exit_code == 2


@pytest.mark.parametrize(
    ("line", "text"),
    [("/say Back at 11", "Back at 11"), ("/say off", ""), ("/say OFF", ""), ("/message Hello", "Hello")],
)
def test_a_message_on_the_stage(running: Any, line: str, text: str) -> None:
    assert changed(running, line) == {"kind": "message", "text": text}
    assert running.walk.floor.message == text


def test_a_name_has_its_limit(running: Any) -> None:
    assert running.refused("/f " + "x" * 300).exit_code == 2


# Who spoke


def test_an_entry_is_theirs_who_have_the_floor(running: Any) -> None:
    running.says("/f col")
    assert running.writes("text") == {
        "kind": "note",
        "question": "q1/a",
        "speaker": "colombo-process",
        "speaker_from": "floor",
        "text": "text",
    }
    assert "speaker_from" not in running.writes("@bali text")
    assert {"speaker", "speaker_from"}.isdisjoint(running.writes("@- text"))


def test_theirs_who_had_it_at_the_first_keystroke(running: Any) -> None:
    running.says("/f col")
    written = running.writes("text", holder="bali-process")
    assert (written["speaker"], written["speaker_from"]) == ("bali-process", "floor")
    running.says("/yield")
    assert running.writes("text", holder="colombo-process")["speaker"] == "colombo-process"
    assert "speaker" not in running.writes("text", holder="")


def test_who_spoke_before(running: Any) -> None:
    assert running.refused("@< text").exit_code == 2
    running.says("/f col")
    assert running.refused("@< text").exit_code == 2  # the speaker is no one before
    running.says("/f bali")
    assert running.writes("@< text")["speaker"] == "colombo-process"
    running.says("/yield")
    running.says("@arcp text")
    assert running.writes("@< text")["speaker"] == "arcp"


def test_the_desks_group_and_who_is_named(room: Any) -> None:
    africa = room.desk("working-lunch", "africa", "africa")
    assert africa.writes("text")["group"] == "africa"
    written = africa.writes("@col text")
    assert (written["group"], written["speaker"]) == ("africa", "colombo-process")
    assert africa.writes("@asia text")["group"] == "asia"


# Desks that follow


def test_who_follows_leaves_clock_and_floor_to_the_lead(room: Any) -> None:
    lead, asia = room.desk("working-lunch"), room.desk("working-lunch", "asia", "asia")
    lead.says("/start")
    lead.says("/f col")
    for line in ("/pause", "/f bali", "/extend 5", "/q bali", "/yield", "/end"):
        assert "the session's own desk" in asia.refused(line).reason
    written = asia.writes("text")
    assert (written["speaker"], written["speaker_from"], written["group"]) == ("colombo-process", "floor", "asia")
    asia.says("/2")
    assert asia.lead is None
    asia.says("/follow")
    assert asia.lead == lead.source
    asia.says("/start")  # a time of its own
    assert asia.lead is None
    asia.says("/pause")


# The table


SHORT = """
    start pause resume extend end reopen next back go follow f yield more q withdraw move order reply close open
    amend set strike restore undo redo ok br bis no defer drop + - confirm star allow owner join split off say
    find list help quit
"""


def test_every_command_of_the_grammar_is_there_in_short_and_long() -> None:
    assert {*SHORT.split(), "floor", "queue", "agreed", "bracketed"} <= BY_NAME.keys()
    assert len(BY_NAME) == sum(len(command.names) for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=[command.names[0] for command in COMMANDS])
def test_every_command_answers_with_nothing_behind_it(running: Any, command: Any) -> None:
    running.type(f"/{command.names[0]}")
    assert running.decision is not None
    if isinstance(running.decision, Refuse):
        assert running.decision.exit_code in (2, 4)
    assert not isinstance(running.decision, Write) or running.wrote


def test_a_date_that_is_none_is_no_name(noted: Any) -> None:
    for wrong in ("2019-02-30", "1.6.2019", "06/01/2019"):
        assert "is no date here" in noted.refused(f"/owner 1 col {wrong}").reason


def test_labels_serve_as_they_are_printed(lunch: Any) -> None:
    told = lunch.room.record.statement
    assert told(lunch.says("/ok Africa 3").target).text == "africa says 3"
    assert told(lunch.says("/amend Asia and the Pacific 1 another text").target).text == "another text"
    joined = lunch.says("/join Africa 3 asia1, Asia and the Pacific 1: together")
    assert [told(each).text for each in joined.fields["targets"]] == ["africa says 3", "another text"]


def test_a_group_on_the_floor_is_the_author(room: Any) -> None:
    desk = room.desk("session-4")
    desk.says("/f africa")
    assert desk.says("rec: together").fields["group"] == "africa"


def test_counts_of_a_stance_replace_each_other(noted: Any) -> None:
    for line in ("/+1 3", "/+1 4", "/-1 4", "/+1 col"):
        noted.says(line)
    assert (noted.stands(1).support, noted.stands(1).oppose) == (("colombo-process", "4"), ("4",))


def test_what_is_typed_for_a_command_by_another_name_leads_to_one() -> None:
    assert not OTHERWISE.keys() & BY_NAME.keys()
    assert all(meant in BY_NAME or meant.startswith("grcp ") for meant in OTHERWISE.values())
