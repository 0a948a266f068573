"""Which files lint looks at, and what kind each is, told from its text. What must not be here: judgement.

A `#:schema` line says what a file is; without one the first table that only one kind has. In a folder, TOML files
of no kind that callcalm knows are left alone; a file that is named is always looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Final

from callcalm.core.records import dataclass

MOST_FILES: Final = 5_000
"""Most files looked at in one folder."""

_TOP: Final = 4_000
"""Code points in which a file must say what it is."""


class Kind(StrEnum):
    """What a file is for."""

    SCENARIO = "scenario"
    PHRASEBOOK = "phrasebook"
    PLAYBOOK = "playbook"
    MOVES = "moves"
    SETTINGS = "settings"
    DRILL = "drill"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to look at; `named` is whether it was asked for itself, not by its folder."""

    path: Path
    named: bool


_SCHEMA: Final = re.compile(r"^#:schema\s+\S*?([a-z]+)\.json\s*$", re.MULTILINE)
_TABLE: Final = re.compile(
    r"^[ \t]*\[+[ \t]*([a-z_-]+)"
    r"|^[ \t]*(stances|brief|items|rule|rules|ear|moves|theme|coach|motion|player)[ \t]*=",
    re.MULTILINE,
)
_KINDS: Final = {
    **dict.fromkeys(("caller", "start", "beats", "endings", "checks", "brief"), Kind.SCENARIO),
    **dict.fromkeys(("rules", "lists", "example", "by-ear", "ear"), Kind.PHRASEBOOK),
    **dict.fromkeys(("stances", "temptation"), Kind.PLAYBOOK),
    **dict.fromkeys(("moves", "moods"), Kind.MOVES),
    **dict.fromkeys(("items", "rule"), Kind.DRILL),
    **dict.fromkeys(("keys", "theme", "coach", "motion", "player"), Kind.SETTINGS),
}

_BEGUN: Final = re.compile(r"^(?:format|title|language)[ \t]*=", re.MULTILINE)
"""How a scenario begins of which no more is there yet."""


def kind_of(text: str) -> Kind:
    r"""What a file with this text is for.

    >>> kind_of("format = 1\n[[stances]]\n")
    <Kind.PLAYBOOK: 'playbook'>
    """
    top = text[:_TOP]
    for said in _SCHEMA.finditer(top):
        if said.group(1) in list(Kind):
            return Kind(said.group(1))
    for table in _TABLE.finditer(text):
        kind = _KINDS.get(table.group(1) or table.group(2))
        if kind is not None:
            return kind
    return Kind.SCENARIO if _BEGUN.search(top) else Kind.OTHER


def gather(paths: Iterable[Path]) -> Iterator[Wanted]:
    """Every file that the paths mean: the files themselves, and every ``*.toml`` below the folders, each once."""
    seen: set[Path] = set()
    for path in paths:
        inside = path.is_dir()
        for file in _below(path) if inside else iter([path]):
            if file not in seen:
                seen.add(file)
                yield Wanted(file, named=not inside)


def _below(folder: Path) -> Iterator[Path]:
    """The TOML files of a folder and all below it, in a steady order, but for what is hidden or linked."""
    return iter(sorted(islice(_walk(folder), MOST_FILES)))


def _walk(folder: Path) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        try:
            entries = sorted(waiting.pop().iterdir())
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.suffix == ".toml" and not entry.is_dir():
                yield entry
            elif entry.is_dir() and not entry.is_symlink():
                waiting.append(entry)
