"""Who has spoken: turns and time by group and by kind of participant, and who has not been heard yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .floor import POINT_OF_ORDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .agenda import Meeting
    from .floor import Turn


KIND_NAMES = {
    "state": "States",
    "iscm": "ISCMs",
    "organization": "organizations",
    "observer": "observers",
    "guest": "guests",
    "group": "groups",
}
"""How the kinds of participants are called, several of them."""


class Share(NamedTuple):
    """What one speaker, group or kind took of the floor.

    Attributes:
        of: A speaker as stored, a group's id or a kind of participant; empty for those of none.
        turns: The turns.
        seconds: What they took together.
    """

    of: str
    turns: tuple[Turn, ...]
    seconds: float


class Balance(NamedTuple):
    """The floor of one or several sessions, points of order left out: they are charged to nobody.

    Attributes:
        seconds: All turns together.
        speakers: By speaker, most time first.
        groups: By group in the agenda's order; those of no group last.
        kinds: By kind of participant in the order they first spoke; those whose kind nobody says last.
        unheard: Ids of the groups of which nobody has spoken, in the agenda's order.
    """

    seconds: float
    speakers: tuple[Share, ...]
    groups: tuple[Share, ...]
    kinds: tuple[Share, ...]
    unheard: tuple[str, ...]


def balance(meeting: Meeting, turns: Iterable[Turn]) -> Balance:
    """The balance of turns whose time stands still (`Floor.charged`)."""
    charged = [turn for turn in turns if turn.kind != POINT_OF_ORDER]
    groups = _by(charged, lambda turn: group_of(turn, meeting))
    order = {group.id: position for position, group in enumerate(meeting.groups)}
    heard = {share.of for share in groups}
    return Balance(
        seconds=sum(turn.seconds for turn in charged),
        speakers=tuple(sorted(_by(charged, lambda turn: turn.speaker), key=lambda share: -share.seconds)),
        groups=tuple(sorted(groups, key=lambda share: order.get(share.of, len(order)))),
        kinds=tuple(sorted(_by(charged, lambda turn: _kind_of(turn, meeting)), key=lambda share: share.of == "")),
        unheard=tuple(group.id for group in meeting.groups if group.id not in heard),
    )


def group_of(turn: Turn, meeting: Meeting) -> str:
    """The group a turn counts for: the one spoken for, else the speaker's own; empty for none."""
    return turn.behalf or meeting.group_of(turn.speaker)


def _kind_of(turn: Turn, meeting: Meeting) -> str:
    known = meeting.participant(turn.speaker)
    if known:
        return known.kind
    return "group" if meeting.group(turn.speaker) else "guest"


def _by(turns: list[Turn], of: Callable[[Turn], str]) -> list[Share]:
    found: dict[str, list[Turn]] = {}
    for turn in turns:
        found.setdefault(of(turn), []).append(turn)
    return [Share(each, tuple(own), sum(turn.seconds for turn in own)) for each, own in found.items()]
