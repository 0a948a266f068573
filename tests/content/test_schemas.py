"""The JSON Schemas for editors: every key says what it is for. That the files are fresh: `tests/workshop`."""

from __future__ import annotations

import json

from callcalm.content.schemas_build import schemas


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
