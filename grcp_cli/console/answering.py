"""What is said of what was written: here, and by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting import nudges

from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.entry import Entry, Source
    from grcp_cli.store.desk import Desk, Saved


def by_other(desk: Desk, source: Source, entry: Entry, *, text: bool = True) -> str:
    """What somebody else wrote, in one line that begins with whose desk it is: `beside` where it is the same.

    Args:
        desk: Who is told.
        source: The file it came into.
        entry: What came.
        text: Whether to tell what was said, too.
    """
    whose = "beside" if source == desk.source else source.name or source.session
    return drawn_line(f"{whose} · {desk.told(entry)}{f': {entry.text}' if text and entry.captured else ''}")


def nudged(desk: Desk, saved: Saved) -> Iterator[str]:
    """What to tell behind a line that was saved, at a desk that has caught up."""
    return nudges.after(saved.entries, desk.meeting, desk.session, desk.record, desk.walk, desk.own, desk.group)
