"""What keeps telling: looks at a meeting's files and at the clock once a second, until Ctrl-C."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, TypeVar

from grcp_cli.store.following import Following

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rich.console import RenderableType

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.record import Record

Day = TypeVar("Day")
_LOOK = 1.0
"""Seconds between two looks."""


def draw(
    folder: Path,
    meeting: Meeting,
    look: Callable[[Record], Day],
    drawn: Callable[[Day], RenderableType],
) -> None:
    """Draws the table anew every second in one place.

    Args:
        folder: The meeting's session files.
        meeting: The agenda.
        look: What is to be told, by the record.
        drawn: What that looks like.
    """
    from rich.console import Console
    from rich.live import Live

    following = Following(folder, meeting.id)
    following.poll()
    with (
        contextlib.suppress(KeyboardInterrupt),
        Live(
            drawn(look(following.record)),
            console=Console(highlight=False),
            auto_refresh=False,
            screen=True,
        ) as live,
    ):
        while True:
            time.sleep(_until_next())
            following.poll()
            live.update(drawn(look(following.record)), refresh=True)


def tell(
    folder: Path,
    meeting: Meeting,
    look: Callable[[Record], Day],
    told: Callable[[Day], list[str]],
    *,
    whole: bool = False,
) -> None:
    """Says every line, then those that changed: at once where something was done, else once a minute.

    Args:
        folder: The meeting's session files.
        meeting: The agenda.
        look: What is to be told, by the record.
        told: The lines for that.
        whole: Whether every change is told with all lines.
    """
    following = Following(folder, meeting.id)
    before: list[str] = []
    minute = -1.0
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            came = following.poll()
            if came or time.time() // 60 != minute:
                minute = time.time() // 60
                lines = told(look(following.record))
                for line in lines:
                    if whole or line not in before:
                        sys.stdout.write(f"{line}\n")
                sys.stdout.flush()
                before = lines
            time.sleep(_LOOK)


def _until_next() -> float:
    """Seconds until the wall clock shows another one."""
    return 1.0 - time.time() % 1.0 + 0.001
