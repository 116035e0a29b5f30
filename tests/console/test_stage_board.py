"""The recommendations as they are read out: which are shown, how they stand, how they are laid out and turned."""

from typing import Any

import pytest

from grcp_cli.console.stage.board import Board, Column, Item, board
from grcp_cli.console.stage.board_page import board_page, pages
from grcp_cli.console.stage.paper import cells
from grcp_cli.console.stage.scene import scene
from grcp_cli.console.stage.turning import Turning
from grcp_cli.meeting.fitting import Outlook
from grcp_cli.store.desk import Desk

AFRICA = (
    "rec: Name one focal point in each capital",
    "rec: Share evaluations before each meeting",
    "note: Not a recommendation",
    "rec: Struck since",
    "/strike 4",
    "/off rec: Between ourselves",
)


@pytest.fixture
def lunch(table: Any) -> dict[str, Desk]:
    """Desks of the working lunch that have written what they recommend."""
    desks = {each: table.desk("working-lunch", each, each) for each in ("africa", "asia", "middle-east")}
    for line in AFRICA:
        desks["africa"].say(line)
    desks["asia"].say("rec: Twin\u202e secretariats")
    desks["asia"].say("/2 rec: Under another question")
    desks["middle-east"].say("rec: العملية تشجع تبادل الخبرات")
    desks["middle-east"].say("/2 partnership: Joint training")
    return desks


def seen(table: Any, session: str = "session-4", here: str = "q1") -> Board:
    desk = table.desk(session)
    desk.catch_up()
    return board(table.meeting, desk.session, desk.record, here)


def shown(found: Board) -> dict[str, list[tuple[str, str, str]]]:
    return {each.name: [(item.label, item.status, item.text) for item in each.items] for each in found.columns}


@pytest.mark.usefixtures("lunch")
def test_what_is_reported_back_stands_by_group(table: Any) -> None:
    found = seen(table)
    assert found.title.startswith("1 · What five recommendations")
    assert shown(found) == {
        "Africa": [
            ("Africa 1", "", "Name one focal point in each capital"),
            ("Africa 2", "", "Share evaluations before each meeting"),
        ],
        "Asia and the Pacific": [("Asia and the Pacific 1", "", "Twin� secretariats")],
        "Middle East": [("Middle East 1", "", "العملية تشجع تبادل الخبرات")],
    }
    assert [each.many for each in found.columns] == ["2 of 5", "1 of 5", "1 of 5"]
    assert found.silent == ("Americas and Caribbean", "Europe and the former Soviet Union")


@pytest.mark.usefixtures("lunch")
def test_what_was_done_is_told_in_words_and_marked(table: Any) -> None:
    plenary = table.desk("session-4")
    table.clock.wait(60)
    for line in ("/br africa2", "/confirm africa1", "/ok asia1", "/confirm asia1"):
        table.clock.wait(1)
        plenary.say(line)
    found = seen(table)
    assert shown(found)["Africa"] == [
        ("Africa 1", "read out", "Name one focal point in each capital"),
        ("Africa 2", "in brackets", "[Share evaluations before each meeting]"),
    ]
    assert shown(found)["Asia and the Pacific"][0][1] == "agreed · read out"
    assert found.last == found.columns[1].items[0].id


@pytest.mark.usefixtures("lunch")
def test_what_is_written_here_and_joined_stands_beside_it(table: Any) -> None:
    plenary = table.desk("session-4")
    for line in ("rec: From the floor", "/join africa1 asia1: One network of focal points"):
        table.clock.wait(1)
        plenary.say(line)
    found = seen(table, here="q2")
    assert found.title.startswith("2 · Which of the recommendations")
    assert shown(found)["Session 4"] == [("Session 4.1", "", "From the floor")]
    assert shown(found)["Across groups"] == [
        ("Common 1", "from Africa 1 and Asia and the Pacific 1", "One network of focal points")
    ]
    assert [each.many for each in found.columns[-2:]] == ["1", "1"]
    assert found.last == found.columns[-1].items[0].id


