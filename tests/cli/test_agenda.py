"""`grcp agenda`: shown for people and scripts, checked, made by answering, edited without losing anything."""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.input.base import PipeInput
from prompt_toolkit.output import DummyOutput
from typer.testing import CliRunner, Result

from grcp_cli import machine
from grcp_cli.cli import options
from grcp_cli.cli.app import app
from grcp_cli.console import agenda_edit, outline
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.store import agendas, durable

BUILT_IN = Path(__file__).parents[2] / "agendas" / "grcp8.toml"
TWO_DAYS = """
format = 1
[meeting]
id = "pilot"
title = "Pilot"
date = 2027-03-14
timezone = "UTC"
[timing]
hard_stops = [13:00:00]
[[session]]
id = "early"
title = "Early"
kind = "plenary"
minutes = 30
[[session]]
id = "long"
title = "会议 会议 会议 会议 会议 会议 会议 会议 会议 会议 会议 会议 会议 会议 会议 会议 会议 会议 😀😀"
kind = "plenary"
start = 12:30:00
minutes = 45
[[session]]
id = "next"
title = "Next\\u001b[2J day\\u202e"
kind = "panel"
start = 09:00:00
date = 2027-03-15
minutes = 60
room = "B"
moderator = "Ms Diallo"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of its own, with nothing in it and nothing said by the environment."""
    for name in ("GRCP_AGENDA", "GRCP_PLAIN", "NO_COLOR", "TZ"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def grcp(*words: str) -> Result:
    return CliRunner().invoke(app, ["agenda", *words])


def write(text: str, name: str = "pilot.toml") -> Path:
    path = Path("agendas") / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


# show


def shown(*words: str) -> dict[str, Any]:
    done = grcp("show", "--json", *words)
    assert done.exit_code == 0
    data: dict[str, Any] = json.loads(done.stdout)
    return data


def test_json_has_the_keys_that_scripts_rely_on() -> None:
    data = shown("--agenda", str(BUILT_IN))
    assert set(data) == {"meeting", "groups", "actors", "participants", "sessions"}
    assert data["meeting"]["id"] == "grcp-8"
    assert data["meeting"]["symbol"] is None
    assert [session["id"] for session in data["sessions"]] == [
        "session-1",
        "session-2",
        "working-lunch",
        "session-4",
        "session-3",
    ]
    second, lunch, fourth = data["sessions"][1:4]
    assert {key: second[key] for key in ("number", "kind", "start", "minutes")} == {
        "number": 2,
        "kind": "plenary",
        "start": "10:45",
        "minutes": 75,
    }
    assert lunch["number"] is None
    assert lunch["objectives"] == fourth["objectives"]
    assert len(lunch["objectives"]) == 2


def test_every_question_has_the_same_keys() -> None:
    asked = [question for session in shown()["sessions"] for question in session["questions"]]
    every = asked + [sub for question in asked for sub in question["sub"]]
    assert {"id", "address", "text", "captures", "sub"} <= set(every[0])
    assert {frozenset(question) for question in every} == {frozenset(every[0])}
    assert "session-2/q1/a" in [question["address"] for question in every]
    assert [sub["captures"] for sub in asked[2]["sub"]] == ["note"] * 3


def test_every_participant_has_the_same_keys_and_none_is_empty() -> None:
    people = shown()["participants"]
    assert {frozenset(person) for person in people} == {frozenset(people[0])}
    assert {person["group"] for person in people} > {None, "africa"}
    assert "" not in [value for person in people for value in person.values()]


def test_a_start_that_nothing_tells_is_null_and_one_that_follows_on_is_told() -> None:
    text = (
        TWO_DAYS.replace("hard_stops = [13:00:00]", "") + '[[session]]\nid="last"\ntitle="L"\nkind="panel"\nminutes=5\n'
    )
    write(text)
    assert [(each["start"], each["end"], each["date"][-2:]) for each in shown()["sessions"]] == [
        (None, None, "14"),
        ("12:30", "13:15", "14"),
        ("09:00", "10:00", "15"),
        ("10:00", "10:05", "15"),
    ]


def test_the_outline_in_a_pipe_has_one_thing_to_a_line() -> None:
    done = grcp("show")
    assert "using the built-in one" in done.stderr
    lines = done.stdout.splitlines()
    assert (
        "10:45–12:00  Session 2 · ISCMs’ Contribution to Migration Governance at National, Regional and Global Levels"
        in (lines)
    )
    assert any(line.endswith("(recommendation, 25 min, up to 5 a group)") for line in lines)
    assert any(line.endswith("(recommendation, 20 min, selects from Working Lunch 1)") for line in lines)
    assert "Hard stops   13:00 · 18:00" in lines
    for question in (each for session in agendas.load(BUILT_IN).sessions for each in session.every_question):
        assert any(f" {question.number} " in line and question.text in line for line in lines)


def test_the_outline_tells_days_open_times_and_what_runs_past_a_hard_stop() -> None:
    write(TWO_DAYS)
    lines = grcp("show").stdout.splitlines()
    assert lines.index("Sunday 14 March 2027") < lines.index("time open    Early") < lines.index("Monday 15 March 2027")
    assert "             long · plenary · 45 min · runs past the hard stop at 13:00" in lines
    assert "             next · panel · 60 min · B" in lines
    assert "             Moderator: Ms Diallo" in lines


def test_nothing_in_a_title_steers_the_terminal() -> None:
    write(TWO_DAYS)
    for done in (grcp("show"), grcp("show", "--json")):
        assert not {"\x1b", "\u202e"} & set(done.stdout)


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("text", [BUILT_IN.read_text(encoding="utf-8"), TWO_DAYS], ids=["grcp8", "two-days"])
def test_a_terminal_gets_lines_that_fit(
    columns: int, text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    meeting = agendas.parse(text.encode(), "it")
    outline.draw(meeting)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(width, lines)) <= min(columns, 116)
    # Wrapping moves white space only: whoever joins the lines has what a pipe gets.
    assert " ".join(" ".join(lines).split()) == " ".join(" ".join(outline.plain(meeting)).split())


def test_what_is_wrapped_is_set_in(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    outline.draw(agendas.load(BUILT_IN))
    assert (
        "               2  What are some lessons learnt?  (lesson, 25\n"
        "                  min)\n" in capsys.readouterr().out
    )


def test_colour_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    meeting = agendas.load(BUILT_IN)
    outline.draw(meeting)
    drawn = capsys.readouterr().out
    assert "\x1b[36mObjective\x1b[0m\n" in drawn
    assert "\x1b[2m  (lesson, 25 min)\x1b[0m\n" in drawn
    monkeypatch.setenv("NO_COLOR", "1")
    outline.draw(meeting)
    assert "\x1b[36m" not in capsys.readouterr().out


@pytest.mark.parametrize("words", [(), ("--plain",)])
def test_only_a_terminal_that_is_not_plain_is_drawn_for(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "drawing", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    widest = max(map(len, grcp("show", *words).stdout.splitlines()))
    assert (widest <= 60) == (not words)


# check


def test_check_tells_a_good_agenda_in_a_line() -> None:
    done = grcp("check", str(BUILT_IN))
    assert done.exit_code == 0
    assert done.stdout == f"{BUILT_IN}: GRCP 8 · 5 sessions · 15 guiding questions · no faults\n"
    assert done.stderr == ""


def test_check_without_a_file_checks_the_chosen_agenda(monkeypatch: pytest.MonkeyPatch) -> None:
    write(TWO_DAYS)
    assert grcp("check").stdout.startswith(f"{Path('agendas/pilot.toml')}: Pilot · 3 sessions")
    monkeypatch.setenv("GRCP_AGENDA", "grcp8")
    assert "GRCP 8" in grcp("check").stdout
    assert "Pilot" in grcp("check", "--agenda", "pilot").stdout


def test_check_gives_faults_as_data() -> None:
    path = write(TWO_DAYS.replace("minutes = 30", 'minutes = "30"'))
    done = grcp("check", "--json")
    assert done.exit_code == 3
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert (told["file"], told["meeting"]) == (str(path), None)
    (fault,) = told["faults"]
    assert (fault["line"], fault["column"], fault["what"]) == (14, 1, 'minutes = "30" is not valid')
    assert fault["remedy"].startswith("write a number")


def test_check_of_a_file_that_is_not_there() -> None:
    done = grcp("check", "nothing.toml")
    assert done.exit_code == 2
    assert done.stderr.startswith("grcp: there is no agenda nothing.toml\n")


# new


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeInput]:
    """A person at a terminal, whose keys a test presses beforehand."""
    monkeypatch.setattr(options, "terminal", lambda: True)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


ENTER, DOWN, CTRL_C, CTRL_D, ERASE = "\r", "\x1b[B", "\x03", "\x04", "\x01\x0b"


def typed(*answers: str) -> str:
    return "".join(f"{answer}{ENTER}" for answer in answers)


MEETING = typed("Ninth Meeting — 会议", "GRCP 9", "", f"{ERASE}2027-03-14", "", "Tunis", f"{ERASE}Africa/Tunis")


def made(name: str = "agendas/grcp-9.toml") -> Meeting:
    return agendas.load(Path(name))


def test_new_writes_what_was_answered(keyboard: PipeInput) -> None:
    keyboard.send_text(MEETING + typed("Africa, Amériques, 亚洲"))
    keyboard.send_text(typed("Opening", DOWN * 4, "", "", ""))
    keyboard.send_text(
        typed("What works", "", f"{ERASE}9:30", "", "What works?", "- here", "- there", "What next?", "")
    )
    keyboard.send_text(typed("Tables", DOWN * 2, "", f"{ERASE}45", "Which five?", "", ""))
    done = grcp("new")
    assert done.exit_code == 0
    assert done.stdout == (f"{Path('agendas/grcp-9.toml')}: GRCP 9 · 3 sessions · 4 guiding questions · no faults\n")
    meeting = made()
    assert (meeting.title, meeting.place, meeting.timezone) == ("Ninth Meeting — 会议", "Tunis", "Africa/Tunis")
    assert f"{meeting.date}" == "2027-03-14"
    assert [(group.id, group.name) for group in meeting.groups] == [
        ("africa", "Africa"),
        ("ameriques", "Amériques"),
        ("group-3", "亚洲"),
    ]
    assert [(each.id, each.number, each.kind, f"{each.start:%H:%M}", each.minutes) for each in meeting.sessions] == [
        ("opening", None, "ceremony", "09:00", 15),
        ("session-1", 1, "plenary", "09:30", 75),
        ("session-2", 2, "breakout", "10:45", 45),
    ]
    assert [question.address for question in meeting.sessions[1].every_question] == ["q1", "q1/a", "q1/b", "q2"]
    assert meeting.sessions[2].groups == ("africa", "ameriques", "group-3")
    text = Path("agendas/grcp-9.toml").read_text(encoding="utf-8")
    assert "# hard_stops = " in text
    assert "# captures = " in text.replace("#   captures", "# captures")


def test_new_takes_several_days(keyboard: PipeInput) -> None:
    keyboard.send_text(typed("Two days", "", "", f"{ERASE}2027-03-14", f"{ERASE}2", "", f"{ERASE}UTC", ""))
    keyboard.send_text(typed("One", "", "", "", "", ""))
    keyboard.send_text(typed("Two", "", f"{ERASE}2", "", "", "", ""))
    assert grcp("new").exit_code == 0
    assert [f"{each.date or ''} {each.start:%H:%M}" for each in made("agendas/two-days.toml").sessions] == [
        " 09:00",
        "2027-03-15 09:00",
    ]


def test_new_takes_pasted_questions_one_to_a_line(keyboard: PipeInput) -> None:
    paste = "\x1b[200~First?\r\n\r\n  Second,  wrapped?\n- below\x1b[201~"
    keyboard.send_text(MEETING + typed("", "One", "", "", "", paste, "", ""))
    assert grcp("new").exit_code == 0
    (session,) = made().sessions
    assert [(each.number, each.text) for each in session.every_question] == [
        ("1", "First?"),
        ("2", "Second, wrapped?"),
        ("2a", "below"),
    ]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("2027-02-30", "2027-02-28"),
        ("20270314", "2027-03-14"),
        ("14.3.2027", "2027-03-14"),
        ("2027-W10-7", "2027-03-14"),
        ("", "2027-03-14"),
    ],
)
def test_a_date_is_checked_as_it_is_typed(wrong: str, right: str, keyboard: PipeInput) -> None:
    keyboard.send_text(typed("Pilot", "", "", f"{ERASE}{wrong}", f"{ERASE}{right}", "", "", f"{ERASE}UTC", ""))
    keyboard.send_text(typed("One", "", "", "", "", ""))
    assert grcp("new").exit_code == 0
    assert f"{made('agendas/pilot.toml').date}" == right


