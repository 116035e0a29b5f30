"""Which answers to bring forward where a group has more than "up to five", in lines and with what to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.decision import record_of
from grcp_cli.meeting.forward import crowded
from grcp_cli.meeting.rows import rows

from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.decision import Sight
    from grcp_cli.meeting.forward import Crowded


def asks(of: Crowded, meeting: Meeting) -> str:
    """What a group has, and what it was asked for."""
    has = f"{meeting.name_of(of.group)} has {of.forward} under {of.question.number}"
    return drawn_line(f"{has}, up to {of.most} were asked for")


def seen(sight: Sight) -> Iterator[str]:
    """What a desk may choose among, also once it has chosen."""
    listed = rows(record_of(sight), sight.session.id)
    found = crowded(sight.meeting, sight.session, listed, sight.source, sight.group, again=True)
    yield from lines(found, sight.meeting)


def lines(found: Iterable[Crowded], meeting: Meeting) -> Iterator[str]:
    """Each group's answers, which of them come forward, and what to type."""
    none = True
    for of in found:
        none, last = False, of.items[-1].typed
        yield f"forward · {asks(of, meeting)}"
        for item in of.items:
            text = " ".join(item.stated.text.split())
            stands = "not brought forward" if item.aside else "brought forward"
            yield drawn_line(f"  {item.name if item.label else item.typed} · {stands} · {text}")
        yield f"to type · {types(last)}"
    if none:
        yield "no group has more than was asked for"


def types(item: str) -> str:
    """What to type about one of them."""
    return f"/defer {item} leaves it behind, /propose {item} brings it forward again"
