"""Where the words on the lines of a map stand: on their own line, clear of other lines and of one another.

What must not be here: boxes and lines themselves, and how words are drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, dist
from typing import Final

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]

HEIGHT: Final = 12
"""Height of a label, in pixels, with a little room above and below."""

_NARROW: Final = frozenset(" ,.:;!|'ijlt-")
_LETTERS: Final = (3.2, 6.2)
"""About the widths of a narrow letter and of another one, in pixels, at 10 pixels high."""

_STEP: Final = 4
"""About the pixels from one point of a line to the next: a label is tried at each, and none hides between two."""

_CELL: Final = 16
"""Side of the squares, in pixels, by which points are found again."""

_TIP: Final = 9
"""Length and width of the tip of an arrow, in pixels: no label covers one."""


@dataclass(frozen=True, slots=True)
class Plate:
    """Room for a label: its middle, across and down, and how wide it is."""

    x: float
    y: float
    width: float

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return (
            self.x - self.width / 2,
            self.y - HEIGHT / 2,
            self.x + self.width / 2,
            self.y + HEIGHT / 2,
        )


def width_of(words: str) -> float:
    """About how wide a label is, in pixels."""
    return sum(_LETTERS[letter not in _NARROW] for letter in words) + 4


def along(curve: Curve, steps: int | None = None) -> list[Point]:
    """Points of a curve from its start to its end, by default close to one another.

    >>> along(((0, 0), (0, 4), (0, 4), (0, 8)), 2)
    [(0.0, 0.0), (0.0, 4.0), (0.0, 8.0)]
    """
    if steps is None:
        steps = ceil(sum(map(dist, curve, curve[1:])) / _STEP) or 1
    found = []
    for step in range(steps + 1):
        at = step / steps
        shares = ((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3)
        found.append(
            (
                sum(share * point[0] for share, point in zip(shares, curve, strict=True)),
                sum(share * point[1] for share, point in zip(shares, curve, strict=True)),
            )
        )
    return found


@dataclass(slots=True)
class Field:
    """What labels must keep clear of. `width` is that of the picture, in pixels."""

    width: float
    _points: dict[tuple[int, int], list[tuple[float, float, Hashable]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _plates: list[Plate] = field(default_factory=list)

    def draw(self, line: Sequence[Point], owner: Hashable) -> None:
        """Note a line, which belongs to `owner`; its end is a tip, which is nobody's."""
        last = line[-1]
        for x, y in line:
            tip = abs(x - last[0]) + abs(y - last[1]) <= _TIP
            for at in (x - _TIP / 2, x, x + _TIP / 2) if tip else (x,):
                self._points[int(at) // _CELL, int(y) // _CELL].append((at, y, None if tip else owner))

    def place(self, words: str, line: Sequence[Point], owner: Hashable, top: float, bottom: float) -> Plate:
        """Room for a label on a line of its owner: as near to its start as is clear, between two heights.

        Where nothing is clear it stands where least is in its way.
        """
        half, wide = HEIGHT / 2, width_of(words)
        best, least = None, 0
        for across, y in line:
            x = min(max(across, wide / 2), self.width - wide / 2)
            if not top + half <= y <= bottom - half:
                continue
            plate = Plate(x, y, wide)
            faults = self._faults(plate, owner)
            if best is None or faults < least:
                best, least = plate, faults
            if not faults:
                break
        if best is None:
            best = Plate(line[0][0], top + half, wide)
        self._plates.append(best)
        return best

    def keep(self, plate: Plate) -> None:
        """Take a place without asking."""
        self._plates.append(plate)

    def _faults(self, plate: Plate, owner: Hashable) -> int:
        left, top, right, bottom = plate.sides
        found = 0
        for other in self._plates:
            if abs(other.x - plate.x) < (other.width + plate.width) / 2 + 1 and abs(other.y - plate.y) < HEIGHT:
                found += 100
        for column in range(int(left) // _CELL, ceil(right) // _CELL + 1):
            for row in range(int(top) // _CELL, ceil(bottom) // _CELL + 1):
                found += self._met(self._points.get((column, row), ()), plate, owner)
        return found

    def _met(self, points: Iterable[tuple[float, float, Hashable]], plate: Plate, owner: Hashable) -> int:
        left, top, right, bottom = plate.sides
        return sum(own != owner and left < x < right and top < y < bottom for x, y, own in points)
