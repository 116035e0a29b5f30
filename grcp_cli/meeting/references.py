"""What a typed number or label means, and what an entry is called: `12`, `africa:12`, `africa3`, `session-3/common1`.

In one's own file a number means one's own. A label means what is printed so, whatever session one sits in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .entry import Source
from .labels import COMMON, home, spelled, typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .agenda import Meeting
    from .entry import Entry
    from .gathered import Gathered

_NUMBER = re.compile(
    r"(?:(?P<session>[a-z0-9-]+)/)?(?:(?P<desk>[a-z0-9-]*)(?:~(?P<branch>[0-9a-z-]+))?:)?(?P<number>[0-9]{1,9})"
)
_LABEL = re.compile(r"(?:(?P<session>[a-z0-9-]+)/)?(?P<bare>[^/~]+)(?:~(?P<seal>[0-9a-z-]+))?")


def called(entry: Entry, source: Source, own: Source) -> str:
    """How a captured entry is called from one's own file: `12`, `session-4:12`, `session-4/africa~9f2c:12`."""
    if own.holds(source):
        return str(entry.n)
    if source.session == own.session:
        return f"{source.name}:{entry.n}"
    return f"{source.session}/{source.name}:{entry.n}" if source.name else f"{source.session}:{entry.n}"


def named(entry_id: str, gathered: Gathered, meeting: Meeting, own: Source) -> str:
    """A number, else a label, that leads back to an entry; empty for none."""
    entry, source, label = gathered.entry(entry_id), gathered.source(entry_id), gathered.label(entry_id)
    if entry is None or source is None:
        return ""
    names = [called(entry, source, own)] if entry.captured else []
    names += [typed(label, source.session, meeting)] if label else []
    return next((name for name in names if meant(name, gathered, own, meeting) == [entry_id]), "")


def like_one(text: str, meeting: Meeting) -> bool:
    """Whether a whole text has the form of a number, or of a label that somebody's entries may have."""
    wanted = text.casefold().strip()
    owner = wanted.rpartition("/")[2].rstrip("0123456789").rstrip(" .")
    owned = owner == COMMON or meeting.group(owner) is not None or meeting.session(owner) is not None
    return bool(_NUMBER.fullmatch(wanted)) or (owned and wanted[-1:].isdecimal())


def several(reference: str, found: Iterable[str], gathered: Gathered, meeting: Meeting, own: Source) -> tuple[str, str]:
    """That a person must say which entry a reference means, and what to type for each."""
    ways = [named(each, gathered, meeting, own) for each in found]
    return f"{reference} means {len(ways)} entries", f"say which: {' or '.join(filter(None, ways))}"


def written_out(gathered: Gathered, meeting: Meeting) -> dict[str, str]:
    """What is typed for a label as a person writes it out, in small letters: `africa3` for `africa 3`.

    What is written out in full comes before what leaves something out.
    """
    ways = [
        (rank, way)
        for entry_id, label in gathered.labelled().items()
        if (source := gathered.source(entry_id))
        for rank, way in enumerate(spelled(label, source.session, meeting))
    ]
    names: dict[str, str] = {}
    for _, (name, what) in sorted(ways, key=lambda each: each[0]):
        names.setdefault(" ".join(name.casefold().split()), what)
    return names


def meant(reference: str, gathered: Gathered, own: Source, meeting: Meeting | None = None) -> list[str]:
    """The ids that a number or label may mean: none, one, or several that a person must choose among.

    Args:
        reference: As typed.
        gathered: All files of the meeting.
        own: Whose numbers need no desk.
        meeting: The agenda, which tells where a bare label is at home; without it the first in the record has it.
    """
    wanted = reference.casefold()
    match = _NUMBER.fullmatch(wanted)
    if match and (match["desk"] is not None or match["session"] is None):
        found = _numbered(match, gathered, own)
        if found:
            return [each for each in found if not gathered.undone(each)]
    match = _LABEL.fullmatch(wanted)
    if match is None:
        return []
    found = [
        entry_id
        for entry_id, label in gathered.labelled().items()
        if label.bare == match["bare"]
        and label.seal.startswith(match["seal"] or "")
        and not gathered.undone(entry_id)
        and gathered.key(entry_id)
    ]
    return _foremost(found, match["session"], match["seal"], gathered, own, meeting)


def _numbered(match: re.Match[str], gathered: Gathered, own: Source) -> list[str]:
    """The entries of a number, undone ones too."""
    desk, session, branch, number = match["desk"], match["session"], match["branch"] or "", int(match["number"])
    if desk is None:
        return _of((each for each in gathered.segments if own.holds(each)), "", number, gathered)
    places = [Source(session or own.session, desk)]
    if desk and not session:
        others = {each[:2] for each in gathered.segments if each.desk == desk}
        places.append(Source(desk))
        places += [Source(*each) for each in others] if len(others) == 1 else []  # the only desk of that name
    for place in places:
        of = (each for each in gathered.segments if each[:2] == place[:2])
        if found := _of(of, branch, number, gathered):
            return found
    return []


def _of(segments: Iterable[Source], branch: str, number: int, gathered: Gathered) -> list[str]:
    labelled = (each for each in sorted(segments) if each.label.startswith(branch))
    return [found for each in labelled if (found := gathered.numbered(each, number))]


def _foremost(
    found: list[str], session: str | None, seal: str | None, gathered: Gathered, own: Source, meeting: Meeting | None
) -> list[str]:
    """Of entries with one label those that it means: of the session said, else where it stands bare, else one's own.

    Of several branches of one's own desk it is one's own branch; of two desks it is neither.
    """
    sources = {each: source for each in found if (source := gathered.source(each))}
    if session:
        sources = {each: source for each, source in sources.items() if source.session == session}
    elif len({source.session for source in sources.values()}) > 1:
        preferred = [own.session]
        if meeting is None:
            first = min(sources, key=lambda each: (sources[each].session != own.session, gathered.key(each)))
            preferred = [sources[first].session]
        elif label := gathered.label(found[0]):
            preferred = [home(label.owner, meeting), own.session]
        for each_session in preferred:
            if here := {each: source for each, source in sources.items() if source.session == each_session}:
                sources = here
                break
    if not seal and len({source.desk for source in sources.values()}) == 1:
        mine = {each: source for each, source in sources.items() if own.holds(source)}
        sources = mine or sources
    return sorted(sources, key=lambda each: (sources[each], each))
