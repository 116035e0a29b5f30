"""The closing page in plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.closing import closing
from grcp_cli.meeting.decision import record_of
from grcp_cli.report.document import Item
from grcp_cli.report.pen import Choices, Pen
from grcp_cli.report.wording import counted

from . import forwarding, matrix
from .clean import drawn_line
from .times import used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.closing import Closing
    from grcp_cli.meeting.decision import Sight


def seen(sight: Sight) -> Iterator[str]:
    """The page as a desk sees it now."""
    came = closing(sight.meeting, sight.session, record_of(sight), sight.walk, sight.now, sight.source, sight.group)
    yield from lines(came, rehearsal=sight.rehearsal)


def lines(closing: Closing, *, rehearsal: bool = False) -> Iterator[str]:
    """The page, one figure or finding a line, and at its end what to type next.

    Args:
        closing: What the session came to.
        rehearsal: Whether it is rehearsed, which the commands must then say.
    """
    for line in _lines(closing, " --rehearsal" if rehearsal else ""):
        yield drawn_line(line)


def _lines(closing: Closing, rehearsal: str) -> Iterator[str]:
    session = closing.session
    yield f"closing · {session.heading}"
    yield " · ".join(("time", *used(closing.figures)))
    if session.leaves:
        yield f"questions · {_answered(closing)}"
    yield f"written · {', '.join(_written(closing)) or 'nothing'}"
    for of in closing.crowded:
        choose = f"/forward lists them, {forwarding.types(of.items[-1].typed)}"
        yield f"forward · {forwarding.asks(of, closing.proceedings.meeting)}: {choose}"
    for number in closing.ownerless:
        yield f"open · {number} has no owner: /owner {number} NAME [DATE]"
    for number, field, mend in closing.conflicts:
        yield f"open · {number} is in conflict on {field}: {mend}"
    for number, names, mend in closing.names:
        yield f"open · {number} names {names}: {mend}"
    for told in matrix.of_session(closing.proceedings):
        yield f"missing · {told}"
    if closing.undrafted:
        yield f"open · no paragraphs under {', '.join(closing.undrafted)}"
    yield from _recommended(closing)  # the longest comes behind what is open
    draft = f"grcp draft {session.id}{rehearsal} writes the paragraphs, " if closing.counts else ""
    yield f"next · {draft}grcp export{rehearsal} makes the report"


def _written(closing: Closing) -> Iterator[str]:
    """How many of each kind, and how many of these do not leave with the report."""
    for kind, count in closing.counts.items():
        internal = closing.internal.get(kind)
        yield counted(count, kind) + (f" ({internal} internal)" if internal else "")


def _recommended(closing: Closing) -> Iterator[str]:
    """The recommendations with the label, brackets and words that the report gives them: the same pen writes both."""
    proceedings = closing.proceedings
    pen = Pen(proceedings, Choices(proceedings.meeting.attribution))
    pen.statements(proceedings.recommendations)
    pen.commons(proceedings.common)
    pen.part("closing", "session", closing.session.title, closing.session.id)
    items = [block for block in pen.parts[0].blocks if isinstance(block, Item)]
    if items:
        yield f"recommendations · {len(items)}"
    for item in items:
        whose = f" · {item.speaker}" if item.speaker else ""
        yield f"  {item.label}{whose}: {item.text}{f' ({item.note})' if item.note else ''}"


def _answered(closing: Closing) -> str:
    """`2 of 4 covered, 1 heard · open: 2`; at a group's own desk, by whom."""
    _, _, covered, heard, open_ = closing.answered
    by = f" by {closing.proceedings.meeting.name_of(closing.group)}" if closing.group else ""
    told = f"{len(covered)} of {len(closing.session.leaves)} covered{by}"
    told += f", {len(heard)} heard" if heard else ""
    return f"{told} · open: {', '.join(each.number for each in open_)}" if open_ else told
