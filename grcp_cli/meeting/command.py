"""The typed line becomes a decision: `Write | Show | Refuse`. Deciding does nothing; a desk does it."""

from __future__ import annotations

from .capture import continued, prose, substituted
from .clock import ENDED
from .decision import NOT_FOUND, WRONG, Decision, Refusal, Refuse, Sight, Write, limited, short
from .grammar import Command, Continued, Line, Prose, Substitution, Unclear
from .names import BEFORE, nearest


def needs_record(line: Line | None) -> bool:
    """Whether deciding on a line needs more than the tail of the desk's own file."""
    if isinstance(line, Prose):
        return not line.text or line.text.startswith("#") or (line.who is not None and line.who.speaker == BEFORE)
    if isinstance(line, Command) and line.name == "off":
        return f"@{BEFORE}" in line.rest
    return isinstance(line, Continued | Substitution | Command)


def writes(line: Line | None) -> bool:
    """Whether a line may write at all: an empty one and those that only show something do not."""
    if isinstance(line, Command):
        from .commands import BY_NAME

        command = BY_NAME.get(line.name)
        return command is None or command.of != "screen"
    return line is not None


def decide(line: Line | None, sight: Sight) -> Decision:
    """What a typed line, already taken apart, does as things stand.

    Args:
        line: From `grammar.parse`.
        sight: What the desk sees; with a record wherever `needs_record(line)`.
    """
    try:
        match line:
            case None:
                return Write(())
            case Unclear(reason, hint, missing):
                return Refuse(reason, hint, NOT_FOUND if missing else WRONG)
            case Prose():
                return prose(line, sight)
            case Continued(text, typed):
                return continued(text, typed, sight)
            case Substitution(old, new):
                return substituted(old, new, sight)
            case Command(name, rest):
                return _command(name, rest, sight)
    except Refusal as refusal:
        return refusal.refuse


def _command(name: str, rest: str, sight: Sight) -> Decision:
    from .commands import BY_NAME, OTHERWISE, usage

    if name[:1] in "+-":
        name, rest = name[:1], f"{name[1:]} {rest}".strip()
    command = BY_NAME.get(name)
    if command is None:
        near = OTHERWISE.get(name) or _begun(name, tuple(BY_NAME)) or nearest(name, tuple(BY_NAME))
        known = usage(BY_NAME[near]) if near in BY_NAME else near
        meant = f"did you mean {known}? " if near else "/help lists the commands; "
        raise Refusal(f"there is no command /{short(name)}", meant + rf"text that begins so is written \/{short(name)}")
    if rest and not command.takes and command.of != "screen":
        raise Refusal(f"nothing goes behind /{name}", rf"text that begins so is written \/{name}")
    if sight.lead and command.of in ("clock", "floor") and command.names[0] not in _ONES_OWN:
        at = f"desk {sight.lead.desk}" if sight.lead.desk else "the session's own desk"
        raise Refusal(f"clock and floor are kept at {at}", "/start keeps a time of your own, /go goes elsewhere")
    if command.of == "floor" and command.names[0] not in _ON_STAGE and sight.walk.clock.state == ENDED:
        raise Refusal("the session has ended", "/reopen goes on")
    return command.run(limited(rest), sight)


def _begun(name: str, commands: tuple[str, ...]) -> str:
    """The longest command that a mistyped one begins with, `end` of `endafter`; those of two letters begin anything."""
    return max((each for each in commands if len(each) > 2 and name.startswith(each)), key=len, default="")  # noqa: PLR2004


_ON_STAGE = ("say", "blackout")
"""What of the floor is done to the stage alone."""
_ONES_OWN = ("start", "next", "back", "go", "follow", *_ON_STAGE)
"""What a desk that follows another may do of clock and floor: begin its own, or go elsewhere."""
