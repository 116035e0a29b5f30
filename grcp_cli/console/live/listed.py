"""What the record pane lists: the board of what is reported back, or the entries, all or those that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.console.report_back import Heading, laid_out, missing
from grcp_cli.meeting.answered import answered
from grcp_cli.meeting.labels import typed
from grcp_cli.meeting.reported import asked, hears, in_turn, reported, tallies
from grcp_cli.meeting.rows import Rows
from grcp_cli.meeting.sieve import Sieve

if TYPE_CHECKING:
    from grcp_cli.console.clerk import Seen
    from grcp_cli.meeting.answered import Answered
    from grcp_cli.meeting.reported import Item, Reported
    from grcp_cli.meeting.rows import Change, Row
    from grcp_cli.store.desk import Desk

    from .record_pane import RecordPane


class Listed:
    """Follows the record for its pane; works anything out only where something came.

    Attributes:
        rows: Every row of the session.
        many: How many answers groups have of how many, in words, by the address of the question.
    """

    def __init__(self, desk: Desk, pane: RecordPane) -> None:
        self._meeting, self._session = desk.meeting, desk.session
        self._desk, self._group = desk, desk.group
        self._pane = pane
        self._sieve = Sieve()
        self._seen: Seen | None = None
        self._there = Rows()
        self._board: Reported | None = None
        self.rows = Rows()
        self.many: dict[str, str] = {}

    def take(self, seen: Seen) -> bool:
        """Takes in what the desk sees; whether that looks different."""
        before, self._seen = self._seen, seen
        if seen.rows is not None:
            self.rows = Rows(seen.rows)
            self._there = Rows(sorted(seen.there, key=lambda row: row.key))
        self.rows.take(each for each in seen.changes if self._is_of(each, own=True))
        self._there.take(each for each in seen.changes if self._is_of(each, own=False))
        came = before is None or (seen.files, seen.commons) != (before.files, before.commons)
        came = came or seen.rows is not None or bool(seen.changes)
        moved = before is not None and before.walk.here != seen.walk.here
        board = hears(self._session, seen.walk.here)
        turned = board and before is not None and before.walk.floor != seen.walk.floor
        if not (came or moved or turned):
            return False
        self._board = self._reported(self.here) if board else None
        self.many = self._counted()
        self.show(seen.touched)
        return True

    def _is_of(self, change: Change, *, own: bool) -> bool:
        """Whether a change may be of the session's own rows, or of those elsewhere; what is undone may be of either."""
        if change.row is None:
            return True
        stated = change.row.stated
        return stated.entry.captured and (stated.source.session == self._session.id) is own

    def show(self, touched: str = "") -> None:
        """Shows what passes; where nothing is sifted, the board at a question that has one.

        Args:
            touched: The row to bring into view on the board, empty for none.
        """
        told, listed = self._sieve.told(self._session), self.rows.listed
        if self._board is None or told:
            rows = [each for each in listed if self._sieve.passes(each.stated)] if told else listed
            self._pane.show(rows, told, len(listed))
            return
        assert self._seen is not None, "a board was seen"
        laid: list[Heading | Item | Row] = list(laid_out(self._board, self._meeting, self._seen.walk.floor))
        here = [each for each in self._board.rest if each.stated.question == self.here]
        others = [each for each in self._board.rest if each.stated.question != self.here]
        if here:
            laid += [Heading("rest", "written here"), *here]
        if others:
            laid += [Heading("others", "written at other questions"), *others]
        self._pane.show_board(laid, self._titles(self._board), self.here, touched)

    def only(self, sieve: Sieve) -> None:
        """Shows only what passes."""
        self._sieve = sieve
        self.show()

    @property
    def whole(self) -> bool:
        """Whether everything is shown."""
        return self._sieve == Sieve()

    @property
    def here(self) -> str:
        """The address of the question at hand."""
        assert self._seen is not None, "something was seen"
        return self._seen.walk.here

    @property
    def answered(self) -> Answered:
        """Which questions are covered, which heard something, which are open."""
        here, there = (each.stated for each in self.rows.listed), (each.stated for each in self._there.listed)
        commons = (each.stated for each in self._seen.commons) if self._seen else ()
        return answered(self._session, here, there, commons, self._group)

    def labels(self) -> list[str]:
        """What every recommendation of the session, of those it hears and across groups is typed as."""
        commons = self._seen.commons if self._seen else ()
        listed: tuple[Row | Item, ...] = (*self._there.listed, *self.rows.listed, *commons)
        return [typed(each.label, each.stated.source.session, self._meeting) for each in listed if each.label]

    def in_turn(self, here: str) -> list[Item]:
        """What is read back at a question, one after the other."""
        return list(in_turn(self._reported(here)))

    def _reported(self, here: str) -> Reported:
        assert self._seen is not None, "something was seen"
        about = asked(self._meeting, self._session, here)
        listed = (*self._there.listed, *self.rows.listed)
        own, files, commons = self._desk.own, self._seen.files, self._seen.commons
        return reported(self._meeting, self._session, about, listed, own, files, commons)

    def _titles(self, board: Reported) -> tuple[str, ...]:
        """What stands above the board, in as many words as there may be room for."""
        answered = f"{sum(len(part.items) for part in board.parts)} reported back"
        if silent := missing(board, self._meeting):
            return f"{answered} · still missing: {', '.join(silent)}", f"{len(silent)} missing · {answered}"
        return (f"{answered} · from every group",)

    def _counted(self) -> dict[str, str]:
        """Of the desk's own group at every question with a limit; else of every group, at the question at hand."""
        limited = [each for each in self._session.every_question if each.max_per_group]
        counts = tallies(self._session, (row.stated for row in self.rows.listed)) if limited else {}
        if self._group:
            return {
                each.address: f"{counts.get((each.address, self._group), 0)} of up to {each.max_per_group}"
                for each in limited
            }
        here = self.here
        if self._board is not None and self._board.asked.most:
            # Those without any are told above the board.
            most, parts = self._board.asked.most, [each for each in self._board.parts if each.group and each.items]
            return {here: ", ".join(f"{self._meeting.name_of(part.group)} {len(part.items)}/{most}" for part in parts)}
        found = {}
        for each in limited:
            if each.address == here:
                groups = dict.fromkeys((*self._session.groups, *(of for at, of in counts if at == here)))
                found[here] = ", ".join(
                    f"{self._meeting.name_of(of)} {counts.get((here, of), 0)}/{each.max_per_group}" for of in groups
                )
        return found
