"""Every key of the live screen, and the line that it types.

The table `KEYS` is the one source for what the keys do, for the line of keys below and for help.
"""

from __future__ import annotations

from typing import NamedTuple

from grcp_cli.meeting import clock

DO, ASK, BEGIN = "do", "ask", "begin"
"""A key's line is taken at once, or after Enter confirmed it, or put in the input to be finished."""

ANYWHERE, EMPTY, RECORD, READ = "anywhere", "in an empty line", "in the record", "in read-back"


class Key(NamedTuple):
    """One key.

    Attributes:
        key: Its name for Textual.
        shown: Its name for people.
        line: What it types; `{n}` stands for the entry arrowed to, `{text}` for what that says.
        short: What it does, in a word or two, for the line of keys.
        how: `DO`, `ASK` or `BEGIN`.
        where: `ANYWHERE`, `EMPTY`, `RECORD` or `READ`.
        state: The states of the clock in which it is meant, with ` | ` between them; empty for any.
    """

    key: str
    shown: str
    line: str
    short: str
    how: str = DO
    where: str = ANYWHERE
    state: str = ""

    def serves(self, state: str) -> bool:
        """Whether it is meant in a state of the clock."""
        return not self.state or state in self.state.split(" | ")


KEYS = (
    Key("f1", "F1", "/help", "help"),
    Key("f2", "F2", "/back", "question before"),
    Key("f3", "F3", "/next", "next question"),
    Key("f4", "F4", "/start", "start", state=clock.TO_COME),
    Key("f4", "F4", "/pause", "pause", state=clock.RUNNING),
    Key("f4", "F4", "/resume", "resume", state=clock.PAUSED),
    Key("f4", "F4", "/reopen", "go on", how=ASK, state=clock.ENDED),
    Key("f5", "F5", "/f", "next speaker"),
    Key("f6", "F6", "/yield", "speaker done"),
    Key("f7", "F7", "/extend 5", "5 min more", how=ASK),
    Key("f8", "F8", "/list open", "open questions"),
    Key("f10", "F10", "/end", "end", how=ASK, state=f"{clock.TO_COME} | {clock.RUNNING} | {clock.PAUSED}"),
    Key("f10", "F10", "/closing", "closing page", state=clock.ENDED),
    Key("ctrl+r", "Ctrl-R", "/speakers", "speakers"),
    Key("ctrl+o", "Ctrl-O", "/readback", "read back"),
    Key("ctrl+z", "Ctrl-Z", "/undo", "undo", where=EMPTY),
    Key("ctrl+y", "Ctrl-Y", "/redo", "redo", where=EMPTY),
    Key("ctrl+g", "Ctrl-G", "/go ", "go to", how=BEGIN, where=EMPTY),
    Key("ctrl+f", "Ctrl-F", "/find ", "find", how=BEGIN, where=EMPTY),
    Key("ctrl+l", "Ctrl-L", "/list ", "filter", how=BEGIN, where=EMPTY),
    Key("ctrl+c", "Ctrl-C", "/quit", "leave", how=ASK),
    Key("enter", "Enter", "/amend {n} {text}", "edit", how=BEGIN, where=RECORD),
    Key("e", "e", "/set {n} ", "question, who, kind", how=BEGIN, where=RECORD),
    Key("asterisk", "*", "/star {n}", "headline", where=RECORD),
    Key("s", "s", "/strike {n}", "strike", how=ASK, where=RECORD),
    Key("r", "r", "/restore {n}", "restore", where=RECORD),
    Key("a", "a", "/ok {n}", "agreed", where=RECORD),
    Key("b", "b", "/br {n}", "[bracketed]", where=RECORD),
    Key("i", "i", "/bis {n}", "bis", where=RECORD),
    Key("n", "n", "/no {n}", "not agreed", where=RECORD),
    Key("d", "d", "/defer {n}", "deferred", where=RECORD),
    Key("w", "w", "/drop {n}", "withdrawn", how=ASK, where=RECORD),
    Key("p", "p", "/propose {n}", "proposed", where=RECORD),
    Key("c", "c", "/confirm {n}", "read out", where=RECORD),
    Key("l", "l", "/allow {n}", "name may stand", where=RECORD),
    Key("plus", "+", "/+{n} ", "supported by", how=BEGIN, where=RECORD),
    Key("minus", "-", "/-{n} ", "opposed by", how=BEGIN, where=RECORD),
    Key("o", "o", "/owner {n} ", "owner", how=BEGIN, where=RECORD),
    Key("a", "a", "/ok {n}", "agreed", where=READ),
    Key("b", "b", "/br {n}", "[bracketed]", where=READ),
    Key("i", "i", "/bis {n}", "bis", where=READ),
    Key("n", "n", "/no {n}", "not agreed", where=READ),
    Key("w", "w", "/drop {n}", "withdrawn", where=READ),
    Key("d", "d", "/defer {n}", "deferred", where=READ),
    Key("c", "c", "/confirm {n}", "read out", where=READ),
    Key("e", "e", "/amend {n} {text}", "edit", how=BEGIN, where=READ),
    Key("u", "u", "/undo", "undo", where=READ),
)

