"""Where a player who does not look ahead comes, and how likely: distributions over nodes and composure.

Level by level of answers given, so the limit of 100 answers is kept exactly. What must not be here: players.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from callcalm.core.call import MOST_ANSWERS
from callcalm.core.composure import FULL
from callcalm.core.explore.answers import Answer
from callcalm.core.explore.bits import ALL, EVERY, LANE
from callcalm.core.explore.graph import Graph, Node
from callcalm.core.explore.players import Region

NEGLIGIBLE = 1e-13
"""A share of all calls too small to follow."""

LARGEST_LOOP = 60
"""Beats in a loop up to which first visits are told from later ones; beyond, `visited` is the mean of visits."""

_STEADIED = 2
_EVERYWHERE = ALL * EVERY

Spread = dict[int, float]
"""Chance by place: the number of a bit in a packed set."""


Places = dict[Node, Spread]


@dataclass(slots=True)
class Spreading:
    """All that calls come to, as shares of all calls.

    `came`, `answered` and `taken` sum over every time a call came to a node, was answered there, and by what;
    `returned` over those
    that came from the same beat. `entered` are the places at which calls came into a loop of several beats from
    outside. `timeouts` are calls that ran out of time, `stuck` those with nothing left to pick.
    """

    endings: Places = field(default_factory=dict)
    entered: Places = field(default_factory=dict)
    came: defaultdict[Node, float] = field(default_factory=lambda: defaultdict(float))
    returned: defaultdict[Node, float] = field(default_factory=lambda: defaultdict(float))
    answered: defaultdict[Node, float] = field(default_factory=lambda: defaultdict(float))
    taken: defaultdict[Answer, float] = field(default_factory=lambda: defaultdict(float))
    timeouts: float = 0.0
    stuck: float = 0.0


class Spreader:
    """Follows the calls of one player through a graph."""

    def __init__(self, graph: Graph, policy: Callable[[Node], list[Region]]) -> None:
        """`policy` says what is picked at a node."""
        self._graph = graph
        self._policy = policy
        self._loops = graph.loops
        self._sizes = Counter(self._loops.values())
        self._short = graph.short

    def whole(self) -> Spreading:
        """All calls, from the start to their ends."""
        start = self._graph.start
        first = {start: {self._graph.scenario.composure: 1.0}}
        found = self._followed(first, frozenset())
        if self._sizes[self._loops[start.name]] > 1:
            _pour(found.entered.setdefault(start, {}), first[start])
        return found

    def visited(self, whole: Spreading) -> dict[str, float]:
        """By beat: the share of calls that come there at least once."""
        came: dict[str, float] = dict.fromkeys(self._loops, 0.0)
        for node, share in whole.came.items():
            if node.beat is not None:
                came[node.name] += share - whole.returned.get(node, 0.0)
        for loop, size in self._sizes.items():
            if 1 < size <= LARGEST_LOOP:
                into = {node: places for node, places in whole.entered.items() if self._loops[node.name] == loop}
                for beat in [name for name, number in self._loops.items() if number == loop and came[name]]:
                    found = self._followed(into, frozenset({beat}), loop)
                    came[beat] = sum(share for node, share in found.came.items() if node.name == beat)
        return {name: min(1.0, share) for name, share in came.items()}

    def _followed(self, coming: Places, absorb: frozenset[str], within: int | None = None) -> Spreading:
        """Calls followed, loop by loop where none can come near the limit of answers, else level by level.

        They are not followed beyond the beats in `absorb`, nor outside the loop `within`.
        """
        found = Spreading()
        staying: Places = {}
        if not self._short:
            self._levels(found, dict(coming), staying, absorb, within, None)
            return found
        coming = dict(coming)
        for loop in self._graph.order():
            inside = frozenset(loop)
            if not any(node in coming or node in staying for node in loop):
                continue
            self._levels(found, coming, staying, absorb, within, inside)
        for node, places in coming.items():
            _arrived(found, node, places)
        return found

    def _levels(
        self,
        found: Spreading,
        coming: Places,
        staying: Places,
        absorb: frozenset[str],
        within: int | None,
        inside: frozenset[Node] | None,
    ) -> None:
        """Calls followed level by level, among the nodes `inside`; those that leave them stay in the places."""
        fall = found.endings.setdefault(self._graph.endings[self._graph.scenario.lost], {})
        for _ in range(MOST_ANSWERS):
            if inside is None:
                now, ready = dict(coming), dict(staying)
                coming.clear()
                staying.clear()
            else:
                now = {node: coming.pop(node) for node in inside if node in coming}
                ready = {node: staying.pop(node) for node in inside if node in staying}
            for node, places in now.items():
                if _arrived(found, node, places) or node.name in absorb:
                    continue
                if within is not None and self._graph.loops[node.name] != within:
                    continue
                here = ready.setdefault(node, {})
                if node.several:
                    _moved(places, 1.0, self._graph.listen, here, fall)
                else:
                    _pour(here, places)
            left = 0.0
            for node, places in ready.items():
                self._answered(found, node, places, coming, staying, fall)
            for part in (coming, staying):
                for node in part if inside is None else inside.intersection(part):
                    left += sum(part[node].values())
            if left < NEGLIGIBLE:
                break
        for part in (coming, staying):
            for node in list(part) if inside is None else list(inside.intersection(part)):
                places = part.pop(node)
                if part is staying or not _arrived(found, node, places):
                    found.timeouts += sum(places.values())

    def _answered(
        self, found: Spreading, node: Node, places: Spread, coming: Places, staying: Places, fall: Spread
    ) -> None:
        """Every call that stands ready at a node is answered, after a breath where nothing else is left."""
        for bits, chosen in self._policy(node):
            some = places
            if bits != _EVERYWHERE:
                some = {place: share for place, share in places.items() if bits >> place & 1}
            if not some:
                continue
            if not chosen:
                steadied = _breathed(found, self._graph, node, some, fall)
                if steadied:
                    self._answered(found, node, steadied, coming, staying, fall)
                continue
            whole = sum(some.values())
            found.answered[node] += whole
            loop = self._loops[node.name]
            for (_, points, target, stays, answer), chance in chosen:
                found.taken[answer] += whole * chance
                _moved(some, chance, points, (staying if stays else coming).setdefault(target, {}), fall)
                if target.beat is None or stays:
                    continue
                there = self._loops[target.name]
                if there != loop and self._sizes[there] > 1:
                    _moved(some, chance, points, found.entered.setdefault(target, {}), {})
                if target.name == node.name:
                    again: Spread = {}
                    _moved(some, chance, points, again, {})
                    found.returned[target] += sum(again.values())


def _arrived(found: Spreading, node: Node, places: Spread) -> bool:
    """Note calls that come to a node; whether they are over."""
    found.came[node] += sum(places.values())
    if node.beat is None:
        _pour(found.endings.setdefault(node, {}), places)
    return node.beat is None


def _breathed(found: Spreading, graph: Graph, node: Node, places: Spread, fall: Spread) -> Spread:
    """Those for whom a breath unlocks something, after it; the others are stuck."""
    steadied: Spread = {}
    for place, share in places.items():
        lane, composure = divmod(place, LANE)
        if lane == _STEADIED or not node.locks >> place & 1:
            found.stuck += share
            continue
        after = min(FULL, composure + graph.breaths[lane])
        if after <= 0:
            fall[0] = fall.get(0, 0.0) + share
        else:
            there = _STEADIED * LANE + after
            steadied[there] = steadied.get(there, 0.0) + share
    return steadied


def _moved(places: Spread, chance: float, points: int, into: Spread, fall: Spread) -> None:
    """Pour the places, `points` on, into another spread; a breath that steadied is spent."""
    for place, share in places.items():
        there = place + points
        if place > FULL:
            lane, composure = divmod(place, LANE)
            composure += points
            there = min(lane, 1) * LANE + min(composure, FULL) if composure > 0 else 0
        elif there > FULL:
            there = FULL
        if there > 0:
            into[there] = into.get(there, 0.0) + share * chance
        else:
            fall[0] = fall.get(0, 0.0) + share * chance


def _pour(into: Spread, places: Spread) -> None:
    for place, share in places.items():
        into[place] = into.get(place, 0.0) + share
