"""Plain data in pieces of one bulk, each read when it is first asked for.

What must not be here: files, and what the pieces mean.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

_Value = TypeVar("_Value")

Bulk = bytes | memoryview

Piece = tuple[int, int]
"""Where a piece begins in its bulk, and where it ends."""

_ALIKE: Final = 2
"""Letters that the names of a shelf have in common: few enough shelves, and few enough things on each."""


class Pile:
    """Grows into a bulk."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def put(self, data: bytes) -> Piece:
        """Lay one piece on the pile."""
        start = self._size
        self._parts.append(data)
        self._size += len(data)
        return start, self._size

    def put_each(self, things: Mapping[str, Any]) -> dict[str, Piece]:
        """Lay each thing on the pile by itself: for `Fetched`."""
        return {name: self.put(marshal.dumps(thing)) for name, thing in things.items()}

    def put_on_shelves(self, things: Mapping[str, Any]) -> dict[str, Piece]:
        """Lay things on the pile, those together whose names begin alike: for `Shelves`."""
        shelves: dict[str, dict[str, Any]] = {}
        for name, thing in sorted(things.items()):
            shelves.setdefault(name[:_ALIKE], {})[name] = thing
        return self.put_each(shelves)

    def bulk(self) -> bytes:
        """The whole pile."""
        return b"".join(self._parts)


class Fetched(Mapping[str, _Value]):
    """Things by name, each made of its piece when it is first asked for."""

    def __init__(self, pieces: Mapping[str, Piece], bulk: Bulk, make: Callable[[Any], _Value]) -> None:
        self._pieces = pieces
        self._bulk = bulk
        self._make = make
        self._made: dict[str, _Value] = {}

    def __getitem__(self, name: str) -> _Value:
        found = self._made.get(name)
        if found is None:
            start, end = self._pieces[name]
            # Our own data: `intake.kept` says how far it is trusted.
            found = self._made[name] = self._make(marshal.loads(self._bulk[start:end]))  # noqa: S302
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._pieces

    def __iter__(self) -> Iterator[str]:
        return iter(self._pieces)

    def __len__(self) -> int:
        return len(self._pieces)


class Shelves(Mapping[str, _Value]):
    """Thousands of small things by name: all whose names begin alike are fetched with the first of them."""

    def __init__(self, pieces: Mapping[str, Piece], bulk: Bulk) -> None:
        self._shelves: Fetched[dict[str, _Value]] = Fetched(pieces, bulk, dict)

    def __getitem__(self, name: str) -> _Value:
        return self._shelves[name[:_ALIKE]][name]

    def __contains__(self, name: object) -> bool:
        begin = str(name)[:_ALIKE]
        return begin in self._shelves and name in self._shelves[begin]

    def __iter__(self) -> Iterator[str]:
        return (name for shelf in self._shelves.values() for name in shelf)

    def __len__(self) -> int:
        return sum(map(len, self._shelves.values()))
