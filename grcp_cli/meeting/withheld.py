"""What does not leave of the proceedings, whatever their words: small groups under `chatham`, desks that name people.

Under the Chatham House Rule a group so small that its name would tell who spoke is nobody's name any more: what
it wrote stands without an author, its recommendations are called after their session.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .labels import Label
from .names import slug
from .proceedings import Labelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .agenda import Meeting
    from .proceedings import Chapter, Proceedings
    from .record import Statement

FEWEST = 3
"""Participants that a group must have to be named under `chatham`."""


def small_groups(meeting: Meeting) -> frozenset[str]:
    """The groups with fewer than three of the participants that the agenda lists.

    A single one could be told by elimination, so the next smallest goes with it. Where no participant of any group
    is listed, nothing says how large the groups are, and none counts as small.
    """
    sizes = Counter(each.group for each in meeting.participants if each.group)
    if not sizes:
        return frozenset()
    rising = sorted((group.id for group in meeting.groups), key=lambda each: sizes[each])
    count = sum(sizes[each] < FEWEST for each in rising)
    return frozenset(rising[: 2 if count == 1 else count])


def withheld_groups(meeting: Meeting, level: str) -> frozenset[str]:
    """Ids that stand for no author: small groups under `chatham`, and participants put in a group's place."""
    if level == "full":
        return frozenset()
    people = {each.id for each in meeting.participants if meeting.group(each.id) is None}
    return frozenset(people | small_groups(meeting) if level == "chatham" else people)


def withheld_desks(meeting: Meeting, level: str) -> frozenset[str]:
    """Ids of desks that would name a participant, or under `chatham` a small group; they are told nowhere."""
    if level == "full":
        return frozenset()
    named = {slug(name) for each in meeting.participants for name in (each.id, each.name, *each.aliases)}
    return (frozenset(named) - {group.id for group in meeting.groups}) | withheld_groups(meeting, level)


def withhold(proceedings: Proceedings, level: str) -> Proceedings:
    """The proceedings as they may leave on a level of attribution."""
    meeting = proceedings.meeting
    groups = withheld_groups(meeting, level)
    labels = _labels(proceedings.labels, groups, withheld_desks(meeting, level))
    chapters = tuple(_chapter(each, groups) for each in proceedings.chapters) if groups else proceedings.chapters
    return proceedings._replace(chapters=chapters, labels=labels)


def _labels(labels: Mapping[str, Labelled], groups: frozenset[str], desks: frozenset[str]) -> dict[str, Labelled]:
    """The labels; one that says too much is called after its session, by the next number that is free there."""
    found, hidden = {}, []
    used: Counter[tuple[str, str]] = Counter()
    for entry_id, (label, session) in labels.items():
        found[entry_id] = Labelled(label, session)
        if label.owner in groups or label.desk in desks:
            hidden.append(entry_id)
        else:
            used[label.owner, label.desk] = max(used[label.owner, label.desk], label.number)
    for entry_id in hidden:
        label, session = found[entry_id]
        owner = session if label.owner in groups else label.owner
        used[owner, ""] += 1
        found[entry_id] = Labelled(Label(owner, used[owner, ""]), session)
    return found


def _chapter(chapter: Chapter, groups: frozenset[str]) -> Chapter:
    answers = tuple(
        answer._replace(
            paragraphs=_nobodys(answer.paragraphs, groups),
            statements=_nobodys(answer.statements, groups),
            loose=_nobodys(answer.loose, groups),
            reported=_nobodys(answer.reported, groups),
        )
        for answer in chapter.answers
    )
    common = tuple(
        each._replace(
            targets=_nobodys(each.targets, groups),
            groups=tuple(group for group in each.groups if group not in groups),
            against=tuple(group for group in each.against if group not in groups),
        )
        for each in chapter.common
    )
    return chapter._replace(answers=answers, common=common, decided=_nobodys(chapter.decided, groups))


def _nobodys(stated: Iterable[Statement], groups: frozenset[str]) -> tuple[Statement, ...]:
    return tuple(each._replace(group="") if each.group in groups else each for each in stated)
