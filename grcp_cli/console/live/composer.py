"""The bottom of the screen: what was understood, where a line goes, the line itself, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.containers import Vertical
from textual.widgets import TextArea

from .asking import Asking
from .keys import ANYWHERE, ASK, BEGIN, EMPTY, RECORD, Key
from .line import Line
from .told import Below, Prompt, Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.walkthrough import Walk

    from .line import Completer


class _Aside(NamedTuple):
    """A line that a key put aside: its text and the command before that, all of it as it is kept, and whose it is."""

    text: str
    lead: str
    whole: str
    holder: str | None


class Composer(Vertical):
    """Lines on their way: typed, begun by a key, asked about, sent and not yet answered.

    Attributes:
        told: What was understood, and what helps.
        line: The input.
        sent: Lines on their way, not yet answered.
    """

    DEFAULT_CSS = """
    Composer { height: auto; }
    Composer Line { height: 2; border: none; padding: 0 1; background: $background; scrollbar-size: 0 0; }
    """

    def __init__(
        self,
        meeting: Meeting,
        session: Session,
        completer: Completer,
        take: Callable[[str, str | None], None],
        keep: Callable[[list[str]], None],
        effect: Callable[[str], str],
    ) -> None:
        """Sets out the bottom of the screen.

        Args:
            meeting: For names.
            session: For questions.
            completer: What the text before the cursor may become.
            take: Takes a line, with who had the floor at its first keystroke, at once: none is between two hands.
            keep: Called with every line not yet saved, oldest first, whenever that changes.
            effect: What a line that is being typed would do to the time, empty for nothing.
        """
        super().__init__()
        self.told = Told()
        self.line = Line(completer)
        self._prompt = Prompt(meeting, session)
        self._below = Below()
        self._take, self._keep = take, keep
        self._effect = effect
        self._walk: Walk | None = None
        self._holder: str | None = None
        self.sent: list[str] = []
        self._asking = Asking(self.told, self.set_timer, self.do)
        self._pressed: set[str] = set()
        self._aside: list[_Aside] = []
        self._beside = ""

    def compose(self) -> ComposeResult:
        """The widgets, from top to bottom."""
        yield self.told
        yield self._prompt
        yield self.line
        yield self._below

    def stands(self, walk: Walk) -> None:
        """Shows where the desk stands."""
        self._walk = walk
        typed = self.line.lead + self.line.text
        self._prompt.show(walk, self._holder, typed, self._effect(typed) if typed.startswith("/") else "")

    def keys(self, state: str, *, record: bool) -> None:
        """Shows the keys that matter."""
        self._below.show(state, RECORD if record else ANYWHERE)

    def put_back(self, lines: tuple[str, ...]) -> None:
        """Puts in what was not saved when the screen was last left."""
        self.line.put("\n".join(lines))
        self.told.note("what you were typing is back in the line; Enter saves it, Ctrl-U takes it out")

    @property
    def unsent(self) -> list[str]:
        """What Enter just took off the line, what a key put aside, what stands there, and what is typed on a page."""
        aside = (each.whole for each in self._aside)
        return [text for text in (*self.line.entered, *aside, self.line.whole, self._beside) if text]

    # Lines.

    def say(self, line: str) -> None:
        """Has a line taken, typed or made by a key."""
        self.sent.append(line)
        self._take(line, self._holder)

    def do(self, line: str) -> None:
        """Has a line taken that a key made: one that is refused is told, and does not come back to be mended."""
        self._pressed.add(line)
        self.say(line)

    def beside(self, text: str) -> None:
        """Keeps what is being typed on a page, as it keeps the line; empty when that is done."""
        self._beside = text
        self._keep_all()

    def answered(self, line: str) -> None:
        """A line was taken or refused for good: it need not be kept any more."""
        if line in self.sent:
            self.sent.remove(line)
        self._keep_all()

    def refused(self, line: str, reason: str, hint: str) -> None:
        """Tells why a line was not taken, and puts it back to be mended."""
        self.told.refuse(reason, hint)
        if line in self._pressed:
            return  # a key typed it: there is nothing to mend
        if self.line.text:
            self.told.note("Ctrl-P brings the line back")
        else:
            self.line.put(line)
            if line.startswith("/"):
                self.line.returned = line
                self.told.note("mend it, type another / command, or Esc clears")

    @on(Line.Entered)
    def _entered(self, message: Line.Entered) -> None:
        self.line.entered.pop(0)
        self._asking.over()
        for line in message.lines:
            if line.strip():
                self._pressed.discard(line)
                self.line.remember(line)
                self.say(line)
        # The next line may be begun already: it is theirs who has the floor now.
        self._holder = self._walk.floor.speaker if self._walk is not None and self.line.text else None
        if not self.line.text:
            self._bring_back()

    @on(Line.Confirmed)
    def _confirmed(self) -> None:
        if not self._asking.confirm() and self.line.lead:
            self.told.refuse("nothing would be left of the text", "Esc leaves it as it was")

    @on(TextArea.Changed)
    def _changed(self) -> None:
        if self.line.entered:
            return  # the line on its way is neither forgotten nor another's before it is taken over
        text = self.line.text
        if not text:
            self._holder = None
        elif self._holder is None and self._walk is not None:
            # Whose words a line is was settled by its first letter.
            self._holder = self._walk.floor.speaker
        if text:
            self._asking.over()
        # A text that is edited stays one, however many lines it has.
        lines = 0 if self.line.edits else sum(1 for line in text.split("\n") if line.strip())
        self.told.offer(self.line.offered, lines)
        self._keep_all()
        if self._walk is not None:
            self.stands(self._walk)

    def _keep_all(self) -> None:
        self._keep([*self.sent, *self.unsent])

    def _bring_back(self) -> None:
        """Puts the line back that a key put aside."""
        if self._aside:
            aside = self._aside.pop()
            self._holder = aside.holder
            self.line.put(aside.text, aside.lead)

    # Keys.

    def press(self, key: Key, line: str, about: str = "", edited: str = "") -> None:
        """Does what a key means.

        Args:
            key: Which.
            line: What it types.
            about: What to tell where it asks first.
            edited: The text at the line's end, where only that is to be edited.
        """
        if key.how == BEGIN:
            self._begin(line, edited)
        elif key.how == ASK:
            again = "Enter" if key.where != RECORD and not self.line.text else ""
            self._asking.press(key.shown, line, f"{key.short} ({line}){about}", again)
        else:
            self._asking.over()
            self.do(line)

    def takes(self, where: str) -> bool:
        """Whether a key is meant here: those of an empty line are not taken from one that is begun."""
        return where != EMPTY or not (self.line.text or self.line.lead)

    def take_back(self) -> bool:
        """Takes the newest wish back; False where there was none."""
        text = self.line.text
        if self._asking.leave():
            return True
        if "\n" in text:
            self.line.put(" ".join(text.split("\n")), self.line.lead if self.line.edits else "")
        elif self.line.lead or (text and (self._aside or text.startswith("/"))):
            self.line.remember(self.line.whole)
            self.line.put("")
            self._bring_back()
        else:
            return False
        return True

    def _begin(self, line: str, edited: str) -> None:
        if self.line.text:
            self._aside.append(_Aside(self.line.text, self.line.lead, self.line.whole, self._holder))
            self.told.note("the line begun comes back after this one")
        self.line.focus()
        self.line.put(edited or line, line.removesuffix(edited) if edited else "")
