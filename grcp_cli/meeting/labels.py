"""What recommendations are called: as typed, `africa3`, and as printed, `Africa 3`.

A label is a function of the file it was given in. Two sessions may give the same one: Africa's first at the lunch, and
its first in Session 4. Which of them goes by the bare name is a function of the agenda alone, so that no entry, and no
file that comes in later, ever changes what is printed: it is the session where its owner is at home.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .entry import BRANCH_SHOWN

if TYPE_CHECKING:
    from .agenda import Meeting

COMMON = "common"
"""The owner of labels of common recommendations."""


class Label(NamedTuple):
    """How a recommendation or cluster is called for ever: the owner's id and the number among its own.

    Attributes:
        owner: A group's or session's id, or `common` for a cluster.
        number: From 1, in the order of the file it was written in.
        desk: The desk, where it is neither the owner nor the desk-less one.
        branch: The seal of its desk's branch, empty where that never branched, or only later.
    """

    owner: str
    number: int
    desk: str = ""
    branch: str = ""

    @property
    def bare(self) -> str:
        """As it is typed, without the branch: `africa3`."""
        joint = "." if self.owner[-1:].isdigit() else ""
        return f"{self.owner}{joint}{self.number}" + (f"@{self.desk}" if self.desk else "")

    @property
    def typed(self) -> str:
        """As it is typed: `africa3`, of a branch `africa3~9f2c`."""
        return self.bare + (f"~{self.branch[:BRANCH_SHOWN]}" if self.branch else "")


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
    """A label given in a session, for a person: `Africa 3`, `Africa 3 (Session 4)`, of a branch `Africa 3~9f2c`."""
    if stands_bare(label, session, meeting):
        return unplaced(label, meeting)
    given = meeting.session(session)
    return numbered(label, _owner(label, meeting), given.label if given else session)


def unplaced(label: Label, meeting: Meeting) -> str:
    """A label for a person, without the session."""
    return numbered(label, _owner(label, meeting))


def _owner(label: Label, meeting: Meeting) -> str:
    group, owner = meeting.group(label.owner), meeting.session(label.owner)
    return group.name if group else owner.label if owner else label.owner.capitalize()


def numbered(label: Label, name: str, place: str = "") -> str:
    """The number behind the owner's name; where that ends with a figure, behind a full stop: `Session 1.2`.

    Where it was given and at which desk stand in one bracket: `Africa 3 (Session 4, common)`.
    """
    joint = "." if name[-1:].isdigit() else " "
    beside = ", ".join(filter(None, (place, label.desk)))
    branch = f"~{label.branch[:BRANCH_SHOWN]}" if label.branch else ""
    return f"{name}{joint}{label.number}{branch}" + (f" ({beside})" if beside else "")
