"""JSON: as its schema says, and the schema says what everything is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from grcp_cli.report import as_json
from grcp_cli.report.kit import Kit
from grcp_cli.store import places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grcp_cli.report.document import Document

    Make = Callable[..., Document]

SCHEMA = json.loads(places.built_in("templates").joinpath("report.schema.json").read_text(encoding="utf-8"))


def closed(schema: Any) -> Any:
    """The schema as it is now: no key that it does not describe."""
    if isinstance(schema, dict):
        inner = {key: closed(value) for key, value in schema.items()}
        return {**inner, "additionalProperties": False} if "properties" in schema else inner
    return [closed(each) for each in schema] if isinstance(schema, list) else schema


def test_the_schema_is_one_and_describes_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def undescribed(schema: Any, path: str) -> Iterator[str]:
        for key, each in schema.get("properties", {}).items():
            if "description" not in each:
                yield f"{path}/{key}"
            yield from undescribed(each.get("items", {}), f"{path}/{key}")

    defined = SCHEMA["$defs"].items()
    assert [*undescribed(SCHEMA, Kit()), *(each for name, part in defined for each in undescribed(part, name))] == []


@pytest.mark.parametrize("level", ["none", "chatham", "group", "full"])
@pytest.mark.parametrize("notes", [False, True])
def test_what_is_written_is_as_the_schema_says(make: Make, full: Any, level: str, notes: bool) -> None:
    data = json.loads(as_json.write(make(full, attribution=level, notes=notes), Kit()))
    jsonschema.Draft202012Validator(closed(SCHEMA)).validate(data)


def test_an_empty_report_is_too(make: Make, pages: Any) -> None:
    data = json.loads(as_json.write(make(pages, rehearsal=True), Kit()))
    jsonschema.Draft202012Validator(closed(SCHEMA)).validate(data)
    assert (data["schema"], data["as_of"], data["rehearsal"]) == (1, None, True)


def test_ids_of_blocks_are_unique(make: Make, full: Any) -> None:
    data = json.loads(as_json.write(make(full, notes=True), Kit()))
    ids = [part["id"] for part in data["parts"]]
    ids += [each["id"] for part in data["parts"] for each in part["blocks"] if each["type"] == "heading"]
    assert len(set(ids)) == len(ids)


def test_as_of_and_texts(make: Make, full: Any) -> None:
    data = json.loads(as_json.write(make(full), Kit()))
    last = full.files["back", "", ""][-1]
    assert data["as_of"] == last.at.isoformat(timespec="milliseconds") == "2024-03-01T09:35:00.000+01:00"
    opening = next(part for part in data["parts"] if part["id"] == "opening")
    drafted = next(each for each in opening["blocks"] if each["type"] == "paragraph" and each["id"])
    assert (drafted["text"], drafted["sources"]) == ("Water was shared.", ["opening.2", "opening.3"])
