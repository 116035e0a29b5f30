"""Several files at once, all or none; and a folder that appears whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from grcp_cli.store import durable, issues
from grcp_cli.store.durable import DiskError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refusing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The system refuses to put that file in place, as Windows does while Word has it open."""
    replace = Path.replace

    def refuse(self: Path, target: Any) -> Path:
        if Path(target).name == name and self.name.endswith(".new"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)


def test_all_files_are_put_in_place(tmp_path: Path) -> None:
    durable.replace_all([(tmp_path / "a" / "one", b"1"), (tmp_path / "a" / "two", b"2")])
    durable.replace_all([(tmp_path / "a" / "one", b"new"), (tmp_path / "a" / "three", b"3")])
    assert {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()} == {
        "one": b"new",
        "two": b"2",
        "three": b"3",
    }


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("refused", ["one", "two", "three"])
def test_where_one_is_refused_all_are_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str, links: bool
) -> None:
    (tmp_path / "one").write_bytes(b"old 1")
    (tmp_path / "three").write_bytes(b"old 3")
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", lambda *_: (_ for _ in ()).throw(OSError(errno.EPERM, "no links")))
    refusing(monkeypatch, refused)
    with pytest.raises(DiskError, match=f"cannot write .*{refused}"):
        durable.replace_all([(tmp_path / name, b"new") for name in ("one", "two", "three")])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one": b"old 1", "three": b"old 3"}


def test_what_a_crash_left_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"old")
    (tmp_path / ".one.old").write_bytes(b"older")
    durable.replace_all([(tmp_path / "one", b"new"), (tmp_path / "two", b"new")])
    assert names(tmp_path) == ["one", "two"]


def test_an_issue_appears_whole(tmp_path: Path) -> None:
    paths = issues.keep(tmp_path / "report", "draft-1", [("a.md", b"a"), ("map.json", b"{}")])
    assert [path.name for path in paths] == ["a.md", "map.json"]
    assert names(tmp_path / "report") == ["draft-1"]
    assert issues.names(tmp_path / "report") == ["draft-1"]


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_an_issue_may_be_read_by_others(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        issues.keep(tmp_path, "draft-1", [("a.md", b"a")])
    finally:
        os.umask(mask)
    assert (tmp_path / "draft-1").stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("there", ["empty", "full"])
def test_a_folder_that_is_there_is_left_alone(tmp_path: Path, there: str) -> None:
    (tmp_path / "draft-1").mkdir()
    if there == "full":
        (tmp_path / "draft-1" / "mine").write_bytes(b"mine")
    before = names(tmp_path / "draft-1")
    with pytest.raises(issues.IssuedError):
        issues.keep(tmp_path, "draft-1", [("a.md", b"a")])
    assert names(tmp_path) == ["draft-1"]
    assert names(tmp_path / "draft-1") == before


def test_one_that_appears_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    appear = issues._appear

    def meanwhile(made: Path, place: Path) -> None:
        place.mkdir()
        (place / "theirs").write_bytes(b"theirs")
        appear(made, place)

    monkeypatch.setattr(issues, "_appear", meanwhile)
    with pytest.raises(issues.IssuedError):
        issues.keep(tmp_path, "draft-1", [("a.md", b"a")])
    assert names(tmp_path) == ["draft-1"]
    assert names(tmp_path / "draft-1") == ["theirs"]


def test_a_folder_that_cannot_take_its_name_at_once_does_after_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows renames onto nothing only."""
    rename = Path.rename

    def strict(self: Path, target: Any) -> Path:
        if Path(target).exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", strict)
    issues.keep(tmp_path, "draft-1", [("a.md", b"a")])
    assert names(tmp_path / "draft-1") == ["a.md"]


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(DiskError) as refused:
        issues.keep(tmp_path, "draft-1", [("a.md", b"a")])
    assert "make room" in refused.value.hint
    assert names(tmp_path) == []


def test_issues_are_read_when_asked_for(tmp_path: Path) -> None:
    lines = [{"mark": "(a)", "id": "a"}, {"mark": "(i)", "id": None}, {"mark": "(a)", "id": "b"}]
    paragraphs = [
        {"number": 1, "id": None, "sources": [], "entries": ["a", "b"], "lines": lines},
        {"number": 2, "id": "p", "sources": ["a"], "entries": ["a", "c"], "lines": []},
        {"number": None, "id": None, "sources": [], "entries": ["d"], "lines": []},
    ]
    import json

    data = json.dumps({"meeting": "small", "paragraphs": paragraphs}).encode()
    issues.keep(tmp_path, "draft-1", [("map.json", data)])
    found = issues.Issues(tmp_path, "small")
    assert list(found) == ["draft-1"]
    assert len(found) == 1
    assert {number: tuple(printed) for number, printed in found["draft-1"].items()} == {
        1: ("", ("a", "b"), {"a": "a", "i": ""}),
        2: ("p", ("a",), {}),
    }
    assert found.get("draft-2") is None
    assert issues.Issues(tmp_path, "other").get("draft-1") is None
    (tmp_path / "draft-1" / "map.json").write_text('{"meeting": "small", "paragraphs": [{}]}', encoding="utf-8")
    with pytest.raises(issues.MapFault):
        found["draft-1"]


def test_heads_that_grew_are_told() -> None:
    then = [{"file": "a.toml", "seal": "1"}, {"file": "b.*.toml", "seal": "2"}, {"file": "b.*.toml", "seal": "3"}]
    now = [("a.toml", "9"), ("b.*.toml", "2"), ("c.toml", "4")]
    assert list(issues.grown(then, now)) == [
        "a.toml was written to since",
        "b.*.toml is gone",
        "c.toml was not there yet",
    ]
    assert list(issues.grown(then, [(each["file"], each["seal"]) for each in then])) == []
