"""Which agenda, which records, which template: flag, environment, folder, built in."""

from pathlib import Path

import pytest

from grcp_cli.store import places

AGENDA = """
format = 1
[meeting]
id = "{id}"
title = "Pilot"
date = 2027-03-14
timezone = "UTC"
[[session]]
id = "one"
title = "One"
kind = "plenary"
minutes = 60
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of its own, with nothing in it and nothing said by the environment."""
    for name in ("GRCP_AGENDA", "GRCP_RECORDS", "GRCP_MIRROR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, meeting: str = "pilot") -> Path:
    path = Path("agendas") / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(AGENDA.format(id=meeting), encoding="utf-8")
    return path


def test_in_an_empty_folder_the_built_in_agenda_serves_and_says_so() -> None:
    chosen = places.agenda(None)
    assert chosen.path.name == "grcp8.toml"
    assert chosen.path.is_file()
    assert "\n" not in chosen.notice
    assert "built-in" in chosen.notice


def test_the_only_agenda_of_the_folder_is_taken_without_a_word() -> None:
    path = write("pilot.toml")
    assert places.agenda(None) == places.Chosen(path)


def test_what_the_system_left_beside_an_agenda_is_none() -> None:
    path = write("pilot.toml")
    write("._pilot.toml")
    write("pilot.toml.edited")
    assert places.agenda(None).path == path


def test_of_several_a_person_must_choose() -> None:
    write("b.toml")
    write("a.toml")
    with pytest.raises(places.ChoiceError, match="a, b") as caught:
        places.agenda(None)
    assert caught.value.choices == ["a", "b"]
    assert caught.value.exit_code == 2
    assert caught.value.hint == "choose one: --agenda a"


def test_the_flag_beats_the_environment_and_the_environment_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = write("a.toml"), write("b.toml")
    monkeypatch.setenv("GRCP_AGENDA", "b")
    assert places.agenda(None).path == b
    assert places.agenda("a").path == a


def test_an_agenda_is_named_by_path_by_stem_and_by_the_meetings_id(folder: Path) -> None:
    path = write("ours.toml", meeting="pilot-9")
    write("faulty.toml", meeting="Not An Id")
    elsewhere = folder / "elsewhere.toml"
    elsewhere.write_text(AGENDA.format(id="else"), encoding="utf-8")
    assert places.agenda("ours").path == path
    assert places.agenda("pilot-9").path == path
    assert places.agenda(str(elsewhere)).path == elsewhere
    assert places.agenda("grcp-8").path.name == "grcp8.toml"


def test_the_folders_own_wins_over_the_built_in_of_that_name() -> None:
    path = write("grcp8.toml")
    assert places.agenda("grcp8").path == path


def test_an_agenda_that_is_not_there_is_told_with_the_nearest() -> None:
    write("pilot.toml")
    with pytest.raises(places.NoAgendaError, match="there is no agenda pilto") as caught:
        places.agenda("pilto")
    assert caught.value.hint == "did you mean pilot?"
    with pytest.raises(places.NoAgendaError) as caught:
        places.agenda("zzz.toml")
    assert caught.value.hint == "there are pilot, grcp8"


def test_records_stand_by_meeting_and_rehearsals_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert places.records(None, "grcp-8", rehearsal=False) == Path("records/grcp-8")
    assert places.records(None, "grcp-8", rehearsal=True) == Path("records/grcp-8/rehearsal")
    monkeypatch.setenv("GRCP_RECORDS", "notes")
    assert places.records(None, "grcp-8", rehearsal=False) == Path("notes/grcp-8")
    assert places.records(Path("mine"), "grcp-8", rehearsal=False) == Path("mine/grcp-8")


def test_the_mirror_is_the_flags_then_the_environments_then_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert places.mirror(None) is None
    monkeypatch.setenv("GRCP_MIRROR", "")
    assert places.mirror(None) is None
    monkeypatch.setenv("GRCP_MIRROR", "stick")
    assert places.mirror(None) == Path("stick")
    assert places.mirror(Path("share")) == Path("share")


def test_a_template_of_ones_own_wins() -> None:
    assert places.template("report.md") == places.built_in("templates") / "report.md"
    own = Path("templates/report.md")
    own.parent.mkdir()
    own.write_text("mine", encoding="utf-8")
    assert places.template("report.md") == own


def test_an_unused_name_is_found_beside_those_that_are_used(folder: Path) -> None:
    path = folder / "a.toml"
    assert places.unused(path) == path
    path.touch()
    (folder / "a-2.toml").touch()
    assert places.unused(path) == folder / "a-3.toml"
