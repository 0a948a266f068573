"""The shortest real way to somewhere: read back from the levels on which everything was first found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from callcalm.core.actions import Action, Breathe, CutIn, IllegalAction, Listen
from callcalm.core.call import act
from callcalm.core.explore.bits import ALL, BLOCK, EVERY, STEADIED, after_answer, lost, moved
from callcalm.core.explore.graph import Graph
from callcalm.core.explore.joins import Joins
from callcalm.core.explore.levels import Level, levels
from callcalm.core.explore.nodes import Node
from callcalm.core.model import Beat
from callcalm.core.state import CallState

_Place = tuple[Node, bool, int]
"""A node, whether the player is ready to answer there, and one bit of a packed set."""

_May = Callable[[Node], int]
"""The composures that are asked for at a node."""

_Back = tuple[_Place, tuple[Action, ...], int]
"""The place before, what was done there, and how many levels back it is."""


class Way(tuple[Action, ...]):  # noqa: SLOT001 - slots of a tuple could hold nothing
    """What is done on a way, in order; `opening` names the one that it begins by, empty for the plain start."""

    opening: str = ""


class Witnesses:
    """Finds ways in what was reached."""

    def __init__(
        self, graph: Graph, start: CallState | None = None, *, typed: bool = True, plainest: bool = False
    ) -> None:
        """`graph` as it was explored; ways begin at the state `start`, or else at any opening.

        Without `typed` they are of answers that are picked; the `plainest` cut in and type only where they must.
        """
        starts: Mapping[str, CallState] = graph.openings if start is None else {"": start}
        self._graph = graph
        self._all = _Ways(graph, starts, typed=typed, cuts=True)
        beats = graph.scenario.beats.values()
        rude = any(len(beat.caller) > 1 or beat.otherwise is not None for beat in beats)
        self._plain = _Ways(graph, starts, typed=False, cuts=False) if plainest and rude else self._all

    def to(self, key: str, low: int = 0, high: int = 100, spare: int = 0, *, bare: bool = False) -> Way | None:
        """See `Proof.witness`; with `bare` only where no reply has to be on offer at the beat."""
        scenario = self._graph.scenario
        reply = scenario.reply(key)
        over = key in scenario.endings
        if key not in scenario.beats and not over and reply is None:
            raise KeyError(key)
        name = key if reply is None else key.partition("/")[0]
        wanted = sum(1 << composure for composure in range(max(low, 0), min(high, 100) + 1))
        may: _May = _anywhere
        if bare:
            may = self._graph.bare
        elif reply is not None:
            asked = reply
            may = lambda node: self._graph.offered(node, asked)[0]  # noqa: E731 - it is as short as its name
        plain = self._plain.each(name, may, wanted)
        if self._plain is self._all:
            return next(_found(plain), None)
        ahead = list(islice(plain, spare))
        for way in self._all.each(name, may, wanted):
            ahead.extend(islice(plain, 1))
            first = next(_found(ahead), None)
            if first is not None or way is not None:
                return way if first is None else first
        return None


def _anywhere(_node: Node) -> int:
    return ALL


def _found(ways: Iterable[Way | None]) -> Iterator[Way]:
    """Those that are there; the way to where one is already is empty, and is one."""
    return (way for way in ways if way is not None)


class _Ways:
    """Ways of one kind: `typed`, or picked alone; with `cuts`, or hearing everybody out."""

    _joins: Joins
    """What leads to each node, once it was asked for."""

    def __init__(self, graph: Graph, starts: Mapping[str, CallState], *, typed: bool, cuts: bool) -> None:
        self._graph = graph
        self._starts = starts
        self._typed = typed
        self._cuts = cuts
        self._begins: dict[_Place, str] = {}
        self._levels: list[Level] = []
        self._more: Iterator[Level] | None = None

    def each(self, name: str, may: _May, wanted: int) -> Iterator[Way | None]:
        """For each number of answers a way to a place with a composure that it `may` have there, None for none."""
        over = name in self._graph.endings
        for number, level in self._numbered():
            yield self._on(number, level.came if over else level.ready, name, may, wanted)

    def _on(self, number: int, sets: dict[Node, int], name: str, may: _May, wanted: int) -> Way | None:
        over = name in self._graph.endings
        for node, packed in self._there(sets, name, over=over):
            bits = packed & (wanted & may(node)) * EVERY
            if bits:
                way = self._back((node, not over, bits & -bits), number)
                if self._real(way, name, wanted):
                    return way
        return None

    def _there(self, sets: dict[Node, int], name: str, *, over: bool) -> list[tuple[Node, int]]:
        """The nodes of a beat, or an ending, that have a set, in the order in which they came to it."""
        known = [self._graph.endings[name]] if over else self._joins.named.get(name, ())
        here = [(node, sets[node]) for node in known if node in sets]
        if len(here) > 1:
            among = dict(here)
            here = [(node, packed) for node, packed in sets.items() if node in among]
        return here

    def _numbered(self) -> Iterator[tuple[int, Level]]:
        """The levels, worked out only as far as they are asked for."""
        if self._more is None:
            for name, state in self._starts.items():
                node, at = self._graph.place(state)
                self._begins.setdefault((node, not state.unheard, 1 << at), name)
            self._more = levels(
                self._graph,
                [(node, bit, ready) for node, ready, bit in self._begins],
                typed=self._typed,
                cuts=self._cuts,
            )
            self._joins = self._graph.joins(typed=self._typed)
        number = 0
        while True:
            if number == len(self._levels):
                level = next(self._more, None)
                if level is None:
                    return
                self._levels.append(level)
            yield number, self._levels[number]
            number += 1

    def _real(self, way: Way, name: str, wanted: int) -> bool:
        """Whether the engine comes there too: it need not where something was left open."""
        state = self._starts[way.opening]
        try:
            for one in way:
                if not isinstance(one, Listen) or state.unheard:
                    state = act(state, one).state
        except IllegalAction:
            return False
        return name in (state.ending, state.beat) and bool(wanted >> state.composure & 1)

    def _back(self, place: _Place, number: int) -> Way:
        done: list[Action] = []
        while True:
            before = self._before(place, number)
            if before is None:
                way = Way(reversed(done))
                way.opening = self._begins.get(place, "")
                return way
            place, actions, back = before
            number -= back
            done.extend(reversed(actions))

    def _before(self, place: _Place, number: int) -> _Back | None:
        node, ready, bit = place
        level = self._levels[number]
        found: _Back | None = None
        if node is self._graph.lost and bit == 1:
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
            one = _source(some >> lane * BLOCK & _BREATHLESS, points, bit >> STEADIED)
            if one:
                return (node, True, one << lane * BLOCK), (Breathe(),), 0
        return None

    def _cut_off(self, came: dict[Node, int], node: Node, bit: int, *, stays: bool) -> _Back | None:
        for source in self._joins.cuts.get(node, ()) if self._cuts else ():
            if source.cut is None or source not in came or source.cut[2] is not stays:
                continue
            one = _source(came[source], source.cut[0], bit)
            if one:
                return (source, False, one), (CutIn(),), 0
        return None

    def _answered(self, number: int, node: Node, ready: bool, bit: int) -> _Back | None:
        if not number:
            return None
        level = self._levels[number - 1]
        for source, (mask, points, shift, _, stays, given, _) in self._joins.into.get(node, ()):
            some = level.ready.get(source, 0) & mask
            before = bit >> shift
            if stays is not ready or not some or not before:
                continue
            one = _source(some, points, before, answer=True)
            if one:
                return (source, True, one), (given.action,), 1
        return None

    def _fallen(self, number: int) -> _Back | None:
        """The last thing done before composure was gone."""
        graph = self._graph
        levels = self._levels
        for node, came in levels[number].came.items():
            if node.cut is None or node.beat is None:
                continue
            heard = (Listen(),) * (len(node.beat.caller) - 1)
            for points, done in ((graph.listen, heard), (node.cut[0], (CutIn(),)))[: 1 + self._cuts]:
                if gone := lost(came, points):
                    return (node, False, gone & -gone), done, 0
        for node, ready in levels[number].ready.items():
            for lane, points in enumerate(graph.breaths):
                if gone := lost((ready & node.locks) >> lane * BLOCK & _BREATHLESS, points):
                    return (node, True, (gone & -gone) << lane * BLOCK), (Breathe(),), 0
        for node, ready in (levels[number - 1].ready if number else {}).items():
            for mask, points, _, _, _, answer, _ in node.edges:
                if not (self._typed or answer.many):
                    continue
                if gone := lost(ready & mask, points):
                    return (node, True, gone & -gone), (answer.action,), 1
        return None


_BREATHLESS = (1 << BLOCK) - 1


def _source(some: int, points: int, bit: int, *, answer: bool = False) -> int:
    """One bit of a packed set that `points` move to `bit`; 0 if there is none."""
    while some:
        one = some & -some
        there = moved(one, points)
        if (after_answer(there) if answer else there) == bit:
            return one
        some ^= one
    return 0
