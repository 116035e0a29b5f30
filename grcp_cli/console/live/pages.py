"""What an answer shows: a page on top of the screen, or another look at what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.clock import RUNNING
from grcp_cli.meeting.sieve import Sieve, sieve

from . import facts
from .closing_page import Came, ClosingPage
from .forward_page import ForwardPage
from .help import page as help_page
from .page import TITLES, Page
from .read_back import ReadBack
from .wish import Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from grcp_cli.console.writer import Answer
    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.clock import Figures
    from grcp_cli.meeting.decision import Show
    from grcp_cli.meeting.forward import Crowded
    from grcp_cli.meeting.schedule import Slot
    from grcp_cli.meeting.walkthrough import Walk

    from .composer import Composer
    from .listed import Listed
    from .questions import Questions


_NEAR = 300.0
"""Seconds from the end at which the time on a page has the colour of warnings; what is told has the agenda's."""


class Pages:
    """Shows what lines asked for."""

    def __init__(
        self,
        app: App[Wish],
        meeting: Meeting,
        session: Session,
        composer: Composer,
        listed: Listed,
        questions: Questions,
        leave: Callable[[Wish], None],
    ) -> None:
        self._app = app
        self._meeting, self._session = meeting, session
        self._composer = composer
        self._listed = listed
        self._questions = questions
        self._leave = leave
        self._read_at = ""
        self._state = ""
        self._refreshes = False

    def show(self, show: Show, said: tuple[str, ...], crowded: tuple[Crowded, ...] = ()) -> None:
        """Shows what a line asked for.

        Args:
            show: What.
            said: The lines that answer it, where the clerk gave them.
            crowded: Where it is to be chosen which answers to bring forward.
        """
        if show.what == "quit":
            self._leave(Wish.NOTHING)
        elif show.what == "help":
            self._app.push_screen(help_page(show.argument))
        elif show.what == "fit":
            self._composer.told.say(*said)
        elif show.what in TITLES:
            self._app.push_screen(Page(TITLES[show.what], ("", *said)))
        elif show.what == "readback":
            self._read_back()
        elif show.what == "forward":
            self._forward_or_say(crowded)
        elif show.what == "closing":
            self._show_closing(said, crowded)
        else:
            asked = sieve(show, self._session)
            if asked.open:
                self._questions.only_open = not self._questions.only_open
                self._composer.told.say(self._questions.silent())
            else:
                self._listed.only(asked)

    def show_all(self) -> bool:
        """Takes back what only some of is shown; False where there was nothing to take back."""
        if self._listed.whole and not self._questions.only_open:
            return False
        self._questions.only_open = False
        self._listed.only(Sieve())
        return True

    # The closing page.

    @property
    def _closing(self) -> ClosingPage | None:
        """The closing page, also beneath another; None where there is none."""
        return next((each for each in self._app.screen_stack if isinstance(each, ClosingPage)), None)

    def _show_closing(self, lines: tuple[str, ...], crowded: tuple[Crowded, ...]) -> None:
        came = Came(lines, bool(crowded), self._state)
        refreshed, self._refreshes = self._refreshes, False
        if page := self._closing:
            page.show(came)
        elif not refreshed:  # else it was left meanwhile, and stays so
            self._app.push_screen(ClosingPage(came), self._closed)

    def _closed(self, wanted: Wish | str | None) -> None:
        if isinstance(wanted, Wish):
            self._leave(wanted)
        elif wanted:
            self._composer.say(wanted)

    # Which to bring forward.

    def _forward_or_say(self, crowded: tuple[Crowded, ...]) -> None:
        if crowded:
            self._forward(crowded)
        else:
            self._say("no group has more than was asked for")

    def _forward(self, crowded: tuple[Crowded, ...]) -> None:
        """One group after the other; the closing page from which that was asked comes back as it stands then."""
        first, *rest = crowded

        def decided(lines: tuple[str, ...] | None) -> None:
            for line in lines or ():
                self._composer.do(line)
            if lines == ():
                self._say("it stands so already")
            if rest:
                self._forward(tuple(rest))
            elif self._closing:
                self._refreshes = True
                self._composer.do("/closing")

        self._app.push_screen(ForwardPage(first, self._meeting, self._state), decided)

    def _say(self, text: str) -> None:
        """Tells a sentence on the closing page where it is shown, else on the screen."""
        if page := self._closing:
            page.tell(text)
        else:
            self._composer.told.say(text)

    # Reading back.

    @property
    def reading(self) -> ReadBack | None:
        """The page that reads back, None where none does."""
        top = self._app.screen_stack[-1] if self._app.screen_stack else None
        return top if isinstance(top, ReadBack) else None

    def _read_back(self) -> None:
        self._read_at = self._listed.here
        items = self._listed.in_turn(self._read_at)
        if not items:
            self._composer.told.say("there is nothing to read back yet")
        else:
            self._app.push_screen(ReadBack(self._meeting, items))

    def follow(self) -> None:
        """Shows how what is read back stands, after something came."""
        if page := self.reading:
            page.show(self._listed.in_turn(self._read_at))

    def answered(self, answer: Answer) -> None:
        """Tells the page that wanted a line what became of it."""
        if page := self.reading:
            page.answered(answer)
        if (closing := self._closing) and answer.show is None:
            closing.tell(f"✗ {answer.refused}" if answer.refused else " · ".join(answer.said))

    def note(self, text: str) -> None:
        """Tells a sentence on the page that reads back, too."""
        if (page := self.reading) and text:
            page.note(text)

    def time(self, figures: Figures, slot: Slot | None, walk: Walk) -> None:
        """Shows the time on the page that reads back."""
        self._state = figures.state
        if page := self.reading:
            speaking = facts.speaking(self._meeting, self._session, walk, figures.elapsed)
            left = f"{facts.countdown(figures.left)} {'over' if figures.left < 0 else 'left'}"
            told = " · ".join(filter(None, (left, facts.state(figures), facts.ends(figures, slot))))
            page.time(told, figures.state, speaking, warned=figures.state == RUNNING and figures.left <= _NEAR)
