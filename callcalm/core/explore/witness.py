"""The shortest real way to somewhere: read back from the levels on which everything was first found."""

from __future__ import annotations

from callcalm.core.actions import Action, Breathe, CutIn, IllegalAction, Listen
from callcalm.core.call import act
from callcalm.core.explore.bits import ALL, EVERY, LANE, after_answer, lost, moved
from callcalm.core.explore.graph import Edge, Graph, Node
from callcalm.core.explore.reach import STEADIED, Level, levels
from callcalm.core.model import Beat

_Place = tuple[Node, bool, int]
"""A node, whether the player is ready to answer there, and one bit of a packed set."""

_Back = tuple[_Place, tuple[Action, ...], int]
"""The place before, what was done there, and how many levels back it is."""


class Witnesses:
    """Finds ways in what was reached."""

    def __init__(self, graph: Graph) -> None:
        """`graph` as it was explored."""
        self._graph = graph
        self._levels: list[Level] | None = None
        self._into: dict[Node, list[tuple[Node, Edge]]] = {}
        self._cuts: dict[Node, list[Node]] = {}

    def to(self, key: str, low: int, high: int) -> tuple[Action, ...] | None:
        """See `Proof.witness`."""
        scenario = self._graph.scenario
        reply = scenario.reply(key)
        over = key in scenario.endings
        if key not in scenario.beats and not over and reply is None:
            raise KeyError(key)
        name = key if reply is None else key.partition("/")[0]
        wanted = sum(1 << composure for composure in range(max(low, 0), min(high, 100) + 1))
        for number, level in enumerate(self._all()):
            for node, packed in (level.came if over else level.ready).items():
                if node.name != name or (node.beat is None) is not over:
                    continue
                may = ALL if reply is None else self._graph.offered(node, reply)[0]
                bits = packed & (wanted & may) * EVERY
                if bits:
                    way = self._back((node, not over, bits & -bits), number)
                    if self._real(way, name, wanted):
                        return way
        return None

    def _all(self) -> list[Level]:
        if self._levels is None:
            self._levels = levels(self._graph)
            for node in list(self._graph.nodes):
                for edge in node.edges or ():
                    self._into.setdefault(edge[2], []).append((node, edge))
                if node.cut is not None:
                    self._cuts.setdefault(node.cut[1], []).append(node)
        return self._levels

    def _real(self, way: tuple[Action, ...], name: str, wanted: int) -> bool:
        """Whether the engine comes there too: it need not where something was left open."""
        state = self._graph.opening
        try:
            for one in way:
                state = act(state, one).state
        except IllegalAction:
            return False
        return name in (state.ending, state.beat) and bool(wanted >> state.composure & 1)

    def _back(self, place: _Place, number: int) -> tuple[Action, ...]:
        done: list[Action] = []
        while True:
            before = self._before(place, number)
            if before is None:
                return tuple(reversed(done))
            place, actions, back = before
            number -= back
            done.extend(reversed(actions))

    def _before(self, place: _Place, number: int) -> _Back | None:
        node, ready, bit = place
        level = self._all()[number]
        found: _Back | None = None
        if node is self._graph.endings[self._graph.scenario.lost] and bit == 1:
            found = self._fallen(number)
        elif ready and node.beat is not None:
            found = self._begun(level, node, node.beat, bit) or self._steadied(level, node, bit)
        if found is None and ready:
            found = self._cut_off(level.came, node, bit, stays=True)
        elif found is None:
            number_of_round = next((at for at, first in enumerate(level.rounds) if first.get(node, 0) & bit), 0)
            if number_of_round:
                found = self._cut_off(level.rounds[number_of_round - 1], node, bit, stays=False)
            elif number == 0:
                return None
        return found or self._answered(number, node, ready, bit)

    def _begun(self, level: Level, node: Node, beat: Beat, bit: int) -> _Back | None:
        came = level.came.get(node, 0)
        if not node.several:
            return ((node, False, bit), (), 0) if came & bit else None
        one = _source(came, self._graph.listen, bit)
        return ((node, False, one), (Listen(),) * (len(beat.caller) - 1), 0) if one else None

    def _steadied(self, level: Level, node: Node, bit: int) -> _Back | None:
        if bit < 1 << STEADIED:
            return None
        some = level.ready.get(node, 0) & node.locks
        for lane, points in enumerate(self._graph.breaths):
            one = _source(some >> lane * LANE & ALL, points, bit >> STEADIED)
            if one:
                return (node, True, one << lane * LANE), (Breathe(),), 0
        return None

    def _cut_off(self, came: dict[Node, int], node: Node, bit: int, *, stays: bool) -> _Back | None:
        for source in self._cuts.get(node, ()):
            if source.cut is None or source not in came or source.cut[2] is not stays:
                continue
            one = _source(came[source], source.cut[0], bit)
            if one:
                return (source, False, one), (CutIn(),), 0
        return None

    def _answered(self, number: int, node: Node, ready: bool, bit: int) -> _Back | None:
        if not number:
            return None
        level = self._all()[number - 1]
        for source, (mask, points, _, stays, given) in self._into.get(node, ()):
            some = level.ready.get(source, 0) & mask
            if stays is not ready or not some:
                continue
            one = _source(some, points, bit, answer=True)
            if one:
                return (source, True, one), (given.action,), 1
        return None

    def _fallen(self, number: int) -> _Back | None:
        """The last thing done before composure was gone."""
        graph = self._graph
        levels = self._all()
        for node, came in levels[number].came.items():
            if node.cut is None or node.beat is None:
                continue
            heard = (Listen(),) * (len(node.beat.caller) - 1)
            for points, done in ((graph.listen, heard), (node.cut[0], (CutIn(),))):
                if gone := lost(came, points):
                    return (node, False, gone & -gone), done, 0
        for node, ready in levels[number].ready.items():
            for lane, points in enumerate(graph.breaths):
                if gone := lost((ready & node.locks) >> lane * LANE & ALL, points):
                    return (node, True, (gone & -gone) << lane * LANE), (Breathe(),), 0
        for node, ready in (levels[number - 1].ready if number else {}).items():
            for mask, points, _, _, answer in node.edges or ():
                if gone := lost(ready & mask, points):
                    return (node, True, gone & -gone), (answer.action,), 1
        return None


def _source(some: int, points: int, bit: int, *, answer: bool = False) -> int:
    """One bit of a packed set that `points` move to `bit`; 0 if there is none."""
    while some:
        one = some & -some
        there = moved(one, points)
        if (after_answer(there) if answer else there) == bit:
            return one
        some ^= one
    return 0
