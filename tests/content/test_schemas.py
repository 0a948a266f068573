"""The JSON Schemas for editors: fresh, and as strict as the shapes that they come from."""

from __future__ import annotations

import json

import pytest

from callcalm.content.schemas_build import FOLDER, schemas


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_schema_files_are_fresh(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == schemas()[name], "run: python -m callcalm.content.schemas_build"


def test_there_are_no_other_schema_files_of_content() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} >= set(schemas())


def test_every_key_is_described() -> None:
    def undescribed(schema: object, path: str) -> list[str]:
        if not isinstance(schema, dict):
            return (
                [found for item in schema for found in undescribed(item, path)] if isinstance(schema, list) else []
            )
        missing = [
            f"{path}.{name}"
            for name, value in schema.get("properties", {}).items()
            if not value.get("description", "").strip()
        ]
        return missing + [
            found for name, value in schema.items() for found in undescribed(value, f"{path}.{name}")
        ]

    for name, text in schemas().items():
        assert undescribed(json.loads(text), name) == []
