"""A draft page read back: what its writer changed, as entries to append.

A paragraph is known by the mark above it, else by its exact text. One that the page showed and no longer holds is
taken out, but only below a heading that is still there, and only as it was shown: what others changed meanwhile
stays and is told.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from grcp_cli.errors import GrcpError

from . import addresses
from .decision import Refusal, Sight, act, limited, record_of, short
from .draft_names import Places, References
from .draft_order import filled, rising
from .draft_page import UNSEEN, Heading, Mark, Sheet, Written, cited, digest, flat, key, split, unclosed, unescaped
from .drafting import mark_of, standing
from .names import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .entry import Draft
    from .record import Statement


class PageError(GrcpError):
    """A page that belongs elsewhere."""


class Fault(NamedTuple):
    """Something on a page that cannot be saved: its line, from 1, why, and what would help."""

    line: int
    reason: str
    hint: str


class Reading(NamedTuple):
    """What a page changes.

    Attributes:
        drafts: To append, in this order.
        faults: What cannot be placed; the page is to be kept.
        clashes: What its writer and another changed differently, in sentences.
        notices: What else to tell.
    """

    drafts: tuple[Draft, ...]
    faults: tuple[Fault, ...]
    clashes: tuple[str, ...]
    notices: tuple[str, ...]


class _Piece(NamedTuple):
    """A paragraph of the page, understood.

    Attributes:
        address: The question it stands under.
        text: Without escapes and sources.
        sources: Ids, None where nothing was said of them.
    """

    written: Written
    address: str
    text: str
    sources: tuple[str, ...] | None


class _Known(NamedTuple):
    """The paragraph of the record that a piece is, and as what its writer saw it."""

    stated: Statement
    seen: Mark


def read(text: str, sight: Sight, at: str = "") -> Reading:
    """What a page, as it was sent back, changes in the record as it now is.

    Args:
        text: The page; line ends and byte order mark as the editor left them.
        sight: Of the desk that writes, with a record.
        at: The question where text before any heading belongs; empty for none.

    Raises:
        PageError: The page was made for another session.
    """
    return _Reader(sight, at).read(split(text))


class _Reader:
    """One page being read."""

    def __init__(self, sight: Sight, at: str) -> None:
        self.sight = sight
        self.at = at
        self.record = record_of(sight)
        self.places = Places(sight.session, self.record)
        self.references = References(self.record, sight.meeting, sight.source, self._issued)
        self.standing = standing(self.record, sight.session.id)
        self.rank = {each: position for position, each in enumerate(self.standing)}
        self.shown: dict[str, tuple[Mark, str]] = {}
        self.claimed: set[str] = set()
        self.faults: list[Fault] = []
        self.clashes: list[str] = []
        self.notices: list[str] = []
        self._told: set[Heading] = set()
        self._corrections: dict[str, str] = {}

    def read(self, sheet: Sheet) -> Reading:
        own = f"{self.sight.meeting.id}/{self.sight.session.id}"
        made_for, _, desk = sheet.of.partition(".")
        if made_for and made_for != own:
            raise PageError(f"this page was made for {made_for}, not for {own}", "name the session it belongs to")
        if made_for:
            # Its bare numbers are those of the desk that it was made for, whoever sends it back.
            source = self.sight.source._replace(desk=desk)
            self.references = References(self.record, self.sight.meeting, source, self._issued)
        if not sheet.headings and not sheet.paragraphs:
            self.notices.append("the page is empty, which changes nothing")
        for word, marks in sheet.shown:
            for mark in marks:
                self.shown.setdefault(mark.key, (mark, self.places.address(word) or ""))
        pieces = [(written, self._piece(written)) for written in sheet.paragraphs]
        known = self._recognised(pieces)
        placed = [(piece, known.get(written)) for written, piece in pieces if piece and self._held(written, known)]
        drafts = [*self._written(placed), *self._taken_out(sheet)]
        faults = tuple(sorted(self.faults))
        return Reading(tuple(drafts), faults, tuple(self.clashes), tuple(self.notices))

    # What a paragraph says.

    def _issued(self, word: str) -> tuple[str, ...]:
        return addresses.cited(word, self.sight)

    def _piece(self, written: Written) -> _Piece | None:
        address = self._address(written)
        if address is None:
            return None
        text, inner = cited(written.text)
        sources: tuple[str, ...] | None = () if written.mark else None
        if inner:
            found, missed, formed = self.references.read(inner)
            if missed and formed:
                none = f"there is no entry {', '.join(missed)}"
                hint = "name those that are there; a bracket that is text is written \\["
                self._fault(written, *(self.references.several(missed) or (none, hint)))
                return None
            if missed:
                text = written.text
                if found:
                    self.notices.append(f"line {written.line}: [{inner}] stays text; {missed[0]} is no entry")
            else:
                sources = tuple(found)
        text = unescaped(text)
        if not text:
            self._fault(written, "there are sources but no text", "write the text before the bracket")
            return None
        try:
            return _Piece(written, address, limited(text), sources)
        except Refusal as refusal:
            self._fault(written, refusal.refuse.reason, refusal.refuse.hint)
            return None

    def _address(self, written: Written) -> str | None:
        heading = written.heading
        if heading is None:
            if not self.at:
                self._fault(written, "no heading stands above it", f"begin one with ## {self.places.words}")
            return self.at or None
        address = self.places.address(heading.word)
        if address is None and heading not in self._told:
            self._told.add(heading)
            near = nearest(heading.word, tuple(self.places.words.split(", ")))
            hint = f"did you mean ## {near}?" if near else f"headings begin with {self.places.words}"
            what = f"there is no question {short(heading.word) or '…'} here"
            self.faults.append(Fault(heading.line, what, f"{hint} A # that is text is written \\#"))
        if address is None:
            self._fault(written, f"the heading above it, line {heading.line}, names no question", "mend the heading")
        return address

    def _fault(self, written: Written, reason: str, hint: str) -> None:
        self.faults.append(Fault(written.line, f"{reason}: “{short(written.text)}”", hint))

    # Which paragraph it is.

    def _recognised(self, pieces: list[tuple[Written, _Piece | None]]) -> dict[Written, _Known]:
        """What is known of each paragraph; a mark that stands twice counts above the first."""
        known: dict[Written, _Known] = {}
        for written, _ in pieces:
            mark = written.mark
            if mark and mark.key in self.standing and mark.key not in self.claimed:
                self.claimed.add(mark.key)
                known[written] = _Known(self.standing[mark.key], mark)
        for written, piece in pieces:
            if written not in known and piece and (found := self._alike(piece)):
                self.claimed.add(found.seen.key)
                known[written] = found
        return known

    def _alike(self, piece: _Piece) -> _Known | None:
        """The paragraph of that very text which lost its mark, or stands there already."""
        mark = piece.written.mark
        if mark and mark.key not in self.standing:
            return None
        wanted = digest(piece.text)
        lost = [
            (address != piece.address, self.rank[shown.key], shown)
            for shown, address in self.shown.values()
            if shown.text == wanted and shown.key in self.standing and shown.key not in self.claimed
        ]
        if lost:
            seen = min(lost)[2]
            return _Known(self.standing[seen.key], seen)
        for each, stated in self.standing.items():
            same = stated.question == piece.address and flat(stated.text) == piece.text
            if same and not stated.struck and each not in self.claimed:
                return _Known(stated, mark_of(stated))
        return None

    def _held(self, written: Written, known: dict[Written, _Known]) -> bool:
        """Whether the record knows what the mark above a paragraph speaks of."""
        mark = known[written].seen if written in known else written.mark
        if mark is None or (mark.key in self.standing and self._reached(mark)):
            return True
        what = "the ¶ line above it speaks of something that this record does not have"
        self._fault(written, what, "take the ¶ line away to save it as a new paragraph")
        return False

    def _after(self, mark: Mark) -> str:
        """The id of the latest correction that a page showed, empty where the record has none such."""
        if not self._corrections:
            for entries in self.record.segments.values():
                self._corrections.update((key(entry.id), entry.id) for entry in entries if entry.target)
        return self._corrections.get(mark.after, "")

    # What is to be written.

    def _written(self, placed: list[tuple[_Piece, _Known | None]]) -> Iterator[Draft]:
        orders = self._orders(placed)
        for piece, known in placed:
            order = orders[piece.written]
            if known is None:
                fields: dict[str, Any] = {"question": piece.address, "order": order, "text": piece.text}
                if piece.sources:
                    fields["sources"] = list(dict.fromkeys(piece.sources))
                self._doubts(piece)
                yield act("paragraph", self.sight, **fields)
            elif changes := self._changes(piece, known, order):
                if "text" in changes:
                    self._doubts(piece)
                    self._overtaken(known)
                yield self._about("amend", known.stated, known.seen, **changes)
                if known.stated.struck:
                    self.notices.append(f"taken out meanwhile, and stands again: “{short(piece.text)}”")
                    yield self._about("restore", known.stated, known.seen)

    def _changes(self, piece: _Piece, known: _Known, order: float) -> dict[str, Any]:
        """What the writer changed and does not stand so already."""
        stated, seen = known
        changes: dict[str, Any] = {}
        if digest(piece.text) != seen.text and piece.text != flat(stated.text):
            changes["text"] = piece.text
        given = piece.sources if piece.sources is not None else stated.sources
        if given != stated.sources and digest("\n".join(given)) != seen.sources:
            changes["sources"] = list(dict.fromkeys(given))
        if piece.address not in (stated.question, self._shown_at(stated)):
            changes["question"] = piece.address
        if order != stated.order and not math.isnan(order):
            changes["order"] = order
        return {} if stated.struck and changes.keys() <= {"order"} else changes

    def _shown_at(self, stated: Statement) -> str:
        shown = self.shown.get(key(stated.entry.id))
        return shown[1] if shown else stated.question

    def _doubts(self, piece: _Piece) -> None:
        """Tells of text that looks like a piece of a comment; it is saved as typed."""
        if unclosed(piece.written.text) or piece.text.endswith("-->"):
            self.notices.append(f"line {piece.written.line}: half a comment is saved as text: “{short(piece.text)}”")

    def _overtaken(self, known: _Known) -> None:
        """Tells that another changed the same text since the page was made; both are kept."""
        if digest(flat(known.stated.text)) != known.seen.text:
            self.clashes.append(f"changed by another since the page was made: “{short(flat(known.stated.text))}”")

    def _about(self, kind: str, stated: Statement, seen: Mark, **fields: Any) -> Draft:
        after = {} if seen.after == UNSEEN else {"after": self._after(seen)}
        if after.get("after") == stated.latest:
            after = dict(record_of(self.sight).horizon(stated.entry.id))
        return act(kind, self.sight, target=stated.entry.id, **after, **fields)

    def _taken_out(self, sheet: Sheet) -> Iterator[Draft]:
        """Strikes what the page showed, its writer took away and nobody changed meanwhile."""
        headings = {self.places.address(each.word) for each in sheet.headings}
        for each, (seen, address) in self.shown.items():
            stated = self.standing.get(each)
            if stated is None or stated.struck or each in self.claimed:
                continue
            name, now = f"“{short(flat(stated.text))}”", mark_of(stated)
            if self.faults:
                self.notices.append(f"not taken out while the page has faults: {name}")
            elif address not in headings:
                self.notices.append(f"not taken out, for its question’s heading is not on the page: {name}")
            elif (now.text, now.sources) != (seen.text, seen.sources) or not self._reached(seen):
                self.clashes.append(f"not taken out, for it was changed since the page was made: {name}")
            else:
                yield self._about("strike", stated, seen)

    def _reached(self, seen: Mark) -> bool:
        return seen.after == UNSEEN or bool(self._after(seen))

    # In which order it stands.

    def _orders(self, placed: list[tuple[_Piece, _Known | None]]) -> dict[Written, float]:
        """The order of each paragraph; one that its writer did not move keeps what it has."""
        orders: dict[Written, float] = {}
        for address in dict.fromkeys(piece.address for piece, _ in placed):
            here = [(piece, known) for piece, known in placed if piece.address == address]
            ranks = self._ranks(address, [known for _, known in here])
            kept = rising(ranks)
            fixed = [known.stated.order if known and at in kept else None for at, (_, known) in enumerate(here)]
            found = filled(fixed, self._last(address))
            orders.update((piece.written, order) for (piece, _), order in zip(here, found, strict=True))
        return orders

    def _ranks(self, address: str, known: Sequence[_Known | None]) -> list[int | None]:
        """Where each stood: as the record has it, or where others reordered meanwhile as the page showed it."""
        was = [each for each, (_, place) in self.shown.items() if place == address and each in self.rank]
        others_moved = any(self.rank[one] > self.rank[two] for one, two in pairwise(was))
        ranks: list[int | None] = []
        for each in known:
            stood = each and address in (self._shown_at(each.stated), each.stated.question)
            name = each.seen.key if each and stood else ""
            if others_moved:
                ranks.append(was.index(name) if name in was else None)
            else:
                ranks.append(self.rank.get(name))
        return ranks

    def _last(self, address: str) -> float:
        """The highest order of what stands at a question and is not on the page."""
        found = [
            stated.order
            for each, stated in self.standing.items()
            if stated.question == address and each not in self.claimed and not stated.struck
        ]
        return max((order for order in found if math.isfinite(order)), default=0.0)
