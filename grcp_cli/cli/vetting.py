"""Whether a report may be called final or adopted, and what the person who signs it should know."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from grcp_cli.errors import GrcpError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grcp_cli.store.records import Loaded

    from .making import Composed


class NotFinalError(GrcpError):
    """A report that is not ready to be final: every reason at once."""

    exit_code = 5


class NotWholeError(NotFinalError):
    """A report that lacks nothing but records which are as grcp wrote them."""

    exit_code = 3


def vetted(made: Composed, loaded: Loaded, path: Path) -> list[str]:
    """What to tell of a report: in a draft the names that should not stand, in a final one what it leaves open.

    Args:
        made: The report.
        loaded: The records that it is made from.
        path: Where it is to lie, without an ending.

    Raises:
        NotFinalError: Names, open conflicts or questions without paragraphs are left, or the records are not whole.
    """
    from grcp_cli.report import readiness
    from grcp_cli.store import issues, places
    from grcp_cli.store.records import notices

    def issued() -> dict[str, str]:
        return issues.addresses(places.report(rehearsal=made.choices.rehearsal), made.proceedings.meeting.id)

    named = readiness.names(made.document, made.proceedings, made.choices, loaded.record, issued)
    if made.choices.status not in readiness.FINAL:
        return [each.told for each in named]
    remedy = "grcp record verify tells what is not whole, grcp record repair lets a change stand"
    faults = [readiness.Reason(each, remedy) for each in notices(loaded)]
    unfinished = list(readiness.unfinished(made.proceedings, made.choices))
    if reasons := [*named, *unfinished, *faults]:
        told = f"this report cannot be {made.choices.status} yet:\n" + "\n".join(each.told for each in reasons)
        failure = NotWholeError if reasons == faults else NotFinalError
        raise failure(told, readiness.remedies(reasons))
    left = "; ".join(readiness.left_open(made.proceedings))
    confided = readiness.confided(made.document, loaded.record)
    return [*([f"left open: {left}"] if left else []), *confided, *_adoption(made, path)]


def _adoption(made: Composed, path: Path) -> Iterator[str]:
    """What is odd about an adoption, in sentences; it is for people to say whether it is wrong."""
    if not made.choices.adopted:
        return
    from grcp_cli.machine import Machine
    from grcp_cli.store import issues

    if issues.read_map(path.with_name(f"{path.name}.{issues.MAP}")) is None:
        yield f"no final of this report lies in {path.parent}: it is adopted as the records have it now"
    day, as_of = date.fromisoformat(made.choices.adopted), made.proceedings.as_of
    if day > Machine(made.proceedings.meeting.timezone).now().date():
        yield f"adopted on {day}, which is still to come"
    if as_of and day < as_of.date():
        yield f"adopted on {day}, before the last entry of {as_of.date()}"