MOVES = (
    ("↑", "in an empty line: to the entry before, on the board to that touched last; then ↑ ↓; Esc comes back"),
    ("Page Up/Down", "look back in the record, and on"),
    ("Home End", "in an empty line: the beginning of the record, or the newest; of the board, its end"),
    ("Ctrl-P Ctrl-N", "lines typed before, and back"),
    ("Tab", "complete a command, label, name, question or tag; again for the next"),
    ("F9", "unfold the objectives, and fold them"),
    ("Ctrl-T", "light or dark"),
    ("Esc", "take a question, a filter or the newest wish back"),
)
"""Keys that only move what is looked at: nothing is typed by them."""

TIME_AND_FLOOR = ("f4", "f5", "f6")
"""Keys that do in read-back what they do anywhere: time and the floor go on while it is read."""

READ_MOVES = (
    ("1 2 3 … A B …", "that Region supports it, opposes it, does neither: /+ /- /neutral"),
    ("→ Space  ←", "the next one, the one before"),
    ("↑ ↓ Page Up/Down", "scroll a long text"),
    ("F4 F5 F6", "the clock, the next speaker, the speaker done, as anywhere"),
    ("Esc q", "leave"),
)
"""What else there is while recommendations are read back."""


def meant(key: str, state: str, where: str) -> Key | None:
    """What a key means somewhere in a state of the clock, None for nothing."""
    for each in KEYS:
        if each.key == key and each.where == where and each.serves(state):
            return each
    return None


def of_screen(key: str, state: str, *where: str) -> Key | None:
    """What a key means on the screen beneath a page, None for nothing."""
    return next(filter(None, (meant(key, state, each) for each in where)), None)


def for_screen(key: Key, back: str) -> str:
    """That a key is for the screen beneath, and how one comes back to that."""
    return f"{key.shown} ({key.short}) is for the screen: {back}"


def below(state: str, where: str, width: int) -> list[Key]:
    """The keys worth showing, as many as fit in a line of so many cells."""
    shown = {ANYWHERE: ("f1", "f4", "f3", "f5", "f10", "f8", "f7", "f2", "ctrl+o"), RECORD: _SHOWN_IN_RECORD}[where]
    found: list[Key] = []
    room = width
    for name in shown:
        each = meant(name, state, where)
        if each is not None and (cost := len(each.shown) + len(each.short) + 4) <= room:
            found.append(each)
            room -= cost
    return found


_SHOWN_IN_RECORD = ("enter", *"abncidws", "asterisk", *"eoprl", "plus", "minus")
"""What decides on recommendations comes before what marks and files entries."""
