"""The catalogues of the report's languages: `python tests/catalogues.py` brings them up to date after a change.

It takes every sentence out of `grcp_cli/report/*.py` with Babel, puts those that are new into each `grcp.po`, to be
translated by hand, drops those that are gone, and compiles each `grcp.mo`. What lacks a translation is printed.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from babel.messages.catalog import Message

REPORT = Path(__file__).parent.parent / "grcp_cli" / "report"
KEYWORDS = {
    "say": None,
    "say_as": ((1, "c"), 2),
    "tell": (1, 2),
    "tell_as": ((1, "c"), 2, 3),
    "word": None,
    "words": (1, 2),
    "words_as": ((1, "c"), 2, 3),
}
"""The methods and marks of `grcp_cli/report/language.py`, and where a sentence and its context stand in a call."""

PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "es": "nplurals=2; plural=(n != 1);"}
"""Singular and plural: from 2.19 on, Babel has a third form for whole millions, which no report counts."""

WHENEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Babel puts dates into every catalogue; the same sentences are to give the same bytes."""


def template() -> Catalog:
    """Every sentence in the code, each with the files that say it."""
    found = Catalog()
    for file, _, message, _, context in extract_from_dir(REPORT, [("**.py", "python")], keywords=KEYWORDS):
        found.add(message, locations=[(Path(file).name, None)], context=context)
    return found


def path(tag: str) -> Path:
    return REPORT / "locale" / tag / "LC_MESSAGES" / "grcp.po"


def catalogue(tag: str) -> Catalog:
    """A language's catalogue as it is in its `.po`."""
    with path(tag).open("rb") as file:
        found = read_po(file, locale=tag)
    found.creation_date = found.revision_date = WHENEVER
    return found


def messages(found: Catalog) -> dict[tuple[str | None, object], Message]:
    """All of a catalogue but its header, by context and sentence."""
    return {(each.context, each.id): each for each in found if each.id}


def compiled(found: Catalog) -> bytes:
    """What its `.mo` holds."""
    file = io.BytesIO()
    write_mo(file, found)
    return file.getvalue()


def renewed(tag: str) -> Catalog:
    """A language's catalogue with the sentences that there are now, in the order of the code."""
    old = messages(catalogue(tag)) if path(tag).exists() else {}
    new = Catalog(locale=tag)
    new.mime_headers = [("Plural-Forms", PLURALS[tag])]
    for key, each in messages(template()).items():
        string = old[key].string if key in old else ""
        new.add(each.id, string, locations=sorted(set(each.locations)), context=each.context)
    return new


def _header(tag: str) -> list[tuple[str, str]]:
    kind = "text/plain; charset=utf-8"
    return [("Language", tag), ("MIME-Version", "1.0"), ("Content-Type", kind), ("Plural-Forms", PLURALS[tag])]


def main() -> None:
    for tag in ("fr", "es"):
        new = renewed(tag)
        file = io.BytesIO()
        write_po(file, new, width=0, omit_header=True)
        header = "".join(f'"{name}: {value}\\n"\n' for name, value in _header(tag))
        path(tag).parent.mkdir(parents=True, exist_ok=True)
        about = "# The words of grcp's reports. After a change: python tests/catalogues.py\n"
        whole = f'{about}msgid ""\nmsgstr ""\n{header}\n{file.getvalue().decode()}'
        path(tag).write_text(whole, encoding="utf-8", newline="\n")
        path(tag).with_suffix(".mo").write_bytes(compiled(catalogue(tag)))
        for each in messages(new).values():
            if not each.string or (isinstance(each.string, tuple) and not all(each.string)):
                print(f"{tag}: {each.id}", file=sys.stderr)


if __name__ == "__main__":
    main()