def test_answers_that_would_be_faults_are_not_taken(keyboard: PipeInput) -> None:
    keyboard.send_text(
        typed("", "Pilot", "", f"{ERASE}../x", f"{ERASE}nul", f"{ERASE}pilot", "", f"{ERASE}0", f"{ERASE}1")
    )
    keyboard.send_text(typed("", f"{ERASE}europe/zurich", f"{ERASE}Europe/Zurich", "Africa, africa", f"{ERASE}Africa"))
    keyboard.send_text(typed("", "One", "", f"{ERASE}25:00", f"{ERASE}10:00", f"{ERASE}-5", f"{ERASE}60", ""))
    keyboard.send_text(typed("Two", "", f"{ERASE}10:59", f"{ERASE}11:00", f"{ERASE}1.5", f"{ERASE}30", "", ""))
    assert grcp("new").exit_code == 0
    meeting = made("agendas/pilot.toml")
    assert meeting.timezone == "Europe/Zurich"
    assert [f"{each.start:%H:%M} {each.minutes}" for each in meeting.sessions] == ["10:00 60", "11:00 30"]


def test_an_id_that_is_taken_is_not_taken_again(keyboard: PipeInput) -> None:
    before = write(TWO_DAYS).read_bytes()
    keyboard.send_text(
        typed("Pilot", "", "", f"{ERASE}pilot-2", "", "", "", f"{ERASE}UTC", "", "One", "", "", "", "", "")
    )
    assert grcp("new").exit_code == 0
    assert made("agendas/pilot-2.toml").id == "pilot-2"
    assert Path("agendas/pilot.toml").read_bytes() == before


