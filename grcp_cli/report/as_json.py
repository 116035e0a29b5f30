"""JSON for scripts: the document as it is, described by `templates/report.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .document import Block, Heading, Item, Paragraph, Table

if TYPE_CHECKING:
    from .document import Document, Part

SCHEMA = 1
"""Raised when a key goes away or changes its meaning; keys may join without."""


def write(document: Document, template: str) -> bytes:  # noqa: ARG001 - every format is called alike
    """The report as JSON, UTF-8; every key is always there, absent is null."""
    data = {
        "schema": SCHEMA,
        "meeting": document.meeting,
        "title": document.title,
        "subtitle": document.subtitle or None,
        "status": document.status,
        "attribution": document.attribution,
        "rehearsal": document.rehearsal,
        "as_of": document.as_of or None,
        "language": document.language,
        "masthead": [field._asdict() for field in document.masthead],
        "parts": [_part(part) for part in document.parts],
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
            told = {key: value or None for key, value in block._asdict().items() if key not in ("type", "sources")}
            return {"type": "item", **told, "sources": list(block.sources)}
        case Table(head, rows, caption, numeric):
            told = {"type": "table", "caption": caption or None, "head": list(head), "numeric": list(numeric)}
            cells = [{"cells": list(row.cells), "id": row.id or None, "sources": list(row.sources)} for row in rows]
            return {**told, "rows": cells}
