"""What the commands that correct the record, or say how an entry stands, decide."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from . import addresses, grammar, joining, labelled, references, walkthrough
from .agenda import GENERAL
from .capture import prefixed, prose
from .decision import (
    CHOICE,
    NOT_FOUND,
    WRONG,
    Decision,
    Refusal,
    Sight,
    Write,
    about,
    act,
    amend,
    before,
    limited,
    short,
)
from .decision import record_of as _record
from .entry import Draft, Entry
from .grammar import Prose
from .speakers import people, person
from .telling import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .agenda import Session
    from .record import Statement


_LABEL_WORDS = 8


def _referred(reference: str, sight: Sight) -> Statement:
    record = _record(sight)
    found = _meant(reference, sight) or _printed(reference, sight)
    if not found and addresses.is_address(reference):
        return addresses.statement(reference, sight)
    statement = record.statement(found) if found else None
    if statement is None:
        if _unsent(reference, sight):
            told = f"{short(reference)} is internal and was not sent along"
            raise Refusal(told, "the desk that wrote it has it, and record pack --internal sends it", NOT_FOUND)
        _must_be_there(reference, sight)
        near = labelled.nearest_to(reference, sight)
        raise Refusal(f"there is no entry {short(reference)}", near or "/list shows them with their numbers", NOT_FOUND)
    return statement


def _must_be_there(reference: str, sight: Sight) -> None:
    """Refuses what was called so and was taken back since, with how it returns."""
    gone, back = labelled.taken_back(reference, sight)
    if gone:
        raise Refusal(gone, back, NOT_FOUND)


def _meant(reference: str, sight: Sight) -> str:
    """The entry that a number or label means, empty for none; of several a person must say which."""
    record = _record(sight)
    found = references.meant(reference, record, sight.source, sight.meeting)
    if len(found) > 1:
        raise Refusal(*references.several(short(reference), found, record, sight.meeting, sight.source), CHOICE)
    return found[0] if found else ""


def _unsent(reference: str, sight: Sight) -> bool:
    """Whether a label is that of an internal entry of which only the place is here."""
    return any(True for _ in labelled.called(reference, _record(sight).unsent, sight))


def _printed(reference: str, sight: Sight) -> str:
    """The entry whose label is written out so: `Africa 3`, `Session 2.1`; empty for none."""
    typed = references.written_out(_record(sight), sight.meeting).get(" ".join(reference.casefold().split()))
    return _meant(typed, sight) if typed else ""


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
    # The questions, and the tags that they offer, are those of where the entry stands.
    session = sight.meeting.session(statement.source.session) or sight.session
    line = grammar.parse(prefixes, sight.meeting, session, statement.question)
    if isinstance(line, grammar.Command) and line.name == "go":
        question = session.question(line.rest)
        line = Prose("", place=question.address if question else GENERAL)
    if isinstance(line, grammar.Unclear):
        raise Refusal(line.reason, line.hint, NOT_FOUND if line.missing else WRONG)
    if isinstance(line, Prose) and line.text.startswith("#"):
        raise _untagged(line.text, line.place or statement.question, session)
    if not isinstance(line, Prose) or line.text or not (changed := prefixed(line, sight)):
        raise Refusal("/set changes question, speaker, kind and tags", "/set 12 /1b @col rec: #academia")
    if statement.kind == "cluster" and set(changed) != {"tags"}:
        told = "a common recommendation has no question, speaker or kind to set"
        raise Refusal(told, f"/amend {reference} TEXT words it, /+{reference} NAME notes who supports it")
    return amend(statement, sight, **changed)


def _untagged(text: str, place: str, session: Session) -> Refusal:
    """Why what looks like tags is none at a question."""
    question, tags = session.question(place), grammar.offered(session, place)
    where = f"question {question.number} of {session.id}" if question else f"{session.id} in general"
    if not tags:
        told = f"{where} offers no tags, so that {short(text)} cannot be set"
        return Refusal(told, 'tags = "actors" at a question of the agenda offers them')
    return Refusal(f"{short(text)}: not all of it is a tag that {where} offers", f"there are #{' #'.join(tags)}")


def marked(kind: str, again: str = "") -> Callable[[str, Sight], Decision]:
    """A correction or standing of one entry, which without a number is the entry before."""

    def run(rest: str, sight: Sight) -> Decision:
        reference = rest.strip()
        statement = _referred(reference, sight) if reference else before(sight)
        if kind in ("strike", "restore") and statement.struck is (kind == "strike"):
            state = "struck" if statement.struck else "standing"
            called = reference or str(statement.entry.n)
            raise Refusal(f"entry {called} is {state} already", again and f"{again} {called}")
        if kind not in ("strike", "restore"):
            _must_stand(statement, sight)
        return Write((about(kind, statement.entry.id, sight),))

    return run


def _must_stand(statement: Statement, sight: Sight) -> None:
    """Refuses a decision on something that no longer stands: sooner a wrong label than what was meant."""
    if statement.struck:
        name = references.named(statement.entry.id, _record(sight), sight.meeting, sight.source)
        raise Refusal(f"{_name(statement, sight)} is struck", f"/restore {name} lets it stand again")


def restored(rest: str, sight: Sight) -> Decision:
    """Lets a struck entry stand again."""
    if not rest.strip():
        raise Refusal("which entry?", "/restore 12")
    return marked("restore")(rest, sight)


def status(status: str) -> Callable[[str, Sight], Decision]:
    """A command that gives an entry a status."""

    def run(rest: str, sight: Sight) -> Decision:
        statement = _referred(rest.strip(), sight) if rest.strip() else before(sight)
        if status == "proposed" == statement.status and statement.decided_in == sight.session.id:
            name = references.named(statement.entry.id, _record(sight), sight.meeting, sight.source)
            told = f"{_name(statement, sight)} is proposed already, and so brought forward"
            raise Refusal(told, f"/defer {name} leaves it behind")
        _must_stand(statement, sight)
        return Write((about("status", statement.entry.id, sight, status=status, session=sight.session.id),))

    return run


def stance(kind: str, sign: str) -> Callable[[str, Sight], Decision]:
    """A command that notes who supports or opposes an entry, or with `off` behind the name no longer does."""

    def run(rest: str, sight: Sight) -> Decision:
        reference, whose = _split_reference(rest, f"/{sign}12 col", sight)
        if not whose:
            raise Refusal("whose?", f"/{sign}12 NAME, or a count: /{sign}12 5")
        statement = _referred(reference, sight)
        if re.fullmatch(r"\d{1,6}", whose):
            return Write((about(kind, statement.entry.id, sight, count=int(whose)),))
        names, _, off = whose.rpartition(" ")
        taken_back = {"off": True} if names.strip() and off.lower() == "off" else {}
        found = people(names if taken_back else whose, sight)
        return Write(tuple(about(kind, statement.entry.id, sight, who=who, **taken_back) for who in found))

    return run


def neutral(rest: str, sight: Sight) -> Decision:
    """Notes that somebody neither supports nor opposes an entry any more."""
    reference, whose = _split_reference(rest, "/neutral 12 col", sight)
    if not whose:
        raise Refusal("whose?", "/neutral 12 NAME")
    statement, found = _referred(reference, sight), people(whose, sight)
    for who in found:
        if who not in (*statement.support, *statement.oppose):
            reason = f"neither support nor opposition of {sight.meeting.name_of(who)} is noted"
            raise Refusal(reason, f"/+{reference} {who} and /-{reference} {who} note it", NOT_FOUND)
    return Write(tuple(about("support", statement.entry.id, sight, who=who, off=True) for who in found))


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
    """Makes one common recommendation of several, or of one as it is worded; or adds to one that there is."""
    references, _, text = rest.partition(": ")
    text, record = text.strip(), _record(sight)
    named = list(_members(references.replace(",", " "), sight, worded=bool(text)))
    commons = [each for each in named if each.kind == "cluster"]
    members = [each for each in named if each.kind != "cluster"]
    if commons:
        return _added(commons, members, text, sight)
    support = list(dict.fromkeys(each.group for each in members if each.group))
    targets = list(dict.fromkeys(each.entry.id for each in members))
    text = limited(text or members[0].text)
    notices = tuple(joining.remarks(members, record, sight))
    fields = {"targets": targets, "text": text, "support": support, **joining.numbered(record, sight.source)}
    return Write((act("cluster", sight, **fields),), notices)


def _members(references: str, sight: Sight, *, worded: bool) -> Iterator[Statement]:
    """What is to be joined. Without a text of its own that is one entry alone, or goes into a common recommendation."""
    unclear = Refusal("which entries, and what do they say together?", "/join africa3 asia1: text")
    rest = references
    if not rest.strip() or (not worded and rest.rstrip().endswith(":")):
        raise unclear
    common = worded
    while rest.strip():
        reference, rest = _split_reference(rest, "/join africa3 asia1: text", sight)
        found = _referred(reference, sight)
        common = common or found.kind == "cluster"
        if rest and not common:
            raise unclear
        yield found


def _added(commons: list[Statement], members: list[Statement], text: str, sight: Sight) -> Decision:
    """More goes into the first common recommendation; others named beside it are taken apart, and go into it too."""
    record, first, others = _record(sight), commons[0], commons[1:]
    wanted = [*(source for each in others for source in each.sources), *(each.entry.id for each in members)]
    targets = list(dict.fromkeys((*first.sources, *wanted)))
    changed: dict[str, Any] = {"targets": targets} if len(targets) > len(first.sources) else {}
    if text:
        changed["text"] = limited(text)
    if not changed:
        raise Refusal(f"{_name(first, sight)} has that already", "/join common1 africa4 adds Africa 4")
    away = (about("uncluster", each.entry.id, sight) for each in others)
    notices = tuple(joining.remarks(members, record, sight, first.entry.id))
    return Write((*away, about("amend", first.entry.id, sight, **changed)), notices)


def _name(stated: Statement, sight: Sight) -> str:
    return name_of(stated.entry.id, sight.meeting, _record(sight), sight.source)


def split(rest: str, sight: Sight) -> Decision:
    """Takes a common recommendation apart, or some of its members out."""
    record = _record(sight)
    reference, rest = _split_reference(rest, "/split common1", sight) if rest else ("", "")
    found = (_meant(reference, sight) or _printed(reference, sight)) if reference else ""
    entry = record.entry(found) if found else None
    _must_be_there(reference, sight)
    if entry is None or entry.kind != "cluster":
        reason = f"there is no common recommendation {short(reference) or '…'}"
        raise Refusal(reason, "for example /split common1", NOT_FOUND)
    common = record.statement(entry.id)
    assert common is not None, "what was taken back is refused before"
    if not rest:
        return Write((about("uncluster", entry.id, sight),))
    out = list(_members(rest.replace(",", " "), sight, worded=True))
    for each in out:
        if each.entry.id not in common.sources:
            told = f"{_name(each, sight)} is not part of {_name(common, sight)}"
            raise Refusal(told, "grcp record show tells what it is made of")
    gone = {each.entry.id for each in out}
    targets = [each for each in common.sources if each not in gone]
    if not targets:
        raise Refusal(f"nothing would be left of {_name(common, sight)}", f"/split {reference} takes it apart")
    return Write((about("amend", entry.id, sight, targets=targets),))


def off(rest: str, sight: Sight) -> Decision:
    """Writes an entry that is kept out of every export."""
    line = grammar.parse(rest, sight.meeting, sight.session, sight.walk.here)
    if isinstance(line, grammar.Unclear):
        raise Refusal(line.reason, line.hint, NOT_FOUND if line.missing else WRONG)
    if not isinstance(line, Prose) or not line.text:
        line = Prose(rest)
    if not line.text:
        raise Refusal("/off keeps an entry out of every export; there is no text", "/off text")
    near = line.near
    if line.text == rest.strip() and references.like_one(rest, sight.meeting):
        # Whoever wanted that hears at once that an entry like this has not done it, and what would.
        instead = f"/undo takes this back, /strike {rest} keeps that one out of the report, /off with its text keeps it"
        near = f"/off takes a text, and no entry that is there can be made internal: {instead}"
    return prose(line._replace(internal=True, near=near), sight)
