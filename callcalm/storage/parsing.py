"""The way in for saves: bytes through `callcalm.intake`, which is fetched only when there is something to read.

What must not be here: what the values mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


class NotRead(Exception):
    """Bytes or a file that could not be read: the first thing that is wrong, in English and safe to show.

    `line` counts from 1 and is 0 if there is no place; `gone` is True if there is no such file, and `closed` if
    the system does not let it be read: then nothing is known to be wrong with what is in it.
    """

    def __init__(self, message: str, line: int = 0, *, gone: bool = False, closed: bool = False) -> None:
        super().__init__(message)
        self.line = line
        self.gone = gone
        self.closed = closed


def read_values(path: Path, cap: int) -> Mapping[str, Any]:
    """The values of a TOML file of at most `cap` bytes, not made safe yet.

    Raises:
        NotRead: it is not there, cannot be read, is too large or not TOML.
    """
    return placed_values(path, cap)[0]


def placed_values(path: Path, cap: int) -> tuple[Mapping[str, Any], Callable[[tuple[str, ...]], int]]:
    """The same, and what gives the line, from 1, on which the value of a key stands.

    Raises:
        NotRead: as `read_values` does.
    """
    from callcalm.intake import BadFile, Code, parse, read  # noqa: PLC0415 - see above

    try:
        document = parse(read(path, cap))
        return document.values, lambda key: document.positions.value(key).line
    except BadFile as error:
        code = error.problems[0].code
        raise _not_read(
            error, gone=code is Code.NO_FILE, closed=code in {Code.UNREADABLE, Code.NOT_A_FILE}
        ) from error


def values(data: bytes, name: str) -> Mapping[str, Any]:
    """The values of a TOML text, not made safe yet.

    Raises:
        NotRead: it is not TOML.
    """
    from callcalm.intake import BadFile, from_bytes, parse  # noqa: PLC0415 - see above

    try:
        return parse(from_bytes(data, name, len(data))).values
    except BadFile as error:
        raise _not_read(error) from error


def _not_read(error: Any, *, gone: bool = False, closed: bool = False) -> NotRead:
    first = error.problems[0]
    return NotRead(first.message, first.place.line if first.place else 0, gone=gone, closed=closed)
