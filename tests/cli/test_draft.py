"""`grcp draft` as a process: its editor, pages as other systems write them, and disks that refuse."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from transcript import BIN, environment

from grcp_cli.console import editor
from grcp_cli.console.editor import EditorError, decoded, edit_text

Run = Callable[..., subprocess.CompletedProcess[bytes]]
GRCP = str(BIN / ("grcp.exe" if os.name == "nt" else "grcp"))
FILE = Path("records") / "grcp-8" / "session-2.toml"
posix = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own is made by POSIX alone")


@pytest.fixture
def grcp(tmp_path: Path) -> Run:
    """Runs grcp in a folder of the test's, with bytes on stdin."""

    def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [GRCP, *arguments],
            cwd=tmp_path,
            env=environment(),
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def noted(grcp: Run, tmp_path: Path) -> Path:
    """A folder in which session 2 has an entry and a paragraph."""
    assert grcp("note", "session-2", "one").returncode == 0
    assert grcp("draft", "session-2", "--from", "-", stdin=b"## 1a\n\nOld prose. [1]\n").returncode == 0
    return tmp_path


def typed(folder: Path, script: str, *arguments: str, **variables: str) -> tuple[int, str]:
    """Runs `grcp draft` on a terminal with a small program for an editor; gives exit code and what was drawn."""
    import pty

    program = folder / "my editor.py"
    program.write_text(f"import pathlib, sys\npage = pathlib.Path(sys.argv[-1])\n{script}\n", encoding="utf-8")
    env = {**environment(), "EDITOR": f"'{sys.executable}' '{program}'", **variables}
    leader, follower = pty.openpty()
    command = [GRCP, "draft", *arguments]
    with subprocess.Popen(command, cwd=folder, env=env, stdin=follower, stdout=follower, stderr=follower) as process:
        os.close(follower)
        said = b""
        while True:
            try:
                more = os.read(leader, 4096)
            except OSError:
                break
            if not more:
                break
            said += more
    os.close(leader)
    return process.returncode, said.decode()


CHANGE = 'page.write_text(page.read_text(encoding="utf-8").replace("{}", "{}"), encoding="utf-8")'


@posix
def test_the_editor_gets_the_page_and_what_it_saves_is_written(noted: Path, grcp: Run) -> None:
    code, said = typed(noted, CHANGE.format("Old prose.", "New prose، 新 🧭."), "session-2/1a")
    assert code == 0
    assert "amended · paragraph · q1/a · New prose، 新 🧭." in said
    assert "New prose، 新 🧭. [1]" in grcp("draft", "session-2", "--show").stdout.decode()


@posix
def test_an_untouched_page_changes_nothing(noted: Path) -> None:
    before = (noted / FILE).read_bytes()
    code, said = typed(noted, "pass", "session-2")
    assert (code, "nothing changed" in said) == (0, True)
    assert (noted / FILE).read_bytes() == before


@posix
def test_faults_keep_the_page_beside_the_record(noted: Path) -> None:
    code, said = typed(noted, CHANGE.format("Old prose. [1]", "Old prose. [7]"), "session-2")
    kept = noted / "records" / "grcp-8" / "session-2.draft.md"
    assert code == 2
    assert "there is no entry 7" in said
    assert "Old prose. [7]" in kept.read_text(encoding="utf-8")
    _, again = typed(noted, CHANGE.format("Old prose. [1]", "Old prose. [8]"), "session-2")
    assert "session-2.draft.md" in again
    assert "Old prose. [7]" in kept.read_text(encoding="utf-8")
    assert "Old prose. [8]" in kept.with_name("session-2.draft-2.md").read_text(encoding="utf-8")


@posix
def test_an_editor_that_fails_keeps_the_page(noted: Path, tmp_path: Path) -> None:
    script = CHANGE.format("Old prose.", "Typed for an hour.") + "\nsys.exit(3)"
    code, said = typed(noted, script, "session-2", TMPDIR=str(tmp_path))
    kept = re.search(r"kept as (\S+\.md)", said)
    assert code == 6
    assert kept
    assert "Typed for an hour." in Path(kept[1]).read_text(encoding="utf-8")


@posix
def test_an_editor_that_is_not_there_is_told(noted: Path) -> None:
    code, said = typed(noted, "", "session-2", EDITOR="no-such-editor --wait")
    assert code == 2
    assert "the editor that EDITOR names is not there: no-such-editor --wait" in said


@posix
def test_a_refusing_disk_keeps_the_page_elsewhere(noted: Path, tmp_path: Path) -> None:
    # A folder where the file should be refuses whoever asks, root included.
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    script = (
        f"import shutil\nshutil.rmtree({str(noted / 'records')!r})\npathlib.Path({str(noted / 'records')!r}).touch()\n"
        'page.write_text("## 1a\\n\\nTyped for an hour.\\n", encoding="utf-8")'
    )
    code, said = typed(noted, script, "session-2", TMPDIR=str(elsewhere))
    assert code == 6
    kept = re.search(r"the page is kept: (\S+)", said)
    assert kept
    assert "Typed for an hour." in Path(kept[1]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page",
    [
        "\ufeff## 1a\r\n\r\nProse,\r\nwrapped.\r\n".encode(),
        "## 1a\n\nProse,\nwrapped.\n".encode("utf-16"),
        b"## 1a\r\rProse,\rwrapped.\r",
    ],
    ids=["CRLF and a mark", "UTF-16 as PowerShell writes it", "CR"],
)
def test_pages_of_other_systems_are_read(grcp: Run, tmp_path: Path, page: bytes) -> None:
    (tmp_path / "page.md").write_bytes(page)
    done = grcp("draft", "session-2", "--from", "page.md")
    assert done.stderr == b""
    assert done.stdout.decode() == "saved · paragraph · q1/a · Prose, wrapped.\n".replace("\n", os.linesep)


