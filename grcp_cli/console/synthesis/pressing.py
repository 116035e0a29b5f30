"""What a key pressed at a row means as things stand: the line that it types, or what it gathers or leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting.synthesis import OPPOSES, SUPPORTS

from .keys import BEGIN, DO, group_at, meant, nothing
from .rows import COMMON, PART, PROPOSAL, REMARK
from .table import accepting

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .rows import Row
    from .table import View


class Pressed(NamedTuple):
    """What is wished for.

    Attributes:
        line: A line to type; `how` as of a `Key`, with its `short` words and the key's name as `shown`.
        marks: Id of a recommendation to gather, or to let go.
        leaves: Ids of recommendations that stay with their group, or may be proposed again; `short` names them.
        refused: Why the key does nothing, with what would help as `hint`.
    """

    line: str = ""
    how: str = DO
    short: str = ""
    shown: str = ""
    marks: str = ""
    leaves: tuple[str, ...] = ()
    refused: str = ""
    hint: str = ""

    @property
    def once(self) -> bool:
        """Whether it is done at once, and so not by a key that is held down."""
        return bool(self.leaves) or (bool(self.line) and self.how == DO)


class Stroke(NamedTuple):
    """A key: its name for Textual, and what it types."""

    key: str
    character: str = ""


def pressed(stroke: Stroke, row: Row | None, view: View, marked: Sequence[str], last_common: str) -> Pressed | None:
    """What a key means; one that types something and means nothing is refused, another is None.

    Args:
        stroke: The key.
        row: Where it is pressed, None at a heading.
        view: What is on the table.
        marked: Ids of what is gathered.
        last_common: Id of the common recommendation pointed at last, empty for none.
    """
    if row and (wish := _meant(stroke, row, view, marked, last_common)):
        return wish
    types = stroke.key == "enter" or (stroke.character and stroke.character.isprintable())
    return Pressed(refused=nothing(stroke.key, stroke.character, row.kind if row else REMARK)) if types else None


def _meant(stroke: Stroke, row: Row, view: View, marked: Sequence[str], last_common: str) -> Pressed | None:
    key = stroke.key
    if row.kind in (COMMON, PART) and (at := group_at(stroke.character)) >= 0:
        return _stance(at, row, view)
    found = meant(key, row.kind)
    if found is None:
        return None
    if found.line:
        line = found.line.replace("{n}", view.typed.get(row.entry, "")).replace("{c}", view.typed.get(row.of, ""))
        return Pressed(line.replace("{text}", _text(row, view)), found.how, found.short, found.shown)
    if key == "enter" and row.proposal:
        return Pressed(accepting(row.proposal, view), BEGIN)
    if key == "x" and row.kind == PROPOSAL and row.proposal:
        return _leave([each.entry.id for each in row.proposal.members], view)
    if key == "x":
        return _leave([row.entry], view)
    if key == "space":
        return Pressed(marks=row.entry)
    if key == "m":
        return _move(row, view, last_common)
    if key == "j":
        return _join(row, view, marked)
    return None


def _leave(entries: list[str], view: View) -> Pressed:
    return Pressed(leaves=tuple(entries), short=", ".join(view.names[each] for each in entries))


def left(wish: Pressed, now: Collection[str]) -> str:
    """What to tell of recommendations that stay with their group from `now` on, or may be proposed again."""
    stay = set(wish.leaves) <= set(now)
    return f"{wish.short}: {'left with their group' if stay else 'may be proposed again'}, for now"


def _text(row: Row, view: View) -> str:
    """What a common recommendation says, as it was typed."""
    for common in view.sheet.commons:
        if common.stated.entry.id == row.entry:
            return " ".join(common.stated.text.split())
    return row.text


def _stance(at: int, row: Row, view: View) -> Pressed | None:
    """A group's stance goes round: supports, opposes, nobody said."""
    common = next((each for each in view.sheet.commons if each.stated.entry.id == row.of), None)
    if common is None or at >= len(common.stances):
        return None
    group, stance = common.stances[at]
    label = view.typed[row.of]
    lines = {SUPPORTS: f"/-{label} {group}", OPPOSES: f"/+{label} {group} off", "": f"/+{label} {group}"}
    return Pressed(lines[stance])


def _move(row: Row, view: View, last_common: str) -> Pressed:
    """Into the common recommendation pointed at last, to be changed before Enter."""
    commons = [each.stated.entry.id for each in view.sheet.commons if each.stated.entry.id != row.of]
    if not commons:
        return Pressed(refused="there is no common recommendation to move it into", hint="c makes it common as it is")
    into = last_common if last_common in commons else commons[-1]
    return Pressed(f"/join {view.typed[into]} {view.typed[row.entry]}", BEGIN)


def _join(row: Row, view: View, marked: Sequence[str]) -> Pressed:
    """What is gathered, in the words of the first."""
    gathered = [each for each in marked if each in view.typed]
    if not gathered:
        return Pressed(refused="nothing is gathered", hint="Space gathers a recommendation, j joins the gathered")
    texts = {each.stated.entry.id: each.stated.text for each in view.sheet.items}
    text = " ".join(texts.get(gathered[0], row.text).split())
    return Pressed(f"/join {' '.join(view.typed[each] for each in gathered)}: {text}", BEGIN)
