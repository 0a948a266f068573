"""Values as TOML, one key a line, in the order given.

Saves need what a general writer does not promise: that every value stays under its key (no sub-tables), so that
the last line of a round says that it is whole; and that no control or direction character stands raw in the file.
What must not be here: any knowledge of rounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time

from callcalm.core.text import REPLACEMENT, UNSAFE

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(rf'["\\\n]|{UNSAFE}')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_INDENT = "  "
_SURROGATES = range(0xD800, 0xE000)
_FOUR_DIGITS = 0xFFFF


def lines(pairs: Iterable[tuple[str, object]]) -> str:
    """Each pair as ``key = value``. A list of tables gets a line for each of them.

    Raises:
        TypeError: for a value that TOML does not know, such as None.
    """
    return "".join(f"{key(name)} = {_top(item)}\n" for name, item in pairs)


def key(name: str) -> str:
    """A key, in quotes where it needs them.

    >>> key("follow_up"), key("two words")
    ('follow_up', '"two words"')
    """
    return name if _BARE.fullmatch(name) else string(name)


def string(text: str) -> str:
    r"""A string on one line.

    >>> string('say "hold\n')
    '"say \\"hold\\n"'
    """
    return f'"{_ESCAPED.sub(_escape, text)}"'


def value(item: object) -> str:
    """Any value, on one line. Times with an offset are written in UTC.

    Raises:
        TypeError: for a value that TOML does not know.

    >>> value({"got": True, "fair": 0})
    '{ got = true, fair = 0 }'
    """
    match item:
        case str():
            return string(item)
        case bool():
            return "true" if item else "false"
        case int():
            return str(item)
        case float():
            return repr(item)
        case datetime():
            return _moment(item)
        case date() | time():
            return item.isoformat()
        case Mapping():
            inner = ", ".join(f"{key(str(name))} = {value(part)}" for name, part in item.items())
            return f"{{ {inner} }}" if inner else "{}"
        case list() | tuple():
            return f"[{', '.join(value(part) for part in item)}]"
    raise TypeError(f"TOML has no {type(item).__name__}")


def _top(item: object) -> str:
    if isinstance(item, list | tuple) and item and all(isinstance(part, Mapping) for part in item):
        return "[\n" + "".join(f"{_INDENT}{value(part)},\n" for part in item) + "]"
    return value(item)


def _moment(item: datetime) -> str:
    if item.tzinfo is None:
        return item.isoformat()
    try:
        item = item.astimezone(UTC)
    except OverflowError:
        return item.isoformat()  # at either end of the calendar
    return item.replace(tzinfo=None).isoformat() + "Z"


def _escape(hit: re.Match[str]) -> str:
    char = hit.group()
    code = ord(char)
    if code in _SURROGATES:
        return REPLACEMENT
    return _SHORT.get(char) or (f"\\u{code:04X}" if code <= _FOUR_DIGITS else f"\\U{code:08X}")
