"""What is missing: groups without a file or an answer, questions, partners nobody named, what nobody decided on.

Worked out from the proceedings, as the matrix is; report, status and console draw it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .clock import ENDED
from .matrix import partners, typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .agenda import Meeting, Question
    from .matrix import Partner
    from .proceedings import Answer, Chapter, Proceedings
    from .record import Statement


class Silent(NamedTuple):
    """A question, and the groups that have a file but no answer to it."""

    question: Question
    groups: tuple[str, ...]


class Quota(NamedTuple):
    """How many answers each group has of those asked for.

    Attributes:
        question: Whose `expected_per_group` or `max_per_group` it is.
        of: How many.
        expected: Whether so many are expected; otherwise at most so many.
        groups: By group, those it was asked of.
    """

    question: Question
    of: int
    expected: bool
    groups: tuple[tuple[str, int], ...]

    @property
    def short(self) -> tuple[tuple[str, int], ...]:
        """The groups with fewer than expected."""
        return tuple((group, n) for group, n in self.groups if n < self.of) if self.expected else ()


class Gaps(NamedTuple):
    """What is missing in one session.

    Attributes:
        chapter: The session.
        over: Whether it ended, or a later one has begun.
        no_file: Ids of the groups that have no file.
        silent: Questions that some of the groups with a file have not answered.
        unanswered: Questions that nobody has answered.
        quotas: Those of its questions.
        undecided: Recommendations read back here that have no status, then common ones made here.
    """

    chapter: Chapter
    over: bool
    no_file: tuple[str, ...]
    silent: tuple[Silent, ...]
    unanswered: tuple[Question, ...]
    quotas: tuple[Quota, ...]
    undecided: tuple[Statement, ...]


class Coverage(NamedTuple):
    """What is missing in all; only sessions that have a file are in it.

    Attributes:
        sessions: In running order.
        partners: Every type of partner, and who named it.
        unnamed: Those offered somewhere by now that nobody named, in the agenda's order.
    """

    sessions: tuple[Gaps, ...]
    partners: tuple[Partner, ...]
    unnamed: tuple[Partner, ...]


def coverage(proceedings: Proceedings, hidden: Collection[str] = ()) -> Coverage:
    """What is missing.

    Args:
        proceedings: The chapters asked about.
        hidden: Ids of groups that may not be told of.
    """
    begun = [at for at, chapter in enumerate(proceedings.chapters) if chapter.begun]
    chapters = [proceedings.chapters[at] for at in begun]
    last = chapters[-1] if chapters else None
    offered = {tag for chapter in chapters for leaf in chapter.session.leaves for tag in leaf.tags}
    named = partners(proceedings)
    return Coverage(
        tuple(_gaps(each, proceedings.meeting, hidden, later=each is not last) for each in chapters),
        tuple(named),
        tuple(each for each in named if each.actor.id in offered and not each.groups),
    )


def _gaps(chapter: Chapter, meeting: Meeting, hidden: Collection[str], *, later: bool) -> Gaps:
    session = chapter.session
    groups = [group for group in session.groups if group not in hidden]
    over = later or (chapter.held is not None and chapter.held.clock.state == ENDED)
    unanswered = tuple(answer.question for answer in chapter.unanswered if answer.question)
    asked = [answer for answer in chapter.answers if answer.question and not answer.question.subs]
    filed = [group for group in groups if group in chapter.filed]
    return Gaps(
        chapter,
        over,
        tuple(group for group in groups if group not in chapter.filed),
        tuple(_silent(asked, filed, unanswered)),
        unanswered,
        tuple(_quotas(asked, groups, meeting, hidden)),
        (*_undecided(asked), *_undecided_common(chapter)) if over else (),
    )


def _silent(asked: list[Answer], filed: list[str], unanswered: Collection[Question]) -> Iterator[Silent]:
    for answer in asked:
        assert answer.question is not None
        heard = {each.group for each in answer.statements}
        if answer.question not in unanswered and (groups := tuple(each for each in filed if each not in heard)):
            yield Silent(answer.question, groups)


def _quotas(asked: list[Answer], groups: list[str], meeting: Meeting, hidden: Collection[str]) -> Iterator[Quota]:
    for answer in asked:
        question = answer.question
        assert question is not None
        of = question.expected_per_group or question.max_per_group
        if not of:
            continue
        origin = meeting.session(question.reports_back.partition("/")[0])
        whose = groups or [each for each in (origin.groups if origin else ()) if each not in hidden]
        whose = whose or [each.id for each in meeting.groups if each.id not in hidden]
        given = [each.group for each in (*answer.statements, *answer.reported) if each.kind == question.captures]
        counts = tuple((group, given.count(group)) for group in whose)
        yield Quota(question, of, question.expected_per_group is not None, counts)


def _undecided(asked: list[Answer]) -> Iterator[Statement]:
    for answer in asked:
        if answer.question and answer.question.reports_back:
            for each in (*answer.reported, *answer.statements):
                if each.kind == "recommendation" and not each.status:
                    yield each


def _undecided_common(chapter: Chapter) -> Iterator[Statement]:
    yield from (each.stated for each in chapter.common if not each.stated.status)


def as_data(proceedings: Proceedings) -> dict[str, Any]:
    """Coverage for scripts; every key is always there."""
    found = coverage(proceedings)
    return {
        "sessions": [_session(proceedings, each) for each in found.sessions],
        "actors": [
            {"id": each.actor.id, "name": each.actor.name, "groups": {group or "": n for group, n in each.groups}}
            for each in found.partners
        ],
        "unnamed": [each.actor.id for each in found.unnamed],
    }


def _session(proceedings: Proceedings, gaps: Gaps) -> dict[str, Any]:
    return {
        "id": gaps.chapter.session.id,
        "over": gaps.over,
        "no_file": list(gaps.no_file),
        "no_answer": [{"question": each.question.address, "groups": list(each.groups)} for each in gaps.silent],
        "unanswered": [each.address for each in gaps.unanswered],
        "counts": [
            {
                "question": each.question.address,
                "expected": each.question.expected_per_group,
                "most": each.question.max_per_group,
                "groups": dict(each.groups),
            }
            for each in gaps.quotas
        ],
        "undecided": [typed(proceedings, each.entry.id) or each.entry.id for each in gaps.undecided],
    }