@pytest.mark.usefixtures("lunch")
def test_a_common_one_has_its_brackets_and_status_and_what_is_struck_goes(table: Any) -> None:
    plenary = table.desk("session-4")
    for line in ("/join africa1 asia1: One network", "/br common1", "/confirm common1"):
        table.clock.wait(1)
        plenary.say(line)
    words = "in brackets · read out · from Africa 1 and Asia and the Pacific 1"
    assert shown(seen(table, here="q2"))["Across groups"] == [("Common 1", words, "[One network]")]
    plenary.say("/join common1 europe1")
    plenary.say("/amend common1 One wider network")
    assert shown(seen(table, here="q2"))["Across groups"][0][2] == "[One wider network]"
    plenary.say("/strike common1")
    assert "Across groups" not in shown(seen(table, here="q2"))


def test_what_rests_on_nothing_shown_is_not_shown(table: Any, lunch: dict[str, Desk]) -> None:
    plenary = table.desk("session-4")
    plenary.say("/join africa1: Focal points")
    assert "Across groups" in shown(seen(table))
    lunch["africa"].say("/strike 1")
    assert "Across groups" not in shown(seen(table))


def test_what_another_session_recommended_is_named_where_it_is_joined(table: Any, lunch: dict[str, Desk]) -> None:
    table.desk("session-2").say("rec: One calendar")
    table.desk("session-4").say("/join africa1 session-2.1: Focal points and a calendar")
    (_, words, _) = shown(seen(table))["Across groups"][0]
    assert words == "from Africa 1 and Session 2.1"
    lunch["africa"].say("/strike 1")
    assert shown(seen(table))["Across groups"][0][1] == "from Session 2.1"


def test_what_its_table_did_not_bring_forward_is_counted_apart_and_not_shown(
    table: Any, lunch: dict[str, Desk]
) -> None:
    lunch["africa"].say("/defer 1")
    found = seen(table)
    assert shown(found)["Africa"] == [("Africa 2", "", "Share evaluations before each meeting")]
    assert found.columns[0].many == "1 of 5 · 1 not brought forward"
    lunch["africa"].say("/defer 2")
    assert seen(table).silent == ("Americas and Caribbean", "Europe and the former Soviet Union")


@pytest.mark.usefixtures("lunch")
def test_another_question_reports_another_kind(table: Any) -> None:
    found = seen(table, here="q3")
    assert found.title.startswith("3 · What type of partnerships")
    assert shown(found) == {"Middle East": [("middle-east:2", "", "Joint training")]}


@pytest.mark.usefixtures("lunch")
def test_where_the_question_hears_no_report_the_first_that_does_is_meant(table: Any) -> None:
    assert seen(table, here="q4") == seen(table, here="0") == seen(table, here="q1")


@pytest.mark.usefixtures("lunch")
def test_at_the_tables_themselves_all_recommendations_stand(table: Any) -> None:
    found = seen(table, "working-lunch")
    assert [each.many for each in found.columns] == ["2 of up to 5", "2 of up to 5", "1 of up to 5"]
    assert found.silent == ("Americas and Caribbean", "Europe and the former Soviet Union")


def test_a_plenary_has_its_own(table: Any) -> None:
    table.desk("session-2").say("rec: One calendar")
    found = seen(table, "session-2")
    assert found.columns == (Column("Session 2", "1", found.columns[0].items),)
    assert (found.title, found.silent) == ("", ())


def test_the_same_label_twice_names_its_session(table: Any, lunch: dict[str, Desk]) -> None:
    table.desk("session-4", "africa", "africa").say("rec: Said in plenary by the group")
    assert [label for label, _, _ in shown(seen(table))["Africa"]] == ["Africa 1", "Africa 2", "Africa 1 (Session 4)"]
    assert len(lunch) == 3


# Pages.


