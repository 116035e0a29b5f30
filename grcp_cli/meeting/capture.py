"""What is said becomes an entry, or mends the one before."""

from __future__ import annotations

from typing import Any

from .agenda import GENERAL
from .decision import Decision, Refusal, Sight, Write, amend, before, limited, record_of, short
from .entry import Draft
from .grammar import Prose, parse
from .names import BEFORE, NOBODY


def prose(said: Prose, sight: Sight) -> Decision:
    """A line of prose: an entry, or where it has no text a change of the entry before."""
    if said.text.startswith("#") and not (said.place or said.kind or said.who or said.internal):
        said = _tags_alone(said, sight)
    if not said.text:
        return _applied(said, sight)
    place = said.place or sight.walk.here
    question = sight.session.question(place)
    kind = said.kind or (question.captures if question else "note")
    fields: dict[str, Any] = {"question": place}
    if place != sight.walk.here:
        fields["here"] = sight.walk.here
    if group := (said.who.group if said.who and said.who.group else sight.group):
        fields["group"] = group
    fields.update(_speaker(said, sight))
    if "group" not in fields and sight.meeting.group(fields.get("speaker", "")):
        fields["group"] = fields["speaker"]
    if "group" not in fields and "speaker_from" in fields and (behalf := sight.walk.floor.spoke_for(sight.holder)):
        fields["group"] = behalf
    fields["text"] = limited(said.text)
    if said.tags:
        fields["tags"] = list(said.tags)
    if said.internal:
        fields["internal"] = True
    notices = (f"saved as typed; {said.near}",) if said.near else ()
    if question is None and place != GENERAL:
        notices = (*notices, f"question {place} is no longer in the agenda; /go goes to another")
    return Write((Draft(kind, fields),), notices)


def _tags_alone(said: Prose, sight: Sight) -> Prose:
    """Tags without a text are for the entry before, and so those that its question declares."""
    last = record_of(sight).newest(sight.source)
    again = parse(said.text, sight.meeting, sight.session, last.question) if last else None
    here = parse(said.text, sight.meeting, sight.session, sight.walk.here)
    literal = not isinstance(here, Prose) or here.text != said.text
    return again if isinstance(again, Prose) and not (again.text or literal) else said


def _speaker(prose: Prose, sight: Sight) -> dict[str, str]:
    """Whose words these are; `speaker_from` tells when that was not typed.

    Where that does not say who has the floor, `floor` does, and `behalf` for which group: so every entry tells it,
    and a tail is enough.
    """
    said: dict[str, str] = {}
    if prose.who is not None:
        said = {} if prose.who.speaker == NOBODY else {"speaker": _who_said(prose, sight)}
    elif sight.holder:
        said = {"speaker": sight.holder, "speaker_from": "floor"}
    floor = sight.walk.floor
    told = sight.holder if "speaker_from" in said else ""
    if told != floor.speaker:
        said["floor"] = floor.speaker
    if floor.turn and floor.turn.behalf:
        said["behalf"] = floor.turn.behalf
    return said


def _who_said(prose: Prose, sight: Sight) -> str:
    assert prose.who is not None
    if prose.who.speaker != BEFORE:
        return prose.who.speaker
    for speaker in reversed(sight.walk.speakers):
        if speaker != sight.walk.floor.speaker:
            return speaker
    raise Refusal("@< means who spoke before, and nobody did", "name who it was: @NAME text")


def _applied(prose: Prose, sight: Sight) -> Decision:
    last = before(sight)
    changes = prefixed(prose, sight)
    if "tags" in changes:
        changes["tags"] = list(dict.fromkeys((*last.tags, *changes["tags"])))
    return amend(last, sight, **changes)


def prefixed(prose: Prose, sight: Sight) -> dict[str, Any]:
    """What prefixes and tags alone change."""
    changes: dict[str, Any] = {}
    if prose.place:
        changes["question"] = prose.place
    if prose.kind:
        changes["new_kind"] = prose.kind
    if prose.who:
        changes["speaker"] = "" if prose.who.speaker == NOBODY else _who_said(prose, sight)
        if prose.who.group:
            changes["group"] = prose.who.group
    if prose.tags:
        changes["tags"] = list(prose.tags)
    return changes


def continued(text: str, typed: str, sight: Sight) -> Decision:
    """More of this file's last captured entry; where there is none, an entry of its own."""
    last = record_of(sight).newest(sight.source)
    if last is None:
        return prose(Prose(typed, near="there is no entry before to continue"), sight)
    return amend(last, sight, text=limited(f"{last.text} {text}"))


def substituted(old: str, new: str, sight: Sight) -> Decision:
    """`s/old/new/` in the newest standing entry of this file that contains it."""
    if not old:
        raise Refusal("s// has nothing to look for", r"write s/old/new/, or \s// for the text itself")
    found = record_of(sight).newest(sight.source, old)
    if found is None:
        hint = r"letters count as written; begin with \ if it is text"
        raise Refusal(f"no standing entry of this file contains “{short(old)}”", hint)
    return amend(found, sight, text=limited(found.text.replace(old, new, 1)))
