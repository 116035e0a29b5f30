"""JSON for scripts: the document as it is, described by `templates/report.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .document import Block, Chart, Heading, Item, Paragraph, Table

if TYPE_CHECKING:
    from .document import Document, Part
    from .kit import Kit

SCHEMA = 1
"""Raised when a key goes away or changes its meaning; keys may join without."""


def write(document: Document, kit: Kit) -> bytes:  # noqa: ARG001 - every format is called alike
    """The report as JSON, UTF-8; every key is always there, absent is null."""
    data = {
        "schema": SCHEMA,
        "sort": document.sort,
        "meeting": document.meeting,
        "title": document.title,
        "subtitle": document.subtitle or None,
        "status": document.status,
        "revision": document.revision,
        "adopted": document.adopted or None,
        "by": document.by or None,
        "attribution": document.attribution,
        "rehearsal": document.rehearsal,
        "as_of": document.as_of or None,
        "language": document.language,
        "stamp": document.stamp or None,
        "masthead": [field._asdict() for field in document.masthead],
        "parts": [_part(part) for part in document.parts],
        "agenda": [each._asdict() for each in document.agenda],
        "colophon": list(document.colophon),
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _part(part: Part) -> dict[str, Any]:
    return {
        "id": part.id,
        "role": part.role,
        "session": part.session or None,
        "number": part.number,
        "title": part.title,
        "blocks": [_block(block) for block in part.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, text, heading_id):
            return {"type": "heading", "level": level, "text": text, "id": heading_id}
        case Paragraph(number, text, sources, entry_id):
            paragraph = {"type": "paragraph", "number": number, "text": text}
            return {**paragraph, "id": entry_id or None, "sources": list(sources)}
        case Item():
            lists = ("sources", "tags", "clusters", "groups", "against", "conflicts")
            told = {key: value or None for key, value in block._asdict().items() if key not in ("type", *lists)}
            return {"type": "item", **told, **{key: list(getattr(block, key)) for key in lists}}
        case Table(head, rows, caption, numeric, table_id):
            told = {"type": "table", "id": table_id or None, "caption": caption or None}
            told = {**told, "head": list(head), "numeric": list(numeric)}
            cells = [{"cells": list(row.cells), "id": row.id or None, "sources": list(row.sources)} for row in rows]
            return {**told, "rows": cells}
        case Chart(chart_id, title, series, bars):
            drawn = [{"label": bar.label, "values": list(bar.values), "words": list(bar.words)} for bar in bars]
            return {"type": "chart", "id": chart_id, "title": title, "series": list(series), "bars": drawn}
