"""Meeting and session, the wall clock, and the session's time in big digits with a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from grcp_cli.console.clean import drawn_line
from grcp_cli.meeting import clock

from . import facts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from textual.app import ComposeResult

    from grcp_cli.meeting.clock import Figures
    from grcp_cli.meeting.schedule import Slot


class Masthead(Vertical):
    """What reads from across the table; a tick changes only what shows a second."""

    DEFAULT_CSS = """
    Masthead { height: 4; background: $panel; padding: 0 1; }
    Masthead #title { width: 1fr; height: 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
    Masthead #wall { width: auto; height: 1; color: $quiet; }
    Masthead .row { height: 1; }
    Masthead #time { height: 3; }
    Masthead Digits { width: 22; height: 3; color: $primary; text-style: bold; }
    Masthead.-late Digits { color: $accent; }
    Masthead #turn { display: none; width: 18; margin-left: 2; }
    Masthead.-warned #turn { color: $accent; }
    Masthead #facts { width: 1fr; height: 3; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, title: str, zone: str, slot: Slot | None) -> None:
        super().__init__()
        self._title = drawn_line(title)
        self._zone = zone
        self._slot = slot
        self._shown: Content | None = None
        self._clock = ""
        self._told_last: tuple[Figures, datetime, tuple[str, ...], facts.Speaking | None] | None = None
        self._wall = Static(Content(f"00:00:00 {zone}"), id="wall")
        self._digits = Digits("")
        self._turn = Digits("", id="turn")
        self._facts = Static(id="facts")

    def compose(self) -> ComposeResult:
        """The widgets."""
        with Horizontal(classes="row"):
            yield Static(Content(self._title), id="title")
            yield self._wall
        with Horizontal(id="time"):
            yield self._digits
            yield self._facts
            yield self._turn

    def show(
        self, now: Figures, at: datetime, added: Iterable[str] = (), speaking: facts.Speaking | None = None
    ) -> None:
        """Shows the time; draws only what changed.

        Args:
            now: The session's figures.
            at: The wall clock, in the meeting's zone.
            added: What else to tell of time, such as what a mirror lacks.
            speaking: Who has the floor: the second clock, where there is room.
        """
        self._told_last = now, at, tuple(added), speaking
        self.set_class(speaking is not None, "-spoken")
        self.set_class(speaking is not None and speaking.warned, "-warned")
        if speaking is not None and self._turn.value != speaking.time:
            self._turn.update(speaking.time)
        wall = f"{at:%H:%M:%S} {self._zone}"
        if wall != self._clock:
            self._clock = wall
            self._wall.update(Content(wall), layout=False)
        left = facts.countdown(now.left)
        if self._digits.value != left:
            self._digits.update(left)
        self.set_class(now.state == clock.RUNNING and now.left <= 0, "-late")
        content = self._told(now, list(self._told_last[2]), shown=self._digits.display)
        if self._shown is None or content.plain != self._shown.plain:
            self._shown = content
            self._facts.update(content, layout=False)

    def on_resize(self) -> None:
        """Draws the bar as long as there is room."""
        if self._told_last is not None:
            self.show(*self._told_last)

    def _told(self, now: Figures, added: list[str], *, shown: bool) -> Content:
        width = max(10, self._facts.size.width)
        over = now.state == clock.RUNNING and now.left <= 0
        parts = [facts.ends(now, self._slot)]
        if not shown:
            parts.insert(0, f"{facts.countdown(now.left)} {'over' if now.left < 0 else 'left'}")
        state = Content.styled(facts.state(now), "bold $accent reverse" if over else "bold $primary")
        head = Content.assemble(state, "".join(f" · {part}" for part in parts if part))
        if self._facts.size.height == 1:
            return head
        past, still, beyond = facts.bar(now, width)
        bar = Content.assemble((past, "$primary"), (still, "$quiet"), (beyond, "bold $accent"))
        more = facts.fitting([*added, *facts.used(now, self._slot)], width)
        return Content("\n").join([head, bar, Content.styled(more, "$quiet")])
