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

from callcalm.core.text import MAX_LINE, REPLACEMENT, safe, unsafe
from callcalm.intake.codes import Code
from callcalm.intake.inbox import Inbox
from callcalm.intake.problems import Severity
from callcalm.intake.spans import Path
from callcalm.intake.words import alternatives, shown, tidied
from callcalm.language import _, grouped, later


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
    but with `multiline`. `pattern` must match it whole, and `form` then says that in words, with an example; it is
    said in the interface's language, so it is marked by `later`.
    """

    def __init__(
        self,
        most: int = 2_000,
        *,
        multiline: bool = False,
        empty: bool = False,
        strip: bool = False,
        pattern: str | None = None,
        form: str = later('text between quotes, such as "Good morning"'),
    ) -> None:
        self.most = most
        self.multiline = multiline
        self.empty = empty
        self.strip = strip
        self.pattern = pattern
        self.form = form

    @property
    def wanted(self) -> str:
        """What to write."""
        return _(self.form)

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
            filled = self.empty or (plain and not plain.isspace())
            if filled and (self.pattern is None or self._whole(plain) is not None):
                return safe(plain) if len(plain) > MAX_LINE else plain
        if len(value) > self.most:
            message = _("{what} has {n} characters; at most {most} are allowed")
            message = message.format(what=called(path), n=grouped(len(value)), most=grouped(self.most))
            inbox.add(Code.LONG_TEXT, message, path)
            return BAD
        text: str = clean(value.strip() if self.strip else value, path, inbox)
        if not self.empty and (not text or text.isspace()):
            message = _("{what} is empty").format(what=called(path))
            inbox.add(Code.EMPTY_TEXT, message, path, hint=write(self))
            return BAD
        if "\n" in text and not self.multiline:
            message = _("{what} takes one line, and this has several").format(what=called(path))
            inbox.add(Code.ONE_LINE, message, path)
            return BAD
        if self.pattern is not None and self._whole(text) is None:
            message = _("{what} does not have the right form: “{text}”")
            message = message.format(what=called(path), text=shown(text))
            right = tidied(text, self.pattern)
            hint = _("Write {wanted}.").format(wanted=f'"{right}"') if right else write(self)
            inbox.add(Code.TEXT_FORM, message, path, hint=hint)
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

    @property
    def wanted(self) -> str:
        """What to write."""
        return _("a whole number from {least} to {most}").format(least=self.least, most=self.most)

    def fits(self, value: Any) -> bool:
        """Whether it is a whole number."""
        return isinstance(value, int) and not isinstance(value, bool)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The number, or `BAD`."""
        if not self.fits(value):
            return wrong_type(value, self, path, inbox)
        if not self.least <= value <= self.most:
            message = _("{what} is {value}; it must be from {least} to {most}")
            message = message.format(what=called(path), value=value, least=self.least, most=self.most)
            inbox.add(Code.OUT_OF_RANGE, message, path)
            return BAD
        return value

    def json_schema(self) -> dict[str, Any]:
        """As a JSON Schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Bool:
    """True or false."""

    @property
    def wanted(self) -> str:
        """What to write."""
        return _("true or false, without quotes")

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

    @property
    def wanted(self) -> str:
        """What to write."""
        return alternatives(f'"{value}"' if isinstance(value, str) else str(value) for value in self.values)

    def fits(self, value: Any) -> bool:
        """Whether it is of the type of the values."""
        return any(type(value) is type(known) for known in self.values)

    def check(self, value: Any, path: Path, inbox: Inbox) -> Any:
        """The value, or `BAD`."""
        if not self.fits(value):
            return wrong_type(value, self, path, inbox)
        if value in self.values:
            return value
        message = _("{what} cannot be “{value}”").format(what=called(path), value=shown(value))
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

    @property
    def wanted(self) -> str:
        """What to write."""
        return _("anything")

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
        names = ", ".join(f"U+{ord(code):04X}" for code in codes[:3])
        if codes[3:]:
            names = _("{words} and others").format(words=names)
        message = _("{what} holds unsafe characters ({names}); each is shown as {sign}")
        inbox.add(
            Code.UNSAFE_TEXT,
            message.format(what=called(path), names=names, sign=REPLACEMENT),
            place=inbox.positions.unsafe(path),
            hint=_("Delete them. They cannot be seen, or they steer the terminal."),
            severity=Severity.WARNING,
        )
    return safe(raw)


def called(path: Path) -> str:
    """What messages call the value at `path`: ```title```, ``item 2 of `facts` ``."""
    if not path:
        return _("the file")
    if isinstance(path[-1], str):
        return f"`{shown(path[-1])}`"
    return _("item {n} of {list}").format(n=path[-1] + 1, list=called(path[:-1]))


def found(value: Any) -> str:
    """What a value is, in a writer's words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _("the number {value}").format(value=shown(value))
    if isinstance(value, float):
        return _("the number {value}, which is not whole").format(value=value)
    if isinstance(value, str):
        return _("the text “{text}”").format(text=shown(value)) if value else _("an empty text")
    if isinstance(value, list):
        return _("a list")
    return _("a table") if isinstance(value, dict) else _("a date or time")


def write(shape: Shape) -> str:
    """The hint that says what to write."""
    return _("Write {wanted}.").format(wanted=shape.wanted)


def wrong_type(value: Any, shape: Shape, path: Path, inbox: Inbox, hint: str = "") -> Bad:
    """Put in the problem that the value is of another type than the shape; returns `BAD`."""
    message = _("{what} should not be {found}").format(what=called(path), found=found(value))
    inbox.add(Code.WRONG_TYPE, message, path, hint=hint or write(shape))
    return BAD