def test_a_title_in_another_script_gets_an_id_by_hand(keyboard: PipeInput) -> None:
    keyboard.send_text(
        typed("المنتدى", "", "", "forum", "", "", "", f"{ERASE}UTC", "", "جلسة", DOWN * 3, "", "", "", "")
    )
    assert grcp("new").exit_code == 0
    assert made("agendas/forum.toml").sessions[0].id == "meal"


@pytest.mark.parametrize(("system", "proposed"), [(":Africa/Tunis", "Africa/Tunis"), ("Asia/Tokyo", "Asia/Tokyo")])
def test_the_systems_time_zone_is_proposed(
    system: str, proposed: str, keyboard: PipeInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", system)
    keyboard.send_text(typed("Pilot", "", "", "", "", "", "", "", "One", "", "", "", "", ""))
    assert grcp("new").exit_code == 0
    assert made("agendas/pilot.toml").timezone == proposed


def test_a_system_that_names_no_zone_has_one_proposed_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "W. Europe Standard Time")
    ZoneInfo(machine.zone())


def test_new_writes_where_it_is_told_and_proposes_that_id(keyboard: PipeInput, folder: Path) -> None:
    keyboard.send_text(typed("Pilot", "", "", "", "", "", f"{ERASE}UTC", "", "One", "", "", "", "", ""))
    assert grcp("new", "plans/rcm-7.toml").exit_code == 0
    assert made("plans/rcm-7.toml").id == "rcm-7"
    assert [path.name for path in folder.iterdir()] == ["plans"]


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_breaking_off_leaves_nothing(key: str, keyboard: PipeInput, folder: Path) -> None:
    keyboard.send_text(MEETING + key)
    assert grcp("new").exit_code == 130
    assert list(folder.iterdir()) == []


