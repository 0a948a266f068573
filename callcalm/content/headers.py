"""The top of a scenario file, read fast: all that home and `list` need, for hundreds of files at once.

A broken file is a header too, with its problem. What must not be here: beats, and an exception for what is in
a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from callcalm.content.scenarios import CAP, scenario_id
from callcalm.content.shapes import (
    FORMAT,
    LANGUAGES,
    LONGEST_NAME,
    LONGEST_SETTING,
    LONGEST_TITLE,
    MOST_LEVEL,
    MOST_MINUTES,
)
from callcalm.core.model import Channel
from callcalm.core.records import dataclass
from callcalm.core.text import Text, safe
from callcalm.intake import BadFile, Source, read
from callcalm.language import _

_TOP: Final = 8_192
"""Code points of a top that the parser may see unscanned: too few to hang it (FACTS, section 2)."""

_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
_EMPTY: Final = safe("")


@dataclass(frozen=True, slots=True)
class Header:
    """What a list says of one encounter. With a `problem`, one line, the rest is empty and it cannot be played.

    `after` is the encounter that it comes back from, by a promise; empty for one that begins by itself. With
    `replaced`, the problem is only that a file of the same name is used instead.
    """

    id: Text
    path: Path
    title: Text = _EMPTY
    language: str = ""
    channel: Channel = Channel.PHONE
    setting: Text = _EMPTY
    level: int = 0
    minutes: int = 0
    caller: Text = _EMPTY
    teaches: tuple[str, ...] = ()
    after: str = ""
    problem: str | None = None
    replaced: bool = False

    @property
    def trouble(self) -> str:
        """The line that says why it is not among those to play; empty when it is."""
        if self.problem is None:
            return ""
        line = _("{id}: {problem}") if self.replaced else _("{id}: cannot be read: {problem}")
        return line.format(id=self.id, problem=self.problem)


def read_header(path: Path) -> Header:
    """The header of one file. Never raises for what is in it."""
    name = scenario_id(path)
    try:
        source = read(path, CAP)
        header = _quick(name, path, source.text)
        return header or _whole(name, path, source)
    except BadFile as bad:
        from callcalm.content.kinds import Kind, in_a_line  # noqa: PLC0415 - most files are well

        return Header(name, path, problem=in_a_line(bad, Kind.SCENARIO))


def _quick(name: Text, path: Path, text: str) -> Header | None:
    """The header from the top of the file and its first table; None when that takes a closer look."""
    import tomli  # noqa: PLC0415 - fetched with the first header, not with the module

    tables = [hit.start() for _, hit in zip(range(2), _HEADER.finditer(text), strict=False)]
    end = tables[-1] if len(tables) > 1 else len(text)
    if end > _TOP:
        return None
    try:
        values = tomli.loads(text[:end])
    except (ValueError, RecursionError):
        return None
    return _header(name, path, values) if values.get("format") == FORMAT else None


def _whole(name: Text, path: Path, source: Source) -> Header:
    """The header by the way in for every file: slower, and it says what is wrong."""
    from callcalm.content.scenario_shape import scenario_record  # noqa: PLC0415 - most files need only their top
    from callcalm.intake import load_source  # noqa: PLC0415

    loaded = load_source(source, scenario_record(), number=FORMAT)
    loaded.inbox.warnings()
    header = _header(name, path, loaded.data)
    assert header is not None  # noqa: S101 - the record is the stricter of the two
    return header


def _header(name: Text, path: Path, values: Mapping[str, Any]) -> Header | None:
    caller = values.get("caller")
    title, setting = _line(values.get("title"), LONGEST_TITLE), _line(values.get("setting"), LONGEST_SETTING)
    person = _line(caller.get("name"), LONGEST_NAME) if isinstance(caller, dict) else None
    language, channel = values.get("language"), values.get("channel")
    level, minutes = _number(values.get("level"), MOST_LEVEL), _number(values.get("minutes"), MOST_MINUTES)
    if title is None or setting is None or person is None or level is None or minutes is None:
        return None
    # Lists, not sets: a value that cannot be hashed is not among them either.
    if language not in list(LANGUAGES) or channel not in list(Channel):
        return None
    teaches = values.get("teaches")
    moves = tuple(move for move in teaches if isinstance(move, str)) if isinstance(teaches, list) else ()
    after = _line(values.get("after"), LONGEST_NAME) or ""
    return Header(
        name, path, title, str(language), Channel(channel), setting, level, minutes, person, moves, after
    )


def _line(value: Any, most: int) -> Text | None:
    fits = isinstance(value, str) and 0 < len(value) <= most and value.strip()
    return safe(value.strip(), multiline=False) if fits else None


def _number(value: Any, most: int) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most
    return value if fits else None
