"""Plain data in pieces of one bulk, each read when it is first asked for.

What must not be here: files, and what the pieces mean.
"""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

from callcalm.core.hints import Any, Final, TypeVar

_Value = TypeVar("_Value")

Bulk = bytes | memoryview

Piece = tuple[int, int]
"""Where a piece begins in its bulk, and where it ends."""

Drawers = tuple[Piece, Piece, Piece]
"""Where things in drawers are told of: the numbers that their names make, sorted, where those with each of their
first bits begin (see `firsts`), and where each thing begins."""

_FIRST: Final = 12
REST: Final = 32 - _FIRST
"""Sorted numbers are looked for among those with the same first bits: a few, and not all over the disk. These are
the others."""

_NAME_ENDS: Final = b"\0"
"""Stands in a drawer between the name of what is in it and the thing."""


def firsts(numbers: Sequence[int]) -> array[int]:
    """Where, among sorted numbers of 32 bits, those with each of their first bits begin, and where all end."""
    return array("I", [bisect_left(numbers, first << REST) for first in range(2**_FIRST + 1)])


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

    def put_in_drawers(self, things: Mapping[str, bytes]) -> Drawers:
        """Lay thousands of things on the pile, each to be found by its name: for `Chest`."""
        named = sorted((crc32(name.encode()), name.encode() + _NAME_ENDS + data) for name, data in things.items())
        starts = [self.put(data)[0] for _, data in named]
        numbers = array("I", [number for number, _ in named])
        place = self.put(numbers.tobytes())
        return place, self.put(firsts(numbers).tobytes()), self.put(array("I", [*starts, place[0]]).tobytes())

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


class Chest(Mapping[str, _Value]):
    """Thousands of small things by name, each unpacked when it is asked for; before, not even its name is read."""

    def __init__(self, drawers: Drawers, bulk: Bulk, unpack: Callable[[Bulk], _Value]) -> None:
        numbers, first, starts = drawers
        self._bulk = memoryview(bulk)
        self._numbers = self._bulk[slice(*numbers)].cast("I")
        self._firsts = self._bulk[slice(*first)].cast("I")
        self._starts = self._bulk[slice(*starts)].cast("I")
        self._unpack = unpack

    def fetch(self, name: str) -> _Value | None:
        """The thing with this name, None where there is none."""
        found = self._found(name)
        return None if found is None else self._unpack(found)

    def get(self, name: str, default: Any = None) -> Any:
        """As of any mapping, but that the name is looked for once."""
        found = self.fetch(name)
        return default if found is None else found

    def _found(self, name: str) -> Bulk | None:
        code = name.encode("utf-8", "surrogatepass")
        number = crc32(code)
        first = number >> REST
        end = self._firsts[first + 1]
        at = bisect_left(self._numbers, number, self._firsts[first], end)
        code += _NAME_ENDS
        # Two names may make the same number.
        while at < end and self._numbers[at] == number:
            thing = self._bulk[self._starts[at] : self._starts[at + 1]]
            if thing[: len(code)] == code:
                return thing[len(code) :]
            at += 1
        return None

    def __getitem__(self, name: str) -> _Value:
        found = self.fetch(name)
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return self._found(str(name)) is not None

    def __iter__(self) -> Iterator[str]:
        for start, end in pairwise(self._starts):
            yield bytes(self._bulk[start:end]).partition(_NAME_ENDS)[0].decode()

    def __len__(self) -> int:
        return len(self._numbers)
