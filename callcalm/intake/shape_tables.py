"""Shapes of lists and tables, and of values that may look one way or another. See `shape`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from callcalm.core.records import NamedTuple
from callcalm.core.text import safe
from callcalm.intake.codes import Code
from callcalm.intake.inbox import Inbox
from callcalm.intake.shape import BAD, Bad, Plain, Shape, called, write, wrong_type
from callcalm.intake.spans import Path
from callcalm.intake.words import SHOWN, shown, tidied
from callcalm.language import _, grouped, ngettext

_BARE = re.compile(r"[A-Za-z0-9_-]+")


class ListOf:
    """A list of `least` to `most` items of one shape. Items that cannot be used are `BAD`: indexes stay true."""

    def __init__(self, shape: Shape, least: int = 0, most: int = 1_000) -> None:
        self.shape = shape
        self.least = least
        self.most = most

    @property
    def wanted(self) -> str:
        """What to write."""
        return _("a list between [ and ], each item {wanted}").format(wanted=self.shape.wanted)

    def fits(self, value: Any) -> bool:
        """Whether it is a list."""
        return isinstance(value, list)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The list of cleaned items, or `BAD`."""
        if not isinstance(value, list):
            if isinstance(value, dict) and path and self.shape.fits(value):
                return self._alone(path, inbox)
            return wrong_type(value, self, path, inbox)
        if not self.least <= len(value) <= self.most:
            message = _items(len(value), self.least, self.most, called(path))
            inbox.add(Code.ITEM_COUNT, message, path)
            return BAD
        check = self.shape.check
        return [check(item, (*path, index), inbox) for index, item in enumerate(value)]

    def json_schema(self) -> dict[str, Any]:
        """As a JSON Schema."""
        schema = {"type": "array", "items": self.shape.json_schema(), "maxItems": self.most}
        return schema | ({"minItems": self.least} if self.least else {})

    def _alone(self, path: Path, inbox: Inbox) -> Bad:
        """Put in the problem that a table stands where a list of such tables should, and how it becomes one."""
        place = inbox.positions.value(path)
        line = inbox.source.line(place.line) if place else ""
        if line.lstrip().startswith("[") and not line.lstrip().startswith("[["):
            hint = _("Double the brackets: {header}.").format(header=f"[[{_dotted(path)}]]")
        else:
            hint = _("Put [ and ] around it: a list can hold several.")
        message = _("{what} is a list of tables, and this is a single table").format(what=called(path))
        inbox.add(Code.WRONG_TYPE, message, path, hint=hint)
        return BAD


