"""What was recommended, side by side: region, recommendation, types of partner, status, common recommendation.

Report, status and console draw what is worked out here from the proceedings; what may not leave is not in those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from . import labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .agenda import Actor
    from .proceedings import Common, Proceedings
    from .record import Statement


class Line(NamedTuple):
    """One recommendation.

    Attributes:
        statement: As it stands: its group, status, and the session that decided.
        label: As it is typed, empty where it has none.
        common: The common recommendations that it is part of.
    """

    statement: Statement
    label: str
    common: tuple[Common, ...]


class Partner(NamedTuple):
    """A type of partner, and how many entries of each group name it; those of no group under an empty id."""

    actor: Actor
    groups: tuple[tuple[str, int], ...]


def matrix(proceedings: Proceedings) -> list[Line]:
    """Every recommendation, whatever its status: group by group in the agenda's order, those of no group last."""
    joined: dict[str, list[Common]] = {}
    for common in proceedings.common:
        for target in common.targets:
            joined.setdefault(target.entry.id, []).append(common)
    made = proceedings.recommendations
    return [
        Line(each, typed(proceedings, each.entry.id), tuple(joined.get(each.entry.id, ())))
        for group in owners(proceedings)
        for each in made
        if each.group == group
    ]


def owners(proceedings: Proceedings) -> list[str]:
    """Whose recommendations there may be: the agenda's groups in its order, then those no longer in it, then none."""
    groups = (group.id for group in proceedings.meeting.groups)
    found = dict.fromkeys([*groups, *(each.group for each in proceedings.recommendations)])
    return sorted(found, key=lambda each: each == "")


def partners(proceedings: Proceedings) -> list[Partner]:
    """Every type of partner of the agenda, those that nobody named too."""
    stated = list(everything(proceedings))
    order = [*(group.id for group in proceedings.meeting.groups), ""]
    found = []
    for actor in proceedings.meeting.actors:
        counts = dict.fromkeys(order, 0)
        for each in stated:
            if actor.id in each.tags:
                counts[each.group] = counts.get(each.group, 0) + 1
        found.append(Partner(actor, tuple((group, n) for group, n in counts.items() if n)))
    return found


def everything(proceedings: Proceedings) -> Iterator[Statement]:
    """All that stands in the chapters and what they report back, each once."""
    told = {
        each.entry.id: each
        for chapter in proceedings.chapters
        for answer in chapter.answers
        for each in (*answer.statements, *answer.reported)
    }
    yield from told.values()


def typed(proceedings: Proceedings, entry_id: str) -> str:
    """The label of a recommendation or common recommendation as it is typed, empty for none."""
    labelled = proceedings.labels.get(entry_id)
    return labels.typed(labelled.label, labelled.session, proceedings.meeting) if labelled else ""


def as_data(proceedings: Proceedings) -> dict[str, list[dict[str, Any]]]:
    """The matrix for scripts; every key is always there, absent is null."""
    return {
        "matrix": [_line(proceedings, each) for each in matrix(proceedings)],
        "common": [_common(proceedings, each) for each in proceedings.common],
    }


def _line(proceedings: Proceedings, line: Line) -> dict[str, Any]:
    each = line.statement
    return {
        "group": each.group or None,
        "label": line.label or None,
        "id": each.entry.id,
        "session": each.source.session,
        "question": each.question,
        "text": each.text,
        "actors": list(each.tags),
        "status": each.status or None,
        "decided_in": each.decided_in or None,
        "confirmed": each.confirmed,
        "support": list(each.support),
        "oppose": list(each.oppose),
        "common": [typed(proceedings, common.entry.id) for common in line.common],
        "conflicts": [conflict.field for conflict in each.conflicts],
    }


def _common(proceedings: Proceedings, each: Common) -> dict[str, Any]:
    return {
        "label": typed(proceedings, each.entry.id) or None,
        "id": each.entry.id,
        "session": each.session,
        "text": each.stated.text,
        "status": each.stated.status or None,
        "decided_in": each.stated.decided_in or None,
        "groups": list(each.groups),
        "against": list(each.against),
        "from": [typed(proceedings, target.entry.id) for target in each.targets],
    }
