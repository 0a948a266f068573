"""What a value must look like: text, numbers, choices. One declaration checks, cleans and describes itself.

`check` never raises: it puts every problem in the inbox and returns the cleaned value, or `BAD` where there is
none. All text that leaves here is safe to show. Tables and lists are in `shape_tables`. What must not be here:
rules that look at more than one value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final, Protocol

from callcalm.core.text import MAX_LINE, Text, safe, unsafe
from callcalm.intake.codes import Code
from callcalm.intake.inbox import Inbox
from callcalm.intake.problems import Severity
from callcalm.intake.spans import Path
from callcalm.intake.words import alternatives, shown


class Bad:
    """The type of `BAD`."""

    def __repr__(self) -> str:
        return "BAD"


BAD: Final = Bad()
"""What `check` returns for a value that cannot be used; its problem is in the inbox."""


class Shape(Protocol):
    """What every shape can do."""

    @property
    def wanted(self) -> str:
        """What to write, for messages: ``a whole number from 1 to 4``."""

    def fits(self, value: Any) -> bool:
        """Whether the value is of the right type, whatever it holds."""

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The cleaned value, or `BAD`; every problem goes to the inbox. Never raises."""

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema (draft 7) of the shape."""


class Str:
    """Text of at most `most` code points.

    With `strip`, white space around it is dropped. It must not be empty but with `empty`, nor have several lines
    but with `multiline`. `pattern` must match it whole, and `form` then says that in words, with an example.
    """

    def __init__(
        self,
        most: int = 2_000,
        *,
        multiline: bool = False,
        empty: bool = False,
        strip: bool = False,
        pattern: str | None = None,
        form: str = 'text between quotes, such as "Good morning"',
    ) -> None:
        self.most = most
        self.multiline = multiline
        self.empty = empty
        self.strip = strip
        self.pattern = pattern
        self.wanted = form

    @cached_property
    def _whole(self) -> Callable[[str], object]:
        # Compiled when a first text is held to it: most shapes of a command's files never see one.
        return re.compile(self.pattern or "").fullmatch

    def fits(self, value: Any) -> bool:
        """Whether it is text."""
        return isinstance(value, str)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The safe text, or `BAD`."""
        if not isinstance(value, str):
            return wrong_type(value, self, path, inbox)
        if len(value) <= self.most and value.isascii() and value.isprintable():
            # As nearly every text: one line, and nothing in it can be unsafe.
            plain = value.strip() if self.strip else value
            if (self.empty or plain.strip()) and (self.pattern is None or self._whole(plain) is not None):
                return safe(plain) if len(plain) > MAX_LINE else Text(plain)
        if len(value) > self.most:
            message = f"{called(path)} has {len(value):,} characters; at most {self.most:,} are allowed"
            inbox.add(Code.LONG_TEXT, message, path)
            return BAD
        text: str = clean(value.strip() if self.strip else value, path, inbox)
        if not self.empty and (not text or text.isspace()):
            inbox.add(Code.EMPTY_TEXT, f"{called(path)} is empty", path, hint=f"Write {self.wanted}.")
            return BAD
        if "\n" in text and not self.multiline:
            inbox.add(Code.ONE_LINE, f"{called(path)} takes one line, and this has several", path)
            return BAD
        if self.pattern is not None and self._whole(text) is None:
            message = f"{called(path)} does not have the right form: “{shown(text)}”"
            inbox.add(Code.TEXT_FORM, message, path, hint=f"Write {self.wanted}.")
            return BAD
        return text

    def json_schema(self) -> dict[str, Any]:
        """As a JSON Schema."""
        schema: dict[str, Any] = {"type": "string", "maxLength": self.most}
        if not self.empty:
            schema["minLength"] = 1
        if self.pattern is not None:
            schema["pattern"] = f"^(?:{self.pattern})$"
        return schema


