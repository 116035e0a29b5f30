"""Every key of the table, by the kind of row that it is pressed at, and the line that it types.

The table `KEYS` is the one source for what the keys do, for the line of keys below and for help.
"""

from __future__ import annotations

from typing import NamedTuple

from grcp_cli.console import shown

from .rows import COMMON, GROUP_KEYS, MEMBER, PART, PROPOSAL, REGIONAL, REMARK
from .taking import WORDS

DO, ASK, BEGIN = "do", "ask", "begin"
"""A key's line is taken at once, or when the key is pressed again, or put in the line to be finished."""


class Key(NamedTuple):
    """One key.

    Attributes:
        key: Its name for Textual.
        shown: Its name for people.
        short: What it does, in a word or two, for the line of keys; `tells` says more, for help.
        at: The kinds of row where it is meant.
        line: What it types; `{n}` is the row's entry, `{c}` its common recommendation, `{text}` what it says. Empty
            where it only changes what is looked at.
        how: `DO`, `ASK` or `BEGIN`.
    """

    key: str
    shown: str
    short: str
    at: tuple[str, ...]
    line: str = ""
    how: str = DO
    tells: str = ""


_OPEN = (MEMBER, REGIONAL)
_ONES = (MEMBER, PART, REGIONAL)

KEYS = (
    Key("enter", "Enter", "accept", (PROPOSAL, MEMBER), tells="accept the proposal, in words to be changed"),
    Key("x", "x", "leave all", (PROPOSAL,), tells="leave all of them with their groups, for now"),
    Key("enter", "Enter", "edit", (COMMON,), "/amend {n} {text}", BEGIN),
    Key("1", "1…", "group ✓ ✗ ·", (COMMON, PART), tells="the first group supports it, opposes it, nobody said; 2 …"),
    Key("s", "s", "split", (COMMON,), "/split {n}", ASK, "take it apart"),
    Key("x", "x", "take out", (PART,), "/split {c} {n}"),
    Key("x", "x", "leave", _OPEN, tells="leave it with its group, for now; again: propose it"),
    Key("c", "c", "as it is", _OPEN, "/join {n}", tells="make it common as it is worded"),
    Key("m", "m", "move", _ONES, tells="move it into a common recommendation"),
    Key("space", "Space", "gather", _ONES, tells="gather it, or let it go"),
    Key("j", "j", "join", _ONES, tells="join what is gathered, in words to be changed"),
    Key("a", "a", "agreed", (COMMON,), "/ok {n}"),
    Key("b", "b", "[bracketed]", (COMMON,), "/br {n}"),
    Key("n", "n", "not agreed", (COMMON,), "/no {n}"),
    Key("i", "i", "bis", (COMMON,), "/bis {n}"),
    Key("d", "d", "deferred", (COMMON,), "/defer {n}"),
    Key("w", "w", "withdrawn", (COMMON,), "/drop {n}", ASK),
    Key("p", "p", "proposed", (COMMON,), "/propose {n}"),
    Key("r", "r", "read out", (COMMON,), "/confirm {n}"),
    Key("asterisk", "*", "headline", (COMMON,), "/star {n}"),
    Key("l", "l", "name may stand", (COMMON,), "/allow {n}"),
)

MOVES = (
    ("↑ ↓", "to the row before or behind; Page Up/Down, Home, End"),
    ("Tab", "between the proposals and the groups' columns"),
    ("← →", "to the next group's column"),
    ("/", "type a line: /join africa3 asia1: text, /split common1, /+common1 asia …; Esc comes back"),
    ("Ctrl-Z Ctrl-Y", "undo, redo"),
    ("Ctrl-T", "light or dark"),
    ("F1", "this help"),
    ("q Ctrl-C", "leave; a line begun is kept"),
)
"""Keys that are the same everywhere."""


def meant(key: str, kind: str) -> Key | None:
    """What a key means at a row of a kind, None for nothing."""
    return next((each for each in KEYS if each.key == key and kind in each.at), None)


_ROWS = {
    PROPOSAL: "proposal",
    MEMBER: "member of it",
    REGIONAL: "recommendation",
    COMMON: "common one",
    PART: "member of a common one",
    REMARK: "heading",
}
"""What a kind of row is called."""


def nothing(key: str, character: str | None, kind: str) -> str:
    """That a key means nothing at a row of a kind, and where it does."""
    elsewhere = [each for each in KEYS if each.key == key or (each.key == "1" and group_at(character) >= 0)]
    shown = elsewhere[0].shown if elsewhere and elsewhere[0].key == key else character or key
    told = f"{shown.strip() or key} does nothing at a {_ROWS[kind]}"
    meant_at = [(each.short, " or ".join(_ROWS[at] for at in each.at)) for each in elsewhere if kind not in each.at]
    where = ", ".join(f"{short} at a {at}" for short, at in meant_at)
    return f"{told}; it means {where}" if where else told


def group_at(character: str | None) -> int:
    """Which group a key stands for, from 0; -1 for none."""
    return GROUP_KEYS.find(character) if character else -1


TYPING = (("Enter", "takes the line"), ("Tab", "completes"), ("Esc", "back to the rows"), ("F1", "help"))
WORDING = (("Enter", "saves this text"), ("Esc", "leaves it as it was"), ("F1", "help"))
"""The keys of the line, where a command or only a text is typed."""


def below(kind: str, width: int) -> tuple[tuple[str, str], ...]:
    """The keys worth showing at a row of a kind, as many as fit in a line of so many cells."""
    ends = [("Tab", "pane"), ("/", "type"), ("F1", "help")]
    wanted = [(each.shown, each.short) for each in KEYS if kind in each.at]
    room = width - sum(len(shown) + len(short) + 4 for shown, short in ends)
    found: list[tuple[str, str]] = []
    for each in wanted:
        cost = sum(map(len, each)) + 4
        if cost <= room:
            found.append(each)
            room -= cost
    return (*found, *ends)


def help_lines() -> list[str]:
    """A line for each key, and for what may be typed."""
    lines = ["", *(f"{name:<15} {tells}" for name, tells in MOVES)]
    for each in KEYS:
        at = " or ".join(dict.fromkeys(_ROWS[kind] for kind in each.at))
        named = "common1" if COMMON in each.at else "africa3"
        line = each.line.replace("{n}", named).replace("{c}", "common1").replace("{text}", "…")
        told = " · ".join(filter(None, (each.tells or each.short, line)))
        lines.append(f"{each.shown:<6} at a {at}: {told}")
    lines += ["", "What is typed", *(f"{word:<27} {tells}" for word, tells in WORDS)]
    return [*lines, *shown.help_lines()]
