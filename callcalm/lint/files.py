"""Which files lint looks at, and what kind each is, told from its text. What must not be here: judgement.

A `#:schema` line says what a file is; without one what callcalm itself writes into files that are not for lint, or
the first table that only one kind has. In a folder, files that are not for lint and TOML files of no kind that
callcalm knows are left alone; a file that is named is always looked at, or told what it is.
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

TOP: Final = 4_000
"""Code points in which a file must say what it is."""


class Kind(StrEnum):
    """What a file is for."""

    SCENARIO = "scenario"
    PHRASEBOOK = "phrasebook"
    PLAYBOOK = "playbook"
    MOVES = "moves"
    SETTINGS = "settings"
    DRILL = "drill"
    CAMPAIGN = "campaign"
    OTHER = "other"

    # What callcalm reads and writes elsewhere: none is for lint.
    SAVE = "save"
    CALL = "call"
    WINDOW = "window"
    SESSION = "session"
    ALLOWED = "allowed"
    BASELINE = "baseline"
    PART = "part"


NOT_FOR_LINT: Final = frozenset(
    {Kind.SAVE, Kind.CALL, Kind.WINDOW, Kind.SESSION, Kind.ALLOWED, Kind.BASELINE, Kind.PART}
)
"""Files of callcalm that no writer writes: in a folder they are passed over, by name it is told what they are."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to look at; `named` is whether it was asked for itself, not by its folder."""

    path: Path
    named: bool


_SCHEMA: Final = re.compile(r"^#:schema\s+\S*?([a-z]+)\.json\s*$", re.MULTILINE)
_SCHEMAS: Final = {
    **{kind.value: kind for kind in Kind if kind not in NOT_FOR_LINT},
    **dict.fromkeys(("sources", "worked"), Kind.PART),
}

_WRITTEN: Final = {
    Kind.SAVE: (r"^\[\[rounds\]\]", r'^player = "[\s\S]*^created = \d'),
    Kind.CALL: (r'^player = "[\s\S]*^saved = \d[\s\S]*^scenario = "',),
    Kind.WINDOW: (r"^pid = \d+\nhost = ",),
    Kind.SESSION: (r'^session = "[^\n]*\nstarted = \d',),
    Kind.ALLOWED: (r"^\[\[ignore\]\]", r"^ignore *= *\["),
    Kind.BASELINE: (r"^findings *= *\[",),
}
_NOT_FOR_LINT: Final = {kind: re.compile("|".join(forms), re.MULTILINE) for kind, forms in _WRITTEN.items()}
"""How files begin that callcalm writes: several keys together, so that no slip in an encounter looks like them."""

_TABLE: Final = re.compile(
    r"^[ \t]*\[+[ \t]*([a-z_-]+)"
    r"|^[ \t]*(stances|brief|items|rule|rules|ear|moves|theme|coach|motion|steps)[ \t]*=",
    re.MULTILINE,
)
_KINDS: Final = {
    **dict.fromkeys(("caller", "start", "beats", "endings", "checks", "brief"), Kind.SCENARIO),
    **dict.fromkeys(("rules", "lists", "example", "by-ear", "ear"), Kind.PHRASEBOOK),
    **dict.fromkeys(("stances", "temptation"), Kind.PLAYBOOK),
    **dict.fromkeys(("moves", "moods"), Kind.MOVES),
    **dict.fromkeys(("items", "rule"), Kind.DRILL),
    **dict.fromkeys(("keys", "theme", "coach", "motion"), Kind.SETTINGS),
    "steps": Kind.CAMPAIGN,
}

_BEGUN: Final = re.compile(r"^(?:format|title|language)[ \t]*=", re.MULTILINE)
"""How a scenario begins of which no more is there yet."""

_PLAYER: Final = re.compile(r"^player[ \t]*=", re.MULTILINE)
"""What else settings may hold, and nothing that writers write."""


def kind_of(text: str) -> Kind:
    r"""What a file with this text is for.

    >>> kind_of("format = 1\n[[stances]]\n")
    <Kind.PLAYBOOK: 'playbook'>
    """
    top = text[:TOP]
    for said in _SCHEMA.finditer(top):
        if said.group(1) in _SCHEMAS:
            return _SCHEMAS[said.group(1)]
    for kind, form in _NOT_FOR_LINT.items():
        if form.search(top):
            return kind
    for table in _TABLE.finditer(text):
        name = table.group(1) or table.group(2)
        if name in _KINDS:
            return _KINDS[name]
    if _PLAYER.search(top):
        return Kind.SETTINGS
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
