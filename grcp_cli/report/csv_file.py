r"""CSV: every entry of the report in one table, as Excel opens it: UTF-8 with its mark, commas, CRLF.

An apostrophe goes before whatever Excel would take for a formula: a cell, a line within one or what follows a
semicolon (which parts cells where commas are decimal) that begins with `=`, `+`, `-`, `@`, a tab or a CR.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from .entries import entries, head

if TYPE_CHECKING:
    from .document import Document
    from .kit import Kit

_SIGNS = "=+-@\t\r＝＋－＠"
_FORMULA = re.compile(rf"(^|[\n;] *)(?=[{re.escape(_SIGNS)}])")


def write(document: Document, kit: Kit) -> bytes:  # noqa: ARG001 - every format is called alike
    """The entries as CSV.

    Args:
        document: What they stand in.
        kit: Not needed.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(safe, head(document)))
    writer.writerows(map(safe, told) for told in entries(document))
    return out.getvalue().encode("utf-8-sig", "replace")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    if text and (text[0] in _SIGNS or "\n" in text or ";" in text):
        return _FORMULA.sub(r"\1'", text)
    return text