class Int:
    """A whole number from `least` to `most`."""

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most
        self.wanted = f"a whole number from {least} to {most}"

    def fits(self, value: Any) -> bool:
        """Whether it is a whole number."""
        return isinstance(value, int) and not isinstance(value, bool)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The number, or `BAD`."""
        if not self.fits(value):
            return wrong_type(value, self, path, inbox)
        if not self.least <= value <= self.most:
            message = f"{called(path)} is {value}; it must be from {self.least} to {self.most}"
            inbox.add(Code.OUT_OF_RANGE, message, path)
            return BAD
        return value

    def json_schema(self) -> dict[str, Any]:
        """As a JSON Schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Bool:
    """True or false."""

    wanted = "true or false, without quotes"

    def fits(self, value: Any) -> bool:
        """Whether it is true or false."""
        return isinstance(value, bool)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The truth value, or `BAD`."""
        return value if isinstance(value, bool) else wrong_type(value, self, path, inbox)

    def json_schema(self) -> dict[str, Any]:
        """As a JSON Schema."""
        return {"type": "boolean"}


class Choice:
    """One of a few words (or whole numbers); `values` gives each, and what it means if that needs saying."""

    def __init__(self, values: Mapping[str, str] | Mapping[int, str] | tuple[str, ...] | tuple[int, ...]) -> None:
        # Enum members become plain words, so that types can be compared and schemas written.
        self.values = tuple(str(value) if isinstance(value, str) else value for value in values)
        self.meanings = dict(values) if isinstance(values, Mapping) else {}
        self.wanted = alternatives(f'"{value}"' if isinstance(value, str) else str(value) for value in self.values)

    def fits(self, value: Any) -> bool:
        """Whether it is of the type of the values."""
        return any(type(value) is type(known) for known in self.values)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The value, or `BAD`."""
        if not self.fits(value):
            return wrong_type(value, self, path, inbox)
        if value in self.values:
            return value
        message = f"{called(path)} cannot be “{shown(value)}”"
        inbox.add(Code.NOT_A_CHOICE, message, path, hint=inbox.guess(str(value), map(str, self.values)))
        return BAD

    def json_schema(self) -> dict[str, Any]:
        """As a JSON Schema."""
        schema: dict[str, Any] = {"enum": list(self.values)}
        if self.meanings:
            schema["description"] = "; ".join(f"{value}: {text}" for value, text in self.meanings.items())
        return schema


class Plain:
    """Anything that TOML can hold, its texts made safe: for keys of a newer version, which are kept."""

    wanted = "anything"

    def fits(self, value: Any) -> bool:  # noqa: ARG002 - anything fits
        """Whether it fits: it does."""
        return True

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The value, its texts made safe."""
        if isinstance(value, str):
            return clean(value, path, inbox)
        if isinstance(value, list):
            return [self.check(item, (*path, index), inbox) for index, item in enumerate(value)]
        if isinstance(value, dict):
            return {safe(key): self.check(item, (*path, key), inbox) for key, item in value.items()}
        return value

    def json_schema(self) -> dict[str, Any]:
        """As a JSON Schema."""
        return {}


def clean(raw: str, path: Path, inbox: Inbox) -> str:
    """The text made safe, with a warning that names the first unsafe characters and where they are."""
    # Tabs and ends of line are put right silently: nobody is harmed or surprised by that.
    if raw.isprintable():
        return safe(raw)
    codes = [code for code in dict.fromkeys(unsafe().findall(raw)) if code not in "\t\r"]
    if codes:
        names = ", ".join(f"U+{ord(code):04X}" for code in codes[:3]) + (" and others" if codes[3:] else "")
        inbox.add(
            Code.UNSAFE_TEXT,
            f"{called(path)} holds unsafe characters ({names}); each is shown as \ufffd",
            place=inbox.positions.unsafe(path),
            hint="Delete them. They cannot be seen, or they steer the terminal.",
            severity=Severity.WARNING,
        )
    return safe(raw)


def called(path: Path) -> str:
    """What messages call the value at `path`: ```title```, ``item 2 of `facts` ``."""
    if not path:
        return "the file"
    if isinstance(path[-1], str):
        return f"`{shown(path[-1])}`"
    return f"item {path[-1] + 1} of {called(path[:-1])}"


def found(value: Any) -> str:
    """What a value is, in a writer's words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"the number {shown(value)}"
    if isinstance(value, float):
        return f"the number {value}, which is not whole"
    if isinstance(value, str):
        return f"the text “{shown(value)}”" if value else "an empty text"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else "a date or time"


def wrong_type(value: Any, shape: Shape, path: Path, inbox: Inbox) -> Bad:
    """Put in the problem that the value is of another type than the shape; returns `BAD`."""
    message = f"{called(path)} should not be {found(value)}"
    inbox.add(Code.WRONG_TYPE, message, path, hint=f"Write {shape.wanted}.")
    return BAD
