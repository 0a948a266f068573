"""The map of a scenario as an SVG that stands by itself: no script, no style from outside, a title for readers.

Lines stay between rows, or in lanes of their own, so that none passes behind a box. Text from the scenario is
data here, never markup. What must not be here: where things stand (lanes), and what stands in a box (the caller
gives it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from callcalm.workshop.reports.drawing import Notes
from callcalm.workshop.reports.labels import HEIGHT, Curve, Field, Plate, Point, along, width_of
from callcalm.workshop.reports.lanes import Plan, Spot, Way, plan
from callcalm.workshop.reports.layers import Layout

BOX: Final = (168, 46)
"""Width and height of a box, in pixels."""

GAP: Final = 28
"""Room beside a box, in pixels."""

_EDGE: Final = 14
"""Room above the first row and below the last, in pixels."""

_LINE: Final = 12
"""From one label to the next, in pixels; those of one box stand one below the other."""

_LEAST: Final = 44
"""Least room between two rows, in pixels; each label adds a line."""


_Ports = Mapping[tuple[Spot, Spot, bool], float]


class _Stand(NamedTuple):
    """Where things are: the top of each row, and for each box where its ways leave and come in.

    `depths` says how many ways between two boxes of a row hang above one such way.
    """

    plan: Plan
    tops: tuple[float, ...]
    ports: _Ports
    depths: Mapping[tuple[Spot, Spot], int]
    height: float


def svg(layout: Layout, notes: Notes, marked: frozenset[str], title: str) -> Iterator[str]:
    """The lines of the picture; boxes in `marked` have problems, and an edge that says so."""
    laid = plan(layout, BOX[0], GAP)
    ports = _ports(laid)
    depths = _depths(laid, ports)
    tops, height = _tops(laid, depths)
    stand = _Stand(laid, tops, ports, depths, height)
    width, height = round(laid.width), round(stand.height)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="sans-serif">'
    )
    yield f"<title>{escape(title)}</title>"
    yield (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>'
    )
    yield f'<rect width="{width}" height="{height}" fill="#fff"/>'
    # Ways share their lanes: what they share is drawn once.
    yield from dict.fromkeys(line for way in laid.ways for line in _lines(way, stand))
    for row in laid.rows:
        for spot in row:
            if not spot.lane:
                at = (round(laid.middle[spot] - BOX[0] / 2), round(stand.tops[spot.row]))
                yield from _box(spot.name, at, notes.get(spot.name, ()), spot.name in layout.endings, marked)
    yield from _labels(stand)
    yield "</svg>"


def _tops(laid: Plan, depths: Mapping[tuple[Spot, Spot], int]) -> tuple[tuple[float, ...], float]:
    """The top of each row, and the height of all."""
    tops = [float(_EDGE)]
    for row in range(len(laid.rows)):
        hang = max((depth for (one, _other), depth in depths.items() if one.row == row), default=0)
        tops.append(tops[-1] + BOX[1] + _LEAST + _room(laid, row) + _LINE * hang)
    return tuple(tops[:-1]), tops[-1] - _LEAST + _EDGE


def _depths(laid: Plan, ports: _Ports) -> dict[tuple[Spot, Spot], int]:
    """How deep each way between two boxes of a row hangs: a long one below the shorter ones that it meets."""
    spans = {
        (one, other): tuple(sorted((ports[one, other, True], ports[other, one, False])))
        for way in laid.ways
        for one, other in pairwise(way.spots)
        if one.row == other.row and one != other
    }
    depths: dict[tuple[Spot, Spot], int] = {}
    for ends, (left, right) in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item[1])):
        met = [
            depth
            for others, depth in depths.items()
            if others[0].row == ends[0].row and left < spans[others][1] and spans[others][0] < right
        ]
        depths[ends] = max(met, default=-1) + 1
    return depths


def _room(laid: Plan, row: int) -> float:
    """Room for the labels below a row, and for those of ways back up that leave the next one."""
    down: dict[Spot, int] = defaultdict(int)
    up: dict[Spot, int] = defaultdict(int)
    for way in laid.ways:
        start, then = way.spots[0], way.spots[1]
        if start.row == row and then.row >= row and start != then:
            down[start] += 1
        elif start.row == row + 1 and then.row <= row:
            up[start] += 1
    return _LINE * (max(down.values(), default=0) + max(up.values(), default=0))


def _ports(laid: Plan) -> dict[tuple[Spot, Spot, bool], float]:
    """Where on the side of a box the line to or from the other spot meets it, across; true: for one that leaves.

    There and back are lines of their own.
    """
    sides: dict[tuple[Spot, bool], dict[tuple[Spot, bool], None]] = defaultdict(dict)
    for way in laid.ways:
        for one, other in pairwise(way.spots):
            if one != other:
                sides[one, other.row >= one.row][other, True] = None
                sides[other, one.row >= other.row][one, False] = None
    ports: dict[tuple[Spot, Spot, bool], float] = {}
    for (spot, below), others in sides.items():
        middle = laid.middle[spot]
        if spot.lane:
            ports.update(((spot, other, leaves), middle) for other, leaves in others)
            continue
        step = BOX[0] / (len(others) + 1)
        # There goes right of back on both boxes: so the two never cross.
        order = sorted(others, key=lambda other: (laid.middle[other[0]], other[1] is below))
        for number, (other, leaves) in enumerate(order, 1):
            ports[spot, other, leaves] = round(middle - BOX[0] / 2 + step * number)
    return ports


def _curve(one: Spot, other: Spot, stand: _Stand) -> Curve:
    """The line between two spots, from the first to the second."""
    x, to_x = stand.ports[one, other, True], stand.ports[other, one, False]
    top, to_top = stand.tops[one.row], stand.tops[other.row]
    if one.row == other.row:  # to a neighbour: below the row, where nothing stands
        y = top + BOX[1]
        bend = y + _LEAST * 2 / 3 + _LINE * 4 / 3 * stand.depths[one, other]
        return (x, y), (x, bend), (to_x, bend), (to_x, y)
    y, to_y = (top + BOX[1], to_top) if one.row < other.row else (top, to_top + BOX[1])
    bend = (y + to_y) / 2
    return (x, y), (x, bend), (to_x, bend), (to_x, to_y)


def _lines(way: Way, stand: _Stand) -> Iterator[str]:
    start, end = way.spots[0], way.spots[-1]
    if start == end:  # to itself: round its right side
        x, y = stand.plan.middle[start] + BOX[0] / 2, stand.tops[start.row] + BOX[1] / 2
        yield _path(((x, y), (x + GAP * 0.8, y), (x + GAP * 0.8, y - 14), (x, y - 14)), tip=True)
        return
    for one, other in pairwise(way.spots):
        yield _path(_curve(one, other, stand), tip=other == end)
        if other.lane:
            x, y = stand.plan.middle[other], stand.tops[other.row]
            yield f'<path d="M{x:g} {y:g}V{y + BOX[1]:g}" fill="none" stroke="#555"/>'


def _path(curve: Curve, *, tip: bool) -> str:
    first, *rest = (f"{x:g} {y:g}" for x, y in curve)
    end = ' marker-end="url(#tip)"' if tip else ""
    return f'<path d="M{first}C{" ".join(rest)}" fill="none" stroke="#555"{end}/>'


def _labels(stand: _Stand) -> Iterator[str]:
    """What takes each way, on its line and near the box that it leaves; the longest find their place first."""
    field = Field(stand.plan.width)
    own: dict[Way, list[Point]] = {}
    for way in stand.plan.ways:
        if way.spots[0] == way.spots[1]:
            x, y = stand.plan.middle[way.spots[0]] + BOX[0] / 2, stand.tops[way.spots[0].row]
            words = ", ".join(way.edge.labels)
            loop = Plate(x + 2 + width_of(words) / 2, y + 2, width_of(words))
            field.keep(loop)
            yield _label(loop, words)
            continue
        for number, (one, other) in enumerate(pairwise(way.spots)):
            line = along(_curve(one, other, stand))
            field.draw(line, (way.edge if not number else other))
            own.setdefault(way, line)
    for way in sorted(own, key=lambda way: -len(", ".join(way.edge.labels))):
        words = ", ".join(way.edge.labels)
        start, then = way.spots[0], way.spots[1]
        upper = start if then.row >= start.row else then
        top = stand.tops[upper.row] + BOX[1] + 1
        below = stand.tops[upper.row + 1] if upper.row + 1 < len(stand.tops) else stand.height
        yield _label(field.place(words, own[way], way.edge, top, below - 1), words)


def _label(plate: Plate, words: str) -> str:
    left, top, _right, _bottom = plate.sides
    under = f'width="{plate.width:.0f}" height="{HEIGHT}" fill="#fff"'
    return (
        f'<g><rect rx="2" x="{left:.0f}" y="{top:.0f}" {under}/><text x="{plate.x:.0f}" y="{plate.y + 3.5:.1f}" '
        f'font-size="10" fill="#333" text-anchor="middle">{escape(words)}</text></g>'
    )


def _box(
    name: str, at: tuple[int, int], notes: tuple[str, ...], ending: bool, marked: frozenset[str]
) -> Iterator[str]:
    x, y = at
    stroke = 'stroke="#a30000" stroke-width="3" stroke-dasharray="6 3"' if name in marked else 'stroke="#333"'
    said = quoteattr(", ".join((name, *notes)))
    box = f'x="{x}" y="{y}" width="{BOX[0]}" height="{BOX[1]}" rx="{20 if ending else 3}"'
    yield f"<g aria-label={said}>"
    yield f'<rect {box} fill="#fff" {stroke}/>'
    for number, line in enumerate((name, *notes)[:3]):
        weight = ' font-weight="bold"' if number == 0 else ""
        yield (
            f'<text x="{x + BOX[0] // 2}" y="{y + 15 + 13 * number}" text-anchor="middle" '
            f'font-size="11"{weight}>{escape(_short(line))}</text>'
        )
    yield "</g>"


def _short(line: str, most: int = 27) -> str:
    return line if len(line) <= most else line[: most - 1] + "…"