def many(columns: int, items: int, words: int = 6) -> Board:
    found = []
    for column in range(columns):
        listed = tuple(Item(f"{column}-{at}", f"Group {column} {at}", "", "word " * words) for at in range(items))
        found.append(Column(f"Group {column}", str(items), listed))
    return Board("1 · What?", tuple(found), (), "0-0")


def test_side_by_side_where_there_is_room_else_below(table: Any) -> None:
    wide, narrow = pages(many(5, 3), 200, 50), pages(many(5, 3), 80, 24)
    assert len(wide) == 1
    assert len(narrow) > 1
    assert wide[0].items == frozenset().union(*(page.items for page in narrow))
    assert "Group 4 · 3" in "".join(text for text, _ in wide[0].lines[0])
    assert table


def test_every_item_stands_whole_on_some_page() -> None:
    for width, height in ((80, 24), (200, 50), (60, 14), (40, 16), (120, 30)):
        for board_ in (many(5, 5), many(1, 30), many(2, 9, 80), many(9, 4)):
            found = pages(board_, width, height)
            assert len(frozenset().union(*(page.items for page in found))) == sum(len(c.items) for c in board_.columns)
            # The blank below the last one may be cut.
            assert all(len(page.lines) <= height - 6 for page in found)


def test_a_group_that_goes_on_is_named_again() -> None:
    text = ["".join(text for text, _ in line) for page in pages(many(1, 30), 80, 24)[1:] for line in page.lines[:1]]
    assert text
    assert all("(continued)" in each for each in text)


def test_every_size_gives_exactly_its_lines(table: Any) -> None:
    desk = table.desk("session-4")
    for line in ("/start", "/q africa, asia", "/f"):
        desk.say(line)
    desk.catch_up()
    shown_ = scene(Outlook(table.meeting, desk.session, desk.walk, {}, desk.now()), "● live", rehearsal=True)
    for board_ in (many(5, 5), many(1, 1, 500), Board("", (), ("Africa",), "")):
        for width in (1, 5, 20, 34, 60, 80, 150, 200):
            for height in (1, 4, 7, 8, 12, 24, 50):
                for at in range(len(pages(board_, width, height))):
                    lines = board_page(shown_, board_, at, width, height)
                    assert len(lines) == height
                    assert all(cells(line) <= width for line in lines)


def test_pages_turn_by_themselves_and_to_what_changed() -> None:
    board_, turning = many(5, 5), Turning()
    listed = pages(board_, 80, 24)
    assert len(listed) > 3
    assert [turning.page(board_, listed, now) for now in (0, 5, 10, 19, 20)] == [0, 0, 1, 1, 2]
    items = board_.columns[4].items
    changed = board_._replace(
        columns=(
            *board_.columns[:4],
            board_.columns[4]._replace(items=(*items[:4], items[4]._replace(status="agreed"))),
        )
    )
    last = len(listed) - 1
    assert turning.page(changed, listed, 21) == last
    assert turning.page(changed, listed, 40) == last  # what changed is seen longer
    assert turning.page(changed, listed, 41) == 0
    assert turning.page(changed, listed[:1], 99) == 0


def test_the_one_last_acted_on_is_told_where_its_page_is_not_seen(table: Any) -> None:
    desk = table.desk("session-4")
    desk.catch_up()
    shown_ = scene(Outlook(table.meeting, desk.session, desk.walk, {}, desk.now()), "● live", rehearsal=False)
    board_ = many(5, 5)
    page = ["".join(text for text, _ in line) for line in board_page(shown_, board_, 1, 80, 24)]
    assert page[-2].startswith(" ▸ last: Group 0 0")
    assert page[-1].startswith(f" page 2 of {len(pages(board_, 80, 24))}")
    page = ["".join(text for text, _ in line) for line in board_page(shown_, board_, 0, 80, 24)]
    assert not page[-2]
    assert sum(line.startswith(" ▸ Group 0 0") for line in page) == 1
