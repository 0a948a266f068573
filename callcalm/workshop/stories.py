"""A branching story of any tool, and how it becomes a scenario. Readers of formats make a `Story` of their text.

What must not be here: any format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from callcalm.core.condition import Value
from callcalm.language import ngettext

MOST_NODES: Final = 2_000
"""Most passages or knots that are brought over; more would not fit in a scenario file."""

MOST_ENDINGS: Final = 38
"""Two fewer than a scenario may have: one gathers the rest, one the links that lead nowhere."""

LONGEST_END: Final = 1_400
"""Longest text of an ending, in code points."""

MOST_VARIABLES: Final = 50
COUNTED: Final = 20
"""How far a counter that was brought over can count; a scenario's counters need a range."""

MOST_PLACES: Final = 5


@dataclass(slots=True)
class Link:
    """One way on: the words that are chosen, where they lead, when they are there, what they change.

    `line` is where it says where it leads, from 1; 0 where that is not known.
    """

    say: str
    target: str
    when: str = ""
    set: dict[str, Value] = field(default_factory=dict)
    add: dict[str, int] = field(default_factory=dict)
    line: int = 0


@dataclass(slots=True)
class Node:
    """A passage or a knot. `enter` holds what changes on the way in; `line` is where it begins, from 1."""

    text: str = ""
    links: list[Link] = field(default_factory=list)
    line: int = 0
    mood: str = ""
    kind: str = ""
    set: dict[str, Value] = field(default_factory=dict)
    add: dict[str, int] = field(default_factory=dict)


class Notes:
    """What did not carry over: each kind told once, with the first places."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}
        self._files: list[tuple[int, str]] = []

    def add(self, what: str, line: int = 0) -> None:
        """Something that did not carry over, in a line (0: no place)."""
        self._places.setdefault(what, []).append(line)

    def begins(self, line: int, file: str) -> None:
        """That a file further on begins with this line: of the first, and up to there, only lines are told."""
        self._files.append((line, file))

    def lines(self) -> list[str]:
        """A sentence each, such as ``2 × a macro (lines 3, 9)``, or ``(line more.ink:2)`` in another file."""
        return [
            self._told(what, sorted({line for line in lines if line}), len(lines))
            for what, lines in self._places.items()
        ]

    def _told(self, what: str, lines: list[int], count: int) -> str:
        told = f"{count} × {what}" if count > 1 else what
        if not lines:
            return told
        shown = ", ".join(map(self._place, lines[:MOST_PLACES])) + (" …" if len(lines) > MOST_PLACES else "")
        return ngettext("{what} (line {lines})", "{what} (lines {lines})", len(lines)).format(
            what=told, lines=shown
        )

    def _place(self, line: int) -> str:
        first, file = next(((first, file) for first, file in reversed(self._files) if first <= line), (1, ""))
        return f"{file}:{line - first + 1}" if file else str(line)


@dataclass(slots=True)
class Story:
    """A story: nodes by name, the first one, variables as they are at the start. A node without links ends it.

    `extra` is what callcalm itself put into the file when it wrote it, in the form of a scenario file; `dialect`
    the story format of Twine, in small letters, if the file says it; `shown` what a variable in a text becomes.
    `voices` are names that the file says are those of speakers; `caller` is who calls, once that is known.
    """

    title: str = ""
    start: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    vars: dict[str, Value] = field(default_factory=dict)
    ranges: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)
    extra: Mapping[str, Any] = field(default_factory=dict)
    dialect: str = ""
    shown: dict[str, str] = field(default_factory=dict)
    voices: set[str] = field(default_factory=set)
    caller: str = ""


def is_sound(extra: object) -> bool:
    """Whether what callcalm kept in a story has the form that it gave it; people edit such passages."""
    if not isinstance(extra, dict):
        return False
    tables = all(isinstance(extra.get(key, {}), dict) for key in ("beats", "endings", "vars", "start", "caller"))
    checks = extra.get("checks", [])
    if not tables or not isinstance(checks, list) or not isinstance(extra.get("language", ""), str):
        return False
    if not all(isinstance(one, dict) and {"name", "do"} <= one.keys() for one in checks):
        return False
    if not all(isinstance(one["do"], list) and isinstance(one.get("ends", ""), str) for one in checks):
        return False
    kept = [*extra.get("beats", {}).values(), *extra.get("endings", {}).values()]
    replies = [one.get("replies", []) for one in kept if isinstance(one, dict)]
    return all(isinstance(one, dict) for one in kept) and all(
        isinstance(some, list) and all(isinstance(one, dict) for one in some) for some in replies
    )
