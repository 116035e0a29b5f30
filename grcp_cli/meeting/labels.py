"""What recommendations are called: as typed, `africa3`, and as printed, `Africa 3`.

A label is a function of the file it was given in. Two sessions may give the same one: Africa's first at the lunch, and
its first in Session 4. Which of them goes by the bare name is a function of the agenda alone, so that no entry, and no
file that comes in later, ever changes what is printed: it is the session where its owner is at home. Two desks of one
session that had not seen each other may give the same one too: then neither has the bare name, and the first digits of
a seal tell them apart, on every laptop the same.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from .entry import BRANCH_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .agenda import Meeting

COMMON = "common"
"""The owner of labels of common recommendations."""


class Label(NamedTuple):
    """How a recommendation or cluster is called for ever: the owner's id and the number among its own.

    Attributes:
        owner: A group's or session's id, or `common` for a cluster.
        number: From 1, in the order of the file it was written in.
        desk: The desk, where it is neither the owner nor the desk-less one.
        seal: What tells it from others of its name: the seal of its desk's branch, or its own; empty for none.
        digits: How many of the seal's are shown; any unambiguous beginning may be typed.
    """

    owner: str
    number: int
    desk: str = ""
    seal: str = ""
    digits: int = BRANCH_SHOWN

    @property
    def bare(self) -> str:
        """As it is typed, without digits of a seal: `africa3`."""
        joint = "." if self.owner[-1:].isdigit() else ""
        return f"{self.owner}{joint}{self.number}" + (f"@{self.desk}" if self.desk else "")

    @property
    def typed(self) -> str:
        """As it is typed: `africa3`, where others are called so `africa3~9f2c`."""
        return self.bare + self.mark

    @property
    def mark(self) -> str:
        """What tells it from others of its name, empty where none is called so: `~9f2c`."""
        return f"~{self.seal[: self.digits]}" if self.seal else ""


def told_apart(alike: Mapping[str, tuple[Label, str]]) -> dict[str, Label]:
    """Labels that one session gave to several things, by the ids of these, so that no two are the same.

    Those of several branches of a desk are told apart by the branches; any other by the seal of what it was given to.

    Args:
        alike: The labels, equal but for the branch, each with that seal.
    """
    branches = Counter(label.seal for label, _ in alike.values())
    seals = {
        each: label.seal if label.seal and branches[label.seal] == 1 else own for each, (label, own) in alike.items()
    }
    digits = BRANCH_SHOWN
    while len({each[:digits] for each in seals.values()}) < len(set(seals.values())):
        digits += 1
    return {each: label._replace(seal=seals[each], digits=digits) for each, (label, _) in alike.items()}


def home(owner: str, meeting: Meeting) -> str:
    """The session whose labels of an owner stand bare; in every other they name their session.

    A group is at home where it first meets by itself; what is common, where it is first chosen. Where the agenda has
    no such session, it is the first that asks for recommendations, else the first of all. A session is at home in
    itself.
    """
    sessions = meeting.sessions
    if meeting.group(owner) is None and meeting.session(owner) is not None:
        return owner
    if owner == COMMON and meeting.group(COMMON) is None:
        meets = (each.id for each in sessions if any(asked.selects_from for asked in each.every_question))
    else:
        meets = (each.id for each in sessions if owner in each.groups)
    asks = (each.id for each in sessions if any(asked.captures == "recommendation" for asked in each.every_question))
    return next(meets, next(asks, sessions[0].id if sessions else ""))


def stands_bare(label: Label, session: str, meeting: Meeting) -> bool:
    """Whether a label given in a session needs no session beside it."""
    return home(label.owner, meeting) == session or (label.owner == session and meeting.group(session) is None)


def typed(label: Label, session: str, meeting: Meeting) -> str:
    """A label so that it leads back to what was given it in a session: `africa3`, `session-4/africa3`."""
    return label.typed if stands_bare(label, session, meeting) else f"{session}/{label.typed}"


def printed(label: Label, session: str, meeting: Meeting) -> str:
    """A label given in a session, for a person: `Africa 3`, `Africa 3 (Session 4)`, `Africa 3~9f2c`."""
    if stands_bare(label, session, meeting):
        return unplaced(label, meeting)
    given = meeting.session(session)
    return numbered(label, _owner(label, meeting), given.label if given else session)


def unplaced(label: Label, meeting: Meeting) -> str:
    """A label for a person, without the session."""
    return numbered(label, _owner(label, meeting))


def spelled(label: Label, session: str, meeting: Meeting) -> Iterator[tuple[str, str]]:
    """How a person may write out a label given in a session, each with what is typed for it.

    As it is printed; without the session; then both without digits of a seal, which may mean others too.
    """
    for each in (label, label._replace(seal="")) if label.seal else (label,):
        yield printed(each, session, meeting), typed(each, session, meeting)
        yield unplaced(each, meeting), each.typed


def _owner(label: Label, meeting: Meeting) -> str:
    group, owner = meeting.group(label.owner), meeting.session(label.owner)
    return group.name if group else owner.label if owner else label.owner.capitalize()


def numbered(label: Label, name: str, place: str = "") -> str:
    """The number behind the owner's name; where that ends with a figure, behind a full stop: `Session 1.2`.

    Where it was given and at which desk stand in one bracket: `Africa 3 (Session 4, common)`.
    """
    joint = "." if name[-1:].isdigit() else " "
    beside = ", ".join(filter(None, (place, label.desk)))
    return f"{name}{joint}{label.number}{label.mark}" + (f" ({beside})" if beside else "")
