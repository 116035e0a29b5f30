r"""Esc and a `/` typed behind it stay two keys where a slow connection brings them in one piece.

Textual waits a tenth of a second for what may follow an Esc: `\x1b/` in one piece is Alt and `/` to it, of which it
keeps the `/`, or of a longer piece `^/`. Either would go into the line that the Esc was to clear.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual._xterm_parser import XTermParser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.message import Message

_ESCAPE = "\x1b[27u"
"""The key Esc as the Kitty protocol writes it: nothing behind it is taken for a part of it."""
_TOGETHER = re.compile(r"\x1b(?=/)")
_PASTED = re.compile(r"(\x1b\[200~.*?(?:\x1b\[201~|\Z))", re.DOTALL)

_taken = XTermParser.feed


def parted(data: str) -> str:
    """What a terminal sent, with Esc as a key of its own before a `/`; what was pasted stays as it is."""
    pieces = _PASTED.split(data)
    pieces[::2] = (_TOGETHER.sub(lambda _: _ESCAPE, piece) for piece in pieces[::2])
    return "".join(pieces)


def _feed(parser: XTermParser, data: str) -> Iterable[Message]:
    return _taken(parser, parted(data))


def keep_apart() -> None:
    """From now on Textual is given the two as two keys."""
    XTermParser.feed = _feed  # type: ignore[method-assign, assignment] # there is no place to hand it a parser
