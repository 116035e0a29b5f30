"""What the commands that correct the record, or say how an entry stands, decide."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from . import addresses, grammar, labelled, walkthrough
from .agenda import GENERAL
from .capture import prefixed, prose
from .decision import NOT_FOUND, WRONG, Decision, Refusal, Sight, Write, about, act, amend, before, limited, short
from .decision import record_of as _record
from .entry import Draft, Entry
from .grammar import Prose
from .speakers import people, person
from .telling import label_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from .record import Statement


_LABEL_WORDS = 8


def _referred(reference: str, sight: Sight) -> Statement:
    record = _record(sight)
    found = labelled.heard(reference, sight) or record.find(reference, sight.source) or _printed(reference, sight)
    if not found and addresses.is_address(reference):
        return addresses.statement(reference, sight)
    statement = record.statement(found) if found else None
    if statement is None:
        near = labelled.nearest_to(reference, sight)
        raise Refusal(f"there is no entry {short(reference)}", near or "/list shows them with their numbers", NOT_FOUND)
    return statement


def _printed(reference: str, sight: Sight) -> str:
    """The entry whose label is printed so: `Africa 3`, `Session 2.1`; empty for none."""
    wanted = reference.casefold().split()
    record = _record(sight)
    for entry_id in record.labels:
        label = record.label(entry_id)
        if label and label_name(label, sight.meeting).casefold().split() == wanted:
            return entry_id
    return ""


def _split_reference(rest: str, example: str, sight: Sight) -> tuple[str, str]:
    """The reference at the beginning, a number or a label of several words, and what follows it."""
    words = rest.split(maxsplit=_LABEL_WORDS)
    if not words:
        raise Refusal("which entry?", f"for example {example}")
    for count in range(min(len(words), _LABEL_WORDS), 1, -1):
        if _printed(" ".join(words[:count]), sight):
            return " ".join(words[:count]), "".join(rest.split(maxsplit=count)[count:]).strip()
    return words[0], "".join(rest.split(maxsplit=1)[1:]).strip()


def amended(rest: str, sight: Sight) -> Decision:
    """Puts another text."""
    reference, text = _split_reference(rest, "/amend 12 the text as it should be", sight)
    return amend(_referred(reference, sight), sight, text=limited(text))


def set_prefixes(rest: str, sight: Sight) -> Decision:
    """Changes what prefixes and tags say of an entry."""
    reference, prefixes = _split_reference(rest, "/set 12 /1b @col rec:", sight)
    statement = _referred(reference, sight)
    line = grammar.parse(prefixes, sight.meeting, sight.session, statement.question)
    if isinstance(line, grammar.Command) and line.name == "go":
        question = sight.session.question(line.rest)
        line = Prose("", place=question.address if question else GENERAL)
    if isinstance(line, grammar.Unclear):
        raise Refusal(line.reason, line.hint, NOT_FOUND if line.missing else WRONG)
    if not isinstance(line, Prose) or line.text or not (changed := prefixed(line, sight)):
        raise Refusal("/set changes question, speaker, kind and tags", "/set 12 /1b @col rec: #academia")
    return amend(statement, sight, **changed)


def marked(kind: str, again: str = "") -> Callable[[str, Sight], Decision]:
    """A correction or standing of one entry, which without a number is the entry before."""

    def run(rest: str, sight: Sight) -> Decision:
        reference = rest.strip()
        statement = _referred(reference, sight) if reference else before(sight)
        if kind in ("strike", "restore") and statement.struck is (kind == "strike"):
            state = "struck" if statement.struck else "standing"
            called = reference or str(statement.entry.n)
            raise Refusal(f"entry {called} is {state} already", again and f"{again} {called}")
        return Write((about(kind, statement.entry.id, sight),))

    return run


def restored(rest: str, sight: Sight) -> Decision:
    """Lets a struck entry stand again."""
    if not rest.strip():
        raise Refusal("which entry?", "/restore 12")
    return marked("restore")(rest, sight)


def status(status: str) -> Callable[[str, Sight], Decision]:
    """A command that gives an entry a status."""

    def run(rest: str, sight: Sight) -> Decision:
        statement = _referred(rest.strip(), sight) if rest.strip() else before(sight)
        return Write((about("status", statement.entry.id, sight, status=status, session=sight.session.id),))

    return run


def stance(kind: str, sign: str) -> Callable[[str, Sight], Decision]:
    """A command that notes who supports or opposes an entry."""

    def run(rest: str, sight: Sight) -> Decision:
        reference, whose = _split_reference(rest, f"/{sign}12 col", sight)
        if not whose:
            raise Refusal("whose?", f"/{sign}12 NAME, or a count: /{sign}12 5")
        statement = _referred(reference, sight)
        if re.fullmatch(r"\d{1,6}", whose):
            return Write((about(kind, statement.entry.id, sight, count=int(whose)),))
        return Write(tuple(about(kind, statement.entry.id, sight, who=who) for who in people(whose, sight)))

    return run


def neutral(rest: str, sight: Sight) -> Decision:
    """Takes back whose support or opposition this file noted: as if it had never been said."""
    reference, whose = _split_reference(rest, "/neutral 12 col", sight)
    if not whose:
        raise Refusal("whose?", "/neutral 12 NAME")
    statement, people_ = _referred(reference, sight), people(whose, sight)
    gone = walkthrough.undone(sight.entries)
    noted = [
        each
        for each in sight.entries
        if each.kind in ("support", "oppose")
        and each.target == statement.entry.id
        and each.fields.get("who") in people_
        and each.id not in gone
    ]
    if not noted:
        elsewhere = [each for each in people_ if each in (*statement.support, *statement.oppose)]
        names = ", ".join(map(sight.meeting.name_of, elsewhere or people_))
        theirs = "another desk noted it: it is taken back there, or said otherwise with /+ or /-"
        hint = theirs if elsewhere else f"/+{reference} NAME notes support, /-{reference} NAME opposition"
        raise Refusal(f"this desk noted neither support nor opposition of {names}", hint, NOT_FOUND)
    return Write(tuple(act("undo", sight, target=each.id) for each in reversed(noted)))


def undo(_: str, sight: Sight) -> Decision:
    """Takes back the newest entry or act of this file."""
    target = walkthrough.newest(sight.entries)
    if target is None:
        raise Refusal("nothing is left to undo", "", NOT_FOUND)
    return _reversed("undo", target.id, sight)


def redo(_: str, sight: Sight) -> Decision:
    """Brings back what was undone last."""
    target = walkthrough.reversible(sight.entries)
    if not target:
        raise Refusal("there is nothing to redo", "/redo brings back what /undo just took", NOT_FOUND)
    return _reversed("redo", target, sight)


def _reversed(kind: str, target: str, sight: Sight) -> Decision:
    """An undo or redo says where the desk stands once it holds."""
    reversal = Entry("", sight.now.at, sight.walk.captured, kind, {"target": target})
    walk = walkthrough.replay(sight.session, [*sight.entries, reversal])
    return Write((Draft(kind, {"here": walk.here, "target": target}),))


def owner(rest: str, sight: Sight) -> Decision:
    """Names who does an action, until when."""
    reference, after = _split_reference(rest, "/owner 12 NAME 2019-06-30", sight)
    statement = _referred(reference, sight)
    name, _, last = after.rpartition(" ")
    changed: dict[str, Any] = {}
    try:
        changed["due"] = date.fromisoformat(last)
    except ValueError:
        name = after
        if re.fullmatch(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?", last):
            raise Refusal(f"{last} is no date here", "write it so: 2019-06-30") from None
    if name.strip():
        changed = {"owner": person(name, sight), **changed}
    if not changed:
        raise Refusal("who owns it, and until when?", "/owner 12 NAME 2019-06-30")
    return amend(statement, sight, **changed)


def join(rest: str, sight: Sight) -> Decision:
    """Makes one common recommendation of several."""
    references, colon, text = rest.partition(": ")
    if not colon or not text.strip() or not references.split():
        raise Refusal("which entries, and what do they say together?", "/join africa3 asia1: text")
    joined, rest = [], references.replace(",", " ")
    while rest.strip():
        reference, rest = _split_reference(rest, "/join africa3 asia1: text", sight)
        joined.append(_referred(reference, sight))
    support = list(dict.fromkeys(each.group for each in joined if each.group))
    targets = list(dict.fromkeys(each.entry.id for each in joined))
    return Write((act("cluster", sight, targets=targets, text=limited(text.strip()), support=support),))


def split(rest: str, sight: Sight) -> Decision:
    """Takes a common recommendation apart."""
    record = _record(sight)
    found = record.find(rest, sight.source) if rest else None
    entry = record.entry(found) if found else None
    if entry is None or entry.kind != "cluster":
        reason = f"there is no common recommendation {short(rest) or '…'}"
        raise Refusal(reason, "for example /split common1", NOT_FOUND)
    return Write((act("uncluster", sight, target=entry.id),))


def off(rest: str, sight: Sight) -> Decision:
    """Writes an entry that is kept out of every export."""
    line = grammar.parse(rest, sight.meeting, sight.session, sight.walk.here)
    if isinstance(line, grammar.Unclear):
        raise Refusal(line.reason, line.hint, NOT_FOUND if line.missing else WRONG)
    if not isinstance(line, Prose) or not line.text:
        line = Prose(rest)
    if not line.text:
        raise Refusal("/off keeps an entry out of every export; there is no text", "/off text")
    return prose(line._replace(internal=True), sight)
