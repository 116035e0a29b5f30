"""What changed in a report, as lines: words taken out as `[-so-]`, words put in as `{+so+}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.report.changes import ADDED, CHANGED, IN, KEPT, MOVED, OUT, REMOVED, RENUMBERED, words

from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.text import Text

    from grcp_cli.report.changes import Change, Word

_MARKS = {KEPT: ("", ""), OUT: ("[-", "-]"), IN: ("{+", "+}")}


def lines(changes: Iterable[Change]) -> Iterator[str]:
    """A line a change; a run of paragraphs that are only numbered anew is one."""
    run: list[Change] = []
    for change in changes:
        if run and not _goes_on(run[-1], change):
            yield _renumbered(run)
            run = []
        if change.what == RENUMBERED:
            run.append(change)
            continue
        yield drawn_line(f"{_called(change)} {_told(change)}")
        for each in change.lines:
            mark = f"{each.mark} " if each.mark else ""
            yield drawn_line(f"    {mark}{each.what}: {_words(each)}")
    if run:
        yield _renumbered(run)


def coloured(line: str) -> Text:
    """A line for a terminal: what was taken out and put in stands out."""
    from rich.text import Text

    told = Text(line)
    told.highlight_regex(r"\[-.*?-\]", "red strike")
    told.highlight_regex(r"\{\+.*?\+\}", "green underline")
    return told


def _goes_on(last: Change, change: Change) -> bool:
    """Whether a change continues a run of paragraphs that moved by as many numbers."""
    if change.what != RENUMBERED or None in (last.was, last.now, change.was, change.now):
        return False
    return (change.was, change.now) == ((last.was or 0) + 1, (last.now or 0) + 1)


def _renumbered(run: list[Change]) -> str:
    first, last = run[0], run[-1]
    if first is last:
        return f"p{first.was} is now p{first.now}"
    return f"p{first.was}–p{last.was} are now p{first.now}–p{last.now}"


def _called(change: Change) -> str:
    """The paragraph: its number then, and now where that is another; a list without one by where it stands."""
    was, now = (f"p{each}" if each is not None else "" for each in (change.was, change.now))
    if was and now and was != now:
        return f"{was} (now {now})"
    return was or now or change.place


def _told(change: Change) -> str:
    where = f" to {change.place}" if change.what == MOVED else f", {change.place}" if change.what == ADDED else ""
    words = _words(change)
    return f"{change.what}{where}" + (f": {words}" if words else "")


def _words(change: Change) -> str:
    if change.what in (ADDED, REMOVED):
        return change.after if change.what == ADDED else change.before
    if change.what != CHANGED or change.before == change.after:
        return change.after
    return "".join(map(marked, words(change.before, change.after)))


def marked(word: Word) -> str:
    """A run of words in its marks; the space before it stays outside."""
    begin, end = _MARKS[word.what]
    bare = word.text.lstrip()
    return f"{word.text[: len(word.text) - len(bare)]}{begin}{bare}{end}"