def test_bytes_that_are_no_text_are_told(grcp: Run) -> None:
    done = grcp("draft", "session-2", "--from", "-", stdin="## 1a\n\nCaf\xe9\n".encode("latin-1"))
    assert done.returncode == 0
    assert "some bytes were not text" in done.stderr.decode()
    assert "Caf\ufffd" in done.stdout.decode()


def test_showing_writes_nothing(grcp: Run, tmp_path: Path) -> None:
    done = grcp("draft", "session-2", "--show")
    assert done.returncode == 0
    assert not (tmp_path / "records").exists()


def test_a_torn_and_hand_edited_file_is_drafted_on(noted: Path, grcp: Run) -> None:
    path = noted / FILE
    path.write_bytes(path.read_bytes().replace(b"Old prose.", b"By hand.") + b'[[entry]]\nid = "torn')
    page = grcp("draft", "session-2", "--show")
    assert "By hand. [1]" in page.stdout.decode()
    assert "an append did not finish" in page.stderr.decode()
    assert "changed by hand" in page.stderr.decode()
    sent = page.stdout.replace(b"By hand.", b"Mended.")
    assert "Mended." in grcp("draft", "session-2", "--from", "-", stdin=sent).stdout.decode()


def test_a_record_of_another_meeting_is_refused_and_the_page_is_kept(noted: Path, grcp: Run) -> None:
    path = noted / FILE
    path.write_bytes(path.read_bytes().replace(b'"grcp-8"', b'"other"'))
    done = grcp("draft", "session-2", "--from", "-", stdin=b"## 1a\n\nProse.\n")
    assert done.returncode == 3
    assert "is a record of the meeting other" in done.stderr.decode()
    assert b"Prose." in path.with_name("session-2.draft.md").read_bytes()


def test_many_drafts_at_once_keep_every_paragraph(grcp: Run, tmp_path: Path) -> None:
    running = []
    for number in range(6):
        command = [GRCP, "draft", "session-2/1a", "--from", "-"]
        process = subprocess.Popen(
            command, cwd=tmp_path, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        running.append((process, f"Paragraph {number}.".encode()))
    for process, page in running:
        process.communicate(page, timeout=60)
        assert process.returncode == 0
    shown = grcp("draft", "session-2", "--show").stdout.decode()
    assert all(f"Paragraph {number}." in shown for number in range(6))


def test_a_desk_may_be_named_also_in_a_breakout(grcp: Run, tmp_path: Path) -> None:
    assert grcp("note", "working-lunch", "one", "--desk", "africa").returncode == 0
    done = grcp("draft", "working-lunch/q1", "--from", "-", stdin=b"Of all. [africa:1]\n")
    assert done.returncode == 0
    assert grcp("draft", "working-lunch/q1", "--desk", "africa", "--from", "-", stdin=b"Own. [1]\n").returncode == 0
    assert grcp("draft", "working-lunch", "--desk", "../x", "--show").returncode == 2
    names = {path.name for path in (tmp_path / "records" / "grcp-8").glob("*.toml")}
    assert names == {"working-lunch.toml", "working-lunch.africa.toml"}


# The editor.


def test_a_byte_order_mark_says_how_text_is_written() -> None:
    assert decoded("\ufeffä".encode()) == "ä"
    assert decoded("ä".encode("utf-16")) == "ä"
    with pytest.raises(UnicodeDecodeError):
        decoded(b"\xe4")


@posix
def test_visual_is_asked_before_editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VISUAL", "sed -i.bak s/one/two/")
    monkeypatch.setenv("EDITOR", "false")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert edit_text("one\r\n", suffix=".md") == "two\r\n"
    assert list(tmp_path.iterdir()) == []


@posix
def test_an_editor_in_a_folder_with_spaces_needs_no_quotes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "my editor"
    program.write_text('#!/bin/sh\nprintf typed > "$1"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(program))
    assert edit_text("", suffix=".toml") == "typed"


@posix
def test_what_is_no_text_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "editor"
    program.write_text("#!/bin/sh\nprintf '\\351' > \"$1\"\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(program))
    with pytest.raises(EditorError) as caught:
        edit_text("", suffix=".md")
    kept = Path(caught.value.hint.removeprefix("the page is kept as "))
    assert kept.read_bytes() == b"\xe9"
    shutil.rmtree(kept.parent)


@posix
def test_an_editor_that_returns_at_once_is_made_to_wait(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "code"
    program.write_text('#!/bin/sh\nfor last; do :; done\nprintf "%s " "$@" > "$last"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("VISUAL", f"{program} -n")
    assert edit_text("", suffix=".md").startswith("-n --wait ")
    monkeypatch.setenv("VISUAL", f"{program} -w")
    assert edit_text("", suffix=".md").startswith("-w /")


def test_without_any_editor_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", " ")
    monkeypatch.setattr(editor.shutil, "which", lambda _: None)
    for terminal, told in ((True, "there is no editor here"), (False, "an editor needs a terminal")):
        monkeypatch.setattr(editor.sys.stdin, "isatty", lambda terminal=terminal: terminal, raising=False)
        with pytest.raises(EditorError, match=told) as caught:
            edit_text("", suffix=".md")
        assert caught.value.exit_code == 2
