"""Where in a TOML file a key or table stands, for faults told with line and column.

The file has been parsed already, so what is read here is known to be well formed.
"""

from __future__ import annotations

import bisect
import re
from typing import NamedTuple

import tomli

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}=,\n]"
    r"|[^\s\[\]{}=,\"'#]+"
    r"|[^\S\n]+",
    re.DOTALL,
)
_DEEPEST = 16
"""Levels within which places are told: no agenda goes half as deep, and a hostile file costs nothing."""


class Spot(NamedTuple):
    """A place for a person: line and column in characters, both from 1."""

    line: int
    column: int


def spots(text: str) -> dict[Path, Spot]:
    """The place of every table, key and array element of a TOML file, by path: `("session", 1, "title")`."""
    return _Walk(text).found


class _Walk:
    """One pass over the tokens, header by header and key by key."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, Spot] = {(): Spot(1, 1)}
        self._counts: dict[Path, int] = {}
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._tokens = [(match[0], match.start()) for match in _TOKEN.finditer(text) if match[0][0] not in " \t#"]
        self._at = 0
        table: Path = ()
        while self._at < len(self._tokens):
            if self._word() == "\n":
                self._at += 1
            elif self._word() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _word(self) -> str:
        """The token at hand; a line's end behind the last."""
        return self._tokens[self._at][0] if self._at < len(self._tokens) else "\n"

    def _until(self, ends: str) -> list[str]:
        """The tokens before the first that is one of `ends`."""
        begin = self._at
        while self._word() not in ends:
            self._at += 1
        return [token for token, _ in self._tokens[begin : self._at]]

    def _note(self, path: Path, offset: int) -> None:
        """Puts down where a path stands, and the paths above it that stand nowhere else."""
        line = bisect.bisect_left(self._ends, offset)
        start = self._ends[line - 1] + 1 if line else 0
        spot = Spot(line + 1, offset - start + 1)
        for length in range(min(len(path), _DEEPEST), 0, -1):
            if path[:length] in self.found:
                return
            self.found[path[:length]] = spot

    def _header(self) -> Path:
        offset = self._tokens[self._at][1]
        words = self._until("\n")
        many = words[1] == "["
        keys = _keys([word for word in words if word not in "[]"])
        path: Path = ()
        for depth, key in enumerate(keys, 1):
            path = (*path, key)
            if many and depth == len(keys):
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        self._note(path, offset)
        return path

    def _pair(self, table: Path) -> None:
        offset = self._tokens[self._at][1]
        path = (*table, *_keys(self._until("=")))
        self._note(path, offset)
        self._at += 1
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self._word()
        if opening not in "[{":
            self._until(",]}\n")
        elif len(path) >= _DEEPEST:
            self._skip()
        else:
            self._at += 1
            position = 0
            while self._word() not in "]}":
                if self._word() in ",\n":
                    self._at += 1
                elif opening == "{":
                    self._pair(path)
                else:
                    self._note((*path, position), self._tokens[self._at][1])
                    self._value((*path, position))
                    position += 1
            self._at += 1

    def _skip(self) -> None:
        """Goes past a bracket and all that it holds."""
        depth = 0
        while True:
            depth += (self._word() in "[{") - (self._word() in "]}")
            self._at += 1
            if depth == 0:
                return


def _keys(words: list[str]) -> list[str]:
    """The parts of a dotted key, quoted ones unquoted."""
    keys: list[str] = []
    for word in words:
        if word[0] in "\"'":
            keys.append(tomli.loads(f"key = {word}")["key"])
        else:
            keys += filter(None, word.split("."))
    return keys
