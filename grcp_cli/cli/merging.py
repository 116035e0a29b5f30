"""What `grcp record merge` does: looks at what was handed over, tells what is new in it, takes it in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from grcp_cli.errors import GrcpError

from . import options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.store.incoming import Given, Incoming
    from grcp_cli.store.merging import Plan
    from grcp_cli.store.steps import Step

_AGAIN = 5
"""How often it is decided anew where others write meanwhile."""


class FaultsError(GrcpError):
    """Something that was handed over was not taken, or not as it should be."""

    exit_code = 3


class MissingError(GrcpError):
    """Nothing is where something was said to be; all else was taken."""

    exit_code = 4


class BusyFolderError(GrcpError):
    """Files of the folder change faster than they can be merged into."""

    exit_code = 6


class Agenda(NamedTuple):
    """The agenda that is merged under.

    Attributes:
        meeting: As read.
        put: What is to be put into `agendas/`, and where; None for nothing.
        told: What to tell of those that were handed over, in sentences.
        faults: Of these, what a person should see to.
    """

    meeting: Meeting
    put: tuple[Path, bytes] | None
    told: tuple[str, ...]
    faults: tuple[str, ...]


def agenda_of(asked: str | None, records: Path | None, incoming: Incoming) -> Agenda:
    """The agenda asked for or here, else the one that was handed over.

    Where records were written with the built-in agenda, that one is here: no other takes the folder over.

    Raises:
        GrcpError: As `options.agenda_file` does, or agendas of several meetings were handed over.
    """
    from grcp_cli.store import agendas, places
    from grcp_cli.store.records import meetings

    chosen = bool(asked or os.environ.get("GRCP_AGENDA"))
    own = here = chosen or any(not each.name.startswith(".") for each in Path("agendas").glob("*.toml"))
    parsed: list[tuple[Given, Meeting]] = []
    faults = []
    for given in incoming.agendas:
        try:
            parsed.append((given, agendas.parse(given.data, given.name)))
        except agendas.AgendaFaults as error:
            faults.append(f"{given.name} is no agenda that holds together: {str(error).splitlines()[0]}")
    built_in = places.built_in("agendas") / f"{places.BUILT_IN}.toml"
    brought = {meeting.id: (given, meeting) for given, meeting in reversed(parsed)}
    if not own and brought:
        held = meetings(places.records(records, "any", rehearsal=False).parent)
        own = bool(held - ({*brought} - {agendas.load(built_in).id}))
    if not own and brought:
        if len(brought) > 1:
            raise options.NoChoiceError(
                f"there are agendas of {', '.join(brought)} in it", "say which with --agenda, in a folder for each"
            )
        ((given, meeting),) = brought.values()
    else:
        path = options.agenda_file(asked)
        meeting = agendas.load(path)
    told, put = [], None
    if not here and meeting.id in brought and brought[meeting.id][1] == meeting:
        # The built-in one too: from here on it is this meeting's, whatever a later grcp builds in.
        put = Path("agendas", f"{meeting.id}.toml"), brought[meeting.id][0].data
        told.append(f"the agenda of {meeting.id} goes to {put[0]}")
    differing = [(given, theirs) for given, theirs in parsed if theirs.id == meeting.id and theirs != meeting]
    for given, _ in {theirs: (given, theirs) for given, theirs in differing}.values():
        bundle = given.name.rpartition(".zip:")[0]
        how = f"take it out of {bundle}.zip, as any program that unpacks does, and name it" if bundle else "name it"
        told.append(f"the agenda {given.name} differs from yours, which stays: to use theirs, {how} with --agenda")
    return Agenda(meeting, put, tuple(told), tuple(faults))


def carry_out(plan: Plan, agenda: Agenda) -> list[Step]:
    """Does all that was decided; what others changed meanwhile is decided anew.

    Args:
        plan: What was decided.
        agenda: May have to be put in place first.

    Returns:
        What was done.

    Raises:
        DiskError: The system refused; what was done by then is done, and merging again goes on behind it.
        BusyFolderError: Others write faster.
    """
    from grcp_cli.store import durable
    from grcp_cli.store.steps import WRITES, act

    if agenda.put and not agenda.put[0].exists():
        durable.replace(*agenda.put)
    done = []
    for decided in plan.steps:
        step = decided
        for _ in range(_AGAIN):
            if step.what not in WRITES or act(step):
                break
            (step,) = plan.anew().take_all([step.given])
        else:
            raise BusyFolderError(f"{step.path} is being written to by others", "merge again in a moment")
        done.append(step)
    return done


def lines(steps: Sequence[Step]) -> Iterator[str]:
    """What is new, or known already, a line for each file."""
    from grcp_cli.store.steps import OLDER, SAME, WRITES

    for step in steps:
        if step.what in WRITES or step.what in (SAME, OLDER):
            name = step.path.name if step.path else ""
            parts = (step.what, name, *(_counted(step) if step.what in WRITES else ()), f"from {step.given.name}")
            yield " · ".join(parts)


def _counted(step: Step) -> Iterator[str]:
    counts = step.counts
    if counts.completed:
        yield f"{_count(counts.completed, 'withheld block', 'withheld blocks')} in full"
    kinds = [_count(number, kind, f"{kind}s") for kind, number in counts.kinds.items()]
    if kinds:
        yield ", ".join(kinds)
    if counts.groups:
        yield ", ".join(f"{group} {number}" for group, number in counts.groups.items())
    for number, what in ((counts.internal, "internal"), (counts.withheld, "withheld")):
        if number:
            yield f"{number} {what}"
    if counts.acts:
        yield _count(counts.acts, "act", "acts")


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def notices(steps: Sequence[Step], incoming: Incoming, agenda: Agenda) -> Iterator[str]:
    """What else a person should know, in sentences; faults are told apart."""
    from grcp_cli.store.steps import ACCEPTED, FORK, REAL, REHEARSED

    yield from agenda.told
    for step in steps:
        if step.what == FORK:
            name = step.path.name if step.path else ""
            how = "both were written on since they were one;"
            if not step.shared:
                how = "two files of one desk that have nothing in common;"
            yield f"{step.given.name}: {how} both are kept, this one as {name}"
        if step.what == ACCEPTED:
            how = "differs by what was changed by hand and accepted, which holds"
            yield f"{step.given.name}: {how}; both are kept, this one as {step.path.name if step.path else ''}"
        for notice in step.notices:
            yield f"{step.given.name}: {notice}"
    for told in incoming.told:
        if not told.fault:
            yield f"{told.name} {told.what}; left alone"
    if rehearsed := sum(step.what == REHEARSED and not step.faults for step in steps):
        yield f"{_count(rehearsed, 'file', 'files')} of a rehearsal left alone; --rehearsal takes them"
    if real := sum(step.what == REAL and not step.faults for step in steps):
        yield f"{_count(real, 'file', 'files')} of the real record left alone; they are merged without --rehearsal"


def faults(steps: Sequence[Step], incoming: Incoming, agenda: Agenda) -> list[str]:
    """What a person should see to, in sentences."""
    return [
        *agenda.faults,
        *(f"{step.given.name} {fault}" for step in steps for fault in step.faults),
        *(f"{told.name} {told.what}" for told in incoming.told if told.fault),
        *(f"{each} is not there" for each in incoming.missing),
    ]


def as_data(steps: Sequence[Step], incoming: Incoming, agenda: Agenda, *, written: bool) -> dict[str, Any]:
    """A merge for scripts: every key is always there, absent is null."""
    put = agenda.put
    return {
        "meeting": agenda.meeting.id,
        "written": written,
        "agenda": str(put[0]) if put else None,
        "files": [_step(each) for each in steps],
        "notices": list(notices(steps, incoming, agenda)),
        "faults": faults(steps, incoming, agenda),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "from": step.given.name,
        "what": step.what,
        "file": step.path.name if step.path else None,
        "session": step.source.session if step.source else None,
        "desk": (step.source.desk or None) if step.source else None,
        "entries": dict(step.counts.kinds),
        "groups": dict(step.counts.groups),
        "internal": step.counts.internal,
        "withheld": step.counts.withheld,
        "completed": step.counts.completed,
        "acts": step.counts.acts,
    }