def test_a_file_that_is_there_is_never_written_over(keyboard: PipeInput) -> None:
    path = write(TWO_DAYS)
    keyboard.send_text(
        typed(ERASE + str(path), f"{ERASE}agendas/other.toml", "Other", "", "", "", "", "", f"{ERASE}UTC", "")
    )
    keyboard.send_text(typed("One", "", "", "", "", ""))
    assert grcp("new", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8") == TWO_DAYS
    assert made("agendas/other.toml").id == "other"


def test_without_a_terminal_nobody_is_asked(folder: Path) -> None:
    done = grcp("new")
    assert done.exit_code == 2
    assert done.stderr == "grcp: grcp agenda new asks, and there is nobody to ask\n      call it in a terminal\n"
    path = write(TWO_DAYS)
    assert grcp("new", str(path)).exit_code == 5
    assert [each.name for each in folder.iterdir()] == ["agendas"]


# edit


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """An editor whose changes a test gives beforehand; it tells what it opened."""

    def follow(*changes: Callable[[str], str]) -> list[str]:
        opened: list[str] = []
        waiting = iter(changes)

        def edit_text(text: str, *, suffix: str) -> str:
            assert suffix == ".toml"
            opened.append(text)
            return next(waiting)(text)

        monkeypatch.setattr(agenda_edit, "edit_text", edit_text)
        return opened

    return follow


Editor = Callable[..., list[str]]


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


def test_edit_puts_a_good_text_in_place(editor: Editor) -> None:
    path = write(TWO_DAYS)
    editor(swap("Early", "Earlier"))
    done = grcp("edit")
    assert (done.exit_code, done.stdout) == (0, f"{path}: Pilot · 3 sessions · 0 guiding questions · no faults\n")
    assert path.read_text(encoding="utf-8") == TWO_DAYS.replace("Early", "Earlier")
    assert [each.name for each in Path("agendas").iterdir()] == ["pilot.toml"]


def test_edit_by_a_real_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(TWO_DAYS)
    script = Path("editor.py")
    script.write_text(
        "import pathlib, sys; p = pathlib.Path(sys.argv[1]); p.write_bytes(p.read_bytes().replace(b'Early', b'Later'))",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f'"{sys.executable}" {script}')
    assert grcp("edit").exit_code == 0
    assert 'title = "Later"' in path.read_text(encoding="utf-8")


def test_edit_keeps_the_lines_ends_of_the_file(editor: Editor) -> None:
    path = write(TWO_DAYS.replace("\n", "\r\n"))
    opened = editor(swap("Early", "Earlier"))
    assert grcp("edit").exit_code == 0
    assert opened == [TWO_DAYS]
    assert path.read_bytes() == TWO_DAYS.replace("Early", "Earlier").replace("\n", "\r\n").encode()


def test_nothing_changed_writes_nothing(editor: Editor) -> None:
    path = write(TWO_DAYS)
    before = path.stat().st_mtime_ns
    editor(swap("\n", "\r\n"))
    done = grcp("edit")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing was changed" in done.stderr
    assert path.stat().st_mtime_ns == before


def test_a_text_with_faults_is_told_and_kept(editor: Editor) -> None:
    path = write(TWO_DAYS)
    editor(swap("minutes = 30", "minutes = -30"))
    done = grcp("edit")
    kept = Path(f"{path}.edited")
    assert done.exit_code == 3
    assert f"{path}:14:1: minutes = -30 is not valid" in done.stderr
    assert f"what was edited is kept in {kept}" in done.stderr
    assert path.read_text(encoding="utf-8") == TWO_DAYS
    assert "minutes = -30" in kept.read_text(encoding="utf-8")
    assert grcp("check").exit_code == 0


def test_a_person_is_asked_to_edit_again_with_what_was_typed(editor: Editor, keyboard: PipeInput) -> None:
    path = write(TWO_DAYS)
    opened = editor(swap("minutes = 30", "minutes = -30"), swap("-30", "31"))
    keyboard.send_text("y\r")
    assert grcp("edit").exit_code == 0
    assert "minutes = -30" in opened[1]
    assert "minutes = 31" in path.read_text(encoding="utf-8")


def test_what_was_kept_is_gone_on_with(editor: Editor, keyboard: PipeInput) -> None:
    path = write(TWO_DAYS)
    kept = Path(f"{path}.edited")
    editor(swap("minutes = 30", "minutes = -30"))
    keyboard.send_text("n\r")
    assert grcp("edit").exit_code == 3
    opened = editor(swap("-30", "31"))
    keyboard.send_text("y\r")
    assert grcp("edit").exit_code == 0
    assert "minutes = -30" in opened[0]
    assert "minutes = 31" in path.read_text(encoding="utf-8")
    assert not kept.exists()


def test_what_was_kept_stays_while_it_is_not_gone_on_with(editor: Editor) -> None:
    path = write(TWO_DAYS)
    for minutes in ("-1", "-2"):
        editor(swap("minutes = 30", f"minutes = {minutes}"))
        assert grcp("edit").exit_code == 3
    editor(swap("Early", "Earlier"))
    done = grcp("edit")
    assert done.exit_code == 0
    assert f"{path}.edited still holds what was edited before" in done.stderr
    kept = sorted(each for each in Path("agendas").iterdir() if each != path)
    assert ["minutes = -1" in each.read_text(encoding="utf-8") for each in kept] == [False, True]
    assert "minutes = -2" in kept[0].read_text(encoding="utf-8")


def test_breaking_off_keeps_what_was_edited(editor: Editor, keyboard: PipeInput) -> None:
    path = write(TWO_DAYS)
    editor(swap("minutes = 30", "minutes = -30"))
    keyboard.send_text(CTRL_C)
    assert grcp("edit").exit_code == 130
    assert path.read_text(encoding="utf-8") == TWO_DAYS
    assert "minutes = -30" in Path(f"{path}.edited").read_text(encoding="utf-8")


def test_an_agenda_that_changed_meanwhile_is_not_written_over(editor: Editor) -> None:
    path = write(TWO_DAYS)
    theirs = TWO_DAYS.replace("Early", "Theirs")

    def meanwhile(text: str) -> str:
        write(theirs)
        return text.replace("Early", "Mine")

    editor(meanwhile)
    done = grcp("edit")
    assert done.exit_code == 5
    assert path.read_text(encoding="utf-8") == theirs
    assert "Mine" in Path(f"{path}.edited").read_text(encoding="utf-8")


def test_what_the_disk_refuses_is_kept_elsewhere(
    editor: Editor, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write(TWO_DAYS)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    really = durable.replace

    def refuse(target: Path, data: bytes) -> None:
        if target.resolve().parent == path.resolve().parent:
            raise durable.DiskError("cannot write: disk full", "make room")
        really(target, data)

    monkeypatch.setattr(durable, "replace", refuse)
    editor(swap("Early", "Earlier"))
    done = grcp("edit")
    assert done.exit_code == 6
    assert "Earlier" in (elsewhere / "pilot.toml.edited").read_text(encoding="utf-8")


def test_the_built_in_agenda_is_copied_first(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    before = BUILT_IN.read_bytes()
    editor(swap("Geneva", "Bern"))
    done = grcp("edit")
    assert done.exit_code == 0
    assert f"copied the built-in agenda to {Path('agendas/grcp8.toml')}" in done.stderr
    assert BUILT_IN.read_bytes() == before
    assert made("agendas/grcp8.toml").place == "Bern"
    other = write(TWO_DAYS.replace('"pilot"', '"other"'), "grcp8.toml")
    editor(swap("x", "y"))
    done = grcp("edit", "--agenda", "grcp-8")
    assert done.exit_code == 5
    assert f"{other} is there already" in done.stderr
    monkeypatch.chdir(BUILT_IN.parents[1])
    editor(lambda text: text)
    assert "nothing was changed" in grcp("edit", "--agenda", "grcp8").stderr
