"""Writes a new agenda as TOML that a person can go on with: remarks say what else may stand where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tomli_w

if TYPE_CHECKING:
    from collections.abc import Iterator

Table = dict[str, Any]

_HEAD = """\
# An agenda for grcp. What stands behind a # is a remark.
# grcp agenda check tells every fault; grcp agenda show shows it with its times.

format = 1
"""
_MEETING = """\
# May also stand here:
# theme = "…"
# purpose = "…"                  # the stem of the meeting's objective
# aims = ["…", "…"]              # (i), (ii)
# issues = ["…"]                 # issues to be addressed
# attribution = "none"           # who is named in the report: none, chatham, group or full
# running_order = ["session-1"]  # where it differs from the order below
"""
_TIMING = """\
# What the clock warns of. Minutes, unless the name says otherwise.
[timing]
warn_minutes = [5, 2]            # before the end of a session
warn_intervention_seconds = [30]
intervention_minutes = 3
panellist_minutes = 10
report_back_minutes = 2
# hard_stops = [13:00:00]        # when the interpreters leave
"""
_GROUP = """\
# Breakout groups; a session with groups = "all" has a desk for each.
"""
_NO_GROUP = """\
# Breakout groups, and a desk for each in a session with groups = "all":
# [[group]]
# id = "africa"
# name = "Africa"
"""
_PEOPLE = """\
# Who may take the floor, and the types of partner that a question may offer as tags:
# [[participant]]
# id = "colombo-process"
# name = "Colombo Process"
# group = "asia"                 # optional; so are aliases, kind and represents
#
# [[actor]]
# id = "academia"
# name = "academia"
"""
_SESSIONS = """\
# Sessions. Each may also have: objectives = ["…"], room, moderator, panellists, rapporteurs.
# Each question may also have:
#   minutes = 20                 # its share of the session
#   captures = "recommendation"  # what is typed here becomes: note (as it is now), achievement, lesson, practice,
#                                # recommendation, partnership, resource, measure, action, agreement …
#   max_per_group = 5            # "up to five"
#   reports_back = "session-1/q1"
"""


def written(agenda: Table) -> str:
    """The text of an agenda file.

    Args:
        agenda: Its tables: `meeting`, a list `group` and a list `session`, whose questions stand in a list
            `question` and theirs in a list `sub`.
    """
    return "\n".join(_parts(agenda))


def _parts(agenda: Table) -> Iterator[str]:
    groups: list[Table] = agenda["group"]
    yield _HEAD
    yield f"[meeting]\n{_keys(agenda['meeting'])}{_MEETING}"
    yield _TIMING
    yield _GROUP if groups else _NO_GROUP
    for group in groups:
        yield f"[[group]]\n{_keys(group)}"
    yield _PEOPLE
    yield _SESSIONS
    for session in agenda["session"]:
        yield f"[[session]]\n{_keys(session)}"
        for question in session.get("question", ()):
            yield f"[[session.question]]\n{_keys(question)}"
            for sub in question.get("sub", ()):
                yield f"[[session.question.sub]]\n{_keys(sub)}"


def _keys(table: Table) -> str:
    """The table's own values, one to a line; its inner tables have headers of their own."""
    return tomli_w.dumps({key: value for key, value in table.items() if key not in ("question", "sub")})
