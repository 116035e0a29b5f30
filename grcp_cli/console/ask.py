"""Questions to a person on a terminal, before and after a live session."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from questionary import Question


def choose(question: str, choices: list[str], default: str | None = None) -> str:
    """One of several; `default` is the one that Enter takes, else the first.

    Raises:
        KeyboardInterrupt: The person broke off.
    """
    import questionary

    drawn = [questionary.Choice(drawn_line(choice), value=choice) for choice in choices]
    return str(_asked(questionary.select(question, choices=drawn, default=default)))


def confirm(question: str, *, default: bool) -> bool:
    """Yes or no, in a word or a letter; what is neither stays to be read, it may have been meant for elsewhere.

    Raises:
        KeyboardInterrupt: The person broke off.
    """
    words = {"": default, "y": True, "yes": True, "n": False, "no": False}
    asked = f"{question} ({'Y/n' if default else 'y/N'})"
    return words[text(asked, check=lambda typed: "" if typed.casefold() in words else "y or n").casefold()]


def text(question: str, default: str = "", check: Callable[[str], str] | None = None) -> str:
    """A text as typed, without outer white space; pasted lines are kept apart.

    Args:
        question: What is asked.
        default: What stands there already and Enter takes.
        check: Says what is wrong with a text, or nothing; the person is kept there until it is right.

    Raises:
        KeyboardInterrupt: The person broke off.
    """
    import questionary

    def valid(typed: str) -> bool | str:
        return (check(_clean(typed)) or True) if check else True

    return _clean(str(_asked(questionary.text(question, default=default, validate=valid))))


def say(line: str) -> None:
    """A word between two questions; not data, so not on stdout."""
    sys.stderr.write(drawn_line(line) + "\n")
    sys.stderr.flush()


def _asked(question: Question) -> Any:
    """The answer; the end of input, Ctrl-D, breaks off as Ctrl-C does."""
    try:
        return question.unsafe_ask()
    except EOFError as error:
        raise KeyboardInterrupt from error


def _clean(typed: str) -> str:
    """Bytes of a terminal that are no text arrive as lone surrogates, which no file can hold."""
    return typed.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
