"""The top of a drill file, read fast: all that home needs of it; and where drill files are.

A broken file is a head too, with its problem. What must not be here: items, and an exception for what is in a
file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from callcalm.content.shapes import FORMAT, LANGUAGES, LONGEST_TITLE, MOST_MINUTES
from callcalm.core.records import NamedTuple
from callcalm.core.text import Text, safe
from callcalm.intake import BadFile, Source, read
from callcalm.intake.endings import TOML_FILES

SHIPPED: Final = Path(__file__).parent / "drills"
CAP: Final = 512 * 1024
"""Largest drill file, in bytes."""

MOST_FILES: Final = 1_000
"""Most files looked at in one folder; the rest are not listed."""

_TOP: Final = 8_192
"""Code points of a top that the parser may see unscanned: too few to hang it (FACTS, section 2)."""

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*\[\[[ \t]*items[ \t]*\]\]", re.MULTILINE)
_KIND = re.compile(r"^[ \t]*(options|parts|text|wants)[ \t]*=", re.MULTILINE)
_KINDS: Final = {"options": "choose", "parts": "order", "text": "spot", "wants": "say"}
"""What kind an item is, by the key that it must have."""

_EMPTY: Final = safe("")


class DrillHead(NamedTuple):
    """What a list says of one drill. With a `problem`, one line, the rest is empty and it cannot be played.

    `kinds` are the kinds of its items, as `core.drill.ItemKind` has them, in the order of the alphabet.
    """

    id: Text
    title: Text = _EMPTY
    language: str = ""
    minutes: int = 0
    items: int = 0
    problem: str | None = None
    teaches: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


def drill_paths(folders: Iterable[Path]) -> dict[str, Path]:
    """The drill files in some folders, and one level below each, by id; the earlier folder counts."""
    paths: dict[str, Path] = {}
    for folder in folders:
        for path in sorted([*folder.glob(TOML_FILES), *folder.glob(f"*/{TOML_FILES}")])[:MOST_FILES]:
            paths.setdefault(safe(path.stem, multiline=False), path)
    return paths


def drill_heads(folders: Iterable[Path]) -> list[DrillHead]:
    """The heads of all of them, by language and title; those with a problem last. Never raises for a file."""
    heads = [read_drill_head(path) for path in drill_paths(folders).values()]
    return sorted(heads, key=lambda head: (head.problem is not None, head.language, head.title.casefold()))


def read_drill_head(path: Path) -> DrillHead:
    """The head of one file. An item that is wrong is not seen; playing the drill tells."""
    name = safe(path.stem, multiline=False)
    try:
        source = read(path, CAP)
        return _quick(name, source.text) or _whole(name, source)
    except BadFile as bad:
        from callcalm.content.kinds import Kind, in_a_line  # noqa: PLC0415 - most files are well

        return DrillHead(name, problem=in_a_line(bad, Kind.DRILL))


def _quick(name: Text, text: str) -> DrillHead | None:
    """The head from what stands before the first table; None when that takes a closer look."""
    import tomli  # noqa: PLC0415 - fetched with the first head, not with the module

    table = _TABLE.search(text)
    end = table.start() if table else len(text)
    if end > _TOP:
        return None
    try:
        values = tomli.loads(text[:end])
    except (ValueError, RecursionError):
        return None
    items = sum(1 for _ in _ITEM.finditer(text, end))
    keys = _KIND.findall(text, end)
    return _head(name, values, items, keys) if values.get("format") == FORMAT else None


def _whole(name: Text, source: Source) -> DrillHead:
    """The head by the way in for every file: slower, and it says what is wrong."""
    from callcalm.content.drill_shape import drill_record  # noqa: PLC0415 - most files need only their top
    from callcalm.intake import load_source  # noqa: PLC0415

    loaded = load_source(source, drill_record(), number=FORMAT)
    loaded.inbox.warnings()
    items = loaded.data["items"]
    head = _head(name, loaded.data, len(items), (key for item in items for key in item))
    assert head is not None  # noqa: S101 - the record is the stricter of the two
    return head


def _head(name: Text, values: Mapping[str, Any], items: int, keys: Iterable[str]) -> DrillHead | None:
    title, language, minutes = values.get("title"), values.get("language"), values.get("minutes")
    if not (isinstance(title, str) and title.strip() and len(title) <= LONGEST_TITLE):
        return None
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 0 < minutes <= MOST_MINUTES:
        return None
    # A list, not a set: a value that cannot be hashed is not among them either.
    if language not in list(LANGUAGES) or not items:
        return None
    teaches = values.get("teaches")
    moves = tuple(move for move in teaches if isinstance(move, str)) if isinstance(teaches, list) else ()
    said = safe(title.strip(), multiline=False)
    kinds = tuple(sorted({_KINDS[key] for key in keys if key in _KINDS}))
    return DrillHead(name, said, str(language), minutes, items, teaches=moves, kinds=kinds)
