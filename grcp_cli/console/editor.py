"""A text in the person's own editor: `$VISUAL`, `$EDITOR`, else what the platform has."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from grcp_cli.errors import GrcpError

_WAITING = {
    **dict.fromkeys(("atom", "code", "code-insiders", "codium", "cursor", "mate", "subl", "zed"), "--wait"),
    "gvim": "--nofork",
    "kate": "--block",
}
"""What makes editors that return at once wait until the file is closed; without it nothing typed would come back."""

_INTERRUPTED = 130


class EditorError(GrcpError):
    """An editor that cannot be started, failed, or left something that is no text."""

    exit_code = 6


def edit_text(text: str, *, suffix: str) -> str:
    """Opens a text in the editor, waits, and gives what was saved.

    Args:
        text: What stands in the file when it opens.
        suffix: How the temporary file's name ends, such as `.md`, so that an editor knows what it is.

    Returns:
        The text as saved, a byte order mark taken off, its line ends as the editor wrote them.

    Raises:
        EditorError: There is no editor, it cannot start, ended with a failure or was broken off (exit 130), or what
            it left is not UTF-8; but for the first, the message says where the file is kept.
    """
    command = _command()
    try:
        # A folder of its own, for editors leave copies beside the file.
        path = Path(tempfile.mkdtemp(prefix="grcp-")) / f"page{suffix}"
        path.write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise EditorError(f"no page for the editor can be made: {error.strerror}", "make room on the disk") from error
    _run(command, path)
    try:
        edited = decoded(path.read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        raise EditorError(f"what the editor left is no UTF-8 text: {error}", _kept(path)) from error
    shutil.rmtree(path.parent, ignore_errors=True)
    return edited


def decoded(data: bytes, errors: str = "strict") -> str:
    """A text file's bytes as text: UTF-8, or UTF-16 where a byte order mark says so (PowerShell's `>` writes that).

    Raises:
        UnicodeDecodeError: It is neither, and `errors` is `strict`.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors)
    return data.decode("utf-8-sig", errors)


def _run(command: list[str], path: Path) -> None:
    try:
        done = subprocess.run([*command, str(path)], check=False)  # noqa: S603 - the person's own editor
    except OSError as error:
        raise EditorError(f"the editor {command[0]} cannot start: {error.strerror}", _kept(path)) from error
    except KeyboardInterrupt as error:
        broken = EditorError("broken off while the editor was open; nothing was saved", _kept(path))
        broken.exit_code = _INTERRUPTED
        raise broken from error
    if done.returncode:
        raise EditorError(f"the editor {command[0]} ended with {done.returncode}; nothing was saved", _kept(path))


def _kept(path: Path) -> str:
    return f"the page is kept as {path}"


def _command() -> list[str]:
    """The editor to start, with its arguments."""
    for variable in ("VISUAL", "EDITOR"):
        if chosen := os.environ.get(variable, "").strip():
            return _chosen(chosen, variable)
    if sys.platform != "win32" and not sys.stdin.isatty():
        nobody = EditorError("an editor needs a terminal", "name one that needs none: EDITOR=…")
        nobody.exit_code = 2
        raise nobody
    own = ("notepad",) if sys.platform == "win32" else ("sensible-editor", "nano", "vi")
    for name in own:
        if found := shutil.which(name):
            return [found]
    wrong = EditorError("there is no editor here", "name yours: EDITOR=nano")
    wrong.exit_code = 2
    raise wrong


def _chosen(chosen: str, variable: str) -> list[str]:
    windows = sys.platform == "win32"
    try:
        words = shlex.split(chosen, posix=not windows)
    except ValueError:
        words = []
    if windows:
        words = [word.strip('"') for word in words]
    if shutil.which(chosen):
        # A path with spaces in it, set without quotes.
        words = [chosen]
    program = shutil.which(words[0]) if words else None
    if program is None:
        wrong = EditorError(f"the editor that {variable} names is not there: {chosen}", "name another: EDITOR=nano")
        wrong.exit_code = 2
        raise wrong
    waiting = _WAITING.get(Path(program).stem.lower())
    if waiting and not {waiting, "-w", "-f", "-b"} & set(words):
        words.append(waiting)
    return [program, *words[1:]]
