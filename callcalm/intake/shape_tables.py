"""Shapes of lists and tables, and of values that may look one way or another. See `shape`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from callcalm.core.records import NamedTuple
from callcalm.core.text import safe
from callcalm.intake.codes import Code
from callcalm.intake.inbox import Inbox
from callcalm.intake.shape import BAD, Plain, Shape, called, wrong_type
from callcalm.intake.spans import Path
from callcalm.intake.words import SHOWN, shown


class ListOf:
    """A list of `least` to `most` items of one shape. Items that cannot be used are `BAD`: indexes stay true."""

    def __init__(self, shape: Shape, least: int = 0, most: int = 1_000) -> None:
        self.shape = shape
        self.least = least
        self.most = most
        self.wanted = f"a list between [ and ], each item {shape.wanted}"

    def fits(self, value: Any) -> bool:
        """Whether it is a list."""
        return isinstance(value, list)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The list of cleaned items, or `BAD`."""
        if not isinstance(value, list):
            return wrong_type(value, self, path, inbox)
        if not _counted(len(value), self.least, self.most, "item", path, inbox):
            return BAD
        return [self.shape.check(item, (*path, index), inbox) for index, item in enumerate(value)]

    def json_schema(self) -> dict[str, Any]:
        """As a JSON Schema."""
        schema = {"type": "array", "items": self.shape.json_schema(), "maxItems": self.most}
        return schema | ({"minItems": self.least} if self.least else {})


class MapOf:
    """A table whose keys the writer chooses: each, short, matches `key` whole, which `form` says in words."""

    def __init__(
        self, key: str, form: str, shape: Shape, least: int = 0, most: int = 1_000, example: str = ""
    ) -> None:
        self.key = key
        self.form = form
        self.shape = shape
        self.least = least
        self.most = most
        self.wanted = f"a table, such as {example}" if example else "a table"

    def fits(self, value: Any) -> bool:
        """Whether it is a table."""
        return isinstance(value, dict)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The table with the cleaned values, or `BAD`; what cannot be used is left out."""
        if not isinstance(value, dict):
            return wrong_type(value, self, path, inbox)
        if not _counted(len(value), self.least, self.most, "entry", path, inbox):
            return BAD
        cleaned: dict[str, Any] = {}
        whole = re.compile(self.key).fullmatch
        for name, item in value.items():
            here = (*path, name)
            if len(name) > SHOWN:
                message = f"the name `{shown(name)}` has {len(name):,} characters; at most {SHOWN} are allowed"
                inbox.add(Code.KEY_FORM, message, here, at_key=True)
                continue
            if whole(name) is None:
                message = f"the name `{shown(name)}` does not have the right form"
                inbox.add(Code.KEY_FORM, message, here, at_key=True, hint=f"Names here are {self.form}.")
            entry = self.shape.check(item, here, inbox)
            if entry is not BAD:
                cleaned[safe(name, multiline=False)] = entry
        return cleaned

    def json_schema(self) -> dict[str, Any]:
        """As a JSON Schema."""
        schema: dict[str, Any] = {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{self.key})$", "maxLength": SHOWN},
            "additionalProperties": self.shape.json_schema(),
            "maxProperties": self.most,
        }
        return schema | ({"minProperties": self.least} if self.least else {})


class Field(NamedTuple):
    """One key of a `Record`. A key that is not there gets the `default` if that is not None."""

    shape: Shape
    doc: str
    required: bool = False
    default: Any = None


class Record:
    """A table with known keys. Others are errors, or kept as they are with `keep_unknown`."""

    def __init__(self, fields: Mapping[str, Field], *, example: str = "", keep_unknown: bool = False) -> None:
        self.fields = dict(fields)
        self.keep_unknown = keep_unknown
        self._required = frozenset(name for name, field in self.fields.items() if field.required)
        self._defaults = {
            name: field.default
            for name, field in self.fields.items()
            if field.default is not None and not field.required
        }
        self.wanted = f"a table, such as {example}" if example else "a table"

    def fits(self, value: Any) -> bool:
        """Whether it is a table."""
        return isinstance(value, dict)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The table with the cleaned values of the keys that can be used, or `BAD` when it is no table."""
        if not isinstance(value, dict):
            return wrong_type(value, self, path, inbox)
        cleaned: dict[str, Any] = {}
        for name, item in value.items():
            here = (*path, name)
            field = self.fields.get(name)
            if field is not None:
                entry = field.shape.check(item, here, inbox)
                if entry is not BAD:
                    cleaned[name] = entry
            elif self.keep_unknown:
                cleaned[safe(name, multiline=False)] = Plain().check(item, here, inbox)
            else:
                self._unknown(name, here, inbox)
        if not self._required <= value.keys():
            for name, field in self.fields.items():
                if field.required and name not in value:
                    self._missing(name, path, inbox)
        if self._defaults:
            cleaned |= {name: default for name, default in self._defaults.items() if name not in value}
        return cleaned

    def json_schema(self) -> dict[str, Any]:
        """As a JSON Schema."""
        schema: dict[str, Any] = {
            "type": "object",
            "properties": {name: _described(field) for name, field in self.fields.items()},
            "required": [name for name, field in self.fields.items() if field.required],
            "additionalProperties": self.keep_unknown,
        }
        if not schema["required"]:
            del schema["required"]
        return schema

    def _unknown(self, name: str, here: Path, inbox: Inbox) -> None:
        at = f" in {called(here[:-1])}" if len(here) > 1 else ""
        message = f"there is no key `{shown(name)}`{at}"
        inbox.add(Code.UNKNOWN_KEY, message, here, at_key=True, hint=inbox.guess(name, self.fields))

    def _missing(self, name: str, path: Path, inbox: Inbox) -> None:
        shape = self.fields[name].shape
        message = f"{called(path)} needs the key `{name}`"
        hint = f"{self.fields[name].doc} Write {shape.wanted}."
        inbox.add(Code.MISSING_KEY, message, path, hint=hint)


class Either:
    """A value of one of several shapes, told apart by their types: text, or a list of texts."""

    def __init__(self, *shapes: Shape) -> None:
        self.shapes = shapes
        self.wanted = "; or ".join(shape.wanted for shape in shapes)

    def fits(self, value: Any) -> bool:
        """Whether one of the shapes fits."""
        return any(shape.fits(value) for shape in self.shapes)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """What the first shape that fits makes of the value, or `BAD`."""
        for shape in self.shapes:
            if shape.fits(value):
                return shape.check(value, path, inbox)
        return wrong_type(value, self, path, inbox)

    def json_schema(self) -> dict[str, Any]:
        """As a JSON Schema."""
        return {"anyOf": [shape.json_schema() for shape in self.shapes]}


def _described(field: Field) -> dict[str, Any]:
    schema = field.shape.json_schema()
    meaning = schema.get("description")
    schema["description"] = f"{field.doc} {meaning}" if meaning else field.doc
    if field.default is not None:
        schema["default"] = field.default
    return schema


def _counted(count: int, least: int, most: int, item: str, path: Path, inbox: Inbox) -> bool:
    if least <= count <= most:
        return True
    many = item if (least if count < least else most) == 1 else {"entry": "entries"}.get(item, f"{item}s")
    wanted = f"at least {least} {many}" if count < least else f"at most {most:,} {many}"
    inbox.add(Code.ITEM_COUNT, f"{called(path)} has {count:,}; it needs {wanted}", path)
    return False
