"""Which answers a group brings forward where it has more than "up to five": a person's choice, each undone by another.

What is not brought forward is deferred in the session where it was written, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .reported import Item, counts, item

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from .agenda import Meeting, Question, Session
    from .entry import Source
    from .rows import Row


class Crowded(NamedTuple):
    """A group that has more answers to a question than were asked for.

    Attributes:
        question: The question.
        group: The group's id.
        most: How many were asked for.
        items: All there are, in record order; `aside` are those deferred so far.
    """

    question: Question
    group: str
    most: int
    items: tuple[Item, ...]

    @property
    def forward(self) -> int:
        """How many stand to be brought forward."""
        return sum(not each.aside for each in self.items)


def crowded(
    meeting: Meeting, session: Session, rows: Iterable[Row], own: Source, group: str = "", *, again: bool = False
) -> list[Crowded]:
    """The groups that have more than they were asked for.

    Args:
        meeting: The agenda.
        session: The session.
        rows: Its rows, in record order.
        own: The file of whoever looks.
        group: The only group that is meant, empty for all.
        again: Whether those that chose already are meant too.
    """
    listed = list(rows)
    found = []
    for question in session.every_question:
        if not question.max_per_group:
            continue
        items: dict[str, list[Item]] = {}
        for row in listed:
            stated = row.stated
            if (stated.question, stated.kind) == (question.address, question.captures) and _choosable(row):
                items.setdefault(stated.group, []).append(item(row, own, meeting, aside=not counts(stated)))
        for each in (group,) if group else sorted(items, key=_order(meeting)):
            of = Crowded(question, each, question.max_per_group, tuple(items.get(each, ())))
            if each and (len(of.items) if again else of.forward) > of.most:
                found.append(of)
    return found


def _choosable(row: Row) -> bool:
    """Whether it stands, or was only deferred where it was written."""
    stated = row.stated
    deferred = stated.status == "deferred" and not stated.struck and not stated.internal
    return counts(stated) or deferred


def _order(meeting: Meeting) -> Callable[[str], int]:
    order = [each.id for each in meeting.groups]
    return lambda group: order.index(group) if group in order else len(order)


def chosen(of: Crowded, ids: Collection[str]) -> Iterator[str]:
    """The lines that bring these forward and no others; none for what stands so already."""
    for each in of.items:
        wanted = each.stated.entry.id in ids
        if wanted and each.aside:
            yield f"/propose {each.typed}"
        elif not wanted and not each.aside:
            yield f"/defer {each.typed}"
