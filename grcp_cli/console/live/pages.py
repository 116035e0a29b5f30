"""What an answer shows: a page on top of the screen, or another look at what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.sieve import Sieve, sieve

from .closing_page import ClosingPage
from .help import page as help_page
from .page import Page
from .wish import Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from grcp_cli.meeting.agenda import Session
    from grcp_cli.meeting.decision import Show

    from .composer import Composer
    from .listed import Listed
    from .questions import Questions


class Pages:
    """Shows what lines asked for."""

    def __init__(
        self,
        app: App[Wish],
        session: Session,
        composer: Composer,
        listed: Listed,
        questions: Questions,
        leave: Callable[[Wish], None],
    ) -> None:
        self._app = app
        self._session = session
        self._composer = composer
        self._listed = listed
        self._questions = questions
        self._leave = leave

    def show(self, show: Show, said: tuple[str, ...]) -> None:
        """Shows what a line asked for.

        Args:
            show: What.
            said: The lines that answer it, where the clerk gave them.
        """
        if show.what == "quit":
            self._leave(Wish.NOTHING)
        elif show.what == "help":
            self._app.push_screen(help_page(show.argument))
        elif show.what == "fit":
            self._composer.told.say(*said)
        elif show.what == "speakers":
            self._app.push_screen(Page("The floor", ("", *said)))
        else:
            asked = sieve(show, self._session)
            if asked.open:
                self._questions.only_open = not self._questions.only_open
                self._composer.told.say(f"{self._questions.silent} without an entry")
            else:
                self._listed.only(asked)

    def show_all(self) -> bool:
        """Takes back what only some of is shown; False where there was nothing to take back."""
        if self._listed.whole and not self._questions.only_open:
            return False
        self._questions.only_open = False
        self._listed.only(Sieve())
        return True

    def closing(self, lines: tuple[str, ...]) -> None:
        """The closing page."""
        self._app.push_screen(ClosingPage(lines), self._closed)

    def _closed(self, wanted: Wish | str | None) -> None:
        if isinstance(wanted, Wish):
            self._leave(wanted)
        elif wanted:
            self._composer.say(wanted)