class MapOf:
    """A table whose keys the writer chooses: each, short, matches `key` whole.

    `form` says in words what keys are: a sentence marked by `later`.
    """

    def __init__(
        self, key: str, form: str, shape: Shape, least: int = 0, most: int = 1_000, example: str = ""
    ) -> None:
        self.key = key
        self.form = form
        self.shape = shape
        self.least = least
        self.most = most
        self.example = example

    @property
    def wanted(self) -> str:
        """What to write."""
        return _table(self.example)

    def fits(self, value: Any) -> bool:
        """Whether it is a table."""
        return isinstance(value, dict)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The table with the cleaned values, or `BAD`; what cannot be used is left out."""
        if not isinstance(value, dict):
            return wrong_type(value, self, path, inbox)
        if not self.least <= len(value) <= self.most:
            message = _entries(len(value), self.least, self.most, called(path))
            inbox.add(Code.ITEM_COUNT, message, path)
            return BAD
        cleaned: dict[str, Any] = {}
        whole = re.compile(self.key).fullmatch
        for name, item in value.items():
            here = (*path, name)
            if len(name) > SHOWN:
                message = _("the name `{name}` has {n} characters; at most {most} are allowed")
                message = message.format(name=shown(name), n=grouped(len(name)), most=SHOWN)
                inbox.add(Code.KEY_FORM, message, here, at_key=True)
                continue
            if whole(name) is None:
                message = _("the name `{name}` does not have the right form").format(name=shown(name))
                right = tidied(name, self.key)
                hint = _("Write {wanted}.").format(wanted=right) if right else _(self.form)
                inbox.add(Code.KEY_FORM, message, here, at_key=True, hint=hint)
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
    """One key of a `Record`. A key that is not there gets the `default` if that is not None.

    `doc` says in English what the key is for; the catalogue knows it, and who lacks the key is told it in theirs.
    """

    shape: Shape
    doc: str
    required: bool = False
    default: Any = None


class Record:
    """A table with known keys. Others are errors, or kept as they are with `keep_unknown`."""

    def __init__(self, fields: Mapping[str, Field], *, example: str = "", keep_unknown: bool = False) -> None:
        self.fields = dict(fields)
        self.keep_unknown = keep_unknown
        self._checks = {name: field.shape.check for name, field in self.fields.items()}
        self._required = frozenset(name for name, field in self.fields.items() if field.required)
        self._defaults = {
            name: field.default
            for name, field in self.fields.items()
            if field.default is not None and not field.required
        }
        self.example = example

    @property
    def wanted(self) -> str:
        """What to write."""
        return _table(self.example)

    def fits(self, value: Any) -> bool:
        """Whether it is a table."""
        return isinstance(value, dict)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The table with the cleaned values of the keys that can be used, or `BAD` when it is no table."""
        if not isinstance(value, dict):
            return wrong_type(value, self, path, inbox, _single(value, path, inbox))
        cleaned: dict[str, Any] = {}
        for name, item in value.items():
            check = self._checks.get(name)
            if check is not None:
                entry = check(item, (*path, name), inbox)
                if entry is not BAD:
                    cleaned[name] = entry
            elif self.keep_unknown:
                cleaned[safe(name, multiline=False)] = Plain().check(item, (*path, name), inbox)
            else:
                self._unknown(name, (*path, name), inbox)
        if not self._required <= value.keys():
            for name, field in self.fields.items():
                if field.required and name not in value:
                    self._missing(name, path, inbox)
        for name, default in self._defaults.items():
            if name not in value:
                cleaned[name] = default  # noqa: PERF403 - for one or two it takes half the time
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
        if len(here) > 1:
            message = _("there is no key `{name}` in {table}").format(name=shown(name), table=called(here[:-1]))
        else:
            message = _("there is no key `{name}`").format(name=shown(name))
        inbox.add(Code.UNKNOWN_KEY, message, here, at_key=True, hint=inbox.guess(name, self.fields))

    def _missing(self, name: str, path: Path, inbox: Inbox) -> None:
        field = self.fields[name]
        message = _("{what} needs the key `{name}`").format(what=called(path), name=name)
        hint = f"{_(field.doc)} {write(field.shape)}"
        inbox.add(Code.MISSING_KEY, message, path, hint=hint)


class Either:
    """A value of one of several shapes, told apart by their types: text, or a list of texts."""

    def __init__(self, *shapes: Shape) -> None:
        self.shapes = shapes

    @property
    def wanted(self) -> str:
        """What to write."""
        return _("; or ").join(shape.wanted for shape in self.shapes)

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


def _table(example: str) -> str:
    return _("a table, such as {example}").format(example=example) if example else _("a table")


def _single(value: Any, path: Path, inbox: Inbox) -> str:
    """What to write where the header of a table has the double brackets of a list; empty where it has not."""
    place = inbox.positions.value(path) if isinstance(value, list) else None
    if place is None or not inbox.source.line(place.line).lstrip().startswith("[["):
        return ""
    return _("Write {header}, with single brackets.").format(header=f"[{_dotted(path)}]")


def _dotted(path: Path) -> str:
    return ".".join(_bare(part) for part in path if isinstance(part, str))


def _bare(name: str) -> str:
    """A key as it stands in a header."""
    return shown(name) if _BARE.fullmatch(name) else f'"{shown(name)}"'


def _items(count: int, least: int, most: int, what: str) -> str:
    """That a list has too few or too many."""
    if count < least:
        words = ngettext(
            "{what} has {n}; it needs at least {least} item",
            "{what} has {n}; it needs at least {least} items",
            least,
        )
    else:
        words = ngettext(
            "{what} has {n}; it needs at most {most} item", "{what} has {n}; it needs at most {most} items", most
        )
    return words.format(what=what, n=grouped(count), least=least, most=grouped(most))


def _entries(count: int, least: int, most: int, what: str) -> str:
    """That a table has too few or too many."""
    if count < least:
        words = ngettext(
            "{what} has {n}; it needs at least {least} entry",
            "{what} has {n}; it needs at least {least} entries",
            least,
        )
    else:
        words = ngettext(
            "{what} has {n}; it needs at most {most} entry",
            "{what} has {n}; it needs at most {most} entries",
            most,
        )
    return words.format(what=what, n=grouped(count), least=least, most=grouped(most))
