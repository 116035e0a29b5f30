"""Every command of the grammar: what it is called, what it takes, and what it decides.

The table `COMMANDS` is the one source for the grammar, for help and for completion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import acts, corrections, floor_acts
from .decision import Decision, Show, Sight

if TYPE_CHECKING:
    from collections.abc import Callable


class Does(NamedTuple):
    """One command.

    Attributes:
        names: The first is the one shown; the others work too.
        takes: What follows it, for help.
        tells: What it does, for help.
        run: Decides; gets what follows the name, and the sight.
        of: `clock`, `floor`, `record` or `screen`; the shell's `note` takes only the last two.
    """

    names: tuple[str, ...]
    takes: str
    tells: str
    run: Callable[[str, Sight], Decision]
    of: str


def usage(command: Does) -> str:
    """How a command is typed: `/extend 5 [reason]`."""
    return f"/{command.names[0]} {command.takes}".strip()


def _show(what: str) -> Callable[[str, Sight], Decision]:
    return lambda rest, _: Show(what, rest)


COMMANDS = (
    Does(("start",), "[10:47|-2]", "start the session's clock, backdated if need be", acts.start, "clock"),
    Does(
        ("pause",),
        "",
        "stop the clock",
        acts.in_state("pause", "running", "only a running clock pauses"),
        "clock",
    ),
    Does(
        ("resume",),
        "",
        "let it run on",
        acts.in_state("resume", "paused", "only a paused clock resumes"),
        "clock",
    ),
    Does(("extend",), "5 [reason]", "add minutes (or take: -5)", acts.extend, "clock"),
    Does(("end",), "", "end the session", acts.end, "clock"),
    Does(
        ("reopen",),
        "",
        "go on after the end",
        acts.in_state("reopen", "ended", "only an ended session is reopened"),
        "clock",
    ),
    Does(("count",), "", "count the time away that was asked about", acts.count, "clock"),
    Does(("next",), "", "to the next question", acts.step_by(1), "clock"),
    Does(("back",), "", "to the question before", acts.step_by(-1), "clock"),
    Does(("go",), "1b", "to a question; 0 is the session in general; /1b does the same", acts.go, "clock"),
    Does(("follow",), "", "go where the lead desk goes", acts.follow, "clock"),
    Does(
        ("f", "floor"),
        "[NAME [for GROUP]] [-1]",
        "give the floor: to NAME, or who waits first; backdated",
        floor_acts.give_floor,
        "floor",
    ),
    Does(("yield",), "", "the speaker is done", floor_acts.held("yield"), "floor"),
    Does(("more",), "1", "minutes more for the speaker", floor_acts.more, "floor"),
    Does(("limit",), "2|3:40|off", "minutes for whoever speaks from now on", floor_acts.limit, "floor"),
    Does(("q", "queue"), "NAME, NAME [for GROUP]", "put on the speakers' list", floor_acts.queue, "floor"),
    Does(("withdraw",), "NAME", "take off the list", floor_acts.withdraw, "floor"),
    Does(("move",), "NAME N", "to place N of the list", floor_acts.move, "floor"),
    Does(
        ("order",),
        "NAME",
        "point of order: ahead of all, not charged",
        floor_acts.interrupting("point-of-order"),
        "floor",
    ),
    Does(("reply",), "NAME", "right of reply", floor_acts.interrupting("reply"), "floor"),
    Does(("close",), "", "close the speakers' list", floor_acts.list_of_speakers("close-list", wanted=False), "floor"),
    Does(("open",), "", "open it again", floor_acts.list_of_speakers("open-list", wanted=True), "floor"),
    Does(("amend",), "12 text", "put another text", corrections.amended, "record"),
    Does(
        ("set",),
        "12 PREFIXES",
        "change question, speaker, kind or tags: /set 12 /1b @col rec:",
        corrections.set_prefixes,
        "record",
    ),
    Does(
        ("strike",),
        "[12]",
        "strike an entry; it stays readable",
        corrections.marked("strike", "/restore"),
        "record",
    ),
    Does(("restore",), "12", "let a struck entry stand again", corrections.restored, "record"),
    Does(("undo",), "", "take back the newest entry or act", corrections.undo, "record"),
    Does(("redo",), "", "bring back what was undone", corrections.redo, "record"),
    Does(("ok", "agreed"), "[12]", "agreed", corrections.status("agreed"), "record"),
    Does(("br", "bracketed"), "[12]", "[bracketed]", corrections.status("bracketed"), "record"),
    Does(("bis",), "[12]", "alternative (bis)", corrections.status("bis"), "record"),
    Does(("no", "not-agreed"), "[12]", "not agreed", corrections.status("not-agreed"), "record"),
    Does(("defer", "deferred"), "[12]", "deferred", corrections.status("deferred"), "record"),
    Does(
        ("drop", "withdrawn"),
        "[12]",
        "withdrawn by who proposed it",
        corrections.status("withdrawn"),
        "record",
    ),
    Does(("propose", "proposed"), "[12]", "proposed, nothing more", corrections.status("proposed"), "record"),
    Does(
        ("+", "support"),
        "12 NAME",
        "NAME supports it (or a count): /+12 col; NAME off: no longer",
        corrections.stance("support", "+"),
        "record",
    ),
    Does(
        ("-", "oppose"),
        "12 NAME",
        "NAME opposes it (or a count): /-12 col",
        corrections.stance("oppose", "-"),
        "record",
    ),
    Does(("neutral",), "12 NAME", "NAME neither supports nor opposes it any more", corrections.neutral, "record"),
    Does(("confirm",), "[12]", "read out, not yet agreed", corrections.marked("confirm"), "record"),
    Does(("star",), "[12]", "a headline", corrections.marked("star"), "record"),
    Does(("allow",), "[12]", "the name in it may stand", corrections.marked("allow"), "record"),
    Does(("owner",), "12 NAME [DATE]", "who does it, until when", corrections.owner, "record"),
    Does(
        ("join",),
        "africa3 asia1: text",
        "one common recommendation; /join africa3 alone as worded, /join common1 africa4 adds",
        corrections.join,
        "record",
    ),
    Does(
        ("split",),
        "LABEL [12]",
        "take a common recommendation apart, or a member out of it",
        corrections.split,
        "record",
    ),
    Does(("off",), "text", "internal: kept out of every export", corrections.off, "record"),
    Does(("say", "message"), "text|off", "a message on the stage", floor_acts.say, "floor"),
    Does(("blackout",), "[off]", "make the stage dark, or light again", floor_acts.blackout, "floor"),
    Does(("fit",), "[2|+5]", "how the time left fits; with a limit, or an extension", acts.fit, "screen"),
    Does(
        ("speakers", "balance"),
        "",
        "who speaks and waits, time by group, who is not heard yet",
        _show("speakers"),
        "screen",
    ),
    Does(("matrix",), "", "recommendations side by side, and what is missing", _show("matrix"), "screen"),
    Does(("find",), "words", "search the record", _show("find"), "screen"),
    Does(
        ("list",),
        "[kind] [1b] [starred]",
        "the entries, with their numbers; open: questions without any",
        _show("list"),
        "screen",
    ),
    Does(("board",), "", "what was reported back, by group, and who is missing", _show("board"), "screen"),
    Does(("readback",), "", "go through the recommendations one by one and decide", _show("readback"), "screen"),
    Does(("forward",), "", "choose which to bring forward, where there are too many", _show("forward"), "screen"),
    Does(("closing",), "", "the closing page: what the session came to, what is open", _show("closing"), "screen"),
    Does(("help",), "[word]", "this, or what is in it about a word", _show("help"), "screen"),
    Does(("quit",), "", "leave; a running clock pauses", _show("quit"), "screen"),
)
BY_NAME = {name: command for command in COMMANDS for name in command.names}

_OTHERWISE = {
    "start": "begin",
    "resume": "continue unpause",
    "end": "stop finish",
    "next": "skip",
    "back": "previous prev",
    "go": "goto",
    "f": "give speaker",
    "strike": "delete del remove rm erase",
    "restore": "unstrike undelete reinstate",
    "undo": "unstar unconfirm unallow unamend",
    "amend": "edit correct change replace",
    "set": "kind tag question attribute",
    "ok": "agree accept adopt approve",
    "br": "brackets",
    "no": "disagree reject refuse",
    "defer": "postpone",
    "drop": "retract",
    "propose": "unagree unbracket undefer undrop reconsider",
    "neutral": "abstain unsupport unoppose",
    "owner": "assign due",
    "join": "merge combine cluster",
    "split": "unjoin uncluster separate",
    "off": "internal private secret",
    "blackout": "dark",
    "find": "search grep",
    "list": "show entries",
    "quit": "exit leave bye",
    "grcp record resolve, in a shell": "resolve conflict conflicts",
    "grcp draft, in a shell": "draft",
    "grcp export, in a shell": "export report",
    "grcp status, in a shell": "status",
}
OTHERWISE = {word: meant for meant, words in _OTHERWISE.items() for word in words.split()}
"""What people type who do not know a command's name, and which it is, or what does it."""
