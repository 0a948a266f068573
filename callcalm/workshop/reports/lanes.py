"""Where the boxes of a map stand, and where ways pass between them: side by side with boxes, never behind one.

A way that goes past a row of boxes gets a lane in it, a place in the row as a box has one. Ways to the same place
share their lanes. A way back up leaves at the top of its box and comes in at the bottom of the other. What must
not be here: lines and letters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from callcalm.workshop.reports.layers import Edge, Layout

ROUNDS = 8
"""How often the order is improved; more changes little."""

SETTLING = 40
"""How often places are improved; with less, long ways are not straight yet."""

LONE_PULL = 0.001
"""How much a box is drawn that no way comes to or leaves: it stands beside the others, and moves none of them."""

LANE_PULL = 4
"""How much more a lane is drawn to where it comes from than a box is: ways shall run straight."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a row: the box `name`, or a lane of the ways to `name`, `up` or down."""

    name: str
    row: int
    lane: bool = False
    up: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """An edge, and the spots it goes by, its boxes among them, from its start to its end."""

    edge: Edge
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`rows` of spots from left to right, `middle` of each spot in pixels, the `ways`, and the `width` of it all.

    Ways from a box to itself, and to another one of its row, have no lane.
    """

    rows: tuple[tuple[Spot, ...], ...]
    middle: Mapping[Spot, float]
    ways: tuple[Way, ...]
    width: float


def plan(layout: Layout, box: float, gap: float) -> Plan:
    """Find a place for everything: boxes are `box` wide and `gap` apart, lanes half that."""
    names = [*layout.layers, *(row for row in (layout.endings, layout.cut_off) if row)]
    home = {name: Spot(name, number) for number, row in enumerate(names) for name in row}
    ways = tuple(
        Way(edge, _by(home[edge.start], home[edge.end]))
        for edge in layout.edges
        if edge.start in home and edge.end in home
    )
    rows: list[list[Spot]] = [[home[name] for name in row] for row in names]
    seen: set[Spot] = set(home.values())
    for way in ways:
        for spot in way.spots:
            if spot not in seen:
                seen.add(spot)
                rows[spot.row].append(spot)
    above, below = _neighbours(ways)
    _order(rows, above, below)
    middle = _places(rows, above, below, box, gap)
    left = min(at - (gap if spot.lane else box) / 2 for spot, at in middle.items())
    middle = {spot: round(at - left + gap / 2) for spot, at in middle.items()}
    width = max(at + (gap if spot.lane else box) / 2 for spot, at in middle.items()) + gap / 2
    return Plan(tuple(map(tuple, rows)), middle, ways, width)


def _by(start: Spot, end: Spot) -> tuple[Spot, ...]:
    """The spots of a way, one in each row that it passes."""
    step = 1 if end.row > start.row else -1
    between = range(start.row + step, end.row, step) if start.row != end.row else ()
    return (start, *(Spot(end.name, row, lane=True, up=step < 0) for row in between), end)


def _neighbours(ways: Iterable[Way]) -> tuple[dict[Spot, list[Spot]], dict[Spot, list[Spot]]]:
    """For each spot those it is joined with in the row above, and in the row below."""
    above: dict[Spot, list[Spot]] = defaultdict(list)
    below: dict[Spot, list[Spot]] = defaultdict(list)
    joined = dict.fromkeys(pair for way in ways for pair in pairwise(way.spots))
    for one, other in joined:
        if one.row != other.row:
            high, low = sorted((one, other), key=lambda spot: spot.row)
            above[low].append(high)
            below[high].append(low)
    return above, below


def _order(
    rows: list[list[Spot]], above: Mapping[Spot, Sequence[Spot]], below: Mapping[Spot, Sequence[Spot]]
) -> None:
    """Bring neighbours near one another, row by row, down and up again."""
    for turn in range(ROUNDS):
        near = above if turn % 2 == 0 else below
        place = {spot: index / len(row) for row in rows for index, spot in enumerate(row)}
        for row in rows if turn % 2 == 0 else reversed(rows):
            wish = {
                spot: sum(place[other] for other in near[spot]) / len(near[spot])
                if near.get(spot)
                else place[spot]
                for spot in row
            }
            row.sort(key=wish.__getitem__)
            place.update((spot, index / len(row)) for index, spot in enumerate(row))


def _places(
    rows: Sequence[Sequence[Spot]],
    above: Mapping[Spot, Sequence[Spot]],
    below: Mapping[Spot, Sequence[Spot]],
    box: float,
    gap: float,
) -> dict[Spot, float]:
    """The middle of each spot: as near to its neighbours as the order and the room between leave it."""
    middle: dict[Spot, float] = {}
    offsets = [_offsets(row, box, gap) for row in rows]
    for row, offset in zip(rows, offsets, strict=True):
        middle.update((spot, at - offset[-1] / 2) for spot, at in zip(row, offset, strict=True))
    for turn in range(SETTLING):
        order = range(len(rows)) if turn % 2 == 0 else range(len(rows) - 1, -1, -1)
        for number in order:
            row, wishes, pulls = rows[number], [], []
            centre = sum(middle[spot] for spot in row) / len(row)
            for spot in row:
                near = [*above.get(spot, ()), *below.get(spot, ())]
                wishes.append(sum(middle[other] for other in near) / len(near) if near else centre)
                pulls.append(float(LANE_PULL if spot.lane else 1) if near else LONE_PULL)
            middle.update(zip(row, _apart(wishes, pulls, offsets[number]), strict=True))
    return middle


def _offsets(row: Sequence[Spot], box: float, gap: float) -> list[float]:
    """How far right of the first each spot of a row stands if all stand as close as they may."""
    found = [0.0]
    for one, other in pairwise(row):
        halves = sum((0 if spot.lane else box) / 2 for spot in (one, other))
        found.append(found[-1] + halves + (gap / 2 if one.lane and other.lane else gap))
    return found


def _apart(wishes: Sequence[float], pulls: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """The places nearest to what is wished for, by least squares, that keep the order and the room between.

    >>> _apart([0, 0], [1, 1], [0, 10])
    [-5.0, 5.0]
    >>> _apart([0, 40], [1, 1], [0, 10])
    [0.0, 40.0]
    """
    blocks: list[tuple[float, float, int]] = []  # where it stands, how much it pulls, how many are in it
    for wish, pull, offset in zip(wishes, pulls, offsets, strict=True):
        at, weight, count = wish - offset, pull, 1
        while blocks and blocks[-1][0] > at:
            other, pulled, held = blocks.pop()
            at = (at * weight + other * pulled) / (weight + pulled)
            weight, count = weight + pulled, count + held
        blocks.append((at, weight, count))
    levels = [at for at, _pull, count in blocks for _one in range(count)]
    return [float(at + offset) for at, offset in zip(levels, offsets, strict=True)]
