"""The report-back board in words: what groups answered elsewhere, group by group, for every way of showing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting import telling
from grcp_cli.meeting.clock import figures
from grcp_cli.meeting.decision import record_of
from grcp_cli.meeting.entry import STATUSES, status_word
from grcp_cli.meeting.reported import from_record, in_turn, presence
from grcp_cli.meeting.schedule import planned
from grcp_cli.meeting.telling import duration, place
from grcp_cli.report.language import ENGLISH
from grcp_cli.report.wording import bracketed, counted, standing

from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.decision import Sight
    from grcp_cli.meeting.floor import Floor
    from grcp_cli.meeting.record import Statement
    from grcp_cli.meeting.reported import Asked, Item, Part, Reported

SIGNS = {
    "": "○",
    "proposed": "○",
    "agreed": "✓",
    "bracketed": "□",
    "bis": "≈",
    "not-agreed": "✗",
    "deferred": "»",
    "withdrawn": "−",
}
"""How an answer stands, in a sign of one cell beside the word."""
ASIDE = "not brought forward"
ACROSS = "Across groups"


class Heading(NamedTuple):
    """A line of the board that is no answer.

    Attributes:
        id: What tells it from others.
        name: What it is about.
        about: What is told of that.
        missing: Whether something is still to come.
    """

    id: str
    name: str
    about: str = ""
    missing: bool = False

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " · ".join(filter(None, (self.name, self.about)))


def laid_out(found: Reported, meeting: Meeting, floor: Floor) -> Iterator[Heading | Item]:
    """The board from top to bottom: by group what it answered and kept back, what is common, who is missing."""
    for part in found.parts:
        if part.group or part.items or part.aside:
            yield _heading(found, part, meeting, floor)
            yield from part.items
            yield from part.aside
    if found.common or selects(found):
        told = str(len(found.common)) if found.common else "none yet"
        yield Heading("across", ACROSS, told, missing=not found.common)
        yield from found.common
    if silent := missing(found, meeting):
        yield Heading("missing", "still missing", ", ".join(silent), missing=True)
    if found.unmentioned:
        names = {actor.id: actor.name for actor in meeting.actors}
        told = ", ".join(drawn_line(names.get(tag, tag)) for tag in found.unmentioned)
        yield Heading("actors", "nobody mentioned", told, missing=True)


def selects(found: Reported) -> bool:
    """Whether the question is which of the answers work across groups."""
    return found.asked.question is not None and bool(found.asked.question.selects_from)


def missing(found: Reported, meeting: Meeting) -> list[str]:
    """The groups without any answer, and which of them have no file."""
    without = {group: " (no file yet)" if group in found.unfiled else "" for group in found.silent}
    return [f"{drawn_line(meeting.name_of(group))}{why}" for group, why in without.items()]


def _heading(found: Reported, part: Part, meeting: Meeting, floor: Floor) -> Heading:
    if not part.group:
        return Heading("group", "of no group", str(len(part.items)))
    told = [f"{len(part.items)}{of_how_many(found.asked)}" if part.items or found.asked.most else "none yet"]
    if part.aside:
        told.append(f"{len(part.aside)} {ASIDE}")
    if part.group in found.unfiled:
        told.append("no file yet")
    told.append(presence(meeting, floor, part.group))
    return Heading(
        f"group {part.group}",
        drawn_line(meeting.name_of(part.group)),
        " · ".join(told),
        missing=not part.items,
    )


def of_how_many(about: Asked) -> str:
    """How many each group was asked for, behind how many it has; empty where nothing says."""
    return f" of {'up to ' if about.up_to else ''}{about.most}" if about.most else ""


def stands(stated: Statement) -> list[str]:
    """How an answer stands, in words: `agreed`, `read out`."""
    told = [standing("recommendation", stated.status, ENGLISH)] if stated.status in STATUSES else []
    return [*told, "read out"] if stated.confirmed else told


def decided(stated: Statement, meeting: Meeting) -> str:
    """A status with the session that decided it: `agreed in Session 4`; empty for none."""
    if not stated.status:
        return ""
    session = meeting.session(stated.decided_in)
    return f"{status_word(stated.status)} in {session.label if session else stated.decided_in}"


def told(item: Item, meeting: Meeting) -> list[str]:
    """How an answer stands on the board, and which types of partner it names."""
    stated = item.stated
    found = [f"{ASIDE}, {decided(stated, meeting)}" if item.aside else decided(stated, meeting)]
    if stated.confirmed:
        found.append("read out")
    names = {actor.id: actor.name for actor in meeting.actors}
    if stated.tags:
        found.append("with " + ", ".join(names.get(tag, tag) for tag in stated.tags))
    return [drawn_line(each) for each in found if each]


def made_of(item: Item) -> list[str]:
    """What a common recommendation is made of: `from Africa 3 and Asia and the Pacific 1`."""
    names = [each.name for each in item.members]
    return [drawn_line(f"from {ENGLISH.listed(names)}")] if names else []


def marks(stated: Statement) -> list[str]:
    """What happened to an answer besides, in words: amended, starred, in conflict."""
    starred = ["starred"] if stated.starred else []
    return [*stated.amendments, *starred, *(f"conflict on {each.field}" for each in stated.conflicts)]


def backing(stated: Statement, meeting: Meeting, without: Collection[str] = ()) -> list[str]:
    """Who supports an answer and who opposes it, some left out."""
    return [drawn_line(each) for each in telling.backing(stated, meeting, without)]


def text(stated: Statement) -> str:
    """What an answer says, in one line; contested text in its brackets."""
    return in_brackets(one_line(stated.text)) if stated.status == "bracketed" else one_line(stated.text)


def in_brackets(written: str) -> str:
    """Contested text in square brackets, once."""
    return bracketed(written)


def one_line(written: str) -> str:
    """A text in one line as it may be drawn."""
    return drawn_line(" ".join(written.split()))


def called(item: Item) -> str:
    """What an answer is called, with what is typed for it where that is not its label."""
    if item.label is None:
        return item.typed
    return item.name if item.typed == item.label.typed else f"{item.name}, typed {item.typed}"


# In lines, each complete in itself.


def lines(sight: Sight) -> Iterator[str]:
    """The board, and what to type."""
    found = from_record(sight.meeting, sight.session, sight.walk.here, record_of(sight), sight.source)
    yield drawn_line(f"board · {_question(found, sight)}")
    first = ""
    for each in laid_out(found, sight.meeting, sight.walk.floor):
        if isinstance(each, Heading):
            yield drawn_line(each.text)
        else:
            first = first or each.typed
            stands_ = (*told(each, sight.meeting), *made_of(each))
            yield drawn_line("  " + " · ".join((called(each), *stands_, text(each.stated))))
    word = "rec" if found.asked.kind == "recommendation" else found.asked.kind
    group = found.asked.groups[0] if found.asked.groups else "NAME"
    acts = f"/ok {first}, /br {first}, /confirm {first}, /amend {first} TEXT, " if first else ""
    yield drawn_line(f"to type · {acts}@{group} {word}: TEXT adds one")
    firsts = [part.items[0].typed for part in found.parts if part.items]
    if firsts and selects(found):
        yield drawn_line(f"across groups · /join {' '.join(firsts[:2])}: TEXT, /join {firsts[0]} as it is worded")


def read_back(sight: Sight) -> Iterator[str]:
    """What is read back, in its order, and what to type about each."""
    meeting, session, record = sight.meeting, sight.session, record_of(sight)
    found = from_record(meeting, session, sight.walk.here, record, sight.source)
    items = list(in_turn(found))
    slot = planned(meeting).get(session.id)
    now = figures(sight.walk.clock, session.minutes, slot, sight.now)
    yield drawn_line(f"read back · {_question(found, sight)} · {counted(len(items), found.asked.kind)}")
    yield f"time · {duration(now.left)} {'left' if now.left >= 0 else 'over'}"
    for at, item in enumerate(items, 1):
        parts = (f"{at} of {len(items)}", called(item), *read(item, meeting), text(item.stated), f"/ok {item.typed}")
        yield drawn_line(" · ".join(parts))
    if items:
        one, whose = items[0].typed, found.asked.groups[0] if found.asked.groups else "NAME"
        yield f"to type · /ok {one}, /br, /bis, /no, /drop, /defer, /confirm likewise; /amend {one} TEXT"
        yield f"support · /+{one} {whose}, /-{one} {whose}, /neutral {one} {whose}; /undo takes the newest back"


def stand(item: Item, meeting: Meeting) -> list[str]:
    """How an answer stands while it is read back: what nobody decided on is told as that, read out or not."""
    return [*([] if item.stated.status else ["not decided"]), *told(item, meeting)]


def read(item: Item, meeting: Meeting) -> Iterator[str]:
    """How an answer stands when it is read back: as on the board, what it is made of, who supports and opposes it."""
    yield from stand(item, meeting)
    yield from made_of(item)
    yield from backing(item.stated, meeting)


def _question(found: Reported, sight: Sight) -> str:
    question = found.asked.question
    return place(question.address, sight.session) if question else sight.session.title
